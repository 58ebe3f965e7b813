"""Learn when the document gives no answer, from gold questions.

usage: python evals/train_refusal.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …]
    [--pairs PAIRS CORPUS INDEX EMBEDDINGS …] [--write]

A logistic regression over the features of gbaqa.answering.answerability, with an L2 penalty; an unanswerable question
weighs as much as the ratio of the two kinds times BALANCE. Five-fold cross-validation prints how many of either kind
would be refused.

Pairs are questions that the embedding model is tuned on, so they seem nearer to their answers than new ones would. They are
of use where EMBEDDINGS, which INDEX is made with, was tuned on others (tuned-e5:FILE.npz of train_embeddings.py --write FILE).
They are learned from and never tested on, and weigh less than gold questions.
"""

import json
from pathlib import Path

import numpy as np
from material import Material, parser_of, read_material, read_pairs
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.answering import answerability
from gbaqa.answering.indicators import CityBoard
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.lookups import lookup_of
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.sides import find_evidence

BALANCE = 0.5
PAIR_WEIGHT = 0.25
PENALTY = 0.02
STEPS, STEP = 4000, 0.5
FOLDS = 5
CANDIDATE_HITS = 40


def main() -> None:
    """Read, learn, report, write."""
    parser = parser_of(__doc__)
    parser.add_argument("--pairs", nargs=4, action="append", default=[], metavar=("PAIRS", "CORPUS", "INDEX", "EMBEDDINGS"))
    options = parser.parse_args()
    console = Console()
    read_each = [read(material) for material in read_material(options)]
    gold = sum(len(part[2]) for part in read_each)
    for pairs, corpus, index, embeddings in options.pairs:
        read_each.append(read(read_pairs(Path(pairs), Path(corpus), Path(index), embeddings)))
    names = read_each[0][0]
    features, refused, numbers = (np.concatenate([part[at] for part in read_each]) for at in (1, 2, 3))
    is_gold = np.arange(len(refused)) < gold
    signs = np.array([-1.0 if name in answerability.SPEAKS_FOR_AN_ANSWER else 1.0 for name in names])
    weight = np.where(is_gold, 1.0, PAIR_WEIGHT)
    held_out = np.zeros(len(refused))
    for fold in range(FOLDS):
        test = is_gold & (numbers % FOLDS == fold)  # the same question, of another corpus, is no held-out one
        train = ~test
        held_out[test] = probability(features[test], learn(features[train], refused[train], signs, weight[train]))
    console.print(report(held_out[is_gold], refused[is_gold]))
    weights = learn(features, refused, signs, weight)
    stored = {name: round(float(weight), 4) for name, weight in zip([*names, "bias"], weights, strict=True)}
    console.print(stored)
    if options.write:
        Path(answerability.__file__).with_name("answerability.json").write_text(json.dumps(stored, indent=2) + "\n", "utf-8")


def read(material: Material) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64], NDArray[np.int64]]:
    """Feature names, features (questions, features), which questions are unanswerable, and their numbers.

    Questions that something else decides (the city table, the outline, an everyday topic) are left out.
    """
    assistant = material.assistant
    ranker = EvidenceRanker(assistant.index)
    judge = answerability.AnswerabilityJudge(assistant.index, ranker)
    board = CityBoard.from_index(assistant.index)
    rows, labels, numbers = [], [], []
    for number, turn in track(material.questions, "Reading"):
        question = analyse(turn.question)
        hits, evidence = find_evidence(assistant.retriever, ranker, question, CANDIDATE_HITS)
        if board.answer(question) is None and lookup_of(question) is None and not judge.judge(question, hits, evidence).elsewhere:
            rows.append(judge.features(question, hits, evidence))
            labels.append(not turn.answerable)
            numbers.append(number)
    names = list(rows[0])
    return names, np.array([[row[name] for name in names] for row in rows]), np.array(labels, dtype=float), np.array(numbers)


def learn(
    features: NDArray[np.float64], refused: NDArray[np.float64], signs: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Weights and bias, for features as they are, by gradient descent; a weight of the wrong sign is set to zero."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    weights = np.zeros(scaled.shape[1])
    importance = weight * np.where(refused == 1, BALANCE * (refused == 0) @ weight / max((refused == 1) @ weight, 1), 1.0)
    for _ in range(STEPS):
        error = importance * (1 / (1 + np.exp(-scaled @ weights)) - refused)
        weights -= STEP * (scaled.T @ error / weight.sum() + PENALTY * np.r_[weights[:-1], 0])
        weights[:-1] = np.where(weights[:-1] * signs > 0, weights[:-1], 0)
    slopes = weights[:-1] / spread
    return np.r_[slopes, weights[-1] - slopes @ mean]


def probability(features: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of having no answer."""
    return np.asarray(1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1]))))


def report(held_out: NDArray[np.float64], refused: NDArray[np.float64]) -> Table:
    """Share of either kind refused, by threshold."""
    table = Table("refused above", "unanswerable refused", "answerable refused", title="cross-validated")
    for threshold in (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7):
        above = held_out > threshold
        table.add_row(f"{threshold}", f"{above[refused == 1].mean():.3f}", f"{above[refused == 0].mean():.3f}")
    return table


if __name__ == "__main__":
    main()
