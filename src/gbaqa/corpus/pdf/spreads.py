"""Sheets that show two printed pages side by side, as books are scanned: each half becomes a page of its own.

Two columns on a wide sheet look just the same; only page numbers tell. A sheet is a spread where its left half bears a number,
its right half the next one, and such pairs run on from sheet to sheet.
"""

from collections import defaultdict
from dataclasses import replace

from gbaqa.corpus.pdf.labels import page_numbers
from gbaqa.corpus.pdf.lines import lines_of
from gbaqa.corpus.pdf.sheet import Rule, Run, Sheet

_WIDE = 1.15  # times its height
_MARGIN = 0.13  # of the sheet's height: where page numbers stand
_FEWEST = 3  # spreads that run on; two where the file has no more wide sheets


def part_spreads(sheets: list[Sheet]) -> tuple[list[Sheet], dict[int, int]]:
    """The sheets with each spread as two, numbered anew, and for each of them the sheet of the file that it comes from."""
    wide = {sheet.number for sheet in sheets if sheet.width > _WIDE * sheet.height}
    starts: dict[int, set[int]] = defaultdict(set)
    pages = 0
    for sheet in sheets:
        for number in _pairs(sheet) if sheet.number in wide else ():
            starts[number - pages].add(sheet.number)
        pages += 2 if sheet.number in wide else 1
    most = max(starts.values(), key=len, default=set())
    if len(most) < max(2, min(_FEWEST, len(wide))) or 2 * len(most) < len(wide):
        return sheets, {sheet.number: sheet.number for sheet in sheets}
    parts: list[Sheet] = []
    origin: dict[int, int] = {}
    for sheet in sheets:
        for part in _halves(sheet) if sheet.number in wide else [sheet]:
            parts.append(replace(part, number=len(parts) + 1))
            origin[len(parts)] = sheet.number
    return parts, origin


def _pairs(sheet: Sheet) -> set[int]:
    """The numbers in the margins of the left half whose next ones stand in those of the right half."""
    left, right = (_numbers(half) for half in _halves(sheet))
    return {number for number in left if number + 1 in right}


def _numbers(half: Sheet) -> set[int]:
    edge = _MARGIN * half.height
    marginal = [line for line in lines_of(half.runs) if not edge < line.y < half.height - edge]
    return {value for style, value in page_numbers(marginal) if style == "arabic"}


def _halves(sheet: Sheet) -> tuple[Sheet, Sheet]:
    """The two halves of a sheet. What begins in one of them belongs to it."""
    middle = sheet.width / 2
    left, right = (replace(sheet, width=middle, runs=[], rules=[]) for _ in range(2))
    for run in sheet.runs:
        (left.runs if run.x0 < middle else right.runs).append(_moved_run(run, middle))
    for rule in sheet.rules:
        (left.rules if rule.x0 < middle else right.rules).append(_moved_rule(rule, middle))
    return left, right


def _moved_run(run: Run, middle: float) -> Run:
    return run if run.x0 < middle else replace(run, x0=run.x0 - middle, x1=run.x1 - middle)


def _moved_rule(rule: Rule, middle: float) -> Rule:
    return rule if rule.x0 < middle else replace(rule, x0=rule.x0 - middle, x1=rule.x1 - middle)
