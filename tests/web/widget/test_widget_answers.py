"""What the widget shows: answers with their sources, refusals, and what goes wrong on the way."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence

import pytest
from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, Route, expect
from sites import Net, including
from visiting import ENGLISH, TRADITIONAL, WITHOUT_ANSWER, ask, opened

from gbaqa.answering.answer import Answer, Citation, Footnote, Table, TableCell, TableRow, Twin
from gbaqa.assistant import Assistant

pytestmark = IN_A_BROWSER


def test_an_allowed_site_gets_an_answer_with_page_note_and_twin(page: Page, net: Net) -> None:
    turn = ask(opened(page, net.site.page(including(net.service))), ENGLISH)
    expect(turn.locator(".answer")).to_contain_text("8.4 million")
    card = turn.locator(".card").first
    expect(card.locator("summary .page")).to_have_text("p. 3")
    expect(card.locator(".inside > .path")).to_contain_text("Fleet")
    expect(card.locator(".inside > .quote")).to_contain_text("8.4 million passengers")
    expect(card.locator(".inside > .notes")).to_contain_text("Note 1 Heron Straits Harbour Office")
    link = card.locator(".inside > .notes a")
    expect(link).to_have_attribute("href", "https://harbour.heron.example/passengers?year=2031&lang=en")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(card.locator(".twin .version")).to_have_text("In Chinese · p. 4")
    expect(card.locator(".twin .quote")).to_contain_text("840万人次")
    view = page.request.get(card.locator(".inside > .see a").get_attribute("href"))
    assert view.ok
    assert "8.4 million" in view.text()


def test_a_follow_up_is_understood_from_the_questions_before(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    ask(widget, ENGLISH)
    with page.expect_request("**/api/ask/stream") as sent:
        turn = ask(widget, "source?")
    assert json.loads(sent.value.post_data or "")["history"] == [ENGLISH]
    expect(turn.locator(".understood")).to_contain_text(ENGLISH)
    expect(turn.locator(".answer")).to_contain_text("Heron Straits Harbour Office")
    widget.get_by_role("button", name="New conversation").click()
    expect(widget.locator("article")).to_have_count(0)
    with page.expect_request("**/api/ask/stream") as sent:
        ask(widget, TRADITIONAL)
    assert json.loads(sent.value.post_data or "")["history"] == []


def test_a_traditional_question_has_traditional_sources_in_an_english_widget(page: Page, net: Net) -> None:
    turn = ask(opened(page, net.site.page(including(net.service))), TRADITIONAL)
    expect(turn.locator(".answer")).to_contain_text("載客量為840萬人次")
    expect(turn.locator(".card .page").first).to_have_text("第4頁")
    expect(turn.locator(".twin .version").first).to_have_text("英文版：第3頁")
    expect(turn.locator("h3 .unseen")).to_have_text("You asked: ")


@pytest.fixture
def ending(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Answers that begin at once and end only after this is set."""
    may_end = threading.Event()
    stream = ferries.aconverse

    async def slowly(questions: Sequence[str]) -> AsyncIterator[Answer]:
        async for answer in stream(questions):
            yield answer.model_copy(update={"citations": []})
            while not may_end.is_set():
                await asyncio.sleep(0.01)
            yield answer

    monkeypatch.setattr(ferries, "aconverse", slowly)
    yield may_end
    may_end.set()


def test_a_question_asked_while_an_answer_grows_is_asked_after_it(page: Page, net: Net, ending: threading.Event) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    box, turns = widget.get_by_role("textbox"), widget.locator("article")
    box.fill(ENGLISH)
    box.press("Enter")
    expect(turns.locator(".answer")).to_be_visible(timeout=20_000)
    box.press_sequentially("source?")
    box.press("Enter")
    expect(box).to_have_value("source?")
    ending.set()
    expect(turns.nth(1).locator(".understood")).to_contain_text(ENGLISH, timeout=20_000)
    expect(turns.nth(0).locator(".sources")).to_be_visible()
    expect(box).to_have_value("")


def test_a_question_that_is_changed_after_enter_waits_for_the_next_enter(page: Page, net: Net, ending: threading.Event) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    box, turns = widget.get_by_role("textbox"), widget.locator("article")
    box.fill(ENGLISH)
    box.press("Enter")
    expect(turns.locator(".answer")).to_be_visible(timeout=20_000)
    box.press_sequentially("source?")
    box.press("Enter")
    box.press_sequentially(" And")
    ending.set()
    expect(turns.nth(0).locator(".sources")).to_be_visible(timeout=20_000)
    expect(box).to_have_value("source? And")
    expect(turns).to_have_count(1)


def test_a_wide_comparison_breaks_no_word_and_keeps_its_names_in_sight(page: Page, net: Net, answering: Callable[[Answer], None]) -> None:
    figures = [TableCell(text=f"{value} million crowns", mark=1, value=value) for value in range(1, 4)]
    table = Table(columns=["fares", "costs", "grants"], rows=[TableRow(name=name, cells=[*figures]) for name in ("Northampton", "South")])
    cited = Citation(mark=1, document="heron-straits", page="3", language="en", quote="A single crossing costs 14 crowns.")
    answering(Answer(question="q", language="en", status="answered", answer="- x[1]\n- y[1]", confidence=1, citations=[cited], table=table))
    compared = ask(opened(page, net.site.page(including(net.service))), "Compare the shores").locator(".compared")
    line = compared.evaluate("table => 1.65 * parseFloat(getComputedStyle(table).fontSize)")
    assert all(row["height"] < 2 * line for row in [cell.bounding_box() or {} for cell in compared.locator("th, tbody td").all()])
    compared.evaluate("table => table.scrollLeft = 1000")
    box, name = compared.bounding_box(), compared.locator("tbody th").first.bounding_box()
    assert box
    assert name
    assert name["x"] == pytest.approx(box["x"], abs=1)


