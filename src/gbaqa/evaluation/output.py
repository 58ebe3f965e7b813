"""Files that an evaluation writes: shown to be writable before hours of questions are answered, and replaced at once."""

import json
import os
from collections import defaultdict
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from gbaqa.errors import EvaluationError
from gbaqa.evaluation.gold import GoldItem
from gbaqa.evaluation.scored import Scored


def check_writable(path: Path, what: str) -> None:
    """Find out whether a file can be written by writing beside it; folders on the way are made.

    Raises:
        EvaluationError: it cannot; the message names the file and `what` it is to hold.
    """
    unfinished = _unfinished(path)
    try:
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.touch()
        unfinished.unlink()
    except OSError as error:
        raise _not_writable(path, what, error) from error


def write_atomically(path: Path, text: str, what: str) -> None:
    """Write a file so that nobody meets half of it.

    Raises:
        EvaluationError: it cannot be written; the message names the file and `what` it is to hold.
    """
    unfinished = _unfinished(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(text, "utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise _not_writable(path, what, error) from error


def write_predictions(path: Path, items: Sequence[GoldItem], scored: Sequence[Scored]) -> None:
    """One line a gold line, in the same order: the Answer with the id, or the Answers of a dialogue's turns. Atomic."""
    answers: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in scored:
        answers[row.item.id].append(row.answer.model_dump(mode="json"))
    lines = []
    for item in items:
        given = answers[item.id]
        lines.append({"id": item.id, "turns": given} if item.is_dialogue else {"id": item.id, **given[0]})
    write_atomically(path, "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "predictions")


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.unfinished")


def _not_writable(path: Path, what: str, error: OSError) -> EvaluationError:
    return EvaluationError(f"{path}: the {what} cannot be written ({error.strerror}); choose another place.")
