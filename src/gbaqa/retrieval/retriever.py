"""Hybrid retrieval: E5's vectors and BM25's words, added on one scale."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from gbaqa.index.chunk import Chunk
from gbaqa.index.embeddings import Asked, ask
from gbaqa.index.store import SearchIndex
from gbaqa.index.vectors import is_exact, nearest
from gbaqa.retrieval.question import Question

# Both parts are in standard deviations: of a similarity between unrelated statements, and of BM25 over all chunks.
_BM25_WEIGHT = 0.25
# How much better a chunk in the other language must be to come first, in standard deviations of similarity.
_OTHER_LANGUAGE_MALUS = 0.6
_NEAREST_STATEMENTS = 512
# How much farther the other language is: measured by the twins of so many of the nearest statements (0.5 to 1.0 on our documents);
# where there are none, in standard deviations of similarity.
_TELLING_TWINS = 50
_FARTHER = 1.0
_SCORES_A_BLOCK = 64
_EMBEDDED_CHARACTERS = 500  # of a question; what is asked stands in fewer, and each costs time


@dataclass(frozen=True, slots=True)
class Hit:
    """A chunk that was found.

    Attributes:
        score: in standard deviations, comparable within one question.
        similarities: those of its statements, `raised` by so much where only the other language has them.
        nearest: the similarity of the nearest statement of all; the same for all hits of a search.
        on_topic: how much nearer that is than the nearest everyday topic, in standard deviations of similarity; the same as well.
        asked: the question's vectors, the same as well; None for what no search has found.
        best: place in the chunk of the statement that ranks first as evidence; None before ranking.
    """

    chunk: Chunk
    score: float
    similarities: tuple[float, ...]
    raised: float = 0.0
    nearest: float = 0.0
    on_topic: float = 1.0
    asked: Asked | None = field(default=None, repr=False, compare=False)
    best: int | None = field(default=None, compare=False)


class HybridRetriever:
    """Ranks the chunks of an index for a question.

    A chunk is as near to the question as its nearest statement; its BM25 score is that of its whole text with its
    headings. Safe to share between threads.
    """

    def __init__(self, index: SearchIndex, embeddings: Embeddings) -> None:
        self.index = index
        self.embeddings = embeddings
        self._firsts = index.first_statement
        self._is_english = index.columns.is_english
        self._is_translated = index.is_translated

    def search(self, question: Question, k: int = 10, among: Sequence[int] | None = None) -> list[Hit]:
        """The k best chunks, best first; of some chunks alone where they are given."""
        asked = ask(self.embeddings, question.in_one_language[:_EMBEDDED_CHARACTERS])
        near = self._near(asked.vector)
        spread = self.index.manifest.similarity_spread
        raised = self._raised(near, question)
        chunk_similarity = near.least + raised
        np.maximum.at(chunk_similarity, near.chunks, near.similarities + raised[near.chunks])
        nearest_of_all = float(chunk_similarity.max())
        on_topic = (nearest_of_all - float((self.index.elsewhere @ asked.vector).max())) / spread
        scores = chunk_similarity / spread + _BM25_WEIGHT * self._bm25(question)
        scores -= _OTHER_LANGUAGE_MALUS * (self._is_translated & (self._is_english != (question.language == "en")))
        if among is not None:
            outside = np.ones(len(scores), dtype=np.bool_)
            outside[among] = False
            scores[outside] = -np.inf
        best = _best(scores, k)
        near = near.of_chunks(best, len(scores))
        of_row = dict(zip(near.rows.tolist(), near.similarities.tolist(), strict=True))
        hits = []
        for chunk, first, up in zip([self.index.chunks[place] for place in best], self._firsts[best].tolist(), raised[best], strict=True):
            own = tuple(float(of_row.get(row, near.least) + up) for row in range(first, first + len(chunk.statements)))
            hits.append(Hit(chunk, float(scores[chunk.id]), own, float(up), nearest_of_all, on_topic, asked))
        return hits

    def _near(self, vector: NDArray[np.float32]) -> "_Near":
        """The statements nearest to a question: all of them where that costs no more."""
        count = self.index.vectors.ntotal
        rows, found = nearest(self.index.vectors, vector, count if is_exact(self.index.vectors) else _NEAREST_STATEMENTS)
        return _Near(rows, self.index.columns.owner[rows], found, found[-1])

    def _raised(self, near: "_Near", question: Question) -> NDArray[np.float32]:
        """What is added to the similarities of each chunk: 0, except where only the other language has what the chunk says.

        A question is nearer to statements in its own language. A passage with a twin in that language is found by its twin. One
        without a twin would come behind everything in the question's language, whatever that is about. So it is brought nearer by
        as much as the nearest statements in the question's language are nearer than their twins.
        """
        is_own = self._is_english == (question.language == "en")
        only_other = ~(self._is_translated | is_own)
        if not only_other.any():
            return np.zeros(len(only_other), dtype=np.float32)
        between = self._between_twins(near, is_own)
        farther = float(np.median(between)) if len(between) else _FARTHER * self.index.manifest.similarity_spread
        return np.where(only_other, np.float32(max(0.0, farther)), np.float32(0))

    def _between_twins(self, near: "_Near", is_own: NDArray[np.bool_]) -> NDArray[np.float32]:
        """How much nearer the nearest statements of the question's language are than their twins, those that were found."""
        similarities = np.full(self.index.vectors.ntotal, np.nan, dtype=np.float32)
        similarities[near.rows] = near.similarities
        twins = np.asarray(self.index.alignment.twin)[near.rows]
        nearer = near.similarities - np.where(twins >= 0, similarities[twins], np.float32(np.nan))
        return nearer[is_own[near.chunks] & ~np.isnan(nearer)][:_TELLING_TWINS]

    def _bm25(self, question: Question) -> NDArray[np.float32]:
        """BM25 of every chunk, in standard deviations."""
        known = [term for term in question.terms if term in self.index.bm25.vocab_dict]
        if not known:
            return np.zeros(len(self.index.chunks), dtype=np.float32)
        scores = np.asarray(self.index.bm25.get_scores(known), dtype=np.float32)
        return scores / max(float(scores.std()), 1e-6)


@dataclass(frozen=True, slots=True)
class _Near:
    """Statements near to a question, best first.

    Attributes:
        rows, chunks, similarities: one of each for every statement.
        least: the last one's similarity, which stands for those of all statements that are not among them.
    """

    rows: NDArray[np.int64]
    chunks: NDArray[np.int32]
    similarities: NDArray[np.float32]
    least: np.float32

    def of_chunks(self, chunks: list[int], count: int) -> "_Near":
        """Those of some of so many chunks."""
        wanted = np.zeros(count, dtype=np.bool_)
        wanted[chunks] = True
        those = wanted[self.chunks]
        return _Near(self.rows[those], self.chunks[those], self.similarities[those], self.least)


def _best(scores: NDArray[np.float32], k: int) -> list[int]:
    """The places of the k highest scores, best first, of equal ones the first; without sorting all of them.

    The highest of each block is looked at first: k of these are at least as high as the k-th of them.
    """
    highest = np.maximum.reduceat(scores, np.arange(0, len(scores), _SCORES_A_BLOCK))
    least = np.partition(highest, -k)[-k] if k < len(highest) else -np.inf
    among = np.flatnonzero((scores >= least) & np.isfinite(scores))
    best: list[int] = among[np.argsort(-scores[among], kind="stable")[:k]].tolist()
    return best
