"""What is known of the statements and chunks of an index in numbers: whoever goes through all of them needs no text for it."""

import hashlib
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

import numpy as np
from numpy.typing import NDArray

from gbaqa.corpus.document import BlockKind, Document
from gbaqa.index.chunk import Chunk
from gbaqa.language.cells import CELL_SEPARATOR

KINDS: tuple[BlockKind, ...] = get_args(BlockKind)
_OF_CHUNKS, _OF_ROWS = "chunk_columns.npy", "row_columns.npy"
# What is packed is read as an array of such records: packed one by one, a million rows take no objects.
_CHUNK = np.dtype([("size", "<i4"), ("document", "<i4"), ("is_english", "?"), ("passage", "<i4"), ("context", "<i4")])
_ROW = np.dtype(
    [("page", "<i4"), ("block", "<i4"), ("kind", "u1"), ("has_notes", "?"), ("has_cells", "?"), ("table", "<i4"), ("text", "<i8")]
)
_PACKED_CHUNK, _PACKED_ROW = struct.Struct("<ii?ii"), struct.Struct("<iiB??iq")

Numbers = NDArray[np.int64]


class Columns:
    """Numbers of chunks and rows.

    Attributes:
        size: (chunks,) how many statements it has.
        first: (chunks,) the row of its first statement.
        document: (chunks,) which document it is of, in the order of the index's documents, in which chunks come too.
        is_english: (chunks,)
        passage: (chunks,) chunks of one document, language, heading path and header have one number, from 0 as they come.
        context: (chunks,) chunks of equal contexts have one number, from 0 as they come.
        owner: (rows,) the chunk of a row.
        page: (rows,) its page's place in the document, -1 without one.
        block: (rows,) its block's place in the document.
        kind: (rows,) of its block, as a place in KINDS.
        has_notes, has_cells: (rows,) whether a note backs it; whether it has several cells.
        table: (rows,) rows of a table with one header have one number, from 0 as tables come; -1 for what is no such row.
        text: (rows,) `text_key` of it.
    """

    def __init__(self, of_chunks: NDArray[np.void], of_rows: NDArray[np.void]) -> None:
        """Raises ValueError where they do not fit each other."""
        fitting = (of_chunks.dtype, of_rows.dtype) == (_CHUNK, _ROW) and of_chunks["size"].sum() == len(of_rows)
        if not fitting or (np.diff(of_chunks["document"]) < 0).any():
            raise ValueError("the columns do not fit each other")
        # Fields lie between each other in a row's record: apart, each is read at once.
        self.size, self.document, self.is_english, self.passage, self.context = (
            np.ascontiguousarray(of_chunks[name]) for name in _CHUNK.names or ()
        )
        self.page, self.block, self.kind, self.has_notes, self.has_cells, self.table, self.text = (
            np.ascontiguousarray(of_rows[name]) for name in _ROW.names or ()
        )
        self.first: Numbers = np.cumsum(self.size, dtype=np.int64) - self.size
        self.owner = np.repeat(np.arange(len(self.size), dtype=np.int32), self.size)

    @staticmethod
    def write(folder: Path, documents: Sequence[Document], chunks: Sequence[Chunk]) -> None:
        """Write what is known of chunks into a folder."""
        number = {document.id: at for at, document in enumerate(documents)}
        pages = [{page.label: at for at, page in enumerate(document.pages)} for document in documents]
        passages: dict[tuple[object, ...], int] = {}
        contexts: dict[str, int] = {}
        tables: dict[tuple[object, ...], int] = {}
        of_chunks, of_rows = bytearray(), bytearray()
        for chunk in chunks:
            document = number[chunk.document]
            passage = passages.setdefault((chunk.document, chunk.language, chunk.section, chunk.header), len(passages))
            context = contexts.setdefault(chunk.context, len(contexts))
            of_chunks += _PACKED_CHUNK.pack(len(chunk.statements), document, chunk.language == "en", passage, context)
            for one in chunk.statements:
                block = documents[document].blocks[one.block]
                is_whole_row = block.kind == "row" and block.table is not None and len(block.header) > 1 and one.text == block.text
                table = tables.setdefault((document, block.table, block.header), len(tables)) if is_whole_row else -1
                numbers = (pages[document].get(one.page, -1), one.block, KINDS.index(block.kind))
                key = text_key(chunk.document, one.text)
                of_rows += _PACKED_ROW.pack(*numbers, bool(one.notes), CELL_SEPARATOR in one.text, table, key)
        np.save(folder / _OF_CHUNKS, np.frombuffer(of_chunks, dtype=_CHUNK), allow_pickle=False)
        np.save(folder / _OF_ROWS, np.frombuffer(of_rows, dtype=_ROW), allow_pickle=False)

    @classmethod
    def read(cls, folder: Path) -> "Columns":
        """Read what was written. Raises OSError or ValueError where that cannot be read."""
        return cls(np.load(folder / _OF_CHUNKS, allow_pickle=False), np.load(folder / _OF_ROWS, allow_pickle=False))

    def first_of(self, numbers: NDArray[np.int32]) -> list[int]:
        """The first chunk of each passage, or of each context, in the order of their numbers."""
        found: list[int] = np.unique(numbers, return_index=True)[1].tolist()
        return found

    def chunks_of(self, document: int) -> range:
        """The chunks of a document."""
        return range(*np.searchsorted(self.document, (document, document + 1)).tolist())

    def rows_of(self, document: int) -> Numbers:
        """The rows of a document."""
        chunks = self.chunks_of(document)
        ends = self.first[chunks.start], self.first[chunks.stop - 1] + self.size[chunks.stop - 1]
        return np.arange(*ends) if chunks else np.arange(0)

    def document_of(self, row: int) -> int:
        """Which document a row is of."""
        return int(self.document[self.owner[row]])

    def rows_on(self, document: int, pages: Sequence[int]) -> list[int]:
        """The rows of a document that begin on pages, by the places of these among its pages."""
        rows = self.rows_of(document)
        found: list[int] = rows[np.isin(self.page[rows], pages)].tolist()
        return found

    def rows_where(self, chunks: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """What holds of chunks, for each of their rows."""
        return np.repeat(chunks, self.size)


def text_key(document: str, text: str) -> int:
    """What a text of a document is known by: 64 bits, which another text may have too."""
    return int.from_bytes(hashlib.blake2b(f"{document}\n{text}".encode(), digest_size=8).digest(), "little", signed=True)
