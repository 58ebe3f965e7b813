"""Notes at the foot of a sheet: where they begin, which line opens one, which go on."""

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from gbaqa.corpus.pdf.lines import Line
from gbaqa.corpus.pdf.sheet import Rule
from gbaqa.language.script import clean

_SMALL = 0.93  # of the body's size: notes are set smaller
_SHORTEST_RULE = 0.12  # of the sheet's width: a rule above notes
_RULE_REACH = 3.0  # of the font size: how far notes begin below their rule
_PLAIN = re.compile(r"^[\[(]?(\d{1,4})[\])]?(?:[.、:：]\s*|\s+)(?=\S)")
_BRACKETED = re.compile(r"^\[(\d{1,3})\](?=\s*\S)")
_CIRCLED = re.compile(r"^[\u2460-\u2473]")
_END_NOTES = re.compile(
    r"^(?:end\s*notes?|notes?|references|sources|注释|註釋|尾注|尾註|附注|附註|参考资料|參考資料|参考文献|參考文獻)$",
    re.IGNORECASE,
)
_MOST_SKIPPED = 3  # numbers that may be missing between two notes


@dataclass(slots=True)
class FootNote:
    """A note as set: its number and its lines, the number still in the first one."""

    number: int
    sheet: int
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Foot:
    """The notes at a foot, and the lines above them that end a note of the sheet before."""

    rest_of_last: list[Line]
    notes: list[FootNote]


def part_foot(lines: list[Line], rules: list[Rule], body: float, width: float) -> tuple[list[Line], list[Line]]:
    """The text of a sheet or column, and the lines at its foot that are notes.

    These are the last lines, smaller than the body, from a rule or from a line that opens a note.
    """
    foot: list[Line] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if line.size > _SMALL * body:
            break
        foot.insert(0, line)
    begin = _under_rule(foot, rules, width)
    if begin is None:
        begin = next((line.y for line in foot if _opens(line) is not None), None)
    if begin is None:
        return lines, []
    notes = [line for line in foot if line.y >= begin - 1]
    ids = {id(line) for line in notes}
    return [line for line in lines if id(line) not in ids], sorted(notes, key=lambda line: (line.y, line.x0))


def _under_rule(foot: list[Line], rules: list[Rule], width: float) -> float | None:
    """Height of the first line under the lowest rule that may part notes from text, None without one."""
    for rule in sorted(rules, key=lambda rule: -rule.y0):
        if rule.x1 - rule.x0 < _SHORTEST_RULE * width or rule.y1 - rule.y0 > rule.x1 - rule.x0:
            continue
        below = [line for line in foot if line.y > rule.y1]
        if below and len(below) < len(foot) + 1 and below[0].top - rule.y1 <= _RULE_REACH * below[0].size:
            pieces = [other for other in rules if abs(other.y0 - rule.y0) < 1.5]
            if len(pieces) == 1:
                return below[0].y
    return None


def by_column(lines: list[Line], gutters: list[float]) -> list[Line]:
    """The lines of a foot in reading order: column after column where notes open on both sides of a gutter and none crosses it."""
    for x in gutters:
        left, right = [line for line in lines if line.x1 <= x], [line for line in lines if line.x0 >= x]
        if len(left) + len(right) == len(lines) and all(any(_opens(line) is not None for line in side) for side in (left, right)):
            return by_column(left, gutters) + by_column(right, gutters)
    return sorted(lines, key=lambda line: (line.y, line.x0))


def read_foot(lines: list[Line], sheet: int) -> Foot:
    """The notes of these lines; each opens with its number, raised or plain, and goes on over the lines after it."""
    raised_only = any(line.starts_raised for line in lines)
    rest: list[Line] = []
    notes: list[FootNote] = []
    for line in lines:
        number = _opens(line)
        if number is not None and raised_only and not line.starts_raised and not _BRACKETED.match(line.text):
            number = None
        if number is not None and notes and not raised_only and not 0 < number - notes[-1].number <= _MOST_SKIPPED:
            number = None  # "2023 annual report" goes on; it is not note 2023
        if number is not None:
            notes.append(FootNote(number, sheet, [line]))
        elif notes:
            notes[-1].lines.append(line)
        else:
            rest.append(line)
    return Foot(rest, notes)


def _opens(line: Line) -> int | None:
    """The number of the note that a line opens, None if it opens none."""
    first = line.parts[0].run.text
    if line.starts_raised:
        raised = "".join(part.run.text for part in itertools.takewhile(lambda part: part.is_raised, line.parts))
        digits = re.match(r"\D*(\d{1,4})", clean(raised))
        return int(digits[1]) if digits else None
    if _CIRCLED.match(first):
        return ord(first[0]) - 0x245F
    match = _PLAIN.match(clean(line.text))
    return int(match[1]) if match else None


def bracketed_notes(lines: Iterable[Line]) -> set[int]:
    """The numbers in brackets that lines of a document open with: what "[7]" in its text may lead to."""
    return {int(match[1]) for line in lines if (match := _BRACKETED.match(line.text))}


def opens_end_notes(heading: str) -> bool:
    """Whether a heading stands over the notes of a chapter or of the whole document."""
    return _END_NOTES.match(heading.strip()) is not None


def end_note_number(text: str, last: int) -> int | None:
    """The number of the end note that a paragraph is, after note `last`; None if it is none."""
    match = _PLAIN.match(text)
    return int(match[1]) if match and 0 < int(match[1]) - last <= _MOST_SKIPPED else None


def without_number(text: str, number: int) -> str:
    """The text of a note without the number it opens with."""
    return re.sub(rf"^[\[(]?{number}[\])]?[.、:：]?\s*", "", text)
