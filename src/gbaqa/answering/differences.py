"""Where a quoted statement and its twin differ: one sentence, in the reader's script, that says what the other language says.

A value of the other language is quoted as printed, with the word it is attached to (“增长4倍”) and a gloss of what a reader
of this language may not know. Only a qualifier is translated, since its number is the same on both sides.
"""

import re
from dataclasses import dataclass
from typing import NamedTuple

from gbaqa.answering.page_wording import page_as_word
from gbaqa.answering.phrases import DIFFERS, DIFFERS_IN, DIFFERS_IN_DIGEST, DIFFERS_IN_WORDS, DIFFERS_ON
from gbaqa.bilingual.disagreement import Disagreement, Side
from gbaqa.bilingual.disagreements import Disagreements
from gbaqa.corpus.document import Document
from gbaqa.index.store import SearchIndex
from gbaqa.language.qualifiers import Qualifier
from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import HAN, Language, Script, clean, language_of_script, script_of_language, to_hong_kong
from gbaqa.language.words import jieba_cut

# No names: they are compared in cells of tables, and a cell that spans rows may be read a row too far.
_KINDS = frozenset(("figure", "qualifier", "date", "polarity"))
_MATERIAL = 0.26  # below it, what the comparison finds is wrong as often as not (a different division into sentences)
_MOST = 2  # sentences for one statement
_LONGEST_QUOTE = 320  # characters of a sentence that is quoted whole
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_PREPOSITIONS = frozenset("在于到至自从达近约超逾共和与及")
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
        "大部分": "most", "大多数": "most", "几乎": "almost", "平均": "on average", "均": "each", "实质": "in real terms",
        "将": "will", "已经": "already", "已": "already", "基本": "largely",
    },
    "zh": {
        "trillion": "万亿", "billion": "十亿", "million": "百万", "percentage point": "个百分点",
        "almost all": "几乎全部", "nearly all": "几乎全部", "majority of": "大多数", "most": "大多数", "already": "已经", "will": "将",
    },
}  # fmt: skip
_MULTIPLE: dict[Language, tuple[str, str]] = {
    "en": ("grown by that multiple", "grown to that multiple"),
    "zh": ("增加该倍数", "增至该倍数"),
}
_DIRECTION: dict[Language, tuple[str, str]] = {"en": ("a rise of {}", "a fall of {}"), "zh": ("上升{}", "下降{}")}
_QUOTED = "“{}”"
_CORNER_BRACKETS = str.maketrans("“”", "「」")


class _Glossed(NamedTuple):
    form: str
    pair: str
    separator: str


_GLOSSED: dict[Language, _Glossed] = {"en": _Glossed("{} ({})", "{}: {}", "; "), "zh": _Glossed("{}（{}）", "{}：{}", "；")}


@dataclass(frozen=True, slots=True)
class Difference:
    """A material difference between a statement and its twin.

    Attributes:
        material: 0 to 1.
        twin: row of the index that gives the other value; where one sentence has several for twins, this one differs.
        sentence: in the reader's script.
    """

    material: float
    twin: int
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
        """The most material differences of the statement in that row, from one twin; what a twin only leaves out is none."""
        found: dict[str, Difference] = {}
        for one in self._disagreements.of(row):
            own, other = (one.zh, one.en) if self._language(row) == "zh" else (one.en, one.zh)
            if one.kind not in _KINDS or one.material < _MATERIAL or not (own and other and row in own.rows):
                continue  # what stands in another statement of the passage
            if _is_of_wording(one):
                twin = next(iter(found.values())).twin if found else other.rows[0]
                if twin == other.rows[0] and len(other.quote) <= _LONGEST_QUOTE:
                    sentence = self._wording(row, other, script)
                    found.setdefault(sentence, Difference(one.material, twin, sentence))
                continue
            if not (own.value and other.value):
                continue  # what the other side only leaves out
            if _times_stated(own.value, own.quote) > 1:
                continue  # which of them is meant cannot be said in a sentence
            twin = next(iter(found.values())).twin if found else other.rows[0]
            if _DIGITS.findall(other.value) and not _stands_in(other.value, own.quote, self._index.statements[twin][1].text):
                continue
            sentence = self._sentence(row, one, own, other, script)
            found.setdefault(sentence, Difference(one.material, twin, sentence))
        return list(found.values())[:_MOST]

    def _wording(self, row: int, other: Side, script: Script) -> str:
        """A difference that only the whole sentence tells."""
        reader = language_of_script(script)
        said = DIFFERS_IN_WORDS[reader].format(
            text=self._text(row, other, script), theirs=_glossed(_QUOTED.format(other.quote), other.value or "", reader)
        )
        return _in_script(said, script)

    def _sentence(self, row: int, one: Disagreement, own: Side, other: Side, script: Script) -> str:
        reader = language_of_script(script)
        theirs, ours = _values(one, own, other, self._language(row), reader)
        return _in_script(DIFFERS[reader].format(text=self._text(row, other, script), theirs=theirs, ours=ours), script)

    def _text(self, row: int, other: Side, script: Script) -> str:
        """The text in the other language, with its page."""
        reader, document = language_of_script(script), self._index.documents[self._index.statements[row][0].document]
        return DIFFERS_IN[reader][_other(self._language(row))].format(place=_place(document, other.page, reader))

    def _language(self, row: int) -> Language:
        return self._index.statements[row][0].language


