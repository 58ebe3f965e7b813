"""Markdown with page marks, or with a page map beside it, read into blocks and notes."""

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import replace
from itertools import chain

from gbaqa.corpus.bylines import with_bylines
from gbaqa.corpus.cut_sentences import CONTINUES_ENGLISH, SENTENCE_END, join_cut_sentences
from gbaqa.corpus.document import Block, BlockKind, Mark, Note
from gbaqa.corpus.figures import figure_run, is_quantity, loose_pieces, statements
from gbaqa.corpus.inline import Inline, addresses
from gbaqa.corpus.lead_ins import with_notes_of_lead_ins
from gbaqa.corpus.pagemap import PageMap
from gbaqa.corpus.pieces import Piece, read_pieces
from gbaqa.corpus.sections import RUN_IN_LEVEL, SectionTracker, as_chapter, pair_headings, read_heading
from gbaqa.corpus.tables import read_table
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.script import Language, count_words, language_of

# "The four pillar industries: …", "refers to the ratio of …", "指空缺职位占…的比值"; a title in 《》 or a source name is none of these.
_EXPLANATION = re.compile(
    r"[^《*]{4,60}[:：].{12,}|^(?:指|即|包括|系指)|\b(?:refers? to|includ(?:es?|ing)|means?|stands? for|consists? of|is the ratio)\b",
    re.IGNORECASE,
)
# Where an address stood, at the end: "Yearbook, <>", "Yearbook: (". What a bracket still holds stays: "Returns (April 2031)".
_EMPTY_BRACKETS = re.compile(r"(?<!\s)\s*+[,，:：]?\s*+(?:[<\[(]\s*+[>\])]?|[>\]])?\s*$")
_DOMAIN = re.compile(r"\b[a-z0-9-]{1,63}\.(?:com|org|net|gov|edu|cn|hk)\b", re.IGNORECASE)
_MOST_CAPTIONS, _LONGEST_CAPTION = 3, 70
_LONGEST_HEADING = (45, 25)  # Chinese characters, English words


def read_markdown(text: str, page_map: PageMap) -> tuple[list[Block], list[Note]]:
    """Blocks and notes of a Markdown text whose lines the map places on pages."""
    return assemble(read_pieces(text, page_map), only_at_page_breaks=page_map.in_text)


def assemble(pieces: list[Piece], *, only_at_page_breaks: bool = False) -> tuple[list[Block], list[Note]]:
    """Blocks and notes of pieces in reading order; `only_at_page_breaks` says that nothing else cuts sentences in two."""
    page_languages = predominant_languages(pieces)
    pieces = list(with_bylines(pieces))
    notes = [_note(piece, page_languages) for piece in pieces if piece.kind == "note"]
    blocks = _Assembly(page_languages).read([piece for piece in pieces if piece.kind != "note"])
    blocks = with_notes_of_lead_ins(join_cut_sentences(blocks, only_at_page_breaks=only_at_page_breaks))
    return with_explanatory_notes(blocks, notes), notes


def predominant_languages(pieces: list[Piece]) -> dict[str, Language]:
    """For each page, the language that most of its text is in; a page map's own word where it names one language."""
    han: dict[str, float] = {}
    latin: dict[str, float] = {}
    languages: dict[str, Language] = {}
    for piece in pieces:
        label = _label(piece)
        if piece.page and piece.page.language != "both":
            languages[label] = piece.page.language
        if piece.kind != "note":
            for content in [piece.content, *piece.cells]:
                chinese, english = count_words(content.text)
                han[label] = han.get(label, 0) + chinese / 2
                latin[label] = latin.get(label, 0) + english
    for label, weight in han.items():
        languages.setdefault(label, "zh" if weight > latin[label] else "en")
    return languages


def _label(piece: Piece) -> str:
    return piece.page.label if piece.page else ""


def _leaves_the_numbered_pages(piece: Piece, following: Piece) -> bool:
    """Whether one of two pieces that follow each other stands on a numbered page and the other outside of these; not a title alone."""
    return piece.page is not None and following.page is not None and bool(_label(piece)) != bool(_label(following))


def _note(piece: Piece, page_languages: dict[str, Language]) -> Note:
    """A note with its first address apart; further ones stay in its text, each behind the source that it belongs to."""
    url = next(iter(addresses(piece.markup)), None)
    text = piece.content.text
    if url:
        place = re.escape(url) + r"(?![\w/])"
        before_next_source = rf"(?<![\s,，:：.])[\s,，:：.]*+{place}(?=\s*+[;；])"
        text = re.sub(r"[,，](?=\s?[,，])", "", re.sub(f"{before_next_source}|{place}", "", text))
    text = _EMPTY_BRACKETS.sub("", re.sub(r"\s{2,}", " ", text))
    if text.endswith(")") and text.count("(") < text.count(")"):
        text = text[:-1]
    text = text.strip(" ,，;；.。" if url else " ,，;；")
    language = page_languages.get(_label(piece), "en")
    if piece.page and piece.page.language == "both" and sum(count_words(text)):
        language = language_of(text)
    return Note(piece.number, language, _label(piece), text or url or "", url)


