"""A conversation: follow-ups, what the browser keeps of it, and what can be done with it."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest
from asking import ENGLISH, TRADITIONAL, ask, newest, ready
from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, expect

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant, Turn
from gbaqa.web.ratings import Ratings

pytestmark = IN_A_BROWSER


def test_a_conversation_keeps_its_turns(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    ask(page, TRADITIONAL)
    newest(page, 2)
    expect(page.locator("#past #turn-1 .answer")).to_contain_text("8.4 million")
    expect(page.locator(".turn")).to_have_count(2)


def test_a_follow_up_is_answered_from_the_conversation(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    ask(page, "source?")
    turn = newest(page, 2)
    expect(turn.locator("h2")).to_have_text("source?")
    expect(turn.locator(".understood")).to_have_text(f"Understood as: {ENGLISH}")
    expect(turn.locator(".answer")).to_contain_text("Heron Straits Harbour Office (note 1)")
    ask(page, "第几页？")
    expect(newest(page, 3).locator(".answer")).to_contain_text("中文第4页，英文第3页")


def test_a_reload_brings_the_conversation_back_and_it_goes_on(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    ask(page, TRADITIONAL)
    newest(page, 2)
    page.reload()
    ready(page)
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator("#past #turn-1 .answer")).to_contain_text("8.4 million")
    ask(page, "出處？")
    expect(newest(page, 3).locator(".answer")).to_contain_text("註1")
    expect(page.locator(".turn")).to_have_count(3)


def test_a_cleared_conversation_is_gone_for_good(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Clear the conversation").click()
    expect(page.locator(".turn")).to_have_count(1)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Clear the conversation").click()
    expect(page.locator(".turn")).to_have_count(0)
    page.reload()
    ready(page)
    expect(page.locator(".turn")).to_have_count(0)


def test_a_question_asked_again_takes_the_place_of_its_answer(page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    async def answering(question: str, history: Sequence[Turn] = ()) -> AsyncIterator[Answer]:
        yield ferries.ask(question, history).model_copy(update={"answer": "Said anew."})

    ask(page, ENGLISH)
    turn = newest(page, 1)
    monkeypatch.setattr(ferries, "astream", answering)
    turn.get_by_role("button", name="Ask again").click()
    expect(newest(page, 1).locator(".answer")).to_have_text("Said anew.")
    monkeypatch.undo()
    expect(page.locator(".turn")).to_have_count(1)
    ask(page, "source?")
    expect(newest(page, 2).locator(".understood")).to_contain_text(ENGLISH)


def test_an_answer_that_is_not_waited_for_is_stopped(page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(question: str, history: object = ()) -> AsyncIterator[Answer]:
        await asyncio.sleep(60)
        yield ferries.ask(question)

    monkeypatch.setattr(ferries, "astream", never)
    ask(page, ENGLISH)
    page.get_by_role("button", name="Stop").click()
    expect(newest(page, 1)).to_contain_text("Stopped")
    monkeypatch.undo()
    newest(page, 1).get_by_role("button", name="Ask again").click()
    expect(newest(page, 1).locator(".answered")).to_contain_text("8.4 million")


@pytest.mark.parametrize("page", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
def test_an_answer_is_copied_with_its_sources(page: Page) -> None:
    ask(page, ENGLISH)
    turn = newest(page, 1)
    turn.get_by_role("button", name="Copy with sources").click()
    expect(turn.locator(".said").get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "8.4 million" in copied
    assert "p. 3" in copied
    assert "https://harbour.heron.example/passengers?year=2031&lang=en" in copied


@pytest.mark.parametrize(("name", "file", "says"), [("BibTeX", "gbaqa-citations.bib", "@"), ("RIS", "gbaqa-citations.ris", "TY  -")])
def test_citations_are_saved_in_a_style(page: Page, name: str, file: str, says: str) -> None:
    ask(page, ENGLISH)
    turn = newest(page, 1).locator(".said")
    turn.locator("summary", has_text="Cite").click()
    with page.expect_download() as download:
        turn.get_by_role("button", name=name).click()
    assert download.value.suggested_filename == file
    assert says in Path(download.value.path()).read_text("utf-8")
    expect(turn.get_by_role("status")).to_have_text("Saved")


def test_the_conversation_is_saved_as_a_document(page: Page) -> None:
    for number, question in enumerate((ENGLISH, "source?"), 1):
        ask(page, question)
        newest(page, number)
    page.locator("summary", has_text="Save the conversation").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Markdown").click()
    text = Path(download.value.path()).read_text("utf-8")
    assert text.index(ENGLISH) < text.index("source?")


def test_a_menu_closes_with_escape_and_gives_the_focus_back(page: Page) -> None:
    ask(page, ENGLISH)
    said = newest(page, 1).locator(".said")
    summary = said.locator("summary", has_text="Cite")
    summary.press("Enter")
    page.keyboard.press("Tab")
    expect(said.get_by_role("button", name="Footnotes")).to_be_focused()
    page.keyboard.press("Escape")
    expect(said.get_by_role("button", name="Footnotes")).to_be_hidden()
    expect(summary).to_be_focused()


def test_the_menu_of_an_earlier_answer_lies_above_the_next_one(page: Page) -> None:
    for number, question in enumerate((ENGLISH, "source?"), 1):
        ask(page, question)
        newest(page, number)
    said = page.locator("#past #turn-1 .said")
    said.locator("summary", has_text="Cite").click()
    said.get_by_role("button", name="CSL-JSON").click(trial=True)  # fails where something else would take the click


def test_a_thumb_down_is_kept_with_its_reason(page: Page, thumbs: Path) -> None:
    ask(page, ENGLISH)
    turn = newest(page, 1)
    turn.get_by_role("button", name="Not helpful").click()
    turn.get_by_label("Something is missing").check()
    turn.get_by_label("In your words").fill("the year before")
    turn.get_by_role("button", name="Send").click()
    expect(turn.locator(".said").get_by_role("status")).to_contain_text("Thank you")
    last = Ratings(thumbs).all()[-1]
    assert (last.thumb, last.reason, last.remark, last.question) == ("down", "incomplete", "the year before", ENGLISH)


def test_the_browser_keeps_no_passages_that_are_not_shown(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    assert page.evaluate("JSON.stringify(Object.values(localStorage)).length") < 20_000
    answer = json.loads(page.locator(".turn-data").get_attribute("value") or "")
    assert answer["passages"] == []


def test_an_example_asks_at_once(page: Page) -> None:
    button = page.locator(".examples button").first
    question = button.text_content() or ""
    assert question
    button.click()
    turn = newest(page, 1)
    expect(turn.locator("h2")).to_have_text(question)
    expect(turn.locator(".answered")).to_be_visible()
