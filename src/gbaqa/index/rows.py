"""The statements of an index by their rows, each with its chunk."""

from array import array
from collections.abc import Iterator, Sequence
from typing import overload

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.columns import Columns
from gbaqa.index.records import Records

Row = tuple[Chunk, Statement]


class Statements(Sequence[Row]):
    """The chunk and the statement of each row, taken from the chunks when a row is looked at."""

    def __init__(self, chunks: Records[Chunk], columns: Columns) -> None:
        self._chunks = chunks
        self._chunk_at = chunks.at
        self._owner = array("i", columns.owner.tobytes())  # gives plain numbers, many times faster than NumPy does
        self._first = array("q", columns.first.tobytes())

    def __len__(self) -> int:
        return len(self._owner)

    @overload
    def __getitem__(self, row: int) -> Row: ...
    @overload
    def __getitem__(self, row: slice) -> Sequence[Row]: ...
    def __getitem__(self, row: int | slice) -> Row | Sequence[Row]:
        """The chunk and the statement of a row, or those of a slice of rows."""
        if isinstance(row, slice):
            return [self[one] for one in range(len(self))[row]]
        if row < 0:
            row += len(self)
        at = self._owner[row]
        chunk = self._chunk_at(at)
        return chunk, chunk.statements[row - self._first[at]]

    def __iter__(self) -> Iterator[Row]:
        return ((chunk, statement) for chunk in self._chunks for statement in chunk.statements)
