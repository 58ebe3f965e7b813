"""Providers that fail, as a server on loopback plays them: what is tried again, what the reader sees, and what is never told."""

import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from conftest import ScriptedModel, word_with
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import SettingsError
from gbaqa.generation.model import address, open_model
from gbaqa.generation.provider import Limits

KEY = "sk-verysecret-0123456789"
QUESTION, FACT = "How many passengers do the ferries of Port Maren carry a day?", "94,000"
SENTENCE = "The ferries of Port Maren carry 94,000 passengers a day on 26 routes[1]."
LIMITS = Limits(timeout=5, deadline=20, retries=2, concurrency=2, answer_tokens=100)
IMPATIENT = Limits(timeout=0.4, deadline=2, retries=2, concurrency=2, answer_tokens=100)  # with who is silent

Handling = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers a request for a chat completion as the script of its server says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        script = self.server.script  # type: ignore[attr-defined]
        self.server.asked += 1  # type: ignore[attr-defined]
        script[min(self.server.asked, len(script)) - 1](self)  # type: ignore[attr-defined]

    def log_message(self, *_: Any) -> None:
        pass

    def fail(self, status: int, **headers: str) -> None:
        body = json.dumps({"error": {"message": f"Incorrect API key provided: {self.headers['authorization']}"}}).encode()
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self) -> None:
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("connection", "close")
        self.end_headers()
        self.close_connection = True

    def write(self, text: str, finish: str | None = None) -> None:
        choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
        event = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m", "choices": [choice]}
        self.wfile.write(f"data: {json.dumps(event)}\n\n".encode())
        self.wfile.flush()

    def end(self) -> None:
        self.write("", "stop")
        self.wfile.write(b"data: [DONE]\n\n")


def well(handler: Handler) -> None:
    handler.begin()
    handler.write(SENTENCE)
    handler.end()


def silent(handler: Handler) -> None:
    time.sleep(1)


def silent_midway(handler: Handler) -> None:
    handler.begin()
    handler.write("The ferries")
    time.sleep(1)


def status(code: int, **headers: str) -> Handling:
    return lambda handler: handler.fail(code, **headers)


def cut(handler: Handler) -> None:
    handler.begin()
    handler.write("The ferries of Port Maren carry")


def cut_after_a_sentence(handler: Handler) -> None:
    handler.begin()
    handler.write(f"{SENTENCE} The crossing")


def empty(handler: Handler) -> None:
    handler.begin()
    handler.end()


def not_json(handler: Handler) -> None:
    handler.begin()
    handler.wfile.write(b"data: <html>502</html>\n\n")


def nonsense(handler: Handler) -> None:
    handler.begin()
    handler.write("Banana " * 30 + ". Blue ideas sleep furiously. 7 8 9!")
    handler.end()


def two_hundred_pages(handler: Handler) -> None:
    handler.begin()
    try:
        for _ in range(20_000):
            handler.write("The weather on the moon is pleasant today. ")
    except OSError:
        pass  # the reader has left, as it should


@pytest.fixture
def served() -> Iterator[Callable[..., tuple[str, ThreadingHTTPServer]]]:
    """Starts a server that plays a script, a step for each request, the last again and again."""
    servers: list[ThreadingHTTPServer] = []

    def serve(*script: Handling) -> tuple[str, ThreadingHTTPServer]:
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.daemon_threads = True
        server.script, server.asked = script, 0  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/v1", server

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


Ask = Callable[..., tuple[Any, ThreadingHTTPServer, list[float]]]


@pytest.fixture
def ask(small_assistant: Assistant, served: Callable[..., tuple[str, ThreadingHTTPServer]], monkeypatch: pytest.MonkeyPatch) -> Ask:
    monkeypatch.setenv("OPENAI_API_KEY", KEY)

    def answer(*script: Handling, question: str = QUESTION, limits: Limits = LIMITS) -> tuple[Any, ThreadingHTTPServer, list[float]]:
        url, server = served(*script)
        settings = Settings(llm="openai:m", llm_base_url=url, llm_timeout=limits.timeout, _env_file=None)
        waits: list[float] = []
        return word_with(small_assistant, open_model(settings), limits, waits).ask(question), server, waits

    return answer


def test_a_provider_that_is_well_words_the_answer(ask: Ask) -> None:
    answer, server, _ = ask(well)
    assert (answer.mode, answer.notice) == ("generative", None)
    assert answer.answer.startswith("The ferries of Port Maren carry 94,000 passengers a day on 26 routes.[1]")
    assert server.asked == 1


