"""Numbers in Chinese and English text in one normal form."""

import pytest

from gbaqa.language.dates import dates
from gbaqa.language.quantities import Quantity, quantities, quantity_keys, stated_quantities
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
        ("弹性为-0.14", -0.14),
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


def stated(text: str) -> Quantity:
    (found,) = stated_quantities(text)
    return found


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("占全湾的三分之二", 2 / 3),
        ("two-thirds of the bay", 2 / 3),
        ("近一半的船", 0.5),
        ("nearly half of the boats", 0.5),
        ("十三栋楼", 13),
        ("thirteen buildings", 13),
        ("二十二届", 22),
        ("Twenty-five banks", 25),
        ("同比增加1.6倍", 1.6),
        ("an increase of 160%", 1.6),
        ("三成渔民", 0.3),
        ("三成五的渔民", 0.35),
        ("占四成半", 0.45),
        ("半成捐出", 0.05),
        ("三成一", 0.31),
        ("six in ten fishers", 0.6),
        ("五人中有四人会游泳", 0.8),
        ("五个里有两个不信", 0.4),
        ("十名当中只有一名", 0.1),
        ("four boats out of five", 0.8),
        ("nine farms in ten really sell", 0.9),
        ("30% of the fishers", 0.3),
        ("超百亿元", 1e10),
        ("a 10-billion-yuan fund", 1e10),
        ("万亿级产业", 1e12),
        ("a trillion yuan", 1e12),
        ("两年", 24),
        ("24 months", 24),
        ("半年", 6),
        ("一个半月", 1.5),
        ("one and a half months", 1.5),
        ("3.2公里", 3200),
        ("3,200 metres", 3200),
        ("5公顷", 50_000),
        ("50,000 square metres", 50_000),
        ("按1:4配套", 0.25),
    ],
)
def test_words_multiples_shares_and_measures_have_one_amount(text: str, amount: float) -> None:
    assert stated(text).amount == pytest.approx(amount)


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("近200家", "nearly"),
        ("nearly 200 firms", "nearly"),
        ("more than 200 firms", "over"),
        ("超过人民币3亿元", "over"),
        ("1,200多家", "over"),
        ("300余亿元", "over"),
        ("20%以上", "over"),
        ("不小于40平方米", "over"),
        ("不得低于1.8万元", "over"),
        ("不得高于30天", "most"),
        ("装板的屋顶不过3%", "most"),
        ("in neither case more than 12,000 tallies", "most"),
        ("no new hut on sold land may have less than 26 windows", "over"),
        ("no boat shall carry more than 40 crates", "most"),
        ("no pier is old, and the huts have less than 26 windows", "nearly"),
        ("aged 70 or above", "over"),
        ("has exceeded RMB3 trillion", "over"),
        ("突破4,000家", "over"),
        ("约40万吨", "about"),
        ("around 400,000 tonnes", "about"),
        ("200家左右", "about"),
        ("最高30万元", "most"),
        ("最多给予人民币10万元", "most"),
        ("with a maximum of HK$50,000", "most"),
        ("up to 5%", "most"),
        ("试行至今已近两年", "nearly"),
        ("近三年来", ""),
        ("少了七成多。", "over"),
        ("五口及以上的家庭", "over"),
        ("for over ten years", "over"),
        ("over thirty days", "over"),
        ("over the past 12 years", ""),
        ("under the 6 headings", ""),
        ("200家", ""),
    ],
)
def test_a_qualifier_belongs_to_its_number(text: str, qualifier: str) -> None:
    assert stated(text).qualifier == qualifier


def test_a_time_in_which_an_amount_is_reached_is_not_exceeded() -> None:
    assert [quantity.qualifier for quantity in stated_quantities("a fund of RMB5 billion over ten years")] == ["", ""]


@pytest.mark.parametrize("text", ["five shops in ten cities", "opened two in five years", "three in ten thousand"])
def test_two_numbers_that_are_no_share_stay_two(text: str) -> None:
    assert [quantity.kind for quantity in stated_quantities(text)] == ["number", "number"]


