"""Months that a text names."""

import pytest

from gbaqa.language.periods import months


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("duty-free takings in feb 2023", {2}),
        ("tourists jan-may 2023", {1, 5}),
        ("between March and May", {3, 5}),
        ("the first five months of the year", {1, 5}),
        ("as of May '23", {5}),
        ("mid-June", {6}),
        ("截至2023年5月末", {5}),
        ("2023年10-12月", {10, 12}),
        ("三至五月", {3, 5}),
        ("头5个月", {1, 5}),
        ("十一月", {11}),
    ],
)
def test_months_are_known_by_their_names_and_numbers(text: str, named: set[int]) -> None:
    assert months(text) == named


@pytest.mark.parametrize(
    "text", ["Firms may not march on.", "What may it be, and may it last?", "the march towards one market", "历时5个月", "2023年"]
)
def test_words_that_are_no_months_are_none(text: str) -> None:
    assert months(text) == frozenset()
