"""Questions that set cities beside each other: a statement about each, of the same kind, and none about another city first."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from gbaqa.answering.selection import Selector
from gbaqa.assistant import Assistant
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.sides import sets_beside

_LIBRARIES = """\
# Reading rooms 阅览室

<!-- page: 11 en -->

## Foshan

Foshan keeps 41 public libraries open every day.

Visitors to the city's bookshops bought 2 million novels in 2021.

## Zhuhai

Zhuhai keeps 17 public libraries open every day.

The islands lend their books by boat.

## Zhongshan

The city lends e-readers to pupils, and its poets meet in a tea house.

<!-- page: 12 zh -->

## 佛山

佛山每天开放的公共图书馆有41间。

## 珠海

珠海每天开放的公共图书馆有17间。
"""


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("libraries", _LIBRARIES)


@pytest.mark.parametrize(
    "question",
    [
        "Does Foshan or Zhuhai keep more public libraries open?",
        "public libraries open daily: Foshan vs Zhuhai",
        "佛山、珠海各有多少间公共图书馆？",
        "佛山同珠海嘅公共圖書館邊個多啲？",
        "How many public libraries do Foshan and Zhuhai keep open?",
        "佛山同珠海有幾多間公共圖書館？",
    ],
)
def test_each_city_gets_its_figure(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "41" in answer.answer
    assert "17" in answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "Does Foshan or Zhuhai keep more public libraries open?",
        "How many public libraries do Zhuhai and Foshan keep open?",
        "How far ahead is Foshan of Zhuhai in public libraries?",
        "佛山和珠海哪个公共图书馆多？",
        "How many more public libraries has Foshan than Zhuhai?",
        "By what margin does Foshan beat Zhuhai in number of public libraries?",
        "佛山比珠海多多少间公共图书馆？",
        "佛山嘅公共圖書館比珠海多幾多間？",
    ],
)
def test_what_is_counted_of_each_in_the_same_words_is_all_that_is_said(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert sorted(re.findall(r"\d+", answer.answer.split("[", 1)[0] + answer.citations[1].quote)) == ["17", "41"]
    assert len(answer.citations) == 2
    assert answer.confidence == 0.85


@pytest.mark.parametrize(
    "question",
    [
        "How many public librarians do Foshan and Zhuhai employ?",
        "How many public libraries did Foshan and Zhuhai keep open in 1999?",
        "How many public libraries do Foshan and Zhuhai keep open in total?",
        "How many public libraries do Foshan and Zhongshan keep open?",
    ],
)
def test_counts_of_something_else_or_of_only_one_city_are_not_taken_for_it(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).confidence != 0.85


@pytest.mark.parametrize(
    ("question", "beside"),
    [
        ("Does Foshan or Zhuhai have more libraries?", True),
        ("佛山、珠海各有多少间图书馆？", True),
        ("What do Shenzhen and Hong Kong plan together for patients?", False),
        ("How many libraries does Foshan have?", False),
        ("How many libraries do Foshan and Zhuhai have?", True),
        ("佛山和珠海有多少间图书馆？", True),
        ("How many libraries do Foshan and Zhuhai have in total?", False),
        ("Which libraries do Foshan and Zhuhai have?", False),
        ("Libraries: how many has Foshan, and how many has Zhuhai got?", True),
        ("佛山有多少间图书馆，珠海又有多少间？", True),
        ("How far ahead is Foshan of Zhuhai when it comes to libraries?", True),
        ("珠海的图书馆比佛山落后多少？", True),
        ("How many more libraries does Foshan have than Zhuhai?", True),
        ("佛山比珠海多多少间图书馆？", True),
        ("How many Foshan residents read in Zhuhai, and how many books do they take home?", False),
        ("How many Foshan and Zhuhai residents read in Zhongshan?", False),
        ("Whose figures compare Foshan with Zhuhai, and what is the source?", False),
    ],
)
def test_what_is_done_together_is_not_set_beside(question: str, beside: bool) -> None:
    assert sets_beside(analyse(question)) is beside


def test_another_citys_figure_does_not_come_first(assistant: Assistant) -> None:
    answer = assistant.ask("How many public libraries does Zhuhai keep open?")
    assert answer.citations[0].quote.startswith("Zhuhai")


@pytest.mark.parametrize("question", ["How many public libraries does Zhongshan keep open?", "How many novels were sold in Zhuhai?"])
def test_a_figure_of_another_city_is_not_the_citys(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "refused"
    assert not answer.citations


OF_ZHUHAI, OF_FOSHAN = "Zhuhai keeps 17 public libraries open every day.", "Foshan keeps 41 public libraries open every day."


@pytest.mark.parametrize(
    ("question", "best", "text", "elsewhere"),
    [
        ("How many public libraries does Zhuhai keep open?", OF_ZHUHAI, "Foshan keeps 41", True),
        ("How many public libraries does Zhuhai keep open?", OF_ZHUHAI, "Zhuhai keeps 17", False),
        ("How many public libraries does Zhuhai keep open?", "Zhuhai keeps fewer open than Foshan.", "Foshan keeps 41", False),
        ("Why does Zhuhai keep libraries open?", OF_ZHUHAI, "Foshan keeps 41", False),  # what a reason may be told with
        ("How many novels were bought in Zhuhai?", OF_ZHUHAI, "Visitors to the city's bookshops", True),  # of Foshan, by its heading
        ("How many novels were bought in Foshan?", OF_ZHUHAI, "Visitors to the city's bookshops", False),
        ("How many novels were bought in Zhuhai?", OF_FOSHAN, "Visitors to the city's bookshops", False),  # as the best one is
        ("How many novels were bought in Hengqin?", OF_ZHUHAI, "Visitors to the city's bookshops", False),  # a zone is in some city
        ("How many novels were bought?", OF_ZHUHAI, "Visitors to the city's bookshops", False),
    ],
)
def test_a_statement_of_another_city_completes_no_answer(
    assistant: Assistant, question: str, best: str, text: str, elsewhere: bool
) -> None:
    asked, ranker = analyse(question), EvidenceRanker(assistant.index)
    row = next(row for row, (_, statement) in enumerate(assistant.index.statements) if statement.text.startswith(text))
    found = ranker.rank(asked, assistant.retriever.search(asked, 40))
    city = best.split(maxsplit=1)[0]
    of_best = next(one for one in found if one.statement.text.startswith(city))
    of_best = replace(of_best, statement=replace(of_best.statement, text=best))
    assert Selector(assistant.index, ranker)._is_elsewhere(row, of_best, asked) is elsewhere
