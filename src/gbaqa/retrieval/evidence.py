"""Evidence: a statement as an answer to a question, with its features and its score."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.token_vectors import AskedTokens
from gbaqa.language.meanings import Meaning
from gbaqa.retrieval.features import FEATURES
from gbaqa.retrieval.retriever import Hit

_COVERAGE_WITH_CONTEXT = FEATURES.index("coverage_with_context")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that may answer a question.

    Attributes:
        row: in the index.
        features: values of FEATURES.
        score: the ranker's, comparable within one question.
        asked: vectors of the question's tokens; None where the embeddings have none.
    """

    row: int
    chunk: Chunk
    statement: Statement
    features: tuple[float, ...]
    score: float
    asked: AskedTokens | None = field(default=None, repr=False, compare=False)

    def feature(self, name: str) -> float:
        """The value of a feature by its name."""
        return self.features[FEATURES.index(name)]

    @property
    def coverage_with_context(self) -> float:
        """Share of the question's words, by rarity, that the statement, its headings or its twin have."""
        return self.features[_COVERAGE_WITH_CONTEXT]


def share_said(rarity: Mapping[Meaning, float], words: frozenset[str]) -> float:
    """Share of a question's meanings, by rarity, that are among some words; 0 where it has none."""
    return sum(weight for meaning, weight in rarity.items() if meaning & words) / (sum(rarity.values()) or 1.0)


def rerank(hits: Sequence[Hit], evidence: Sequence[Evidence], k: int) -> list[Hit]:
    """The k hits whose statements rank first as evidence, each with the best of its statements."""
    best: dict[int, Evidence] = {}
    for found in evidence:
        best.setdefault(found.chunk.id, found)
    first = sorted(hits, key=lambda hit: -best[hit.chunk.id].score if hit.chunk.id in best else math.inf)[:k]
    return [replace(hit, best=hit.chunk.statements.index(best[hit.chunk.id].statement)) if hit.chunk.id in best else hit for hit in first]
