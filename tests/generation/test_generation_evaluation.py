"""What an evaluation tells of a model, and what a judge says of the answers."""

from types import SimpleNamespace
from typing import Any

import pytest
from langchain_core.runnables import RunnableLambda

import gbaqa.evaluation.judge as judging
from conftest import ScriptedModel, Worded
from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import EvaluationError
from gbaqa.evaluation.writing import writing_lines

QUESTION = "How many passengers do the ferries of Port Maren carry a day?"
FERRIES = "The ferries of Port Maren carry 94,000 passengers a day on 26 routes[1]."


def rows(*answers: Answer) -> Any:
    gold = SimpleNamespace(question=QUESTION)
    return SimpleNamespace(rows=[SimpleNamespace(answer=answer, gold=gold) for answer in answers])


def test_without_a_model_nothing_is_told_of_one(small_assistant: Assistant) -> None:
    assert list(writing_lines(rows(small_assistant.ask(QUESTION)))) == []


def test_share_fallbacks_tokens_and_cost_are_told(worded: Worded) -> None:
    good, _ = worded(FERRIES)
    bad, _ = worded("The moon is made of cheese[1].")
    told = "\n".join(writing_lines(rows(good.ask(QUESTION), bad.ask(QUESTION))))
    assert "asked for 2 of 2 answers and worded 1" in told
    assert "Fallen back, wholly or in part: unsupported 1." in told
    assert "tokens in and" in told
    assert "dollars" in told
    assert "First verified text after" in told


class Judging(ScriptedModel):
    """A judge that always gives the same score."""

    score: float

    def with_structured_output(self, *arguments: Any, **kwargs: Any) -> Any:
        if isinstance(self.replies[0], Exception):
            return RunnableLambda(self._fail)
        return RunnableLambda(lambda _: {"reasoning": "so it is", "score": self.score})

    def _fail(self, _: Any) -> None:
        raise self.replies[0]


def test_a_judge_says_how_faithful_and_relevant_answers_are(worded: Worded, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openevals", reason="needs the extra: pip install 'gbaqa[judge]'")
    assistant, _ = worded(FERRIES)
    monkeypatch.setattr(judging, "open_model", lambda settings: Judging(replies=[""], prompts=[], score=0.75))
    found = judging.open_judge(Settings(_env_file=None), "openai:strong").judge(rows(assistant.ask(QUESTION)).rows)
    assert found == (0.75, 0.75, 1)
    assert "faithfulness 0.750" in found.line


def test_a_judge_that_fails_is_one_clear_line(worded: Worded, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("openevals", reason="needs the extra: pip install 'gbaqa[judge]'")
    assistant, _ = worded(FERRIES)
    monkeypatch.setattr(judging, "open_model", lambda settings: Judging(replies=[ConnectionError("sk-secret")], prompts=[], score=0))
    with pytest.raises(EvaluationError) as error:
        judging.open_judge(Settings(_env_file=None), "openai:strong").judge(rows(assistant.ask(QUESTION)).rows)
    assert "cannot be reached" in str(error.value)
    assert "sk-secret" not in str(error.value)
