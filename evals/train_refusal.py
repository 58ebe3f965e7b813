"""Learn when the document gives no answer, from gold questions.

usage: python evals/train_refusal.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …]
    [--pairs PAIRS CORPUS INDEX EMBEDDINGS …] [--folds FOLDER] [--write]

A logistic regression over the features of gbaqa.answering.answerability_features, with an L2 penalty; an unanswerable question
weighs as much as the ratio of the two kinds times BALANCE. Networks over the vectors of question and best statement
(gbaqa.answering.doubt) learn what to add to its logit. Five-fold cross-validation prints how many of either kind would be refused,
by the features alone and with the networks.

Pairs are questions that the embedding model is tuned on, so they seem nearer to their answers than new ones would. They are
of use where EMBEDDINGS, which INDEX is made with, was tuned on others (tuned-e5:FILE.npz of train_embeddings.py --write FILE).
They are learned from and never tested on, and weigh less than gold questions.

FOLDER takes the weights of each fold, which train_confidence.py needs: how sure an answer is must be learned from a judge that has not
seen its question.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
from doubt_network import learn_doubt, without_habit, write_doubt
from material import Material, parser_of, read_material, read_pairs
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.answering import answerability
from gbaqa.answering.answerability_features import SPEAKS_FOR_AN_ANSWER, AnswerabilityFeatures
from gbaqa.answering.city_board import CityBoard
from gbaqa.answering.doubt import Doubt
from gbaqa.retrieval.finding import find_evidence
from gbaqa.retrieval.lookups import lookup_of
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker

BALANCE = 0.5
PAIR_WEIGHT, PAIR_WEIGHT_OF_VECTORS = 0.25, 0.5
NETWORKS = 8  # with fewer, a question near the threshold hangs on how they began
PENALTY = 0.02
STEPS, STEP = 4000, 0.5
FOLDS = 5
CANDIDATE_HITS = 40


def main() -> None:
    """Read, learn, report, write."""
    parser = parser_of(__doc__)
    parser.add_argument("--pairs", nargs=4, action="append", default=[], metavar=("PAIRS", "CORPUS", "INDEX", "EMBEDDINGS"))
    parser.add_argument("--folds", type=Path, metavar="FOLDER", help="keep the weights of each fold there")
    options = parser.parse_args()
    console = Console()
    read_each = [read(material) for material in read_material(options)]
    gold = sum(len(part.refused) for part in read_each)
    for pairs, corpus, index, embeddings in options.pairs:
        read_each.append(read(read_pairs(Path(pairs), Path(corpus), Path(index), embeddings)))
    names, examples = read_each[0].names, joined(read_each)
    is_gold = np.arange(len(examples.refused)) < gold
    by_features, by_both = np.zeros(len(is_gold)), np.zeros(len(is_gold))
    for fold in range(FOLDS):
        test = is_gold & (examples.numbers % FOLDS == fold)  # the same question, of another corpus, is no held-out one
        weights, doubt = learn_both(examples.of(~test), is_gold[~test])
        by_features[test] = logits(examples.features[test], weights)
        by_both[test] = by_features[test] + doubts(doubt, examples.of(test))
        if options.folds:
            write(named(weights, names), doubt, options.folds / str(fold))
    for title, held_out in (("by features", by_features), ("with vectors", by_both)):
        console.print(report(title, probability(held_out[is_gold]), examples.refused[is_gold]))
    weights, doubt = learn_both(examples, is_gold)
    console.print(named(weights, names))
    if options.write:
        write(named(weights, names), doubt, Path(answerability.__file__).parent)


def named(weights: NDArray[np.float64], names: Sequence[str]) -> dict[str, float]:
    """Weights by their features' names."""
    return {name: round(float(weight), 4) for name, weight in zip([*names, "bias"], weights, strict=True)}


