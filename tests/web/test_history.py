"""A conversation in the browser: what goes there comes back, and what does not belong there does no harm."""

import json

import pytest

from gbaqa.assistant import Assistant, Turn
from gbaqa.web.history import kept, restored

_QUESTION = "How many passengers did the Heron Straits ferries carry in 2031?"


def test_a_conversation_comes_back_with_its_sources_and_can_be_gone_on_with(ferries: Assistant) -> None:
    turn = Turn(_QUESTION, ferries.ask(_QUESTION))
    again = restored(json.loads(json.dumps(kept([turn]))))
    assert again[0].question == _QUESTION
    assert again[0].answer.citations == turn.answer.citations
    assert "note 1" in ferries.ask("source?", again).answer


def test_only_passages_that_cards_show_are_kept(ferries: Assistant) -> None:
    answer = ferries.ask(_QUESTION)
    assert len(answer.passages) > 1
    stored = restored(kept([Turn(_QUESTION, answer)]))[0].answer
    assert all(any(citation.quote in passage.text for citation in answer.citations) for passage in stored.passages)
    refused = ferries.ask("How many passengers did the ferries carry in 1987?")
    assert restored(kept([Turn("q", refused)]))[0].answer.passages


def test_the_oldest_turns_are_left_out(ferries: Assistant) -> None:
    answer = ferries.ask(_QUESTION)
    stored = restored(kept([Turn(f"q{number}", answer) for number in range(60)]))
    assert [turn.question for turn in stored][-1] == "q59"
    assert len(stored) == 40


@pytest.mark.parametrize("data", [None, [], "nonsense", {"a": 1}, [{"question": "q"}], [{"question": "q", "answer": {"answer": 5}}], [3]])
def test_what_is_no_conversation_is_none(data: object) -> None:
    assert restored(data) == []


def test_an_endless_question_is_not_taken_back(ferries: Assistant) -> None:
    stored = kept([Turn("q", ferries.ask(_QUESTION))])
    stored[0]["question"] = "x" * 100_000
    assert restored(stored) == []
