"""How little the best statements give what a question asks for, told token by token.

Each token of the question is set beside what the statement says of it: the mean of the statement's tokens, each weighing as much as it
is near. A small network reads where both agree and how far they are apart, and what it reads of all tokens, and most strongly of any,
makes one number of the statement (decomposable attention, Parikh et al. 2016, over contextual vectors). So it sees that a price was
asked for, or who signed, and that nothing in the statement goes with that; one vector of the whole question hardly shows it.

It is learned by choosing among a question's statements, or none of them (evals/train_token_doubt.py): what is wrong for a question that
has an answer teaches as much as a question that has none, and no habit of those who write unanswerable questions is of use. The weights
belong to the tuned embeddings and to the ranker, whose scores are added.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.store import SearchIndex
from gbaqa.index.token_vectors import AskedTokens, Numbers, as_unit_vectors
from gbaqa.retrieval.evidence import Evidence

Floats = NDArray[np.float32]

CANDIDATES = 3  # the best statements, of which any may answer
MOST_ASKED, MOST_STATED = 40, 80  # tokens of a question and of a statement that are read


@dataclass(frozen=True)
class Candidate:
    """A statement that may answer.

    Attributes:
        score: the ranker's.
        versions: vectors of the tokens of the statement, and of its twin where it has one.
    """

    score: float
    versions: tuple[Numbers, ...]


def candidates_of(evidence: Sequence[Evidence], index: SearchIndex) -> list[Candidate]:
    """Ranked evidence with the vectors of its tokens; none where the index has none."""
    if index.tokens is None:
        return []
    twins = [int(index.alignment.twin[found.row]) for found in evidence]
    rows = [(found.row, twin) if twin >= 0 else (found.row,) for found, twin in zip(evidence, twins, strict=True)]
    return [Candidate(found.score, tuple(index.tokens[row] for row in versions)) for found, versions in zip(evidence, rows, strict=True)]


@dataclass(frozen=True)
class TokenDoubt:
    """The weights of several networks, whose mean is taken.

    Attributes:
        projection: of tokens, (networks, projected, width), with projection_bias (networks, projected).
        sharpness: how much more the nearest tokens of a statement weigh than others: (networks,).
        read: of a pair of tokens: products, distances, similarity and weight, (networks, units, 2 * projected + 2), with read_bias.
        pooled: of what is read of all tokens, their mean and their most: (networks, units, 2 * units), with pooled_bias.
        output, bias: of one statement: (networks, units), (networks,).
        score_weight: of the ranker's score: (networks,).
        none: what stands for no statement among the scores: (networks,).
    """

    projection: Floats
    projection_bias: Floats
    sharpness: Floats
    read: Floats
    read_bias: Floats
    pooled: Floats
    pooled_bias: Floats
    output: Floats
    bias: Floats
    score_weight: Floats
    none: Floats

    @classmethod
    def read_from(cls, path: Path | None = None) -> "TokenDoubt":
        """The weights of a file, or those that the package ships."""
        with (path or files("gbaqa.answering").joinpath("token_doubt.npz")).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return cls(**{field.name: stored[field.name].astype(np.float32) for field in fields(cls)})

    def __call__(self, asked: AskedTokens, candidates: Sequence[Candidate]) -> float:
        """The logit of none of a question's best statements answering it."""
        networks = range(len(self.bias))
        return float(np.mean([self._logit(network, asked, candidates[:CANDIDATES]) for network in networks]))

    def _logit(self, network: int, asked: AskedTokens, candidates: Sequence[Candidate]) -> float:
        scores = [
            self.score_weight[network] * candidate.score + np.mean([self._says(network, asked, version) for version in candidate.versions])
            for candidate in candidates
        ]
        return float(self.none[network] - np.logaddexp.reduce(scores))

    def _says(self, network: int, asked: AskedTokens, version: Numbers) -> float:
        """What speaks for a statement in one language."""
        question, weights = asked.vectors[:MOST_ASKED], asked.weights[:MOST_ASKED]
        statement = as_unit_vectors(version[:MOST_STATED])
        similarities = question @ statement.T
        attention = np.exp(self.sharpness[network] * (similarities - similarities.max(axis=1, keepdims=True)))
        aligned = attention @ statement / attention.sum(axis=1, keepdims=True)
        own, other = (tokens @ self.projection[network].T + self.projection_bias[network] for tokens in (question, aligned))
        pairs = np.c_[own * other, np.abs(own - other), similarities.max(axis=1), 10 * weights]
        read = np.maximum(pairs @ self.read[network].T + self.read_bias[network], 0)
        units = np.maximum(self.pooled[network] @ np.r_[weights @ read, read.max(axis=0)] + self.pooled_bias[network], 0)
        return float(self.output[network] @ units + self.bias[network])
