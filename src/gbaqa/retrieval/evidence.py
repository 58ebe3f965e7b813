"""Evidence: statements of the retrieved chunks, ranked by how well they answer the question.

A statement and its twin in the other language are judged together: a question in one language, or in both at once, finds
its words and its meaning on either side. The weights of the features are learned from gold questions
(evals/train_ranker.py) and kept in ranker.json.
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.quantities import quantity_keys
from gbaqa.retrieval.features import FEATURES, FeatureExtractor, wants_of
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit


@dataclass(frozen=True, slots=True)
class Evidence:
    """A statement that may answer a question.

    Attributes:
        row: in the index.
        features: values of FEATURES.
        score: the ranker's, comparable within one question.
        coverage: share of the question's words, by rarity, that the statement, its headings or its twin have.
    """

    row: int
    chunk: Chunk
    statement: Statement
    features: tuple[float, ...]
    score: float
    coverage: float

    def feature(self, name: str) -> float:
        """The value of a feature by its name."""
        return self.features[FEATURES.index(name)]


class EvidenceRanker:
    """Ranks the statements of retrieved chunks."""

    def __init__(self, index: SearchIndex, weights: Sequence[float] | None = None) -> None:
        self._index = index
        self._weights = np.array(load_weights() if weights is None else weights)
        self._rarity = _rarity(index)
        self.most_rare = math.log(1 + len(index.statements))
        self._features = FeatureExtractor(index)

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """The statements of the hits and their twins, best first.

        A statement in another language than the question's gives way to its twin unless it gives a figure that the
        twin lacks.
        """
        similarity = {
            self._index.first_statement[hit.chunk.id] + position: value for hit in hits for position, value in enumerate(hit.similarities)
        }
        chunk_score = {hit.chunk.id: hit.score for hit in hits}
        rows = dict.fromkeys(candidate for row in similarity for candidate in self._in_language(question, row))
        if not rows:
            return []
        best_similarity, least_similarity = max(similarity.values()), min(similarity.values())
        best_chunk, least_chunk = hits[0].score, hits[-1].score
        spread = self._index.manifest.similarity_spread
        wants = wants_of(question, self.rarity_of(question))

        def nearness(row: int | None) -> float:
            """Similarity of a row in standard deviations below the best; rows that no hit holds are as far as the farthest."""
            return (similarity.get(row, least_similarity) - best_similarity) / spread if row is not None and row >= 0 else least_nearness

        least_nearness = (least_similarity - best_similarity) / spread
        evidence = []
        for row in rows:
            chunk, statement = self._index.statements[row]
            values = self._features.values(question, wants, row)
            if values["is_source_line"] and question.kind != "source":
                continue  # it names where a table comes from, and says nothing itself
            twin = int(self._index.alignment.twin[row])
            score = max(
                chunk_score.get(chunk.id, least_chunk),
                chunk_score.get(self._index.statements[twin][0].id, least_chunk) - 0.5 if twin >= 0 else least_chunk,
            )
            first = self._index.first_statement[chunk.id]
            values["similarity"] = nearness(row)
            values["twin_similarity"] = max(nearness(row), nearness(twin))
            values["before_similarity"] = nearness(self._features.reads_on_from(row))
            values["after_similarity"] = nearness(self._features.read_on_by(row))
            values["section_similarity"] = max(nearness(other) for other in range(first, first + len(chunk.statements)))
            values["chunk_score"] = score - best_chunk
            ordered = tuple(values[name] for name in FEATURES)
            evidence.append(
                Evidence(row, chunk, statement, ordered, float(self._weights @ np.array(ordered)), values["coverage_with_context"])
            )
        return sorted(evidence, key=lambda found: -found.score)

    def rarity_of(self, question: Question) -> dict[Meaning, float]:
        """Inverse document frequency of each meaning of the question's words; those no statement has weigh most."""
        return {meaning: min(self._rarity.get(form, self.most_rare) for form in meaning) for meaning in question.meanings}

    def terms_of(self, row: int) -> frozenset[str]:
        """The words of a statement and of its twin."""
        return self._features.terms_of(row)

    def terms_with_context(self, row: int) -> frozenset[str]:
        """The words of a statement, of its twin and of the headings above it."""
        return self._features.terms_of(row) | self._features.context_terms(row)

    def knows(self, term: str) -> bool:
        """Whether any statement has that word."""
        return term in self._rarity

    def _in_language(self, question: Question, row: int) -> tuple[int, ...]:
        twin = int(self._index.alignment.twin[row])
        if twin < 0 or self._index.statements[row][0].language == question.language:
            return (row,)
        figures, twin_figures = (quantity_keys(self._index.statements[r][1].text) for r in (row, twin))
        return (twin, row) if figures - twin_figures else (twin,)


def rerank(hits: Sequence[Hit], evidence: Sequence[Evidence], k: int) -> list[Hit]:
    """The k hits whose statements rank first as evidence."""
    best: dict[int, float] = {}
    for found in evidence:
        best.setdefault(found.chunk.id, found.score)
    return sorted(hits, key=lambda hit: -best.get(hit.chunk.id, -math.inf))[:k]


def load_weights() -> NDArray[np.float64]:
    """The learned weights, in the order of FEATURES."""
    stored: dict[str, float] = json.loads(files("gbaqa.retrieval").joinpath("ranker.json").read_text("utf-8"))
    return np.array([stored.get(name, 0.0) for name in FEATURES])


def _rarity(index: SearchIndex) -> dict[str, float]:
    """Inverse document frequency of each term over the statements."""
    frequency: dict[str, int] = {}
    for terms in index.terms:
        for term in terms:
            frequency[term] = frequency.get(term, 0) + 1
    count = len(index.terms)
    return {term: math.log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in frequency.items()}
