"""Findings: what has been found of the groups of a document, with the statements and pages it is about."""

from collections.abc import Sequence

from gbaqa.bilingual.disagreement import Disagreement, Kind, Side
from gbaqa.bilingual.groups import Group, Passages
from gbaqa.index.chunk import quantities_of
from gbaqa.index.navigation import block_of, twin_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.quantities import Quantity

_SURE_SCORE = 4.0  # of an alignment
_ALONE = 0.7  # weight of what a statement without a twin says


class Findings:
    """Collects disagreements of groups of twins; knows what stands where."""

    def __init__(self, index: SearchIndex, passages: Passages, groups: Sequence[Group]) -> None:
        self._index, self._passages = index, passages
        self._document = index.statements[passages.first][0].document
        self.groups = groups
        self.found: list[Disagreement] = []

    def text(self, row: int) -> str:
        """The statement in that row."""
        return self._index.statements[row][1].text

    def row_with_heads(self, row: int) -> str:
        """The statement in that row, a table's row behind the names of its columns."""
        return CELL_SEPARATOR.join([*block_of(self._index, row).header, self._index.statements[row][1].text])

    def quantities(self, row: int) -> tuple[Quantity, ...]:
        """The quantities that the statement in that row states."""
        return quantities_of(*self._index.statements[row])

    def texts_near(self, row: int, distance: int) -> list[str]:
        """The statements of the same language at most so many statements from a row, under their headings."""
        near = (self._index.statements[near] for near in self._passages.rows_near(row, distance))
        return [f"{chunk.context}\n{statement.text}" for chunk, statement in near]

    def rows_facing(self, at: int, *, of_chinese: bool, distance: int) -> list[int]:
        """The rows of the other language beside which a side of a group is to be looked for.

        Those of its own group; where it has no twin, the twins of the statements around it.
        """
        group = self.groups[at]
        own, other = (group.zh, group.en) if of_chinese else (group.en, group.zh)
        if other or not own:
            return list(other)
        near = (self._passages.groups[self._passages.group_of(row)] for row in self._passages.rows_near(own[0], distance))
        return [row for one in near if one.zh and one.en for row in (one.en if of_chinese else one.zh)[:1]]

    def rows_around(self, rows: Sequence[int], distance: int) -> set[int]:
        """These rows and those of the same language around them."""
        return {near for row in rows for near in self._passages.rows_near(row, distance)}

    def differ(self, at: int, kind: Kind, material: float, zh: tuple[int, str], en: tuple[int, str]) -> None:
        """Note that two values, each with its row, differ."""
        self.found.append(Disagreement(kind, self._weighed(at, material), self._side(*zh), self._side(*en), self._document))

    def silent(self, at: int, material: float, row: int, value: str) -> None:
        """Note that the other side of a group does not give a value."""
        group = self.groups[at]
        is_chinese = row in group.zh
        other = group.en if is_chinese else group.zh
        silent = Side(self._page(other[0]), " ".join(map(self.text, other)), None, other) if other else None
        if twin_of(self._index, row) is None:  # nothing says that what stands beside it is its counterpart
            silent, material = None, material * _ALONE
        own = self._side(row, value)
        zh, en = (own, silent) if is_chinese else (silent, own)
        found = Disagreement("omission", self._weighed(at, material), zh, en, self._document)
        if found not in self.found:  # both ends of a range are one text
            self.found.append(found)

    def _weighed(self, at: int, material: float) -> float:
        return round(material * min(1.0, 0.6 + 0.4 * self.groups[at].score / _SURE_SCORE), 3)

    def _side(self, row: int, value: str) -> Side:
        return Side(self._page(row), self.text(row), value or None, (row,))

    def _page(self, row: int) -> str | None:
        return self._index.statements[row][1].page or None
