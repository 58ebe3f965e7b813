"""The Document: what a reader sees on its pages, as plain data.

A Document is a sequence of Blocks in reading order. A Block knows its language, the headings it stands under and on
which printed page each of its characters is; its note marks are offsets into its text, resolved through the Document.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Literal

from gbaqa.language.script import Language
from gbaqa.language.segment import Span, sentence_spans

BlockKind = Literal["paragraph", "item", "row", "figure", "source", "note"]

# A note may stand up to so many pages before its mark (a page that the map places one too late). Notes follow their
# marks, on the same page, a page later, or at the end of the document; a small raised number whose "note" stands far
# in front of it is something else (a chart's own key, say).
_NOTE_MAY_PRECEDE_MARK_BY = 2
# The other language's note may stand in for a missing one when it is printed in the same stretch of the document.
_OTHER_LANGUAGE_WITHIN_PAGES = 16


@dataclass(frozen=True, slots=True)
class Page:
    """A printed page.

    Attributes:
        label: what is printed on it ("13", "iv").
        languages: the languages its text is in, the predominant one first.
        certain: whether the label is known rather than inferred.
        sheet: the 1-based sheet of the PDF, None for text.
    """

    label: str
    languages: tuple[Language, ...]
    certain: bool = True
    sheet: int | None = None


_OUTSIDE = Page("", ("zh", "en"))  # of the numbered pages


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote as printed: its number, its text without the address, and the address where it gives one."""

    number: int
    language: Language
    page: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Mark:
    """A raised note number: `offset` counts characters of the block's text in front of it."""

    offset: int
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, list item, table row, info-graphic figure, source line or explanatory note.

    Attributes:
        text: the text as printed, without markup and note marks. Cells of a row are joined by CELL_SEPARATOR.
        pages: (offset, page label) pairs: from that character on, the text stands on that page.
        section: the headings it stands under, outermost first.
        header: column names of the table a row belongs to, empty for a table without any.
        table: which table of the document a row belongs to (rows of one table share the number).
        caption: title of the info-graphic or chart a figure belongs to.
        span: character span in the source file.
        source: name of that file.
        marks: note marks inside the text, in order.
        context_marks: numbers of notes on the heading or column name above, which back the whole block.
        lead_in_marks: numbers of notes on the sentence that leads into its list or table, which back what has no other.
    """

    kind: BlockKind
    text: str
    language: Language
    section: tuple[str, ...]
    pages: tuple[tuple[int, str], ...]
    span: Span
    marks: tuple[Mark, ...] = ()
    header: tuple[str, ...] = ()
    table: int | None = None
    caption: str = ""
    context_marks: tuple[int, ...] = ()
    lead_in_marks: tuple[int, ...] = ()
    source: str = ""

    @property
    def marks_above(self) -> tuple[int, ...]:
        """Numbers of the notes that back the block from above it."""
        return self.context_marks + self.lead_in_marks

    def page_at(self, offset: int) -> str:
        """Label of the page that the character at `offset` stands on."""
        following = bisect_right(self.pages, offset, key=lambda page: page[0])
        return self.pages[max(following - 1, 0)][1]

    def notes_for(self, span: Span) -> tuple[int, ...]:
        """The numbers of the marks that back a statement of this block, each once.

        Its own; else the next one in the block (a note covers the sentences in front of it, back to the previous
        note); else those on the heading or column name above.
        """
        marks = self._marks_within(span)
        return _distinct(tuple(mark.number for mark in marks) if marks else self.context_marks)

    def _marks_within(self, span: Span) -> tuple[Mark, ...]:
        """The marks in a statement, else the next ones behind it in the block."""
        first, behind = (self._marks_up_to(offset) for offset in span)
        if first == behind and behind < len(self.marks):
            behind = self._marks_up_to(self.marks[first].offset)
        return self.marks[first:behind]

    def _marks_up_to(self, offset: int) -> int:
        return bisect_right(self.marks, offset, key=lambda mark: mark.offset)

    @property
    def statement_spans(self) -> list[Span]:
        """What can be cited alone: sentences of running text; rows, figures and source lines whole."""
        return [(0, len(self.text))] if self.kind in ("row", "figure", "source") else sentence_spans(self.text)


@lru_cache(maxsize=64)
def _distinct(numbers: tuple[int, ...]) -> tuple[int, ...]:
    """Each number once; kept, since all statements under a heading may share its notes."""
    return tuple(dict.fromkeys(numbers))


@dataclass(slots=True)
class Metadata:
    """What a citation says of a document.

    Attributes:
        title, subtitle, publishers: by language.
        kind: "original", or "digest" for a text in other words that stands in for one.
        stands_for: id of the document a digest stands in for.
    """

    title: dict[str, str] = field(default_factory=dict)
    subtitle: dict[str, str] = field(default_factory=dict)
    publishers: dict[str, list[str]] = field(default_factory=dict)
    year: int | None = None
    kind: Literal["original", "digest"] = "original"
    stands_for: str | None = None


@dataclass
class Document:
    """A document of the corpus, in one or two languages.

    Attributes:
        file: where the PDF lies that it was read from, empty for text.
        problems: what of it could not be read, a line each.
    """

    id: str
    metadata: Metadata
    pages: list[Page]
    blocks: Sequence[Block]
    notes: list[Note]
    sha256: str = ""
    file: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def is_digest(self) -> bool:
        """Whether it is a text in other words that stands in for the document itself."""
        return self.metadata.kind == "digest"

    def title_in(self, language: Language) -> str:
        """Its title in a language, else in the other one; its id where it has none."""
        title = self.metadata.title
        return title.get(language) or next(iter(title.values()), self.id)

    @cached_property
    def _page_index(self) -> dict[str, int]:
        """Places of pages by their labels; what stands outside the numbered ones comes behind them, as a back cover does."""
        return {"": len(self.pages), **{page.label: index for index, page in enumerate(self.pages)}}

    @cached_property
    def _note_index(self) -> dict[tuple[Language, int], list[Note]]:
        index: dict[tuple[Language, int], list[Note]] = {}
        for note in self.notes:
            index.setdefault((note.language, note.number), []).append(note)
        return index

    def page(self, label: str) -> Page:
        """The page with that label; with an empty one, what stands outside the numbered pages. Raises KeyError where there is none."""
        at = self._page_index[label]
        return self.pages[at] if at < len(self.pages) else _OUTSIDE

    def blocks_on(self, label: str) -> list[Block]:
        """The blocks with text on that page."""
        return [block for block in self.blocks if any(page == label for _, page in block.pages)]

    def resolve(self, mark: Mark, block: Block) -> Note | None:
        """The note behind a mark.

        The note of the block's own language where it is printed, else the other language's (its `language` says so),
        else None. Where numbers begin anew on each page or in each chapter, the first one from the mark's page on.
        Never a guess: a number whose note stands well before the mark is not a mark of that note.
        """
        at = self._page_index[block.page_at(max(mark.offset - 1, 0))]
        own = self._notes_near(block.language, mark.number, at)
        if own and self._page_index[own[0].page] >= at - _NOTE_MAY_PRECEDE_MARK_BY:
            return own[0]
        other = self._notes_near("en" if block.language == "zh" else "zh", mark.number, at)
        if other and abs(self._page_index[other[0].page] - at) <= _OTHER_LANGUAGE_WITHIN_PAGES:
            return other[0]
        return None

    def counterpart(self, note: Note) -> Note | None:
        """The note of the same number in the other language, printed nearest; None where there is none near."""
        at = self._page_index[note.page]
        other = self._notes_near("en" if note.language == "zh" else "zh", note.number, at)
        nearest = min(other, key=lambda one: abs(self._page_index[one.page] - at), default=None)
        return nearest if nearest and abs(self._page_index[nearest.page] - at) <= _OTHER_LANGUAGE_WITHIN_PAGES else None

    def _notes_near(self, language: Language, number: int, at: int) -> list[Note]:
        """The notes of that number: those from page `at` on, the nearest first, then those before it, the nearest first."""
        distances = [(self._page_index[note.page] - at, note) for note in self._note_index.get((language, number), ())]
        return [note for distance, note in sorted(distances, key=lambda one: (one[0] < 0, abs(one[0])))]

    def marks(self) -> Iterator[tuple[Block, Mark]]:
        """Every note mark with its block, in reading order."""
        for block in self.blocks:
            for mark in block.marks:
                yield block, mark
            for number in block.context_marks:
                yield block, Mark(len(block.text), number)

    def marks_without_note(self) -> list[tuple[str, Language, int]]:
        """(page, language, number) of marks that lead to no note, or only to the other language's."""
        missing = {}
        for block, mark in self.marks():
            note = self.resolve(mark, block)
            if note is None or note.language != block.language:
                missing[block.page_at(max(mark.offset - 1, 0)), block.language, mark.number] = True
        return list(missing)
