"""What the trainers learn from: gold questions with the indexes that answer them."""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.evaluation.gold import GoldTurn, read_gold
from gbaqa.evaluation.measures import states
from gbaqa.index.chunk import Statement


@dataclass(frozen=True)
class Material:
    """The questions about a document.

    Attributes:
        questions: with their numbers; the same question to two versions of a document has one number, so that one fold has both.
    """

    assistant: Assistant
    questions: Sequence[tuple[int, GoldTurn]]


def parser_of(doc: str | None) -> argparse.ArgumentParser:
    """The arguments that all trainers take."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--corpus", nargs="+", type=Path, required=True)
    parser.add_argument("--index", nargs="+", type=Path, required=True, help="one for each corpus; all are learned from")
    parser.add_argument(
        "--also",
        nargs=4,
        action="append",
        default=[],
        metavar=("GOLD", "CORPUS", "INDEX", "EMBEDDINGS"),
        help="another document; EMBEDDINGS is the setting that INDEX was made with",
    )
    parser.add_argument("--write", action="store_true", help="replace the weights in the package")
    return parser


def pairs_in(path: Path) -> list[dict[str, Any]]:
    """The lines of a file of pairs."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def read_pairs(path: Path, corpus: Path, index: Path, embeddings: str) -> Material:
    """A file of pairs (see train_embeddings.py) as questions of which no more is known than whether the document answers them."""
    turns = [GoldTurn(question=pair["question"], type="explain" if pair["excerpts"] else "unanswerable") for pair in pairs_in(path)]
    return Material(Assistant.open(using=Settings(corpus=corpus, index=index, embeddings=embeddings)), list(enumerate(turns)))


def read_material(options: argparse.Namespace) -> Iterator[Material]:
    """The documents that the arguments name, one after the other."""
    questions = list(enumerate(turn for path in options.gold for turn in single_turns(path)))
    for corpus, index in zip(options.corpus, options.index, strict=True):
        yield Material(Assistant.open(using=Settings(corpus=corpus, index=index)), questions)
    first = len(questions)
    for gold, corpus, index, embeddings in options.also:
        also = list(enumerate(single_turns(Path(gold)), first))
        first += len(also)
        yield Material(Assistant.open(using=Settings(corpus=Path(corpus), index=Path(index), embeddings=embeddings)), also)


def single_turns(path: Path) -> list[GoldTurn]:
    """The gold questions of a file that stand alone."""
    return [item.turns[0] for item in read_gold(path) if len(item.turns) == 1]


def share_stated(gold: GoldTurn, statement: Statement) -> float:
    """Share of the required facts that a statement on a gold page states; a source's note counts as all of them."""
    if statement.page not in gold.pages:
        return 0.0
    if gold.type == "source" and set(gold.footnotes) & set(statement.notes):
        return 1.0
    return sum(states(statement.text, fact) for fact in gold.facts) / max(len(gold.facts), 1)
