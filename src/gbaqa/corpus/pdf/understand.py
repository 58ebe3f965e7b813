"""The sheets of a PDF understood: pieces in reading order on labelled pages, as the Document is assembled from."""

import html
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field

from gbaqa.corpus.document import Mark
from gbaqa.corpus.inline import Inline
from gbaqa.corpus.pagemap import PageLanguage, PageStart
from gbaqa.corpus.pdf.cards import parted_by_cards
from gbaqa.corpus.pdf.contents import is_contents
from gbaqa.corpus.pdf.furniture import most_common_size, part_margins
from gbaqa.corpus.pdf.headings import level_of, order_headings
from gbaqa.corpus.pdf.joining import Words, joined, running_text, with_bracketed_marks
from gbaqa.corpus.pdf.labels import Label, printed_labels, unique
from gbaqa.corpus.pdf.lines import Line, lines_of
from gbaqa.corpus.pdf.notes import (
    FootNote,
    bracketed_notes,
    by_column,
    end_note_number,
    opens_end_notes,
    part_foot,
    read_foot,
    without_number,
)
from gbaqa.corpus.pdf.paragraphs import Paragraph, paragraphs, without_bullet
from gbaqa.corpus.pdf.regions import columns, document_gutters, page_gutters
from gbaqa.corpus.pdf.ruled import PlacedTable, ruled_tables
from gbaqa.corpus.pdf.sheet import Sheet, Structure
from gbaqa.corpus.pdf.spreads import part_spreads
from gbaqa.corpus.pdf.unruled import with_tables
from gbaqa.corpus.pieces import Piece, is_source_line
from gbaqa.corpus.running_text import is_running_text
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.script import HAN, count_words

_FEWEST_CHARACTERS = 400  # on a sheet, to tell its body's size
_SAME_RATIO = 0.06  # headings of like size are of one level
_DEEPEST = 6
_ONE_LANGUAGE = 0.9  # share of a page's words that makes it a page in that language
_SENTENCE = (14, 9)  # Chinese characters, English words: a paragraph that long is no caption


@dataclass(slots=True)
class Understood:
    """A PDF read: its pieces, the sheet and label of each of its pages, and its title as printed on the first sheet."""

    pieces: list[Piece] = field(default_factory=list)
    pages: list[tuple[int, Label, PageLanguage]] = field(default_factory=list)
    title: str = ""
    unlabelled: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Read:
    """What a sheet says: paragraphs and tables in reading order, then its notes."""

    body: float
    items: list[Paragraph | PlacedTable]
    rest_of_note: list[Line]
    notes: list[FootNote]


def understand(sheets: list[Sheet], structure: Structure) -> Understood:
    """Read the sheets of a file as a document."""
    sheets, origin = part_spreads(sheets)
    lines = {sheet.number: lines_of(sheet.runs) for sheet in sheets}
    margins = part_margins(sheets, lines)
    contents: set[int] = set()
    for sheet in sheets:
        if is_contents(margins.text[sheet.number], follows_contents=sheet.number - 1 in contents):
            contents.add(sheet.number)
    declared = structure.labels if len(sheets) == len(structure.labels) else []  # those of spreads name two pages at once
    labels = unique(printed_labels(margins.running, declared, contents), origin)
    words = Words(line for text in margins.text.values() for line in text)
    read = _read_sheets(sheets, margins.text)
    result = Understood(title=_title(margins.text))
    levels = _levels(read)
    pages_on: dict[int, list[int]] = defaultdict(list)
    for number, of_file in origin.items():
        pages_on[of_file].append(number)
    depths = {(page, _plain(mark.title)): mark.depth for mark in structure.bookmarks for page in pages_on[mark.sheet]}
    bracketed = bracketed_notes(line for text in margins.text.values() for line in text)
    writer = _Writer(words, levels, depths, bracketed)
    for sheet in sheets:
        label, page = labels[sheet.number], read[sheet.number]
        language = _language(page.items)
        if label is not None:
            result.pages.append((origin[sheet.number], label, language))
            writer.open_page(PageStart(sheet.number, label.text, language, label.certain))
            if sheet.number not in contents:
                writer.write(page)
        elif _is_running_text(page):
            writer.open_page(PageStart(sheet.number, "", language, certain=True))
            writer.write(page)
        elif margins.text[sheet.number] and origin[sheet.number] not in result.unlabelled[-1:]:
            result.unlabelled.append(origin[sheet.number])
    order_headings(writer.pieces)
    result.pieces = writer.pieces
    return result


