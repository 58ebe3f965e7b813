"""Which cities the key figures of a document answer with: first and last, above and below an amount, all in order."""

from dataclasses import replace
from pathlib import Path

import pytest

from gbaqa.answering.city_board import CityBoard
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.language.indicators import asked_indicators
from gbaqa.retrieval.promotion import _asked_indicator_first
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker

_FIGURES = {  # invented: population in ten thousand, GDP in a hundred million, area
    "Foshan 佛山": (1240, 13100, 3100),
    "Zhuhai 珠海": (190, 4200, 1750),
    "Huizhou 惠州": (640, 9800, 11200),
    "Jiangmen 江门": (1010, 3600, 9400),
}


def _page(number: int, city: str, english: bool) -> str:
    people, gdp, area = _FIGURES[city]
    name = city.split()[0 if english else 1]
    rows = (
        (
            ("Population", f"{people / 100:.2f} million"),
            ("GDP", f"RMB {gdp / 10:,.1f} billion"),
            ("Land area", f"{area:,} square kilometers"),
        )
        if english
        else (("人口", f"{people:,}万"), ("地区生产总值", f"{gdp:,}亿元"), ("面积", f"{area:,}平方公里"))
    )
    table = "\n".join(f"| {label} | {value} |" for label, value in rows)
    head = "| Indicator | Value |" if english else "| 指标 | 数值 |"
    return f"<!-- page: {number} {'en' if english else 'zh'} -->\n\n# {name}\n\n{head}\n| --- | --- |\n{table}\n"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("board")
    pages = [(city, english) for city in _FIGURES for english in (False, True)]
    text = "# 四城 Four cities\n\n" + "\n".join(_page(number, *page) for number, page in enumerate(pages, 1))
    (folder / "four.md").write_text(text, "utf-8")
    settings = Settings(corpus=folder / "four.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.fixture(scope="module")
def board(assistant: Assistant) -> CityBoard:
    return CityBoard.from_index(assistant.index)


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("What is the population of Zhuhai and the area of Foshan?", ["Zhuhai population", "Foshan area"]),
        ("Foshan's GDP and Zhuhai's population?", ["Foshan gdp", "Zhuhai population"]),
        ("珠海的人口和佛山的面积是多少？", ["Zhuhai population", "Foshan area"]),
        ("佛山人口、珠海面積、惠州GDP各幾多？", ["Foshan population", "Zhuhai area", "Huizhou gdp"]),
        ("Foshan 嘅 inhabitants 同 economic output 有幾多？", ["Foshan population", "Foshan gdp"]),
        ("The GDP and population of Foshan and Zhuhai?", ["Foshan population", "Zhuhai population", "Foshan gdp", "Zhuhai gdp"]),
        ("GDP and pop, Huizhou", ["Huizhou population", "Huizhou gdp"]),
        ("How big is Foshan's economy and how many people live there?", ["Foshan population", "Foshan gdp"]),
        ("size of Zhuhai's economy", ["Zhuhai gdp"]),
        ("how much land does Jiangmen cover and how many people live on it", ["Jiangmen population", "Jiangmen area"]),
        ("What does the fact box say about the territory and the economic output of Huizhou?", ["Huizhou area", "Huizhou gdp"]),
        ("惠州有多少人口？", ["Huizhou population"]),
        ("how big is Huizhou, how many people? both, for a slide", ["Huizhou population", "Huizhou area"]),
        ("PPT要用两个数：惠州有多少人口，GDP多少？", ["Huizhou population", "Huizhou gdp"]),
        ("资料框里惠州的面积和经济产出是怎么写的？", ["Huizhou area", "Huizhou gdp"]),
        ("Foshan against Zhuhai: which came out ahead on GDP? Give me the numbers too", ["Foshan gdp", "Zhuhai gdp"]),
        ("Foshan vs Zhuhai: which has more people? numbers too pls", ["Foshan population", "Zhuhai population"]),
        ("佛山和珠海谁的经济总量更大？两个总量都给一下", ["Foshan gdp", "Zhuhai gdp"]),
        ("请列出佛山与珠海的GDP。另外，表格里这两个数的货币单位一样不一样？", ["Foshan gdp", "Zhuhai gdp"]),
        ("請提供惠州的兩個數字：本地生產總值，以及面積。", ["Huizhou area", "Huizhou gdp"]),
        ("惠州面積同人口，唔該畀兩個數我。", ["Huizhou population", "Huizhou area"]),
        ("Huizhou 的 area 有多大，population 有多少？", ["Huizhou population", "Huizhou area"]),
        # What a list of figures is for says nothing of them, and an area beside other figures is the city's.
        ("Input wanted on Huizhou: area, population, gross domestic product.", ["Huizhou population", "Huizhou area", "Huizhou gdp"]),
        ("For the appendix - Huizhou: population plus GDP", ["Huizhou population", "Huizhou gdp"]),
        ("整理一张惠州的小卡片：GDP、常住人口、面积", ["Huizhou population", "Huizhou area", "Huizhou gdp"]),
        ("Population and area of Huizhou?", ["Huizhou population", "Huizhou area"]),
        ("The two bay-area cities Huizhou and Zhuhai: populations?", ["Huizhou population", "Zhuhai population"]),
        ("How many square kilometres are Huizhou and Zhuhai? Exact areas, please.", ["Huizhou area", "Zhuhai area"]),
        ("Put these in order by population: Huizhou, Zhuhai", ["Huizhou population", "Zhuhai population"]),
    ],
)
def test_cities_with_figures_of_their_own_are_given_these(board: CityBoard, question: str, figures: list[str]) -> None:
    answer = board.answer(analyse(question))
    assert answer is not None
    assert [f"{cell.city} {cell.indicator}" for cell in answer.cells] == figures


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        ("Which city has the largest area and how many people live there?", ["Huizhou area", "Huizhou population"]),
        ("Which city has the highest GDP, and what is its area?", ["Foshan gdp", "Foshan area"]),
        ("人口最少的城市面积多大？", ["Zhuhai population", "Zhuhai area"]),
        ("邊個城市面積最大，GDP有幾多？", ["Huizhou area", "Huizhou gdp"]),
        (
            "Which two cities have the most people, and what is their GDP?",
            ["Foshan population", "Jiangmen population", "Foshan gdp", "Jiangmen gdp"],
        ),
        ("Which city has the largest area and which the most people?", ["Huizhou area", "Foshan population"]),
        ("Which city has the largest land area?", ["Huizhou area"]),
    ],
)
def test_other_figures_are_those_of_the_city_that_comes_first(board: CityBoard, question: str, figures: list[str]) -> None:
    comparison = board.answer(analyse(question))
    assert comparison is not None
    assert [f"{cell.city} {cell.indicator}" for cell in comparison.cells] == figures


