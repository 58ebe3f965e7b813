"""Learn which statements complete an answer, from gold questions.

usage: python evals/train_completion.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …] [--write]

For each question whose best statement stands on a gold page, every candidate is an example: it is wanted if it states a
required fact that the best statement does not. Logistic regression with an L2 penalty; a quarter of the questions is held
out at a time to print how well the weights carry over.
"""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from material import parser_of, read_material
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from gbaqa.answering import completion
from gbaqa.answering.completion import FEATURES, Completer
from gbaqa.assistant import Assistant
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.evaluation.measures import states
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.question import analyse

CANDIDATE_HITS = 40
PENALTY = 0.002
STEPS, STEP = 600, 0.03
FOLDS = 4


@dataclass
class Example:
    """A question's candidates: features (n, features), and which are wanted (n)."""

    features: NDArray[np.float64]
    wanted: NDArray[np.float64]


def main() -> None:
    """Read, learn, report, write."""
    options = parser_of(__doc__).parse_args()
    console = Console()
    read: list[tuple[int, Example]] = []
    for material in read_material(options):
        ranker = EvidenceRanker(material.assistant.index)
        for number, gold in track(material.questions, "Reading"):
            if gold.answerable and (example := make_example(material.assistant, ranker, gold)) is not None:
                read.append((number, example))
    for fold in range(FOLDS):
        weights = learn([example for number, example in read if number % FOLDS != fold])
        console.print(f"held out: {report(weights, [example for number, example in read if number % FOLDS == fold])}")
    flat = [example for _, example in read]
    weights = learn(flat)
    console.print(f"all: {report(weights, flat)}")
    stored = {name: round(float(weight), 4) for name, weight in zip(FEATURES, weights, strict=True)}
    console.print(stored)
    if options.write:
        Path(completion.__file__).with_name("completion.json").write_text(json.dumps(stored, indent=2) + "\n", "utf-8")


def make_example(assistant: Assistant, ranker: EvidenceRanker, gold: GoldTurn) -> Example | None:
    """The candidates of a question, None where the best statement is on a wrong page."""
    question = analyse(gold.question)
    evidence = ranker.rank(question, assistant.retriever.search(question, CANDIDATE_HITS))
    if not evidence or evidence[0].statement.page not in gold.pages or not gold.facts:
        return None
    completer = Completer(assistant.index, ranker)
    candidates = completer.candidates(question, evidence)
    unmet = [fact for fact in gold.facts if not states(evidence[0].statement.text, fact)]
    wanted = [
        float(_states_any(assistant.index, [candidate.row, *completer.lists.introduced_by(candidate.row)], gold, unmet))
        for candidate in candidates
    ]
    return Example(np.array([candidate.features for candidate in candidates]), np.array(wanted))


def _states_any(index: SearchIndex, unit: list[int], gold: GoldTurn, facts: list[list[str]]) -> bool:
    """Whether a statement, with the list that it introduces, states one of the facts on a gold page."""
    statements = [index.statements[row][1] for row in unit]
    return statements[0].page in gold.pages and any(states(statement.text, fact) for statement in statements for fact in facts)


def learn(examples: list[Example]) -> NDArray[np.float64]:
    """Weights by gradient ascent with Adam, over features in units of their standard deviation; each question weighs the same."""
    features = np.concatenate([example.features for example in examples])
    wanted = np.concatenate([example.wanted for example in examples])
    share = np.concatenate([np.full(len(example.wanted), 1 / len(example.wanted)) for example in examples]) / len(examples)
    scale = features.std(axis=0)
    scale[scale < 1e-9] = 1.0
    scaled = features / scale
    weights, mean, variance = np.zeros(len(scale)), np.zeros(len(scale)), np.zeros(len(scale))
    for step in range(1, STEPS + 1):
        probability = 1 / (1 + np.exp(-(scaled @ weights)))
        gradient = scaled.T @ (share * (wanted - probability)) - 2 * PENALTY * weights * (scale != 1.0)
        mean = 0.9 * mean + 0.1 * gradient
        variance = 0.999 * variance + 0.001 * gradient**2
        weights += STEP * (mean / (1 - 0.9**step)) / (np.sqrt(variance / (1 - 0.999**step)) + 1e-8)
    return weights / scale


def report(weights: NDArray[np.float64], examples: list[Example]) -> str:
    """How often the first, and one of the first three, of the candidates is wanted where any is; and the log loss."""
    first, three, loss = [], [], []
    for example in examples:
        logit = example.features @ weights
        order = np.argsort(-logit)
        loss.append(float(np.mean(np.log1p(np.exp(-np.where(example.wanted > 0, logit, -logit))))))
        if example.wanted.any():
            first.append(example.wanted[order[0]] > 0)
            three.append((example.wanted[order[:3]] > 0).any())
    return (
        f"wanted first {np.mean(first):.3f}, among three {np.mean(three):.3f}, loss {np.mean(loss):.4f} ({len(first)} of {len(examples)})"
    )


if __name__ == "__main__":
    main()
