"""First reading of a Markdown text: each heading, paragraph, list item, table row and note line as a Piece.

Two dialects of notes are read alike: `<sup>7</sup>` marks with lines such as `7 Source, <url>`, as text extracted from
a PDF has them, and Markdown's `[^7]` with `[^7]: Source, <url>`.
"""

import re
from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Literal

from gbaqa.corpus.inline import Inline, drop_bullet_sign, parse_inline
from gbaqa.corpus.pagemap import PageMap, PageStart, is_page_marker
from gbaqa.corpus.running_text import FULL_STOP, is_running_text
from gbaqa.language.script import HAN, language_of
from gbaqa.language.segment import Span

PieceKind = Literal["heading", "paragraph", "item", "row", "source", "note", "separator"]

_HEADING = re.compile(r"^(#{1,6})(?:\s+(.*)|#*)$")
_NOTE_DEFINITION = re.compile(r"^\[\^(\d{1,4})\]:\s*(.+)$")
_RAISED_NOTE = re.compile(r"^<sup>(\d{1,4})</sup>\s*(\S.*)$")
_PLAIN_NOTE = re.compile(r"^(\d{1,4})\s+(\S.*)$")
_ANY_MARK = re.compile(r"<sup>(\d{1,4}(?:\s*[,，、]\s*\d{1,4})*)</sup>|\[\^(\d{1,4})\](?!:)")
_ITEM = re.compile(r"^\s*(?:[-*+•]\s+|[►▶]\s*|\d{1,2}[.)]\s+|[(（][一二三四五六七八九十\d]{1,3}[)）]\s*)(?=\S)")
_TABLE_RULE = re.compile(r"^(?=.*---)[\s|:+-]+$|^\s*([*_])(?:\s*\1){2,}\s*$")
_SOURCE = re.compile(r"^\W*(?:数据源|(?:[数數][据據]|[资資]料|[图圖]片)?[来來]源|(?:data |image |photo )?sources?)\s*[:：]", re.IGNORECASE)
_CELL_BREAK = re.compile(r"(?<!\\)\|")
_ENGLISH_WORD = re.compile(r"[A-Z][a-z]")
# A plain note line must answer a mark that stands at most so many pages in front of it, or one page after it.
_NOTE_FOLLOWS_MARK_WITHIN_PAGES = 3


@dataclass(slots=True)
class Piece:
    """One unit of the text as written.

    Attributes:
        level: of a heading, 1 to 6.
        number: of a note.
        cells: of a table row.
        page: where it stands, None in a text without pages.
        span: characters of the source text.
    """

    kind: PieceKind
    content: Inline
    page: PageStart | None
    span: Span
    level: int = 0
    number: int = 0
    cells: list[Inline] = field(default_factory=list)
    markup: str = ""


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    text: str
    start: int
    page: PageStart | None

    @property
    def span(self) -> Span:
        return self.start, self.start + len(self.text)


def read_pieces(text: str, page_map: PageMap) -> list[Piece]:
    """All pieces of a text in order, without covers and tables of contents: pages without a number that hold no running text."""
    lines = _lines(text, page_map)
    # Where notes are written in Markdown, a line that begins with a number is none: "22 of 31" in an info-graphic.
    marked = {} if any(_NOTE_DEFINITION.match(line.text) for line in lines) else _marked_numbers(lines)
    pieces: list[Piece] = []
    paragraph: list[_Line] = []

    def end_paragraph() -> None:
        if paragraph:
            pieces.append(_running_text(paragraph))
            paragraph.clear()

    for line in lines:
        piece = _special_piece(line, marked)
        if piece is None and line.text.strip():
            if paragraph and (_ITEM.match(line.text) or paragraph[0].page != line.page or _says_it_again(paragraph[-1].text, line.text)):
                end_paragraph()
            paragraph.append(line)
            continue
        end_paragraph()
        if piece is not None:
            pieces.append(piece)
    end_paragraph()
    return pieces


def _lines(text: str, page_map: PageMap) -> list[_Line]:
    lines: list[_Line] = []
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        page = page_map.at(number)
        # In front of the first marker a file has only its title.
        inside = page is not None or not page_map.starts or _HEADING.match(line)
        lines.append(_Line(number, "" if is_page_marker(line) or not inside else line, start, page))
        start += len(line) + 1
    return [line for page, on_page in groupby(lines, key=lambda line: line.page) for line in _read_from(page, list(on_page))]


