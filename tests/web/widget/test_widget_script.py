"""The widget as it is served: its size, what it may not contain, its headers, and the page for an iframe."""

import gzip
import re
import threading
from collections.abc import Iterator
from dataclasses import asdict, fields

import pytest
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.web.server import create_app
from gbaqa.web.widget.bundle import widget_script
from gbaqa.web.widget.texts import WIDGET_TEXTS, WidgetTexts

_LARGEST = 25_000  # bytes of the script as it is sent
_EXAMPLE = "What do crossings cost?"
_SITE = "https://www.heron.example"


@pytest.fixture(scope="module")
def script(ferries: Assistant) -> str:
    return widget_script(list(ferries.index.documents.values()), {"en": [("en", _EXAMPLE)], "zh-Hans": [], "zh-Hant": []})


@pytest.fixture(scope="module")
def client(ferries: Assistant, ferry_settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(ferries, ferry_settings.model_copy(update={"allowed_origins": (_SITE,)}))) as client:
        for thread in threading.enumerate():
            if thread.name == "example-questions":  # the script changes as they are found
                thread.join(timeout=60)
        yield client


def test_the_script_is_small(client: TestClient) -> None:
    response = client.get("/widget.js", headers={"accept-encoding": "gzip"})
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) < _LARGEST
    assert response.text == gzip.decompress(gzip.compress(response.text.encode())).decode()


def test_the_script_is_sent_plain_to_whoever_does_not_read_gzip(client: TestClient, script: str) -> None:
    response = client.get("/widget.js", headers={"accept-encoding": "identity"})
    assert "content-encoding" not in response.headers
    assert response.text.partition('"examples":')[0] == script.partition('"examples":')[0]
    assert response.headers["content-type"] == "text/javascript; charset=utf-8"


def test_any_site_may_load_the_script_and_keep_it(client: TestClient) -> None:
    first = client.get("/widget.js")
    assert first.headers["cross-origin-resource-policy"] == "cross-origin"
    assert first.headers["cache-control"].startswith("public")
    again = client.get("/widget.js", headers={"if-none-match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert client.head("/widget.js").status_code == 200


@pytest.mark.parametrize(
    "forbidden",
    [
        r"\binnerHTML\b",
        r"\bouterHTML\b",
        r"insertAdjacentHTML",
        r"document\.write",
        r"\beval\b",
        r"new Function",
        r"setAttribute\(.style",
        "<style",
    ],
)
def test_the_script_does_nothing_that_a_strict_policy_forbids(script: str, forbidden: str) -> None:
    assert not re.search(forbidden, script)


def test_the_script_names_no_address_but_that_of_its_drawings(script: str) -> None:
    assert set(re.findall(r"https?://[^\s\"'`)]+", script)) == {"http://www.w3.org/2000/svg"}


def test_the_three_languages_fill_in_the_same_names() -> None:
    for field in fields(WidgetTexts):
        filled = [set(re.findall(r"\{\w+\}", asdict(texts)[field.name])) for texts in WIDGET_TEXTS.values()]
        assert filled[0] == filled[1] == filled[2], field.name


@pytest.mark.parametrize(
    ("query", "accepted", "script"),
    [("", "zh-HK,en;q=0.5", "zh-Hant"), ("?lang=en", "zh-HK", "en"), ("?lang=zh-CN", "en", "zh-Hans"), ("", "fr", "en")],
)
def test_the_page_for_an_iframe_speaks_the_language_asked_for_or_the_browsers(
    client: TestClient, query: str, accepted: str, script: str
) -> None:
    assert f'<html lang="{script}">' in client.get(f"/embed{query}", headers={"accept-language": accepted}).text


def test_only_allowed_sites_may_frame_the_page_and_it_loads_nothing_foreign(client: TestClient) -> None:
    policy = client.get("/embed").headers["content-security-policy"]
    assert f"frame-ancestors 'self' {_SITE}" in policy
    assert policy.startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in policy


def test_a_theme_that_there_is_not_is_the_callers_mistake(client: TestClient) -> None:
    assert client.get("/embed?theme=%22onload%3D").status_code == 422
