"""Learn the weights of the evidence ranker from gold questions.

usage: python evals/train_ranker.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …]
    [--pairs PAIRS CORPUS INDEX EMBEDDINGS …] [--write]

A statement is right for a question if it stands on a gold page and states a required fact (for a question after a
source: if it carries a gold note), for one of the pairs (train_embeddings.py; EMBEDDINGS must not be tuned on them) if it has
an excerpt. The weights maximise the probability that a softmax over the candidates' scores gives to the right ones (listwise,
as in ListNet, Cao et al. 2007). Half of the questions, by turns, are held out to print how well the weights carry over: those
whose facts stand on other pages, or the same question in other words would be learned from. Some share a further page with a
question of the other half. Pairs are learned from and not tested on.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from material import Pair, parser_of, read_material, share_stated, stated_pairs
from network import learn_scorer, write_scorer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.retrieval import scoring
from gbaqa.retrieval.evidence import Evidence, EvidenceRanker
from gbaqa.retrieval.features import FEATURES
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.scoring import Scorer

CANDIDATE_HITS = 40
PASSES, NETWORKS = 16, 3
# Features that say nearly the same share a weight between them at will, one too much and another below zero; on another document
# words that a statement has would then speak against it. These say what others say too, and are left out.
LEFT_OUT = ("coverage", "rare_coverage", "name_coverage")


@dataclass
class Example:
    """A question with its candidates.

    Attributes:
        features: (n, features).
        right: how much of what is asked each states (n), from 0 to 1.
        on_page: whether each stands on a page that answers (n).
        half: 0 or 1; questions whose first page is on one spread are together.
        is_gold: whether it is tested on.
    """

    features: NDArray[np.float64]
    right: NDArray[np.float64]
    on_page: NDArray[np.bool_]
    half: int
    is_gold: bool


def main() -> None:
    """Read, learn, report, write."""
    parser = parser_of(__doc__)
    parser.add_argument("--pairs", nargs=4, action="append", default=[], metavar=("PAIRS", "CORPUS", "INDEX", "EMBEDDINGS"))
    options = parser.parse_args()
    console = Console()
    asked = [(material.assistant, gold) for material in read_material(options) for _, gold in material.questions if gold.answerable]
    read = [gold_example(assistant, gold) for assistant, gold in track(asked, "Reading")]
    for pairs, corpus, index, embeddings in options.pairs:
        assistant = Assistant.open(using=Settings(corpus=Path(corpus), index=Path(index), embeddings=embeddings))
        stated = [pair for pair in stated_pairs(Path(pairs), assistant) if pair.rows]
        read += [pair_example(assistant, pair) for pair in track(stated, f"Reading {pairs}")]
    examples = [example for example in read if example is not None]
    console.print(f"{len(examples)} of {len(read)} questions have a right statement among the candidates")
    for half in (0, 1):
        scorer = learn([example for example in examples if example.half != half])
        held_out = [example for example in examples if example.half == half and example.is_gold]
        console.print(f"held out: first right {first_right(scorer, held_out):.3f}, page right {page_right(scorer, held_out):.3f}")
    scorer = learn(examples)
    gold = [example for example in examples if example.is_gold]
    console.print(f"all: first right {first_right(scorer, gold):.3f}, page right {page_right(scorer, gold):.3f}")
    console.print(dict(zip(FEATURES, scorer.linear.round(2).tolist(), strict=True)))
    if options.write:
        write_scorer(scorer, FEATURES, Path(scoring.__file__).with_name("ranker.json"))


def gold_example(assistant: Assistant, gold: GoldTurn) -> Example | None:
    """A gold question; None where none of its candidates is right."""
    return make_example(assistant, gold.question, frozenset(gold.pages), lambda found: share_stated(gold, found.statement), is_gold=True)


def pair_example(assistant: Assistant, pair: Pair) -> Example | None:
    """A question of the pairs; None where none of its candidates is right."""
    pages = frozenset(assistant.index.statements[row][1].page for row in pair.rows)
    return make_example(assistant, pair.question, pages, lambda found: float(found.row in pair.rows), is_gold=False)


def make_example(
    assistant: Assistant, asked: str, pages: frozenset[str], share: Callable[[Evidence], float], *, is_gold: bool
) -> Example | None:
    """The candidates of a question with their labels."""
    question = analyse(asked)
    ranker = EvidenceRanker(assistant.index, Scorer.linear_only(np.zeros(len(FEATURES))))
    found = ranker.rank(question, assistant.retriever.search(question, CANDIDATE_HITS))
    right = np.array([share(candidate) for candidate in found])
    own_language = np.array([candidate.chunk.language == question.language for candidate in found])
    if (right * own_language).any():  # a right statement in the other language is second best
        right = right * own_language
    if not right.any():
        return None
    on_page = np.array([candidate.statement.page in pages for candidate in found])
    return Example(np.array([candidate.features for candidate in found]), right, on_page, half_of(pages), is_gold)


def half_of(pages: frozenset[str]) -> int:
    """Which half a question is in that these pages answer."""
    page = min(pages, key=lambda label: (len(label), label))
    return (int(page) if page.isdecimal() else zlib.crc32(page.encode())) // 2 % 2


def learn(examples: list[Example]) -> Scorer:
    """The weights that make right candidates the most probable."""

    def error(question: int, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        probability = np.exp(scores - scores.max())
        probability /= probability.sum()
        target = probability * examples[question].right
        return probability - target / (target.sum() + 1e-30)

    return learn_scorer([example.features for example in examples], error, PASSES, NETWORKS, [FEATURES.index(name) for name in LEFT_OUT])


def first_right(scorer: Scorer, examples: list[Example]) -> float:
    """Share of questions whose first candidate states a required fact."""
    return float(np.mean([example.right[first(scorer, example)] > 0 for example in examples]))


def page_right(scorer: Scorer, examples: list[Example]) -> float:
    """Share of questions whose first candidate stands on a page that answers."""
    return float(np.mean([example.on_page[first(scorer, example)] for example in examples]))


def first(scorer: Scorer, example: Example) -> int:
    """The candidate that ranks first."""
    return int(np.argmax([scorer(features) for features in example.features]))


if __name__ == "__main__":
    main()