def _read_sheets(sheets: list[Sheet], text: dict[int, list[Line]]) -> dict[int, _Read]:
    usual = most_common_size([line for lines in text.values() for line in lines])
    bodies: dict[int, float] = {}
    above: dict[int, list[Line]] = {}
    feet: dict[int, list[Line]] = {}
    tables: dict[int, list[PlacedTable]] = {}
    gutters: dict[int, list[float]] = {}
    for sheet in sheets:
        number, lines = sheet.number, text[sheet.number]
        enough = sum(len(line.text) for line in lines) >= _FEWEST_CHARACTERS
        bodies[number] = most_common_size(lines) if enough else usual
        above[number], feet[number] = part_foot(lines, sheet.rules, bodies[number], sheet.width)
        tables[number], above[number] = ruled_tables(above[number], sheet.rules, sheet.height)
        gutters[number] = page_gutters(above[number], sheet.width)
    shared = document_gutters(list(gutters.values()))
    read: dict[int, _Read] = {}
    for sheet in sheets:
        number, body = sheet.number, bodies[sheet.number]
        items: list[Paragraph | PlacedTable] = []
        notes: list[Line] = []
        for column in columns([*above[number], *tables[number]], gutters[number], shared, sheet.width):
            lines_only = [item for item in column.items if isinstance(item, Line)]
            _, foot = part_foot(lines_only, [], body, sheet.width)
            notes += foot
            items += _items([item for item in column.items if item not in foot], body)
        found = read_foot(by_column([*notes, *feet[number]], [*gutters[number], *shared]), number)
        read[number] = _Read(body, items, found.rest_of_last, found.notes)
    return read


def _items(found: list[Line | PlacedTable], body: float) -> list[Paragraph | PlacedTable]:
    items: list[Paragraph | PlacedTable] = []
    for run in parted_by_cards(found, body):
        lines: list[Line] = []
        for item in with_tables(run):
            if isinstance(item, Line):
                lines.append(item)
                continue
            items += [*paragraphs(lines, body), item]
            lines = []
        items += paragraphs(lines, body)
    return items


def _levels(read: dict[int, _Read]) -> list[float]:
    """Ratios of heading sizes to the body's, one for each level, the largest first."""
    seen = Counter(
        round(item.ratio, 2) for page in read.values() for item in page.items if isinstance(item, Paragraph) and item.kind == "heading"
    )
    levels: list[float] = []
    for ratio in sorted(seen, reverse=True):
        if not levels or levels[-1] - ratio > _SAME_RATIO * levels[-1]:
            levels.append(ratio)
    return levels[:_DEEPEST]


def _is_running_text(page: _Read) -> bool:
    paragraphs = [item for item in page.items if isinstance(item, Paragraph)]
    return is_running_text(" ".join(line.plain for line in paragraph.lines) for paragraph in paragraphs)


def _language(items: list[Paragraph | PlacedTable]) -> PageLanguage:
    """The language of a page, "both" where running text stands in either one."""
    chinese = english = 0.0
    sentences = {"zh": 0, "en": 0}
    for item in items:
        lines = item.lines if isinstance(item, Paragraph) else [line for row in item.rows for cell in row for line in cell]
        han, latin = (sum(counts) for counts in zip(*(count_words(line.plain) for line in lines), strict=True)) if lines else (0, 0)
        chinese, english = chinese + han / 2, english + latin
        if isinstance(item, Paragraph) and item.kind != "heading":
            sentences["zh"] += han >= _SENTENCE[0] and han / 2 > latin
            sentences["en"] += latin >= _SENTENCE[1] and latin > han / 2
    total = chinese + english
    if chinese >= _ONE_LANGUAGE * total > 0 and not sentences["en"]:
        return "zh"
    return "en" if english >= _ONE_LANGUAGE * total > 0 and not sentences["zh"] else "both"


def _title(text: dict[int, list[Line]]) -> str:
    """The largest text of the first sheet that has any."""
    first = next((lines for lines in text.values() if lines), [])
    largest = max((line.size for line in first), default=0.0)
    usual = most_common_size(first)
    titles = [line.text.strip() for line in first if line.size > 0.95 * largest]
    return " ".join(titles[:3]) if len(titles) <= 3 and (largest > 1.15 * usual or len(first) <= 3) else ""


