"""How long a question takes, by stage.

usage: python benchmarks/question.py [GOLD.jsonl …] [--corpus CORPUS] [--index INDEX] [--starts N]

Every other question of the gold files (evals/gold/places.jsonl by default) is asked to warm the process up, the others are
timed, so each of them is new to a process that has answered others. The stages:

- analysing: the question in its conversation (gbaqa.retrieval.conversation)
- embedding: its vector; this is the floor, since no answer comes without it
- retrieval: the nearest chunks, without the embedding (gbaqa.retrieval.retriever)
- ranking: their statements (gbaqa.retrieval.ranker)
- answering: everything after that, citations with their twins included (gbaqa.answering)

A plain LangChain pipeline (peer.py) is asked the same questions in the same process: it embeds the question and finds the ten
nearest of as many passages as the index has, and answers nothing.

A cold question is `gbaqa ask` as a process of its own; its floor is a process that only loads the model and embeds. The
index has to be there (`gbaqa index`). Other work on the machine shows in all rows, so compare with the floor of the same run.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from machine import machine
from peer import PlainStore
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa import assistant as assistant_module
from gbaqa.assistant import Assistant
from gbaqa.config import Settings, settings
from gbaqa.evaluation.gold import read_gold
from gbaqa.index.embeddings import open_embeddings
from gbaqa.index.vectors import all_vectors
from gbaqa.retrieval import retriever as retriever_module

STAGES = ("analysing", "embedding", "retrieval", "ranking", "answering")
PEER = "plain LangChain: embed and find"
EMBED_ALONE = "import sys; from gbaqa.index.embeddings import open_embeddings; open_embeddings(sys.argv[1]).embed_query(sys.argv[2])"

Milliseconds = dict[str, list[float]]


class Stopwatch:
    """Times calls of methods and functions by replacing them where they are kept."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {}

    def watch(self, owner: Any, name: str, stage: str) -> None:
        """Add the milliseconds of every call of `owner.name` to a stage."""
        call: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                self.spent[stage] = self.spent.get(stage, 0.0) + (time.perf_counter() - started) * 1000

        setattr(owner, name, timed)


def main() -> None:
    """Ask, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[Path(__file__).parents[1] / "evals" / "gold" / "places.jsonl"])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--starts", type=int, default=5, help="how many cold starts are timed (default 5; 0 for none)")
    options = parser.parse_args()
    given = {name: value for name in ("corpus", "index") if (value := getattr(options, name)) is not None}
    chosen = settings().model_copy(update=given)
    questions = [item.turns[0].question for path in options.gold for item in read_gold(path)]
    console = Console(width=120)
    console.print(warm_table(warm(chosen, questions)))
    if options.starts:
        console.print(cold_table(*cold(chosen, questions[: options.starts])))


def warm(chosen: Settings, questions: list[str]) -> Milliseconds:
    """The milliseconds of each stage and of the whole, for every other question."""
    assistant = Assistant.open(using=chosen)
    for question in track(questions[::2], "Warming up", transient=True):
        assistant.ask(question)
    index = assistant.index
    peer = PlainStore(open_embeddings(chosen.embeddings, chosen.device))
    peer.add_vectors([chunk.text for chunk in index.chunks], all_vectors(index.vectors)[index.first_statement])
    peer.similarity_search(questions[0])
    watch = Stopwatch()
    watch.watch(assistant_module, "in_context", "analysing")
    watch.watch(retriever_module, "ask", "embedding")
    watch.watch(assistant.retriever, "search", "searching")
    watch.watch(assistant._ranker, "rank", "ranking")
    watch.watch(assistant, "ask", "in all")
    taken: Milliseconds = {stage: [] for stage in (*STAGES, "in all", "all but embedding", PEER)}
    for question in track(questions[1::2], "Asking", transient=True):
        watch.spent = dict.fromkeys(("analysing", "embedding", "searching", "ranking"), 0.0)
        assistant.ask(question)
        spent = dict(watch.spent)  # as it is now: the peer's embedding is not gbaqa's
        started = time.perf_counter()
        peer.similarity_search(question, 10)
        spent[PEER] = (time.perf_counter() - started) * 1000
        spent["retrieval"] = spent["searching"] - spent["embedding"]
        spent["answering"] = spent["in all"] - spent["analysing"] - spent["searching"] - spent["ranking"]
        spent["all but embedding"] = spent["in all"] - spent["embedding"]
        for stage, values in taken.items():
            values.append(spent[stage])
    return taken


def cold(chosen: Settings, questions: list[str]) -> tuple[list[float], list[float]]:
    """The milliseconds of `gbaqa ask` from start to end, and of a process that only embeds the question."""
    gbaqa = str(Path(sys.executable).with_name("gbaqa"))
    where = ["--corpus", str(chosen.corpus), "--index", str(chosen.index)]
    asking, embedding = [], []
    for question in track(questions, "Starting", transient=True):
        asking.append(run([gbaqa, "ask", question, *where]))
        embedding.append(run([sys.executable, "-c", EMBED_ALONE, chosen.embeddings, question]))
    return asking, embedding


def run(command: list[str]) -> float:
    """The milliseconds that a command takes."""
    started = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return (time.perf_counter() - started) * 1000


def warm_table(taken: Milliseconds) -> Table:
    """A stage a row: median, 95th percentile, and the median against that of the floor."""
    table = Table("stage", title=f"A warm question, ms ({len(taken['in all'])} questions); {machine()}")
    for column in ("p50", "p95", "× floor"):
        table.add_column(column, justify="right")
    floor = float(np.median(taken["embedding"]))
    for stage, values in taken.items():
        name = f"{stage} (floor)" if stage == "embedding" else stage
        table.add_row(name, *figures(values, floor), end_section=stage == STAGES[-1])
    return table


def cold_table(asking: list[float], embedding: list[float]) -> Table:
    """The same for whole processes."""
    table = Table("process", title=f"A cold question, ms ({len(asking)} starts); {machine()}")
    for column in ("p50", "p95", "× floor"):
        table.add_column(column, justify="right")
    floor = float(np.median(embedding))
    table.add_row("load the model and embed (floor)", *figures(embedding, floor))
    table.add_row("gbaqa ask", *figures(asking, floor))
    return table


def figures(values: list[float], floor: float) -> tuple[str, str, str]:
    """Median, 95th percentile and how often the floor fits into the median, as text."""
    middle = float(np.median(values))
    return f"{middle:.1f}", f"{float(np.percentile(values, 95)):.1f}", f"{middle / floor:.2f}"


if __name__ == "__main__":
    main()
