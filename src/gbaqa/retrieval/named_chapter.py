"""Questions that name the chapter where the answer stands: "the closing chapter says", "人才那章". It is looked for there.

A chapter is named by its place (the first, the last), or by words that its heading has, or that mean the same. Where no heading
has them, or those of several have, the words are taken like any others.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gbaqa.language.meanings import meanings, with_concepts
from gbaqa.language.script import to_simplified
from gbaqa.language.words import search_terms
from gbaqa.retrieval.outline import Section
from gbaqa.retrieval.question import Question, analyse

_BEFORE = r"(?:(?:according to|going by|as|in|from|by|per|says?|does|of) )?(?:(?:the|this|its|their|that) )?"
_CHAPTER = r"chapters?(?:['’]s?)?"
_NOT_OF = r"(?! of (?!the (?:white|paper|report)))"  # "the conclusion of the talks" is no chapter
# By its place, and by what a first or last chapter is called.
_FIRST = re.compile(
    rf"{_BEFORE}\b(?:opening|introductory|first) (?:chapter|pages?|remarks|letters?|messages?|statements?)\b{_NOT_OF}|第一章|开篇",
    re.IGNORECASE,
)
_LAST = re.compile(
    rf"{_BEFORE}\b(?:closing|final|last|wrap-?up|concluding|summing-up) (?:chapter|pages?|remarks)\b{_NOT_OF}|最后一?章|末章", re.IGNORECASE
)
_OPENING = re.compile(
    rf"{_BEFORE}\b(?:(?:fore|pre)(?:words?|faces?)|(?<=the )introduction)\b{_NOT_OF}"
    r"|前言|序言|引言|导言|卷首语|(?:两篇|篇)序(?![列号章幕曲])",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    rf"{_BEFORE}\b(?<=the )conclusion\b{_NOT_OF}|结语|结束语|后记|尾声|(?:结论|总结)(?=部分|[一那这]?章|[里中](?!的))", re.IGNORECASE
)
_PLACES = (("first", _FIRST, _OPENING), ("last", _LAST, _CLOSING))
_CALLED = {
    "first": re.compile(r"(?:fore|pre)(?:words?|faces?)|introduction|前言|序言?|引言|导言|卷首语", re.IGNORECASE),
    "last": re.compile(r"conclusions?|closing remarks|outlook|结语|结束语|结论|总结|后记|尾声|展望", re.IGNORECASE),
}
_NAMED = re.compile(
    rf"{_BEFORE}\b(?<=the )(?P<before>(?:(?!the\b)[\w&-]+ ){{0,3}}?[\w&-]+)[ -]{_CHAPTER}(?= |[,.?!:;]|$)"
    rf"|{_BEFORE}{_CHAPTER} (?:on|about) (?P<after>[\w&-]+(?: and [\w&-]+)?)"
    r"|(?P<zh>[\u4e00-\u9fffA-Za-z &]{1,12}?)(?:[那这]一?章|一章|章[里中节])(?:节?[里中内]?[头面]?)?(?!程)",
    re.IGNORECASE,
)
_FEWEST_WORDS = 2  # beside the chapter's name: what is sought there
_NO_NAME = frozenset("which what each every this that one next previous other same first last".split())
_CARRIERS_ZH = re.compile(r"^.*(?:在|按|据|根据|照|看|里|[，,。：:；;])")


@dataclass(frozen=True, slots=True)
class NamedChapter:
    """What a question says of the chapter it means.

    Attributes:
        question: the question without that.
        end: "first" or "last" where it means a chapter at either end, else "".
        is_by_place: whether it says so ("the last chapter"); else ("the foreword") a chapter must be called something like it.
        words: by what it names any other chapter.
    """

    question: Question
    end: str = ""
    is_by_place: bool = False
    words: str = ""

    def among(self, chapters: Sequence[Section]) -> list[Section]:
        """The chapters that are meant, of both languages; none where that is not plain."""
        found = [section for own in _by_language(chapters) for section in self._of_one_language(own)]
        return list(dict.fromkeys([*found, *(section.other for section in found if section.other is not None)]))

    def _of_one_language(self, chapters: Sequence[Section]) -> list[Section]:
        if self.end:
            called = [chapter for chapter in chapters if _CALLED[self.end].fullmatch(_plain(chapter.heading))]
            by_place = [chapters[0 if self.end == "first" else -1]] if self.is_by_place else []
            return called or by_place
        fits = [self._fit(chapter) for chapter in chapters]
        best = max(fits)
        return [chapters[fits.index(best)]] if best[0] and fits.count(best) == 1 else []

    def _fit(self, chapter: Section) -> tuple[float, int]:
        """The share of the words that its heading has, in either language; of two with as many the one that says less beside them."""
        headings = [chapter.heading, *([chapter.other.heading] if chapter.other is not None else [])]
        terms = frozenset(term for heading in headings for term in with_concepts(to_simplified(heading)))
        named = meanings(self.words)
        return sum(bool(meaning & terms) for meaning in named) / max(len(named), 1), -sum(map(len, headings))


def named_chapter(question: Question) -> NamedChapter | None:
    """The chapter that a question names, None if it names none or asks for nothing else."""
    text = question.normalized
    for end, place, called in _PLACES:
        if match := place.search(text) or called.search(text):
            sought = _without(question, match)
            return NamedChapter(sought, end, is_by_place=match.re is place) if sought is not None else None
    match = _NAMED.search(text)
    if match is None:
        return None
    words = match["before"] or match["after"] or _CARRIERS_ZH.sub("", match["zh"])
    sought = _without(question, match) if words and not _NO_NAME & set(words.lower().split()) else None
    return NamedChapter(sought, words=words) if sought is not None else None


def _without(question: Question, match: re.Match[str]) -> Question | None:
    """What a question asks without the words that name a chapter; None where that is too little."""
    rest = f"{question.normalized[: match.start()]} {question.normalized[match.end() :]}".strip(" ,，:：.")
    if len(search_terms(rest)) < _FEWEST_WORDS:
        return None
    return replace(analyse(rest), text=question.text, script=question.script, kind=question.kind)


def _by_language(chapters: Iterable[Section]) -> list[list[Section]]:
    apart: dict[tuple[str, str], list[Section]] = {}
    for chapter in chapters:
        apart.setdefault((chapter.document, chapter.language), []).append(chapter)
    return list(apart.values())


def _plain(heading: str) -> str:
    return to_simplified(heading).strip(" #*.:：、")
