"""The reading order of a sheet: tables drawn with rules taken out, columns read one after the other.

A gutter is a strip that lines stand on both sides of and few cross. Gutters are voted for by all sheets of a document,
since a sheet with little text cannot tell its columns alone. Lines that cross a gutter part the sheet into bands, so
that a heading over two columns is read before both.
"""

from collections import Counter
from dataclasses import dataclass, field, replace

from gbaqa.corpus.pdf.furniture import most_common_size
from gbaqa.corpus.pdf.lines import Line
from gbaqa.corpus.pdf.ruled import PlacedTable

_CENTRAL = (0.15, 0.85)  # of the sheet's width: where gutters are looked for
_NARROWEST_GUTTER = 8.0  # points
_LONG_LINE = 0.16  # of the sheet's width: a shorter line tells nothing of columns
_FEWEST_LINES = (4, 3)  # long ones on the fuller and on the other side of a gutter
_MOST_CROSSING = 1.5  # times the lines beside it
_SAME_GUTTER = 9.0  # points
_OVERFLOW = 0.35  # of the part of a line inside its column
_LEADING = 1.6  # of the font size: between baselines of a paragraph, at most
_NEAR = 12  # items
_LARGER = 1.09  # times the text beside it: a heading
_VOTES = (3, 0.08)  # sheets at least, and share of the sheets: a gutter of the document


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column of one band, from top to bottom: lines and tables."""

    x0: float
    x1: float
    items: list["Line | PlacedTable"] = field(default_factory=list)


def page_gutters(lines: list[Line], width: float) -> list[float]:
    """The gutters that a sheet shows by itself, each just left of where several long lines begin: its right column."""
    long = [line for line in lines if line.x1 - line.x0 >= _LONG_LINE * width]
    gutters: list[float] = []
    for edge in _left_edges(long, width):
        x = _least_crossed(edge - 1, lines)
        if not _is_gutter(x, long, lines):
            continue
        if gutters and x - gutters[-1] <= 2 * _SAME_GUTTER:  # hanging paragraphs begin twice
            gutters[-1] = min(gutters[-1], x, key=lambda x: _crossing(x, lines))
        else:
            gutters.append(x)
    return gutters


def _left_edges(long: list[Line], width: float) -> list[float]:
    """Where at least three long lines begin, in the middle of a sheet."""
    starts = Counter(round(line.x0) for line in long if _CENTRAL[0] * width <= line.x0 <= _CENTRAL[1] * width)
    return [float(x) for x in sorted(starts) if sum(starts[x + near] for near in (-1, 0, 1)) >= _FEWEST_LINES[1]]


def _crossing(x: float, lines: list[Line]) -> int:
    return sum(line.x0 < x and line.x1 > x - _NARROWEST_GUTTER for line in lines)


def _least_crossed(x: float, lines: list[Line]) -> float:
    """A gutter moved a little to the left where a few lines of its right column begin there: bullets of hanging paragraphs."""
    bullets = {line.x0 - 1 for line in lines if 0 < x - line.x0 <= 2 * _SAME_GUTTER}
    return min([x, *sorted(bullets, reverse=True)], key=lambda x: _crossing(x, lines))


def _is_gutter(x: float, long: list[Line], lines: list[Line]) -> bool:
    left = sum(line.x1 <= x - _NARROWEST_GUTTER for line in long)
    right = sum(line.x0 >= x for line in long)
    beside = _MOST_CROSSING * (left + right)
    return max(left, right) >= _FEWEST_LINES[0] and min(left, right) >= _FEWEST_LINES[1] and _crossing(x, lines) <= beside


def document_gutters(by_sheet: list[list[float]]) -> list[float]:
    """The gutters that enough sheets of a document show."""
    groups: list[list[float]] = []
    for x in sorted(x for gutters in by_sheet for x in gutters):
        if groups and x - groups[-1][0] <= _SAME_GUTTER:
            groups[-1].append(x)
        else:
            groups.append([x])
    needed = max(_VOTES[0], _VOTES[1] * len(by_sheet))
    return [sorted(group)[len(group) // 2] for group in groups if len(group) >= needed]


def columns(items: list["Line | PlacedTable"], own: list[float], shared: list[float], width: float) -> list[Column]:
    """The columns of a sheet in reading order.

    Args:
        items: lines and tables of the sheet.
        own: gutters that it shows by itself.
        shared: gutters of the document.
        width: of the sheet, in points.
    """
    gutters = own + [x for x in shared if all(abs(x - other) > _SAME_GUTTER * 2 for other in own)]
    ordered = sorted(items, key=lambda item: (item.y, item.x0))
    return _read(ordered, sorted(gutters), 0.0, width)


def _read(items: list["Line | PlacedTable"], gutters: list[float], x0: float, x1: float) -> list[Column]:
    """The columns of a region: its largest bands of columns first, then what stands above, between and below them."""
    if not items:
        return []
    usable = [x for x in gutters if x0 < x < x1]
    for x in usable:
        items = [_without_overflow(item, items, x) for item in items]
    bands_of = {x: _bands(items, x) for x in usable}
    largest = {x: max((len(band) for band in bands if _has_both_sides(band, x)), default=0) for x, bands in bands_of.items()}
    x = max(usable, key=lambda x: (largest[x], -abs(x - (x0 + x1) / 2)), default=0.0)
    if not largest.get(x):
        return [Column(min(item.x0 for item in items), max(item.x1 for item in items), items)]
    found: list[Column] = []
    between: list[Line | PlacedTable] = []
    for band in bands_of[x]:
        if not _has_both_sides(band, x) or 2 * len(band) < largest[x]:
            between += band
            continue
        found += _read(between, gutters, x0, x1)
        between = []
        left, right, after = _sides(band, x)
        found += _read(left, gutters, x0, x) + _read(right, gutters, x, x1) + _read(after, gutters, x0, x)
    return found + _read(between, gutters, x0, x1)


def _sides(band: list["Line | PlacedTable"], x: float) -> tuple[list["Line | PlacedTable"], ...]:
    """What stands left and right of x, and what comes after both: headings under which the left column ends."""
    left, right = [item for item in band if item.x1 <= x], [item for item in band if item.x0 >= x]
    end = max(item.bottom for item in right)
    usual = most_common_size([item for item in left if isinstance(item, Line)])
    kept = len(left)
    while kept > 1 and isinstance(item := left[kept - 1], Line) and item.top > end and item.size > _LARGER * usual:
        kept -= 1
    return left[:kept], right, left[kept:]


def _without_overflow(item: "Line | PlacedTable", items: list["Line | PlacedTable"], x: float) -> "Line | PlacedTable":
    """A line of the left column that runs over its edge into empty space (an address), as ending at the edge."""
    if not isinstance(item, Line) or not item.x0 < x < item.x1 or item.x1 - x > _OVERFLOW * (x - item.x0):
        return item
    beside = any(other is not item and other.x0 >= x and other.top < item.bottom and other.bottom > item.top for other in items)
    beginning = sum(abs(other.x0 - item.x0) <= _SAME_GUTTER and other.x1 <= x for other in items)
    return item if beside or beginning < _FEWEST_LINES[0] else replace(item, x1=x)


def _bands(items: list["Line | PlacedTable"], x: float) -> list[list["Line | PlacedTable"]]:
    """Runs of items, from top to bottom, that stand on both sides of x, or do not: cross it, or have nothing beside them."""
    runs: list[list[Line | PlacedTable]] = []
    crossing = [(item.top, item.bottom) for item in items if item.x0 < x < item.x1]
    previous: bool | None = None
    for item in items:
        crosses = item.x0 < x < item.x1 or any(top <= item.y <= bottom for top, bottom in crossing)
        if crosses != previous:
            runs.append([])
        runs[-1].append(item)
        previous = crosses
    bands: list[list[Line | PlacedTable]] = []
    last_parts = True
    for run in runs:
        parts = _has_both_sides(run, x)
        if parts or last_parts:
            bands.append([])
        for item in run:
            # The short last line of a paragraph that crosses x belongs to what stands above.
            ends = parts and len(bands) > 1 and isinstance(item, Line) and any(_goes_on(item, above) for above in bands[-2][-_NEAR:])
            bands[-2 if ends else -1].append(item)
        last_parts = parts
    return [band for band in bands if band]


def _goes_on(line: Line, above: "Line | PlacedTable") -> bool:
    return isinstance(above, Line) and line.follows(above, _LEADING)


def _has_both_sides(band: list["Line | PlacedTable"], x: float) -> bool:
    if any(item.x0 < x < item.x1 for item in band) or len({round(item.y) for item in band}) < 2:
        return False  # one row alone may be words set wide apart
    return any(item.x1 <= x for item in band) and any(item.x0 >= x for item in band)
