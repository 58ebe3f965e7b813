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
_OPENING_EN = r"(?:opening|introductory|first) (?:chapter|section|pages?|remarks|words)|(?:fore|pre)(?:words?|faces?)|introduction"
_CLOSING_EN = r"(?:closing|final|last|wrap-?up|concluding|summing-up) (?:chapter|section|pages?|remarks|words|part)|conclusions?"
_OPENING_ZH = "前言|序言|引言|导言|卷首语|开篇|第一章|(?:两篇|篇|份|个|的)序(?![列号章幕曲])"
_CLOSING_ZH = "结语|结论|结束语|总结(?:部分|一章|那章)|后记|尾声|最后一?章|末章"
_OPENING = re.compile(rf"{_BEFORE}\b(?:{_OPENING_EN})\b(?! of (?!the (?:white|paper|report)))|{_OPENING_ZH}", re.IGNORECASE)
_CLOSING = re.compile(rf"{_BEFORE}\b(?:{_CLOSING_EN})\b(?! of (?!the (?:white|paper|report)))|{_CLOSING_ZH}", re.IGNORECASE)
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
    """What a question says of the chapter it means, and the question without that.

    Attributes:
        end: "first" or "last" where it names the chapter by its place, else "".
        words: by what it names it else.
    """

    question: Question
    end: str
    words: str

    def among(self, chapters: Sequence[Section]) -> list[Section]:
        """The chapters that are meant, of both languages; none where that is not plain."""
        found = [section for own in _by_language(chapters) for section in self._of_one_language(own)]
        return list(dict.fromkeys([*found, *(section.other for section in found if section.other is not None)]))

    def _of_one_language(self, chapters: Sequence[Section]) -> list[Section]:
        if self.end:
            pattern = _OPENING if self.end == "first" else _CLOSING
            called = [chapter for chapter in chapters if pattern.fullmatch(_plain(chapter.heading))]
            return called or [chapters[0 if self.end == "first" else -1]]
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
    for end, pattern in (("first", _OPENING), ("last", _CLOSING)):
        if match := pattern.search(text):
            return _named(question, match, end, "")
    match = _NAMED.search(text)
    if match is None:
        return None
    words = match["before"] or match["after"] or _CARRIERS_ZH.sub("", match["zh"])
    return None if not words or _NO_NAME & set(words.lower().split()) else _named(question, match, "", words)


def _named(question: Question, match: re.Match[str], end: str, words: str) -> NamedChapter | None:
    rest = f"{question.normalized[: match.start()]} {question.normalized[match.end() :]}".strip(" ,，:：.")
    if len(search_terms(rest)) < _FEWEST_WORDS:
        return None
    sought = analyse(rest)
    return NamedChapter(replace(sought, text=question.text, script=question.script, kind=question.kind), end, words)


def _by_language(chapters: Iterable[Section]) -> list[list[Section]]:
    apart: dict[tuple[str, str], list[Section]] = {}
    for chapter in chapters:
        apart.setdefault((chapter.document, chapter.language), []).append(chapter)
    return list(apart.values())


def _plain(heading: str) -> str:
    return to_simplified(heading).strip(" #*.:：、")
