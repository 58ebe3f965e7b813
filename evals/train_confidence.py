"""Learn how likely answers are right, from gold questions.

usage: python evals/train_confidence.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …]
    --folds FOLDER [--write]

A logistic regression with an L2 penalty over the features of gbaqa.answering.confidence; an answer is right where all
required facts are stated and a right page is cited. The regression is calibrated, and yet too sure of its surest answers, so all are
told with the caution that makes RIGHT of the held-out ones with SURE or more right; answers from tables of figures, whose confidence is
fixed, are counted among them. Five-fold cross-validation prints how the
confidence compares with the share of right answers.

To be run after the other trainers: it learns from the answers that they lead to. Whether there is one is judged by the weights of
FOLDER (see train_refusal.py) that are not learned from the question.
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
from gbaqa.answering.doubt import Doubt
from gbaqa.answering.extractive import SURE_OF_A_TABLE, ExtractiveAnswerer
from gbaqa.answering.logistic import Logistic
from gbaqa.evaluation.measures.right import right
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.finding import find_evidence
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker

PENALTY = 0.003
STEPS, STEP = 4000, 0.5
FOLDS = 5
CANDIDATE_HITS = 40
SURE, RIGHT = 0.9, 0.97
CAUTIONS = np.arange(0.0, 1.5, 0.05)  # taken from the logit
BUCKETS = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 1.01)


def main() -> None:
    """Read, learn, report, write."""
    parser = parser_of(__doc__)
    parser.add_argument("--scores", type=Path, help="write the held-out probabilities there (.npz)")
    parser.add_argument("--folds", type=Path, metavar="FOLDER", required=True, help="weights of the judge, learned without a fold each")
    options = parser.parse_args()
    console = Console()
    found = [example for material in read_material(options) for example in read(material, options.folds)]
    examples = [example for example in found if example[1]]
    tables = np.array([is_right for _, values, is_right in found if not values])
    names = list(examples[0][1])
    features = np.array([[values[name] for name in names] for _, values, _ in examples])
    correct = np.array([is_right for _, _, is_right in examples])
    fold = np.array([number % FOLDS for number, _, _ in examples])  # one question of two corpora is in one fold
    held_out = np.zeros(len(correct))
    for number in range(FOLDS):
        held_out[fold == number] = probability(features[fold == number], learn(features[fold != number], correct[fold != number]))
    caution = caution_for(held_out, correct, tables)
    held_out = probability_of(np.log(held_out / (1 - held_out)) - caution)
    sure = np.concatenate([correct[held_out >= SURE], tables])
    console.print(report(held_out, correct), f"caution {caution:.2f}; {len(sure)} answers with {SURE} or more, {sure.mean():.3f} right")
    if options.scores:
        np.savez(options.scores, held_out=held_out, correct=correct)
    learned = learn(features, correct) - np.r_[np.zeros(len(names)), caution]
    stored = {name: round(float(weight), 4) for name, weight in zip([*names, "bias"], learned, strict=True)}
    console.print(stored)
    if options.write:
        Path(confidence.__file__).with_name("confidence.json").write_text(json.dumps(stored, indent=2) + "\n", "utf-8")


def read(material: Material, folds: Path) -> list[tuple[int, dict[str, float], float]]:
    """Number of the question, features of its answer (none of a table of figures) and whether that is right; refusals are left out."""
    index, retriever = material.assistant.index, material.assistant.retriever
    ranker = EvidenceRanker(index)
    judges = [judge_of(index, ranker, folds / str(fold)) for fold in range(FOLDS)]
    answerer, estimate, last = ExtractiveAnswerer(index, ranker), confidence.Confidence(index, ranker), LastAnswer(index)
    examples = []
    for number, turn in track(material.questions, "Reading"):
        question = analyse(turn.question)
        hits, evidence = find_evidence(retriever, ranker, question, CANDIDATE_HITS)
        answerer.judge = judges[number % FOLDS]
        answer = answerer.answer(question, hits, evidence)
        rows, is_right = last.rows(answer), right(turn, answer)
        if answer.status == "refused" or is_right is None or not rows or not evidence:
            continue
        if answer.confidence == SURE_OF_A_TABLE:
            examples.append((number, {}, float(is_right == 1)))
            continue
        values = estimate.features(question, evidence, rows, answerer.judge.judge(question, hits, evidence))
        examples.append((number, values, float(is_right == 1)))
    return examples


def judge_of(index: SearchIndex, ranker: EvidenceRanker, folder: Path) -> AnswerabilityJudge:
    """The judge with the weights of a folder."""
    return AnswerabilityJudge(index, ranker, Logistic.read(folder / "answerability.json"), Doubt.read(folder / "doubt.npz"))


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
    return probability_of(features @ weights[:-1] + weights[-1])


def probability_of(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability by its logit."""
    found: NDArray[np.float64] = 1 / (1 + np.exp(-logit))
    return found


def caution_for(held_out: NDArray[np.float64], correct: NDArray[np.float64], tables: NDArray[np.float64]) -> float:
    """The least caution with which enough of the answers that keep a high confidence, and of the tables, are right."""
    logit = np.log(held_out / (1 - held_out))
    enough = (one for one in CAUTIONS if np.concatenate([correct[probability_of(logit - one) >= SURE], tables]).mean() >= RIGHT)
    return float(next(enough, CAUTIONS[-1]))


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
