"""Where a quoted statement and its twin differ: one sentence, in the reader's script, that says what the other language says.

A value of the other language is quoted as printed, with the word it is attached to (“增长4倍”) and a gloss of what a reader
of this language may not know. Only a qualifier is translated, since its number is the same on both sides.
"""

import re
from dataclasses import dataclass

from gbaqa.answering.phrases import DIFFERS, DIFFERS_IN, DIFFERS_ON
from gbaqa.bilingual.disagreement import Disagreement, Side
from gbaqa.bilingual.disagreements import Disagreements
from gbaqa.corpus.document import Document
from gbaqa.index.store import SearchIndex
from gbaqa.language.places import place_forms
from gbaqa.language.qualifiers import Qualifier
from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import HAN, Language, Script, to_hong_kong
from gbaqa.language.words import jieba_cut

_MATERIAL = 0.26  # below it, what the comparison finds is wrong as often as not (a different division into sentences)
_MOST = 2  # sentences for one statement
_DIGITS = re.compile(r"\d[\d,.]*")
_HAN_AT_THE_END = re.compile(rf"(?:{HAN.pattern})+$")

_QUALIFIER: dict[Language, dict[Qualifier, str]] = {
    "en": {"over": "more than ", "nearly": "nearly ", "about": "about ", "most": "at most "},
    "zh": {"over": "超过", "nearly": "接近", "about": "约", "most": "最多"},
}
# What stands in a value of the other language and may want a gloss, longest first.
_GLOSS: dict[Language, dict[str, str]] = {
    "en": {
        "万亿": "trillion", "千亿": "hundred billion", "百亿": "ten billion", "亿": "hundred million", "千万": "ten million",
        "百万": "million", "万": "ten thousand", "个百分点": "percentage points", "成": "tenths", "一半": "half",
        "年底": "end of the year", "年末": "end of the year", "年初": "beginning of the year", "月底": "end of the month",
        "大部分": "most", "大多数": "most", "几乎": "almost",
    },
    "zh": {
        "trillion": "万亿", "billion": "十亿", "million": "百万", "percentage point": "个百分点",
        "almost all": "几乎全部", "nearly all": "几乎全部", "majority of": "大多数", "most of": "大多数",
    },
}  # fmt: skip
_MULTIPLE: dict[Language, tuple[str, str]] = {
    "en": ("grown by that multiple", "grown to that multiple"),
    "zh": ("增加该倍数", "增至该倍数"),
}
_DIRECTION: dict[Language, tuple[str, str]] = {"en": ("a rise of {}", "a fall of {}"), "zh": ("上升{}", "下降{}")}
_QUOTED: dict[Language, str] = {"en": "“{}”", "zh": "“{}”"}
_GLOSSED: dict[Language, tuple[str, str, str]] = {"en": ("{} ({})", "{}: {}", "; "), "zh": ("{}（{}）", "{}：{}", "；")}


@dataclass(frozen=True, slots=True)
class Difference:
    """A material difference between a statement and its twin, as a sentence in the reader's script."""

    material: float
    sentence: str


class Differences:
    """Says in what the statements of an index differ from their twins."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._disagreements = Disagreements(index)

    def agree(self, row: int) -> bool:
        """Whether nothing is found in which the passage of a row differs from its twin."""
        return not self._disagreements.of(row)

    def of(self, row: int, script: Script) -> list[Difference]:
        """The most material differences of the statement in that row; what the twin only leaves out is none."""
        found: dict[str, Difference] = {}
        for one in self._disagreements.of(row):
            own, other = (one.zh, one.en) if self._language(row) == "zh" else (one.en, one.zh)
            if one.material >= _MATERIAL and own and other and self._concerns(row, own, other):
                sentence = self._sentence(row, one, own, other, script)
                found.setdefault(sentence, Difference(one.material, sentence))
        return list(found.values())[:_MOST]

    def _concerns(self, row: int, own: Side, other: Side) -> bool:
        """Whether the statement itself gives the value, and its quote or its twin's the other one."""
        if not (own.value and other.value and row in own.rows):
            return False
        twin = self._index.statements[int(self._index.alignment.twin[row])][1].text
        return set(_DIGITS.findall(other.value)) <= set(_DIGITS.findall(f"{own.quote} {twin}"))

    def _sentence(self, row: int, one: Disagreement, own: Side, other: Side, script: Script) -> str:
        language: Language = "en" if script == "en" else "zh"
        printed_in: Language = "en" if self._language(row) == "zh" else "zh"
        document = self._index.documents[self._index.statements[row][0].document]
        theirs, ours = _values(one, own, other, printed_in, language)
        place = _place(document, other.page, language)
        said = DIFFERS[language].format(text=DIFFERS_IN[language][printed_in].format(place=place), theirs=theirs, ours=ours)
        return to_hong_kong(said) if script == "zh-Hant" else said

    def _language(self, row: int) -> Language:
        return self._index.statements[row][0].language


