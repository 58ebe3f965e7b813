"""Reading a PDF in a process of its own, with limits: a file that hangs, crashes or fills the memory costs one line."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from typing import Any

from pydantic import TypeAdapter

from gbaqa.corpus.pdf.sheet import Sheet, Structure
from gbaqa.corpus.pdf.worker import DAMAGED, LOCKED, MEMORY, MOST_SHEETS
from gbaqa.errors import CorpusError

_SECONDS_A_SHEET = 30.0
_SECONDS_TO_DRAW = 60.0
_LARGEST_FILE = 1 << 30  # bytes
_MAGIC_WITHIN = 1024  # bytes in which "%PDF-" must stand
_SHEET = TypeAdapter(Sheet)
_STRUCTURE = TypeAdapter(Structure)


def read_sheets(path: Path) -> tuple[Structure, list[Sheet]]:
    """What a PDF says of itself, and its sheets.

    Raises:
        CorpusError: it is no PDF, locked, damaged, too large, or takes too much time or memory.
    """
    _check(path)
    with _worker(["read", str(path)]) as answers:
        structure = _STRUCTURE.validate_python(_next(answers, path, 0))
        sheets: list[Sheet] = []
        if structure.sheets > MOST_SHEETS:
            raise CorpusError(f"{path}: {structure.sheets:,} pages, more than the {MOST_SHEETS:,} that gbaqa reads; split the file.")
        while len(sheets) < structure.sheets:
            sheets.append(_SHEET.validate_python(_next(answers, path, len(sheets) + 1)))
    return structure, sheets


def draw(path: Path, sheet: int, scale: float, quotes: list[str]) -> bytes:
    """A PNG of a sheet with quotes marked. Raises CorpusError where the sheet cannot be drawn."""
    _check(path)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            [*_COMMAND, "draw", str(path), str(sheet), str(scale), *quotes],
            capture_output=True,
            timeout=_SECONDS_TO_DRAW,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise CorpusError(f"{path}: sheet {sheet} takes more than {_SECONDS_TO_DRAW:.0f} s to draw; open it in a PDF viewer.") from error
    if done.returncode or not done.stdout.startswith(b"\x89PNG"):
        raise CorpusError(f"{path}: sheet {sheet} cannot be drawn; the file is damaged or too large, save it anew from a PDF viewer.")
    return done.stdout


_COMMAND = [sys.executable, "-m", "gbaqa.corpus.pdf.worker"]


def _check(path: Path) -> None:
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(_MAGIC_WITHIN)
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); check the file and its permissions.") from error
    if b"%PDF-" not in start:
        raise CorpusError(f"{path}: not a PDF, whatever its name says; give it the ending of what it is, or remove it.")
    if size > _LARGEST_FILE:
        raise CorpusError(f"{path}: larger than {_LARGEST_FILE >> 20} MB; split the file.")


@contextmanager
def _worker(arguments: list[str]) -> Iterator[Queue[bytes]]:
    """A running worker, as the lines that it writes; an empty one is its end."""
    process = subprocess.Popen([*_COMMAND, *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)  # noqa: S603 - as above
    answers: Queue[bytes] = Queue(maxsize=64)
    stopped = threading.Event()

    def listen() -> None:
        if process.stdout is not None:
            for line in process.stdout:
                if stopped.is_set():
                    return
                answers.put(line)
        answers.put(b"")

    threading.Thread(target=listen, daemon=True).start()
    try:
        yield answers
    finally:
        stopped.set()
        process.kill()
        process.wait()
        while not answers.empty():
            answers.get_nowait()


def _next(answers: Queue[bytes], path: Path, sheet: int) -> Any:
    """The next answer of a worker. Sheet 0 is the file as a whole."""
    where = f"sheet {sheet}" if sheet else "its structure"
    try:
        line = answers.get(timeout=_SECONDS_A_SHEET)
    except Empty:
        raise CorpusError(f"{path}: {where} takes more than {_SECONDS_A_SHEET:.0f} s to read; remove the file or save it anew.") from None
    if not line:
        raise CorpusError(
            f"{path}: {where} crashes the reader or needs more than {MEMORY >> 30} GB of memory; remove the file or save it anew."
        )
    answer = json.loads(line)
    if answer.get("failure") == LOCKED:
        raise CorpusError(f"{path}: locked with a password; save it without one.")
    if answer.get("failure") == DAMAGED:
        raise CorpusError(f"{path}: damaged or cut off, no page can be found in it; download or save it anew.")
    return answer
