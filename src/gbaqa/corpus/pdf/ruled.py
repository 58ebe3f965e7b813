"""Tables drawn with rules: lines under rows, or boxes around cells."""

from dataclasses import dataclass
from itertools import pairwise

from gbaqa.corpus.pdf.lines import Line, Part, line_of
from gbaqa.corpus.pdf.sheet import Rule

_TOUCH = 2.5  # points: pieces of one rule
_SAME_EDGE = 5.0  # points: rules of one table begin and end alike
_TALLEST_ROW = 0.6  # of the sheet's height
_NEAR = 1.0  # of the font size: white space between the wrapped lines of one cell
_UNDER_FIRST = 2.5  # of the font size: how far above the first rule its row may end
_LARGER = 1.09  # times the size of the row
_EDGE = 3.0  # points that text may reach over the edge of its cell


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """Rows of cells; a cell is its lines from top to bottom."""

    rows: tuple[tuple[tuple[Line, ...], ...], ...]
    x0: float
    x1: float
    top: float
    bottom: float

    @property
    def y(self) -> float:
        return self.top


@dataclass(frozen=True, slots=True)
class _Level:
    """A horizontal rule across a table; `breaks` are the places inside where its pieces meet."""

    x0: float
    x1: float
    y: float
    breaks: tuple[float, ...]


def ruled_tables(lines: list[Line], rules: list[Rule], height: float) -> tuple[list[PlacedTable], list[Line]]:
    """The tables among the lines of a sheet, and the lines that are in none."""
    tables: list[PlacedTable] = []
    rest = list(lines)
    upright = [rule for rule in rules if rule.y1 - rule.y0 > rule.x1 - rule.x0]
    for stack in _stacks(_levels([rule for rule in rules if rule not in upright]), height):
        edges = _edges(stack, upright)
        for part in _parts_of_stack(stack, rest, edges):
            table, used = _table(rest, part, edges)
            if table is not None:
                tables.append(table)
                rest = [line for line in rest if id(line) not in used]
    return tables, rest


def _levels(rules: list[Rule]) -> list[_Level]:
    """Pieces of rules that touch on one height, as one rule each."""
    levels: list[list[Rule]] = []
    for rule in sorted(rules, key=lambda rule: (round(rule.y1), rule.x0)):
        last = levels[-1][-1] if levels else None
        if last is not None and abs(last.y1 - rule.y1) <= 1.5 and -_TOUCH <= rule.x0 - last.x1 <= _TOUCH:
            levels[-1].append(rule)
        elif last is None or (rule.x0, rule.x1) != (last.x0, last.x1) or abs(last.y1 - rule.y1) > 1.5:
            levels.append([rule])
    return [_Level(pieces[0].x0, pieces[-1].x1, pieces[0].y1, tuple(piece.x0 for piece in pieces[1:])) for pieces in levels]


def _stacks(levels: list[_Level], height: float) -> list[list[_Level]]:
    """Rules of like extent above each other, from top to bottom. One alone counts only where it is broken into cells."""
    stacks: list[list[_Level]] = []
    for level in sorted(levels, key=lambda level: level.y):
        fitting = next(
            (
                stack
                for stack in reversed(stacks)
                if abs(stack[-1].x0 - level.x0) <= _SAME_EDGE
                and abs(stack[-1].x1 - level.x1) <= _SAME_EDGE
                and level.y - stack[-1].y <= _TALLEST_ROW * height
                and bool(stack[-1].breaks) == bool(level.breaks)
                and _agree(stack[-1].breaks, level.breaks)
            ),
            None,
        )
        if fitting is None:
            stacks.append([level])
        else:
            fitting.append(level)
    return [stack for stack in stacks if len(stack) > 1 or stack[0].breaks]


def _parts_of_stack(stack: list[_Level], lines: list[Line], edges: list[float]) -> list[list[_Level]]:
    """A stack parted where running text stands between two of its rules: these are of two tables."""
    parts = [[stack[0]]]
    within = [line for line in lines if edges[0] - _EDGE <= line.x0 <= edges[-1]]
    for above, below in pairwise(stack):
        if len(edges) > 2 and any(above.y < line.y <= below.y and _crosses(line, edges) for line in within):
            parts.append([])
        parts[-1].append(below)
    return parts


def _agree(some: tuple[float, ...], others: tuple[float, ...]) -> bool:
    """Whether two rules are broken alike; merged cells leave breaks out."""
    fewer, more = sorted((some, others), key=len)
    return all(any(abs(x - y) <= _SAME_EDGE for y in more) for x in fewer)


def _edges(stack: list[_Level], upright: list[Rule]) -> list[float]:
    """Where the columns of a table begin, and where the last one ends; only its two sides if its rules do not tell."""
    x0, x1 = stack[0].x0, max(level.x1 for level in stack)
    inside = {x for level in stack for x in level.breaks}
    beside = [rule for rule in upright if rule.y0 >= stack[0].y - _TOUCH and rule.y1 <= stack[-1].y + _TOUCH]
    inside |= {rule.x0 for rule in beside if x0 + _SAME_EDGE < rule.x0 < x1 - _SAME_EDGE}
    edges = [x0]
    for x in sorted(inside):
        if x - edges[-1] > _SAME_EDGE:
            edges.append(x)
    return [*edges, x1]


