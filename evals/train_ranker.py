"""Learn the weights of the evidence ranker from gold questions.

usage: python evals/train_ranker.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …] [--write]

A statement is right for a question if it stands on a gold page and states a required fact (for a question after a
source: if it carries a gold note). The weights maximise the probability that a softmax over the candidates' scores
gives to the right ones (listwise, as in ListNet, Cao et al. 2007). Half of the questions, by turns,
are held out to print how well the weights carry over: those whose facts stand on other pages, or the same question in other
words would be learned from. Some share a further page with a question of the other half.
"""

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from material import parser_of, read_material, share_stated
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from gbaqa.assistant import Assistant
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.retrieval import scoring
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.features import FEATURES
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.scoring import Scorer

CANDIDATE_HITS = 40
UNITS, NETWORKS = 8, 3
PASSES, BATCH, STEP, DROPPED = 16, 32, 0.003, 0.1
DECAY = 0.01
LEAST_SCALE = 0.15  # a feature that few candidates have must not decide alone
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
        write(scorer)


def half_of(example: Example) -> int:
    """Which half a question is in: those whose first page is on one spread are together."""
    page = min(example.gold.pages, key=lambda label: (len(label), label))
    return (int(page) if page.isdecimal() else zlib.crc32(page.encode())) // 2 % 2


def write(scorer: Scorer) -> None:
    """Replace the weights in the package."""
    units = [
        {"bias": round(float(bias), 4), "output": round(float(output), 4), "weights": _named(weights)}
        for weights, bias, output in zip(scorer.hidden, scorer.bias, scorer.output, strict=True)
    ]
    lines = ",\n".join(f"    {json.dumps(unit)}" for unit in units)
    stored = f'{{\n  "linear": {json.dumps(_named(scorer.linear))},\n  "hidden": [\n{lines}\n  ]\n}}\n'
    Path(scoring.__file__).with_name("ranker.json").write_text(stored, "utf-8")


def _named(weights: NDArray[np.float64]) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True) if weight}


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
    """The mean of several networks that began with other hidden units, which is a network of all their units."""
    features = np.concatenate([example.features for example in examples])
    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), LEAST_SCALE)
    scale[[FEATURES.index(name) for name in LEFT_OUT]] = np.inf
    networks = [Network(len(FEATURES), np.random.default_rng(seed)).learn(examples, mean, scale) for seed in range(NETWORKS)]
    linear, hidden, bias, output = zip(*networks, strict=True)
    hidden_of_all = np.concatenate(hidden) / scale
    return Scorer(
        linear=np.mean(linear, axis=0) / scale,
        hidden=hidden_of_all,
        bias=np.concatenate(bias) - hidden_of_all @ mean,
        output=np.concatenate(output) / NETWORKS,
    )


class Network:
    """A linear part and a hidden layer, over features in standard deviations, learned by AdamW (Loshchilov and Hutter 2019)."""

    def __init__(self, width: int, chance: np.random.Generator) -> None:
        self._chance = chance
        near = 1 / np.sqrt(width)
        self._weights = [np.zeros(width), chance.uniform(-near, near, (UNITS, width)), chance.uniform(-near, near, UNITS), np.zeros(UNITS)]

    def learn(self, examples: list[Example], mean: NDArray[np.float64], scale: NDArray[np.float64]) -> list[NDArray[np.float64]]:
        """Weights after some passes over the examples: linear, hidden, bias, output."""
        inputs = [(example.features - mean) / scale for example in examples]
        first, second = ([np.zeros_like(weight) for weight in self._weights] for _ in range(2))  # moments of the gradients
        steps_each = -(-len(examples) // BATCH)
        steps = PASSES * steps_each
        for step in range(steps):
            if step % steps_each == 0:
                order = self._chance.permutation(len(examples))
            batch = order[step % steps_each * BATCH :][:BATCH]
            gradients = self._gradients([inputs[at] for at in batch], [examples[at].right for at in batch])
            for at, gradient in enumerate(gradients):
                first[at] = 0.9 * first[at] + 0.1 * gradient
                second[at] = 0.999 * second[at] + 0.001 * gradient**2
                direction = first[at] / (1 - 0.9 ** (step + 1)) / (np.sqrt(second[at] / (1 - 0.999 ** (step + 1))) + 1e-8)
                self._weights[at] = self._weights[at] - STEP * (1 - step / steps) * (direction + DECAY * self._weights[at])
        return self._weights

    def _gradients(self, inputs: list[NDArray[np.float64]], right: list[NDArray[np.float64]]) -> list[NDArray[np.float64]]:
        """Of the mean loss over some questions, by hand."""
        linear, hidden, bias, output = self._weights
        sums = [np.zeros_like(weight) for weight in self._weights]
        for features, is_right in zip(inputs, right, strict=True):
            dropped = self._chance.random(UNITS) < DROPPED
            kept = ~dropped / (1 - DROPPED)
            bent = np.tanh(features @ hidden.T + bias)
            scores = features @ linear + (bent * kept) @ output
            probability = np.exp(scores - scores.max())
            probability /= probability.sum()
            target = probability * is_right
            target /= target.sum() + 1e-30
            error = probability - target
            back = error[:, None] * (output * kept) * (1 - bent**2)
            parts = error @ features, back.T @ features, back.sum(axis=0), error @ (bent * kept)
            sums = [total + part for total, part in zip(sums, parts, strict=True)]
        return [total / len(inputs) for total in sums]


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
