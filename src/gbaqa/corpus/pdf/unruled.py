"""Tables without rules: lines below each other whose parts begin, or end, at the same places."""

from dataclasses import dataclass

from gbaqa.corpus.pdf.lines import Line, joined_lines
from gbaqa.corpus.pdf.paragraphs import is_bullet
from gbaqa.corpus.pdf.ruled import PlacedTable

_SAME_EDGE = 4.0  # points
_FEWEST_ROWS = 3
_SAME_BASELINE = 2.0  # points
_ROWS_APART = 3.0  # of the font size: white space that ends a table
_LONGEST_CELL = 60  # characters


@dataclass(frozen=True, slots=True)
class _Row:
    cells: tuple[Line, ...]

    @property
    def y(self) -> float:
        return self.cells[0].y


def with_tables(items: list[Line | PlacedTable]) -> list[Line | PlacedTable]:
    """Items of a column, from top to bottom, with its unruled tables found and all else one line to a baseline."""
    result: list[Line | PlacedTable] = []
    run: list[_Row] = []
    for item in [*_rows(items), None]:
        if isinstance(item, _Row) and len(item.cells) > 1 and (not run or _fits(run, item)):
            run.append(item)
            continue
        result += _table_or_lines(run)
        run = []
        if isinstance(item, _Row) and len(item.cells) > 1:
            run = [item]
        elif item is not None:
            result.append(joined_lines(list(item.cells)) if isinstance(item, _Row) else item)
    return result


def _rows(items: list[Line | PlacedTable]) -> list[_Row | PlacedTable]:
    rows: list[list[Line] | PlacedTable] = []
    for item in items:
        last = rows[-1] if rows else None
        if isinstance(item, PlacedTable):
            rows.append(item)
        elif isinstance(last, list) and abs(last[0].y - item.y) <= _SAME_BASELINE:
            last.append(item)
        else:
            rows.append([item])
    return [row if isinstance(row, PlacedTable) else _Row(_cells(sorted(row, key=lambda line: line.x0))) for row in rows]


def _cells(lines: list[Line]) -> tuple[Line, ...]:
    """Lines side by side, a bullet with the text it stands before."""
    if len(lines) > 1 and (is_bullet(lines[0].text) or lines[0].starts_raised):
        return (joined_lines(lines[:2]), *lines[2:])
    return tuple(lines)


def _fits(run: list[_Row], row: _Row) -> bool:
    """Whether a row goes on with a table: as many cells, each beginning, ending or centred where those above do."""
    above = run[-1]
    if len(above.cells) != len(row.cells) or row.cells[0].top - above.cells[0].bottom > _ROWS_APART * row.cells[0].size:
        return False
    return all(_aligned(cell, other) for cell, other in zip(above.cells, row.cells, strict=True))


def _aligned(cell: Line, other: Line) -> bool:
    middles = abs(cell.x0 + cell.x1 - other.x0 - other.x1) / 2
    return min(abs(cell.x0 - other.x0), abs(cell.x1 - other.x1), middles) <= _SAME_EDGE


def _table_or_lines(run: list[_Row]) -> list[Line | PlacedTable]:
    short = all(len(cell.text) <= _LONGEST_CELL for row in run for cell in row.cells)
    if len(run) < _FEWEST_ROWS or not short:
        return [joined_lines(list(row.cells)) for row in run]
    cells = [cell for row in run for cell in row.cells]
    rows = tuple(tuple((cell,) for cell in row.cells) for row in run)
    return [PlacedTable(rows, min(c.x0 for c in cells), max(c.x1 for c in cells), min(c.top for c in cells), max(c.bottom for c in cells))]
