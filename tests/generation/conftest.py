"""Models that say what a test scripts, and a chain over the small corpus with such a model in it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from langchain_core.callbacks import CallbackManagerForLLMRun
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage, AIMessageChunk, BaseMessage
from langchain_core.outputs import ChatGeneration, ChatGenerationChunk, ChatResult

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.generation.chain import chain_of
from gbaqa.generation.gathering import Gatherer
from gbaqa.generation.provider import Limits, Provider
from gbaqa.generation.usage import Price
from gbaqa.generation.verification import Verifier
from gbaqa.generation.writer import Writer
from gbaqa.index.embeddings import open_embeddings

Reply = str | Exception


class ScriptedModel(BaseChatModel):
    """Gives its replies one after the other, the last one again and again, a few characters at a time."""

    replies: list[Any]
    piece: int = 7
    prompts: list[str]

    @property
    def _llm_type(self) -> str:
        return "scripted"

    def _generate(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> ChatResult:
        return ChatResult(generations=[ChatGeneration(message=AIMessage(self._next(messages)))])

    def _stream(
        self, messages: list[BaseMessage], stop: list[str] | None = None, run_manager: CallbackManagerForLLMRun | None = None, **kwargs: Any
    ) -> Iterator[ChatGenerationChunk]:
        reply = self._next(messages)
        for start in range(0, len(reply), self.piece):
            yield ChatGenerationChunk(message=AIMessageChunk(reply[start : start + self.piece]))

    def _next(self, messages: list[BaseMessage]) -> str:
        self.prompts.append("\n".join(message.text for message in messages))
        reply = self.replies[min(len(self.prompts), len(self.replies)) - 1]
        if isinstance(reply, Exception):
            raise reply
        return str(reply)


Worded = Callable[..., tuple[Assistant, ScriptedModel]]


def word_with(assistant: Assistant, model: BaseChatModel, limits: Limits | None = None, waits: list[float] | None = None) -> Assistant:
    """A second Assistant over the same index whose answers that model words. `waits` collects its waits between tries."""
    other = Assistant(assistant.index, assistant.retriever)
    provider = Provider(model, limits or Limits(5, 10, 1, 2, 400), sleep=(waits if waits is not None else []).append)
    ranker = other._ranker
    writer = Writer(other.index, ranker, Verifier(other.index, ranker, open_embeddings("tuned-e5")), provider, "scripted", Price(1, 2))
    other.word_with(chain_of(Gatherer(other.index, other.retriever, ranker, 1200), writer))
    return other


@pytest.fixture
def worded(small_assistant: Assistant) -> Worded:
    """Makes an Assistant of the small corpus with a model that gives the replies of a script."""

    def make(*replies: Reply, piece: int = 7) -> tuple[Assistant, ScriptedModel]:
        model = ScriptedModel(replies=list(replies), piece=piece, prompts=[])
        return word_with(small_assistant, model), model

    return make


def marks_match(answer: Answer) -> bool:
    """Whether the marks of an answer and its citations are one to one."""
    import re

    return {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.answer)} == {citation.mark for citation in answer.citations}
