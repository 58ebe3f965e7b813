"""Learn to tell, token by token, which statement answers a question, or that none of the best ones does.

usage: python evals/train_token_doubt.py GOLD.jsonl … --corpus CORPUS … --index INDEX … [--also GOLD CORPUS INDEX EMBEDDINGS …]
    [--pairs PAIRS CORPUS INDEX EMBEDDINGS …] --folds FOLDER [--write]

The networks of gbaqa.answering.token_doubt learn from the statements that the ranker puts first for each question (so this comes after
train_ranker.py): a softmax over these and none, in which those that state most of the required facts are right. FOLDER takes a network
for each fold, learned without its gold questions, for train_refusal.py and train_confidence.py. Pairs are in no fold.

Needs the extra sentence-transformers, for torch. Half an hour for 16,000 questions on two cores.
"""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
from material import Material, pairs_in, parser_of, read_material, read_pairs, rows_that_answer, rows_with
from rich.progress import track
from token_doubt_network import Asked, learn, write

from gbaqa.answering import token_doubt
from gbaqa.answering.token_doubt import candidates_of
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.finding import find_evidence
from gbaqa.retrieval.question import analyse

FOLDS, NETWORKS = 5, 3
CANDIDATE_HITS = 40
BEST, FURTHER = 10, 2  # statements that the ranker puts first, and right ones behind these


def main() -> None:
    """Read, learn, write."""
    parser = parser_of(__doc__)
    parser.add_argument("--pairs", nargs=4, action="append", default=[], metavar=("PAIRS", "CORPUS", "INDEX", "EMBEDDINGS"))
    parser.add_argument("--folds", type=Path, metavar="FOLDER", required=True, help="keep the network of each fold there")
    options = parser.parse_args()
    questions = [asked for material in read_material(options) for asked in read_gold_questions(material)]
    for pairs, corpus, index, embeddings in options.pairs:
        questions += read_pair_questions(Path(pairs), read_pairs(Path(pairs), Path(corpus), Path(index), embeddings))
    for fold in range(FOLDS):
        known = [asked for asked in questions if asked.number < 0 or asked.number % FOLDS != fold]
        folder = options.folds / str(fold)
        folder.mkdir(parents=True, exist_ok=True)
        write([learn(known, fold, f"Fold {fold + 1} of {FOLDS}")], folder / "token_doubt.npz")
    if options.write:
        networks = [learn(questions, seed, f"Network {seed + 1} of {NETWORKS}") for seed in range(NETWORKS)]
        write(networks, Path(token_doubt.__file__).with_name("token_doubt.npz"))


def read_gold_questions(material: Material) -> Iterator[Asked]:
    """Gold questions with their best statements."""
    for number, turn in track(material.questions, "Reading"):
        yield from _asked(material, turn.question, rows_that_answer(turn, material.assistant.index), number, answered=turn.answerable)


def read_pair_questions(path: Path, material: Material) -> Iterator[Asked]:
    """Pairs with their best statements; without those whose excerpts are not found."""
    for pair in track(pairs_in(path), "Reading"):
        rows = rows_with(pair["excerpts"], material.assistant.index)
        if rows or not pair["excerpts"]:
            yield from _asked(material, pair["question"], rows, -1, answered=bool(pair["excerpts"]))


def _asked(material: Material, text: str, rows: frozenset[int], number: int, *, answered: bool) -> Iterator[Asked]:
    """The question as the networks learn from it; nothing where nothing is found."""
    index = material.assistant.index
    ranker = EvidenceRanker(index)
    evidence = find_evidence(material.assistant.retriever, ranker, analyse(text), CANDIDATE_HITS)[1]
    if not evidence or evidence[0].asked is None:
        return
    right = rows | {int(index.alignment.twin[row]) for row in rows}
    chosen = [*evidence[:BEST], *[found for found in evidence[BEST:] if found.row in right][:FURTHER]]
    yield Asked(
        number, evidence[0].asked, candidates_of(chosen, index), np.array([found.row in right for found in chosen]), answered=answered
    )


if __name__ == "__main__":
    main()
