"""The FAISS index of statements' vectors: exact while that is fast, inverted lists beyond, read where they lie on disk.

Exact search reads every vector; with 50,000 of them that takes as long as embedding the question. Beyond, vectors are filed
in lists by their nearest centroid and only the nearest lists are read. The vectors themselves stay whole, so that an update
reuses them as they are. benchmarks/vectors.py compares the kinds that FAISS has; docs/scaling.md has its figures.
"""

from pathlib import Path
from typing import Any, Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from gbaqa.index.embeddings import Vectors

EXACT_UP_TO = 50_000  # vectors
_SAMPLED_PER_LIST = 40  # vectors that a list's centroid is learned from; FAISS asks for 39 at least
_ROUNDS = 10  # of k-means; more only take time
_LISTS_READ = 12  # one in so many,
_VECTORS_READ = 100_000  # but not more vectors than these: reading them takes two thirds of the time that embedding a question does


class VectorIndex(Protocol):
    """What is used of FAISS's interface; gbaqa.index.milvus has it too.

    Attributes:
        d: dimension of the vectors.
        ntotal: how many there are.
    """

    d: int
    ntotal: int

    def search(self, queries: Any, count: int, /) -> tuple[Any, Any]:
        """Similarities and rows of the nearest vectors: (queries, count) each, row -1 where there are no more."""

    def reconstruct(self, row: int, /) -> Any:
        """The vector of a row."""

    def reconstruct_n(self, first: int, count: int, /) -> Any:
        """The vectors of rows that follow each other: (count, dimension)."""


def make_vector_index(vectors: Vectors, exact_up_to: int = EXACT_UP_TO) -> faiss.Index:
    """An index of unit vectors by their inner product."""
    count, dimension = vectors.shape
    if count <= exact_up_to:
        exact = faiss.IndexFlatIP(dimension)
        exact.add(vectors)
        return exact
    lists = max(1, min(int(4 * count**0.5), count // _SAMPLED_PER_LIST))
    index = faiss.IndexIVFFlat(faiss.IndexFlatIP(dimension), dimension, lists, faiss.METRIC_INNER_PRODUCT)
    index.cp.niter = _ROUNDS
    index.train(vectors[:: max(1, count // (_SAMPLED_PER_LIST * lists))])
    index.nprobe = max(16, min(lists // _LISTS_READ, lists * _VECTORS_READ // count))
    index.add(vectors)
    return index


def read_vector_index(path: Path) -> faiss.Index:
    """Read an index; lists stay on disk and only what is searched comes into memory. Raises RuntimeError as FAISS does."""
    index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP)
    if isinstance(index, faiss.IndexIVF):
        index.make_direct_map()  # where each row's vector lies, or none could be asked for
    return index


def is_exact(index: VectorIndex) -> bool:
    """Whether a search reads every vector, so that asking for all of them costs no more."""
    return isinstance(index, faiss.IndexFlat)


def all_vectors(index: faiss.Index) -> Vectors:
    """The vectors in the order they were added: (n, dimension)."""
    vectors: Vectors = index.reconstruct_n(0, index.ntotal)
    return vectors


def nearest(index: VectorIndex, vector: Vectors, count: int) -> tuple[NDArray[np.int64], Vectors]:
    """The rows of the nearest vectors and their similarities, best first; fewer where the lists that are read hold fewer."""
    similarities, rows = index.search(vector[None, :], count)
    found = rows[0] >= 0
    return rows[0][found], similarities[0][found]