@pytest.mark.parametrize(
    ("handling", "reason", "says", "calls"),
    [
        (silent, "timeout", "took too long", 3),
        (silent_midway, "timeout", "took too long", 1),
        (status(429, retry_after="0"), "limit", "limit of requests", 3),
        (status(500), "server", "server failed", 3),
        (status(503), "server", "server failed", 3),
        (status(401), "key", "refused the key", 1),
        (status(400), "rejected", "did not accept", 1),
        (status(404), "rejected", "did not accept", 1),
        (cut, "cut", "broke off", 1),
        (empty, "empty", "empty", 1),
        (not_json, "server", "failed", 3),
        (nonsense, "unsupported", "not supported", 2),
        (two_hundred_pages, "too_long", "too long", 1),
    ],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_a_failing_provider_costs_the_reader_one_line(
    ask: Ask, small_assistant: Assistant, handling: Handling, reason: str, says: str, calls: int
) -> None:
    limits = IMPATIENT if reason == "timeout" else LIMITS
    started = time.monotonic()
    answer, server, _ = ask(handling, limits=limits)
    extractive = small_assistant.ask(QUESTION)
    assert answer.mode == "extractive"
    assert answer.answer == extractive.answer
    assert answer.citations == extractive.citations
    assert answer.generation.fallback == reason
    assert says in answer.notice
    assert "\n" not in answer.notice
    assert server.asked == calls
    assert time.monotonic() - started < limits.deadline + 3


@pytest.mark.parametrize(
    ("question", "says"),
    [("马伦港渡轮每天运送多少名乘客？", "语言模型的服务器出错"), ("馬倫港渡輪每日運送幾多乘客？", "語言模型的伺服器出錯")],
)
def test_the_line_is_in_the_language_of_the_reader(ask: Ask, question: str, says: str) -> None:
    answer, _, _ = ask(status(500), question=question)
    assert says in answer.notice


def test_what_passes_is_tried_again_with_growing_waits(ask: Ask) -> None:
    answer, server, waits = ask(status(500), status(429), well)
    assert (answer.mode, server.asked) == ("generative", 3)
    assert len(waits) == 2
    assert all(0 <= wait <= LIMITS.deadline for wait in waits)


def test_a_wait_that_the_provider_asks_for_is_kept_within_the_deadline(ask: Ask) -> None:
    answer, _, waits = ask(status(429, retry_after="3600"), well)
    assert answer.mode == "generative"
    assert waits[0] <= LIMITS.deadline


def test_what_was_verified_before_the_stream_was_cut_stays(ask: Ask) -> None:
    answer, _, _ = ask(cut_after_a_sentence)
    assert answer.mode == "generative"
    assert answer.answer.startswith(SENTENCE.replace("[1].", ".[1]"))
    assert FACT in answer.answer


def test_nobody_listens(small_assistant: Assistant) -> None:
    model = open_model(Settings(llm="openai:m", llm_base_url="http://127.0.0.1:9/v1", _env_file=None))
    answer = word_with(small_assistant, model, LIMITS).ask(QUESTION)
    assert answer.generation is not None
    assert answer.generation.fallback == "unreachable"
    assert FACT in answer.answer


def test_after_failures_in_a_row_the_provider_is_left_alone(
    small_assistant: Assistant, served: Callable[..., tuple[str, ThreadingHTTPServer]]
) -> None:
    url, server = served(status(500))
    model = open_model(Settings(llm="openai:m", llm_base_url=url, _env_file=None))
    assistant = word_with(small_assistant, model, Limits(1, 2, 0, 2, 100))
    reasons = [answer.generation.fallback for _ in range(6) if (answer := assistant.ask(QUESTION)).generation]
    assert reasons == ["server"] * 4 + ["paused"] * 2
    assert server.asked == 4  # type: ignore[attr-defined]


def test_who_has_to_wait_too_long_for_a_turn_is_answered_without(small_assistant: Assistant) -> None:
    entered, leave = threading.Event(), threading.Event()

    class Slow(ScriptedModel):
        def _stream(self, *arguments: Any, **kwargs: Any) -> Iterator[Any]:
            entered.set()
            for piece in super()._stream(*arguments, **kwargs):
                yield piece
                leave.wait(0.2)

    assistant = word_with(small_assistant, Slow(replies=[SENTENCE * 2], prompts=[]), Limits(1, 20, 0, 1, 100))
    thread = threading.Thread(target=lambda: assistant.ask(QUESTION))
    thread.start()
    assert entered.wait(10)
    second = assistant.ask(QUESTION)  # waits for as long as a silence may last, then goes without
    leave.set()
    thread.join(30)
    assert second.generation is not None
    assert second.generation.fallback == "busy"
    assert FACT in second.answer


def test_the_key_is_never_told(
    ask: Ask, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG, logger="gbaqa")
    for handling in (status(401), status(400), status(500), well):
        answer, _, _ = ask(handling)
        assert KEY not in answer.model_dump_json()
    captured = capfd.readouterr()
    assert KEY not in captured.out + captured.err + caplog.text
    secret_address = Settings(llm="openai:m", llm_base_url=f"http://user:{KEY}@127.0.0.1:9/v1", _env_file=None)
    assert address(secret_address) == "http://127.0.0.1:9"


@pytest.mark.parametrize(
    ("llm", "says"),
    [
        ("gpt-5", "PROVIDER:MODEL"),
        ("nobody:model", "nobody"),
        ("anthropic:claude", "ANTHROPIC_API_KEY"),
        ("openai:gpt-5", "OPENAI_API_KEY"),
        ("ollama:qwen3:4b", "pip install langchain-ollama"),
    ],
)
def test_a_model_that_cannot_be_used_is_one_clear_line(llm: str, says: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError) as error:
        open_model(Settings(llm=llm, _env_file=None))
    assert says in str(error.value)
    assert "\n" not in str(error.value)
