"""Which FAISS index serves how many statements: time, memory and recall against exact search.

usage: python benchmarks/vectors.py [--index INDEX] [--sizes 50000,200000] [--kinds Flat,HNSW32,…]

The vectors are those of an index, and noised copies of them beyond: a copy keeps to the directions that real statements
take, and stands some 0.9 (cosine) from its original. Queries are noised statements too. Recall is the share of the exact
search's nearest that are found, of 10 and of the 512 that the retriever asks for. One thread for all, as the server searches
(several spin on barriers as soon as the machine does anything else).
"""

import argparse
import tempfile
import time
from pathlib import Path

import faiss
import numpy as np
from machine import machine
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.config import settings
from gbaqa.index.generations import current_generation

QUERIES, NEAREST = 50, 512
NOISE = 0.45  # of a unit vector
BLOCK = 50_000  # vectors that are made at a time


def main() -> None:
    """Build, search, compare, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--index", type=Path, default=settings().index)
    parser.add_argument("--sizes", default="50000,200000")
    parser.add_argument("--kinds", default="Flat,HNSW32,IVF,IVF-SQ8,IVF-PQ")
    options = parser.parse_args()
    base = faiss.read_index(str(current_generation(options.index) / "vectors.faiss"))
    base = base.reconstruct_n(0, base.ntotal)
    console = Console(width=120)
    for size in map(int, options.sizes.split(",")):
        vectors, queries = grown(base, size, 1), grown(base, QUERIES, 2)
        faiss.omp_set_num_threads(1)
        exact = faiss.IndexFlatIP(base.shape[1])
        exact.add(vectors)
        truth = exact.search(queries, NEAREST)[1]
        table = Table("kind", title=f"{size:,} statements; {machine()}", title_justify="left")
        for column in ("build s", "MB", "p50 ms", "p95 ms", "recall@10", f"recall@{NEAREST}"):
            table.add_column(column, justify="right")
        coarse = Coarse(vectors) if "IVF" in options.kinds else None
        for kind in track(options.kinds.split(","), transient=True):
            table.add_row(kind, *measured(kind, vectors, queries, truth, coarse))
        console.print(table)


def grown(base: np.ndarray, size: int, seed: int) -> np.ndarray:
    """So many unit vectors: those of the base, then noised copies of them."""
    vectors = np.empty((size, base.shape[1]), dtype=np.float32)
    grow_into(vectors, base, seed)
    return vectors


def grow_into(vectors: np.ndarray, base: np.ndarray, seed: int) -> None:
    """Fill an array, which may lie on disk, with what `grown` gives."""
    chance = np.random.default_rng(seed)
    size = len(vectors)
    rows = chance.integers(0, len(base), size) if size < len(base) or seed != 1 else np.arange(size) % len(base)
    for start in range(0, size, BLOCK):
        block = rows[start : start + BLOCK]
        noise = chance.standard_normal((len(block), base.shape[1]), dtype=np.float32) * np.float32(NOISE / np.sqrt(base.shape[1]))
        noise[block == np.arange(start, start + len(block))] = 0
        noise += base[block]
        vectors[start : start + BLOCK] = noise / np.linalg.norm(noise, axis=1, keepdims=True)


class Coarse:
    """Centroids of lists, and each vector's nearest one: what all kinds of lists share, made once."""

    def __init__(self, vectors: np.ndarray) -> None:
        started = time.perf_counter()
        size, dimension = vectors.shape
        self.lists = int(4 * np.sqrt(size))
        self.sample = vectors[:: max(1, size // (40 * self.lists))]
        self.quantizer = faiss.IndexFlatIP(dimension)
        learned = faiss.IndexIVFFlat(self.quantizer, dimension, self.lists, faiss.METRIC_INNER_PRODUCT)
        learned.cp.niter = 10
        learned.train(self.sample)
        self.nearest = np.ascontiguousarray(self.quantizer.search(vectors, 1)[1][:, 0])
        self.seconds = time.perf_counter() - started


def made(kind: str, vectors: np.ndarray, coarse: Coarse | None) -> faiss.Index:
    """An index of a kind over the vectors; kinds of lists share what is coarse about them."""
    dimension = vectors.shape[1]
    if coarse is None or not kind.startswith("IVF"):
        index = faiss.index_factory(dimension, kind, faiss.METRIC_INNER_PRODUCT)
        index.add(vectors)
        if hasattr(index, "hnsw"):
            index.hnsw.efSearch = NEAREST
        return index
    lists = (coarse.quantizer, dimension, coarse.lists)
    if kind == "IVF-SQ8":
        index = faiss.IndexIVFScalarQuantizer(*lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT)
    elif kind == "IVF-PQ":
        index = faiss.IndexIVFPQ(*lists, dimension // 8, 8, faiss.METRIC_INNER_PRODUCT)
    else:
        index = faiss.IndexIVFFlat(*lists, faiss.METRIC_INNER_PRODUCT)
    index.train(coarse.sample)
    rows = np.arange(len(vectors))
    index.add_core(len(vectors), *(faiss.swig_ptr(array) for array in (vectors, rows, coarse.nearest)))
    index.nprobe = max(16, coarse.lists // 12)
    return index


def measured(kind: str, vectors: np.ndarray, queries: np.ndarray, truth: np.ndarray, coarse: Coarse | None) -> list[str]:
    """Build seconds, megabytes on disk, times of a search, recalls."""
    started = time.perf_counter()
    index = made(kind, vectors, coarse)
    built = time.perf_counter() - started + (coarse.seconds if coarse and kind.startswith("IVF") else 0)
    with tempfile.NamedTemporaryFile() as file:
        faiss.write_index(index, file.name)
        size = Path(file.name).stat().st_size / 2**20
        if isinstance(index, faiss.IndexIVF):  # read where it lies, as a server does
            index = faiss.read_index(file.name, faiss.IO_FLAG_MMAP)
    milliseconds, found = [], []
    for query in queries:
        started = time.perf_counter()
        found.append(index.search(query[None], NEAREST)[1][0])
        milliseconds.append((time.perf_counter() - started) * 1000)
    ten, all_of = (np.mean([len(set(f[:k]) & set(t[:k])) / k for f, t in zip(found, truth, strict=True)]) for k in (10, NEAREST))
    p50, p95 = np.percentile(milliseconds, [50, 95])
    return [f"{built:.1f}", f"{size:.0f}", f"{p50:.2f}", f"{p95:.2f}", f"{ten:.3f}", f"{all_of:.3f}"]


if __name__ == "__main__":
    main()
