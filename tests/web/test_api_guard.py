"""Who may ask, how often and how much: key, origins, rate limit, full queue, proxies, a sub-path."""

import asyncio
import threading
import time
from collections.abc import Sequence

import httpx
import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError

from gbaqa.assistant import Assistant, Turn
from gbaqa.config import Settings
from gbaqa.web.server import create_app

SITE = "https://www.harbour.example"
QUESTION = {"question": "How many ships are there?"}


def client_of(assistant: Assistant, *, address: str = "203.0.113.7", **changed: object) -> TestClient:
    """A client at an address, of an app with settings."""
    return TestClient(create_app(assistant, Settings(_env_file=None, **changed)), client=(address, 50_000))


def kind(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == response.status_code
    assert "\n" not in problem["detail"]
    return str(problem["type"]).rpartition(":")[2]


@pytest.fixture(autouse=True)
def early_in_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute begins with each test: where one ends, what was counted in it weighs less."""
    now = time.time
    ahead = 60 - now() % 60
    monkeypatch.setattr(time, "time", lambda: now() + ahead)


@pytest.fixture(scope="module")
def keyed(ferries: Assistant) -> TestClient:
    return client_of(ferries, api_key="open sesame", allowed_origins=SITE)


@pytest.mark.parametrize("path", ["/api/pages", "/v1/models", "/mcp", "/metrics", "/api/nothing"])
def test_a_program_needs_the_key(keyed: TestClient, path: str) -> None:
    for wrong in ({}, {"authorization": "Bearer close sesame"}, {"authorization": "open sesame"}, {"authorization": "Basic open sesame"}):
        response = keyed.get(path, headers=wrong)
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
    assert keyed.get("/api/pages", headers={"authorization": "Bearer open sesame"}).status_code == 200
    assert kind(keyed.get("/api/pages")) == "key"
    assert keyed.get("/v1/models").json()["error"]["code"] == "key"


@pytest.mark.parametrize("headers", [{"origin": "http://testserver"}, {"sec-fetch-site": "same-origin"}, {"origin": SITE}])
def test_pages_use_the_interface_without_a_key_but_not_what_is_for_programs(keyed: TestClient, headers: dict[str, str]) -> None:
    assert keyed.post("/api/ask", json=QUESTION, headers=headers).status_code == 200
    assert keyed.get("/v1/models", headers=headers).status_code == 401
    assert keyed.get("/metrics", headers=headers).status_code == 401


def test_health_and_chat_need_no_key(keyed: TestClient) -> None:
    assert [keyed.get(path).status_code for path in ("/healthz", "/readyz", "/")] == [200, 200, 200]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", f"{SITE}.evil.example", f"{SITE}:8443", "https://testserver.evil"])
def test_a_foreign_page_may_not_ask(keyed: TestClient, origin: str) -> None:
    response = keyed.post("/api/ask", json=QUESTION, headers={"origin": origin, "authorization": "Bearer open sesame"})
    assert (response.status_code, kind(response)) == (403, "origin")
    assert "access-control-allow-origin" not in response.headers


def test_an_allowed_page_may_read_the_answer_and_every_refusal(ferries: Assistant) -> None:
    client = client_of(ferries, allowed_origins=SITE, rate_limit=1)
    asking = {"origin": SITE, "access-control-request-method": "POST", "access-control-request-headers": "content-type"}
    preflight = client.options("/api/ask/stream", headers=asking)
    assert (preflight.status_code, preflight.headers["access-control-allow-origin"]) == (200, SITE)
    for expected in (200, 429):
        response = client.post("/api/ask", json=QUESTION, headers={"origin": SITE})
        assert (response.status_code, response.headers["access-control-allow-origin"]) == (expected, SITE)
    foreign = client.options("/api/ask", headers={**asking, "origin": "https://elsewhere.example"})
    assert "access-control-allow-origin" not in foreign.headers


def test_without_an_allow_list_no_page_is_told_anything(ferries: Assistant) -> None:
    client = client_of(ferries)
    for path in ("/healthz", "/", "/gradio_api/info"):
        assert "access-control-allow-origin" not in client.get(path, headers={"origin": "https://elsewhere.example"}).headers


@pytest.mark.parametrize("origins", ["*", "https://*.example", "www.harbour.example", "https://www.harbour.example/path", "null"])
def test_only_exact_origins_are_settings(origins: str) -> None:
    with pytest.raises(ValidationError, match="is no origin"):
        Settings(_env_file=None, allowed_origins=origins)


def test_a_client_that_asks_too_often_is_told_when_to_come_again(ferries: Assistant) -> None:
    client = client_of(ferries, rate_limit=2)
    assert [client.get("/api/pages").status_code for _ in range(2)] == [200, 200]
    refused = client.get("/api/pages")
    assert (refused.status_code, kind(refused)) == (429, "rate-limit")
    assert 1 <= int(refused.headers["retry-after"]) <= 60
    assert client.post("/gradio_api/queue/join", json={}).status_code == 429
    assert client.get("/healthz").status_code == 200


@pytest.mark.parametrize("path", ["/gradio_api/run/predict", "/gradio_api/queue/join", "/gradio_api/upload"])
def test_whatever_is_sent_to_the_chat_counts(ferries: Assistant, path: str) -> None:
    client = client_of(ferries, rate_limit=2)
    for _ in range(2):
        assert client.post(path, json={}).status_code != 429
    refused = client.post(path, json={})
    assert (refused.status_code, kind(refused)) == (429, "rate-limit")


def test_the_chat_takes_a_conversation_and_nothing_larger(ferries: Assistant) -> None:
    client = client_of(ferries)
    refused = client.post("/gradio_api/queue/join", json={"data": ["x" * 1_100_000, []], "fn_index": 0, "session_hash": "a"})
    assert (refused.status_code, kind(refused)) == (413, "too-large")


def test_of_the_pages_that_were_opened_few_are_remembered(ferries: Assistant) -> None:
    (chat,) = [
        route.app for route in create_app(ferries, Settings(_env_file=None)).routes if hasattr(getattr(route, "app", None), "state_holder")
    ]
    for page in range(300):
        chat.state_holder[f"page {page}"]
    assert len(chat.state_holder.session_data) == 100


@pytest.mark.parametrize("path", ["/gradio_api/call/ask", "/gradio_api/call/v2/ask", "/gradio_api/api/ask"])
def test_the_chat_has_no_other_door_for_programs(ferries: Assistant, path: str) -> None:
    client = client_of(ferries)
    for response in (client.post(path, json={"data": ["How many ships are there?", []]}), client.get(f"{path}/1")):
        assert (response.status_code, kind(response)) == (404, "not-found")


def test_pictures_of_pages_count(ferries: Assistant) -> None:
    client = client_of(ferries, rate_limit=2)
    assert [client.get("/pages/heron-straits/1.png").status_code for _ in range(3)][2] == 429
    assert client.get("/pages").status_code != 429


def test_a_clock_that_is_set_back_keeps_nobody_out(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    client, now = client_of(ferries, rate_limit=1), time.time()
    assert client.get("/api/pages").status_code == 200
    assert client.get("/api/pages").status_code == 429
    monkeypatch.setattr(time, "time", lambda: now - 3600)
    assert client.get("/api/pages").status_code == 200


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "http://]"])
def test_an_origin_that_is_no_address_is_a_foreign_one(keyed: TestClient, origin: str) -> None:
    response = keyed.get("/api/pages", headers={"origin": origin})
    assert (response.status_code, kind(response)) == (403, "origin")
    assert response.headers["x-request-id"]
    assert response.headers["x-content-type-options"] == "nosniff"


def test_ipv4_addresses_in_the_form_of_ipv6_are_what_they_stand_for(ferries: Assistant) -> None:
    app = create_app(ferries, Settings(_env_file=None, rate_limit=1, trusted_proxies="192.0.2.1"))

    def asked(peer: str, **headers: str) -> int:
        return TestClient(app, client=(peer, 50_000)).get("/api/pages", headers=headers).status_code

    assert [asked("::ffff:203.0.113.7"), asked("::ffff:203.0.113.8"), asked("203.0.113.7")] == [200, 200, 429]
    forwarded = [asked("::ffff:192.0.2.1", **{"x-forwarded-for": f"198.51.100.{last}"}) for last in (1, 2, 1)]
    assert forwarded == [200, 200, 429]


def test_clients_are_told_apart_by_address_and_ipv6_by_network(ferries: Assistant) -> None:
    app = create_app(ferries, Settings(_env_file=None, rate_limit=1))
    asked = [
        TestClient(app, client=(address, 50_000)).get("/api/pages").status_code
        for address in ("203.0.113.7", "203.0.113.8", "203.0.113.7", "2001:db8::1", "2001:db8::2", "2001:db8:0:1::1")
    ]
    assert asked == [200, 200, 429, 200, 429, 200]


def test_forwarded_addresses_are_believed_of_trusted_proxies_alone(ferries: Assistant) -> None:
    app = create_app(ferries, Settings(_env_file=None, rate_limit=1, trusted_proxies="10.0.0.0/8, 192.0.2.1"))

    def asked(peer: str, forwarded: str) -> int:
        return TestClient(app, client=(peer, 50_000)).get("/api/pages", headers={"x-forwarded-for": forwarded}).status_code

    assert asked("10.1.2.3", "198.51.100.1") == 200
    assert asked("192.0.2.1", "198.51.100.2") == 200
    assert asked("10.1.2.3", "198.51.100.1") == 429
    assert asked("10.1.2.3", "198.51.100.99, 198.51.100.1") == 429  # what a client puts in front does not help it
    assert asked("203.0.113.7", "198.51.100.3") == 200
    assert asked("203.0.113.7", "198.51.100.4") == 429


def test_a_full_queue_sends_the_next_question_away(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, may_end = threading.Event(), threading.Event()

    def slow(questions: Sequence[str]) -> list[Turn]:
        begun.set()
        assert may_end.wait(20)
        return []

    monkeypatch.setattr(ferries, "turns", slow)

    async def crowd() -> None:
        app = create_app(ferries, Settings(_env_file=None, concurrency=1, queue=1))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            first = asyncio.create_task(client.post("/api/ask", json=QUESTION))
            assert await asyncio.to_thread(begun.wait, 20)
            second = asyncio.create_task(client.post("/api/ask/stream", json=QUESTION))
            while (await client.get("/readyz")).status_code == 200:
                await asyncio.sleep(0.01)
            completion = {"model": "gbaqa", "messages": [{"role": "user", "content": "Who?"}]}
            for third in (await client.post("/api/ask", json=QUESTION), await client.post("/api/ask/stream", json=QUESTION)):
                assert (third.status_code, kind(third)) == (503, "overload")
                assert int(third.headers["retry-after"]) > 0
            assert (await client.post("/v1/chat/completions", json=completion)).json()["error"]["type"] == "server_error"
            may_end.set()
            assert [(await one).status_code for one in (first, second)] == [200, 200]
            assert (await client.get("/readyz")).status_code == 200

    asyncio.run(crowd())


def test_a_reader_who_leaves_gives_the_place_back(ferries: Assistant) -> None:
    async def leave() -> int:
        app = create_app(ferries, Settings(_env_file=None, concurrency=1, queue=0))
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
            for _ in range(3):
                asking = asyncio.create_task(client.post("/api/ask/stream", json=QUESTION))
                await asyncio.sleep(0.005)
                asking.cancel()
                await asyncio.gather(asking, return_exceptions=True)
            return (await client.post("/api/ask", json=QUESTION)).status_code

    assert asyncio.run(leave()) == 200


@pytest.mark.parametrize("prefix", ["", "/papers"])
def test_it_works_under_a_path_whether_or_not_the_proxy_takes_it_off(ferries: Assistant, prefix: str) -> None:
    client = client_of(ferries, root_path="/papers/", api_key="open sesame")
    assert client.get(f"{prefix}/healthz").status_code == 200
    assert kind(client.get(f"{prefix}/api/pages")) == "key"
    page = client.get(f"{prefix}/")
    assert page.status_code == 200
    assert client.get(f"{prefix}/openapi.json").json()["servers"] == [{"url": "/papers"}]


@pytest.mark.parametrize("path", ["/", "/discrepancies", "/healthz", "/api/pages", "/api/nothing", "/gradio_api/info"])
def test_every_response_says_what_it_may_do(keyed: TestClient, path: str) -> None:
    headers = keyed.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-request-id"]
    policy = {name: rest for name, _, rest in (part.strip().partition(" ") for part in headers["content-security-policy"].split(";"))}
    assert policy["frame-ancestors"] == "'self'"
    assert policy["default-src"] in {"'none'", "'self'"}
