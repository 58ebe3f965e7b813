"""From the states of a text's tokens to their vectors, and to how much each counts in a question.

Learned by evals/train_embeddings.py together with the tuned values, and kept in the same file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.e5.tuning import opened

Floats = NDArray[np.float32]
NAMES = ("token_projection", "token_centre", "token_weight")  # in the file


@dataclass(frozen=True)
class TokenProjection:
    """What makes vectors of states.

    Attributes:
        projection: (width of a state, width of a token's vector).
        centre: what is taken off a state before: (width of a state,).
        weight: of a state's numbers, in how much its token counts: (width of a state,).
    """

    projection: Floats
    centre: Floats
    weight: Floats

    @classmethod
    def read(cls, tuned: Path, width: int) -> "TokenProjection | None":
        """That of a file of tuned values, for states of so many numbers; None where it has none. Raises SettingsError."""
        with opened(tuned) as stored:
            return cls._of(stored, width) if set(NAMES) & set(stored) else None

    @classmethod
    def _of(cls, stored: Mapping[str, NDArray[Any]], width: int) -> "TokenProjection":
        projection, centre, weight = (stored[name].astype(np.float32) for name in NAMES)
        if projection.ndim != 2 or len(projection) != width or not centre.shape == weight.shape == (width,):
            raise ValueError("the projection of tokens does not fit")
        return cls(projection, centre, weight)

    def vectors(self, states: Floats) -> Floats:
        """Unit vectors of tokens: (tokens, width of a token's vector)."""
        vectors = (states - self.centre) @ self.projection
        return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-12), dtype=np.float32)

    def weights(self, states: Floats) -> Floats:
        """How much each of a question's tokens counts, together 1 (a softmax): (tokens,)."""
        logits = states @ self.weight
        weights = np.exp(logits - logits.max())
        return np.asarray(weights / weights.sum(), dtype=np.float32)
