"""Units of an answer: a statement with what it is not understood without."""

from collections.abc import Collection

from gbaqa.answering.lists import ListFinder
from gbaqa.index.navigation import block_of
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.features import traits_of


class UnitFinder:
    """Finds what must be said with a statement: the beginning of its note, the sentence that it takes up, the list that it introduces."""

    def __init__(self, index: SearchIndex, lists: ListFinder) -> None:
        self._index = index
        self._lists = lists

    def unit(self, row: int, said: Collection[int]) -> list[int]:
        """The rows of a statement and of what belongs to it, in reading order; what is `said` already is not said before it again."""
        before = self._note_before(row) or self._taken_up(row, said)
        return [*(each for each in before if each not in said), row, *self._lists.introduced_by(row)]

    def _note_before(self, row: int) -> range:
        """The earlier statements of an explanatory note: it explains first and comments then."""
        block, first = block_of(self._index, row), row
        if block.kind != "note":
            return range(0)
        while first > 0 and block_of(self._index, first - 1) is block:
            first -= 1
        return range(first, row)

    def _taken_up(self, row: int, said: Collection[int]) -> range:
        """The statements back to the one that the first of them takes up: of "These five sectors" none tells which without it."""
        chunk = self._index.statements[row][0]
        first, start = row, self._index.first_statement[chunk.id]
        while first > start and first - 1 not in said and self._refers_back(first, chunk.language == "zh"):
            first -= 1
        return range(first, row)

    def _refers_back(self, row: int, chinese: bool) -> bool:
        return traits_of(self._index.statements[row][1].text, chinese).refers_back
