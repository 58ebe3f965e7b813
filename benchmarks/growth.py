"""A warm question as the corpus grows, in a process of its own for each size.

usage: python benchmarks/growth.py [--index INDEX] [--chunks 1000,10000,100000] [--questions 40] [--plot FILE.svg] [GOLD.jsonl …]

The index is multiplied and written, and opened as any index is. Each copy is a document of its own whose figures and dates are
others (digits exchanged, a different exchange for each copy), under a heading with the copy's own name; its words are those of the
original. Vectors of copies are noised, not embedded: some 0.9 (cosine) from the original's. So ranking meets many near twins, which
is harder than a corpus of as many different reports; nothing is said of the quality of answers. Documents are not parsed and twins
not aligned anew.

Each question is asked of gbaqa and of a plain LangChain pipeline (peer.py) over as many chunks, a vector each, in the same
process. Recall is the share of the exact search's nearest statements that the index finds, among 10 and among the 512 that
the retriever asks for. Memory is that of the process before the pipeline of comparison is made; "files" is the part of it
that is read where it lies on disk, which the system takes back where it needs memory. A second table tells what holds the
rest: whatever answering keeps beside the index's own parts is "answering".
"""

import argparse
import os
import random
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

import bm25s
import faiss
import numpy as np
from held import held_mb
from machine import machine, resident_mb
from peer import PlainStore
from plot import write_plot
from rich.console import Console
from rich.table import Table
from vectors import grow_into

from gbaqa.assistant import Assistant
from gbaqa.config import settings
from gbaqa.corpus.document import Document
from gbaqa.evaluation.gold import read_gold
from gbaqa.index.alignment import Alignment
from gbaqa.index.chunk import Chunk
from gbaqa.index.embeddings import embed_query, open_embeddings
from gbaqa.index.generations import new_generation
from gbaqa.index.reuse import VECTORS
from gbaqa.index.sequences import OnDemand
from gbaqa.index.store import SearchIndex, open_index, write_rest
from gbaqa.index.terms import Terms
from gbaqa.index.token_vectors import TOKENS_UP_TO, TokenVectors
from gbaqa.index.vectors import all_vectors, make_vector_index, nearest
from gbaqa.language.meanings import with_concepts
from gbaqa.retrieval.retriever import HybridRetriever

T = TypeVar("T")
COLUMNS = {
    "statements": "{statements:,.0f}",
    "p50 ms": "{p50:.0f}",
    "p95 ms": "{p95:.0f}",
    "p95 × first": "{times:.2f}",
    "embedding p50 (floor)": "{embedding:.1f}",
    "p50 × floor": "{floors:.2f}",
    "FAISS p50": "{faiss:.2f}",
    "LangChain p50": "{peer:.0f}",
    "LangChain p95": "{peer95:.0f}",
    "recall@10": "{recall10:.3f}",
    "recall@512": "{recall512:.3f}",
    "MB": "{mb:.0f}",
    "files": "{files:.0f}",
    "load": "{load:.1f}",
}
LINES = {
    "p95": "answer, p95",
    "p50": "answer, p50",
    "embedding": "embedding (floor)",
    "peer": "plain LangChain, p50",
    "faiss": "vector search, p50",
}


