"""Which statements make up an answer: the best one, and those that belong to it or complete it."""

from collections.abc import Iterable, Sequence

from gbaqa.corpus.document import Block
from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.places import places
from gbaqa.language.script import count_words
from gbaqa.retrieval.evidence import Evidence, EvidenceRanker
from gbaqa.retrieval.features import is_address
from gbaqa.retrieval.question import Question

# A short answer: what a reader takes in at a glance. Lists may be longer.
_SHORT = (112, 235)  # English words, Chinese characters
_MEDIUM = (150, 330)
_LONG = (320, 700)
# How far behind the best statement (in the ranker's units) another one may be and still be said.
_COMPLETES_WITHIN = 1.1
_BELONGS_WITHIN = 3.5
_OTHER_PART_WITHIN = 2.6
_NEW_WORDS = 0.12  # share of the question's words that make another statement worth saying
_RUNNING = ("paragraph", "item")
_IN_CONTEXT = ("explanation", "list", "fact")  # kinds whose answer is a passage rather than a figure
_REACH = 6  # statements around the best one that may belong to it
_DISTANCE = 0.8  # how much score a step away from the best statement costs
_MOST_STATEMENTS = {"figure": 3, "explanation": 4, "fact": 3, "comparison": 4, "list": 4, "source": 1}
_LONGEST_LIST = 24
_SENTENCES_AN_ITEM = 1.4


class Selector:
    """Chooses the statements of an answer from ranked evidence."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._ranker = ranker

    def choose(self, question: Question, evidence: Sequence[Evidence]) -> list[int]:
        """Rows of the index in the order in which they are said: the best first, then by their place in the document."""
        best = evidence[0]
        if question.kind == "list" and (group := self.list_around(best.row)):
            return sorted(_within(group, self._index, _LONG))
        rows = [best.row]
        if question.kind in _IN_CONTEXT or question.parts > 1:
            rows += self._around(best.row, evidence)
        rows += self._completing(question, evidence, rows)
        return _within([rows[0], *rows[1:]], self._index, _MEDIUM if question.kind == "list" else _SHORT)

    def _around(self, row: int, evidence: Sequence[Evidence]) -> list[int]:
        """The sentences next to a statement in its paragraph, those that rank well and stand close first."""
        score = {found.row: found.score for found in evidence}
        floor = min(score.values())
        near = range(max(0, row - _REACH), min(len(self._index.statements), row + _REACH + 1))
        neighbours = [other for other in near if other != row and self._reads_on(other, row)]
        return sorted(neighbours, key=lambda other: -(score.get(other, floor) - _DISTANCE * (abs(other - row) + (other < row))))

    def _reads_on(self, row: int, other: int) -> bool:
        """Whether two statements are sentences of one paragraph, or of paragraphs and list items under one heading."""
        (chunk, statement), (other_chunk, other_statement) = self._index.statements[row], self._index.statements[other]
        if not self._same_section(row, other_chunk) or is_address(statement.text):
            return False
        if statement.block == other_statement.block:
            return True
        running = self._block(chunk, statement).kind in _RUNNING and self._block(other_chunk, other_statement).kind in _RUNNING
        return running and statement.page == other_statement.page

    def _completing(self, question: Question, evidence: Sequence[Evidence], rows: list[int]) -> list[int]:
        """Statements from elsewhere that answer a part of the question which the chosen ones leave open."""
        best = evidence[0]
        rarity = self._ranker.rarity_of(question)
        said = [best.row]
        unmet = question.places - self._named(best.row)
        for found in evidence[1:]:
            if len(said) >= _MOST_STATEMENTS[question.kind] + (question.parts > 2):
                break
            if found.row in rows or found.chunk.language != best.chunk.language or not self._says_more(found, said):
                continue
            allowed = _COMPLETES_WITHIN
            if question.parts > 1:
                if self._same_block(found.row, best.row) or abs(found.row - best.row) == 1:
                    allowed = _BELONGS_WITHIN
                elif self._gain(found.row, said, rarity) >= _NEW_WORDS or unmet & self._named(found.row):
                    allowed = _OTHER_PART_WITHIN
            if best.score - found.score <= allowed:
                said.append(found.row)
                unmet = unmet - self._named(found.row)
        return said[1:]

    def _gain(self, row: int, rows: list[int], rarity: dict[Meaning, float]) -> float:
        """Share of the question's words, by rarity, that a statement has and the chosen ones have not."""
        said = frozenset().union(*(self._ranker.terms_of(chosen) for chosen in rows))
        return sum(weight for meaning, weight in rarity.items() if meaning & self._ranker.terms_of(row) and not meaning & said) / (sum(rarity.values()) or 1.0)

    def _named(self, row: int) -> frozenset[str]:
        chunk, statement = self._index.statements[row]
        return places(statement.text) | places(chunk.context)

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
            if block.kind == "item" and len(group) > _SENTENCES_AN_ITEM * len({self._index.statements[r][1].block for r in group}):
                return []  # bullets with paragraphs behind them are no list of items
            lead = start - 1
            if lead >= 0 and self._index.statements[lead][1].text.rstrip().endswith((":", "：")) and self._same_section(lead, chunk):
                group = [lead, *group]
            return group if len(group) > 1 else []
        return []

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
    """As many of the rows as an answer may hold, the first always; said first, then the others in reading order."""
    kept: list[int] = []
    used = 0.0
    for row in dict.fromkeys(rows):
        han, latin = count_words(index.statements[row][1].text)
        share = latin / most[0] + han / most[1]
        if not kept or used + share <= 1:
            kept.append(row)
            used += share
    return [kept[0], *sorted(kept[1:])]
