"""Evidence: statements of the retrieved chunks, ranked by how well they answer the question.

A statement and its twin in the other language are judged together: a question in one language, or in both at once, finds
its words and its meaning on either side. The weights of the features are learned from gold questions
(evals/train_ranker.py) and kept in ranker.json.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex
from gbaqa.language.periods import year_parts, years
from gbaqa.language.places import CITIES, places
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit

FEATURES = (
    "similarity", "twin_similarity", "chunk_score", "coverage", "coverage_with_context", "rare_coverage",
    "place_match", "place_conflict", "place_unnamed", "year_match", "year_conflict", "part_match", "part_conflict",
    "number_wanted", "number_missing", "percent_wanted", "is_row", "row_and_number", "is_source_line", "source_wanted", "is_fragment",
    "other_language", "length", "first_in_chunk",
)  # fmt: skip

_DIGIT = re.compile(r"\d")
_PERCENT = re.compile(r"\d\s*\+?\s*(?:%|percent|个百分点|倍|times)")
_SOURCE_LINE = re.compile(
    r"^\W*(?:数据来源|数据源|资料来源|图片来源|来源|(?:the )?(?:data |image )?sources?\b[^.]{0,90})\s*[:：]", re.IGNORECASE
)
_URL = re.compile(r"(?:https?://|www\.)\S+")
_ENDS_OPEN = re.compile(r"[:：]\s*$")


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
        self._contexts: dict[str, frozenset[str]] = {}

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
        best_similarity, best_chunk, least_chunk = max(similarity.values()), hits[0].score, hits[-1].score
        least_similarity = min(similarity.values())
        rarity = self.rarity_of(question)
        evidence = []
        for row in rows:
            chunk, statement = self._index.statements[row]
            twin = int(self._index.alignment.twin[row])
            own = similarity.get(row, least_similarity)
            other = similarity.get(twin, least_similarity) if twin >= 0 else least_similarity
            score = max(
                chunk_score.get(chunk.id, least_chunk),
                chunk_score.get(self._index.statements[twin][0].id, least_chunk) - 0.5 if twin >= 0 else least_chunk,
            )
            values = self._features(question, row, twin, rarity)
            spread = self._index.manifest.similarity_spread
            values["similarity"] = (own - best_similarity) / spread
            values["twin_similarity"] = (max(own, other) - best_similarity) / spread
            values["chunk_score"] = score - best_chunk
            if values["is_source_line"] and question.kind != "source":
                continue  # it names where a table comes from, and says nothing itself
            ordered = tuple(values[name] for name in FEATURES)
            evidence.append(
                Evidence(row, chunk, statement, ordered, float(self._weights @ np.array(ordered)), values["coverage_with_context"])
            )
        return sorted(evidence, key=lambda found: -found.score)

    def rarity_of(self, question: Question) -> dict[str, float]:
        """Inverse document frequency of each of the question's words; those no statement has weigh most."""
        return {term: self._rarity.get(term, self.most_rare) for term in question.terms}

    def terms_of(self, row: int) -> frozenset[str]:
        """The words of a statement and of its twin."""
        twin = int(self._index.alignment.twin[row])
        return self._index.terms[row] | self._index.terms[twin] if twin >= 0 else self._index.terms[row]

    def terms_with_context(self, row: int) -> frozenset[str]:
        """The words of a statement, of its twin and of the headings above it."""
        return self.terms_of(row) | self._context_terms(self._index.statements[row][0].context)

    def knows(self, term: str) -> bool:
        """Whether any statement has that word."""
        return term in self._rarity

    def _in_language(self, question: Question, row: int) -> tuple[int, ...]:
        twin = int(self._index.alignment.twin[row])
        if twin < 0 or self._index.statements[row][0].language == question.language:
            return (row,)
        figures, twin_figures = (quantity_keys(self._index.statements[r][1].text) for r in (row, twin))
        return (twin, row) if figures - twin_figures else (twin,)

    def _features(self, question: Question, row: int, twin: int, rarity: dict[str, float]) -> dict[str, float]:
        chunk, statement = self._index.statements[row]
        terms = self.terms_of(row)
        context = self._context_terms(chunk.context)
        if twin >= 0:
            context = context | self._context_terms(self._index.statements[twin][0].context)
        total = sum(rarity.values()) or 1.0
        rare = sorted(rarity, key=lambda term: -rarity[term])[:3]
        text = statement.text
        named = places(text) or places(chunk.context)
        wanted_places = question.places
        own_years, own_parts = years(text), year_parts(text)
        has_number = _DIGIT.search(text) is not None
        is_row = " | " in text
        is_source = _SOURCE_LINE.match(text) is not None
        return {
            "coverage": sum(weight for term, weight in rarity.items() if term in terms) / total,
            "coverage_with_context": sum(weight for term, weight in rarity.items() if term in terms or term in context) / total,
            "rare_coverage": sum(term in terms or term in context for term in rare) / max(len(rare), 1),
            "place_match": float(bool(wanted_places & (places(text) | places(chunk.context)))),
            "place_conflict": float(bool(wanted_places & set(CITIES)) and bool(named & set(CITIES)) and not wanted_places & named),
            "place_unnamed": float(bool(wanted_places) and not named),
            "year_match": float(bool(question.years & own_years)),
            "year_conflict": float(bool(question.years) and bool(own_years) and not question.years & own_years),
            "part_match": float(bool(question.year_parts & own_parts)),
            "part_conflict": float(bool(question.year_parts) and not question.year_parts & own_parts and bool(own_years)),
            "number_wanted": float(question.wants_number and has_number),
            "number_missing": float(question.wants_number and not has_number),
            "percent_wanted": float(question.wants_percent and _PERCENT.search(text) is not None),
            "is_row": float(is_row),
            "row_and_number": float(is_row and question.wants_number),
            "is_source_line": float(is_source),
            "source_wanted": float(is_source and question.kind == "source"),
            "is_fragment": float(_ENDS_OPEN.search(text) is not None or len(text) < 8 or is_address(text)),
            "other_language": float(chunk.language != question.language),
            "length": math.log(1 + len(text) / (2 if chunk.language == "zh" else 5)) / 4,
            "first_in_chunk": float(row == self._index.first_statement[chunk.id]),
        }

    def _context_terms(self, context: str) -> frozenset[str]:
        if context not in self._contexts:
            self._contexts[context] = frozenset(search_terms(context))
        return self._contexts[context]


def is_address(text: str) -> bool:
    """Whether a statement is mostly a URL: the tail of a source line."""
    return 2 * sum(map(len, _URL.findall(text))) > len(text)


def rerank(hits: Sequence[Hit], evidence: Sequence[Evidence], k: int) -> list[Hit]:
    """The k hits whose statements rank first as evidence."""
    best: dict[int, float] = {}
    for found in evidence:
        best.setdefault(found.chunk.id, found.score)
    return sorted(hits, key=lambda hit: -best.get(hit.chunk.id, -math.inf))[:k]


def load_weights() -> NDArray[np.float64]:
    """The learned weights, in the order of FEATURES."""
    stored: dict[str, float] = json.loads(files("gbaqa.retrieval").joinpath("ranker.json").read_text("utf-8"))
    return np.array([stored[name] for name in FEATURES])


def _rarity(index: SearchIndex) -> dict[str, float]:
    """Inverse document frequency of each term over the statements."""
    frequency: dict[str, int] = {}
    for terms in index.terms:
        for term in terms:
            frequency[term] = frequency.get(term, 0) + 1
    count = len(index.terms)
    return {term: math.log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in frequency.items()}