def main() -> None:
    """A process for each size, then a table and a plot."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[Path(__file__).parents[1] / "evals" / "gold" / "places.jsonl"])
    parser.add_argument("--index", type=Path, default=settings().index)
    parser.add_argument("--chunks", default="1000,10000,100000")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--plot", type=Path, help="also draw the times over the sizes into this SVG file")
    options = parser.parse_args()
    questions = asked(options.gold, options.questions)
    table = Table("chunks", title=machine(), title_justify="left")
    for column in COLUMNS:
        table.add_column(column, justify="right")
    rows: list[dict[str, float]] = []
    for chunks in options.chunks.split(","):
        with tempfile.TemporaryDirectory(prefix="gbaqa-growth-") as folder:
            apart(write_multiplied, options.index, int(chunks), Path(folder))
            got = apart(measured, Path(folder), questions)
        rows.append(got)
        ratios = {"times": got["p95"] / rows[0]["p95"], "floors": got["p50"] / got["embedding"]}
        table.add_row(f"{got['chunks']:,}", *(shown.format(**got, **ratios) for shown in COLUMNS.values()))
    Console(width=190).print(table)
    parts = [name for name in rows[0] if name.endswith(" MB")]
    held = Table("chunks", *parts, title="What holds it", title_justify="left")
    for row in rows:
        held.add_row(f"{row['chunks']:,}", *(f"{row[part]:,.0f}" for part in parts))
    Console(width=190).print(held)
    if options.plot:
        lines = {name: [row[key] for row in rows] for key, name in LINES.items()}
        write_plot(options.plot, "A warm question as the corpus grows", machine(), [int(row["chunks"]) for row in rows], lines, "ms")


def apart(task: Callable[..., Any], *arguments: Any) -> Any:
    """What a task gives, in a process of its own, whose memory is the task's alone."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(task, *arguments).result()


