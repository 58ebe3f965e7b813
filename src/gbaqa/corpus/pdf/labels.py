"""The printed label of each sheet: from the file's page labels where the printed numbers bear them out, else from the
printed numbers where they run on from sheet to sheet, else the sheet's own number, marked as uncertain.
"""

import re
from collections import Counter
from dataclasses import dataclass

from gbaqa.corpus.pdf.lines import Line
from gbaqa.language.script import clean

_ARABIC = re.compile(r"(?<![\d.,])\d{1,4}(?![\d.,]*\d)")
_ROMAN = re.compile(r"(?<![A-Za-z])[ivxlc]{1,8}(?![A-Za-z])|(?<![A-Za-z])[IVXLC]{1,8}(?![A-Za-z])")
_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_FEWEST_IN_RUN = 3
_LONGEST_FOOTER = 160


@dataclass(frozen=True, slots=True)
class Label:
    """A page label. `printed` says whether the sheet bears it, or a sheet of its run does."""

    text: str
    certain: bool


@dataclass(frozen=True, slots=True)
class _Numbering:
    """A numbering of sheets: a style, and the sheet before the one numbered 1."""

    style: str
    offset: int

    def text(self, sheet: int) -> str:
        value = sheet - self.offset
        if value < 1:
            return ""
        return str(value) if self.style == "arabic" else _roman(value) if self.style == "roman" else _roman(value).upper()


def printed_labels(running: dict[int, list[Line]], declared: list[str], left_out: set[int]) -> dict[int, Label | None]:
    """The label of each sheet; None for one outside the numbered pages (a cover), or left out and without a number.

    Args:
        running: header and footer lines by sheet.
        declared: the labels that the file declares, by sheet, or nothing.
        left_out: sheets that are no pages of text (contents) unless they bear a number.
    """
    seen = {sheet: page_numbers(lines) for sheet, lines in running.items()}
    runs = _runs(seen)
    printed = {sheet: numbering.text(sheet) for sheet, numbering in runs.items()}
    if declared and printed and sum(clean(declared[sheet - 1]) == text for sheet, text in printed.items()) * 10 >= 9 * len(printed):
        return {sheet: Label(clean(declared[sheet - 1]), True) if declared[sheet - 1] else None for sheet in running}
    if printed:
        return {sheet: _label(sheet, printed, runs, left_out) for sheet in running}
    counted = [str(sheet) for sheet in running]
    if declared and declared != counted:
        return {sheet: Label(clean(declared[sheet - 1]), False) if declared[sheet - 1] else None for sheet in running}
    return {sheet: Label(str(sheet), False) for sheet in running}


def page_numbers(lines: list[Line]) -> list[tuple[str, int]]:
    """(style, value) of all that may be a page number, alone or at an end of a running line."""
    found: list[tuple[str, int]] = []
    for line in lines:
        text = line.text.strip()
        if len(text) > _LONGEST_FOOTER:
            continue
        found += [("arabic", int(match.group())) for match in _ARABIC.finditer(text)]
        romans = [match.group() for match in _ROMAN.finditer(text)]
        found += [("roman" if roman.islower() else "ROMAN", value) for roman in romans if (value := _roman_value(roman))]
    return found


def _runs(seen: dict[int, list[tuple[str, int]]]) -> dict[int, _Numbering]:
    """For each sheet that bears a number of a run, the numbering it belongs to; where two fit, the one with more sheets near by."""
    sheets = sorted(seen)
    candidates = {sheet: {_Numbering(style, sheet - value) for style, value in seen[sheet]} for sheet in sheets}
    counts = Counter(numbering for found in candidates.values() for numbering in found)
    needed = min(_FEWEST_IN_RUN, max(2, len(sheets)))
    chosen: dict[int, _Numbering] = {}
    for sheet in sheets:
        likely = [n for n in candidates[sheet] if counts[n] >= (needed if n.style == "arabic" else 2)]
        if likely:
            chosen[sheet] = max(likely, key=lambda n: (_near(n, sheet, candidates), counts[n], n.style == "arabic"))
    return chosen


def _near(numbering: _Numbering, sheet: int, candidates: dict[int, set[_Numbering]], reach: int = 6) -> int:
    return sum(numbering in candidates.get(other, ()) for other in range(sheet - reach, sheet + reach + 1))


def _label(sheet: int, printed: dict[int, str], runs: dict[int, _Numbering], left_out: set[int]) -> Label | None:
    """The label of a sheet among numbered ones: its own, or the one that the run around it leaves for it."""
    if sheet in printed:
        return Label(printed[sheet], True)
    if sheet in left_out:
        return None
    before = max((other for other in runs if other < sheet), default=None)
    after = min((other for other in runs if other > sheet), default=None)
    nearest = runs[before] if before is not None else runs[after] if after is not None else None
    if nearest is None or after is None:
        return None  # what follows the last numbered sheet is a back cover
    if before is not None and after is not None and runs[before] != runs[after]:
        nearest = runs[after] if runs[after].text(sheet) else runs[before]
    text = nearest.text(sheet)
    return Label(text, False) if text and text not in printed.values() else None


def unique(labels: dict[int, Label | None], origin: dict[int, int]) -> dict[int, Label | None]:
    """A label that comes twice (a second part that counts from 1 again) names its sheet of the file, so that it means one page."""
    used: set[str] = set()
    result: dict[int, Label | None] = {}
    for sheet, label in sorted(labels.items()):
        again = label is not None and label.text in used
        result[sheet] = Label(f"{label.text} (sheet {origin[sheet]})", label.certain) if label is not None and again else label
        used |= {label.text} if label is not None else set()
    return result


def _roman_value(text: str) -> int | None:
    """The value of a Roman numeral as it is correctly written, else None."""
    value = 0
    values = [_VALUES[char] for char in text.lower()]
    for index, one in enumerate(values):
        value += -one if index + 1 < len(values) and values[index + 1] > one else one
    return value if _roman(value) == text.lower() else None


def _roman(value: int) -> str:
    parts = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
    text = ""
    for worth, sign in parts:
        text += sign * (value // worth)
        value %= worth
    return text