class _Assembly:
    """Turns pieces into blocks, keeping the heading path."""

    def __init__(self, page_languages: dict[str, Language]) -> None:
        self._page_languages = page_languages
        self._sections = SectionTracker()
        self._sections_around_chart: SectionTracker | None = None
        self._blocks: list[Block] = []
        self._tables = 0

    def read(self, pieces: list[Piece]) -> list[Block]:
        index = 0
        loose_until = 0  # a run of loose pieces without a figure is looked at once
        while index < len(pieces):
            piece = pieces[index]
            if index and _leaves_the_numbered_pages(pieces[index - 1], piece):
                self._sections = SectionTracker()  # a back cover belongs to no chapter
            if index and pieces[index - 1].kind == "source" and piece.kind not in ("source", "heading"):
                self._leave_chart()
            if index >= loose_until and not (run := figure_run(pieces, index)):
                loose_until = index + max(1, sum(1 for _ in loose_pieces(pieces, index)))
            if index >= loose_until and run:
                self._figures(run)
                index += len(run)
            elif piece.kind == "heading":
                index += self._heading(pieces, index)
            elif piece.kind in ("row", "separator"):
                index += self._table(pieces, index)
            else:
                if piece.content.text:
                    self._add("source" if piece.kind == "source" else "item" if piece.kind == "item" else "paragraph", piece, piece.content)
                if is_run_in_heading(pieces, index):
                    self._open(piece, RUN_IN_LEVEL)
                index += 1
        return self._blocks

    def _heading(self, pieces: list[Piece], index: int) -> int:
        piece = pieces[index]
        if is_quantity(piece.content.text):
            self._add("figure", piece, piece.content)
            return 1
        if is_chart_title(pieces, index):
            self._sections_around_chart = self._sections_around_chart or self._sections.copy()
        else:
            self._leave_chart()
        heading = read_heading(piece.level, piece.content.text)
        following = pieces[index + 1] if index + 1 < len(pieces) else None
        pair = None
        if following is not None and following.kind == "heading":
            pair = pair_headings(heading, read_heading(following.level, following.content.text))
        marks = tuple(mark.number for mark in piece.content.marks)
        self._sections.open(pair or as_chapter(heading), marks, self._language(piece, piece.content.text))
        return 2 if pair else 1

    def _open(self, piece: Piece, level: int) -> None:
        """Open a section whose heading has been said already, as a block; in both languages it still opens no chapter."""
        text = piece.content.text
        heading = replace(read_heading(level, text), bilingual=False)
        self._sections.open(heading, tuple(mark.number for mark in piece.content.marks), self._language(piece, text))

    def _leave_chart(self) -> None:
        """What follows a chart stands under the heading before the chart's title."""
        if self._sections_around_chart is not None:
            self._sections, self._sections_around_chart = self._sections_around_chart, None

    def _figures(self, run: list[Piece]) -> None:
        for figure in statements(run):
            contents = [piece.content for piece in figure.pieces]
            self._add("figure", figure.pieces[0], _joined(contents, " "), caption=figure.caption)

    def _table(self, pieces: list[Piece], index: int) -> int:
        end = index
        while end < len(pieces) and pieces[end].kind in ("row", "separator") and (end == index or _adjoin(pieces[end - 1], pieces[end])):
            end += 1
        if not any(piece.kind == "row" and any(cell.text for cell in piece.cells) for piece in pieces[index:end]):
            return end - index
        table = read_table(pieces[index:end])
        self._tables += 1
        names = tuple(cell.text for cell in table.header)
        notes = [tuple(mark.number for mark in cell.marks) for cell in table.header]
        all_notes = tuple(chain(*notes))
        for row in table.rows:
            if table.is_layout:
                for column, cell in enumerate(row.cells[1:], 1):
                    under = tuple(filter(None, (row.cells[0].text, names[column] if names else "")))
                    self._running_cell(row.piece, cell, under, notes[column] if notes else ())
            else:
                cells = [cell for cell in row.cells if cell.text]
                self._add("row", row.piece, _joined(cells, CELL_SEPARATOR), header=names, notes=all_notes)
        return end - index

    def _running_cell(self, piece: Piece, cell: Inline, under: tuple[str, ...], notes: tuple[int, ...]) -> None:
        """The paragraphs of a table cell that holds running text, each a block under the cell's row and column."""
        offset = passed = 0
        for line in cell.text.split("\n"):
            behind = bisect_right(cell.marks, offset + len(line), lo=passed, key=lambda mark: mark.offset)
            marks = tuple(Mark(mark.offset - offset, mark.number) for mark in cell.marks[passed:behind])
            if line.strip():
                self._add("item", piece, Inline(line, marks), under=under, table=self._tables, notes=notes)
            offset, passed = offset + len(line) + 1, behind

    def _add(
        self, kind: BlockKind, piece: Piece, content: Inline, *, header: tuple[str, ...] = (), caption: str = "",
        under: tuple[str, ...] = (), table: int | None = None, notes: tuple[int, ...] = (),
    ) -> None:  # fmt: skip
        language = self._language(piece, content.text)
        self._sections.text_follows()
        self._blocks.append(
            Block(
                kind=kind,
                text=content.text,
                language=language,
                section=self._sections.path(language) + under,
                pages=((0, _label(piece)),),
                span=piece.span,
                marks=content.marks,
                header=header,
                table=self._tables if kind == "row" else table,
                caption=caption,
                context_marks=notes + self._sections.marks(language, content.text),
            )
        )

    def _language(self, piece: Piece, text: str) -> Language:
        """A page in one language gives its blocks that language; on a page in both, the text decides."""
        if piece.page and piece.page.language != "both":
            return piece.page.language
        han, latin = count_words(text)
        return language_of(text) if han + latin else self._page_languages.get(_label(piece), "en")


