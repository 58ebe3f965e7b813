"""The server: its address, its JSON interface, how it starts and how it ends."""

import os
import re
import signal
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import ServerError
from gbaqa.web.server import check_port, create_app

_SRC = Path(__file__).parents[2] / "src"


@pytest.fixture(scope="module")
def client(ferries: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(ferries)) as client:
        yield client


def test_a_port_in_use_is_one_line_that_says_what_to_do() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=rf"^127\.0\.0\.1:{port} is in use; .*--port\.$"):
            check_port("127.0.0.1", port)


def test_a_free_port_stays_free() -> None:
    check_port("127.0.0.1", 0)


def test_a_host_that_is_not_here_is_one_line() -> None:
    with pytest.raises(ServerError, match="--host"):
        check_port("no-such-host.invalid", 7860)
    with pytest.raises(ServerError, match="--host"):
        check_port("192.0.2.1", 7860)


def test_a_question_is_answered_as_json(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "How many passengers did the ferries carry in 2031?"})
    assert response.status_code == 200
    answer = Answer.model_validate(response.json())
    assert answer.citations[0].page == "3"
    assert answer.citations[0].footnotes[0].number == 1


@pytest.mark.parametrize("question", ["", "  \n", "x" * 20_000])
def test_a_question_that_cannot_be_one_is_refused_with_its_reason(client: TestClient, question: str) -> None:
    response = client.post("/api/ask", json={"question": question})
    assert response.status_code == 400
    assert response.json()["detail"].startswith("The question ")


@pytest.mark.parametrize("body", [b"{}", b"[1]", b"{", b'{"question": 5}'])
def test_a_body_that_is_no_question_is_the_callers_mistake(client: TestClient, body: bytes) -> None:
    assert client.post("/api/ask", content=body, headers={"content-type": "application/json"}).status_code == 422


def test_health_is_told(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


def test_the_page_names_no_foreign_script_style_or_font(client: TestClient) -> None:
    page = client.get("/").text
    assert not re.findall(r'(?:<script[^>]* src|<link[^>]* href)="(?:https?:)?//[^"]*', page)
    assert client.get("/docs").status_code == 404


def test_the_page_is_packed_for_whoever_reads_gzip(client: TestClient) -> None:
    packed = client.get("/", headers={"accept-encoding": "gzip"})
    plain = client.get("/", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 3
    assert "Accept-Encoding" in plain.headers["vary"]
    assert packed.text.count("first-paint") == plain.text.count("first-paint") > 0


def test_the_chat_takes_no_files(client: TestClient) -> None:
    assert client.post("/gradio_api/upload", files={"files": ("x.txt", b"more than a byte")}).status_code == 413


@pytest.mark.skipif(os.name != "posix", reason="sends SIGINT as a terminal does")
def test_the_server_says_where_it_is_and_ends_on_ctrl_c(ferry_settings: Settings) -> None:
    serve = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from rich.console import Console
        from gbaqa.config import Settings
        from gbaqa.web.server import serve_chat
        serve_chat(Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2]), port=0), Console())
        """
    )
    command = [sys.executable, "-c", serve, str(ferry_settings.corpus), str(ferry_settings.index)]
    environment = {**os.environ, "PYTHONPATH": str(_SRC), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as server:
        assert server.stdout is not None
        first = server.stdout.readline()
        match = re.search(r"http://127\.0\.0\.1:(\d+)", first)
        assert match, first + server.stdout.read()
        with socket.create_connection(("127.0.0.1", int(match[1]))) as reader:
            # A reader whose page is open holds this stream; it must not keep the server from ending.
            reader.sendall(b"GET /gradio_api/heartbeat/x HTTP/1.1\r\nHost: localhost\r\n\r\n")
            assert b"200 OK" in reader.recv(4096)
            server.send_signal(signal.SIGINT)
            rest = server.communicate(timeout=30)[0]
    assert server.returncode == 0, rest
    assert "Traceback" not in rest
    assert "ERROR" not in rest