def cities(board: CityBoard, question: str) -> list[str]:
    comparison = board.answer(analyse(question))
    return [cell.city for cell in comparison.cells] if comparison else []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Which cities have a GDP above RMB900 billion?", ["Foshan", "Huizhou"]),
        ("Rank the cities by GDP in ascending order", ["Jiangmen", "Zhuhai", "Huizhou", "Foshan"]),
        ("Rank the cities by GDP in descending order", ["Foshan", "Huizhou", "Zhuhai", "Jiangmen"]),
        ("List all cities from the smallest to the largest population", ["Zhuhai", "Huizhou", "Jiangmen", "Foshan"]),
        ("各城市人口由少到多排列", ["Zhuhai", "Huizhou", "Jiangmen", "Foshan"]),
        ("各城市人口由多到少排列", ["Foshan", "Jiangmen", "Huizhou", "Zhuhai"]),
        ("cities with a population over ten million", ["Foshan", "Jiangmen"]),
        ("Which cities have between six and eleven million people?", ["Jiangmen", "Huizhou"]),
        ("Which cities have a population above 5 million but below 7 million?", ["Huizhou"]),
        ("Which cities had a GDP over a trillion yuan?", ["Foshan"]),
        ("哪些城市人口过千万？", ["Foshan", "Jiangmen"]),
        ("Two cities cover less than four thousand square kilometres each. Which?", ["Foshan", "Zhuhai"]),
        ("Which cities have no more than two million people?", ["Zhuhai"]),
        ("Which cities have not less than twelve million people?", ["Foshan"]),
        ("哪些城市的人口不超过两百万？", ["Zhuhai"]),
        ("哪些城市的人口不少于一千二百万？", ["Foshan"]),
        ("GDP破万亿的城市有哪些", ["Foshan"]),
        ("人口不足三百万的城市有哪些？", ["Zhuhai"]),
        ("邊啲城市人口少過七百萬？", ["Huizhou", "Zhuhai"]),
    ],
)
def test_an_amount_divides_the_cities(board: CityBoard, question: str, answer: list[str]) -> None:
    assert cities(board, question) == answer


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Fewest people of the four cities?", ["Zhuhai"]),
        ("which is the least populous city", ["Zhuhai"]),
        ("where do the fewest people live", ["Zhuhai"]),
        ("biggest city by land", ["Huizhou"]),
        ("where is the largest economy", ["Foshan"]),
        ("哪里的人口最多", ["Foshan"]),
    ],
)
def test_the_first_or_last_of_all_cities_needs_no_which(board: CityBoard, question: str, answer: list[str]) -> None:
    assert cities(board, question) == answer