def _table(lines: list[Line], stack: list[_Level], edges: list[float]) -> tuple[PlacedTable | None, set[int]]:
    within = [line for line in lines if line.x0 >= edges[0] - _EDGE and line.x0 <= edges[-1]]
    bands = [_first_row(within, stack[0].y, edges)]
    bands += [[line for line in within if above.y < line.y <= below.y] for above, below in pairwise(stack)]
    if len(edges) > 2:
        bands.append(_last_row(within, stack[-1].y, edges))
    else:
        edges = _aligned_edges([line for band in bands for line in band], edges)
    rows: list[tuple[tuple[Line, ...], ...]] = []
    for band in bands:
        rows += _rows(band, edges, split=len(stack) < 5 and not any(level.breaks for level in stack))
    used = {id(line) for band in bands for line in band}
    if len(edges) < 3 or sum(bool(cell) for row in rows for cell in row) < 2 or not any(sum(map(bool, row)) > 1 for row in rows):
        return None, set()
    taken = [line for band in bands for line in band]
    top, bottom = min(line.top for line in taken), max(line.bottom for line in taken)
    x1 = max(edges[-1], *(line.x1 for line in taken))
    return PlacedTable(tuple(rows), min(edges[0], *(line.x0 for line in taken)), x1, top, bottom), used


def _first_row(lines: list[Line], y: float, edges: list[float]) -> list[Line]:
    """The row that stands on the first rule, empty where that rule is the top of the table.

    It reaches up as far as its lines stay in their cells and follow each other closely.
    """
    row: list[Line] = []
    top = y
    for line in sorted((line for line in lines if line.y <= y + 1), key=lambda line: -line.y):
        if row and line.size > _LARGER * row[0].size:
            break  # a heading over the table
        if top - line.bottom > (_NEAR if row else _UNDER_FIRST) * line.size or (len(edges) > 2 and _crosses(line, edges)):
            break
        row.append(line)
        top = min(top, line.top)
    cells = {_cell(part.run.x0, edges) for line in row for part in line.parts}
    baselines = {round(line.y) for line in row}
    return row if len(cells) > 1 or (len(edges) == 2 and len(row) > len(baselines)) else []


def _last_row(lines: list[Line], y: float, edges: list[float]) -> list[Line]:
    """The row under the last rule, where a column or page break cut a table without closing it."""
    row: list[Line] = []
    bottom = y
    for line in sorted((line for line in lines if line.y > y + 1), key=lambda line: line.y):
        if line.top - bottom > (_NEAR if row else _UNDER_FIRST) * line.size or _crosses(line, edges):
            break
        row.append(line)
        bottom = max(bottom, line.bottom)
    return row if len({_cell(part.run.x0, edges) for line in row for part in line.parts}) > 1 else []


def _crosses(line: Line, edges: list[float]) -> bool:
    """Whether a line runs over from one column of a table into the next."""
    return any(part.run.x0 < edge - _EDGE and part.run.x1 > edge + _EDGE for part in line.parts for edge in edges[1:-1])


def _aligned_edges(lines: list[Line], edges: list[float]) -> list[float]:
    """Columns of a table whose rules are not broken: where lines on several baselines begin after a gap."""
    starts: dict[float, int] = {}
    by_baseline: dict[int, list[Line]] = {}
    for line in lines:
        by_baseline.setdefault(round(line.y), []).append(line)
    for row in by_baseline.values():
        for line in sorted(row, key=lambda line: line.x0)[1:]:
            near = next((x for x in starts if abs(x - line.x0) <= 2 * _SAME_EDGE), None)
            starts[near if near is not None else line.x0] = starts.get(near if near is not None else line.x0, 0) + 1
    inside = sorted(x for x, count in starts.items() if count * 3 >= len(by_baseline))
    return [edges[0], *(x - 1 for x in inside), edges[-1]]


def _cell(x: float, edges: list[float]) -> int:
    return max((index for index, edge in enumerate(edges[:-1]) if x >= edge - _EDGE), default=0)


def _rows(band: list[Line], edges: list[float], *, split: bool) -> list[tuple[tuple[Line, ...], ...]]:
    """The rows between two rules: one, or where rules part only head and body, one for each baseline with a first cell."""
    cells: list[tuple[int, Line]] = []
    for line in sorted(band, key=lambda line: line.y):
        for index, parts in _parts_by_cell(line, edges).items():
            cells.append((index, line_of(parts)))
    starts = [line.y for index, line in cells if index == 0] if split else []
    full = split and sum(1 for y in starts if any(index and abs(line.y - y) < 2 for index, line in cells)) * 4 >= 3 * len(starts)
    limits = sorted(set(starts))[1:] if full and starts else []
    rows: list[tuple[tuple[Line, ...], ...]] = []
    for low, high in zip([float("-inf"), *limits], [*limits, float("inf")], strict=True):
        here = [(index, line) for index, line in cells if low - 2 <= line.y < high - 2]
        row = tuple(tuple(line for index, line in here if index == column) for column in range(len(edges) - 1))
        if any(row):
            rows.append(row)
    return rows


def _parts_by_cell(line: Line, edges: list[float]) -> dict[int, list[Part]]:
    """The parts of a line by cell; a mark stays with what it marks."""
    cells: dict[int, list[Part]] = {}
    current = 0
    for part in line.parts:
        if not part.is_raised or not cells:
            current = _cell(part.run.x0, edges)
        cells.setdefault(current, []).append(part)
    return cells