def _place(document: Document, label: str | None, language: Language) -> str:
    """Where the other text is printed, as part of the sentence; empty where it has no page."""
    if label is None:
        return ""
    printed, about, digest = DIFFERS_ON[language]
    if document.metadata.kind == "digest":
        return digest.format(page=label)
    return (printed if document.page(label).certain else about).format(page=label)


def _values(one: Disagreement, own: Side, other: Side, printed_in: Language, reader: Language) -> tuple[str, str]:
    """What the other text says and what the statement says, as a reader of a language understands them."""
    our_language: Language = "en" if printed_in == "zh" else "zh"
    if one.kind == "name":
        return _named(other.value or "", reader), _named(own.value or "", reader)
    theirs, ours = _quantity(other), _quantity(own)
    if theirs and ours:
        if one.kind == "polarity":
            rise, fall = _DIRECTION[reader]
            return (rise if theirs.direction > 0 else fall).format(ours.text), (rise if ours.direction > 0 else fall).format(ours.text)
        if one.kind == "qualifier" and our_language == reader:
            said = f"{_QUALIFIER[reader].get(theirs.qualifier, '')}{ours.text}"
            return _GLOSSED[reader][0].format(said, _as_printed(other)), own.value or ""
        if theirs.unit == ours.unit == "times" and theirs.is_increment != ours.is_increment:
            return tuple(  # type: ignore[return-value]
                _GLOSSED[reader][0].format(_QUOTED[reader].format(_as_printed(side)), _MULTIPLE[reader][not quantity.is_increment])
                for side, quantity in ((other, theirs), (own, ours))
            )
    return _quoted(other, printed_in, reader), _quoted(own, our_language, reader)


def _quantity(side: Side) -> Quantity | None:
    """The quantity that a side's value is, None for a date or for words."""
    return next((found for found in stated_quantities(side.quote) if side.value in (found.wording, found.text)), None)


def _named(value: str, reader: Language) -> str:
    """Names of places, which are noted in English."""
    if reader == "en":
        return value
    return "、".join(place_forms(name)[1][0] for name in value.split(", "))


def _quoted(side: Side, language: Language, reader: Language) -> str:
    """A value as it is printed: in quotation marks with a gloss where it is in the other language."""
    printed = _as_printed(side)
    if language == reader:
        return printed
    form, pair, separator = _GLOSSED[reader]
    rest, glosses = side.value or "", []
    for word, meaning in _GLOSS[reader].items():
        if word in rest:
            rest = rest.replace(word, "")
            glosses.append(pair.format(word, meaning))
    quoted = _QUOTED[reader].format(printed)
    return form.format(quoted, separator.join(glosses)) if glosses else quoted


def _as_printed(side: Side) -> str:
    """A value with the Chinese word it is attached to: figures that follow a word without a space are read with it."""
    value = side.value or ""
    before = side.quote[: max(side.quote.find(value), 0)]
    attached = _HAN_AT_THE_END.search(before)
    return f"{jieba_cut(attached.group())[-1]}{value}" if attached and value[:1].isdigit() else value
