"""Disagreements: where the two languages of a document differ in a figure, a qualifier, a date, a name or polarity."""

from collections import defaultdict

from gbaqa.bilingual.disagreement import Disagreement
from gbaqa.bilingual.groups import Passages, bilingual_passages
from gbaqa.bilingual.notes import note_disagreements
from gbaqa.bilingual.reader import read_groups
from gbaqa.bilingual.swapped_names import name_disagreements
from gbaqa.index.store import SearchIndex

_AROUND = 12  # statements either way that are read to judge a group
_BLOCK = 24  # groups that are read together: an answer's statements, and the next question's, often stand near each other


class Disagreements:
    """Finds the disagreements of an index; a document in one language has none."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._documents = bilingual_passages(index)
        self._blocks: dict[tuple[int, int], dict[int, list[Disagreement]]] = {}

    def all(self) -> list[Disagreement]:
        """All disagreements, the most material first."""
        found = [one for passages in self._documents for one in read_groups(self._index, passages, passages.groups)]
        found += [one for passages in self._documents for one in name_disagreements(self._index, passages)]
        found += [one for document in self._index.documents.values() for one in note_disagreements(document)]
        return sorted(found, key=lambda one: -one.material)

    def of(self, row: int) -> list[Disagreement]:
        """The disagreements of the group that a row of the index belongs to, the most material first."""
        for number, passages in enumerate(self._documents):
            if row in passages:
                group = passages.group_of(row)
                block = (number, group // _BLOCK)
                if block not in self._blocks:
                    self._blocks[block] = self._in_block(passages, group // _BLOCK * _BLOCK)
                return self._blocks[block].get(group, [])
        return []

    def _in_block(self, passages: Passages, start: int) -> dict[int, list[Disagreement]]:
        """By group the disagreements of a block of groups; groups without any are left out."""
        block = range(start, min(start + _BLOCK, len(passages.groups)))
        rows = {row for at in block for row in passages.groups[at].zh + passages.groups[at].en}
        near = {passages.group_of(other) for row in rows for other in passages.rows_near(row, _AROUND)}
        of_group: dict[int, list[Disagreement]] = defaultdict(list)
        for one in read_groups(self._index, passages, [passages.groups[at] for at in sorted(near)]):
            about = {passages.group_of(row) for side in (one.zh, one.en) if side for row in side.rows}
            for group in about & set(block):
                of_group[group].append(one)
        return {group: sorted(found, key=lambda one: -one.material) for group, found in of_group.items()}


def disagreements_of(index: SearchIndex, row: int) -> list[Disagreement]:
    """The disagreements of the passage that a row of the index belongs to, the most material first.

    For many rows of one index keep a `Disagreements` instead.
    """
    return Disagreements(index).of(row)