def write(weights: dict[str, float], doubt: Doubt, folder: Path) -> None:
    """Write both files of weights."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.joinpath("answerability.json").write_text(json.dumps(weights, indent=2) + "\n", "utf-8")
    write_doubt(doubt, folder / "doubt.npz")


@dataclass(frozen=True)
class Examples:
    """Questions as the judge sees them.

    Attributes:
        names: of the features.
        features: (questions, features).
        asked, stated: vectors of the questions (n, d) and of their best statements and these' twins (n, 2, d).
        refused: 1 where the document gives no answer.
        numbers: of the questions.
    """

    names: list[str]
    features: NDArray[np.float64]
    asked: NDArray[np.float64]
    stated: NDArray[np.float64]
    refused: NDArray[np.float64]
    numbers: NDArray[np.int64]

    def of(self, chosen: NDArray[np.bool_]) -> "Examples":
        """Some of them."""
        return Examples(self.names, *(getattr(self, field.name)[chosen] for field in fields(self)[1:]))


def joined(parts: Sequence[Examples]) -> Examples:
    """The examples of several documents."""
    return Examples(parts[0].names, *(np.concatenate([getattr(part, field.name) for part in parts]) for field in fields(Examples)[1:]))


def read(material: Material) -> Examples:
    """The questions about a document, but those that something else decides (the city table, the outline, an everyday topic)."""
    assistant = material.assistant
    ranker = EvidenceRanker(assistant.index)
    judge = answerability.AnswerabilityJudge(assistant.index, ranker)
    extractor = AnswerabilityFeatures(assistant.index, ranker)
    board = CityBoard.from_index(assistant.index)
    rows, asked, stated, labels, numbers = [], [], [], [], []
    for number, turn in track(material.questions, "Reading"):
        question = analyse(turn.question)
        hits, evidence = find_evidence(assistant.retriever, ranker, question, CANDIDATE_HITS)
        if board.answer(question) is None and lookup_of(question) is None and not judge.judge(question, hits, evidence).elsewhere:
            rows.append(extractor.of(question, hits, evidence))
            asked.append(hits[0].asked.vector)
            stated.append(judge.vectors_of(evidence[0]))
            labels.append(not turn.answerable)
            numbers.append(number)
    names = list(rows[0])
    features = np.array([[row[name] for name in names] for row in rows])
    return Examples(
        names, features, np.array(asked, dtype=float), np.array(stated, dtype=float), np.array(labels, float), np.array(numbers)
    )


def learn_both(examples: Examples, is_gold: NDArray[np.bool_]) -> tuple[NDArray[np.float64], Doubt]:
    """Weights of the features, and networks that add to their logits."""
    signs = np.array([-1.0 if name in SPEAKS_FOR_AN_ANSWER else 1.0 for name in examples.names])
    weights = learn(examples.features, examples.refused, signs, np.where(is_gold, 1.0, PAIR_WEIGHT))
    offset = logits(examples.features, weights)
    weight = np.where(is_gold, 1.0, PAIR_WEIGHT_OF_VECTORS) * without_habit(examples.asked, examples.refused)
    doubt = learn_doubt(examples.asked, examples.stated, offset, examples.refused, weight, NETWORKS)
    return weights, doubt


def doubts(doubt: Doubt, examples: Examples) -> NDArray[np.float64]:
    """What the networks add to the logit of each example."""
    return np.array([doubt(asked, stated) for asked, stated in zip(examples.asked, examples.stated, strict=True)])


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


def logits(features: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Logits of having no answer by the features alone."""
    return np.asarray(features @ weights[:-1] + weights[-1])


def probability(logit: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probability of having no answer."""
    found: NDArray[np.float64] = 1 / (1 + np.exp(-logit))
    return found


def report(title: str, held_out: NDArray[np.float64], refused: NDArray[np.float64]) -> Table:
    """Share of either kind refused, by threshold."""
    table = Table("refused above", "unanswerable refused", "answerable refused", title=f"cross-validated, {title}")
    for threshold in (0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75):
        above = held_out > threshold
        table.add_row(f"{threshold}", f"{above[refused == 1].mean():.3f}", f"{above[refused == 0].mean():.3f}")
    return table


if __name__ == "__main__":
    main()
