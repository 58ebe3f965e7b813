"""Learn the weights of the evidence ranker from gold questions.

usage: python evals/train_ranker.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX] [--write]

A statement is right for a question if it stands on a gold page and states a required fact (for a question after a
source: if it carries a gold note). The weights maximise the probability that a softmax over the candidates' scores
gives to the right ones (listwise, as in ListNet, Cao et al. 2007), with an L2 penalty. Half of the questions, by turns,
are held out to print how well the weights carry over.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from material import parser_of, read_material, share_stated
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from gbaqa.assistant import Assistant
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.retrieval import evidence
from gbaqa.retrieval.features import FEATURES
from gbaqa.retrieval.question import analyse

CANDIDATE_HITS = 40
PENALTY = 0.003
STEPS, STEP = 250, 0.05
LEAST_SCALE = 0.15  # a feature that few candidates have must not decide alone
# Features that say nearly the same share a weight between them at will, one too much and another below zero; on another document
# words that a statement has would then speak against it.
NEVER_AGAINST = ("coverage", "rare_coverage", "name_coverage")


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
    asked = [
        (number, material.assistant, gold) for material in read_material(options) for number, gold in material.questions if gold.answerable
    ]
    read = [(number, make_example(assistant, gold)) for number, assistant, gold in track(asked, "Reading")]
    examples = [example for _, example in read if example is not None]
    console.print(f"{len(examples)} of {len(asked)} questions have a right statement among the candidates")
    halves = [[example for number, example in read if example is not None and number % 2 == half] for half in (0, 1)]
    for trained, held_out in (halves, halves[::-1]):
        weights = learn(trained)
        console.print(f"held out: first right {first_right(weights, held_out):.3f}, page right {page_right(weights, held_out):.3f}")
    weights = learn(examples)
    console.print(f"all: first right {first_right(weights, examples):.3f}, page right {page_right(weights, examples):.3f}")
    stored = {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)}
    console.print(stored)
    if options.write:
        target = Path(evidence.__file__).with_name("ranker.json")
        target.write_text(json.dumps(stored, indent=2) + "\n", "utf-8")


def make_example(assistant: Assistant, gold: GoldTurn) -> Example | None:
    """The candidates of a question with their labels, None where none is right."""
    question = analyse(gold.question)
    ranker = evidence.EvidenceRanker(assistant.index, np.zeros(len(FEATURES)))
    found = ranker.rank(question, assistant.retriever.search(question, CANDIDATE_HITS))
    right = np.array([share_stated(gold, candidate.statement) for candidate in found])
    own_language = np.array([candidate.chunk.language == question.language for candidate in found])
    if (right * own_language).any():  # a right statement in the other language is second best
        right = right * own_language
    if not right.any():
        return None
    return Example(gold, np.array([candidate.features for candidate in found]), right, [candidate.statement.page for candidate in found])


def learn(examples: list[Example]) -> NDArray[np.float64]:
    """Weights by gradient ascent with Adam, over features in units of their standard deviation."""
    width = examples[0].features.shape[1]
    scale = np.concatenate([example.features for example in examples]).std(axis=0)
    scale = np.maximum(scale, LEAST_SCALE)
    longest = max(len(example.features) for example in examples)
    features = np.zeros((len(examples), longest, width), dtype=np.float32)
    right = np.zeros((len(examples), longest), dtype=np.float32)
    beyond = np.full((len(examples), longest), -np.inf, dtype=np.float32)  # where a question has no candidate
    for row, example in enumerate(examples):
        count = len(example.features)
        features[row, :count] = example.features / scale
        right[row, :count] = example.right
        beyond[row, :count] = 0.0
    bounded = [FEATURES.index(name) for name in NEVER_AGAINST]
    weights, mean, variance = np.zeros(width), np.zeros(width), np.zeros(width)
    for step in range(1, STEPS + 1):
        scores = features @ weights.astype(np.float32) + beyond
        probability = np.exp(scores - scores.max(axis=1, keepdims=True))
        probability /= probability.sum(axis=1, keepdims=True)
        target = probability * right
        target /= target.sum(axis=1, keepdims=True) + 1e-30
        gradient = np.einsum("qn,qnf->f", target - probability, features) / len(examples) - 2 * PENALTY * weights
        mean = 0.9 * mean + 0.1 * gradient
        variance = 0.999 * variance + 0.001 * gradient**2
        weights += STEP * (mean / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.999**step)) + 1e-8)
        weights[bounded] = np.maximum(weights[bounded], 0)
    return weights / scale


def first_right(weights: NDArray[np.float64], examples: list[Example]) -> float:
    """Share of questions whose first candidate states a required fact."""
    return float(np.mean([example.right[int((example.features @ weights).argmax())] > 0 for example in examples]))


def page_right(weights: NDArray[np.float64], examples: list[Example]) -> float:
    """Share of questions whose first candidate stands on a gold page."""
    return float(np.mean([e.pages[int((e.features @ weights).argmax())] in e.gold.pages for e in examples]))


if __name__ == "__main__":
    main()
