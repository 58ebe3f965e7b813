"""An info-graphic of which one language has the title alone: its figures are given from the other."""

from collections.abc import Callable

import pytest

from gbaqa.answering.lists import ListFinder
from gbaqa.assistant import Assistant

TITLE = "Volume of passengers and goods across the harbour before the epidemic"
HARBOUR = """\
# 雾港渡轮 Ferries of Fog Harbour

<!-- page: 6 zh -->

## 疫情前的客货运

渡轮把三个岛屿连在一起，岛民上班、上学都要坐船。

380
吨

跨港旅客与货物运输量

4.6
万人次

日均渡客

<!-- page: 7 en -->

## Traffic before the epidemic

Ferries link the three islands, whose people go to work and to school by boat.

Volume of passengers and goods across the harbour before the epidemic
"""


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("fog-harbour-ferries", HARBOUR)


def test_the_figures_under_a_title_are_given_from_the_language_that_prints_them(assistant: Assistant) -> None:
    answer = assistant.ask("What was the volume of passengers and goods across the harbour before the epidemic?")
    assert answer.citations[0].quote == TITLE
    assert [(citation.quote, citation.page) for citation in answer.citations[1:3]] == [
        ("380 吨 跨港旅客与货物运输量", "6"),
        ("4.6 万人次 日均渡客", "6"),
    ]
    assert ("4.6 万人次" in answer.answer, "380 吨" in answer.answer) == (True, True)


def test_what_its_own_language_prints_is_not_given_from_the_other(assistant_of: Callable[[str, str], Assistant]) -> None:
    index = assistant_of("fog-harbour-ferries", f"{HARBOUR}\n46,000\nPassengers\n\n380\nTonnes of goods\n").index
    title = next(row for row, (_, statement) in enumerate(index.statements) if statement.text == TITLE)
    assert ListFinder(index).only_printed_in_the_other_language(title) == []
