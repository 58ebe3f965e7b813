"""POST /api/ask and /api/ask/stream: a question, with the earlier ones of its conversation, and its answer."""

import logging
from collections.abc import AsyncIterable, AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent
from pydantic import AfterValidator, BaseModel, Field

from gbaqa.answering.answer import Answer, Passage
from gbaqa.language.script import Script
from gbaqa.retrieval.question import LONGEST_QUESTION, analyse
from gbaqa.web.api.problems import problem_of, told
from gbaqa.web.api.service import Service
from gbaqa.web.readers_script import in_readers_script

_log = logging.getLogger(__name__)

MOST_HISTORY = 10
# Said of a question, and held to by `analyse`, whose message tells people more than a schema could.
ASKABLE: dict[str, Any] = {"minLength": 1, "maxLength": LONGEST_QUESTION, "pattern": r"[^\W_]"}
_EVENTS = """\
event: retrieved
data: {"passages": [{"page": "3", "language": "en", "score": 4.1, "text": "…", "section": [], "document": "report"}]}

event: delta
data: {"text": "The fleet has 26 ships[1]"}

event: answer
data: {"question": "…", "language": "en", "status": "answered", "answer": "The fleet has 26 ships[1].", "citations": []}
"""


def _whole(text: str) -> str:
    """Text that can be sent back: JSON may hold half of a surrogate pair, UTF-8 may not."""
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise ValueError("half of a surrogate pair stands alone; send whole characters")
    return text


Text = Annotated[str, AfterValidator(_whole)]


class Ask(BaseModel):
    """A question in its conversation. The server keeps no conversations: the earlier questions come with each new one."""

    question: Text = Field(
        description="In English or Chinese; answered in its own language and script.",
        examples=["What was Shenzhen's GDP in the first quarter of 2023?", "香港有幾多間國家重點實驗室？"],
        json_schema_extra=ASKABLE,
    )
    history: list[Text] = Field(
        [], max_length=MOST_HISTORY, description="Earlier questions of the conversation, the oldest first.", examples=[[]]
    )
    language: Script | None = Field(
        None,
        description="The reader's script. It decides where a Chinese question is written the same in both (香港人口).",
        examples=["zh-Hant"],
    )

    @property
    def questions(self) -> list[str]:
        """The whole conversation, the question last."""
        return [*self.history, self.question]


class Retrieved(BaseModel):
    """Data of the event `retrieved`: what is read for the answer."""

    passages: list[Passage]


class Delta(BaseModel):
    """Data of the event `delta`: text to append."""

    text: str


def _asked(body: Ask) -> Ask:
    """A body whose question can be one, so that what is wrong is told before an answer begins."""
    analyse(body.question)
    return body


Asked = Annotated[Ask, Depends(_asked)]


def router(service: Service) -> APIRouter:
    """The routes to ask."""
    routes = APIRouter(prefix="/api", tags=["questions"])

    @routes.post("/ask", responses=told("question"), summary="Ask a question")
    async def ask(body: Asked) -> Answer:
        """The whole answer: its text with marks, and for each mark the page, the quote, the notes and the other language's
        passage.
        """
        given = await service.work(lambda: service.assistant.converse(body.questions))
        answer = in_readers_script(given, body.questions, body.language)
        service.metrics.answer("api", answer)
        return answer

    @routes.post(
        "/ask/stream",
        response_class=EventSourceResponse,
        dependencies=[Depends(service.capacity.held)],
        responses={**told("question"), 200: {"content": {"text/event-stream": {"example": _EVENTS}}}},
        summary="Ask a question and read the answer as it grows",
    )
    async def ask_stream(body: Asked) -> AsyncIterable[ServerSentEvent]:
        """Server-sent events: `retrieved` with the passages read, `delta` with text to append, at the end `answer` with the
        whole answer, or `error` with a problem. Comments keep the connection open.
        """
        try:
            async for event in _events(service, body):
                yield event
        except Exception as error:  # the response has begun, so only an event can tell of it
            told_as = problem_of(error)
            if told_as is not error:
                _log.error("a streamed answer failed", exc_info=error)
            yield ServerSentEvent(event="error", raw_data=told_as.problem.model_dump_json())

    return routes


async def _events(service: Service, body: Ask) -> AsyncIterator[ServerSentEvent]:
    answer: Answer | None = None
    said = ""
    async for growing in service.assistant.aconverse(body.questions):
        if answer is None:
            yield ServerSentEvent(event="retrieved", raw_data=Retrieved(passages=growing.passages).model_dump_json())
        answer = in_readers_script(growing, body.questions, body.language)
        text, said = new_text(answer.answer, said)
        if text:
            yield ServerSentEvent(event="delta", raw_data=Delta(text=text).model_dump_json())
    if answer is not None:
        service.metrics.answer("stream", answer)
        yield ServerSentEvent(event="answer", raw_data=answer.model_dump_json())


def new_text(text: str, said: str) -> tuple[str, str]:
    """What a growing text adds to what was said, and all that is said then. Nothing where it does not continue it: the
    whole answer that comes last holds.
    """
    return (text[len(said) :], text) if text.startswith(said) else ("", said)
