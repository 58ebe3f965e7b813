"""How little a statement is what a question asks for, told by their vectors.

One similarity says whether both speak of the same. Whether a statement gives what is asked for (a price, a name, a reason) shows in
other directions of the vectors: both are projected to a few dimensions, and a small network reads where the projections agree and
how far apart they are. The form is that of models of entailment over sentence vectors, which read product and distance of the two
(Mou et al. 2016). The weights are learned from questions with and without an answer (evals/train_refusal.py), so they belong to the
tuned embeddings; they are kept in doubt.npz. What a question alone tells is weighed away in learning, since whoever writes
questions has habits, and what is left of them has a limit: doubt cannot outweigh that what is asked for plainly stands there.
"""

from dataclasses import dataclass, fields
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

MOST = 1.5  # of doubt; with no limit documents nobody had seen were judged no better


@dataclass(frozen=True)
class Doubt:
    """The weights of several networks, whose mean is taken.

    Attributes:
        question, statement: projections, (networks, projected, dimension).
        question_bias, statement_bias: (networks, projected).
        hidden: (networks, units, 2 * projected), over products and then distances.
        hidden_bias, output: (networks, units).
        bias: (networks,).
    """

    question: Floats
    question_bias: Floats
    statement: Floats
    statement_bias: Floats
    hidden: Floats
    hidden_bias: Floats
    output: Floats
    bias: Floats

    @classmethod
    def read(cls, path: Path | None = None) -> "Doubt":
        """The weights of a file, or those that the package ships."""
        with (path or files("gbaqa.answering").joinpath("doubt.npz")).open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return cls(**{field.name: stored[field.name].astype(np.float64) for field in fields(cls)})

    def __call__(self, asked: NDArray[np.float32], stated: NDArray[np.float32]) -> float:
        """What is added to the logit of having no answer, by the vectors of a question (d) and of one statement's versions (n, d)."""
        own = self.question @ asked + self.question_bias
        others = np.einsum("kpd,nd->nkp", self.statement, stated) + self.statement_bias
        read = np.concatenate([own * others, np.abs(own - others)], axis=-1)
        units = np.maximum(np.einsum("kup,nkp->nku", self.hidden, read) + self.hidden_bias, 0.0)
        return min(MOST, float(((units * self.output).sum(axis=-1) + self.bias).mean()))
