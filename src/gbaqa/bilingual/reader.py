"""Reads groups of twins against each other.

Quantities and dates are matched first within their group, then what is left over with what is left over near by: a
figure that the other language gives a sentence later is no disagreement. What then remains on both sides of a group
and is of one sort differs; what remains on one side is left out by the other, if it is nowhere near.
"""

from collections.abc import Sequence

from gbaqa.bilingual.claims import Claims
from gbaqa.bilingual.dating import DateReader
from gbaqa.bilingual.disagreement import Disagreement
from gbaqa.bilingual.figures import FigureReader
from gbaqa.bilingual.findings import Findings
from gbaqa.bilingual.groups import Group, Passages, with_strays
from gbaqa.bilingual.tense import tenses_apart
from gbaqa.bilingual.turned_meaning import extents_apart, names_apart, negations_apart
from gbaqa.index.store import SearchIndex
from gbaqa.language.quantities import quantity_keys

_NAME, _EXTENT, _TENSE, _NEGATION = 0.5, 0.35, 0.35, 0.25


def read_groups(index: SearchIndex, passages: Passages, groups: Sequence[Group]) -> list[Disagreement]:
    """The disagreements of some of the groups of a document."""
    findings = Findings(index, passages, with_strays(index, passages, groups))
    claims = [(Claims.of(index, group.zh), Claims.of(index, group.en)) for group in findings.groups]
    figures, dates = FigureReader(findings, claims), DateReader(findings, claims)
    figures.match()
    dates.match()
    figures.conflicts()
    dates.conflicts()
    figures.silences()
    dates.silences()
    _read_wording(findings)
    return findings.found


def _read_wording(findings: Findings) -> None:
    for at, group in enumerate(findings.groups):
        if not (group.zh and group.en):
            continue
        zh, en = (" ".join(map(findings.text, rows)) for rows in (group.zh, group.en))
        if names := names_apart(zh, en):
            findings.differ(at, "name", _NAME, (group.zh[0], names[0]), (group.en[0], names[1]))
        if extents := extents_apart(zh, en):
            findings.differ(at, "qualifier", _EXTENT, *_rows_saying(findings, at, extents))
        if tenses := tenses_apart(zh, en):
            findings.differ(at, "polarity", _TENSE, *_rows_saying(findings, at, tenses))
        # A Chinese sentence that is two in English may stand a sentence away with its negation.
        around = " ".join(findings.text(row) for row in sorted(findings.rows_around(group.zh, 1)))
        if (negated := negations_apart(zh, en)) and (negated[0] or negations_apart(around, en)):
            findings.differ(at, "polarity", _NEGATION, *_rows_saying(findings, at, negated))


def _rows_saying(findings: Findings, at: int, words: tuple[str, str]) -> tuple[tuple[int, str], tuple[int, str]]:
    """Of a group the Chinese and the English row that has some words, each with its words.

    For a side that has none of them, the row that gives most of the figures that stand beside the other side's words.
    """
    group = findings.groups[at]
    zh, en = (
        next((row for row in rows if said and said in findings.text(row)), None)
        for rows, said in zip((group.zh, group.en), words, strict=True)
    )
    zh, en = _like(findings, group.zh, en) if zh is None else zh, _like(findings, group.en, zh) if en is None else en
    return (zh, words[0]), (en, words[1])


def _like(findings: Findings, rows: Sequence[int], row: int | None) -> int:
    """Of some rows the one that shares most figures with a row, the first where none is better."""
    figures = quantity_keys(findings.text(row)) if row is not None else frozenset()
    return max(rows, key=lambda other: len(figures & quantity_keys(findings.text(other))))
