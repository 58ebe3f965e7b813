"""Health, metrics, request ids and the log of requests."""

import json
import logging
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from prometheus_client.parser import text_string_to_metric_families

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.web.server import create_app


@pytest.fixture
def client(ferries: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(ferries, Settings(_env_file=None, access_log=True))) as client:
        yield client


def metrics_of(client: TestClient) -> dict[tuple[str, tuple[str, ...]], float]:
    """Value by name and labels."""
    families = text_string_to_metric_families(client.get("/metrics").text)
    return {(sample.name, tuple(sorted(sample.labels.values()))): sample.value for family in families for sample in family.samples}


def test_the_server_says_that_it_is_ready(client: TestClient, ferries: Assistant) -> None:
    ready = client.get("/readyz").json()
    assert (ready["status"], ready["documents"], ready["statements"]) == ("ready", 1, len(ferries.index.statements))


def test_requests_and_answers_are_counted(client: TestClient) -> None:
    client.post("/api/ask", json={"question": "What does a crossing cost?"})
    client.post("/api/ask/stream", json={"question": "單程票價是多少？"})
    client.get("/api/pages/3")
    client.get("/api/pages/4")
    client.get("/")
    counted = metrics_of(client)
    assert counted["gbaqa_http_requests_total", ("/api/pages/{label}", "200", "GET")] == 2
    assert counted["gbaqa_http_requests_total", ("200", "GET", "chat")] == 1
    assert counted["gbaqa_answers_total", ("answered", "api", "en", "extractive")] == 1
    assert counted["gbaqa_answers_total", ("answered", "extractive", "stream", "zh-Hant")] == 1
    assert counted["gbaqa_questions_in_progress", ()] == 0
    assert counted["gbaqa_documents", ()] == 1


def test_made_up_addresses_and_methods_make_no_series_of_their_own(client: TestClient) -> None:
    for name in ("one", "two"):
        client.get(f"/api/{name}")
        client.request(name.upper(), "/api/ask")
    counted = {key: value for key, value in metrics_of(client).items() if key[0] == "gbaqa_http_requests_total"}
    assert {labels for _, labels in counted} == {("404", "GET", "none"), ("405", "none", "other")}


def test_apps_in_one_process_count_apart(ferries: Assistant, client: TestClient) -> None:
    client.get("/api/pages")
    other = TestClient(create_app(ferries, Settings(_env_file=None)))
    assert not any(name == "gbaqa_http_requests_total" for name, _ in metrics_of(other))


def test_each_request_is_a_line_of_json_without_what_was_asked(client: TestClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "gbaqa.access"):
        response = client.get("/api/search?q=hydrogen", headers={"x-request-id": "abc-1"})
        client.get("/healthz", headers={"x-request-id": 'forged"\n{}'.replace("\n", " ")})
    first, second = (json.loads(record.message) for record in caplog.records if record.name == "gbaqa.access")
    assert response.headers["x-request-id"] == first["request_id"] == "abc-1"
    assert (first["path"], first["status"], first["bytes"]) == ("/api/search", 200, len(response.content))
    assert 0 < first["first_ms"] <= first["total_ms"]
    assert "hydrogen" not in json.dumps(first)
    assert len(second["request_id"]) == 32
