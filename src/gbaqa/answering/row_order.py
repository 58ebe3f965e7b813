"""The order of a table's rows by a column or by the difference of two, and which of them are asked for."""

from collections.abc import Mapping, Sequence

from gbaqa.answering.superlatives import Wish
from gbaqa.answering.value_tables import ValueRow

_MOST_TIES = 2
_LONGEST = 20  # rows in order are an answer


def ordered(pool: Sequence[ValueRow], columns: Sequence[int], wish: Wish) -> list[ValueRow]:
    """The rows that are asked for; none where figures are missing that may matter, or too many are alike."""
    values = {row.row: value for row in pool if (value := _value(row, columns, wish)) is not None}
    known = [row for row in pool if row.row in values]
    is_change = len(columns) > 1
    if len(known) < 2 or (wish.order != "highest" and not is_change and len(known) < len(pool)):
        return []
    falls = wish.change == "fall"
    down = sorted(known, key=lambda row: values[row.row], reverse=not falls)
    if wish.change in ("rise", "fall") and (values[down[0].row] < 0) != falls:
        return []
    if wish.beside or wish.order == "ranking":
        return [] if len(down) > _LONGEST else down[::-1] if wish.upwards else down
    if wish.order != "highest" and (is_change or falls):
        return []  # what grew least may have shrunk
    if wish.order == "both":
        ends = [_first(down, values, wish.count), _first(down[::-1], values, wish.count)][:: -1 if wish.by_age else 1]
        return [row for end in ends for row in end] if all(ends) and sum(map(len, ends)) <= len(known) else []
    first = down[::-1] if wish.order == "lowest" else down
    if wish.nth:
        return _nth(first, values, wish.nth)
    return _first(first, values, wish.count)


def _nth(rows: Sequence[ValueRow], values: Mapping[int, float], nth: int) -> list[ValueRow]:
    """The row in that place, where no other is as high."""
    alike = [row for row in rows if values[row.row] == values[rows[nth - 1].row]] if len(rows) >= nth else []
    return alike if len(alike) == 1 else []


def _first(rows: Sequence[ValueRow], values: Mapping[int, float], count: int) -> list[ValueRow]:
    """So many rows, and those that are as high as the last of them; none where these are many or all."""
    if count > len(rows):
        return []
    chosen = [row for at, row in enumerate(rows) if at < count or values[row.row] == values[rows[count - 1].row]]
    return chosen if len(chosen) == count or len(chosen) < min(count + _MOST_TIES + 1, len(rows)) else []


def _value(row: ValueRow, columns: Sequence[int], wish: Wish) -> float | None:
    figures = [figure.value for column in columns if (figure := row.figures[column]) is not None]
    if len(figures) < len(columns):
        return None
    if len(figures) == 1:
        return figures[0]
    now, before = figures
    if wish.relative:
        return (now - before) / before if before else None
    return abs(now - before) if wish.change == "either" else now - before