def _plain(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


class _Writer:
    """Writes what sheets say as pieces, in one run of text: spans count its characters."""

    def __init__(self, words: Words, levels: list[float], depths: dict[tuple[int, str], int], bracketed: set[int]) -> None:
        self.pieces: list[Piece] = []
        self._words = words
        self._levels = levels
        self._depths = depths
        self._bracketed = bracketed
        self._length = 0
        self._page: PageStart | None = None
        self._last_note: Piece | None = None
        self._end_note: int | None = None  # the last one, under a heading that opens end notes

    def open_page(self, page: PageStart) -> None:
        """What is written from now on stands on that page."""
        self._page = page

    def write(self, page: _Read) -> None:
        """Write a sheet."""
        for item in page.items:
            if isinstance(item, Paragraph):
                self._paragraph(item)
            else:
                self._table(item)
        if page.rest_of_note and self._last_note is not None:
            self._go_on_with_note(running_text(page.rest_of_note, self._words).text)
        elif page.rest_of_note:
            self._add("paragraph", running_text(page.rest_of_note, self._words))
        for note in page.notes:
            self._note(note.number, running_text(note.lines, self._words))

    def _paragraph(self, paragraph: Paragraph) -> None:
        content = with_bracketed_marks(running_text(paragraph.lines, self._words), self._bracketed)
        if not content.text:
            return
        if content.marks and content.marks[0].offset == 0 and paragraph.stands_apart and paragraph.kind == "paragraph":
            self._note(content.marks[0].number, content)
            return
        depth = self._depths.get((self._page.line if self._page else 0, _plain(content.text)))
        if paragraph.kind == "heading" or depth:
            title = without_bullet(content.text)
            level = level_of(min(depth or self._depth(paragraph.ratio), _DEEPEST + 1), has_bullet=title != content.text)
            self._end_note = 0 if opens_end_notes(content.text) else None
            self._add("heading", _shortened(content, title), level=level)
        elif self._end_note is not None and (number := end_note_number(content.text, self._end_note)) is not None:
            self._note(number, content)
            self._end_note = number
        elif self._end_note:
            self._go_on_with_note(content.text)
        elif is_source_line(content.text):
            self._add("source", content)
        elif paragraph.kind == "item":
            self._add("item", _shortened(content, without_bullet(content.text)))
        else:
            self._add("paragraph", content)

    def _depth(self, ratio: float) -> int:
        """How deep a heading of that size stands, 1 the outermost; one that is bold and no larger than the text, the deepest."""
        larger = [level for level in self._levels if ratio >= level * (1 - _SAME_RATIO)]
        return self._levels.index(larger[0]) + 1 if larger and ratio > 1.05 else _DEEPEST + 1

    def _table(self, table: PlacedTable) -> None:
        self._length += 2
        for index, row in enumerate(table.rows):
            if index == 1 and _is_bold(table.rows[0]) and not _is_bold(row):
                self._add("separator", Inline(""), after=0)  # what it follows are column names, though they be years
            cells = [with_bracketed_marks(running_text(cell, self._words), self._bracketed) for cell in row]
            text = CELL_SEPARATOR.join(cell.text for cell in cells)
            self._add("row", Inline(""), length=len(text), cells=cells, after=1)
        self._length += 2

    def _note(self, number: int, content: Inline) -> None:
        text = without_number(content.text, number) if not (content.marks and content.marks[0].offset == 0) else content.text
        self._add("note", Inline(text.strip()), number=number)
        self._last_note = self.pieces[-1]

    def _go_on_with_note(self, rest: str) -> None:
        """The rest of the last note, cut by a page break or by white space."""
        note = self._last_note
        if note is not None:
            text = joined(note.content.text, rest, self._words)
            note.content, note.markup = Inline(text), html.escape(text, quote=False)

    def _add(
        self, kind: str, content: Inline, *, length: int = 0, after: int = 2, level: int = 0, number: int = 0,
        cells: list[Inline] | None = None,
    ) -> None:  # fmt: skip
        length = length or len(content.text)
        span = (self._length, self._length + length)
        markup = html.escape(content.text, quote=False)
        self.pieces.append(Piece(kind, content, self._page, span, level, number, cells or [], markup))  # type: ignore[arg-type]
        self._length += length + after


def _is_bold(row: tuple[tuple[Line, ...], ...]) -> bool:
    return all(line.bold for cell in row for line in cell)


def _shortened(content: Inline, text: str) -> Inline:
    """Content without its first characters."""
    cut = len(content.text) - len(text)
    return Inline(text, tuple(Mark(max(mark.offset - cut, 0), mark.number) for mark in content.marks))


def has_text(sheet: Sheet) -> bool:
    """Whether a sheet has letters of any script."""
    return any(HAN.search(run.text) or any(char.isalpha() for char in run.text) for run in sheet.runs)