def test_a_refusal_helps_on(page: Page, net: Net) -> None:
    turn = ask(opened(page, net.site.page(including(net.service))), WITHOUT_ANSWER)
    expect(turn.locator(".refused .hint")).to_be_visible()
    nearest = turn.locator(".nearest a").first
    expect(nearest).to_contain_text("p. 3")
    assert page.request.get(nearest.get_attribute("href")).ok


def test_a_lost_network_is_told_and_the_question_can_be_asked_again(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    page.context.set_offline(True)
    turn = ask(widget, ENGLISH)
    expect(turn.locator(".problem")).to_contain_text("offline")
    page.context.set_offline(False)
    turn.get_by_role("button", name="Try again").click()
    expect(turn.locator(".answer")).to_contain_text("8.4 million", timeout=20_000)
    expect(widget.locator("article")).to_have_count(1)


@pytest.mark.parametrize(
    ("status", "said"),
    [(429, "Many questions"), (503, "Many questions"), (500, "went wrong"), (403, "may not use"), (400, "Ask of ferries only.")],
)
def test_what_the_service_refuses_is_said_in_the_readers_words(page: Page, net: Net, status: int, said: str) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    headers = {"access-control-allow-origin": net.site.origin, "content-type": "application/problem+json"}
    page.route("**/api/ask/stream", lambda route: answer_with(route, status, headers, json.dumps({"detail": "Ask of ferries only."})))
    expect(ask(widget, ENGLISH).locator(".problem")).to_contain_text(said)


def answer_with(route: Route, status: int, headers: dict[str, str], body: str) -> None:
    """Stand in for the service, which lets the preflight through."""
    route.continue_() if route.request.method == "OPTIONS" else route.fulfill(status=status, headers=headers, body=body)


@pytest.mark.parametrize(
    ("status", "kind", "body"),
    [
        (404, "text/html", "<h1>no such page</h1>"),
        (200, "application/json", "{}"),
        (200, "text/event-stream", 'event: delta\ndata: {"text": "Half an ans'),
    ],
)
def test_where_streaming_does_not_get_through_the_answer_comes_at_once(page: Page, net: Net, status: int, kind: str, body: str) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    headers = {"access-control-allow-origin": net.site.origin, "content-type": kind}
    page.route("**/api/ask/stream", lambda route: answer_with(route, status, headers, body))
    expect(ask(widget, ENGLISH).locator(".answer")).to_contain_text("8.4 million")


def test_a_stopped_answer_can_be_asked_for_again(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    page.route("**/api/ask/stream", lambda route: None)  # never answered
    widget.get_by_role("textbox").fill(ENGLISH)
    widget.get_by_role("button", name="Ask", exact=True).click()
    expect(widget.locator(".pending")).to_be_visible()
    widget.get_by_role("button", name="Stop").click()
    expect(widget.locator("article .hint")).to_contain_text("Stopped")
    page.unroute("**/api/ask/stream")
    widget.get_by_role("button", name="Try again").click()
    expect(widget.locator(".answer")).to_contain_text("8.4 million", timeout=20_000)


def test_a_document_cannot_write_into_the_page(page: Page, net: Net, answering: Callable[[Answer], None]) -> None:
    evil = "<img src=x onerror=\"document.title='taken'\">"
    note = Footnote(number=1, text=evil, url="javascript:document.title='taken'", language="en")
    twin = Twin(page="4", language="zh", quote=evil, footnotes=[note], agrees=False, disagreement=evil)
    source = Citation(mark=1, document="d", page=evil, language="en", section=[evil], quote=evil, footnotes=[note], twin=twin)
    answering(Answer(question="q", language="en", status="answered", answer=f"{evil}[1]", confidence=1, citations=[source]))
    turn = ask(opened(page, net.site.page(including(net.service))), evil)
    expect(turn.locator(".differs")).to_have_text(evil)
    expect(turn.locator("img")).to_have_count(0)
    expect(turn.locator(".notes a")).to_have_count(0)
    expect(turn.locator(".address").first).to_contain_text("javascript:")
    assert page.title() == "A site"


def test_a_models_markdown_is_typeset_and_an_extractive_asterisk_is_not(page: Page, net: Net, answering: Callable[[Answer], None]) -> None:
    source = Citation(mark=1, document="d", page="3", language="en", quote="Nine of 26.")
    lists = "1. one\n2. two\n\n| a | b |\n|---|---|\n| 1 | 2[7] |"
    text = f"**Nine** of 26[1], see [here](javascript:alert(1)) and [there](https://fleet.heron.example/)\n\n{lists}"
    answer = Answer(question="q", language="en", status="answered", answer=text, confidence=1, citations=[source], mode="generative")
    answering(answer)
    widget = opened(page, net.site.page(including(net.service)))
    typeset = ask(widget, "q").locator(".answer")
    expect(typeset.locator("strong")).to_have_text("Nine")
    expect(typeset.locator("ol li")).to_have_text(["one", "two"])
    expect(typeset.locator("td")).to_have_text(["1", "2[7]"])
    expect(typeset.locator("a")).to_have_count(1)
    answering(answer.model_copy(update={"answer": "Nine **of** 26[1]", "mode": "extractive"}))
    expect(ask(widget, "p").locator(".answer")).to_have_text("Nine **of** 261")
