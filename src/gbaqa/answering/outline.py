"""The outline of the documents: their sections as the headings give them, on which pages they are, what stands for what.

An outline needs no table of contents: it is read off the statements of the index, each of which knows its headings and its
page. A section and one of the other language belong together where each holds more twins of the other's statements, for its
size, than any other section does.
"""

from collections import Counter
from dataclasses import dataclass, field

from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language

_TITLE_COVERS = 0.6  # share of a language's statements under one heading above which it is the document's title, no chapter


@dataclass(eq=False, slots=True)
class Section:
    """What stands under one heading.

    Attributes:
        path: the headings down to it, outermost first.
        rows: of the index, those of its own sections included, in reading order.
        pages: labels of the pages it is on, in the order of the document.
        other: the section of the other language that says the same, None without one.
    """

    document: str
    language: Language
    path: tuple[str, ...]
    rows: list[int] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    other: "Section | None" = None

    @property
    def heading(self) -> str:
        """Its own heading."""
        return self.path[-1]


_Key = tuple[str, Language, tuple[str, ...]]


class Outline:
    """The sections of all documents of an index.

    Attributes:
        sections: all of them, an outer one before those in it.
        chapters: the outermost ones below a document's title, in reading order.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._by_key: dict[_Key, Section] = {}
        for row, (chunk, _) in enumerate(index.statements):
            for depth in range(1, len(chunk.section) + 1):
                key = (chunk.document, chunk.language, chunk.section[:depth])
                self._by_key.setdefault(key, Section(*key)).rows.append(row)
        self.sections = list(self._by_key.values())
        for section in self.sections:
            section.pages = self.pages_of(section.document, section.rows)
        nearest = {section: self._counterpart(section) for section in self.sections}
        for section, other in nearest.items():
            section.other = other if other is not None and nearest[other] is section else None
        apart: dict[tuple[str, Language], list[Section]] = {}
        for section in self.sections:
            apart.setdefault((section.document, section.language), []).append(section)
        self.chapters = [chapter for sections in apart.values() for chapter in _chapters(sections)]

    def pages_of(self, document: str, rows: list[int]) -> list[str]:
        """Labels of the pages that rows of a document are on, in the document's order."""
        on = {self._index.statements[row][1].page for row in rows}
        return [page.label for page in self._index.documents[document].pages if page.label and page.label in on]

    def chapter_of(self, row: int) -> Section | None:
        """The chapter that a row stands in."""
        return next((section for section in self._around(row) if section in self.chapters), None)

    def section_of(self, row: int) -> Section | None:
        """The innermost section that a row stands in."""
        around = self._around(row)
        return around[-1] if around else None

    def _around(self, row: int) -> list[Section]:
        chunk = self._index.statements[row][0]
        path = chunk.section
        return [self._by_key[chunk.document, chunk.language, path[:depth]] for depth in range(1, len(path) + 1)]

    def _counterpart(self, section: Section) -> Section | None:
        """The section, in the other language, of which the twins of its statements make up most."""
        twins = [int(twin) for row in section.rows if (twin := self._index.alignment.twin[row]) >= 0]
        overlap = Counter(other for twin in twins for other in map(self._key_of, self._around(twin)))
        if not overlap:
            return None
        best = max(overlap, key=lambda key: 2 * overlap[key] / (len(section.rows) + len(self._by_key[key].rows)))
        return self._by_key[best]

    @staticmethod
    def _key_of(section: Section) -> _Key:
        return section.document, section.language, section.path


def _chapters(sections: list[Section]) -> list[Section]:
    """The chapters among the sections of one document and language: a heading over most of it is its title."""
    whole = sum(len(section.rows) for section in sections if len(section.path) == 1)
    below = Counter(section.path[:-1] for section in sections)
    titles: set[tuple[str, ...]] = {()}
    for section in sections:
        covers = len(section.rows) > _TITLE_COVERS * whole and below[section.path] > 1
        if covers and section.path[:-1] in titles:
            titles.add(section.path)
    return [section for section in sections if section.path not in titles and section.path[:-1] in titles]
