"""Facts that a reader takes along: one source copied or cited, and a basket of facts from any answer."""

import csv
import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from asking import ENGLISH, PHONE, TRADITIONAL, ask, newest, ready
from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, expect

from gbaqa.answering.answer import Answer, Citation
from gbaqa.assistant import Assistant

pytestmark = IN_A_BROWSER

CLIPBOARD = {"permissions": ["clipboard-read", "clipboard-write"]}


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_one_source_is_copied_and_cited_alone(page: Page) -> None:
    ask(page, ENGLISH)
    card = newest(page, 1).locator("#turn-1-source-1")
    card.get_by_role("button", name="Copy", exact=True).click()
    expect(card.get_by_role("status")).to_have_text("Copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.count("\n") == 0
    assert "p. 3" in copied
    assert "In Chinese · p. 4" in copied
    card.locator("summary", has_text="Cite").click()
    with page.expect_response("**/api/citations/export") as sent:
        card.get_by_role("button", name="Footnotes").click()
    assert len(json.loads(sent.value.request.post_data or "")["citations"]) == 1
    expect(card.get_by_role("button", name="Footnotes")).to_be_hidden()
    footnote = page.evaluate("navigator.clipboard.readText()")
    assert footnote.startswith("1. ")
    assert "(note 1: Heron Straits Harbour Office" in footnote


def test_copying_works_where_the_browser_has_no_clipboard_for_the_page(page: Page) -> None:
    page.evaluate("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    ask(page, ENGLISH)
    turn = newest(page, 1)
    turn.get_by_role("button", name="Copy with sources").click()
    expect(turn.locator(".said [role=status]")).to_have_text("Copied")
    page.locator("#question textarea").focus()
    page.keyboard.press("Control+V")
    assert "8.4 million" in page.locator("#question textarea").input_value()


@pytest.mark.parametrize("page", [CLIPBOARD], indirect=True)
def test_a_citation_that_the_server_cannot_write_is_told(page: Page) -> None:
    ask(page, ENGLISH)
    said = newest(page, 1).locator(".said")
    page.route("**/api/citations/export", lambda route: route.abort())
    for name in ("APA", "RIS"):
        said.locator("summary", has_text="Cite").click()
        said.get_by_role("button", name=name).click()
        expect(said.get_by_role("status")).to_have_text("It could not be written. Try again.")
        page.keyboard.press("Escape")


def test_a_basket_keeps_facts_of_several_answers_through_a_reload(page: Page) -> None:
    basket = page.locator("#masthead .basket")
    expect(basket).to_be_hidden()
    for number, question in enumerate((ENGLISH, TRADITIONAL), 1):
        ask(page, question)
        newest(page, number).locator(f"#turn-{number}-source-1 [data-keep]").click()
    expect(basket.locator(".count")).to_have_text("2")
    page.reload()
    ready(page)
    kept = page.locator("#turn-1-source-1 [data-keep]")
    expect(kept).to_have_attribute("aria-pressed", "true")
    expect(kept).to_have_css("background-color", "rgb(228, 239, 240)")
    basket.locator("summary").click()
    expect(basket.locator(".kept li")).to_have_count(2)
    with page.expect_download() as download:
        basket.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename == "gbaqa-facts.csv"
    rows = list(csv.DictReader(io.StringIO(Path(download.value.path()).read_text("utf-8-sig"))))
    assert [(row["value"], row["page"], row["page in the other language"], row["note"]) for row in rows if row["unit"] == ""] == [
        ("8400000", "3", "4", "1"),
        ("8400000", "4", "3", "1"),
    ]
    basket.locator(".kept button").first.click()
    expect(basket.locator(".kept li")).to_have_count(1)
    basket.get_by_role("button", name="Empty the basket").click()
    expect(basket).to_be_hidden()
    expect(page.locator("#turn-2-source-1 [data-keep]")).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_long_answers_sources_are_folded_until_a_mark_leads_there(
    page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = range(1, 9)
    cited = [Citation(mark=mark, document="heron-straits", page="3", language="en", quote=f"Quay {mark}.") for mark in many]
    text = " ".join(f"Quay {mark}.[{mark}]" for mark in many)
    answer = Answer(question="q", language="en", status="answered", answer=text, confidence=1, citations=cited)

    async def astream(question: str, history: object = ()) -> AsyncIterator[Answer]:
        yield answer

    monkeypatch.setattr(ferries, "astream", astream)
    ask(page, "Which quays are there?")
    turn = newest(page, 1)
    expect(turn.locator(".more > summary")).to_have_text("4 more sources")
    expect(turn.locator("#turn-1-source-8")).to_be_hidden()
    turn.locator(".answer .mark a").last.click()
    expect(turn.locator("#turn-1-source-8")).to_be_focused()
    expect(turn.locator("#turn-1-source-8")).to_be_in_viewport()
