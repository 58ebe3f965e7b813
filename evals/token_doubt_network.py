"""Learns the networks of gbaqa.answering.token_doubt in PyTorch, and writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from rich.progress import track
from torch import Tensor, nn
from torch.nn import functional

from gbaqa.answering.token_doubt import MOST_ASKED, MOST_STATED, Candidate
from gbaqa.index.token_vectors import AskedTokens, as_unit_vectors

PROJECTED, UNITS = 32, 48
BATCH, STEP, PASSES, WARM_UP = 32, 2e-3, 4, 30
DROPPED, DECAY = 0.3, 0.02
LEARNED_FROM = 8  # of a question's best statements
LEFT_OUT = 0.15  # of questions that have an answer: how often their right statements are taken away, and none is right


@dataclass(frozen=True)
class Asked:
    """A question with its best statements.

    Attributes:
        number: of the question, by which folds go; -1 for one that is in none.
        candidates: the best first, and behind those that the ranker puts first some of the right ones.
        right: which of them answer.
        answered: whether the document does at all.
    """

    number: int
    tokens: AskedTokens
    candidates: Sequence[Candidate]
    right: NDArray[np.bool_]
    answered: bool


@dataclass(frozen=True)
class Batch:
    """Questions with as many statements each, in both languages.

    Attributes:
        asked, weights: (questions, tokens, width), (questions, tokens).
        stated, is_token: (questions, statements, 2, tokens, width), (questions, statements, 2, tokens).
        scores, is_there: the ranker's, and whether there is such a statement: (questions, statements).
        right: and for none of them, last: (questions, statements + 1).
    """

    asked: Tensor
    weights: Tensor
    stated: Tensor
    is_token: Tensor
    scores: Tensor
    is_there: Tensor
    right: Tensor


class Network(nn.Module):
    """One network; see gbaqa.answering.token_doubt for what it reads."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.projection = nn.Linear(width, PROJECTED)
        self.sharpness = nn.Parameter(torch.tensor(12.0))
        self.read = nn.Linear(2 * PROJECTED + 2, UNITS)
        self.pooled = nn.Linear(2 * UNITS, UNITS)
        self.output = nn.Linear(UNITS, 1)
        self.score_weight, self.none = (nn.Parameter(torch.tensor(first)) for first in (0.7, 2.0))
        self._drop = nn.Dropout(DROPPED)
        nn.init.zeros_(self.output.weight)
        nn.init.zeros_(self.output.bias)

    def forward(self, batch: Batch) -> Tensor:
        """Logits of each statement and of none: (questions, statements + 1)."""
        similarities = torch.einsum("qad,qstbd->qstab", batch.asked, batch.stated).masked_fill(~batch.is_token[:, :, :, None], -1.0)
        aligned = torch.einsum("qstab,qstbd->qstad", torch.softmax(similarities * self.sharpness, -1), batch.stated)
        other = self.projection(aligned)
        own = self.projection(batch.asked)[:, None, None].expand_as(other)
        weights = batch.weights[:, None, None, :, None].expand(*other.shape[:-1], 1)
        pairs = torch.cat([own * other, (own - other).abs(), similarities.amax(-1)[..., None], 10 * weights], -1)
        read = functional.relu(self.read(self._drop(pairs)))
        most = read.masked_fill((batch.weights == 0)[:, None, None, :, None], 0).amax(-2)
        units = functional.relu(self.pooled(self._drop(torch.cat([(read * weights).sum(-2), most], -1))))
        logits = self.score_weight * batch.scores + self.output(units)[..., 0].mean(2)
        return torch.cat([logits.masked_fill(~batch.is_there, -1e4), self.none.expand(len(logits), 1)], 1)

    def arrays(self) -> dict[str, NDArray[np.float32]]:
        """The weights by the names of TokenDoubt's attributes."""
        layers = {name: getattr(self, name) for name in ("projection", "read", "pooled", "output")}
        found = {
            **{name: layer.weight for name, layer in layers.items()},
            **{f"{name}_bias": layer.bias for name, layer in layers.items() if name != "output"},
            "output": self.output.weight[0],
            "bias": self.output.bias[0],
            **{name: getattr(self, name) for name in ("sharpness", "score_weight", "none")},
        }
        return {name: values.detach().numpy() for name, values in found.items()}


