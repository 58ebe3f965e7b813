"""Running headers and footers: what stands in the margins of sheet after sheet, the page number apart."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass

from gbaqa.corpus.pdf.labels import page_numbers
from gbaqa.corpus.pdf.lines import Line
from gbaqa.corpus.pdf.sheet import Sheet

_MARGIN = 0.13  # of the sheet's height, at the top and at the bottom
_SAME_PLACE = 4  # points
_LEADING = 1.35  # of the font size: between the baselines of small text
_FEWEST_SHEETS = 3
_RUNNING_SHARE = 0.6  # of the sheets with a line at that height
_A_NUMBER = "#"  # the pattern of a page number alone
_NUMBER = re.compile(r"\d+|\b[ivxlcdm]+\b", re.IGNORECASE)
_NUMBER_ONLY = re.compile(
    r"^\W*+(?:page|p\.?|第)?\s*+(?:\d{1,4}|[ivxlcdm]{1,8})\s*+(?:页|頁)?"
    r"(?:\s*+(?:/|of|共)\s*+\d{1,4}\s*+(?:页|頁)?)?\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Margins:
    """The running lines of each sheet, by its number, and its other lines."""

    running: dict[int, list[Line]]
    text: dict[int, list[Line]]


def part_margins(sheets: list[Sheet], lines: dict[int, list[Line]]) -> Margins:
    """Tell running headers and footers from text.

    A height of the margin is a running one where most sheets with anything at it have lines that come again there,
    whatever number is in them, or outermost lines with numbers that run on from sheet to sheet, whatever else is in them.
    Column names on top of page after page are no such lines: other pages begin with text there.
    """
    places: dict[int, list[tuple[int, Line]]] = defaultdict(list)
    for sheet in sheets:
        for line in _in_margins(sheet, lines[sheet.number]):
            places[round(_height(sheet, line))].append((sheet.number, line))
    needed = _FEWEST_SHEETS if len(sheets) > _FEWEST_SHEETS else max(2, len(sheets))
    heights: dict[int, set[str]] = {}
    outermost = {id(line) for sheet in sheets for line in _outermost(sheet, lines[sheet.number])}
    numbered: set[int] = set()
    for height in places:
        here = [found for near in range(height - _SAME_PLACE, height + _SAME_PLACE + 1) for found in places.get(near, ())]
        heights[height] = _running_patterns(here, needed)
        numbered |= {id(line) for line in _numbered_lines([(n, line) for n, line in here if id(line) in outermost], needed)}
    running: dict[int, list[Line]] = {}
    text: dict[int, list[Line]] = {}
    for sheet in sheets:
        marginal = [
            line
            for line in _in_margins(sheet, lines[sheet.number])
            if id(line) in numbered or _pattern(line) in heights[round(_height(sheet, line))]
        ]
        if len(sheets) < _FEWEST_SHEETS:
            marginal += [line for line in lines[sheet.number] if _pattern(line) == _A_NUMBER and _is_near_edge(sheet, line)]
        ids = {id(line) for line in _apart(marginal, lines[sheet.number])}
        running[sheet.number] = [line for line in lines[sheet.number] if id(line) in ids]
        text[sheet.number] = [line for line in lines[sheet.number] if id(line) not in ids]
    return Margins(running, text)


def _in_margins(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """The lines in the margins that may be running ones; one that opens with a raised number is a note."""
    edge = _MARGIN * sheet.height
    return [line for line in lines if (line.y < edge or line.y > sheet.height - edge) and not line.starts_raised]


def _apart(marginal: list[Line], lines: list[Line]) -> list[Line]:
    """Those of the lines that do not go on with text: notes may end alike on many sheets."""
    ids = {id(line) for line in marginal}
    text = [line for line in lines if id(line) not in ids]
    kept: list[Line] = []
    for line in sorted(marginal, key=lambda line: line.y):
        (text if any(line.follows(above, _LEADING) for above in text) else kept).append(line)
    return kept


def _outermost(sheet: Sheet, lines: list[Line]) -> list[Line]:
    """The first and the last row of a sheet."""
    top, bottom = min((line.y for line in lines), default=0.0), max((line.y for line in lines), default=0.0)
    return [line for line in _in_margins(sheet, lines) if line.y <= top + _SAME_PLACE or line.y >= bottom - _SAME_PLACE]


def _pattern(line: Line) -> str:
    if _NUMBER_ONLY.match(line.text):
        return _A_NUMBER
    return _NUMBER.sub("#", line.text).replace(" ", "").strip("#|·-–—").lower()


def _height(sheet: Sheet, line: Line) -> float:
    """The baseline from the nearer edge: sheets of several sizes have their numbers at one distance from it."""
    return line.y if line.y < sheet.height / 2 else line.y - sheet.height


def _running_patterns(here: list[tuple[int, Line]], needed: int) -> set[str]:
    """The lines that come again at a height where most sheets with anything at it have such lines."""
    patterns_of: dict[int, set[str]] = defaultdict(set)
    for sheet, line in here:
        patterns_of[sheet].add(_pattern(line))
    sheets_with = Counter(pattern for patterns in patterns_of.values() for pattern in patterns)
    again = {pattern for pattern, count in sheets_with.items() if count >= needed}
    share = sum(not patterns.isdisjoint(again) for patterns in patterns_of.values())
    if not again or share < _RUNNING_SHARE * len(patterns_of):
        return set()
    return again | {pattern for pattern, count in sheets_with.items() if count > 1 or pattern == _A_NUMBER}


def _numbered_lines(here: list[tuple[int, Line]], needed: int) -> list[Line]:
    """The lines whose numbers run on at a height where most sheets with anything at it have such lines: "12  Chapter 2: Harbours"."""
    numberings = [{(style, sheet - value) for style, value in page_numbers([line])} for sheet, line in here]
    sheets_with: dict[tuple[str, int], set[int]] = defaultdict(set)
    for (sheet, _), found in zip(here, numberings, strict=True):
        for numbering in found:
            sheets_with[numbering].add(sheet)
    runs = {numbering for numbering, sheets in sheets_with.items() if len(sheets) >= needed}
    numbered = [(sheet, line) for (sheet, line), found in zip(here, numberings, strict=True) if not runs.isdisjoint(found)]
    share = len({sheet for sheet, _ in numbered})
    return [line for _, line in numbered] if share >= _RUNNING_SHARE * len({sheet for sheet, _ in here}) else []


def _is_near_edge(sheet: Sheet, line: Line) -> bool:
    return line.y < 0.08 * sheet.height or line.y > 0.92 * sheet.height


def most_common_size(lines: list[Line]) -> float:
    """The font size that most characters of these lines have, 0 where there are none."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size, 1)] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0
