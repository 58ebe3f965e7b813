"""Which statements make up an answer: the best one, and those that belong to it or complete it."""

from collections.abc import Iterable, Sequence

from gbaqa.answering.completion import Completer
from gbaqa.corpus.document import Block
from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex
from gbaqa.language.places import places
from gbaqa.language.script import count_words
from gbaqa.retrieval.evidence import Evidence, EvidenceRanker
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.question import Question

# A short answer: what a reader takes in at a glance. Lists may be longer.
_SHORT = (112, 235)  # English words, Chinese characters
_MEDIUM = (150, 330)
_LONG = (320, 700)
# Probability of completing the answer that makes a statement worth saying: the more is said already, the higher.
_WORTH_SAYING, _WORTH_SAYING_AT_LENGTH = 0.01, 0.07
_LONGEST_LIST = 24
_SENTENCES_AN_ITEM = 1.4


class Selector:
    """Chooses the statements of an answer from ranked evidence."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._completer = Completer(index, ranker)

    def choose(self, question: Question, evidence: Sequence[Evidence]) -> list[int]:
        """Rows of the index in the order in which they are said: the best first, then by their place in the document."""
        best = evidence[0]
        if question.kind == "list" and (group := self.list_around(best.row)):
            return sorted(_within(group, self._index, _LONG))
        introduced = self._introduced_by(best.row)  # a lead-in says nothing without what it leads to
        most = _MEDIUM if introduced or question.kind in ("list", "comparison") else _SHORT
        rows = [best.row, *introduced, *self._other_sides(question, evidence)]
        used = sum(_share(self._index, row, most) for row in rows)
        for candidate in self._completer.candidates(question, evidence):
            if candidate.probability < _WORTH_SAYING + used * (_WORTH_SAYING_AT_LENGTH - _WORTH_SAYING):
                break
            if self._says_more(candidate.row, rows) and used + _share(self._index, candidate.row, most) <= 1:
                rows.append(candidate.row)
                used += _share(self._index, candidate.row, most)
        return _within(rows, self._index, most)

    def _other_sides(self, question: Question, evidence: Sequence[Evidence]) -> list[int]:
        """For each place that a question sets beside another: the first statement that speaks of it, where the best one does not."""
        best = evidence[0]
        if len(question.places) < 2 or not (question.kind == "comparison" or question.parts > 1):
            return []
        unmet = question.places - _spoken_of(best)
        rows: list[int] = []
        for found in evidence[1:]:
            if found.chunk.language == best.chunk.language and unmet & _spoken_of(found) and self._says_more(found.row, [best.row, *rows]):
                rows.append(found.row)
                unmet -= _spoken_of(found)
        return rows

    def list_around(self, row: int) -> list[int]:
        """The list or table that a statement introduces or belongs to, with its lead-in; empty if there is none."""
        chunk, statement = self._index.statements[row]
        block = self._block(chunk, statement)
        if block.kind not in ("item", "row", "figure"):
            items = self._introduced_by(row) or self._items_after(row)
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

    def _introduced_by(self, row: int) -> list[int]:
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

    def _says_more(self, row: int, rows: Iterable[int]) -> bool:
        """Whether a statement adds something to those already chosen."""
        chunk, statement = self._index.statements[row]
        traits = traits_of(statement.text, chunk.language == "zh")
        if traits.is_fragment or traits.is_source_line:
            return False
        terms = self._index.terms[row]
        return all(len(terms - self._index.terms[other]) > len(terms) / 4 for other in rows)

    def _block(self, chunk: Chunk, statement: Statement) -> Block:
        return self._index.documents[chunk.document].blocks[statement.block]


def _ends_open(statement: Statement) -> bool:
    return statement.text.rstrip().endswith((":", "："))


def _spoken_of(found: Evidence) -> frozenset[str]:
    return places(found.statement.text) | places(found.chunk.context)


def _share(index: SearchIndex, row: int, most: tuple[int, int]) -> float:
    """How much of an answer of that length a statement takes."""
    han, latin = count_words(index.statements[row][1].text)
    return latin / most[0] + han / most[1]


def _within(rows: Sequence[int], index: SearchIndex, most: tuple[int, int]) -> list[int]:
    """As many of the rows as an answer may hold, the first always; said first, then the others in reading order."""
    kept: list[int] = []
    used = 0.0
    for row in dict.fromkeys(rows):
        share = _share(index, row, most)
        if not kept or used + share <= 1:
            kept.append(row)
            used += share
    return [kept[0], *sorted(kept[1:])]
