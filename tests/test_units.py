"""What a statement is not understood without is said with it: the sentence it takes up, the beginning of its note, all of three reasons."""

from collections.abc import Callable

import pytest

from gbaqa.answering.lists import ListFinder
from gbaqa.answering.units import UnitFinder
from gbaqa.assistant import Assistant
from gbaqa.retrieval.kinds import items_asked

KITES = """\
# 风筝手册 Handbook of kites

<!-- page: 2 en -->

## Kites of the bay

The Kite Board licenses silk, paper and reed kites[^1]. These three kinds may fly over the harbour. They must land before dusk.

There are three main strengths of the kite makers.

- 1) They dry their silk in sea wind. The wind blows on 210 days.
- 2) They learn from each other. A guild of 40 meets in spring.
- 3) They have a market of their own. It opens at dawn.

[^1]: Refers to kites wider than two metres. A narrower one needs no licence.
"""


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("kites", KITES)


def _row(assistant: Assistant, beginning: str) -> int:
    return next(row for row, (_, one) in enumerate(assistant.index.statements) if one.text.startswith(beginning))


def _unit(assistant: Assistant, beginning: str, said: set[int]) -> list[str]:
    units = UnitFinder(assistant.index, ListFinder(assistant.index))
    rows = units.unit(_row(assistant, beginning), said)
    return [" ".join(assistant.index.statements[row][1].text.split()[:2]) for row in rows]


def test_a_sentence_that_takes_others_up_comes_after_them(assistant: Assistant) -> None:
    assert _unit(assistant, "They must land", set()) == ["The Kite", "These three", "They must"]


def test_what_is_said_already_is_not_said_again(assistant: Assistant) -> None:
    assert _unit(assistant, "They must land", {_row(assistant, "These three")}) == ["They must"]


def test_a_note_is_read_from_its_beginning(assistant: Assistant) -> None:
    assert _unit(assistant, "A narrower one", set()) == ["Refers to", "A narrower"]


def test_a_sentence_that_stands_alone_is_a_unit_by_itself(assistant: Assistant) -> None:
    assert _unit(assistant, "The Kite Board", set()) == ["The Kite"]


@pytest.mark.parametrize("beginning", ["There are three main", "2) They learn", "3) They have"])
def test_as_many_items_as_are_asked_for_begin_the_list(assistant: Assistant, beginning: str) -> None:
    lists = ListFinder(assistant.index)
    begin = [assistant.index.statements[row][1].text[:2] for row in lists.beginnings_around(_row(assistant, beginning), 3)]
    assert begin == ["1)", "2)", "3)"]
    assert lists.beginnings_around(_row(assistant, beginning), 4) == []


@pytest.mark.parametrize(
    "question", ["Why are the bay's kite makers so strong? Give me the 3 reasons", "What are the three strengths of the kite makers?"]
)
def test_three_reasons_are_all_three(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question).answer
    assert all(said in answer for said in ("dry their silk", "learn from each other", "a market of their own"))


@pytest.mark.parametrize(
    ("question", "count"),
    [
        ("give me the 3 reasons", 3),
        ("What are the two main ways in which kites fly?", 2),
        ("哪三个原因？", 3),
        ("四大优势是什么", 4),
        ("Why do kites fly?", 0),
        ("风筝为什么会飞", 0),
        ("What happened in 2023?", 0),
    ],
)
def test_a_question_may_say_how_many_things_are_to_be_told(question: str, count: int) -> None:
    assert items_asked(question) == count
