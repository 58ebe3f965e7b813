"""A stretch of a document's text as HTML: escaped, with its note marks and the quoted passage marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from gbaqa.corpus.document import Note
from gbaqa.language.segment import Span


@dataclass(frozen=True, slots=True)
class NoteMark:
    """A raised number in front of which `offset` characters of the text stand, and the note behind it, if there is one."""

    offset: int
    number: int
    note: Note | None


def note_id(note: Note) -> str:
    """Element id of a note on a page: both languages count their notes from 1, and an end note may repeat a number."""
    return f"note-{note.language}-{note.number}"


def annotated(text: str, span: Span, marks: Sequence[NoteMark] = (), quoted: Span | None = None, *, anchor: bool = False) -> str:
    """HTML of `text[span]`.

    Args:
        text: of the block.
        span: the part of it that is shown.
        marks: the block's note marks; those inside the span are shown.
        quoted: the part of the text that is to be highlighted.
        anchor: whether the highlighted part is what the address's fragment (#quote) leads to.
    """
    start, end = span
    lit = (max(start, quoted[0]), min(end, quoted[1])) if quoted else (end, end)
    shown = [mark for mark in marks if start < mark.offset <= end]
    cuts = sorted({start, end, *(at for at in lit if start <= at <= end), *(mark.offset for mark in shown)})
    opened = '<mark id="quote">' if anchor else "<mark>"
    html, is_open = [], False
    for at, following in zip(cuts, [*cuts[1:], end], strict=True):
        html += [_raised(mark) for mark in shown if mark.offset == at]
        if is_open and at >= lit[1]:
            html.append("</mark>")
            is_open = False
        if not is_open and lit[0] <= at < lit[1]:
            html.append(opened)
            is_open = True
        html.append(escape(text[at:following]))
    return "".join(html) + ("</mark>" if is_open else "")


def _raised(mark: NoteMark) -> str:
    if mark.note is None:
        return f"<sup>{mark.number}</sup>"
    return f'<sup><a href="#{note_id(mark.note)}">{mark.number}</a></sup>'
