"""Disagreements: where the two languages of a document differ in a figure, a qualifier, a date, a name or polarity."""

from collections import defaultdict
from functools import lru_cache, partial

from gbaqa.bilingual.disagreement import Disagreement
from gbaqa.bilingual.groups import bilingual_passages, passages_of
from gbaqa.bilingual.notes import note_disagreements
from gbaqa.bilingual.reader import read_groups
from gbaqa.bilingual.swapped_names import name_disagreements
from gbaqa.index.store import SearchIndex

_AROUND = 12  # statements either way that are read to judge a group
_DOCUMENTS_KEPT, _BLOCKS_KEPT = 64, 1024  # of what was looked at last
_BLOCK = 24  # groups that are read together: an answer's statements, and the next question's, often stand near each other


class Disagreements:
    """Finds the disagreements of an index; a document in one language has none."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._passages_of = lru_cache(_DOCUMENTS_KEPT)(partial(passages_of, index))
        self._block = lru_cache(_BLOCKS_KEPT)(self._read_block)

    def all(self) -> list[Disagreement]:
        """All disagreements, the most material first."""
        found = []
        for passages in bilingual_passages(self._index):
            found += read_groups(self._index, passages, passages.groups)
            found += name_disagreements(self._index, passages)
        found += [one for document in self._index.documents.values() for one in note_disagreements(document)]
        return sorted(found, key=lambda one: -one.material)

    def of(self, row: int) -> list[Disagreement]:
        """The disagreements of the group that a row of the index belongs to, the most material first."""
        document = self._index.columns.document_of(row)
        passages = self._passages_of(document)
        if passages is None:
            return []
        group = passages.group_of(row)
        return self._block(document, group // _BLOCK * _BLOCK).get(group, [])

    def _read_block(self, document: int, start: int) -> dict[int, list[Disagreement]]:
        """By group the disagreements of a block of a document's groups; groups without any are left out."""
        passages = self._passages_of(document)
        if passages is None:
            return {}
        block = range(start, min(start + _BLOCK, len(passages.groups)))
        rows = {row for at in block for row in passages.groups[at].zh + passages.groups[at].en}
        near = {passages.group_of(other) for row in rows for other in passages.rows_near(row, _AROUND)}
        of_group: dict[int, list[Disagreement]] = defaultdict(list)
        for one in read_groups(self._index, passages, [passages.groups[at] for at in sorted(near)]):
            about = {passages.group_of(row) for side in (one.zh, one.en) if side for row in side.rows}
            for group in about & set(block):
                of_group[group].append(one)
        return {group: sorted(found, key=lambda one: -one.material) for group, found in of_group.items()}
