"""Lists: the items, rows or figures that a statement introduces or belongs to."""

from gbaqa.corpus.document import Block
from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex

_LONGEST_LIST = 24
_SENTENCES_AN_ITEM = 1.4


class ListFinder:
    """Finds lists in an index by the kinds of its blocks and the colon of a lead-in."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def list_around(self, row: int) -> list[int]:
        """The list or table that a statement introduces or belongs to, with its lead-in; empty if there is none."""
        chunk, statement = self._index.statements[row]
        block = self._block(chunk, statement)
        if block.kind not in ("item", "row", "figure"):
            items = self.introduced_by(row) or self._items_after(row)
            return [row, *items] if len(items) > 1 or _ends_open(statement) else []
        start = row
        while start > 0 and self._belongs(start - 1, chunk, block.kind) and row - start < _LONGEST_LIST:
            start -= 1
        group = self._run(start, chunk, block.kind)
        if block.kind == "item" and len(group) > _SENTENCES_AN_ITEM * len({self._index.statements[r][1].block for r in group}):
            return []  # bullets with paragraphs behind them are no list of items
        if start > 0 and _ends_open(self._index.statements[start - 1][1]) and self._same_section(start - 1, chunk):
            group = [start - 1, *group]
        return group if len(group) > 1 else []

    def introduced_by(self, row: int) -> list[int]:
        """The items, rows or figures that follow a statement with a colon at its end."""
        return self._items_after(row) if _ends_open(self._index.statements[row][1]) else []

    def _items_after(self, row: int) -> list[int]:
        chunk = self._index.statements[row][0]
        return self._run(row + 1, chunk, "item") or self._run(row + 1, chunk, "row") or self._run(row + 1, chunk, "figure")

    def _run(self, start: int, chunk: Chunk, kind: str) -> list[int]:
        rows: list[int] = []
        row = start
        while row < len(self._index.statements) and len(rows) < _LONGEST_LIST and self._belongs(row, chunk, kind):
            rows.append(row)
            row += 1
        return rows

    def _belongs(self, row: int, chunk: Chunk, kind: str) -> bool:
        other_chunk, other = self._index.statements[row]
        return self._same_section(row, chunk) and self._block(other_chunk, other).kind == kind

    def _same_section(self, row: int, chunk: Chunk) -> bool:
        other, _ = self._index.statements[row]
        return (other.document, other.language, other.section) == (chunk.document, chunk.language, chunk.section)

    def _block(self, chunk: Chunk, statement: Statement) -> Block:
        return self._index.documents[chunk.document].blocks[statement.block]


def _ends_open(statement: Statement) -> bool:
    return statement.text.rstrip().endswith((":", "："))
