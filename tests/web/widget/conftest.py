"""The widget in a real browser: sites that include it, the service, and a fresh profile for each test."""

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest
from sites import Net, Site, proxy_below, served

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.config import Settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="package")
def net(ferries: Assistant, ferry_settings: Settings) -> Iterator[Net]:
    from gbaqa.web.server import create_app

    site, stranger = Site(), Site()
    with ExitStack() as stack:
        for each in (site, stranger):
            each.origin = stack.enter_context(served(each.app()))
        allowing = ferry_settings.model_copy(update={"allowed_origins": (site.origin,), "rate_limit": 0})
        service = stack.enter_context(served(create_app(ferries, allowing)))
        inner = stack.enter_context(served(create_app(ferries, allowing.model_copy(update={"root_path": "/papers"}))))
        proxy = stack.enter_context(served(proxy_below("/papers", inner)))
        yield Net(site, stranger, service, f"{proxy}/papers")


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: "Browser") -> Iterator["Page"]:
    """A fresh browser profile; an indirect parameter gives its options. A script's error fails the test."""
    from visiting import DESKTOP

    context = browser.new_context(**getattr(request, "param", DESKTOP))
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    context.close()
    assert not errors


@pytest.fixture
def answering(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> Callable[[Answer], None]:
    """Makes the service give this answer to whatever it is asked."""

    def give(answer: Answer) -> None:
        async def replay(questions: Sequence[str]) -> AsyncIterator[Answer]:
            yield answer

        monkeypatch.setattr(ferries, "aconverse", replay)

    return give
