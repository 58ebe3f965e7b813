"""Learns the networks of gbaqa.answering.doubt, and writes them."""

from dataclasses import asdict
from pathlib import Path

import numpy as np

from gbaqa.answering.doubt import Doubt, Floats

PROJECTED, UNITS = 32, 32
BATCH, STEP, PASSES = 64, 0.001, 15
DROPPED, DECAY = 0.5, 0.1
HABIT_FOLDS, HABIT_STEPS, HABIT_STEP, HABIT_PENALTY = 5, 400, 0.05, 0.01
HABIT_WEIGHTS = 0.2, 5.0  # at least and at most


def learn_doubt(asked: Floats, stated: Floats, offset: Floats, refused: Floats, weight: Floats, networks: int) -> Doubt:
    """The mean of some networks that began with other weights.

    Args:
        asked: vectors of questions: (n, d).
        stated: vectors of the best statement of each and of its twin: (n, 2, d).
        offset: the logit of having no answer by the judge's features, to which the networks add: (n,).
        refused: 1 where there is no answer: (n,).
        weight: of each question: (n,).
        networks: how many.
    """
    means, spreads = [vectors.reshape(-1, vectors.shape[-1]).mean(axis=0) for vectors in (asked, stated)], [asked.std(), stated.std()]
    of_questions, of_statements = (asked - means[0]) / spreads[0], (stated - means[1]) / spreads[1]
    begun = [Network(asked.shape[1], np.random.default_rng(seed)) for seed in range(networks)]
    learned = [network.learn(of_questions, of_statements, offset, refused, weight) for network in begun]
    question, question_bias, statement, statement_bias, hidden, hidden_bias, output, bias = (
        np.stack(part) for part in zip(*learned, strict=True)
    )
    question, statement = question / spreads[0], statement / spreads[1]
    return Doubt(
        question,
        question_bias - question @ means[0],
        statement,
        statement_bias - statement @ means[1],
        hidden,
        hidden_bias,
        output,
        bias[:, 0],
    )


def without_habit(asked: Floats, refused: Floats) -> Floats:
    """Weights with which the question alone tells nothing of whether there is an answer: (n,).

    Whoever writes questions has habits: a price is asked for where none is given, a number of firms too. What is learned from them
    as they are is refused wherever it is asked. So each question weighs by how unlikely its label is for what the question says
    (inverse propensity, Rosenbaum and Rubin 1983), as another regression, which has not seen it, takes it to be.
    """
    means, spread, share = asked.mean(axis=0), asked.std(), refused.mean()
    inputs = np.c_[(asked - means) / spread, np.ones(len(asked))]
    likely, fold = np.zeros(len(asked)), np.arange(len(asked)) % HABIT_FOLDS
    for number in range(HABIT_FOLDS):
        known, weights = fold != number, np.zeros(inputs.shape[1])
        for _ in range(HABIT_STEPS):
            wrong = 1 / (1 + np.exp(-inputs[known] @ weights)) - refused[known]
            weights -= HABIT_STEP * (inputs[known].T @ wrong / known.sum() + HABIT_PENALTY * np.r_[weights[:-1], 0])
        likely[~known] = 1 / (1 + np.exp(-inputs[~known] @ weights))
    usual = np.where(refused == 1, share, 1 - share)
    return np.clip(usual / np.where(refused == 1, likely, 1 - likely), *HABIT_WEIGHTS)


def write_doubt(doubt: Doubt, path: Path) -> None:
    """Write the weights in half precision, which changes no answer."""
    np.savez_compressed(path, **{name: values.astype("<f2") for name, values in asdict(doubt).items()})


class Network:
    """Learned by AdamW (Loshchilov and Hutter 2019), with dropout on vectors and units."""

    def __init__(self, width: int, chance: np.random.Generator) -> None:
        self._chance = chance
        shapes = [(PROJECTED, width), (PROJECTED,)] * 2 + [(UNITS, 2 * PROJECTED), (UNITS,), (UNITS,), (1,)]
        near = [1 / np.sqrt(inputs) for inputs in (width, width, width, width, 2 * PROJECTED, 2 * PROJECTED, UNITS, UNITS)]
        self._weights: list[Floats] = [chance.uniform(-most, most, shape) for most, shape in zip(near, shapes, strict=True)]

    def learn(self, asked: Floats, stated: Floats, offset: Floats, refused: Floats, weight: Floats) -> list[Floats]:
        """The weights, in the order of Doubt's attributes."""
        first, second = ([np.zeros_like(values) for values in self._weights] for _ in range(2))  # moments of the gradients
        step = 0
        for _ in range(PASSES):
            order = self._chance.permutation(len(asked))
            for start in range(0, len(order), BATCH):
                rows, step = order[start : start + BATCH], step + 1
                for at, gradient in enumerate(self._gradients(asked[rows], stated[rows], offset[rows], refused[rows], weight[rows])):
                    first[at] = 0.9 * first[at] + 0.1 * gradient
                    second[at] = 0.999 * second[at] + 0.001 * gradient**2
                    direction = first[at] / (1 - 0.9**step) / (np.sqrt(second[at] / (1 - 0.999**step)) + 1e-8)
                    self._weights[at] = self._weights[at] - STEP * (direction + DECAY * self._weights[at])
        return self._weights

    def _kept(self, shape: tuple[int, ...]) -> Floats:
        return (self._chance.random(shape) >= DROPPED) / (1 - DROPPED)

    def _gradients(self, asked: Floats, stated: Floats, offset: Floats, refused: Floats, weight: Floats) -> list[Floats]:
        """Of the mean cross-entropy, by hand."""
        question, question_bias, statement, statement_bias, hidden, hidden_bias, output, bias = self._weights
        asked, stated = asked * self._kept(asked.shape), stated * self._kept(stated.shape)
        own = (asked @ question.T + question_bias)[:, None]
        others = stated @ statement.T + statement_bias
        read = np.concatenate([own * others, np.abs(own - others)], axis=-1)
        summed = read @ hidden.T + hidden_bias
        kept = (summed > 0) * self._kept(summed.shape)
        units = summed * kept
        logit = offset + (units @ output + bias).mean(axis=1)
        wrong = weight * (1 / (1 + np.exp(-logit)) - refused) / len(asked)
        of_each = np.repeat(wrong[:, None] / stated.shape[1], stated.shape[1], axis=1)
        of_units = of_each[..., None] * output * kept
        of_read = of_units @ hidden
        of_product, of_distance = of_read[..., :PROJECTED], of_read[..., PROJECTED:] * np.sign(own - others)
        of_own, of_others = (of_product * others + of_distance).sum(axis=1), of_product * own - of_distance
        flat = of_units.reshape(-1, UNITS)
        return [
            of_own.T @ asked,
            of_own.sum(axis=0),
            np.einsum("nkp,nkd->pd", of_others, stated),
            of_others.sum(axis=(0, 1)),
            flat.T @ read.reshape(len(flat), -1),
            flat.sum(axis=0),
            np.einsum("nk,nku->u", of_each, units),
            np.array([of_each.sum()]),
        ]