@pytest.mark.parametrize(
    ("text", "currency"),
    [
        ("人民币430亿元", "CNY"),
        ("RMB43 billion", "CNY"),
        ("43亿元", "YUAN"),
        ("HK$5 million", "HKD"),
        ("500万港元", "HKD"),
        ("US$1.2 billion", "USD"),
        ("12亿美元", "USD"),
        ("MOP300,000", "MOP"),
        ("澳门币30万元", "MOP"),
        ("30万澳门元", "MOP"),
        ("30万人", ""),
    ],
)
def test_an_amount_has_its_currency(text: str, currency: str) -> None:
    assert stated(text).currency == currency


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("同比增长6.5%", 1),
        ("a growth of 6.5%", 1),
        ("分别下跌16.7%", -1),
        ("a 15.4% decline", -1),
        ("占比6.5%", 0),
        ("up 3%, accounting for 40%", 1),
    ],
)
def test_a_share_that_rises_or_falls_is_known_as_that(text: str, direction: int) -> None:
    assert stated_quantities(text)[0].direction == direction
    assert all(found.direction == 0 for found in stated_quantities(text)[1:])


@pytest.mark.parametrize(
    ("text", "added"), [("增长4倍", True), ("grew 4 times", True), ("是前年的4倍", False), ("4 times that of 2030", False)]
)
def test_what_is_added_is_told_from_what_is_reached(text: str, added: bool) -> None:
    assert stated(text).is_increment is added


def test_points_are_no_percent_and_a_decline_is_no_sign() -> None:
    assert stated("提高1.2个百分点").unit == "pp"
    assert stated("up 1.2 percentage points").unit == "pp"
    assert stated("提高1.2%").unit == "%"


@pytest.mark.parametrize(
    "text",
    [
        "一体化发展", "一带一路", "统一部署", "万物互联", "5G网络", "COVID-19", "the 3A hospitals", "2. The bridge", "（二）桥",
        "2031年", "in June 2031", "https://tide.example/2031/17", "the “3+7” parks", "a few boats",
    ],
)  # fmt: skip
def test_names_labels_dates_and_addresses_state_no_quantity(text: str) -> None:
    assert [found for found in stated_quantities(text) if found.value > 1] == []


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("2031年一季度", "Q1 2031"),
        ("2031年第三季度", "the third quarter of 2031"),
        ("2031年上半年", "the first half of 2031"),
        ("2031年6月26日", "26 June 2031"),
        ("6月26日", "26 June"),
        ("6月26日", "June 26"),
        ("每年6月", "every June"),
        ("9月：开港", "September: the port opens"),
        ("2031年6月", "June 2031"),
        ("2031年底", "the end of 2031"),
        ("2031年初", "early 2031"),
        ("2034年年中", "the middle of 2034"),
        ("3至5月", "between March and May"),
        ("2019-2022年", "2019-2022"),
    ],
)
def test_dates_have_one_form(chinese: str, english: str) -> None:
    forms = [[(date.year, date.part, date.day, date.edge) for date in dates(text)] for text in (chinese, english)]
    assert forms[0] == forms[1] != []


def test_the_end_of_a_date_that_is_meant_belongs_to_its_wording() -> None:
    assert [date.text for date in dates("due by the middle of 2026, not mid-2027")] == ["middle of 2026", "mid-2027"]


def test_dates_fit_where_one_says_less() -> None:
    (whole,), (year,), (other,), (december,), (end,) = map(dates, ("2031年6月26日", "2031", "June 2030", "December 2031", "2031年底"))
    assert whole.fits(year)
    assert not whole.fits(other)
    assert december.fits(end)
    assert not whole.fits(end)


@pytest.mark.parametrize("text", ["you may go", "2,031 boats", "2000亿元", "the 2031-metre bridge at 1500"])
def test_numbers_and_words_that_look_like_dates_are_none(text: str) -> None:
    assert [date for date in dates(text) if date.part or (date.year and date.year < 2020)] == []