def is_chart_title(pieces: list[Piece], index: int) -> bool:
    """Whether a heading is the title of a chart whose picture is not in the text: captions and a source, no sentence."""
    end = index + 1
    while end < len(pieces) and end - index <= _MOST_CAPTIONS and _is_caption(pieces[end]):
        end += 1
    return end < len(pieces) and pieces[end].kind == "source"


def _is_caption(piece: Piece) -> bool:
    return piece.kind == "paragraph" and len(piece.content.text) <= _LONGEST_CAPTION and not SENTENCE_END.search(piece.content.text)


def is_run_in_heading(pieces: list[Piece], index: int) -> bool:
    """Whether a bullet stands alone over a paragraph, as a heading does: no sentence, and no list around it."""
    piece = pieces[index]
    if piece.kind != "item" or SENTENCE_END.search(piece.content.text) or index + 1 >= len(pieces):
        return False
    if index and pieces[index - 1].kind == "item":
        return False
    following = pieces[index + 1]
    starts_anew = following.kind == "paragraph" and not CONTINUES_ENGLISH.match(following.content.text)
    return starts_anew and sum(_length(piece)) <= 1 and _label(following) == _label(piece)


def _length(piece: Piece) -> tuple[float, float]:
    """Length as a share of the longest heading: Chinese characters and English words."""
    han, latin = count_words(piece.content.text)
    return han / _LONGEST_HEADING[0], latin / _LONGEST_HEADING[1]


def _joined(contents: list[Inline], separator: str) -> Inline:
    text = ""
    marks: list[Mark] = []
    for index, content in enumerate(contents):
        if index:
            text += separator
        marks += [Mark(mark.offset + len(text), mark.number) for mark in content.marks]
        text += content.text
    return Inline(text, tuple(marks))


def with_explanatory_notes(blocks: list[Block], notes: list[Note]) -> list[Block]:
    """Notes that explain rather than name a source say something themselves: each follows the block that marks it."""
    printed: dict[tuple[Language, int], dict[str, Note]] = {}
    times = Counter((note.language, note.number) for note in notes)
    for note in notes:
        printed.setdefault((note.language, note.number), {}).setdefault(note.page, note)
    result: list[Block] = []
    said: set[tuple[Language, int, str]] = set()
    for block in blocks:
        result.append(block)
        for mark in block.marks:
            key_of_number = block.language, mark.number
            of_number = printed.get(key_of_number, {})
            found = of_number.get(block.page_at(max(mark.offset - 1, 0)))
            if times[key_of_number] == 1:  # its note may stand on another page
                found = next(iter(of_number.values()))
            if found is None or not explains(found) or (key := (found.language, found.number, found.page)) in said:
                continue
            said.add(key)
            marks = (Mark(len(found.text), found.number),)
            result.append(
                Block("note", found.text, found.language, block.section, ((0, found.page),), block.span, marks, source=block.source)
            )
    return result


def explains(note: Note) -> bool:
    """Whether a note is an explanation: it gives no address and says more than a title."""
    return note.url is None and not _DOMAIN.search(note.text) and _EXPLANATION.search(note.text) is not None


def _adjoin(before: Piece, after: Piece) -> bool:
    """Whether nothing, not even an empty line, stands between two rows."""
    return after.span[0] <= before.span[1] + 1
