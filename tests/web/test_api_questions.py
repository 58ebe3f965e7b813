"""POST /api/ask and /api/ask/stream: answers, conversations, and what is said of questions that are none."""

import asyncio
import json
import subprocess
import threading
from collections.abc import Iterator, Sequence

import httpx
import pytest
from fastapi.testclient import TestClient

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant, Turn
from gbaqa.config import Settings
from gbaqa.web.server import create_app

PASSENGERS = "How many passengers did the ferries carry in 2031?"


@pytest.fixture(scope="module")
def client(ferries: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(ferries, Settings(_env_file=None, rate_limit=0))) as client:
        yield client


def events_of(text: str) -> list[tuple[str, dict[str, object]]]:
    """(event, data) of a text/event-stream, comments left out."""
    events = []
    for block in text.split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if line and not line.startswith(":"))
        if fields:
            events.append((fields["event"], json.loads(fields["data"])))
    return events


def test_a_follow_up_is_understood_from_the_questions_alone(client: TestClient) -> None:
    answer = Answer.model_validate(client.post("/api/ask", json={"question": "Which source says so?", "history": [PASSENGERS]}).json())
    assert "Heron Straits Harbour Office" in answer.answer
    assert answer.citations[0].footnotes[0].number == 1


def test_the_server_keeps_no_conversation(client: TestClient) -> None:
    client.post("/api/ask", json={"question": PASSENGERS})
    alone = client.post("/api/ask", json={"question": "Which source says so?"}).json()
    assert alone["citations"] == []


def test_an_earlier_question_that_could_not_be_asked_left_no_turn(client: TestClient) -> None:
    history = [PASSENGERS, "", "x" * 5000]
    answer = client.post("/api/ask", json={"question": "Which source says so?", "history": history}).json()
    assert "Heron Straits Harbour Office" in answer["answer"]


def test_replaying_a_conversation_gives_what_the_chat_would(ferries: Assistant) -> None:
    questions = [PASSENGERS, "And how many ships are there?", "Which source says so?"]
    turns = ferries.turns(questions[:-1])
    assert [turn.question for turn in turns] == questions[:-1]
    said = ferries.ask(questions[-1], turns)
    assert ferries.converse(questions).model_copy(update={"elapsed_ms": 0}) == said.model_copy(update={"elapsed_ms": 0})


def test_turns_are_answered_once(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    answer = ferries._extract

    def counted(question: str, history: Sequence[Turn]) -> Answer:
        asked.append(question)
        return answer(question, history)

    monkeypatch.setattr(ferries, "_extract", counted)
    conversation = ["What does a crossing cost?", "Do children pay?", "And how many ships run on hydrogen?"]
    for count in range(1, 4):
        ferries.converse(conversation[:count])
    assert asked == conversation


def test_the_stream_tells_passages_then_text_then_the_whole_answer(client: TestClient) -> None:
    response = client.post("/api/ask/stream", json={"question": "How many ships are there, and what does a crossing cost?"})
    assert response.headers["content-type"].startswith("text/event-stream")
    events = events_of(response.text)
    names = [name for name, _ in events]
    assert names[0] == "retrieved"
    assert names[-1] == "answer"
    assert set(names[1:-1]) == {"delta"}
    answer = Answer.model_validate(events[-1][1])
    assert "".join(str(data["text"]) for name, data in events if name == "delta") == answer.answer
    assert events[0][1]["passages"] == [passage.model_dump() for passage in answer.passages]


def test_what_fails_while_streaming_is_told_as_an_event(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(questions: Sequence[str]) -> list[Turn]:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr(ferries, "turns", fail)
    with TestClient(create_app(ferries, Settings(_env_file=None))) as client:
        streamed = client.post("/api/ask/stream", json={"question": "What now?"}).text
        whole = client.post("/api/ask", json={"question": "What now?"})
    [(name, problem)] = events_of(streamed)
    assert (name, problem["status"]) == ("error", 500)
    assert whole.status_code == 500
    assert whole.json() == problem
    assert "secret" not in streamed + whole.text


def test_curl_reads_the_stream(chat: str) -> None:
    body = json.dumps({"question": "單程票價是多少？"})
    command = ["curl", "-sN", f"{chat}/api/ask/stream", "-H", "content-type: application/json", "-d", body]
    try:
        streamed = subprocess.run(command, capture_output=True, timeout=30, check=True).stdout.decode()
    except FileNotFoundError:
        pytest.skip("needs curl, which is not here")
    events = events_of(streamed)
    assert events[-1][0] == "answer"
    assert "15克朗" in str(events[-1][1]["answer"])


@pytest.mark.parametrize("path", ["/api/ask", "/api/ask/stream"])
@pytest.mark.parametrize("question", ["", " \n", "?!", "x" * 20_000])
def test_a_question_that_is_none_is_a_problem_before_any_answer(client: TestClient, path: str, question: str) -> None:
    response = client.post(path, json={"question": question})
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert (response.status_code, problem["status"], problem["type"]) == (400, 400, "urn:gbaqa:problem:question")
    assert problem["detail"].startswith("The question ")
    assert "\n" not in problem["detail"]


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (b"{", "body"),
        (b"[1]", "body"),
        (b"{}", "body.question"),
        (b'{"question": 5}', "body.question"),
        (b'{"question": "Who \\ud800?"}', "body.question"),
        (b'{"question": "Who?", "history": "Why?"}', "body.history"),
        (json.dumps({"question": "Who?", "history": ["Why?"] * 11}).encode(), "body.history"),
    ],
)
def test_a_body_that_does_not_fit_is_told_where(client: TestClient, body: bytes, named: str) -> None:
    response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    problem = response.json()
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert problem["detail"].startswith(f"{named}: ")
    assert "\n" not in problem["detail"]


@pytest.mark.parametrize("is_told_beforehand", [True, False])
def test_an_endless_body_is_not_read(client: TestClient, is_told_beforehand: bool) -> None:
    body = json.dumps({"question": "x" * 3_000_000}).encode()
    content = body if is_told_beforehand else (body[at : at + 65_536] for at in range(0, len(body), 65_536))
    response = client.post("/api/ask", content=content, headers={"content-type": "application/json"})
    assert (response.status_code, response.headers["content-type"]) == (413, "application/problem+json")


def test_the_event_loop_is_free_while_a_question_is_answered(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(questions: Sequence[str]) -> list[Turn]:
        begun.set()
        assert may_end.wait(20)
        return []

    monkeypatch.setattr(ferries, "turns", slow)

    async def meanwhile() -> tuple[int, int]:
        transport = httpx.ASGITransport(create_app(ferries, Settings(_env_file=None)))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            answering = asyncio.create_task(client.post("/api/ask", json={"question": PASSENGERS}))
            assert await asyncio.to_thread(begun.wait, 20)
            health = await client.get("/healthz")
            assert not answering.done()
            may_end.set()
            return health.status_code, (await answering).status_code

    assert asyncio.run(meanwhile()) == (200, 200)
