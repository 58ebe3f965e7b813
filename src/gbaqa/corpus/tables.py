"""Tables: rows under their column names, and tables that are only a page layout for long text."""

from dataclasses import dataclass

from gbaqa.corpus.inline import Inline
from gbaqa.corpus.pieces import Piece
from gbaqa.language.segment import sentence_spans


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its merged cells filled in; it ends with its last written cell, even where others are longer."""

    piece: Piece
    cells: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class TableText:
    """A table read: column names (empty if it has none), rows, and whether its cells are running text."""

    header: tuple[Inline, ...]
    rows: tuple[Row, ...]
    is_layout: bool


def read_table(pieces: list[Piece]) -> TableText:
    """Read the rows of one table.

    The first row holds the column names where a rule follows it, or where it has no figures and the table more than
    one row. An empty first cell repeats the one above it (a merged cell).
    """
    ruled = len(pieces) > 1 and pieces[1].kind == "separator"
    written = [piece for piece in pieces if piece.kind == "row" and any(cell.text for cell in piece.cells)]
    width = max(len(piece.cells) for piece in written)
    body = written
    header: tuple[Inline, ...] = ()
    if len(written) > 1 and (ruled or not any(any(c.isdigit() for c in cell.text) for cell in written[0].cells)):
        header, body = _padded(written[0], width), written[1:]
    rows: list[Row] = []
    for piece in body:
        cells = list(piece.cells)
        if not cells[0].text and rows and width > 2:
            cells[0] = Inline(rows[-1].cells[0].text)
        rows.append(Row(piece, tuple(cells)))
    is_layout = any(len(sentence_spans(cell.text)) > 1 for row in rows for cell in row.cells[1:])
    return TableText(header, tuple(rows), is_layout)


def _padded(piece: Piece, width: int) -> tuple[Inline, ...]:
    return tuple(piece.cells) + (Inline(""),) * (width - len(piece.cells))
