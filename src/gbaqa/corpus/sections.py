"""The heading path of each block, from headings whose levels cannot be trusted.

A bilingual document sets its chapter headings in both languages, in one heading or in two that follow each other;
the headings inside a chapter are in the language of the page. So a bilingual heading opens a chapter for both
languages, whatever its level, and the others nest below it by level, each language on its own.
"""

import re
from dataclasses import dataclass, field

from gbaqa.language.script import HAN, Language, language_of

_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")
_ONE_WORD = re.compile(r"^[^A-Za-z]*[\u4e00-\u9fff][”》）)]?\s+([A-Z][a-z]{3,})$")
_BILINGUAL = re.compile(r"^(?P<zh>.*[\u4e00-\u9fff][”》）)]?)\s+(?P<en>[A-Z“\"(].*)$")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading as it reads in each language; the same text in both where it is in one language only."""

    level: int
    zh: str
    en: str
    bilingual: bool

    def in_language(self, language: Language) -> str:
        return self.zh if language == "zh" else self.en


def read_heading(level: int, text: str) -> Heading:
    """A heading split into its two languages, if it is in two."""
    match = _BILINGUAL.match(text)
    if match and len(_LATIN_WORD.findall(match["en"])) >= 2 and len(HAN.findall(match["zh"])) >= 2:
        return Heading(level, match["zh"].strip(), match["en"].strip(), bilingual=True)
    return Heading(level, text, text, bilingual=False)


def as_chapter(heading: Heading) -> Heading:
    """A heading of the highest level that ends in one English word heads a chapter in both languages: 经营业绩 Results.

    Chinese keeps it whole, since the word may as well be a name: 安装 Docker.
    """
    match = _ONE_WORD.search(heading.zh)
    if heading.bilingual or heading.level > 1 or match is None or len(HAN.findall(heading.zh)) < 2:
        return heading
    return Heading(heading.level, heading.zh, match[1], bilingual=True)


def pair_headings(first: Heading, second: Heading) -> Heading | None:
    """One bilingual heading from two that follow each other in different languages, None if they are not a pair."""
    languages = language_of(first.zh), language_of(second.zh)
    if first.bilingual or second.bilingual or languages[0] == languages[1]:
        return None
    zh, en = (first.zh, second.zh) if languages[0] == "zh" else (second.zh, first.zh)
    if HAN.search(en) or not re.search("[a-z]{3}", en):
        return None  # "GDP" is what it is called in Chinese too
    return Heading(first.level, zh, en, bilingual=True)


@dataclass(frozen=True, slots=True)
class _Section:
    """A heading, or several set side by side as column titles, and the notes on each."""

    level: int
    titles: tuple[Heading, ...]
    marks: tuple[tuple[int, ...], ...]


_MOST_TOGETHER = 50  # headings without text between them that are read as one; more of them are a list, no heading
RUN_IN_LEVEL = 99  # of a bullet that stands as a heading over the paragraph after it: below any heading proper


@dataclass(slots=True)
class SectionTracker:
    """Keeps the current heading path while a document is read from top to bottom."""

    _chapters: list[Heading] = field(default_factory=list)
    _sections: dict[Language, list[_Section]] = field(default_factory=lambda: {"zh": [], "en": []})
    _text_since_heading: bool = True
    _paths: dict[Language, tuple[str, ...]] = field(default_factory=dict)  # as asked for since the last heading

    def copy(self) -> "SectionTracker":
        """The path as it is now, to come back to."""
        return SectionTracker(list(self._chapters), {language: list(path) for language, path in self._sections.items()})

    def open(self, heading: Heading, marks: tuple[int, ...] = (), language: Language = "en") -> None:
        """Enter the section of a heading that carries these note marks."""
        self._paths = {}
        if heading.bilingual:
            if self._text_since_heading or len(self._chapters) == _MOST_TOGETHER:
                self._chapters.clear()
            self._chapters.append(heading)
            self._sections = {"zh": [], "en": []}
        else:
            opened = _Section(heading.level, (heading,), (marks,))
            outer = self._sections[language]
            beside = bool(outer) and outer[-1].level == heading.level and len(outer[-1].titles) < _MOST_TOGETHER
            if beside and not self._text_since_heading:
                opened = _Section(heading.level, outer[-1].titles + opened.titles, outer[-1].marks + opened.marks)
            outer = [section for section in outer if section.level < heading.level]
            self._sections[language] = [*outer, opened]
            self._sections["en" if language == "zh" else "zh"] = []
        self._text_since_heading = False

    def text_follows(self) -> None:
        """Note that the section just opened has text of its own."""
        self._text_since_heading = True

    def path(self, language: Language) -> tuple[str, ...]:
        """The headings above text in that language, outermost first."""
        if language not in self._paths:
            sections = [" / ".join(title.in_language(language) for title in section.titles) for section in self._sections[language]]
            self._paths[language] = (*(chapter.in_language(language) for chapter in self._chapters), *sections)
        return self._paths[language]

    def marks(self, language: Language, text: str) -> tuple[int, ...]:
        """Notes on the innermost noted heading above a text. Of headings side by side only those that the text names count."""
        for section in reversed(self._sections[language]):
            if len(section.titles) == 1 and section.marks[0]:
                return section.marks[0]
            if any(section.marks):
                titled = zip(section.titles, section.marks, strict=True)
                return tuple(number for title, marks in titled if title.in_language(language) in text for number in marks)
        return ()
