"""Dates of aligned groups: matched, compared, and what is left over judged."""

import math
from collections.abc import Sequence

from gbaqa.bilingual.claims import Claims
from gbaqa.bilingual.compare import date_distance, dates_apart
from gbaqa.bilingual.findings import Findings
from gbaqa.language.dates import Date, dates, names_relative_year

_NEAR, _NEAR_YEAR = 10, 2  # statements either way in which a date is looked for; years alone are everywhere
_CONFLICT = 0.8
_SILENT, _SILENT_YEAR = 0.4, 0.3


class DateReader:
    """Reads the dates of groups against each other."""

    def __init__(self, findings: Findings, claims: Sequence[tuple[Claims, Claims]]) -> None:
        self._findings, self._claims = findings, claims

    def match(self) -> None:
        """Match dates within their groups, and note where one says more than the other."""
        for at, (zh, en) in enumerate(self._claims):
            pairs = sorted(
                (distance, i, j)
                for i, (_, left) in enumerate(zh.dates)
                for j, (_, right) in enumerate(en.dates)
                if (distance := date_distance(left, right)) < math.inf
            )
            for _, i, j in pairs:
                if i in zh.left_dates and j in en.left_dates:
                    zh.left_dates.discard(i)
                    en.left_dates.discard(j)
                    self._compare(at, i, j)
            zh.unmatched_dates, en.unmatched_dates = set(zh.left_dates), set(en.left_dates)
            # A date said twice on one side and once on the other is no difference.
            zh.left_dates = {i for i in zh.left_dates if not any(zh.dates[i][1].fits(date) for _, date in en.dates)}
            en.left_dates = {j for j in en.left_dates if not any(en.dates[j][1].fits(date) for _, date in zh.dates)}

    def _compare(self, at: int, i: int, j: int) -> None:
        zh, en = self._claims[at]
        (row, left), (other_row, right) = zh.dates[i], en.dates[j]
        apart = dates_apart(left, right)
        if apart and not (_is_detailed(left, en, j) or _is_detailed(right, zh, i)):
            self._findings.differ(at, "date", apart, (row, left.text), (other_row, right.text))

    def conflicts(self) -> None:
        """Note the dates that are left over on both sides of a group and exclude each other."""
        for at, (zh, en) in enumerate(self._claims):
            group = self._findings.groups[at]
            if any(names_relative_year(self._findings.text(row)) for row in group.zh + group.en):
                continue
            # As many dates on both sides, or one in each of two sentences: they stand for each other one by one.
            parallel = len(zh.dates) == len(en.dates) and (len(zh.dates) > 1 or len(group.zh) == len(group.en) == 1)
            for i, j in [(i, j) for i in sorted(zh.unmatched_dates) for j in sorted(en.unmatched_dates)]:
                (row, left), (other_row, right) = zh.dates[i], en.dates[j]
                open_still = i in zh.unmatched_dates and j in en.unmatched_dates and not left.fits(right)
                if open_still and (parallel or (_same_grain(left, right) and not self._either_near(left, other_row, right, row))):
                    zh.settle_dates_like(left)
                    en.settle_dates_like(right)
                    self._findings.differ(at, "date", _CONFLICT, (row, left.text), (other_row, right.text))

    def _either_near(self, zh: Date, en_row: int, en: Date, zh_row: int) -> bool:
        return self._stands_near(zh, en_row) or self._stands_near(en, zh_row)

    def silences(self) -> None:
        """Note the years and months that one side of a pair gives and the other does not, there or near by."""
        for at, sides in enumerate(self._claims):
            group = self._findings.groups[at]
            for claims, other in zip(sides, (group.en, group.zh), strict=True):
                if not other or any(names_relative_year(self._findings.text(row)) for row in other):
                    continue
                for i in sorted(claims.left_dates):
                    row, date = claims.dates[i]
                    telling = date.year or date.part.startswith("M")
                    if telling and not any(self._stands_near(date, near) for near in other):
                        self._findings.silent(at, _SILENT_YEAR if date.is_bare_year else _SILENT, row, date.text)

    def _stands_near(self, date: Date, row: int) -> bool:
        """Whether the statements around a row of the other language give a date as far as this one goes."""
        near = self._findings.texts_near(row, _NEAR_YEAR if date.is_bare_year else _NEAR)
        return any(_gives(text, found, date) for text in near for found in dates(text))


def _gives(text: str, found: Date, date: Date) -> bool:
    """Whether a date found in a text says as much as another: the year too, or "this year"."""
    same_year = date.year is None or found.year == date.year or (found.year is None and names_relative_year(text))
    return date.fits(found) and same_year and (not date.part or bool(found.part))


def _same_grain(one: Date, other: Date) -> bool:
    return (one.year is None, not one.part) == (other.year is None, not other.part)


def _is_detailed(date: Date, other: Claims, at: int) -> bool:
    """Whether another date of the other side says all that this one does ("in December 2022 … by the end of the year")."""
    return any(k != at and found.part and date.fits(found) and not dates_apart(date, found) for k, (_, found) in enumerate(other.dates))