def asked(gold: list[Path], count: int) -> list[str]:
    """So many questions, spread over the gold files."""
    questions = [item.turns[0].question for path in gold for item in read_gold(path)]
    return questions[:: max(1, len(questions) // (2 * count))][: 2 * count]


def measured(folder: Path, questions: list[str]) -> dict[str, float]:
    """Times in milliseconds over every other question, the rest having warmed up; recall, memory, load."""
    faiss.omp_set_num_threads(1)  # as the server searches; several spin as soon as the machine does anything else
    index = open_index(settings().model_copy(update={"index": folder}))
    embeddings = open_embeddings("tuned-e5")
    assistant = Assistant(index, HybridRetriever(index, embeddings))
    for question in questions[::2]:
        assistant.ask(question)
    vectors = [embed_query(embeddings, question) for question in questions[1::2]]
    memory, files = resident_mb(), resident_mb("self", "RssFile")
    own = {"documents": index.documents, "chunks": index.chunks, "rows": (index.statements, index.columns, index.alignment)}
    parts = held_mb({**own, "terms": index.terms, "bm25": index.bm25, "model": embeddings, "answering": assistant})
    every = all_vectors(index.vectors)
    peer = PlainStore(embeddings)
    peer.add_vectors([chunk.text for chunk in index.chunks], every[index.first_statement])
    peer.similarity_search(questions[0])
    recalls = [recall(index.vectors, every, vector, (10, 512)) for vector in vectors]
    spent: dict[str, list[float]] = {"whole": [], "embedding": [], "faiss": [], "peer": []}
    for question, vector in zip(questions[1::2], vectors, strict=True):
        times = [time.perf_counter()]
        assistant.ask(question)
        times.append(time.perf_counter())
        embed_query(embeddings, question)
        times.append(time.perf_counter())
        nearest(index.vectors, vector, 512)
        times.append(time.perf_counter())
        peer.similarity_search(question, 10)
        times.append(time.perf_counter())
        for taken, stage in zip(np.diff(times) * 1000, spent.values(), strict=True):
            stage.append(float(taken))
    middle = {name: float(np.median(values)) for name, values in spent.items()}
    ends = {"p95": float(np.percentile(spent["whole"], 95)), "peer95": float(np.percentile(spent["peer"], 95))}
    sizes = {"chunks": len(index.chunks), "statements": len(index.statements), "mb": memory, "files": files, "load": os.getloadavg()[0]}
    found = dict(zip(("recall10", "recall512"), map(float, np.mean(recalls, axis=0)), strict=True))
    return {**sizes, **middle, **ends, **found, "p50": middle["whole"], **{f"{name} MB": size for name, size in parts.items()}}


def recall(index: faiss.Index, every: np.ndarray, vector: np.ndarray, counts: tuple[int, ...]) -> list[float]:
    """The share of the nearest of all vectors that the index finds, for each count."""
    truth = np.argsort(-(every @ vector), kind="stable")
    found = nearest(index, vector, max(counts))[0]
    return [len(set(found[:count].tolist()) & set(truth[:count].tolist())) / min(count, len(truth)) for count in counts]


class Multiplied:
    """An index so many times over, its documents and chunks made when they are looked at: a million would not fit in memory."""

    def __init__(self, base: SearchIndex, copies: int) -> None:
        self.base, self.copies = base, copies
        self._documents, self._chunks = list(base.documents.values()), list(base.chunks)
        self.documents: Sequence[Document] = Made(copies * len(self._documents), lru_cache(2)(self._document))
        self.chunks: Sequence[Chunk] = Made(copies * len(self._chunks), self._chunk)

    @staticmethod
    def figures(copy: int) -> dict[int, int]:
        """The digits of a copy in place of the original's; the first copy is the original."""
        return str.maketrans("23456789", "".join(random.Random(copy).sample("23456789", 8))) if copy else {}

    def words(self) -> Iterator[list[str]]:
        """What BM25 knows of each chunk; a word that comes again is the same string."""
        known: dict[str, str] = {}
        words = [with_concepts(chunk.embedded_text) or ["\u2205"] for chunk in self._chunks]
        for copy in range(self.copies):
            figures = self.figures(copy)
            for own in words:
                yield [known.setdefault(word, word) for word in (*(one.translate(figures) for one in own), "report", str(copy))]

    def terms(self) -> Iterator[list[str]]:
        """The search terms of each row."""
        terms = [self.base.terms[row] for row in range(len(self.base.statements))]
        return ([term.translate(figures) for term in own] for figures in map(self.figures, range(self.copies)) for own in terms)

    def alignment(self) -> Alignment:
        """The twins of each copy."""
        twin, rows = self.base.alignment.twin, len(self.base.statements)
        twins = [np.where(twin >= 0, twin + copy * rows, -1).astype(np.int32) for copy in range(self.copies)]
        return Alignment(np.concatenate(twins), np.tile(self.base.alignment.score, self.copies))

    def _document(self, at: int) -> Document:
        copy, own = divmod(at, len(self._documents))
        document, figures = self._documents[own], self.figures(copy)
        blocks = [replace(block, text=block.text.translate(figures)) for block in document.blocks]
        return replace(document, id=f"{document.id}-{copy}", blocks=blocks)

    def _chunk(self, at: int) -> Chunk:
        copy, own = divmod(at, len(self._chunks))
        chunk, figures = self._chunks[own], self.figures(copy)
        statements = tuple(replace(one, text=one.text.translate(figures)) for one in chunk.statements)
        section = (f"Report {copy}", *chunk.section)
        return replace(chunk, id=at, document=f"{chunk.document}-{copy}", section=section, statements=statements)


class Made(OnDemand[T]):
    """A sequence whose items a function makes of their places."""

    def __init__(self, count: int, made: Callable[[int], T]) -> None:
        self._count, self._made_of = count, made

    def __len__(self) -> int:
        return self._count

    def _made(self, at: int) -> T:
        return self._made_of(at)


def write_multiplied(original: Path, count: int, folder: Path) -> None:
    """Write an index of about so many chunks into a folder: whole copies of the original's."""
    base = open_index(settings().model_copy(update={"index": original}))
    made = Multiplied(base, max(1, round(count / len(base.chunks))))
    rows = made.copies * len(base.statements)
    bm25 = bm25s.BM25(k1=1.2, b=0.6)
    bm25.index(list(made.words()), show_progress=False)
    manifest = base.manifest.model_copy(update={"chunks": len(made.chunks), "statements": rows})
    with new_generation(folder) as generation, tempfile.TemporaryDirectory(dir=folder) as beside:
        vectors = np.lib.format.open_memmap(Path(beside) / "all.npy", "w+", np.float32, (rows, manifest.dimension))
        grow_into(vectors, all_vectors(base.vectors), 1)
        faiss.write_index(make_vector_index(vectors), str(generation / VECTORS))
        if base.tokens is not None and rows <= TOKENS_UP_TO:
            TokenVectors.of(tokens for _ in range(made.copies) for tokens in base.tokens).write(generation)
        write_rest(generation, manifest, made.documents, made.chunks, Terms.of(made.terms()), made.alignment(), base.elsewhere, bm25)


if __name__ == "__main__":
    main()
