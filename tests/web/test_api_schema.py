"""The interface does what its OpenAPI description says, whatever is sent to it (schemathesis)."""

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.web.server import create_app

_EXAMPLES = 5  # made up for each operation, beside those that try each rule of its schema


@pytest.fixture
def unlimited(ferries: Assistant) -> Iterator[str]:
    """Address of a server that answers as fast as it is asked."""
    app = create_app(ferries, Settings(_env_file=None, rate_limit=0))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started:
        assert time.monotonic() < deadline, "the server did not start"
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join()


def test_whatever_is_sent_the_description_holds(unlimited: str, tmp_path: Path) -> None:
    # From its command line: its plugin for pytest reaches into an older pytest.
    limits = ["--max-examples", str(_EXAMPLES), "--seed", "2031", "--workers", "1", "--suppress-health-check", "all"]
    config = ["--config-file", str(Path(__file__).with_name("schemathesis.toml"))]
    command = [sys.executable, "-m", "schemathesis.cli", *config, "run", f"{unlimited}/openapi.json", "--no-color", *limits]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=tmp_path)
    assert run.returncode == 0, run.stdout + run.stderr


def test_every_operation_is_told_with_its_errors(ferries: Assistant) -> None:
    described = TestClient(create_app(ferries, Settings(_env_file=None))).get("/openapi.json").json()
    operations = {path: list(by_method.values()) for path, by_method in described["paths"].items()}
    assert {"/api/ask", "/api/ask/stream", "/api/search", "/api/pages/{label}", "/v1/chat/completions", "/readyz"} <= set(operations)
    assert all(operation["summary"] for of_path in operations.values() for operation in of_path)
    for path in (path for path in operations if path.startswith("/api/")):
        for operation in operations[path]:
            told = {status for status, of in operation["responses"].items() if "application/problem+json" in of.get("content", {})}
            assert {"403", "413", "422", "429", "503"} <= told, path
