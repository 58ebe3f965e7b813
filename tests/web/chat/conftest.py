"""The chat in a real browser: a fresh profile for each test, and what its page asks for."""

from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed; pip install --group test")

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture
def requested() -> set[str]:
    """Hosts that the page has asked for anything."""
    return set()


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: "Browser", chat: str, requested: set[str]) -> Iterator["Page"]:
    """The chat in a fresh browser profile; an indirect parameter gives the profile's options."""
    from asking import ready

    context = browser.new_context(**({"locale": "en-GB", "reduced_motion": "reduce"} | getattr(request, "param", {})))
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda sent: requested.add(urlsplit(sent.url).netloc))
    opened.on("websocket", lambda sent: requested.add(urlsplit(sent.url).netloc))
    opened.goto(chat)
    ready(opened)
    yield opened
    context.close()
    assert not errors
