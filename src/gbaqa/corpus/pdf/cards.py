"""Key figures set side by side: large numbers, each with its caption below it, read one after the other."""

from gbaqa.corpus.pdf.lines import Line
from gbaqa.corpus.pdf.ruled import PlacedTable

_LARGE = 1.3  # times the body's size
_SAME_BASELINE = 2.0  # points
_SAME_EDGE = 4.0  # points
_ROWS_APART = 2.5  # of the font size

Item = Line | PlacedTable


def parted_by_cards(items: list[Item], body: float) -> list[list[Item]]:
    """Items of a column, from top to bottom, in runs to be read one after the other: each card is a run of its own."""
    runs: list[list[Item]] = [[]]
    rows = _rows(items)
    index = 0
    while index < len(rows):
        end = _end_of_cards(rows, index, body)
        if end == index:
            runs[-1] += rows[index]
            index += 1
            continue
        heads = sorted((line for line in rows[index] if isinstance(line, Line)), key=lambda line: line.x0)
        below = [line for row in rows[index:end] for line in row if isinstance(line, Line)]
        runs += [[line for line in below if _card_of(line, heads) is head] for head in heads]
        runs.append([])
        index = end
    return [run for run in runs if run]


def _rows(items: list[Item]) -> list[list[Item]]:
    rows: list[list[Item]] = []
    for item in items:
        if rows and isinstance(item, Line) and isinstance(rows[-1][0], Line) and abs(rows[-1][0].y - item.y) <= _SAME_BASELINE:
            rows[-1].append(item)
        else:
            rows.append([item])
    return rows


def _end_of_cards(rows: list[list[Item]], start: int, body: float) -> int:
    """Index of the row after the cards that begin at a row; the row itself where none do."""
    heads = [item for item in rows[start] if isinstance(item, Line) and item.size >= _LARGE * body]
    if len(heads) < 2 or len(heads) < len(rows[start]):
        return start
    end = start + 1
    while end < len(rows) and all(isinstance(item, Line) and _card_of(item, heads) is not None for item in rows[end]):
        if rows[end][0].top - max(item.bottom for item in rows[end - 1]) > _ROWS_APART * body:
            break
        end += 1
    captioned = {
        id(_card_of(item, heads)) for row in rows[start:end] for item in row if isinstance(item, Line) and item.size < heads[0].size
    }
    return end if len(captioned) == len(heads) else start


def _card_of(line: Line, heads: list[Line]) -> Line | None:
    """The head that a line stands under: aligned with its left edge or its middle."""
    for head in heads:
        middles = abs(line.x0 + line.x1 - head.x0 - head.x1) / 2
        if min(abs(line.x0 - head.x0), middles) <= _SAME_EDGE:
            return head
    return None
