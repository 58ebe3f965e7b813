"""Hybrid retrieval: E5's vectors and BM25's words, added on one scale."""

from dataclasses import dataclass, field

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from gbaqa.index.chunk import Chunk
from gbaqa.index.embeddings import embed_query
from gbaqa.index.store import SearchIndex
from gbaqa.index.vectors import is_exact, nearest
from gbaqa.retrieval.question import Question

# Both parts are in standard deviations: of a similarity between unrelated statements, and of BM25 over all chunks.
_BM25_WEIGHT = 0.25
# How much better a chunk in the other language must be to come first, in standard deviations of similarity.
_OTHER_LANGUAGE_MALUS = 0.6
_NEAREST_STATEMENTS = 512
_EMBEDDED_CHARACTERS = 500  # of a question; what is asked stands in fewer, and each costs time


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found.

    Attributes:
        score: in standard deviations, comparable within one question.
        similarities: those of its statements.
        on_topic: how much nearer the question is to the nearest statement of all than to the nearest everyday topic, in
            standard deviations of similarity; the same for all hits of a search.
        asked: the question's vector, the same as well; None for what no search has found.
    """

    chunk: Chunk
    score: float
    similarities: tuple[float, ...]
    on_topic: float = 1.0
    asked: NDArray[np.float32] | None = field(default=None, repr=False, compare=False)


class HybridRetriever:
    """Ranks the chunks of an index for a question.

    A chunk is as near to the question as its nearest statement; its BM25 score is that of its whole text with its
    headings. Safe to share between threads.
    """

    def __init__(self, index: SearchIndex, embeddings: Embeddings) -> None:
        self.index = index
        self._embeddings = embeddings
        self._firsts = index.first_statement
        self._is_english = index.columns.is_english
        self._english_rows = index.columns.rows_where(self._is_english)
        self._has_twin = np.logical_or.reduceat(np.asarray(index.alignment.twin) >= 0, self._firsts)
        self._alone = ~index.columns.rows_where(self._has_twin)

    def search(self, question: Question, k: int = 10) -> list[Hit]:
        """The k best chunks, best first."""
        vector = embed_query(self._embeddings, question.normalized[:_EMBEDDED_CHARACTERS])
        similarities = self._similarities(vector)
        on_topic = float(similarities.max() - (self.index.elsewhere @ vector).max()) / self.index.manifest.similarity_spread
        similarities = self._across_languages(similarities, question)
        chunk_similarity = np.maximum.reduceat(similarities, self._firsts)
        scores = chunk_similarity / self.index.manifest.similarity_spread + _BM25_WEIGHT * self._bm25(question)
        scores = scores - _OTHER_LANGUAGE_MALUS * (self._has_twin & (self._is_english != (question.language == "en")))
        best = np.argsort(-scores, kind="stable")[:k]
        return [self._hit(int(chunk), scores, similarities, on_topic, vector) for chunk in best if np.isfinite(scores[chunk])]

    def _similarities(self, vector: NDArray[np.float32]) -> NDArray[np.float32]:
        """Similarity of every statement to a question; those beyond the nearest ones get the last of these."""
        count = self.index.vectors.ntotal
        wanted = count if is_exact(self.index.vectors) else _NEAREST_STATEMENTS
        rows, found = nearest(self.index.vectors, vector, wanted)
        similarities = np.full(count, found[-1], dtype=np.float32)
        similarities[rows] = found
        return similarities

    def _across_languages(self, similarities: NDArray[np.float32], question: Question) -> NDArray[np.float32]:
        """The similarities, those of passages that only the other language has raised by what that language is farther.

        Any statement is nearer to a question in its own language. A passage with a twin is found by that; without this, one
        that has none would come behind whatever the question's language has on anything.
        """
        own = self._english_rows == (question.language == "en")
        only_other = self._alone & ~own
        if not own.any() or not only_other.any():
            return similarities
        gap = max(0.0, float(similarities[own].mean() - similarities[~own].mean()))
        return np.where(only_other, similarities + np.float32(gap), similarities)

    def _bm25(self, question: Question) -> NDArray[np.float32]:
        """BM25 of every chunk, in standard deviations."""
        known = [term for term in question.terms if term in self.index.bm25.vocab_dict]
        if not known:
            return np.zeros(len(self.index.chunks), dtype=np.float32)
        scores = np.asarray(self.index.bm25.get_scores(known), dtype=np.float32)
        return scores / max(float(scores.std()), 1e-6)

    def _hit(
        self, chunk_id: int, scores: NDArray[np.float32], similarities: NDArray[np.float32], on_topic: float, asked: NDArray[np.float32]
    ) -> Hit:
        chunk = self.index.chunks[chunk_id]
        first = self.index.first_statement[chunk_id]
        own = similarities[first : first + len(chunk.statements)]
        return Hit(chunk, float(scores[chunk_id]), tuple(own.tolist()), on_topic, asked)
