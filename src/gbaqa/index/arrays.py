"""Arrays of an index: those of a small one are read into memory, those of a large one where they lie on disk."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray


def read_array(path: Path, *, in_place: bool) -> NDArray[Any]:
    """An array as it was saved; `in_place` it is mapped, and only what is looked at comes into memory. Raises OSError or ValueError."""
    array: NDArray[Any] = np.load(path, mmap_mode="r" if in_place else None, allow_pickle=False)
    return array.view(np.ndarray)  # a plain view of the map: slices of numpy.memmap cost ten times those of an array
