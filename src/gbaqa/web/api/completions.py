"""POST /v1/chat/completions and GET /v1/models: what OpenAI's clients speak."""

import json
import logging
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.sse import format_sse_event
from starlette.responses import StreamingResponse

from gbaqa.answering.answer import Answer
from gbaqa.retrieval.question import analyse
from gbaqa.web.api.completion_models import (
    MODEL,
    Choice,
    Chunks,
    Completion,
    CompletionRequest,
    Model,
    Models,
    Reply,
    Usage,
    answer_fields,
    completion_id,
)
from gbaqa.web.api.problems import RequestError, openai_error, problem_of
from gbaqa.web.api.questions import MOST_HISTORY, new_text
from gbaqa.web.api.service import Service
from gbaqa.web.api.source_list import source_list

_log = logging.getLogger(__name__)
_ERROR = {"description": "An error in OpenAI's form", "content": {"application/json": {"example": {"error": {"message": "…"}}}}}
_ERRORS: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 401, 403, 404, 413, 422, 429, 503), _ERROR)
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {"example": 'data: {"object": "chat.completion.chunk"}\n\ndata: [DONE]\n\n'}}}
}

_UNBUFFERED = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def _asked(body: CompletionRequest) -> CompletionRequest:
    """A body with a question, so that what is wrong is told before an answer begins."""
    if body.model != MODEL:
        raise RequestError("unknown-model", f"There is no model {body.model[:40]!r} here; use {MODEL!r}.")
    if body.messages[-1].role != "user":
        raise RequestError("question", "The last message is not the user's; end 'messages' with what the user asks.")
    analyse(body.questions[-1])
    return body


Asked = Annotated[CompletionRequest, Depends(_asked)]


@dataclass(frozen=True, slots=True)
class Completions:
    """Makes chat completions of answers.

    Attributes:
        service: what is asked.
        count_tokens: counts the tokens of a text for `usage`.
        counted_with: whose tokens these are.
    """

    service: Service
    count_tokens: Callable[[str], int]
    counted_with: str

    async def whole(self, body: CompletionRequest) -> Completion:
        """An answer with its sources."""
        answer = await self.service.in_thread(lambda: self.service.assistant.converse(_conversation(body)))
        self.service.metrics.answer("openai", answer)
        content = _with_sources(answer)
        return Completion(
            id=completion_id(),
            created=int(time.time()),
            choices=[Choice(message=Reply(content=content))],
            usage=await self._usage(body, content),
            citations=answer.citations,
            gbaqa=answer_fields(answer),
        )

    async def stream(self, body: CompletionRequest) -> AsyncIterator[bytes]:
        """The same as server-sent events; what fails on the way is an event too."""
        try:
            async for chunk in self._chunks(body):
                yield _event(chunk)
        except Exception as error:  # the response has begun, so only an event can tell of it
            told_as = problem_of(error)
            if told_as is not error:
                _log.error("a streamed completion failed", exc_info=error)
            yield _event(openai_error(told_as.problem))
        yield format_sse_event(data_str="[DONE]")

    async def _chunks(self, body: CompletionRequest) -> AsyncIterator[dict[str, Any]]:
        chunks = Chunks()
        yield chunks.delta({"role": "assistant", "content": ""})
        said = ""
        async for answer in self.service.assistant.aconverse(_conversation(body)):
            text, said = new_text(answer.answer, said)
            if text:
                yield chunks.delta({"content": text})
        if said != answer.answer:  # the answer was begun anew, and what was said stays said
            yield chunks.delta({"content": f"\n\n{answer.answer}"})
        self.service.metrics.answer("openai", answer)
        if sources := source_list(answer):
            yield chunks.delta({"content": f"\n\n{sources}"})
        citations = [citation.model_dump() for citation in answer.citations]
        yield chunks.delta({}, finished=True, citations=citations, gbaqa=answer_fields(answer))
        if body.stream_options and body.stream_options.include_usage:
            yield chunks.usage(await self._usage(body, _with_sources(answer)))

    async def _usage(self, body: CompletionRequest, content: str) -> Usage:
        def count() -> Usage:
            prompt, completion = sum(self.count_tokens(message.text) for message in body.messages), self.count_tokens(content)
            return Usage(
                prompt_tokens=prompt, completion_tokens=completion, total_tokens=prompt + completion, counted_with=self.counted_with
            )

        return await self.service.in_thread(count)


def router(completions: Completions) -> APIRouter:
    """The routes for OpenAI's clients."""
    routes = APIRouter(prefix="/v1", tags=["OpenAI-compatible"])
    service = completions.service

    @routes.get("/models", summary="List the models", responses=_ERRORS)
    async def models() -> Models:
        """The one model that there is."""
        return Models(data=[Model(created=_since(service))])

    @routes.get("/models/{name}", summary="Look up a model", responses=_ERRORS)
    async def model(name: str) -> Model:
        """The model of that name."""
        if name != MODEL:
            raise RequestError("unknown-model", f"There is no model {name[:40]!r} here; use {MODEL!r}.")
        return Model(created=_since(service))

    @routes.post(
        "/chat/completions",
        response_model=Completion,
        responses={**_ERRORS, **_STREAM},
        dependencies=[Depends(service.capacity.held)],
        summary="Ask a question as a chat completion",
    )
    async def complete(body: Asked) -> Completion | StreamingResponse:
        """The last message is the question, the user's earlier ones the conversation.

        The text ends in a short list of sources; the whole citations are in `citations`, when streaming in the last chunk.
        """
        if body.stream:
            return StreamingResponse(completions.stream(body), media_type="text/event-stream", headers=_UNBUFFERED)
        return await completions.whole(body)

    return routes


def _since(service: Service) -> int:
    return int(service.assistant.index.manifest.built_at)


def _conversation(body: CompletionRequest) -> list[str]:
    return body.questions[-MOST_HISTORY - 1 :]


def _with_sources(answer: Answer) -> str:
    return "\n\n".join(filter(None, [answer.answer, source_list(answer)]))


def _event(data: dict[str, Any]) -> bytes:
    return format_sse_event(data_str=json.dumps(data, ensure_ascii=False))
