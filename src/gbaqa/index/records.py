"""Records that stay on disk: one is read and decoded when it is looked at, and the last ones looked at are kept.

They are read by their offsets from a file that stays open, not through a memory map: a file that somebody cuts short then
gives an error in one line, where a map would end the process. What the operating system has of the file in its cache is
as near, and is not counted as the process's.
"""

import os
import weakref
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import TypeAdapter, ValidationError

from gbaqa.errors import SearchIndexError
from gbaqa.index.sequences import OnDemand

T = TypeVar("T")


def write_records(folder: Path, name: str, kind: TypeAdapter[T], records: Iterable[T]) -> None:
    """Write records, a line of JSON each, and where each begins."""
    ends = [0]
    with (folder / f"{name}.jsonl").open("wb") as file:
        for record in records:
            ends.append(ends[-1] + file.write(kind.dump_json(record) + b"\n"))
    np.save(folder / f"{name}_starts.npy", np.array(ends, dtype=np.int64), allow_pickle=False)


class _Compared(OnDemand[T]):
    """Equal to any sequence of equal items, wherever these are kept."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and all(a == b for a, b in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]


class Records(_Compared[T]):
    """The records that were written under a name; `kept` of them are in memory at most. Safe to share between threads."""

    def __init__(self, folder: Path, name: str, kind: TypeAdapter[T], kept: int) -> None:
        """Raises OSError or ValueError where they cannot be read, or are not as they were written."""
        path = folder / f"{name}.jsonl"
        starts: NDArray[np.int64] = np.load(folder / f"{name}_starts.npy", allow_pickle=False)
        if starts.dtype != np.int64 or starts.ndim != 1 or starts[-1] != path.stat().st_size:
            raise ValueError(f"{path.name} does not end where its last record does")
        self._count = len(starts) - 1
        self._read = partial(_read, kind, _File(path), starts.data)
        self.at = lru_cache(kept)(self._read)  # the record at a position, not counted from the end

    def __len__(self) -> int:
        return self._count

    def _made(self, at: int) -> T:
        """Raises SearchIndexError where the file is no longer as it was."""
        return self.at(at)

    def __iter__(self) -> Iterator[T]:
        """Each record, read anew: who looks at all of them should not push out those that are looked at often."""
        return map(self._read, range(self._count))


class _File:
    """A file that is open as long as anybody may read from it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        weakref.finalize(self, os.close, self.handle)


def _read(kind: TypeAdapter[T], file: _File, starts: memoryview, at: int) -> T:
    start, end = starts[at], starts[at + 1]
    try:
        return kind.validate_json(os.pread(file.handle, end - start, start))
    except (OSError, ValidationError) as error:
        raise SearchIndexError(f"{file.path}: changed while it was in use; run: gbaqa index --rebuild") from error


class Part(_Compared[T]):
    """Some of the records, one after the other."""

    def __init__(self, records: Records[T], start: int, stop: int) -> None:
        self._records = records
        self._places = range(start, stop)

    def __len__(self) -> int:
        return len(self._places)

    def _made(self, at: int) -> T:
        """Raises SearchIndexError where the file is no longer as it was."""
        return self._records.at(self._places[at])

    def __iter__(self) -> Iterator[T]:
        return map(self._records.at, self._places)
