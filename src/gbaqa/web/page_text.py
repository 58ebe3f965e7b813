"""The text of a printed page, typeset: headings, paragraphs, lists, tables, figures, and its notes at the foot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import groupby

from gbaqa.answering.page_wording import page_label
from gbaqa.corpus.document import Block, Document, Mark, Note
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.segment import Span
from gbaqa.web.annotated import NoteMark, annotated, note_id
from gbaqa.web.links import outside_link
from gbaqa.web.page_texts import PageTexts
from gbaqa.web.quoting import Quoted
from gbaqa.web.texts import Texts

_FIRST_HEADING, _LAST_HEADING = 2, 6  # the page's own title is the first


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block as far as it stands on the page."""

    block: Block
    span: Span
    marks: list[NoteMark]


class PageText:
    """Typesets one page of a document."""

    def __init__(self, document: Document, label: str, quoted: Quoted | None) -> None:
        self._document = document
        self._label = label
        self._quoted = quoted
        # A note that explains is read as a block too: it stands among the notes, unless it is what is quoted.
        self._pieces = [self._piece(block) for block in document.blocks_on(label) if block.kind != "note" or self._quotes(block)]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is printed on the page that was read as text."""
        return not self._pieces and not self._notes()

    def body_html(self, continued: str) -> str:
        """The page's text; `continued` is said of headings that an earlier page has opened."""
        html: list[str] = []
        open_headings: dict[str, tuple[str, ...]] = {}
        for (language, section), together in groupby(self._pieces, key=lambda piece: (piece.block.language, piece.block.section)):
            pieces = list(together)
            before = open_headings.get(language)
            if before is None:
                before = self._headings_before(pieces[0].block)
                html.append(_running_head(_common(before, section), language, continued))
            html.append(_headings(section, len(_common(before, section)), self._outermost, language))
            html += self._groups(pieces)
            open_headings[language] = section
        return "".join(html)

    def notes_html(self, words: Texts, page_words: PageTexts) -> str:
        """The notes at the foot: those printed on the page, and those that its marks lead to elsewhere."""
        items = []
        for note in self._notes():
            place = page_words.on_page.format(page=page_label(words.script, note.page)) if note.page != self._label else ""
            number = f'<span class="note-number">{escape(words.note.format(number=note.number))}</span>'
            text = f'<span lang="{note.language}">{escape(note.text)}</span>'
            parts = [number, text, outside_link(note.url), f"<i>{escape(place)}</i>" if place else ""]
            items.append(f'<li id="{note_id(note)}">{" ".join(filter(None, parts))}</li>')
        heading = f"<h2>{escape(page_words.notes)}</h2>"
        return f'<aside class="notes">{heading}<ol>{"".join(items)}</ol></aside>' if items else ""

    def _piece(self, block: Block) -> _Piece:
        ends = [start for start, _ in block.pages[1:]] + [len(block.text)]
        at = next(position for position, (_, label) in enumerate(block.pages) if label == self._label)
        marks = [NoteMark(mark.offset, mark.number, self._document.resolve(mark, block)) for mark in block.marks]
        return _Piece(block, (block.pages[at][0], ends[at]), marks)

    def _quotes(self, block: Block) -> bool:
        return self._quoted is not None and self._quoted.block == block

    def _notes(self) -> list[Note]:
        """In the order of their numbers, each once."""
        printed = [note for note in self._document.notes if note.page == self._label]
        marked = [mark.note for piece in self._pieces for mark in piece.marks if mark.note and piece.span[0] < mark.offset <= piece.span[1]]
        above = [self._document.resolve(Mark(0, number), piece.block) for piece in self._pieces for number in piece.block.marks_above]
        found = {note_id(note): note for note in [*printed, *marked, *above] if note is not None}
        return sorted(found.values(), key=lambda note: (note.language, note.number))

    @cached_property
    def _outermost(self) -> int:
        """Depth of the outermost heading that opens on the page; it becomes a heading of the highest level below the page's own."""
        opened = [len(_common(self._headings_before(piece.block), piece.block.section)) for piece in self._pieces]
        new = [depth for depth, piece in zip(opened, self._pieces, strict=True) if depth < len(piece.block.section)]
        return min(new, default=0)

    def _headings_before(self, block: Block) -> tuple[str, ...]:
        """The headings that are open above a block, as its language has them."""
        if block.page_at(0) != self._label:
            return block.section
        before: tuple[str, ...] = ()
        for earlier in self._document.blocks:
            if earlier == block:
                break
            if earlier.language == block.language:
                before = earlier.section
        return before

    def _groups(self, pieces: Sequence[_Piece]) -> Iterator[str]:
        """Items of a list, rows of a table and figures of an info-graphic together; each other block alone."""
        for (kind, _, _), together in groupby(pieces, key=_group_key):
            group = list(together)
            if kind == "item":
                yield f"<ul>{''.join(self._element('li', piece) for piece in group)}</ul>"
            elif kind == "figure":
                caption = f"<figcaption>{escape(group[0].block.caption)}</figcaption>" if group[0].block.caption else ""
                yield f'<figure class="figures">{caption}<ul>{"".join(self._element("li", piece) for piece in group)}</ul></figure>'
            elif kind == "row":
                yield self._table(group)
            else:
                yield from (self._element("p", piece, "" if kind == "paragraph" else kind) for piece in group)

    def _element(self, tag: str, piece: _Piece, name: str = "") -> str:
        attributes = f' lang="{piece.block.language}"' + (f' class="{name}"' if name else "")
        return f"<{tag}{attributes}>{self._text(piece, piece.span)}</{tag}>"

    def _table(self, rows: list[_Piece]) -> str:
        header = "".join(f'<th scope="col">{escape(name)}</th>' for name in rows[0].block.header)
        head = f"<thead><tr>{header}</tr></thead>" if header else ""
        body = "".join(f"<tr>{''.join(self._cells(row))}</tr>" for row in rows)
        return f'<div class="table" tabindex="0"><table lang="{rows[0].block.language}">{head}<tbody>{body}</tbody></table></div>'

    def _cells(self, row: _Piece) -> Iterator[str]:
        start, end = row.span
        for position, cell in enumerate(row.block.text[start:end].split(CELL_SEPARATOR)):
            span = (start, start + len(cell))
            start = span[1] + len(CELL_SEPARATOR)
            tag = 'th scope="row"' if position == 0 else "td"
            yield f"<{tag}>{self._text(row, span)}</{tag.split(maxsplit=1)[0]}>"

    def _text(self, piece: _Piece, span: Span) -> str:
        quoted = self._quoted.span if self._quoted and self._quotes(piece.block) else None
        anchor = quoted is not None and span[0] <= max(quoted[0], piece.span[0]) < span[1]
        return annotated(piece.block.text, span, piece.marks, quoted, anchor=anchor)


def _group_key(piece: _Piece) -> tuple[str, int | None, str]:
    return piece.block.kind, piece.block.table, piece.block.caption


def _common(before: tuple[str, ...], section: tuple[str, ...]) -> tuple[str, ...]:
    """The headings that both stand under."""
    count = next((at for at, (old, new) in enumerate(zip(before, section, strict=False)) if old != new), min(len(before), len(section)))
    return section[:count]


def _running_head(section: tuple[str, ...], language: str, continued: str) -> str:
    if not section:
        return ""
    return f'<p class="running"><span lang="{language}">{escape(" › ".join(section))}</span> <i>{escape(continued)}</i></p>'


def _headings(section: tuple[str, ...], known: int, outermost: int, language: str) -> str:
    """The headings of a path that are new on the page, each on its level."""
    html = ""
    for depth, heading in enumerate(section[known:], known):
        level = min(_FIRST_HEADING + max(0, depth - outermost), _LAST_HEADING)
        html += f'<h{level} lang="{language}">{escape(heading)}</h{level}>'
    return html
