"""Figures in tables, whose units stand in the names of columns and rows."""

import pytest

from gbaqa.language.cells import row_quantities


@pytest.mark.parametrize(
    ("zh", "zh_header", "en", "en_header"),
    [
        ("东村 | 39", "渔村 | 人口（万）", "East Village | 390,000", "Village | Population"),
        ("日均供水量（万立方米） | 94.6", "指标 | 2031年", "Daily supply (cubic metres) | 946,000", "Indicator | 2031"),
        ("出口额（亿元） | 12.84", "", "Exports (RMB million) | 1,284", ""),
        ("面积（亩） | 9,600", "", "Land (hectares) | 640", ""),
        ("贸易额（亿美元） | 3.2", "", "Trade (US$ million) | 320", ""),
        ("占比（%） | 6.5", "", "Share | 6.5%", ""),
        ("东村 | 79", "渔村 | 用电量（亿千瓦时）", "East Village | 7.9", "Village | Electricity used (TWh)"),
        ("装机（万千瓦） | 64", "", "Installed | 640 MW", ""),
        ("海堤（公里） | 16.3", "", "Sea wall | 16.3 km", ""),
        ("村 | 39", "村 | 产值（百万元）", "Village | 39", "Village | Output (millions of yuan)"),
    ],
)
def test_a_figure_has_the_unit_of_its_label(zh: str, zh_header: str, en: str, en_header: str) -> None:
    (left,), (right,) = row_quantities(zh, zh_header), row_quantities(en, en_header)
    assert left.amount == pytest.approx(right.amount)
    assert left.unit == right.unit
    assert {left.currency, right.currency} in ({""}, {"USD"}, {"YUAN", "CNY"})


def test_a_unit_of_its_own_goes_before_that_of_the_label() -> None:
    (share, length) = row_quantities("东村 | 10.4% | 3米", "渔村 | 人口（万） | 长度（公里）")
    assert (share.amount, length.amount) == (pytest.approx(0.104), 3.0)


def test_a_year_or_a_remark_in_brackets_is_no_unit() -> None:
    (figure,) = row_quantities("GDP (2031) | 412", "")
    assert (figure.value, figure.unit) == (412.0, "")


def test_a_first_column_without_a_name_does_not_shift_the_others() -> None:
    (population, length) = row_quantities("东村 | 39 | 16.3", "人口（万） | 海堤（公里）")
    assert (population.value, length.amount) == (390_000.0, pytest.approx(16_300))


def test_a_unit_may_be_said_with_a_remark_and_a_remark_is_no_unit() -> None:
    (output,) = row_quantities("2031 | 412", "Year | Output of all villages (billion cowries, constant prices)")
    assert output.value == pytest.approx(412e9)
    (trips,) = row_quantities("Trips (million) | 31", "Indicator | 2035 (projected)")
    assert trips.value == pytest.approx(31e6)
