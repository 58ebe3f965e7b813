"""The statements of an index by their rows, each with its chunk."""

from array import array
from collections.abc import Iterator

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.columns import Columns
from gbaqa.index.records import Records
from gbaqa.index.sequences import OnDemand

Row = tuple[Chunk, Statement]


class Statements(OnDemand[Row]):
    """The chunk and the statement of each row, taken from the chunks when a row is looked at."""

    def __init__(self, chunks: Records[Chunk], columns: Columns) -> None:
        self._chunks = chunks
        self._chunk_at = chunks.at
        self._owner = array("i", columns.owner.tobytes())  # gives plain numbers, many times faster than NumPy does
        self._first = array("q", columns.first.tobytes())

    def __len__(self) -> int:
        return len(self._owner)

    def _made(self, row: int) -> Row:
        at = self._owner[row]
        chunk = self._chunk_at(at)
        return chunk, chunk.statements[row - self._first[at]]

    def __iter__(self) -> Iterator[Row]:
        return ((chunk, statement) for chunk in self._chunks for statement in chunk.statements)