@pytest.mark.parametrize(
    "question",
    [
        "Key facts about Zhuhai",
        "give me the basic stats for Zhuhai",
        "Zhuhai at a glance",
        "珠海的主要指标",
        "珠海嘅基本數據",
        "Zhuhai?",
        "tell me about Zhuhai",
        "介紹下珠海",
        "珠海概况",
    ],
)
def test_key_figures_are_all_of_them(board: CityBoard, question: str) -> None:
    answer = board.answer(analyse(question))
    assert answer is not None
    assert [f"{cell.city} {cell.indicator}" for cell in answer.cells] == ["Zhuhai area", "Zhuhai population", "Zhuhai gdp"]


@pytest.mark.parametrize(
    "question",
    [
        "key facts about the port of Zhuhai",
        "珠海创新的主要指标",
        "How big is Zhuhai's digital economy?",
        "the key figures of Zhuhai's airport",
        "tell me about Zhuhai's kites",
        "珠海机场",
    ],
)
def test_key_figures_of_something_else_are_none_of_the_citys(board: CityBoard, question: str) -> None:
    assert board.answer(analyse(question)) is None


@pytest.mark.parametrize("question", ["rank the cities by area", "Ranking of cities by area?", "按面积给各城市排序"])
def test_a_ranking_gives_all_in_order(board: CityBoard, question: str) -> None:
    assert cities(board, question) == ["Huizhou", "Jiangmen", "Foshan", "Zhuhai"]


def test_ranking_first_is_no_ranking(board: CityBoard) -> None:
    assert cities(board, "Which city ranks first by area?") == ["Huizhou"]


