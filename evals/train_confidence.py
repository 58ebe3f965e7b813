"""Learn how likely answers are right, from gold questions.

usage: python evals/train_confidence.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …] [--write]

A logistic regression with an L2 penalty over the features of gbaqa.answering.confidence; an answer is right where all
required facts are stated and a right page is cited. Five-fold cross-validation prints how the confidence compares with
the share of right answers. To be run after the other trainers: it learns from the answers that they lead to.
"""

import itertools
import json
from pathlib import Path

import numpy as np
from material import Material, parser_of, read_material
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.answering import confidence
from gbaqa.answering.about_last import LastAnswer
from gbaqa.answering.answerability import AnswerabilityJudge
from gbaqa.answering.indicators import CityBoard
from gbaqa.evaluation.measures.right import right
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.sides import find_evidence

PENALTY = 0.003
STEPS, STEP = 4000, 0.5
FOLDS = 5
CANDIDATE_HITS = 40
BUCKETS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)


def main() -> None:
    """Read, learn, report, write."""
    parser = parser_of(__doc__)
    parser.add_argument("--scores", type=Path, help="write the held-out probabilities there (.npz)")
    options = parser.parse_args()
    console = Console()
    examples = [example for material in read_material(options) for example in read(material)]
    names = list(examples[0][1])
    features = np.array([[values[name] for name in names] for _, values, _ in examples])
    correct = np.array([is_right for _, _, is_right in examples])
    fold = np.array([number % FOLDS for number, _, _ in examples])  # one question of two corpora is in one fold
    held_out = np.zeros(len(correct))
    for number in range(FOLDS):
        held_out[fold == number] = probability(features[fold == number], learn(features[fold != number], correct[fold != number]))
    console.print(report(held_out, correct))
    if options.scores:
        np.savez(options.scores, held_out=held_out, correct=correct)
    stored = {name: round(float(weight), 4) for name, weight in zip([*names, "bias"], learn(features, correct), strict=True)}
    console.print(stored)
    if options.write:
        Path(confidence.__file__).with_name("confidence.json").write_text(json.dumps(stored, indent=2) + "\n", "utf-8")


def read(material: Material) -> list[tuple[int, dict[str, float], float]]:
    """Number of the question, features of its answer and whether that is right. Refusals and answers from the city table are left out."""
    assistant = material.assistant
    ranker = EvidenceRanker(assistant.index)
    judge, board = AnswerabilityJudge(assistant.index, ranker), CityBoard.from_index(assistant.index)
    estimate, last = confidence.Confidence(assistant.index, ranker), LastAnswer(assistant.index)
    examples = []
    for number, turn in track(material.questions, "Reading"):
        question, answer = analyse(turn.question), assistant.ask(turn.question)
        rows, is_right = last.rows(answer), right(turn, answer)
        if answer.status == "refused" or is_right is None or not rows or board.answer(question) is not None:
            continue
        hits, evidence = find_evidence(assistant.retriever, ranker, question, CANDIDATE_HITS)
        values = estimate.features(question, evidence, rows, judge.judge(question, hits, evidence))
        examples.append((number, values, float(is_right == 1)))
    return examples


def learn(features: NDArray[np.float64], correct: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights and bias, for features as they are, by gradient descent."""
    mean, spread = features.mean(axis=0), features.std(axis=0) + 1e-9
    scaled = np.c_[(features - mean) / spread, np.ones(len(features))]
    weights = np.zeros(scaled.shape[1])
    for _ in range(STEPS):
        error = 1 / (1 + np.exp(-scaled @ weights)) - correct
        weights -= STEP * (scaled.T @ error / len(correct) + PENALTY * np.r_[weights[:-1], 0])
    slopes = weights[:-1] / spread
    return np.r_[slopes, weights[-1] - slopes @ mean]


def probability(features: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of being right."""
    return np.asarray(1 / (1 + np.exp(-(features @ weights[:-1] + weights[-1]))))


def report(held_out: NDArray[np.float64], correct: NDArray[np.float64]) -> Table:
    """Share of right answers, by confidence."""
    table = Table("confidence", "answers", "mean confidence", "right", title="cross-validated")
    for low, high in itertools.pairwise(BUCKETS):
        inside = (held_out >= low) & (held_out < high)
        if inside.any():
            row = (f"{low}", f"{inside.sum()}", f"{held_out[inside].mean():.3f}", f"{correct[inside].mean():.3f}")
            table.add_row(*row)
    return table


if __name__ == "__main__":
    main()
