"""Disagreements: where the two languages of a document differ in a figure, a qualifier, a date, a name or polarity."""

from gbaqa.bilingual.disagreement import Disagreement
from gbaqa.bilingual.groups import Passages, bilingual_passages
from gbaqa.bilingual.notes import note_disagreements
from gbaqa.bilingual.reader import read_groups
from gbaqa.index.store import SearchIndex

_AROUND = 12  # statements either way that are read to judge a group


class Disagreements:
    """Finds the disagreements of an index; a document in one language has none."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._documents = bilingual_passages(index)
        self._of_group: dict[tuple[int, int], list[Disagreement]] = {}

    def all(self) -> list[Disagreement]:
        """All disagreements, the most material first."""
        found = [one for passages in self._documents for one in read_groups(self._index, passages, passages.groups)]
        found += [one for document in self._index.documents.values() for one in note_disagreements(document)]
        return sorted(found, key=lambda one: -one.material)

    def of(self, row: int) -> list[Disagreement]:
        """The disagreements of the group that a row of the index belongs to, the most material first."""
        for number, passages in enumerate(self._documents):
            if row in passages:
                return self._in_group(number, passages, passages.group_of(row))
        return []

    def _in_group(self, number: int, passages: Passages, group: int) -> list[Disagreement]:
        if (number, group) not in self._of_group:
            rows = set(passages.groups[group].zh + passages.groups[group].en)
            near = {passages.group_of(other) for row in rows for other in passages.rows_near(row, _AROUND)}
            found = read_groups(self._index, passages, [passages.groups[at] for at in sorted(near)])
            own = [one for one in found if any(rows & set(side.rows) for side in (one.zh, one.en) if side)]
            self._of_group[number, group] = sorted(own, key=lambda one: -one.material)
        return self._of_group[number, group]


def disagreements_of(index: SearchIndex, row: int) -> list[Disagreement]:
    """The disagreements of the passage that a row of the index belongs to, the most material first.

    For many rows of one index keep a `Disagreements` instead.
    """
    return Disagreements(index).of(row)