@pytest.mark.parametrize(
    "question", ["Which firms have the most people?", "Which hospital has the most people?", "where do most people go for treatment"]
)
def test_the_most_people_of_something_else_are_not_a_citys(board: CityBoard, question: str) -> None:
    assert cities(board, question) == []


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Apart from Foshan, which city has the most people?", ["Jiangmen"]),
        ("Excluding Huizhou and Jiangmen, which city has the largest land area?", ["Foshan"]),
        ("除了佛山，哪个城市GDP最高？", ["Huizhou"]),
        ("除咗惠州同江門，邊個城市面積最大？", ["Foshan"]),
        ("Which is the third smallest city by GDP?", ["Huizhou"]),
        ("Which city has the second largest population?", ["Jiangmen"]),
        ("哪个城市的人口倒数第二？", ["Huizhou"]),
        ("哪个城市GDP排名第二？", ["Huizhou"]),
        ("四個城市入面，面積最大同最細係邊兩個？", ["Huizhou", "Zhuhai"]),
        ("Which city ranks last by GDP?", ["Jiangmen"]),
        ("What are the three most populous cities?", ["Foshan", "Jiangmen", "Huizhou"]),
        ("人口最多的三个城市是哪些？", ["Foshan", "Jiangmen", "Huizhou"]),
        ("List the top three cities by GDP", ["Foshan", "Huizhou", "Zhuhai"]),
        ("Which are the top two and bottom two cities by population?", ["Foshan", "Jiangmen", "Huizhou", "Zhuhai"]),
        ("四個城市人口排前兩名係邊個？包尾呢？", ["Foshan", "Jiangmen", "Zhuhai"]),
        ("人口第一和倒数第一的城市是哪两个？", ["Foshan", "Zhuhai"]),
        ("Which cities have fewer than 9 million people?", ["Huizhou", "Zhuhai"]),
        ("How much larger is Foshan's GDP than Zhuhai's?", ["Foshan", "Zhuhai"]),
        ("佛山的GDP比珠海高多少？", ["Foshan", "Zhuhai"]),
        ("能不能告诉我哪个城市GDP最高？", ["Foshan"]),
        ("How large are the economies of Foshan and Zhuhai?", ["Foshan", "Zhuhai"]),
        ("Rank the cities by GDP from largest to smallest", ["Foshan", "Huizhou", "Zhuhai", "Jiangmen"]),
        ("Which cities have a GDP of at least RMB 400 billion but less than 1.2 trillion?", ["Huizhou", "Zhuhai"]),
        ("面积第二小的城市", ["Foshan"]),
        ("What rank is Huizhou by GDP?", ["Foshan", "Huizhou", "Zhuhai", "Jiangmen"]),
        ("惠州GDP排第几？", ["Foshan", "Huizhou", "Zhuhai", "Jiangmen"]),
        ("第二大的城市是哪个？按面积算", ["Jiangmen"]),
        ("Which cities have a larger population than Huizhou?", ["Foshan", "Jiangmen"]),
        ("Which cities are smaller than Foshan in land area?", ["Zhuhai"]),
        ("哪些城市GDP低于惠州？", ["Zhuhai", "Jiangmen"]),
        ("哪些内地城市的GDP低于惠州？", ["Zhuhai", "Jiangmen"]),
        ("Leaving out Foshan, which city is home to the most people?", ["Jiangmen"]),
        ("哪些城市人口比江门少？", ["Huizhou", "Zhuhai"]),
        ("Which city has the largest land area and which the smallest population?", ["Huizhou", "Zhuhai"]),
    ],
)
def test_some_of_the_cities(board: CityBoard, question: str, answer: list[str]) -> None:
    assert cities(board, question) == answer


def test_figures_of_a_city_are_held_against_each_other(board: CityBoard) -> None:
    extended = CityBoard(dict(board.cells), board.years)
    for city, trade in (("Foshan", 2e12), ("Zhuhai", 1e11)):
        gdp = board.cells["en", "gdp", city]
        extended.cells["en", "trade", city] = replace(gdp, indicator="trade", value=trade, text=f"RMB {trade / 1e9:.0f} billion")
    assert cities(extended, "Which cities' trade exceeds their GDP?") == ["Foshan", "Foshan"]
    assert cities(extended, "In which cities is the trade smaller than the GDP?") == ["Zhuhai", "Zhuhai"]
    assert cities(extended, "Which cities' GDP is below their trade?") == ["Foshan", "Foshan"]


@pytest.mark.parametrize(
    "question",
    [
        "What is Foshan's trade with Zhuhai?",
        "Which cities have a population of no more than Foshan's?",
        "哪些城市人口不超过佛山？",
        "哪些城市人口不低于惠州？",
        "Which cities have the second and third largest GDP?",
        "Which cities have more people than Zhuhai but fewer people than Foshan?",
        "Which cities have more people than Zhuhai and Huizhou?",
        "哪个城市的人均面积最大？",
        "Which city has the highest trade per capita?",
        "What is the population of Zhuhai people in Foshan?",
        "Which city has the largest number of people over 65 in its population?",
        "Which cities have a GDP over HK$900 billion?",
        "Which cities do not have a GDP over RMB900 billion?",
        "Which cities have a population above 5 million and a GDP below RMB900 billion?",
        "哪些城市的人口没有超过五百万？",
        "Which cities have less than half of Foshan's population?",
        "What is the median GDP of the cities?",
        "How large is Foshan's robot industry?",
        "佛山人均可支配收入是多少？",
        "What is Foshan's per-capita income?",
        "How many people in Foshan are over 65?",
        "What is Zhuhai's trade with Foshan in services?",
        "佛山GDP的目标是多少？",
        "Which city has the largest area of office space?",
        "Huizhou: GDP? Area?",  # the area is not understood, so the GDP is not all that is asked for
        "Input wanted on Huizhou: GDP, unemployment",
    ],
)
def test_a_word_too_many_makes_another_question(board: CityBoard, question: str) -> None:
    assert cities(board, question) == []


