"""Which printed page each line of a text stands on: a tab-separated page map, or markers in the text itself."""

import csv
import io
import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Literal

from gbaqa.errors import CorpusError
from gbaqa.language.script import clean

PageLanguage = Literal["zh", "en", "both"]

_COLUMNS = ("start_line", "page", "language", "confidence")
_MARKER = re.compile(r"^\s*<!--\s*page:\s*(?P<label>\S+)(?:\s+(?P<language>zh|en|both))?\s*-->\s*$")


@dataclass(frozen=True, slots=True)
class PageStart:
    """A page and the 1-based line it starts on; `label` is empty for text outside the numbered pages."""

    line: int
    label: str
    language: PageLanguage
    certain: bool


@dataclass(frozen=True, slots=True)
class PageMap:
    """Page starts in line order; `in_text` where they are markers that the author of the text set."""

    starts: tuple[PageStart, ...]
    in_text: bool = False

    def at(self, line: int) -> PageStart | None:
        """The page that a 1-based line stands on, None in front of the first."""
        index = bisect_right(self.starts, line, key=lambda start: start.line) - 1
        return self.starts[index] if index >= 0 else None


def read_page_map(path: Path, lines: int) -> PageMap:
    """Read a page map for a text of so many lines.

    The map is a tab-separated table with the columns start_line, page, language (zh, en, both) and confidence
    (certain, likely, guess).

    Raises:
        CorpusError: it lacks a column, is out of order, or does not fit the text.
    """
    try:
        rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter="\t", quoting=csv.QUOTE_NONE))
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); check the file and its permissions.") from error
    except csv.Error as error:
        raise CorpusError(f"{path}: not a tab-separated table ({error}); correct the page map.") from error
    except UnicodeDecodeError as error:
        raise CorpusError(f"{path}: not UTF-8 at byte {error.start}; save the page map as UTF-8.") from error
    if not rows or any(rows[0].get(column) is None for column in _COLUMNS):
        raise CorpusError(f"{path}: a page map needs the tab-separated columns {', '.join(_COLUMNS)}.")
    starts = [_page_start(path, number, row) for number, row in enumerate(rows, 2)]
    for number, (before, after) in enumerate(pairwise(starts), 3):
        if after.line <= before.line:
            raise CorpusError(f"{path}, line {number}: start_line {after.line} does not follow {before.line}; sort the map.")
    if starts[-1].line > lines:
        raise CorpusError(
            f"{path}: page {starts[-1].label} starts at line {starts[-1].line}, but the text has {lines} lines; it is of another text."
        )
    labels = [start.label for start in starts if start.label]
    if len(labels) != len(set(labels)):
        twice = next(label for label in labels if labels.count(label) > 1)
        raise CorpusError(f"{path}: page {twice} starts twice; each page may be listed once.")
    return PageMap(tuple(starts))


def _page_start(path: Path, number: int, row: dict[str, str]) -> PageStart:
    language = row["language"]
    if language not in ("zh", "en", "both"):
        raise CorpusError(f"{path}, line {number}: language must be zh, en or both, not {language!r}.")
    try:
        line = int(row["start_line"])
    except (TypeError, ValueError) as error:
        raise CorpusError(f"{path}, line {number}: start_line must be a whole number, not {row['start_line']!r}.") from error
    if line < 1:
        raise CorpusError(f"{path}, line {number}: start_line counts from 1, not {line}.")
    confidence = (row["confidence"] or "").strip()
    if confidence not in ("certain", "likely", "guess"):
        raise CorpusError(f"{path}, line {number}: confidence must be certain, likely or guess, not {confidence!r}.")
    return PageStart(line, clean(row["page"] or "").strip(), language, confidence == "certain")  # type: ignore[arg-type]


def page_markers(lines: list[str]) -> PageMap:
    """The page map that markers such as `<!-- page: 13 en -->` in the text make."""
    starts = []
    for number, line in enumerate(lines, 1):
        if match := _MARKER.match(line):
            starts.append(PageStart(number, clean(match["label"]), match["language"] or "both", True))  # type: ignore[arg-type]
    return PageMap(tuple(starts), in_text=True)


def is_page_marker(line: str) -> bool:
    """Whether a line is a page marker."""
    return _MARKER.match(line) is not None
