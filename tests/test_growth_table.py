"""Growth that sentences state of each city: read from either language, believed where both agree, ranked where all is known."""

from collections.abc import Callable

import pytest

from gbaqa.answering.growth_table import GrowthTable
from gbaqa.answering.stated_growth import stated_growth
from gbaqa.assistant import Assistant
from gbaqa.language.places import CITIES, place_forms
from gbaqa.retrieval.question import analyse

_GROWN = dict(zip(CITIES, (7.1, 2.4, 3.3, 21.5, 4.8, 5.2, -1.6, 3.9, 0.7, 6.4, 4.4), strict=True))
_CHINESE = {city: place_forms(city)[1][0] for city in CITIES}


def _page(number: int, city: str, percent: float, *, differs: bool = False) -> str:
    english = (
        f"In Q1 2031, {city}'s GDP came to {number * 11}.5 billion, {'a decline' if percent < 0 else 'a growth'} of {abs(percent)}% YoY."
    )
    said = percent + 1 if differs else percent
    name = _CHINESE[city]
    chinese = f"2031年一季度，{name}GDP为{number * 115}亿元，同比{'下降' if percent < 0 else '增长'}{abs(said)}%。"
    return f"<!-- page: {2 * number} zh -->\n\n# {name}\n\n{chinese}\n\n<!-- page: {2 * number + 1} en -->\n\n# {city}\n\n{english}\n"


def _text(*, differing: str = "") -> str:
    return "\n".join(_page(number, city, percent, differs=city == differing) for number, (city, percent) in enumerate(_GROWN.items(), 1))


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("growth", _text())


@pytest.fixture(scope="module")
def table(assistant: Assistant) -> GrowthTable:
    return GrowthTable(assistant.index)


def _ranked(*, upwards: bool = False) -> list[str]:
    return sorted(_GROWN, key=lambda city: _GROWN[city], reverse=not upwards)


@pytest.mark.parametrize(
    ("question", "cities"),
    [
        ("Which city's GDP grew fastest in Q1 2031?", _ranked()[:1]),
        ("Which three cities had the highest GDP growth in the first quarter of 2031?", _ranked()[:3]),
        ("Which city saw the second slowest economic growth in Q1 2031?", _ranked(upwards=True)[1:2]),
        ("Rank the cities by Q1 2031 GDP growth", _ranked()),
        ("哪个城市一季度GDP增速最慢？", _ranked(upwards=True)[:1]),
        ("一季度邊個城市經濟增長最快？", _ranked()[:1]),
        ("Which city's GDP fell in Q1 2031?", [city for city in _ranked() if _GROWN[city] < 0]),
        ("Compare the GDP growth of Foshan and Shenzhen in Q1 2031", sorted(["Foshan", "Shenzhen"], key=lambda city: -_GROWN[city])),
        ("2031年第一季度，深圳同佛山嘅GDP增長邊個快啲？", sorted(["Foshan", "Shenzhen"], key=lambda city: -_GROWN[city])),
        ("Q1 growth: Foshan vs Shenzhen", sorted(["Foshan", "Shenzhen"], key=lambda city: -_GROWN[city])),
        ("who grew quicker in the first three months of 2031, Foshan or Shenzhen", ["Foshan", "Shenzhen"]),
        ("Which of Hong Kong and Zhuhai rebounded harder in January to March 2031?", ["Zhuhai", "Hong Kong"]),
        # Of a fall it is not plain which is the most, but the growth of each tells.
        ("Foshan, Shenzhen: whose GDP fell the hardest in Q1 2031?", sorted(["Foshan", "Shenzhen"], key=lambda city: -_GROWN[city])),
        ("港澳兩地2031年頭一季經濟，邊個反彈得勁啲？各升幾多？", [city for city in _ranked() if city in ("Hong Kong", "Macau")]),
    ],
)
def test_cities_are_ranked_by_the_growth_that_is_stated(table: GrowthTable, question: str, cities: list[str]) -> None:
    answer = table.answer(analyse(question))
    assert answer is not None
    assert [cell.city for cell in answer.cells] == cities


