"""What readers think of answers: thumbs and reasons, kept in a SQLite file on this machine where its operator wants it."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from gbaqa.errors import FeedbackError

Thumb = Literal["up", "down"]
Reason = Literal["wrong", "source", "incomplete", "other"]

_TABLE = """
CREATE TABLE IF NOT EXISTS ratings (
  id INTEGER PRIMARY KEY,
  given_at REAL NOT NULL,
  thumb TEXT NOT NULL CHECK (thumb IN ('up', 'down')),
  reason TEXT,
  remark TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL
)
"""
_WAIT_SECONDS = 5  # for another process that writes


@dataclass(frozen=True, slots=True)
class Rating:
    """A reader's judgement of an answer. `given_at` is in seconds since 1970."""

    id: int
    given_at: float
    thumb: Thumb
    reason: Reason | None
    remark: str
    question: str
    answer: str


class Ratings:
    """The ratings in a SQLite file, which is made with the first one. Nothing of who gave them is kept."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def add(self, thumb: Thumb, question: str, answer: str, reason: Reason | None = None, remark: str = "") -> None:
        """Keep a rating.

        Raises:
            FeedbackError: the file cannot be written.
        """
        with self._opened() as connection:
            connection.execute(
                "INSERT INTO ratings (given_at, thumb, reason, remark, question, answer) VALUES (?, ?, ?, ?, ?, ?)",
                (time.time(), thumb, reason, remark, question, answer),
            )

    def all(self) -> list[Rating]:
        """All ratings, the oldest first; none where the file is not there yet.

        Raises:
            FeedbackError: it cannot be read.
        """
        if not self._path.exists():
            return []
        with self._opened() as connection:
            rows = connection.execute("SELECT id, given_at, thumb, reason, remark, question, answer FROM ratings ORDER BY id").fetchall()
        return [Rating(*row) for row in rows]

    def delete(self, ids: list[int] | None = None) -> int:
        """Delete ratings by their ids, all of them without any; how many there were.

        Raises:
            FeedbackError: the file cannot be written.
        """
        if not self._path.exists():
            return 0
        with self._opened() as connection:
            if ids is None:
                return connection.execute("DELETE FROM ratings").rowcount
            return sum(connection.execute("DELETE FROM ratings WHERE id = ?", (one,)).rowcount for one in ids)

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = sqlite3.connect(self._path, timeout=_WAIT_SECONDS)
            try:
                with connection:  # commits, or rolls back where anything fails
                    connection.execute("PRAGMA secure_delete = ON")  # what is deleted is not left in the file
                    connection.execute(_TABLE)
                    yield connection
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise FeedbackError(
                f"{self._path}: feedback cannot be kept there ({error}); set GBAQA_FEEDBACK to a file to write to."
            ) from error
