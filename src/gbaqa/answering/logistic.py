"""A probability by logistic regression over named features, with weights that are kept as JSON.

What is learned so is read feature by feature: each weight tells by how much its feature moves the logit, and nothing else does.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable


@dataclass(frozen=True)
class Logistic:
    """The weights of some features.

    Attributes:
        weights: what a feature of 1 adds to the logit, by the feature's name.
        bias: the logit where all features are 0.
    """

    weights: Mapping[str, float]
    bias: float

    @classmethod
    def read(cls, file: Traversable) -> "Logistic":
        """The weights of a JSON file: one object, in which the bias stands among them."""
        stored: dict[str, float] = json.loads(file.read_text("utf-8"))
        bias = stored.pop("bias")
        return cls(stored, bias)

    def logit(self, features: Mapping[str, float]) -> float:
        """The logit of what has these features, by name."""
        return self.bias + sum(weight * features[name] for name, weight in self.weights.items())


def probability(logit: float) -> float:
    """The probability, between 0 and 1, that has a logit."""
    return 1 / (1 + math.exp(-logit))
