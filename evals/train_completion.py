"""Learn which statements complete an answer, from gold questions.

usage: python evals/train_completion.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …] [--write]

Every candidate of a question is an example: it is wanted if it stands on a gold page and states a required fact that the best
statement does not. Where the best statement is on a wrong page, that is any: what ranks close behind it may be what was asked
for. A small network gives the logit of its probability (gbaqa.retrieval.scoring); a
quarter of the questions is held out at a time to print how well the weights carry over.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from material import parser_of, read_material
from network import learn_scorer, write_scorer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from gbaqa.answering import completion
from gbaqa.answering.completion import FEATURES, Completer
from gbaqa.assistant import Assistant
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.evaluation.measures import states
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.scoring import Scorer

CANDIDATE_HITS = 40
PASSES, NETWORKS = 160, 3
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
        scorer = learn([example for number, example in read if number % FOLDS != fold])
        console.print(f"held out: {report(scorer, [example for number, example in read if number % FOLDS == fold])}")
    flat = [example for _, example in read]
    scorer = learn(flat)
    console.print(f"all: {report(scorer, flat)}")
    console.print(dict(zip(FEATURES, scorer.linear.round(2).tolist(), strict=True)))
    if options.write:
        write_scorer(scorer, FEATURES, Path(completion.__file__).with_name("completion.json"))


def make_example(assistant: Assistant, ranker: EvidenceRanker, gold: GoldTurn) -> Example | None:
    """The candidates of a question, None where there are none or no facts are required."""
    question = analyse(gold.question)
    evidence = ranker.rank(question, assistant.retriever.search(question, CANDIDATE_HITS))
    if not evidence or not gold.facts:
        return None
    completer = Completer(assistant.index, ranker)
    candidates = completer.candidates(question, evidence)
    best = evidence[0].statement
    said = best.text if best.page in gold.pages else ""
    unmet = [fact for fact in gold.facts if not states(said, fact)]
    wanted = [
        float(_states_any(assistant.index, [candidate.row, *completer.lists.introduced_by(candidate.row)], gold, unmet))
        for candidate in candidates
    ]
    return Example(np.array([candidate.features for candidate in candidates]), np.array(wanted))


def _states_any(index: SearchIndex, unit: list[int], gold: GoldTurn, facts: list[list[str]]) -> bool:
    """Whether a statement, with the list that it introduces, states one of the facts on a gold page."""
    statements = [index.statements[row][1] for row in unit]
    return statements[0].page in gold.pages and any(states(statement.text, fact) for statement in statements for fact in facts)


def learn(examples: list[Example]) -> Scorer:
    """The weights that make what is wanted the most probable; each question weighs the same."""

    def error(question: int, scores: NDArray[np.float64]) -> NDArray[np.float64]:
        return (1 / (1 + np.exp(-scores)) - examples[question].wanted) / len(scores)

    return learn_scorer([example.features for example in examples], error, PASSES, NETWORKS)


def report(scorer: Scorer, examples: list[Example]) -> str:
    """How often the first, and one of the first three, of the candidates is wanted where any is; and the log loss."""
    first, three, loss = [], [], []
    for example in examples:
        logit = scorer(example.features)
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
