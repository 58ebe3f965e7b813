"""Copies of a statement: honest rewordings, and copies with one error. A maker gives None where a statement offers nothing to change."""

import re
from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from gbaqa.language.places import CITIES, place_forms, places
from gbaqa.language.script import language_of, to_simplified
from gbaqa.language.thesaurus import entries

_FIGURE = re.compile(r"(?<![\w.,])\d+(?:,\d{3})*(?:\.\d+)?(?!\d)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SCALES = {"billion": "million", "million": "billion", "trillion": "billion", "亿": "万", "万": "亿"}
_TURNED = {
    "increased": "decreased",
    "increase": "decrease",
    "rose": "fell",
    "grew": "shrank",
    "growth": "decline",
    "expand": "reduce",
    "support": "oppose",
    "promote": "discourage",
    "增长": "下降",
    "上升": "下降",
    "提高": "降低",
    "增加": "减少",
    "扩大": "缩减",
    "支持": "反对",
}
_NEGATED = {
    " is ": " is not ",
    " are ": " are not ",
    " will ": " will not ",
    " has ": " has not ",
    " can ": " cannot ",
    "是": "不是",
    "将": "将不会",
    "已": "尚未",
    "可": "不可",
}
_VERB = {
    "en": re.compile(r"\s(?:is|are|was|were|has|have|had|will|can|should|reached|ranked|accounted)\s"),
    "zh": re.compile("是|有|达到?|将|为|位居|拥有"),
}
_SMALL = frozenset("the in a an this these as to for it by at".split())
_CAUSES = {"en": " because ", "zh": "，因为"}
_LEADS = {"en": ("According to the document, ", "In addition, ", "Overall, "), "zh": ("根据文件，", "此外，", "总体而言，")}
_EMBELLISHED = {"en": ", which has drawn worldwide attention", "zh": "，受到全球广泛赞誉"}
_TOPPED = {"en": ", the largest in the world", "zh": "，居全球第一"}


class Made(NamedTuple):
    """What a copy is made of: a statement, and another of the evidence ("" where there is none)."""

    text: str
    other: str

    @property
    def language(self) -> str:
        """Its language."""
        return language_of(self.text)


Maker = Callable[[Made], str | None]


def _digit(made: Made) -> str | None:
    found = next((match for match in _FIGURE.finditer(made.text) if not _YEAR.fullmatch(match.group())), None)
    if found is None:
        return None
    last = found.group()[-1]
    return made.text[: found.end() - 1] + str((int(last) + 3) % 10) + made.text[found.end() :]


def _scale(made: Made) -> str | None:
    found = re.search(r"(?<=\d)(\s?)(billion|million|trillion|亿|万(?!亿))", made.text)
    return None if found is None else made.text[: found.start()] + found[1] + _SCALES[found[2]] + made.text[found.end() :]


def _year(made: Made) -> str | None:
    found = _YEAR.search(made.text)
    return None if found is None else made.text[: found.start()] + str(int(found.group()) + 1) + made.text[found.end() :]


def _exchanged(made: Made) -> str | None:
    figures = [match for match in _FIGURE.finditer(made.text) if not _YEAR.fullmatch(match.group())]
    pair = next(((one, two) for one, two in pairwise(figures) if one.group() != two.group()), None)
    if pair is None:
        return None
    one, two = pair
    return made.text[: one.start()] + two.group() + made.text[one.end() : two.start()] + one.group() + made.text[two.end() :]


def _percent(made: Made) -> str | None:
    return re.sub(r"(?<=\d)(?:%| percent| per cent)", "", made.text, count=1) if "%" in made.text or "percent" in made.text else None


def _place(made: Made) -> str | None:
    """The first city that is named becomes one that the statement does not name."""
    return _other_place(made.text, next((city for city in CITIES if city not in places(made.text)), ""))


def _place_of_other(made: Made) -> str | None:
    """The first city that is named becomes one that the other statement names."""
    return _other_place(made.text, next((city for city in sorted(places(made.other) - places(made.text)) if city in CITIES), ""))


def _other_place(text: str, other: str) -> str | None:
    if not other:
        return None
    simplified = to_simplified(text)
    side = 0 if language_of(text) == "en" else 1
    new = other if side == 0 else place_forms(other)[1][0]
    for city in CITIES:
        for form in place_forms(city)[side]:
            pattern = rf"\b{re.escape(form)}\b" if side == 0 else re.escape(form)
            if len(form) > 1 and (found := re.search(pattern, simplified, re.IGNORECASE)):
                return simplified[: found.start()] + new + simplified[found.end() :]
    return None


def _turned(made: Made) -> str | None:
    return _first_replaced(made.text, _TURNED)


def _negated(made: Made) -> str | None:
    return _first_replaced(made.text, _NEGATED)


def _first_replaced(text: str, forms: dict[str, str]) -> str | None:
    word = next((word for word in forms if re.search(rf"\b{word}\b" if word.isalpha() and word.isascii() else re.escape(word), text)), None)
    return None if word is None else text.replace(word, forms[word], 1)


def _figure_of_other(made: Made) -> str | None:
    """A figure becomes a figure of the other statement."""
    own, others = ([match for match in _FIGURE.finditer(text) if not _YEAR.fullmatch(match.group())] for text in made)
    new = next((figure.group() for figure in others if figure.group() not in made.text), None)
    return None if not own or new is None else made.text[: own[0].start()] + new + made.text[own[0].end() :]


def _beginning_of_other(made: Made) -> str | None:
    """The beginning of the other statement, up to its first comma, before the rest of the statement."""
    parts = [re.split(r"(?<!\d)[,，]\s*|(?<=[\u4e00-\u9fff]),", text, maxsplit=1) for text in made]
    if any(len(part) < 2 for part in parts) or parts[0][0] == parts[1][0]:
        return None
    return f"{parts[1][0]}{', ' if made.language == 'en' else '，'}{parts[0][1]}"


def _subject_of_other(made: Made) -> str | None:
    """The subject of the other statement, up to its verb, before what is said of the statement's."""
    found = [_VERB[made.language].search(text) for text in made]
    if found[0] is None or found[1] is None:
        return None
    new = made.other[: found[1].start()] + made.text[found[0].start() :]
    return None if new in made else new


def _caused(made: Made) -> str | None:
    """Two statements as cause and effect, which neither says."""
    return None if not made.other else _bare(made.text) + _CAUSES[made.language] + _small(made.other)


def _embellished(made: Made) -> str | None:
    return _bare(made.text) + _EMBELLISHED[made.language] + made.text[-1]


def _topped(made: Made) -> str | None:
    return _bare(made.text) + _TOPPED[made.language] + made.text[-1]


def _together(made: Made) -> str | None:
    return None if not made.other else _bare(made.text) + (", and " if made.language == "en" else "，") + _small(made.other)


def _contrasted(made: Made) -> str | None:
    return None if not made.other else _bare(made.text) + ("; meanwhile, " if made.language == "en" else "；同时，") + _small(made.other)


def _led(made: Made) -> str | None:
    leads = _LEADS[made.language]
    return leads[len(made.text) % len(leads)] + _small(made.text)


def _reworded(made: Made) -> str | None:
    """A word becomes another of its concept."""
    side = 1 if made.language == "en" else 2
    for entry in entries():
        forms = [form for form in entry[side] if form.isalpha() and len(form) > (5 if side == 1 else 1)]
        for old in forms:
            found = re.search(rf"\b{old}\b" if side == 1 else old, made.text)
            new = next((form for form in forms if form not in old and old not in form), None)
            if found is not None and new is not None:
                return made.text[: found.start()] + new + made.text[found.end() :]
    return None


def _bare(text: str) -> str:
    return text.rstrip(".。 ")


def _small(text: str) -> str:
    """A sentence in the middle of another: its first letter small where it is no name."""
    first, _, rest = text.partition(" ")
    return f"{first.lower()} {rest}" if first.lower() in _SMALL else text


HONEST: dict[str, Maker] = {"led in": _led, "a synonym": _reworded, "two together": _together, "two contrasted": _contrasted}
ERRORS: dict[str, Maker] = {
    "digit": _digit,
    "scale": _scale,
    "year": _year,
    "figures exchanged": _exchanged,
    "percent sign less": _percent,
    "another city": _place,
    "turned round": _turned,
    "negated": _negated,
    "city of another": _place_of_other,
    "figure of another": _figure_of_other,
    "beginning of another": _beginning_of_other,
    "subject of another": _subject_of_other,
    "made a cause": _caused,
    "embellished": _embellished,
    "superlative added": _topped,
}
