"""A small bilingual document of this folder's own, an assistant that has read it, and a server over it."""

import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index

if TYPE_CHECKING:
    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def ferry_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index of heron-straits.md."""
    settings = Settings(corpus=Path(__file__).with_name("heron-straits.md"), index=tmp_path_factory.mktemp("ferries"))
    build_index(settings)
    return settings


@pytest.fixture(scope="session")
def ferries(ferry_settings: Settings) -> Assistant:
    """An assistant that knows the ferries and nothing else."""
    return Assistant.open(using=ferry_settings)


@pytest.fixture(scope="session")
def thumbs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File in which the chat about the ferries keeps its readers' thumbs."""
    return tmp_path_factory.mktemp("thumbs") / "feedback.sqlite"


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One for all tests of pages of a process, each in a profile of its own."""
    from in_browser import CHROMIUM, CHROMIUM_OPTIONS
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def chat(ferries: Assistant, ferry_settings: Settings, thumbs: Path) -> Iterator[str]:
    """Address of a chat about the ferries, served by a thread."""
    import uvicorn

    from gbaqa.web.server import create_app

    app = create_app(ferries, ferry_settings.model_copy(update={"feedback": thumbs, "rate_limit": 0}))
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
