"""Learn the weights of the evidence ranker from gold questions.

usage: python evals/train_ranker.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …] [--write]

A statement is right for a question if it stands on a gold page and states a required fact (for a question after a
source: if it carries a gold note). The weights maximise the probability that a softmax over the candidates' scores
gives to the right ones (listwise, as in ListNet, Cao et al. 2007). Half of the questions, by turns,
are held out to print how well the weights carry over: those whose facts stand on other pages, or the same question in other
words would be learned from. Some share a further page with a question of the other half.
"""

import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from material import parser_of, read_material, share_stated
from network import learn_scorer, write_scorer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from gbaqa.assistant import Assistant
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.retrieval import scoring
from gbaqa.retrieval.features import FEATURES
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.scoring import Scorer

CANDIDATE_HITS = 40
PASSES, NETWORKS = 16, 3
# Features that say nearly the same share a weight between them at will, one too much and another below zero; on another document
# words that a statement has would then speak against it. These say what others say too, and are left out.
LEFT_OUT = ("coverage", "rare_coverage", "name_coverage")


@dataclass
class Example:
    """A question: its candidates' features (n, features), which are right and how many facts each states."""

    gold: GoldTurn
    features: NDArray[np.float64]
    right: NDArray[np.float64]
    pages: list[str]


def main() -> None:
    """Read, learn, report, write."""
    options = parser_of(__doc__).parse_args()
    console = Console()
    asked = [(material.assistant, gold) for material in read_material(options) for _, gold in material.questions if gold.answerable]
    read = [make_example(assistant, gold) for assistant, gold in track(asked, "Reading")]
    examples = [example for example in read if example is not None]
    console.print(f"{len(examples)} of {len(asked)} questions have a right statement among the candidates")
    halves = [[example for example in examples if half_of(example) == half] for half in (0, 1)]
    for trained, held_out in (halves, halves[::-1]):
        scorer = learn(trained)
        console.print(f"held out: first right {first_right(scorer, held_out):.3f}, page right {page_right(scorer, held_out):.3f}")
    scorer = learn(examples)
    console.print(f"all: first right {first_right(scorer, examples):.3f}, page right {page_right(scorer, examples):.3f}")
    console.print(dict(zip(FEATURES, scorer.linear.round(2).tolist(), strict=True)))
    if options.write:
        write_scorer(scorer, FEATURES, Path(scoring.__file__).with_name("ranker.json"))


def half_of(example: Example) -> int:
    """Which half a question is in: those whose first page is on one spread are together."""
    page = min(example.gold.pages, key=lambda label: (len(label), label))
    return (int(page) if page.isdecimal() else zlib.crc32(page.encode())) // 2 % 2


def make_example(assistant: Assistant, gold: GoldTurn) -> Example | None:
    """The candidates of a question with their labels, None where none is right."""
    question = analyse(gold.question)
    ranker = EvidenceRanker(assistant.index, Scorer.linear_only(np.zeros(len(FEATURES))))
    found = ranker.rank(question, assistant.retriever.search(question, CANDIDATE_HITS))
    right = np.array([share_stated(gold, candidate.statement) for candidate in found])
    own_language = np.array([candidate.chunk.language == question.language for candidate in found])
    if (right * own_language).any():  # a right statement in the other language is second best
        right = right * own_language
    if not right.any():
        return None
    return Example(gold, np.array([candidate.features for candidate in found]), right, [candidate.statement.page for candidate in found])


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
    """Share of questions whose first candidate stands on a gold page."""
    return float(np.mean([e.pages[first(scorer, e)] in e.gold.pages for e in examples]))


def first(scorer: Scorer, example: Example) -> int:
    """The candidate that ranks first."""
    return int(np.argmax([scorer(features) for features in example.features]))


if __name__ == "__main__":
    main()
