"""Key figures of the whole region are not those of one of its cities."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.whole_region import asks_of_whole_region

REGION = """\
# 粤港澳大湾区概览 Overview of the GBA

<!-- page: 3 zh -->

## 概览

总面积约56,000平方公里，常住人口超过8,600万。

## 江门：大湾区西岸的门户

2022年末江门人口为482万。

<!-- page: 4 en -->

## Overview of the GBA

The total area is 56,000 square kilometres, with a population of over 86 million.

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
    ],
)
def test_it_is_known_whether_the_whole_region_is_asked_about(question: str, asks: bool) -> None:
    assert asks_of_whole_region(analyse(question)) is asks
