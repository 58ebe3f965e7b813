"""What is typed and asked while an answer is still on its way: nothing of it is lost, and nothing is asked that was not meant."""

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator

import pytest
from asking import ENGLISH, ask, newest
from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, Route, expect

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant

pytestmark = IN_A_BROWSER

NEXT = "What does a single crossing cost?"


@pytest.fixture
def ending(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Answers that begin at once and end only after this is set."""
    may_end = threading.Event()
    stream = ferries.astream

    async def slowly(question: str, history: object = ()) -> AsyncIterator[Answer]:
        async for answer in stream(question, history):  # type: ignore[arg-type]
            yield answer.model_copy(update={"citations": []})
            while not may_end.is_set():
                await asyncio.sleep(0.01)
            yield answer

    monkeypatch.setattr(ferries, "astream", slowly)
    yield may_end
    may_end.set()


def growing(page: Page) -> None:
    """Wait until an answer has begun."""
    expect(page.locator(".newest[aria-busy=true] .answer.answered")).to_be_visible()


def test_what_is_typed_while_an_answer_is_waited_for_stays(page: Page, ending: threading.Event) -> None:
    box = page.locator("#question textarea")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/gradio_api/queue/join**", hold)
    ask(page, ENGLISH)
    expect(box).to_have_value("")  # though the server knows nothing yet
    page.keyboard.type(NEXT)
    page.unroute("**/gradio_api/queue/join**")  # lets go what was held
    growing(page)
    expect(box).to_have_value(NEXT)
    ending.set()
    newest(page, 1)
    expect(page.locator(".tools")).to_be_visible()
    expect(box).to_have_value(NEXT)
    page.keyboard.press("Enter")
    expect(newest(page, 2).locator("h2")).to_have_text(NEXT)
    expect(box).to_have_value("")


def test_a_question_asked_while_an_answer_grows_is_asked_after_it(page: Page, ending: threading.Event) -> None:
    ask(page, ENGLISH)
    growing(page)
    ask(page, NEXT)
    expect(page.locator("#question textarea")).to_have_value(NEXT)
    ending.set()
    expect(newest(page, 2).locator("h2")).to_have_text(NEXT)
    expect(page.locator("#past #turn-1 .answered")).to_contain_text("8.4 million")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator(".turn")).to_have_count(2)


def test_a_question_asked_while_another_is_asked_again_comes_after_it(page: Page, ending: threading.Event) -> None:
    ending.set()
    ask(page, ENGLISH)
    turn = newest(page, 1)
    ending.clear()
    turn.get_by_role("button", name="Ask again").click()
    growing(page)
    ask(page, NEXT)
    ending.set()
    expect(newest(page, 2).locator("h2")).to_have_text(NEXT)
    expect(page.locator("#past #turn-1 .answered")).to_contain_text("8.4 million")
    expect(page.locator(".turn")).to_have_count(2)


def test_a_question_that_is_changed_after_enter_is_not_asked_half_written(page: Page, ending: threading.Event) -> None:
    ask(page, ENGLISH)
    growing(page)
    ask(page, NEXT)
    page.keyboard.type(" And a re")
    with page.expect_response("**/gradio_api/queue/join**"):  # the one that waited
        ending.set()
    newest(page, 1)
    expect(page.locator("#question textarea")).to_have_value(f"{NEXT} And a re")
    expect(page.locator(".turn")).to_have_count(1)
    page.keyboard.type("turn?")
    page.keyboard.press("Enter")
    expect(newest(page, 2).locator("h2")).to_have_text(f"{NEXT} And a return?")


def test_enter_pressed_twice_asks_once(page: Page, ending: threading.Event) -> None:
    ask(page, ENGLISH)
    page.keyboard.press("Enter")
    growing(page)
    page.keyboard.press("Enter")
    with page.expect_response("**/gradio_api/queue/join**"):  # the one that waited
        ending.set()
    expect(newest(page, 1).locator(".answered")).to_contain_text("8.4 million")
    ask(page, NEXT)
    expect(newest(page, 2).locator("h2")).to_have_text(NEXT)
    expect(page.locator(".turn")).to_have_count(2)


def test_who_stops_an_answer_keeps_the_question_that_waited(page: Page, ending: threading.Event) -> None:
    ask(page, ENGLISH)
    growing(page)
    ask(page, NEXT)
    page.get_by_role("button", name="Stop").click()
    expect(newest(page, 1)).to_contain_text("Stopped")
    expect(page.locator("#question textarea")).to_have_value(NEXT)
    ending.set()
    page.locator("#question textarea").press("Enter")
    expect(newest(page, 1).locator("h2")).to_have_text(NEXT)


def test_a_question_that_fails_comes_back_before_what_was_typed_meanwhile(
    page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_fail = threading.Event()

    async def failing(question: str, history: object = ()) -> AsyncIterator[Answer]:
        while not may_fail.is_set():
            await asyncio.sleep(0.01)
        raise RuntimeError("a bug")
        yield

    monkeypatch.setattr(ferries, "astream", failing)
    ask(page, ENGLISH)
    expect(page.locator(".newest[aria-busy=true] .pending")).to_be_visible()
    page.locator("#question textarea").fill(NEXT)
    may_fail.set()
    expect(newest(page, 1).get_by_role("alert")).to_contain_text("went wrong")
    expect(page.locator("#question textarea")).to_have_value(f"{ENGLISH}\n{NEXT}")
