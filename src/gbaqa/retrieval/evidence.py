"""Evidence: statements of the retrieved chunks, ranked by how well they answer the question.

A statement and its twin in the other language are judged together: a question in one language, or in both at once, finds
its words and its meaning on either side.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.navigation import both_texts, with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.index.token_vectors import AskedTokens
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.indicators import Indicator, asked_indicators, indicator_of_label
from gbaqa.language.meanings import Meaning
from gbaqa.language.quantities import quantity_keys
from gbaqa.retrieval.extractor import FeatureExtractor, Found, rows_of
from gbaqa.retrieval.features import FEATURES, wants_of
from gbaqa.retrieval.outline import Outline
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.region_key_figures import (
    asks_only_for_its_figures,
    figures_of_region_asked,
    given_of_region,
    is_of_a_city,
    names_region,
)
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.rows import NOWHERE, Rows
from gbaqa.retrieval.scoring import Scorer

_COVERAGE_WITH_CONTEXT = FEATURES.index("coverage_with_context")
_NEAR = 2.5  # behind the best, in score
_NEAR_NUMBERED = 1.0  # on a page that can be cited
_NEAR_REGION = 4.0  # a city's key figures, with the region in their heading, rank far before running text


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


class EvidenceRanker:
    """Ranks the statements of retrieved chunks.

    Attributes:
        outline: of the documents whose statements it ranks.
    """

    def __init__(self, index: SearchIndex, scorer: Scorer | None = None) -> None:
        self._index = index
        self.outline = Outline(index)
        self._score = scorer or Scorer.read("gbaqa.retrieval", "ranker.json", FEATURES)
        self._features = FeatureExtractor(index)
        self._rows = self._features.rows
        self.most_rare = math.log(1 + len(index.statements))

    def rank(self, question: Question, hits: Sequence[Hit]) -> list[Evidence]:
        """The statements of the hits and their twins, best first.

        A statement in another language than the question's gives way to its twin unless it gives a figure that the
        twin lacks.
        """
        rows = self._candidates(question, hits)
        if not len(rows):
            return []
        found = Found.of(hits, self._index)
        matrix = self._features.matrix(question, wants_of(question, self.rarity_of(question)), found, rows)
        scores = np.array([self._score(features) for features in matrix])  # row by row: equal features, equal scores to the last bit
        best_first = np.argsort(-scores, kind="stable").tolist()
        ranked = [self._evidence(int(rows[at]), matrix[at], float(scores[at]), found.asked) for at in best_first]
        return _whole_region_first(question, _asked_indicator_first(question, _own_city_first(_numbered_first(ranked))))

    def _evidence(self, row: int, features: NDArray[np.float64], score: float, asked: AskedTokens | None) -> Evidence:
        chunk, statement = self._index.statements[row]
        return Evidence(row, chunk, statement, tuple(features.tolist()), score, asked)

    def _candidates(self, question: Question, hits: Sequence[Hit]) -> Rows:
        """The rows to rank; source lines only where a source is asked for, since they say nothing themselves."""
        if not hits:
            return np.zeros(0, dtype=np.int64)
        found = rows_of(hits, self._index)
        stays = (self._rows.twin(found) < 0) | (self._rows.is_english[found] == (question.language == "en"))
        fitting = ((row,) if own else self._of_twins(row) for row, own in zip(found.tolist(), stays.tolist(), strict=True))
        rows = np.fromiter(dict.fromkeys(candidate for candidates in fitting for candidate in candidates), dtype=np.int64)
        return rows if question.kind == "source" else rows[self._rows.traits(rows)["is_source_line"] == 0]

    def rarity_of(self, question: Question) -> dict[Meaning, float]:
        """Inverse document frequency of each meaning of the question's words; those no statement has weigh most."""
        return {meaning: min(map(self._rarity, meaning)) for meaning in question.meanings}

    def token_similarities(self, asked: AskedTokens | None, rows: Rows) -> NDArray[np.float32] | None:
        """How near each of a question's tokens comes to each row or its twin: (tokens, rows); None where there are no vectors of tokens."""
        if asked is None or self._index.tokens is None:
            return None
        twins = self._rows.twin(rows)
        nearest: NDArray[np.float32] = np.maximum(
            self._index.tokens.nearest(asked, rows), self._index.tokens.nearest(asked, np.where(twins == NOWHERE, rows, twins))
        )
        return nearest

    def terms_of(self, row: int) -> frozenset[str]:
        """The words of a statement and of its twin."""
        return self._rows.terms(row)

    def terms_with_context(self, row: int) -> frozenset[str]:
        """The words of a statement, of its twin and of the headings above both."""
        return self._rows.terms(row) | self._rows.heading_terms(row)

    def is_known(self, meaning: Meaning) -> bool:
        """Whether any statement has a word of that meaning."""
        return any(term in self._index.terms for term in meaning)

    def rows_saying(self, meanings: Sequence[Meaning]) -> list[int]:
        """The rows that have a word of each meaning, in their own text or in their twin's."""
        saying = np.ones(len(self._index.statements), dtype=np.bool_)
        for meaning in meanings:
            own = self._index.terms.having_any(meaning)
            saying &= own[:-1] | own[self._index.alignment.twin]
        return np.flatnonzero(saying).tolist()

    def _rarity(self, term: str) -> float:
        """Inverse document frequency of a term over the statements."""
        count, having = len(self._index.statements), self._index.terms.frequency(term)
        return math.log(1 + (count - having + 0.5) / (having + 0.5)) if having else self.most_rare

    def _of_twins(self, row: int) -> tuple[int, ...]:
        """The twin of a row that has one, and the row too where it gives a figure that the twin lacks."""
        row, twin = with_twin(self._index, row)
        figures, twin_figures = map(quantity_keys, both_texts(self._index, row))
        return (twin, row) if figures - twin_figures else (twin,)


