"""Learns the small networks of gbaqa.retrieval.scoring, and writes them."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from gbaqa.retrieval.scoring import Floats, Scorer

Error = Callable[[int, Floats], Floats]
"""The gradient of a question's loss by the scores (n) of its candidates, given the question's place among the inputs."""

UNITS = 8
BATCH, STEP, DROPPED = 32, 0.003, 0.1
DECAY = 0.01
LEAST_SCALE = 0.15  # a feature that few candidates have must not decide alone


def learn_scorer(inputs: Sequence[Floats], error: Error, passes: int, networks: int, left_out: Sequence[int] = ()) -> Scorer:
    """The mean of several networks that began with other hidden units, which is a network of all their units.

    Args:
        inputs: of each question the features of its candidates: (n, features).
        error: the gradient of the loss.
        passes: over all questions.
        networks: how many; the more, the less hangs on how they began.
        left_out: the features, by their places, that get no weight.
    """
    features = np.concatenate(inputs)
    mean, scale = features.mean(axis=0), np.maximum(features.std(axis=0), LEAST_SCALE)
    is_constant = np.ptp(features, axis=0) == 0
    mean[is_constant], scale[is_constant] = 0.0, 1.0
    scale[list(left_out)] = np.inf
    scaled = [(values - mean) / scale for values in inputs]
    learned = [Network(len(mean), np.random.default_rng(seed)).learn(scaled, error, passes) for seed in range(networks)]
    linear, hidden, bias, output = zip(*learned, strict=True)
    linear_of_all, hidden_of_all = np.mean(linear, axis=0) / scale, np.concatenate(hidden) / scale
    if is_constant.any():  # takes what the means would have taken away
        linear_of_all[np.flatnonzero(is_constant)[0]] -= linear_of_all @ mean
    return Scorer(linear_of_all, hidden_of_all, np.concatenate(bias) - hidden_of_all @ mean, np.concatenate(output) / networks)


def write_scorer(scorer: Scorer, features: Sequence[str], path: Path) -> None:
    """Write weights by their features' names."""
    units = [
        {"bias": round(float(bias), 4), "output": round(float(output), 4), "weights": _named(weights, features)}
        for weights, bias, output in zip(scorer.hidden, scorer.bias, scorer.output, strict=True)
    ]
    lines = ",\n".join(f"    {json.dumps(unit)}" for unit in units)
    path.write_text(f'{{\n  "linear": {json.dumps(_named(scorer.linear, features))},\n  "hidden": [\n{lines}\n  ]\n}}\n', "utf-8")


def _named(weights: Floats, features: Sequence[str]) -> dict[str, float]:
    return {name: round(float(weight), 4) for name, weight in zip(features, weights, strict=True) if weight}


class Network:
    """A linear part and a hidden layer, over features in standard deviations, learned by AdamW (Loshchilov and Hutter 2019)."""

    def __init__(self, width: int, chance: np.random.Generator) -> None:
        self._chance = chance
        near = 1 / np.sqrt(width)
        self._weights = [np.zeros(width), chance.uniform(-near, near, (UNITS, width)), chance.uniform(-near, near, UNITS), np.zeros(UNITS)]

    def learn(self, inputs: Sequence[Floats], error: Error, passes: int) -> list[Floats]:
        """Weights after some passes over the questions: linear, hidden, bias, output."""
        first, second = ([np.zeros_like(weight) for weight in self._weights] for _ in range(2))  # moments of the gradients
        steps_each = -(-len(inputs) // BATCH)
        steps = passes * steps_each
        for step in range(steps):
            if step % steps_each == 0:
                order = self._chance.permutation(len(inputs))
            batch = order[step % steps_each * BATCH :][:BATCH]
            for at, gradient in enumerate(self._gradients(inputs, batch.tolist(), error)):
                first[at] = 0.9 * first[at] + 0.1 * gradient
                second[at] = 0.999 * second[at] + 0.001 * gradient**2
                direction = first[at] / (1 - 0.9 ** (step + 1)) / (np.sqrt(second[at] / (1 - 0.999 ** (step + 1))) + 1e-8)
                self._weights[at] = self._weights[at] - STEP * (1 - step / steps) * (direction + DECAY * self._weights[at])
        return self._weights

    def _gradients(self, inputs: Sequence[Floats], batch: Sequence[int], error: Error) -> list[Floats]:
        """Of the mean loss over some questions, by hand."""
        linear, hidden, bias, output = self._weights
        sums = [np.zeros_like(weight) for weight in self._weights]
        for question in batch:
            features = inputs[question]
            dropped = self._chance.random(UNITS) < DROPPED
            kept = ~dropped / (1 - DROPPED)
            bent = np.tanh(features @ hidden.T + bias)
            wrong = error(question, features @ linear + (bent * kept) @ output)
            back = wrong[:, None] * (output * kept) * (1 - bent**2)
            parts = wrong @ features, back.T @ features, back.sum(axis=0), wrong @ (bent * kept)
            sums = [total + part for total, part in zip(sums, parts, strict=True)]
        return [total / len(batch) for total in sums]
