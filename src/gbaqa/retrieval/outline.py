"""The outline of the documents: their sections as the headings give them, on which pages they are, what stands for what.

An outline needs no table of contents: it is read off the statements of the index, each of which knows its headings and its
page. A section and one of the other language belong together where each holds more twins of the other's statements, for its
size, than any other section does.
"""

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial

from gbaqa.index.chunk import Chunk
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language

_DOCUMENTS_KEPT = 64  # whose outlines are kept, those looked at last
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
    rows: "array[int]" = field(default_factory=lambda: array("i"))
    pages: list[str] = field(default_factory=list)
    other: "Section | None" = None

    @property
    def heading(self) -> str:
        """Its own heading."""
        return self.path[-1]


class Outline:
    """The sections of the documents of an index; those of a document are read off when they are first asked for."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._of = lru_cache(_DOCUMENTS_KEPT)(partial(DocumentOutline, index))
        self._number = {document: number for number, document in enumerate(index.documents)}

    def of(self, document: str) -> "DocumentOutline":
        """The outline of a document."""
        return self._of(self._number[document])

    def pages_of(self, document: str, rows: Sequence[int]) -> list[str]:
        """Labels of the pages that rows of a document are on, in the document's order."""
        return _pages_of(self._index, document, rows)

    def chapter_of(self, row: int) -> Section | None:
        """The chapter that a row stands in."""
        outline = self._of(self._index.columns.document_of(row))
        return next((section for section in outline.around(row) if section in outline.chapters), None)

    def section_of(self, row: int) -> Section | None:
        """The innermost section that a row stands in."""
        around = self._of(self._index.columns.document_of(row)).around(row)
        return around[-1] if around else None


class DocumentOutline:
    """The sections of one document.

    Attributes:
        sections: all of them, an outer one before those in it.
        chapters: the outermost ones below the document's title, in reading order.
    """

    def __init__(self, index: SearchIndex, document: int) -> None:
        """Of the document in that place among the index's."""
        self._index = index
        self._by_path: dict[tuple[Language, tuple[str, ...]], Section] = {}
        self._over: dict[int, tuple[Section, ...]] = {}  # by the number of a passage
        columns = index.columns
        for chunk in columns.chunks_of(document):
            passage, first = int(columns.passage[chunk]), int(columns.first[chunk])
            if passage not in self._over:
                self._over[passage] = tuple(self._over_passage(index.chunks[chunk]))
            for section in self._over[passage]:
                section.rows.extend(range(first, first + int(columns.size[chunk])))
        self.sections = list(self._by_path.values())
        for section in self.sections:
            section.pages = _pages_of(index, section.document, section.rows)
        nearest = {section: self._counterpart(section) for section in self.sections}
        for section, other in nearest.items():
            section.other = other if other is not None and nearest[other] is section else None
        apart: dict[Language, list[Section]] = {}
        for section in self.sections:
            apart.setdefault(section.language, []).append(section)
        self.chapters = [chapter for sections in apart.values() for chapter in _chapters(sections)]

    def around(self, row: int) -> tuple[Section, ...]:
        """The sections that a row of the document stands in, the outermost first."""
        columns = self._index.columns
        return self._over[int(columns.passage[columns.owner[row]])]

    def _over_passage(self, chunk: Chunk) -> Iterator[Section]:
        """The sections that a chunk's passage stands in, the outermost first."""
        for depth in range(1, len(chunk.section) + 1):
            path = chunk.section[:depth]
            yield self._by_path.setdefault((chunk.language, path), Section(chunk.document, chunk.language, path))

    def _counterpart(self, section: Section) -> Section | None:
        """The section, in the other language, of which the twins of its statements make up most."""
        columns, twins = self._index.columns, self._index.alignment.twin[section.rows]
        passages = columns.passage[columns.owner[twins[twins >= 0]]].tolist()
        overlap = Counter(other for passage in passages for other in self._over[passage])
        return max(overlap, key=lambda other: 2 * overlap[other] / (len(section.rows) + len(other.rows)), default=None)


def _pages_of(index: SearchIndex, document: str, rows: Sequence[int]) -> list[str]:
    pages = index.documents[document].pages
    on = {pages[at].label for at in set(index.columns.page[rows].tolist()) if at >= 0}
    return [page.label for page in pages if page.label and page.label in on]


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
