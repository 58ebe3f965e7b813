"""Groups of twins: the statements of one language that together say what some of the other language say."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gbaqa.index.navigation import twin_of
from gbaqa.index.sequences import OnDemand
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR


@dataclass(frozen=True, slots=True)
class Group:
    """Rows of the index that say the same, or, with one side empty, a row that has no twin.

    Attributes:
        zh, en: rows, in order.
        score: of the alignment, 0 for a row alone.
    """

    zh: tuple[int, ...]
    en: tuple[int, ...]
    score: float


class Groups(OnDemand[Group]):
    """Groups as numbers: an object for each would take twenty times the memory, and few are ever looked at."""

    def __init__(self) -> None:
        self._rows, self._starts, self._splits, self._scores = array("i"), array("i", [0]), array("i"), array("d")

    def append(self, zh: Iterable[int], en: Iterable[int], score: float) -> None:
        """Add a group."""
        self._rows.extend(zh)
        self._splits.append(len(self._rows))
        self._rows.extend(en)
        self._starts.append(len(self._rows))
        self._scores.append(score)

    def __len__(self) -> int:
        return len(self._scores)

    def _made(self, at: int) -> Group:
        split = self._splits[at]
        return Group(tuple(self._rows[self._starts[at] : split]), tuple(self._rows[split : self._starts[at + 1]]), self._scores[at])


@dataclass(frozen=True, slots=True)
class Passages:
    """The groups of one document with two languages, in the order of the Chinese (and of what stands alone).

    Attributes:
        first: the document's first row; what is kept of rows begins with it.
        order: for each row, its place among the statements of its language.
        zh_rows, en_rows: the rows in order.
        groups_of: for each row, the position of its group.
    """

    groups: Groups
    first: int
    order: "array[int]"
    zh_rows: "array[int]"
    en_rows: "array[int]"
    groups_of: "array[int]"

    def group_of(self, row: int) -> int:
        """The position of a row's group."""
        return self.groups_of[row - self.first]

    def rows_near(self, row: int, distance: int) -> list[int]:
        """The rows of the same language at most so many statements away, the row itself included."""
        position, rows = self._place(row)
        return rows[max(0, position - distance) : position + distance + 1].tolist()

    def row_beside(self, row: int, step: int) -> int | None:
        """The row so many statements on in the same language."""
        position, rows = self._place(row)
        return rows[position + step] if 0 <= position + step < len(rows) else None

    def _place(self, row: int) -> tuple[int, "array[int]"]:
        """Where a row is among those of its language, and these."""
        position = self.order[row - self.first]
        is_chinese = position < len(self.zh_rows) and self.zh_rows[position] == row
        return position, self.zh_rows if is_chinese else self.en_rows


def bilingual_passages(index: SearchIndex) -> Iterator[Passages]:
    """The documents of an index that have statements in both languages with twins, one after the other."""
    return (passages for document in range(len(index.documents)) if (passages := passages_of(index, document)) is not None)


def passages_of(index: SearchIndex, document: int) -> Passages | None:
    """A document by its place in the index; None where none of its statements has a twin, as in one of one language."""
    rows = index.columns.rows_of(document)
    return _passages(index, rows.tolist()) if (index.alignment.twin[rows] >= 0).any() else None


def _passages(index: SearchIndex, rows: list[int]) -> Passages:
    is_english = index.columns.is_english[index.columns.owner[rows]].tolist()
    zh_rows, en_rows = ([row for row, one in zip(rows, is_english, strict=True) if one == english] for english in (False, True))
    twins: dict[int, set[int]] = defaultdict(set)
    for row in rows:
        if (twin := twin_of(index, row)) is not None:
            twins[row].add(twin)
            twins[twin].add(row)
    first, none = rows[0], array("i", [-1]) * (rows[-1] - rows[0] + 1)
    groups, groups_of, order = Groups(), none[:], none[:]
    is_chinese = set(zh_rows)
    for row in rows:
        if groups_of[row - first] >= 0:
            continue
        members = _connected(row, twins)
        for member in members:
            groups_of[member - first] = len(groups)
        zh, en = (sorted(m for m in members if (m in is_chinese) == chinese) for chinese in (True, False))
        groups.append(zh, en, max(float(index.alignment.score[m]) for m in members) if zh and en else 0.0)
    for side in (zh_rows, en_rows):
        for position, row in enumerate(side):
            order[row - first] = position
    return Passages(groups, first, order, array("i", zh_rows), array("i", en_rows), groups_of)


def with_strays(index: SearchIndex, passages: Passages, groups: Sequence[Group]) -> list[Group]:
    """The groups, in which a statement without a twin has joined the group of the one in front of it, else of the next.

    The alignment may leave out the first or last part of a long sentence; to compare figures it belongs with the rest.
    """
    of_row = {row: at for at, group in enumerate(groups) for row in group.zh + group.en}
    grown = {at: (list(group.zh), list(group.en)) for at, group in enumerate(groups)}
    strays = [at for at, group in enumerate(groups) if not (group.zh and group.en)]
    for step, ordered in ((-1, strays), (1, strays[::-1])):
        for at in ordered:
            if at not in grown:
                continue
            row = (groups[at].zh or groups[at].en)[0]
            beside = passages.row_beside(row, step)
            target = of_row.get(beside) if beside is not None else None
            if beside is not None and target is not None and all(grown[target]) and _belong_together(index, row, beside):
                grown[target][0 if groups[at].zh else 1].append(row)
                of_row[row] = target
                del grown[at]
    return [Group(tuple(sorted(zh)), tuple(sorted(en)), groups[at].score) for at, (zh, en) in grown.items()]


def _belong_together(index: SearchIndex, row: int, other: int) -> bool:
    """Whether two rows are of one passage, and not two rows of a table."""
    (chunk, one), (other_chunk, another) = index.statements[row], index.statements[other]
    return chunk.section == other_chunk.section and (one.block == another.block or CELL_SEPARATOR not in one.text + another.text)


def _connected(row: int, twins: dict[int, set[int]]) -> list[int]:
    members, seen = [row], {row}
    for member in members:
        for other in twins.get(member, ()):
            if other not in seen:
                seen.add(other)
                members.append(other)
    return members
