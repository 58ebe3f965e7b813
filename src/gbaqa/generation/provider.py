"""A chat model behind limits: bounded retries with back-off, time-outs, a budget for each reply, and a pause after failures.

The limits are ours, whichever provider it is: a thread reads the model's stream, and whoever waits for it waits no longer
than the settings say.
"""

import contextvars
import queue
import threading
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from langchain_core.language_models import BaseChatModel
from langchain_core.runnables import RunnableConfig
from pybreaker import CircuitBreaker, CircuitBreakerError
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt, wait_exponential_jitter

from gbaqa.config import Settings
from gbaqa.generation.failures import ProviderError, failure_of
from gbaqa.generation.usage import Usage

_FAILURES_TO_PAUSE, _PAUSE = 4, 60.0  # answers in a row that the provider failed; seconds
_FIRST_WAIT, _LONGEST_WAIT = 0.5, 8.0  # seconds between tries
_CHARACTERS_PER_TOKEN = 8  # more than any vocabulary has on average: beyond it a server ignores the limit it was given


@dataclass(frozen=True, slots=True)
class Limits:
    """How long and how much. All times in seconds, all sizes in tokens.

    Attributes:
        timeout: the longest silence, before the first piece of a reply and between two.
        deadline: for a reply as a whole, with all tries.
        retries: after the first try.
        concurrency: replies at once; who has to wait longer than the time-out for a turn is not answered by the model.
        answer_tokens: of a reply.
    """

    timeout: float
    deadline: float
    retries: int
    concurrency: int
    answer_tokens: int

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """The limits of the settings."""
        return cls(settings.llm_timeout, settings.llm_deadline, settings.llm_retries, settings.llm_concurrency, settings.llm_answer_tokens)


class Provider:
    """Streams replies of a chat model. Safe to share between threads."""

    def __init__(self, model: BaseChatModel, limits: Limits, sleep: Callable[[float], None] = time.sleep) -> None:
        self._model = model
        self._limits = limits
        self._sleep = sleep
        self._turns = threading.BoundedSemaphore(limits.concurrency)
        self._breaker = CircuitBreaker(
            fail_max=_FAILURES_TO_PAUSE, reset_timeout=_PAUSE, throw_new_error_on_trip=False, exclude=[lambda error: not _counts(error)]
        )

    def stream(self, messages: list[Any], usage: Usage, config: RunnableConfig | None = None) -> Generator[str]:
        """The text of a reply, piece by piece. `usage` is brought up to date as it comes in.

        Raises:
            ProviderError: no reply comes, or it breaks off.
        """
        until = time.monotonic() + self._limits.deadline
        with self._turn():
            try:
                with self._breaker.calling():
                    first, reader = self._begin(messages, usage, config, until)
            except CircuitBreakerError as error:
                raise ProviderError("paused") from error
            with reader:
                yield from self._read(first, reader, usage, until)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._turns.acquire(timeout=self._limits.timeout):
            raise ProviderError("busy")
        try:
            yield
        finally:
            self._turns.release()

    def _begin(self, messages: list[Any], usage: Usage, config: RunnableConfig | None, until: float) -> "tuple[Any, _Reader]":
        """The first chunk of a reply and the reader of the others; tried again where that may help."""
        retrying = Retrying(
            stop=stop_after_attempt(1 + self._limits.retries),
            retry=retry_if_exception(lambda error: isinstance(error, ProviderError) and error.is_passing and time.monotonic() < until),
            wait=self._wait,
            sleep=lambda seconds: self._sleep(max(0.0, min(seconds, until - time.monotonic()))),
            reraise=True,
        )
        return retrying(self._try, messages, usage, config, until)

    @staticmethod
    def _wait(state: RetryCallState) -> float:
        asked = getattr(state.outcome.exception(), "wait", None) if state.outcome else None
        backing_off = wait_exponential_jitter(multiplier=_FIRST_WAIT, max=_LONGEST_WAIT)(state)
        return backing_off if asked is None else min(max(asked, _FIRST_WAIT), _LONGEST_WAIT)

    def _try(self, messages: list[Any], usage: Usage, config: RunnableConfig | None, until: float) -> "tuple[Any, _Reader]":
        reader = _Reader(self._model, messages, config)
        usage.begin(messages)
        try:
            while (chunk := reader.next(self._patience(until))) is not None:
                usage.add(chunk)
                if chunk.text:
                    return chunk, reader
        except BaseException as error:
            reader.close()
            raise failure_of(error) from error
        reader.close()
        raise ProviderError("empty")

    def _read(self, first: Any, reader: "_Reader", usage: Usage, until: float) -> Iterator[str]:
        read = len(first.text)
        finish = _finish(first)
        yield first.text
        while True:
            try:
                chunk = reader.next(self._patience(until))
            except Exception as error:
                failure = failure_of(error)
                raise failure if failure.reason == "timeout" else ProviderError("cut") from error
            if chunk is None:
                break
            usage.add(chunk)
            finish = _finish(chunk) or finish
            read += len(chunk.text)
            if read > self._limits.answer_tokens * _CHARACTERS_PER_TOKEN:
                raise ProviderError("too_long")
            yield chunk.text
        if finish in ("length", "max_tokens", "MAX_TOKENS"):
            raise ProviderError("shortened")
        if finish is None and self._model._llm_type == "openai-chat":
            raise ProviderError("cut")  # the server closed the stream without saying that it was done

    def _patience(self, until: float) -> float:
        """Seconds to wait for the next chunk."""
        return max(0.001, min(self._limits.timeout, until - time.monotonic()))


class _Reader:
    """Reads a model's stream in a thread, so that waiting for a chunk can end before the provider lets go."""

    def __init__(self, model: BaseChatModel, messages: list[Any], config: RunnableConfig | None) -> None:
        self._chunks: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._left = threading.Event()
        work = contextvars.copy_context()
        threading.Thread(target=lambda: work.run(self._pump, model, messages, config), daemon=True, name="gbaqa-model").start()

    def __enter__(self) -> "_Reader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let the thread end with the next chunk."""
        self._left.set()

    def next(self, timeout: float) -> Any:
        """The next chunk, None after the last.

        Raises:
            TimeoutError: none comes in time (seconds).
        """
        try:
            found = self._chunks.get(timeout=timeout)
        except queue.Empty:
            raise TimeoutError from None
        if isinstance(found, BaseException):
            raise found
        return found

    def _pump(self, model: BaseChatModel, messages: list[Any], config: RunnableConfig | None) -> None:
        try:
            for chunk in model.stream(messages, config=config):
                if self._left.is_set():
                    break
                self._chunks.put(chunk)
            self._chunks.put(None)
        except BaseException as error:  # handed to whoever waits
            self._chunks.put(error)


def _finish(chunk: Any) -> str | None:
    """Why a provider ended its reply, None where a chunk does not say."""
    metadata = chunk.response_metadata
    given: str | None = metadata.get("finish_reason") or metadata.get("stop_reason") or metadata.get("done_reason")
    return given


def _counts(error: BaseException) -> bool:
    """Whether a failure speaks against asking again soon."""
    return isinstance(error, ProviderError) and (error.is_passing or error.reason == "key")
