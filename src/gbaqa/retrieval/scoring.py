"""A score from features: a linear part and a hidden layer.

A small network with one hidden layer beside a linear part (a skip connection). The linear part says what each feature is worth on
its own, a hidden unit what some are worth together, such as a date that matters little where no date is asked for. Learned
from gold questions (evals/train_ranker.py, evals/train_completion.py) and kept as JSON.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Scorer:
    """Weights, in the order of some features.

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
    def read(cls, package: str, name: str, features: Sequence[str]) -> "Scorer":
        """One that a package ships as a file of this name; a feature without a weight in it has none."""
        stored = json.loads(files(package).joinpath(name).read_text("utf-8"))
        units = stored["hidden"]
        return cls(
            linear=_in_order(stored["linear"], features),
            hidden=np.array([_in_order(unit["weights"], features) for unit in units]).reshape(-1, len(features)),
            bias=np.array([unit["bias"] for unit in units]),
            output=np.array([unit["output"] for unit in units]),
        )

    @classmethod
    def linear_only(cls, linear: Floats) -> "Scorer":
        """One without hidden units."""
        return cls(linear, np.zeros((0, len(linear))), np.zeros(0), np.zeros(0))

    def __call__(self, features: Floats) -> Floats:
        """The scores (…) of what has such features (…, features)."""
        return np.asarray(features @ self.linear + np.tanh(features @ self.hidden.T + self.bias) @ self.output)


def _in_order(weights: dict[str, float], features: Sequence[str]) -> Floats:
    return np.array([weights.get(name, 0.0) for name in features])
