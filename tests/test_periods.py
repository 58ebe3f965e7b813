"""Months that a text names, and whether a statement is of the part of a year that is asked about."""

import pytest

from gbaqa.language.periods import months, with_months_in_full
from gbaqa.retrieval.features import is_of_same_part
from gbaqa.retrieval.question import analyse


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("duty-free takings in feb 2023", {2}),
        ("tourists jan-may 2023", {1, 2, 3, 4, 5}),
        ("between March and May", {3, 4, 5}),
        ("from April to the end of June", {4, 5, 6}),
        ("the first five months of the year", {1, 2, 3, 4, 5}),
        ("the first 3 months", {1, 2, 3}),
        ("as of May '23", {5}),
        ("on May 1, 2021", {5}),
        ("on 1 May", {5}),
        ("mid-June", {6}),
        ("截至2023年5月末", {5}),
        ("2023年10-12月", {10, 11, 12}),
        ("2021-3月", {3}),
        ("三至五月", {3, 4, 5}),
        ("3、4月", {3, 4}),
        ("头5个月", {1, 2, 3, 4, 5}),
        ("十一月", {11}),
    ],
)
def test_months_are_known_by_their_names_and_numbers(text: str, named: set[int]) -> None:
    assert months(text) == named


@pytest.mark.parametrize(
    "text",
    [
        "Firms may not march on.",
        "What may it be, and may it last?",
        "a march towards one market",
        "The board decided and may extend it.",
        "an august body",
        "Aprıl",  # a letter that only looks like an i, which lower case makes one
        "历时5个月",
        "前15个月",
        "每人一月能拿多少",
        "2023年",
    ],
)
def test_words_that_are_no_months_are_none(text: str) -> None:
    assert months(text) == frozenset()


@pytest.mark.parametrize(
    ("question", "text", "same"),
    [
        ("sales in Q2 2023?", "Sales rose between April and June.", True),
        ("sales from April to June?", "In Q2 sales rose.", True),
        ("1至6月销售额？", "上半年销售额上升。", True),
        ("sales in April?", "From March to May sales rose.", True),
        ("sales in Q2?", "Sales rose in April.", False),
        ("sales in May?", "Sales rose in April.", False),
        ("sales?", "Sales rose in April.", False),
    ],
)
def test_a_statement_is_of_a_time_where_it_speaks_of_all_of_it(question: str, text: str, same: bool) -> None:
    assert is_of_same_part(analyse(question), text) is same


@pytest.mark.parametrize(
    ("typed", "full"),
    [
        ("duty free feb 2023", "duty free february 2023"),
        ("tourists Jan-Mar 2023", "tourists January-March 2023"),
        ("takings in Sept. and on 5 Dec", "takings in September and on 5 December"),
        ("as of may '23", "as of may '23"),
        ("Firms may not march on.", "Firms may not march on."),
        ("a mar on the record", "a mar on the record"),
    ],
)
def test_short_names_of_months_are_said_as_documents_print_them(typed: str, full: str) -> None:
    assert with_months_in_full(typed) == full


def test_a_question_with_a_short_name_has_the_words_of_the_full_one() -> None:
    assert analyse("ferry tickets sold oct 2031").terms == analyse("ferry tickets sold October 2031").terms
