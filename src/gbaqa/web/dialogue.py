"""What the chat shows as a conversation goes on, step by step, whichever toolkit paints it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from gbaqa.assistant import Assistant, Turn
from gbaqa.errors import GbaqaError
from gbaqa.language.script import Script
from gbaqa.retrieval.question import LONGEST_QUESTION
from gbaqa.web.api.capacity import Capacity
from gbaqa.web.conversation import failed_html, newest_html, past_html, pending_html, problem_html, stopped_html, turn_html
from gbaqa.web.examples import Examples, examples_html
from gbaqa.web.history import kept, restored
from gbaqa.web.question_errors import problem
from gbaqa.web.readers_script import in_readers_script


@dataclass(frozen=True, slots=True)
class Step:
    """What changes; what is None stays as it is.

    Attributes:
        newest: HTML of the newest turn, or of the questions to begin with.
        past: HTML of the turns before it.
        stored: the conversation as the browser keeps it.
    """

    newest: str
    past: str | None = None
    stored: list[dict[str, Any]] | None = None


class Dialogue:
    """Carries conversations on. It holds none: each comes with what the browser has stored of it."""

    def __init__(self, assistant: Assistant, examples: Examples, capacity: Capacity, *, rated: bool = False) -> None:
        """`rated`: whether answers have thumbs, since the server keeps them."""
        self._assistant = assistant
        self._examples = examples
        self._capacity = capacity
        self._rated = rated

    def begun(self, script: Script, stored: Any) -> Step:
        """The conversation as it was left, or questions to begin one with."""
        turns = restored(stored)
        if not turns:
            return Step(self._beginning(script), past="")
        return Step(self._complete(turns[-1], len(turns), script), past=past_html(turns[:-1], rated=self._rated))

    async def ask(self, question: str, script: Script, stored: Any) -> AsyncIterator[Step]:
        """Answer a question: it appears at once, its answer as it grows, its sources at the end."""
        question = _sendable(question)
        before = restored(stored)
        number = len(before) + 1
        tools = script if before else None
        questions = [*(turn.question for turn in before), question]
        pending = newest_html(pending_html(question, number, script), busy=True)
        yield Step(pending, past=past_html(before, rated=self._rated))
        try:
            async with self._capacity.place():
                async for growing in self._assistant.astream(question, before):
                    answer = in_readers_script(growing, questions, script)
                    yield Step(newest_html(turn_html(question, answer, number, complete=False), busy=True))
        except GbaqaError as error:
            told = problem_html(question, problem(error, question, script), number)
            yield Step(newest_html(told, tools=tools))
        except Exception:
            yield Step(newest_html(failed_html(question, number), tools=tools))
            raise  # a bug, which the server logs
        else:
            turn = Turn(question, answer)
            yield Step(self._complete(turn, number, script), stored=kept([*before, turn]))

    def stopped(self, question: str, stored: Any) -> Step:
        """An answer is no longer waited for."""
        return Step(newest_html(stopped_html(_sendable(question), len(restored(stored)) + 1)))

    def cleared(self, script: Script) -> Step:
        """The conversation is forgotten."""
        return Step(self._beginning(script), past="", stored=[])

    def _beginning(self, script: Script) -> str:
        return newest_html(examples_html(self._examples.of(script), script))

    def _complete(self, turn: Turn, number: int, script: Script) -> str:
        return newest_html(turn_html(turn.question, turn.answer, number, newest=True, rated=self._rated), tools=script)


def _sendable(question: str) -> str:
    """A question as it can be shown and kept: no longer than tells that it is too long, and no half of a surrogate pair."""
    return question[: LONGEST_QUESTION + 1].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
