"""The chat's conversation under load and with questions that no reader types."""

import asyncio
from typing import Any

import pytest

from gbaqa.answering.city_board import CityBoard
from gbaqa.assistant import Assistant
from gbaqa.language.script import Script
from gbaqa.retrieval.question import LONGEST_QUESTION
from gbaqa.web.api.capacity import Capacity
from gbaqa.web.dialogue import Dialogue, Step
from gbaqa.web.examples import Examples

ASK = "How many ships are there?"


def steps(assistant: Assistant, question: str, script: Script = "en", stored: Any = (), capacity: Capacity | None = None) -> list[Step]:
    async def all_of() -> list[Step]:
        dialogue = Dialogue(assistant, Examples(assistant, CityBoard()), capacity or Capacity(1, 1))
        return [step async for step in dialogue.ask(question, script, list(stored))]

    return asyncio.run(all_of())


def test_a_question_is_shown_at_once_and_answered(ferries: Assistant) -> None:
    first, *_, last = steps(ferries, ASK)
    assert ASK in first.newest
    assert last.stored is not None
    assert last.stored[-1]["question"] == ASK


@pytest.mark.parametrize("script", ["en", "zh-Hans", "zh-Hant"])
def test_where_there_is_no_place_the_reader_is_told(ferries: Assistant, script: Script) -> None:
    """Nobody may wait, and the one place is never free."""
    told = {"en": "too much to do", "zh-Hans": "服务器此刻太忙", "zh-Hant": "伺服器此刻太忙"}[script]
    last = steps(ferries, ASK, script, capacity=Capacity(0, 0))[-1]
    assert told in last.newest
    assert last.stored is None


def test_a_place_is_given_back_whatever_becomes_of_the_question(ferries: Assistant) -> None:
    async def all_of() -> list[str]:
        capacity = Capacity(1, 0)
        dialogue = Dialogue(ferries, Examples(ferries, CityBoard()), capacity)
        for question in (ASK, "", "x" * 3000, ASK):
            last = [step async for step in dialogue.ask(question, "en", [])][-1]
            assert capacity.busy == 0
        begun = dialogue.ask(ASK, "en", [])
        await anext(begun)
        await anext(begun)
        await begun.aclose()  # the reader has stopped it
        assert capacity.busy == 0
        return [last.newest]

    assert "too much to do" not in asyncio.run(all_of())[0]


def test_of_an_endless_question_little_is_kept(ferries: Assistant) -> None:
    for step in steps(ferries, "ship " * 400_000):
        assert len(step.newest) < 10 * LONGEST_QUESTION
    assert f"{LONGEST_QUESTION} characters" in step.newest


def test_of_an_endless_question_that_is_stopped_little_is_kept(ferries: Assistant) -> None:
    dialogue = Dialogue(ferries, Examples(ferries, CityBoard()), Capacity(1, 1))
    assert len(dialogue.stopped("ship " * 400_000, []).newest) < 10 * LONGEST_QUESTION


def test_half_a_character_is_shown_as_one_that_cannot_be_read(ferries: Assistant) -> None:
    shown = [step.newest for step in steps(ferries, "How many ships\ud83d are there?")]
    assert all(text.encode() for text in shown)
    assert "How many ships\ufffd are there?" in shown[0]