def _is_of_wording(one: Disagreement) -> bool:
    """Whether a difference is one of words that may be missing on one side, not of a value that both give."""
    values = [side.value for side in (one.zh, one.en) if side]
    return one.kind in ("qualifier", "polarity") and (
        None in values or (one.kind == "polarity" and not any(map(_DIGITS.search, filter(None, values))))
    )


def _in_script(said: str, script: Script) -> str:
    return to_hong_kong(said).translate(_CORNER_BRACKETS) if script == "zh-Hant" else said


def _times_stated(value: str, quote: str) -> int:
    """How often a value stands in a quote, not as part of a longer figure."""
    return len(re.findall(rf"(?<!\d)(?<!\d[.,]){re.escape(value)}(?![.,]?\d)", clean(quote)))


def _stands_in(value: str, *quotes: str) -> bool:
    """Whether each figure of a value stands in one of the quotes."""
    return set(_DIGITS.findall(value)) <= {figure for quote in quotes for figure in _DIGITS.findall(quote)}


def _place(document: Document, label: str | None, reader: Language) -> str:
    """Where the other text is printed, as part of the sentence; empty where it has no page."""
    if label is None:
        return ""
    certain = document.is_digest or document.page(label).certain
    place = page_as_word(script_of_language(reader), label, certain=certain, has_point=True)
    return (DIFFERS_IN_DIGEST if document.is_digest else DIFFERS_ON)[reader].format(page=place)


def _values(one: Disagreement, own: Side, other: Side, language: Language, reader: Language) -> tuple[str, str]:
    """What the other text says and what the statement, which is in that language, says; both as the reader understands them."""
    theirs, ours = _quantity(other), _quantity(own)
    if theirs and ours:
        if one.kind == "polarity":
            return _moved(theirs, ours, reader), _moved(ours, ours, reader)
        if one.kind == "qualifier" and language == reader:
            return _qualified(theirs, ours, other, reader), _quoted(own, language, reader)
        if theirs.unit == ours.unit == "times" and theirs.is_increment != ours.is_increment:
            return _multiplied(theirs, other, reader), _multiplied(ours, own, reader)
    return _quoted(other, _other(language), reader), _quoted(own, language, reader)


def _quantity(side: Side) -> Quantity | None:
    """The quantity that a side's value is, None for a date or for words."""
    stated = stated_quantities(side.quote)
    whole = (found for found in stated if side.value == (found.wording or found.text))
    return next(whole, None) or next((found for found in stated if side.value == found.text), None)


def _moved(quantity: Quantity, ours: Quantity, reader: Language) -> str:
    rise, fall = _DIRECTION[reader]
    return (rise if quantity.direction > 0 else fall).format(ours.text)


def _qualified(theirs: Quantity, ours: Quantity, other: Side, reader: Language) -> str:
    """The number, which is the same on both sides, with the other side's qualifier."""
    number = re.sub("[余多+]", "", ours.text.replace("-", " ") if ours.text[:1].isdigit() else ours.text)
    said = f"{_QUALIFIER[reader].get(theirs.qualifier, '')}{number}"
    return _quoted(other, reader, reader) if other.value == said else _GLOSSED[reader].form.format(said, other.value)


def _multiplied(quantity: Quantity, side: Side, reader: Language) -> str:
    grown_by, grown_to = _MULTIPLE[reader]
    return _GLOSSED[reader].form.format(_QUOTED.format(_as_printed(side)), grown_by if quantity.is_increment else grown_to)


def _quoted(side: Side, language: Language, reader: Language) -> str:
    """A value as printed, in quotation marks unless all is English; with a gloss where the reader's language is another one."""
    if language == reader == "en":
        return side.value or ""
    quoted = _QUOTED.format(_as_printed(side))
    return _glossed(quoted, side.value or "", reader) if language != reader else quoted


def _glossed(quoted: str, value: str, reader: Language) -> str:
    """What is quoted from the other language, with a gloss of the words of a value that the reader may not know."""
    rest, glosses = value, []
    for word, meaning in _GLOSS[reader].items():
        if word in rest:
            rest = rest.replace(word, "")
            glosses.append(_GLOSSED[reader].pair.format(word, meaning))
    return _GLOSSED[reader].form.format(quoted, _GLOSSED[reader].separator.join(glosses)) if glosses else quoted


def _as_printed(side: Side) -> str:
    """A value with the Chinese word it is attached to, since a figure behind a word is read with it: 最高30万元."""
    value, quantity = side.value or "", _quantity(side)
    printed = clean(side.quote)
    start = quantity.span[0] if quantity and value[:1].isdigit() else printed.find(value)
    attached = _HAN_AT_THE_END.search(printed[: max(start, 0)])
    if not attached or not value[:1].isdigit():
        return value
    *before, last = jieba_cut(attached.group())
    is_part = len(last) == 1 and last not in _PREPOSITIONS  # of a compound that the dictionary lacks: 占比
    return f"{before[-1] if before and is_part else ''}{last}{value}"


def _other(language: Language) -> Language:
    return "zh" if language == "en" else "en"