def _read_from(page: PageStart | None, lines: list[_Line]) -> list[_Line]:
    """The lines of a page, without what they say where it has no number and holds no running text."""
    is_left_out = page is not None and not page.label and not is_running_text(line.text for line in lines)
    return [replace(line, text="") for line in lines] if is_left_out else lines


def _says_it_again(line: str, following: str) -> bool:
    """Whether a sentence has ended and the next line is in the other language, as the imprint of a bilingual document sets them."""
    return FULL_STOP.search(line) is not None and language_of(line) != language_of(following)


def _marked_numbers(lines: list[_Line]) -> dict[int, list[int]]:
    """For each note number, the lines that the pages with a mark of it start on, in order."""
    pages: dict[int, list[int]] = {}
    for line in lines:
        raised = _RAISED_NOTE.match(line.text)
        for match in _ANY_MARK.finditer(line.text, raised.start(2) if raised else 0):
            for number in re.findall(r"\d+", match[1] or match[2]):
                pages.setdefault(int(number), []).append(line.page.line if line.page else 0)
    return pages


def _special_piece(line: _Line, marked: dict[int, list[int]]) -> Piece | None:
    """The piece a single line makes, None for blank lines and running text."""
    text = line.text
    if not text.strip():
        return None
    if match := _HEADING.match(text):
        title = (match[2] or "").rstrip("#").rstrip()
        content = parse_inline(drop_bullet_sign(title.replace("**", "")))
        return (
            Piece("heading", content, line.page, line.span, level=len(match[1]))
            if content.text
            else Piece("separator", content, line.page, line.span)
        )
    if match := _NOTE_DEFINITION.match(text) or _RAISED_NOTE.match(text):
        return _note(line, int(match[1]), match[2])
    if (match := _PLAIN_NOTE.match(text)) and "\t" not in text and _answers_a_mark(int(match[1]), line, marked):
        return _note(line, int(match[1]), match[2])
    if _TABLE_RULE.match(text):
        return Piece("separator", Inline(""), line.page, line.span)
    if "\t" in text or (text.lstrip().startswith("|") and text.rstrip().endswith("|")):
        written = text.split("\t") if "\t" in text else _CELL_BREAK.split(text.strip()[1:-1])
        cells = [parse_inline(cell.strip()) for cell in written]
        return Piece("row", Inline(""), line.page, line.span, cells=cells)
    if is_source_line(text):
        return Piece("source", parse_inline(text), line.page, line.span)
    return None


def is_source_line(text: str) -> bool:
    """Whether a line says where the figures or the picture above it come from."""
    return _SOURCE.match(text) is not None


def _note(line: _Line, number: int, markup: str) -> Piece:
    return Piece("note", parse_inline(markup), line.page, line.span, number=number, markup=markup)


def _answers_a_mark(number: int, line: _Line, marked: dict[int, list[int]]) -> bool:
    """Whether a line that starts with a number is that note: a mark of it stands at or shortly before its page.

    "33 Unicorn enterprises" in an info-graphic starts with a number too.
    """
    here = line.page.line if line.page else 0
    reach = 60 * _NOTE_FOLLOWS_MARK_WITHIN_PAGES  # page starts are line numbers; a page has some 30 to 60 lines
    mark_pages = marked.get(number, [])
    nearest = bisect_left(mark_pages, here - reach)
    return nearest < len(mark_pages) and mark_pages[nearest] <= here + reach // 3


def _gap(line: str, following: str) -> str:
    """What joins two lines: nothing in Chinese, but a space where a title is said in English on the next line."""
    if HAN.match(line[-1]):
        return " " if _ENGLISH_WORD.match(following) else ""
    return "" if line[-1] in "，、；：。！？）》”" or (HAN.match(following) and not line[-1].isascii()) else " "


def _running_text(lines: list[_Line]) -> Piece:
    """A paragraph or list item from its lines, joined as its language joins them."""
    markup = ""
    for line in lines:
        text = line.text.strip()
        if markup:
            markup += _gap(markup, text)
        markup += text
    kind: PieceKind = "paragraph"
    if match := _ITEM.match(lines[0].text):
        kind = "item"
        enumerator = match.group().strip()
        markup = markup[len(match.group().lstrip()) :] if enumerator[0] in "-*+•►▶" else markup
    return Piece(kind, parse_inline(drop_bullet_sign(markup)), lines[0].page, (lines[0].start, lines[-1].span[1]))
