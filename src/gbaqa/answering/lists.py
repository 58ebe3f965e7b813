"""Lists: the items, rows or figures that a statement introduces or belongs to."""

from collections.abc import Iterable, Iterator
from itertools import takewhile

from gbaqa.corpus.running_text import FULL_STOP
from gbaqa.index.chunk import Statement
from gbaqa.index.navigation import block_of, in_same_section, twin_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.periods import years
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.segment import leads_on

_LONGEST_LIST = 24
_LONGEST_SECTION = 200  # statements to either side
_SENTENCES_AN_ITEM = 1.4


class ListFinder:
    """Finds lists in an index by the kinds of its blocks and the colon of a lead-in."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def list_around(self, row: int) -> list[int]:
        """The list or table that a statement introduces or belongs to, with its lead-in; empty if there is none."""
        kind = block_of(self._index, row).kind
        if kind not in ("item", "row", "figure"):
            items = self.introduced_by(row) or self._items_after(row)
            return [row, *items] if len(items) > 1 or leads_on(self._index.statements[row][1].text) else []
        start = self._first_of_run(row, kind, _LONGEST_LIST)
        group = self._run(start, row, kind)
        if kind == "item" and len(group) > _SENTENCES_AN_ITEM * len({self._index.statements[r][1].block for r in group}):
            return []  # bullets with paragraphs behind them are no list of items
        if start > 0 and leads_on(self._index.statements[start - 1][1].text) and in_same_section(self._index, start - 1, row):
            group = [start - 1, *group]
        return group if len(group) > 1 else []

    def beginnings_around(self, row: int, count: int) -> list[int]:
        """The first statements of the items that a statement is among or stands before, where these are just so many."""
        start = self._first_of_run(row, "item", row) if block_of(self._index, row).kind == "item" else row + 1
        items = {self._index.statements[each][1].block: each for each in reversed(self._run(start, row, "item"))}
        return sorted(items.values()) if len(items) == count else []

    def introduced_by(self, row: int) -> list[int]:
        """The items, rows or figures that follow a statement with a colon at its end."""
        return self._items_after(row) if leads_on(self._index.statements[row][1].text) else []

    def only_printed_in_the_other_language(self, row: int) -> list[int]:
        """The figures of an info-graphic of which the statement's own language has the title alone; empty for any other statement."""
        statement = self._index.statements[row][1]
        is_title = block_of(self._index, row).kind == "paragraph" and not FULL_STOP.search(statement.text)
        if not is_title or _quantities([statement]):
            return []
        first = self._counterpart(row)
        if first is None or block_of(self._index, first).kind != "figure":
            return []
        figures = self._run(first, first, "figure")
        given, given_here = (_quantities(self._index.statements[each][1] for each in rows) for rows in (figures, self._section_around(row)))
        return [] if given & given_here else figures

    def _counterpart(self, row: int) -> int | None:
        """Where the other language may print what belongs to a title: at its twin, or behind that of the statement before it."""
        if (twin := twin_of(self._index, row)) is not None:
            group = self.list_around(twin)
            return group[0] if group else twin
        before = twin_of(self._index, row - 1) if row > 0 and in_same_section(self._index, row - 1, row) else None
        return before + 1 if before is not None and before + 1 < len(self._index.statements) else None

    def _section_around(self, row: int) -> Iterator[int]:
        """The rows under the same heading that follow each other with a row among them."""
        after, before = (
            range(row, min(row + _LONGEST_SECTION, len(self._index.statements))),
            range(row - 1, max(row - _LONGEST_SECTION, -1), -1),
        )
        for rows in (after, before):
            yield from takewhile(lambda other: in_same_section(self._index, other, row), rows)

    def _items_after(self, row: int) -> list[int]:
        return self._run(row + 1, row, "item") or self._run(row + 1, row, "row") or self._run(row + 1, row, "figure")

    def _first_of_run(self, row: int, kind: str, reach: int) -> int:
        """The first of the rows of a kind that stand before a row of that kind, in its section and at most so many rows before it."""
        start = row
        while start > 0 and self._belongs(start - 1, row, kind) and row - start < reach:
            start -= 1
        return start

    def _run(self, start: int, beside: int, kind: str) -> list[int]:
        """The rows of a kind from one on, as far as they are in the section of another row."""
        rows: list[int] = []
        row = start
        while row < len(self._index.statements) and len(rows) < _LONGEST_LIST and self._belongs(row, beside, kind):
            rows.append(row)
            row += 1
        return rows

    def _belongs(self, row: int, beside: int, kind: str) -> bool:
        return in_same_section(self._index, row, beside) and block_of(self._index, row).kind == kind


def _quantities(statements: Iterable[Statement]) -> frozenset[tuple[float, bool]]:
    """All numbers that statements give, but years."""
    texts = [statement.text for statement in statements]
    return frozenset().union(*map(quantity_keys, texts)) - {(float(year), False) for text in texts for year in years(text)}
