"""Numbers in Chinese and English text in one normal form."""

import pytest

from gbaqa.language.quantities import quantities, quantity_keys
from gbaqa.language.script import clean


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("412", 412),
        ("1,997", 1997),
        ("1,234,567.89", 1234567.89),
        ("0.5", 0.5),
        ("2,915亿元", 291.5e9),
        ("RMB291.5 billion", 291.5e9),
        ("1.33万亿", 1.33e12),
        ("1.33 trillion", 1.33e12),
        ("4.12 million", 4.12e6),
        ("412万人", 4.12e6),
        ("9.4万名", 94_000),
        ("94,000", 94_000),
        ("HK$556bn", 556e9),
        ("5k", 5000),
        ("2百万", 2e6),
        ("1千万", 1e7),
        ("20多万人", 200_000),
        ("100余家", 100),
        ("23,000+", 23_000),
        ("-12", -12),
        ("１２．５", 12.5),
        ("2.5萬億", 2.5e12),
        ("300億", 300e8),
        ("37萬", 370_000),
        ("30千米", 30),
        ("5千克", 5),
        ("300千瓦", 300),
        ("3千人", 3000),
    ],
)
def test_a_number_has_its_value_in_any_language_and_scale(text: str, value: float) -> None:
    (found,) = quantities(text)
    assert found.value == pytest.approx(value)
    assert not found.is_percent


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("6.5%", 6.5),
        ("6.5 %", 6.5),
        ("６．５％", 6.5),
        ("6.5 percent", 6.5),
        ("6.5 per cent", 6.5),
        ("20+%", 20),
        ("1.2个百分点", 1.2),
        ("-3.5%", -3.5),
        ("−3.5%", -3.5),
    ],
)
def test_a_percentage_is_known_as_one(text: str, value: float) -> None:
    (found,) = quantities(text)
    assert found.value == pytest.approx(value)
    assert found.is_percent


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("总投资为128亿元", "an investment of RMB12.8 billion"),
        ("人口412万", "a population of 4.12 million"),
        ("增长6.2%，达1.33万亿", "grew by 6.2 percent to 1.33 trillion"),
        ("18至40岁", "aged 18 to 40"),
        ("多出37万人", "370,000 more"),
    ],
)
def test_the_same_statement_in_both_languages_has_the_same_quantities(chinese: str, english: str) -> None:
    assert quantity_keys(chinese) == quantity_keys(english) != set()


@pytest.mark.parametrize(
    ("one", "other"),
    [("6.5%", "6.5"), ("1.33 trillion", "1.33 billion"), ("13", "13万"), ("5%", "-5%"), ("1.331万亿", "1.33万亿")],
)
def test_different_quantities_have_different_keys(one: str, other: str) -> None:
    assert quantity_keys(one) != quantity_keys(other)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2030-2034", [2030, 2034]),
        ("3%-5%", [3, 5]),
        ("3%–5%", [3, 5]),
        ("50-60", [50, 60]),
        ("(2030)-12", [2030, 12]),
        ("2034年6月1日", [2034, 6, 1]),
        ("in Q1 2031, H2 and A4", [2031]),
        ("No number at all", []),
        ("", []),
    ],
)
def test_dashes_of_a_range_are_no_minus_and_labels_no_numbers(text: str, values: list[float]) -> None:
    assert [found.value for found in quantities(text)] == values


@pytest.mark.parametrize(
    "text", ["共 2,915亿元，增6.2 %。", "２.5 times as many, 20+% or 10K boats", "RMB777.2 billion up 3 %", "4.12 million people"]
)
def test_spans_point_at_what_is_written(text: str) -> None:
    found = quantities(text)
    assert found
    assert [clean(text)[slice(*quantity.span)] for quantity in found] == [quantity.text for quantity in found]


def test_digits_are_as_written_without_separators() -> None:
    assert [found.digits for found in quantities("7,772亿 and 12.50")] == ["7772", "12.50"]
