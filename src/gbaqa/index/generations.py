"""Generations of an index folder: one is in use, a new one takes its place by one rename.

index/current          name of the generation in use
index/<generation>/    its files, with their checksums in manifest.json
"""

import hashlib
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gbaqa.errors import SearchIndexError

_CURRENT = "current"
_BUILDING = ".building-"
_POINTER = f".{_CURRENT}-"
_NAME = re.compile(r"\d{1,20}-[0-9a-f]{8}")
_STALE_SECONDS = 24 * 3600  # what a killed build left behind is cleared by the next build after a day


def current_generation(index: Path) -> Path:
    """The folder of the generation in use.

    Raises:
        SearchIndexError: there is none, or `current` does not name one.
    """
    pointer = index / _CURRENT
    try:
        name = pointer.read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise SearchIndexError(f"{index}: no index here yet; build it with: gbaqa index --index {index}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SearchIndexError(f"{pointer}: cannot be read; check its permissions or run: gbaqa index --rebuild") from error
    if not _NAME.fullmatch(name):
        raise SearchIndexError(f"{pointer}: does not name a generation of the index; run: gbaqa index --rebuild")
    return index / name


def check_pointer(index: Path) -> None:
    """Raise SearchIndexError where there is a `current` that names no generation: only an explicit build replaces it."""
    if (index / _CURRENT).exists():
        current_generation(index)


@contextmanager
def new_generation(index: Path) -> Iterator[Path]:
    """A folder to write a generation into; on leaving it without an exception, it is put in use and the old one removed.

    Raises:
        SearchIndexError: the folder cannot be written, or is somebody else's.
    """
    refuse_foreign(index)
    created = not index.exists()
    name = f"{int(time.time())}-{secrets.token_hex(4)}"
    building, pointer = index / f"{_BUILDING}{name}", index / f"{_POINTER}{name}"
    in_use = False
    try:
        index.mkdir(parents=True, exist_ok=True)
        _clear_stale(index)
        building.mkdir()
        yield building
        _sync(building)
        building.rename(index / name)
        pointer.write_text(name + "\n", "utf-8")
        if pointer.read_text("utf-8") != name + "\n":
            raise OSError("the disk is full")
        _sync(pointer)
        before = _pointed_at(index)
        os.replace(pointer, index / _CURRENT)
        in_use = True
    except (OSError, RuntimeError, ValueError, EOFError) as error:
        reason = getattr(error, "strerror", None) or (str(error).splitlines() or [type(error).__name__])[0]
        raise SearchIndexError(
            f"{index}: the index cannot be written ({reason}); free space or choose another folder with --index."
        ) from error
    finally:
        if not in_use:
            _remove(building, index / name, pointer)
            if created and index.is_dir() and not any(index.iterdir()):
                index.rmdir()
    if before and before != name:
        _remove(index / before)


def checksums(generation: Path) -> dict[str, str]:
    """SHA-256 of every file of a generation but its manifest, by relative path."""
    files = sorted(file for file in generation.rglob("*") if file.is_file() and file.name != "manifest.json")
    return {file.relative_to(generation).as_posix(): _checksum(file) for file in files}


def _checksum(path: Path) -> str:
    with path.open("rb") as file:  # piece by piece: a file may be larger than what of it is ever needed in memory
        return hashlib.file_digest(file, "sha256").hexdigest()


def _pointed_at(index: Path) -> str | None:
    try:
        return current_generation(index).name
    except SearchIndexError:
        return None


def refuse_foreign(index: Path) -> None:
    """Raise SearchIndexError where `current` is no pointer of ours: the folder is somebody's, nothing in it is touched."""
    pointer = index / _CURRENT
    try:
        foreign = pointer.is_dir() or (pointer.is_file() and len(pointer.read_bytes()[:4096].split()) > 1)
    except OSError:
        return  # what cannot be read cannot be judged; writing will tell
    if foreign:
        raise SearchIndexError(f"{pointer}: not a file of gbaqa; choose another folder with --index.")


def _sync(path: Path) -> None:
    """Have the operating system write a file, or all files below a folder, to disk before they are relied on."""
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())


def _clear_stale(index: Path) -> None:
    """Remove what killed builds left: unfinished folders and pointers, and generations that never came into use."""
    in_use = _pointed_at(index)
    for entry in index.iterdir():
        ours = entry.name.startswith((_BUILDING, _POINTER)) or (_NAME.fullmatch(entry.name) and entry.name != in_use)
        if ours and time.time() - entry.lstat().st_mtime > _STALE_SECONDS:
            _remove(entry)


def _remove(*paths: Path) -> None:
    for path in paths:
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):  # what cannot be removed is left for the next build
                path.unlink()
