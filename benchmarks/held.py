"""How much memory the parts of something hold, object by object: what the process has beyond it is nobody's of these."""

import gc
import sys
from collections.abc import Mapping
from types import BuiltinFunctionType, FunctionType, MethodType, ModuleType

import numpy as np

_SHARED = (type, ModuleType, FunctionType, BuiltinFunctionType, MethodType)  # lead to all there is


def held_mb(parts: Mapping[str, object]) -> dict[str, float]:
    """Megabytes of each part; an object that several of them hold counts for the first one."""
    seen: set[int] = set()
    return {name: _size(part, seen) / 2**20 for name, part in parts.items()}


def _size(part: object, seen: set[int]) -> int:
    size, found = 0, [part]
    while found:
        one = found.pop()
        if id(one) in seen or isinstance(one, _SHARED):
            continue
        seen.add(id(one))
        size += sys.getsizeof(one)
        found += gc.get_referents(one)
        if isinstance(one, np.ndarray) and one.base is not None:
            found.append(one.base)
    return size