@pytest.mark.parametrize(
    "question",
    [
        "Which city's GDP grew fastest in 2030?",
        "Which city's GDP grew fastest in Q2 2031?",
        "Which city's exports grew fastest in Q1 2031?",
        "Which city's GDP growth in Q1 2031 was thanks to the ferries?",
        "Which city's GDP fell most in Q1 2031?",
        "Foshan and Shenzhen had the same GDP figure in Q1 2031, what was it? Which city grew faster?",
        "Which city's digital economy grew fastest in Q1 2031?",
        "Which city's population grew fastest in Q1 2031?",
        "Whose schools grew faster in Q1 2031, Foshan's or Shenzhen's?",
        "Growth in January and February 2032: Foshan vs Shenzhen",
        "一季度哪个城市数字经济增长最快？",
        "What was Foshan's GDP growth in Q1 2031?",
        "Which city has the largest GDP?",
    ],
)
def test_other_questions_are_left_to_the_statements(table: GrowthTable, question: str) -> None:
    assert table.answer(analyse(question)) is None


def test_nothing_is_first_where_the_languages_differ_about_one(assistant_of: Callable[[str, str], Assistant]) -> None:
    index = assistant_of("growth-differs", _text(differing="Zhuhai")).index
    assert "Zhuhai" not in {growth.city for growth in stated_growth(index, "gdp")}
    assert GrowthTable(index).answer(analyse("Which city's GDP grew fastest in Q1 2031?")) is None


def test_the_answer_cites_the_sentence_of_each_city(assistant: Assistant) -> None:
    answer = assistant.ask("Compare the GDP growth of Zhongshan and Shenzhen in Q1 2031")
    cities = [city for city in _ranked() if city in ("Zhongshan", "Shenzhen")]
    for citation, city in zip(answer.citations, cities, strict=True):
        printed = f"{_GROWN[city]}%"
        assert f"{city}, GDP growth in Q1 2031: {printed.replace('-', '−')}[{citation.mark}]" in answer.answer
        assert printed.removeprefix("-") in citation.quote
    assert answer.table is not None
    assert answer.table.columns == ["GDP growth in Q1 2031"]


def test_a_ranking_said_again_in_the_other_language_is_that_ranking(assistant: Assistant) -> None:
    answer = assistant.converse(["Which city's GDP grew fastest in Q1 2031?", "用中文再说一次"])
    first = _ranked()[0]
    assert answer.answer == f"- {_CHINESE[first]}，2031年一季度GDP增速：{_GROWN[first]}%[1]"


@pytest.mark.parametrize(
    ("sentence", "grown"),
    [
        ("In Q1 2031, Foshan's GDP was RMB 80 billion, a growth of 4.1% YoY.", [4.1]),
        ("Foshan's GDP saw a 4.1% decline in the first quarter of 2031.", [-4.1]),
        ("2031年一季度，佛山地区生产总值同比下降0.4%。", [-0.4]),
        ("In Q1 2031, Foshan's GDP accounted for 9% of the province's, a growth nobody expected.", []),
        ("In Q1 2031, Foshan's GDP grew 1.2% quarter-on-quarter.", []),
        ("In Q1 2031, compared with Q1 2029, Foshan's GDP, beside that of 2029, rose 12%.", []),
        ("In Q1 2031, Foshan's GDP growth was steady and exports rose 12%.", []),
    ],
)
def test_growth_is_read_from_a_sentence(assistant_of: Callable[[str, str], Assistant], sentence: str, grown: list[float]) -> None:
    language = "en" if sentence.isascii() else "zh"
    index = assistant_of("one-sentence", f"<!-- page: 3 {language} -->\n\n# Foshan\n\n{sentence}\n").index
    assert [growth.percent for growth in stated_growth(index, "gdp")] == grown
