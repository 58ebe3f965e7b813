"""The score of a statement as an answer, from its features: a linear part and a hidden layer.

A small network with one hidden layer beside a linear part (a skip connection). The linear part says what each feature is worth on
its own, a hidden unit what some are worth together, such as a date that matters little where no date is asked for. Learned
from gold questions (evals/train_ranker.py), kept in ranker.json.
"""

import json
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from gbaqa.retrieval.features import FEATURES

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scorer:
    """Weights, in the order of FEATURES.

    Attributes:
        linear: (features,).
        hidden: of the hidden units, which are bent by tanh: (units, features).
        bias: of the hidden units: (units,).
        output: what each hidden unit adds to a score: (units,).
    """

    linear: Floats
    hidden: Floats
    bias: Floats
    output: Floats

    @classmethod
    def learned(cls) -> "Scorer":
        """As shipped."""
        stored = json.loads(files("gbaqa.retrieval").joinpath("ranker.json").read_text("utf-8"))
        units = stored["hidden"]
        return cls(
            linear=_in_order(stored["linear"]),
            hidden=np.array([_in_order(unit["weights"]) for unit in units]).reshape(-1, len(FEATURES)),
            bias=np.array([unit["bias"] for unit in units]),
            output=np.array([unit["output"] for unit in units]),
        )

    @classmethod
    def linear_only(cls, linear: Floats) -> "Scorer":
        """One without hidden units."""
        return cls(linear, np.zeros((0, len(FEATURES))), np.zeros(0), np.zeros(0))

    def __call__(self, features: Floats) -> float:
        """The score of a statement with such features: (features,)."""
        return float(self.linear @ features + self.output @ np.tanh(self.hidden @ features + self.bias))


def _in_order(weights: dict[str, float]) -> Floats:
    return np.array([weights.get(name, 0.0) for name in FEATURES])