def _numbered_first(ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which nothing outside the numbered pages comes first where something on one stands shortly behind it.

    What a back cover tells of the publisher can be cited by no page, and is seldom what was asked for.
    """
    return _fitting_first(ranked, _NEAR_NUMBERED, lambda found: bool(found.statement.page))


def _own_city_first(ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which no statement about another city comes first where one that is none stands shortly behind it."""
    return _fitting_first(ranked, _NEAR, lambda found: not found.feature("place_conflict"))


def _whole_region_first(question: Question, ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which no city's figure comes first where the region's is asked for and one that is no city's stands behind it.

    Where nothing else is asked for, the region's figure comes first wherever it ranks, best one that names the region.
    """
    asked = figures_of_region_asked(question)
    if not asked:
        return ranked
    if asks_only_for_its_figures(question):
        giving = [at for at, found in enumerate(ranked) if asked & given_of_region(found.chunk, found.statement, question.years)]
        if giving:
            return _moved(ranked, next((at for at in giving if names_region(ranked[at].statement)), giving[0]), 0)
    return _fitting_first(ranked, _NEAR_REGION, lambda found: not is_of_a_city(found.chunk, found.statement))


def _fitting_first(ranked: list[Evidence], near: float, fits: Callable[[Evidence], bool]) -> list[Evidence]:
    """Ranked evidence with the first that fits in front, where it stands that near behind the best."""
    fitting = (at for at, found in enumerate(ranked) if ranked[0].score - found.score < near and fits(found))
    return _moved(ranked, next(fitting, 0), 0)


def _asked_indicator_first(question: Question, ranked: list[Evidence]) -> list[Evidence]:
    """Ranked evidence in which no row of another indicator comes before one of those asked for that stands shortly behind it."""
    asked = asked_indicators(question.normalized)
    if not asked:
        return ranked
    given = [(at, indicator) for at, found in enumerate(ranked) if (indicator := _indicator_of(found)) is not None]
    fits = (at for at, indicator in given if indicator in asked and not ranked[at].feature("place_conflict"))
    wanted = next(fits, None)
    if wanted is None or given[0][1] in asked or ranked[given[0][0]].score - ranked[wanted].score >= _NEAR:
        return ranked
    return _moved(ranked, wanted, given[0][0])


def _indicator_of(found: Evidence) -> Indicator | None:
    """The indicator that a row of a table gives."""
    label, separator, _ = found.statement.text.partition(CELL_SEPARATOR)
    return indicator_of_label(label) if separator else None


def _moved(ranked: list[Evidence], at: int, to: int) -> list[Evidence]:
    """Ranked evidence with one moved forward, which then scores as the one did that stood there."""
    return [*ranked[:to], replace(ranked[at], score=ranked[to].score), *ranked[to:at], *ranked[at + 1 :]]


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