def learn(questions: Sequence[Asked], seed: int, title: str) -> Network:
    """A network that has learned from all questions with a right statement and from those without an answer."""
    torch.manual_seed(seed)
    chance = np.random.default_rng(seed)
    learned_from = [asked for asked in questions if asked.right.any() or not asked.answered]
    network = Network(learned_from[0].tokens.vectors.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=STEP, weight_decay=DECAY)
    steps = PASSES * (len(learned_from) // BATCH)
    order = np.concatenate([chance.permutation(len(learned_from))[: steps // PASSES * BATCH] for _ in range(PASSES)])
    for step, rows in enumerate(track(np.split(order, steps), title)):
        for group in optimizer.param_groups:
            group["lr"] = STEP * min(1, (step + 1) / WARM_UP) * (1 - step / steps)
        batch = batch_of([learned_from[row] for row in rows], chance)
        likely = functional.log_softmax(network(batch), -1)
        loss = -torch.logsumexp(likely.masked_fill(~batch.right, -1e4), -1).mean()
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
    return network.eval()


def batch_of(questions: Sequence[Asked], chance: np.random.Generator) -> Batch:
    """Questions to learn from: each with its best statements and a right one, if there is any, or without those that are right."""
    width, shape = questions[0].tokens.vectors.shape[1], (len(questions), LEARNED_FROM)
    batch = Batch(
        asked=torch.zeros(len(questions), MOST_ASKED, width),
        weights=torch.zeros(len(questions), MOST_ASKED),
        stated=torch.zeros(*shape, 2, MOST_STATED, width),
        is_token=torch.zeros(*shape, 2, MOST_STATED, dtype=torch.bool),
        scores=torch.zeros(shape),
        is_there=torch.zeros(shape, dtype=torch.bool),
        right=torch.zeros(len(questions), LEARNED_FROM + 1, dtype=torch.bool),
    )
    for at, asked in enumerate(questions):
        vectors, weights = (torch.from_numpy(part[:MOST_ASKED].astype(np.float32)) for part in asked.tokens)
        batch.asked[at, : len(vectors)], batch.weights[at, : len(weights)] = vectors, weights
        chosen = _chosen(asked, leave_out=chance.random() < LEFT_OUT)
        batch.right[at, LEARNED_FROM] = not any(asked.right[place] for place in chosen)
        for row, place in enumerate(chosen):
            candidate = asked.candidates[place]
            for version in range(2):
                tokens = torch.from_numpy(as_unit_vectors(candidate.versions[version % len(candidate.versions)][:MOST_STATED]))
                batch.stated[at, row, version, : len(tokens)] = tokens
                batch.is_token[at, row, version, : len(tokens)] = True
            batch.scores[at, row], batch.is_there[at, row] = candidate.score, True
            batch.right[at, row] = bool(asked.right[place])
    return batch


def _chosen(asked: Asked, *, leave_out: bool) -> list[int]:
    """Places of the statements to choose among."""
    if leave_out:
        return np.flatnonzero(~asked.right)[:LEARNED_FROM].tolist()
    best = list(range(min(LEARNED_FROM, len(asked.candidates))))
    if asked.right.any() and not asked.right[best].any():
        best[-1] = int(np.flatnonzero(asked.right)[0])
    return best


def write(networks: Sequence[Network], path: Path) -> None:
    """Write the weights in half precision, which changes no answer."""
    each: list[Mapping[str, NDArray[np.float32]]] = [network.arrays() for network in networks]
    np.savez_compressed(path, **{name: np.stack([arrays[name] for arrays in each]).astype("<f2") for name in each[0]})
