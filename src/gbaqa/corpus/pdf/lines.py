"""Runs of characters as lines: what stands on one baseline with no wide gap, its raised note marks with it."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gbaqa.corpus.pdf.sheet import Run, parts_words
from gbaqa.language.script import clean

_WIDEST_SPACE = 1.1  # of the font size; a wider gap parts columns or cells
_RAISED_SIZE, _RAISED_SIZE_OF_NUMBERS = 0.88, 0.96  # of the size beside it
_LEAST_RISE, _GREATEST_RISE = 0.12, 0.9  # of the size beside it
_BESIDE = 0.6  # of the size: how far a raised run stands from what it marks
_SAME_BASELINE = 0.25  # of the size
_SAME_EDGE = 2.0  # points
_ASCENT, _DESCENT = 0.75, 0.22  # of the size: where letters end, in whatever font
_NUMBERS = re.compile(r"^(?=\D*\d)[\s\d,，、*()\[\]–-]+$")


@dataclass(frozen=True, slots=True)
class Part:
    """A run as it stands in a line."""

    run: Run
    is_raised: bool


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one baseline, left to right.

    Attributes:
        size: of most of its characters; `bold` and `color` likewise.
        y: the baseline, in points from the top of the sheet.
    """

    parts: tuple[Part, ...]
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    color: int

    @property
    def text(self) -> str:
        """The line as it reads, marks included."""
        return joined_text(self.parts)

    @property
    def plain(self) -> str:
        """The line without what is raised."""
        return joined_text([part for part in self.parts if not part.is_raised])

    @property
    def top(self) -> float:
        return min(part.run.y - _ASCENT * part.run.size for part in self.parts)

    @property
    def bottom(self) -> float:
        return self.y + _DESCENT * self.size

    @property
    def starts_raised(self) -> bool:
        """Whether the line begins with a raised number: a note, or a mark that was carried over from the line above."""
        return self.parts[0].is_raised

    def follows(self, above: "Line", leading: float) -> bool:
        """Whether a line stands right under another of its size, with at most that leading (of the size): the next of its paragraph."""
        same = abs(self.x0 - above.x0) <= _SAME_EDGE and self.size == above.size
        return same and 0 < self.y - above.y <= leading * self.size


def lines_of(runs: list[Run]) -> list[Line]:
    """The lines of a sheet, from top to bottom; what a wide gap parts is a line of its own."""
    hosts = _hosts(runs)
    rows: list[list[Run]] = []
    for run in sorted((run for index, run in enumerate(runs) if index not in hosts), key=lambda run: (run.y, run.x0)):
        row = next((row for row in reversed(rows[-4:]) if abs(row[0].y - run.y) <= _SAME_BASELINE * min(row[0].size, run.size)), None)
        if row is None:
            rows.append(row := [])
        row.append(run)
    row_of = {id(run): row for row in rows for run in row}
    raised: dict[int, list[Run]] = {}
    for index, host in hosts.items():
        raised.setdefault(id(row_of[id(runs[host])]), []).append(runs[index])
    lines = [line for row in rows for line in _split(row, raised.get(id(row), []))]
    return sorted(lines, key=lambda line: (line.y, line.x0))


def line_of(parts: Iterable[Part]) -> Line:
    """One line of these parts, in their order from left to right. The parts must not be empty."""
    ordered = tuple(sorted(parts, key=lambda part: part.run.x0))
    own = [part.run for part in ordered if not part.is_raised] or [part.run for part in ordered]
    sizes: Counter[tuple[float, int]] = Counter()
    for run in own:
        sizes[run.size, run.color] += len(run.text)
    (size, color), _ = sizes.most_common(1)[0]
    bold = sum(len(run.text) for run in own if run.bold) * 2 > sum(len(run.text) for run in own)
    baseline = next(run.y for run in own if run.size == size)
    return Line(ordered, min(p.run.x0 for p in ordered), max(p.run.x1 for p in ordered), baseline, size, bold, color)


def joined_text(parts: Iterable[Part]) -> str:
    """The text of parts of one line, with a space where one is printed or a gap is wide enough to be one."""
    text = ""
    last: Run | None = None
    for part in parts:
        if last is not None and needs_space(last, part.run):
            text += " "
        text += clean(part.run.text)
        last = part.run
    return text


def needs_space(last: Run, run: Run) -> bool:
    """Whether a run begins a new word after the one before it."""
    return run.space or parts_words(last.text[-1], run.text[0], run.x0 - last.x1, run.size)


def _hosts(runs: list[Run]) -> dict[int, int]:
    """For each raised run the run whose line it belongs to: the one beside it, larger and with a lower baseline."""
    by_place = sorted(range(len(runs)), key=lambda index: runs[index].y)
    hosts: dict[int, int] = {}
    for place, index in enumerate(by_place):
        run = runs[index]
        limit = _RAISED_SIZE_OF_NUMBERS if _NUMBERS.match(run.text) else _RAISED_SIZE
        best: tuple[float, int] | None = None
        for other in by_place[place + 1 :]:
            host = runs[other]
            rise = host.y - run.y
            if rise > _GREATEST_RISE * 40:
                break
            if run.size > limit * host.size or not _LEAST_RISE * host.size <= rise <= _GREATEST_RISE * host.size:
                continue
            distance = min(abs(run.x0 - host.x1), abs(host.x0 - run.x1))
            if distance <= _BESIDE * host.size and (best is None or distance < best[0]):
                best = distance, other
        if best is not None:
            hosts[index] = best[1]
    return {index: _last_host(host, hosts) for index, host in hosts.items()}


def _last_host(host: int, hosts: dict[int, int]) -> int:
    """A mark beside a mark belongs to what the other one marks."""
    while host in hosts:
        host = hosts[host]
    return host


def _split(row: list[Run], raised: list[Run]) -> list[Line]:
    parts = sorted([Part(run, False) for run in row] + [Part(run, True) for run in raised], key=lambda part: part.run.x0)
    groups: list[list[Part]] = [[parts[0]]]
    end = parts[0].run.x1
    for part in parts[1:]:
        if part.run.x0 - end > _WIDEST_SPACE * max(part.run.size, groups[-1][-1].run.size):
            groups.append([])
        groups[-1].append(part)
        end = max(end, part.run.x1)
    return [line_of(group) for group in groups]


def joined_lines(lines: list[Line]) -> Line:
    """One line of several that stand side by side on a baseline."""
    first, *others = sorted(lines, key=lambda line: line.x0)
    if not others:
        return first
    parts = list(first.parts)
    for line in others:
        opening, *rest = line.parts
        parts += [Part(replace(opening.run, space=True), opening.is_raised), *rest]
    return line_of(parts)
