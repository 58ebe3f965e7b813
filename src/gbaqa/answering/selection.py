"""Which statements make up an answer: the best one, and those that belong to it or complete it."""

from collections.abc import Iterable, Sequence

from gbaqa.corpus.document import Block
from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import count_words
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question

# A short answer: what a reader takes in at a glance. Lists may be longer.
_SHORT = (105, 215)  # English words, Chinese characters
_LONG = (320, 700)
# How far behind the best statement (in the ranker's units) another one may be and still be said.
_COMPLETES_WITHIN = 1.1
_BELONGS_WITHIN = 3.5
_MOST_STATEMENTS = {"figure": 3, "explanation": 4, "fact": 3, "comparison": 4, "list": 4, "source": 1, "page": 1}
_LONGEST_LIST = 24


class Selector:
    """Chooses the statements of an answer from ranked evidence."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def choose(self, question: Question, evidence: Sequence[Evidence]) -> list[int]:
        """Rows of the index in the order in which they are said: the best first, then by their place in the document."""
        best = evidence[0]
        if question.kind == "list" and (group := self.list_around(best.row)):
            return _within(group, self._index, _LONG)
        most = _MOST_STATEMENTS[question.kind]
        rows = [best.row]
        for found in evidence[1:]:
            if len(rows) == most:
                break
            if not self._says_more(found, rows):
                continue
            behind = best.score - found.score
            same_block = self._same_block(found.row, best.row)
            allowed = _BELONGS_WITHIN if same_block and question.kind in ("explanation", "list") else _COMPLETES_WITHIN
            if behind <= allowed and found.chunk.language == best.chunk.language:
                rows.append(found.row)
        return _within([rows[0], *sorted(rows[1:])], self._index, _SHORT)

    def list_around(self, row: int) -> list[int]:
        """The list or table that a statement introduces or belongs to, with its lead-in; empty if there is none."""
        chunk, statement = self._index.statements[row]
        block = self._block(chunk, statement)
        if statement.text.rstrip().endswith((":", "：")):
            items = self._run(row + 1, chunk, "item") or self._run(row + 1, chunk, "row") or self._run(row + 1, chunk, "figure")
            return [row, *items]
        if block.kind in ("item", "row", "figure"):
            start = row
            while start > 0 and self._belongs(start - 1, chunk, block.kind) and row - start < _LONGEST_LIST:
                start -= 1
            group = self._run(start, chunk, block.kind)
            lead = start - 1
            if lead >= 0 and self._index.statements[lead][1].text.rstrip().endswith((":", "：")) and self._same_section(lead, chunk):
                group = [lead, *group]
            return group if len(group) > 1 else []
        return []

    def _run(self, start: int, chunk: Chunk, kind: str) -> list[int]:
        rows = []
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

    def _same_block(self, row: int, other: int) -> bool:
        (chunk, statement), (other_chunk, other_statement) = self._index.statements[row], self._index.statements[other]
        return chunk.document == other_chunk.document and statement.block == other_statement.block

    def _says_more(self, found: Evidence, rows: Iterable[int]) -> bool:
        """Whether a statement adds something to those already chosen."""
        terms = self._index.terms[found.row]
        if found.feature("is_fragment") or (found.feature("is_source_line") and not found.feature("source_wanted")):
            return False
        return all(len(terms - self._index.terms[row]) > len(terms) / 4 for row in rows)

    def _block(self, chunk: Chunk, statement: Statement) -> Block:
        return self._index.documents[chunk.document].blocks[statement.block]


def _within(rows: Sequence[int], index: SearchIndex, most: tuple[int, int]) -> list[int]:
    """As many of the rows as an answer may hold; the first always."""
    kept: list[int] = []
    used = 0.0
    for row in rows:
        han, latin = count_words(index.statements[row][1].text)
        used += latin / most[0] + han / most[1]
        if kept and used > 1:
            break
        kept.append(row)
    return kept