@pytest.mark.parametrize(
    "question",
    [
        "Which city has the most universities and how many people live there?",
        "Which city builds the largest boats, and what is its population?",
        "Which city with the best beaches has the highest GDP?",
        "大学最多的城市人口多少？",
    ],
)
def test_a_superlative_of_something_else_is_none_of_the_figures(board: CityBoard, question: str) -> None:
    assert cities(board, question) == []


@pytest.mark.parametrize(
    ("question", "indicator"),
    [
        ("Which of the two moves more goods in and out?", "trade"),
        ("Zhuhai or Jiangmen: whose yearly output is higher?", "gdp"),
        ("What is Foshan's headcount?", "population"),
        ("哪座城市住的人最少？", "population"),
        ("What is Foshan's GDP divided by its population?", "gdp_per_capita"),
        ("佛山的产出平摊到每个人头上是多少？", "gdp_per_capita"),
        ("佛山平均每个人的产出是多少？", "gdp_per_capita"),
        ("哪个城市经济最强？", "gdp"),
    ],
)
def test_an_indicator_is_known_by_plain_words(question: str, indicator: str) -> None:
    assert asked_indicators(question) == [indicator]


@pytest.mark.parametrize(
    "question",
    [
        "Who walks in and out of the port?",
        "What is the output of the mills?",
        "Which goods come by rail?",
        "What is the annual output of tiles?",
        "How high is the disposable income per head?",
        "What is the per capita spending of visitors?",
        "佛山人均可支配收入是多少？",
        "What is the port's trade in services?",
        "港口的服务贸易总额",
        "The pool: size 有几大?",
    ],
)
def test_words_that_only_look_like_an_indicator_are_none(question: str) -> None:
    assert asked_indicators(question) == []


def test_a_row_of_another_indicator_does_not_come_before_the_one_asked_for(tmp_path: Path) -> None:
    """GDP a head and GDP have the same words, and nearly the same score."""
    rows = (
        "| Indicator | Value |\n| --- | --- |\n| GDP per capita | RMB 210,000 |\n| GDP | RMB 980 billion |\n| Population | 6.4 million |\n"
    )
    (tmp_path / "one.md").write_text(f"# Report\n\n<!-- page: 1 en -->\n\n## Huizhou\n\n{rows}\nSource: Statistics bureau\n", "utf-8")
    settings = Settings(corpus=tmp_path / "one.md", index=tmp_path / "index", _env_file=None)
    build_index(settings)
    assistant = Assistant.open(using=settings)
    question = analyse("What was Huizhou's GDP, and which bureau counted it?")
    ranked = EvidenceRanker(assistant.index).rank(question, assistant.retriever.search(question))
    per_head = next(found for found in ranked if found.statement.text.startswith("GDP per"))
    total = next(found for found in ranked if found.statement.text.startswith("GDP |"))
    assert [found.row for found in _asked_indicator_first(question, [per_head, replace(total, score=per_head.score - 1)])] == [
        total.row,
        per_head.row,
    ]
    far_behind = [per_head, replace(total, score=per_head.score - 9)]
    assert _asked_indicator_first(question, far_behind) == far_behind


@pytest.mark.parametrize(
    "question",
    [
        "How many tourists visit Zhuhai each year?",
        "What's the per capita disposable income in Foshan?",
        "佛山有几条地铁？",
        "珠海每年有幾多遊客？",
    ],
)
def test_a_key_figure_answers_no_question_after_another(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "refused"


@pytest.mark.parametrize("question", ["How many folks call Zhuhai home?", "珠海住咗幾多人？", "macau 有几大, 几多 people?"])
def test_a_key_figure_is_told_by_plain_words(board: CityBoard, question: str) -> None:
    rows = [cell.row for cell in board.cells.values() if cell.indicator == "population"]
    assert not any(board.gives_another_figure(analyse(question), row) for row in rows)
