"""Key figures of the whole region are not those of one of its cities."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.region_key_figures import asks_of_whole_region, asks_only_for_its_figures

REGION = """\
# 粤港澳大湾区概览 Overview of the GBA

<!-- page: 3 zh -->

## 概览

总面积约56,000平方公里，常住人口超过8,600万。2022年大湾区生产总值超过13万亿元。2023年第一季度大湾区生产总值超过3万亿元。

## 江门：大湾区西岸的门户

2022年末江门人口为482万。

<!-- page: 4 en -->

## Overview of the GBA

The total area is 56,000 square kilometres, with a population of over 86 million. In 2022 the GDP of the GBA exceeded
13 trillion yuan. In the first quarter of 2023 the GDP of the GBA exceeded 3 trillion yuan.

## Jiangmen: gateway to the west of the GBA

At the end of 2022 the population of Jiangmen was 4.82 million.
"""


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("region", REGION)


@pytest.mark.parametrize(
    ("question", "stated", "not_stated"),
    [
        ("大湾区的人口是多少？", "8,600万", "482万"),
        ("大灣區有幾多人口？", "8,600萬", "482萬"),
        ("What is the population of the Greater Bay Area?", "86 million", "4.82"),
        ("What is the population of the Guangdong-Hong Kong-Macao Greater Bay Area?", "86 million", "4.82"),
        ("How many residents do the eleven cities have together?", "86 million", "4.82"),
        ("十一座城市总共有多少人口？", "8,600万", "482万"),
        ("gba area km2", "56,000", "4.82"),
        ("What is the population of Jiangmen?", "4.82 million", "86 million"),
        ("江门人口有多少？", "482万", "8,600万"),
    ],
)
def test_the_regions_figure_is_given_for_the_region(assistant: Assistant, question: str, stated: str, not_stated: str) -> None:
    answer = assistant.ask(question)
    assert answer.citations[0].quote.count(stated.replace("萬", "万")) == 1
    assert stated in answer.answer
    assert not_stated not in answer.answer


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("GBA population?", True),
        ("整个大湾区的GDP是多少", True),
        ("Which GBA city has the largest population?", False),
        ("大湾区哪个城市人口最多？", False),
        ("What is the population of Foshan in the GBA?", False),
        ("What does the GBA export?", False),
        ("粤港澳大湾区的GDP", True),
        ("What is the combined output of all eleven cities?", True),
        ("Which of the eleven cities has the largest population?", False),
    ],
)
def test_it_is_known_whether_the_whole_region_is_asked_about(question: str, asks: bool) -> None:
    assert asks_of_whole_region(analyse(question)) is asks


@pytest.mark.parametrize("question", ["GBA population?", "大湾区面积", "gba area km2", "Guangdong–Hong Kong–Macao Greater Bay Area GDP"])
def test_the_regions_figure_alone_answers_a_question_after_nothing_else(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert len(answer.citations) == 1
    assert answer.confidence > 0.8


def test_the_regions_figure_of_a_year_that_it_does_not_name_is_given_with_care(assistant: Assistant) -> None:
    assert assistant.ask("What was the population of the GBA in 2015?").confidence < 0.4


@pytest.mark.parametrize("question", ["What is the annual GDP of the Greater Bay Area?", "大湾区的GDP是多少？", "GDP of the GBA in 2022"])
def test_a_quarters_figure_is_not_that_of_a_year(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert "13" in answer.answer
    assert answer.answer.count("3 trillion") + answer.answer.count("3万亿") == 1  # that of 13


@pytest.mark.parametrize(
    "question",
    [
        "What do GBA residents need?",
        "Where do residents of the GBA live?",
        "What will the GDP of the Greater Bay Area be next year?",
        "其他湾区的GDP是多少？",
        "GBA GDP in Q1 2023",
    ],
)
def test_what_is_asked_besides_is_not_left_out(question: str) -> None:
    assert not asks_only_for_its_figures(analyse(question))


@pytest.mark.parametrize(
    "question",
    [
        "What are the total areas of the 11 cities respectively?",
        "How many of the 11 cities have a total GDP above 1 trillion?",
        "Do the 11 cities work together?",
        "十一个城市的总人口分别是多少？",
        "广东二十一个城市的GDP总和是多少",
        "十一城镇居民总共多少",
    ],
)
def test_each_city_or_other_cities_are_not_the_region(question: str) -> None:
    assert "湾区" not in analyse(question).normalized
    assert "Bay Area" not in analyse(question).normalized


@pytest.mark.parametrize(
    ("asked", "understood"),
    [
        ("combined headcount of the eleven cities?", "combined headcount of the Greater Bay Area?"),
        ("the 11 cities' total area", "the Greater Bay Area's total area"),
        ("十一城加起来有多少人", "大湾区有多少人"),
        ("which of the eleven cities has the largest total trade", "which of the eleven cities has the largest total trade"),
    ],
)
def test_the_cities_together_are_the_region(asked: str, understood: str) -> None:
    assert analyse(asked).normalized == understood


@pytest.mark.parametrize(
    ("before", "asked"),
    [
        ("What is the total population of the eleven cities?", "and Jiangmen?"),
        ("十一城加起来有多少人口？", "江门呢？"),
    ],
)
def test_a_city_after_the_cities_together_takes_the_regions_place(assistant: Assistant, before: str, asked: str) -> None:
    first = assistant.converse([before, asked]).citations[0].quote
    assert "4.82" in first or "482万" in first
