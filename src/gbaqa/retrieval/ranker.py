"""Ranks the statements of the retrieved chunks by how well they answer the question.

A statement and its twin in the other language are judged together: a question in one language, or in both at once, finds
its words and its meaning on either side.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.navigation import both_texts, with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.index.token_vectors import AskedTokens
from gbaqa.language.meanings import Meaning
from gbaqa.language.quantities import quantity_keys
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.extractor import FeatureExtractor, Found, rows_of
from gbaqa.retrieval.features import FEATURES, wants_of
from gbaqa.retrieval.outline import Outline
from gbaqa.retrieval.promotion import with_promoted
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.rows import NOWHERE, Rows
from gbaqa.retrieval.scoring import Scorer
from gbaqa.retrieval.signed_texts import SignedTexts


class EvidenceRanker:
    """Ranks the statements of retrieved chunks.

    Attributes:
        outline: of the documents whose statements it ranks.
        signed: what somebody signs in them.
    """

    def __init__(self, index: SearchIndex, scorer: Scorer | None = None) -> None:
        self._index = index
        self.outline = Outline(index)
        self.signed = SignedTexts(index, self.outline)
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
        return with_promoted(question, ranked)

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

    def texts_with_context(self, row: int) -> list[str]:
        """The text of a statement, of its twin, and the headings above it."""
        return [*both_texts(self._index, row), self._index.statements[row][0].context]

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
