"""OpenAI's chat completions as far as gbaqa speaks them, with `citations` beside the text."""

import time
import uuid
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from gbaqa.answering.answer import Answer, Citation
from gbaqa.web.api.questions import Text

MODEL = "gbaqa"


class Part(BaseModel):
    """A part of a message; parts other than text are passed over."""

    model_config = ConfigDict(extra="allow")
    type: str
    text: Text | None = None


class Message(BaseModel):
    """A message of the conversation. Only what the user wrote is read: answers are made anew from the documents."""

    model_config = ConfigDict(extra="allow")
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | list[Part] | None = None

    @property
    def text(self) -> str:
        """The text of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    """How to stream."""

    model_config = ConfigDict(extra="allow")
    include_usage: StrictBool | None = None


class CompletionRequest(BaseModel):
    """A chat completion to make. Whatever steers a language model (temperature, max_tokens …) is passed over."""

    model_config = ConfigDict(
        extra="allow",
        json_schema_extra={
            "examples": [
                {"model": MODEL, "messages": [{"role": "user", "content": "What was Shenzhen's GDP in the first quarter of 2023?"}]}
            ]
        },
    )
    model: str = Field(examples=[MODEL])
    messages: Annotated[list[Message], Field(min_length=1)]
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None

    @property
    def questions(self) -> list[str]:
        """What the user asked, the oldest first."""
        return [message.text for message in self.messages if message.role == "user"]


class Usage(BaseModel):
    """Tokens of what was sent and of what came back, as the embedding model counts them: no language model is billed."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int
    counted_with: str


class Reply(BaseModel):
    """The message of an answer."""

    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None


class Choice(BaseModel):
    """The only choice."""

    index: Literal[0] = 0
    message: Reply
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Completion(BaseModel):
    """An answer as a chat completion. `citations` and `gbaqa` are ours: the sources, and the answer's other fields."""

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int
    model: str = MODEL
    choices: list[Choice]
    usage: Usage
    citations: list[Citation]
    gbaqa: dict[str, Any]


class Model(BaseModel):
    """The one model that there is."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int
    owned_by: Literal["gbaqa"] = "gbaqa"


class Models(BaseModel):
    """The models that there are."""

    object: Literal["list"] = "list"
    data: list[Model]


class Chunks:
    """The chunks of one streamed completion, which share its id and its time."""

    def __init__(self) -> None:
        self._head = {"id": completion_id(), "object": "chat.completion.chunk", "created": int(time.time()), "model": MODEL}

    def delta(self, delta: dict[str, Any], *, finished: bool = False, **more: Any) -> dict[str, Any]:
        """A chunk that adds to the message."""
        return {**self._head, "choices": [{"index": 0, "delta": delta, "finish_reason": "stop" if finished else None}], **more}

    def usage(self, usage: Usage) -> dict[str, Any]:
        """The chunk that tells what was used."""
        return {**self._head, "choices": [], "usage": usage.model_dump()}


def completion_id() -> str:
    """A new id of a completion."""
    return f"chatcmpl-{uuid.uuid4().hex}"


def answer_fields(answer: Answer) -> dict[str, Any]:
    """What an Answer says beside its text and its sources."""
    return answer.model_dump(include={"status", "language", "mode", "confidence", "understood_as", "elapsed_ms"})
