"""The chat in a real browser."""

import shutil
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from gbaqa.answering.answer import Answer, Citation, Twin
from gbaqa.assistant import Assistant

pytest.importorskip("playwright.sync_api", reason="Playwright is not installed; pip install --group test")
from playwright.sync_api import Browser, Page, expect, sync_playwright

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(_CHROMIUM is None, reason="no Chromium on this machine; apt-get install chromium fonts-noto-cjk"),
]

_ENGLISH = "How many passengers did the Heron Straits ferries carry in 2031?"
_TRADITIONAL = "白鷺海峽渡輪在2031年的載客量是多少？"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def requested() -> set[str]:
    """Hosts that the page has asked for anything."""
    return set()


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser, chat: str, requested: set[str]) -> Iterator[Page]:
    """The chat in a fresh browser profile; an indirect parameter gives the profile's options."""
    options = getattr(request, "param", {})
    context = browser.new_context(**({"locale": "en-GB", "reduced_motion": "reduce"} | options))
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("request", lambda sent: requested.add(urlsplit(sent.url).netloc))
    opened.on("websocket", lambda sent: requested.add(urlsplit(sent.url).netloc))
    opened.goto(chat)
    expect(opened.locator("#masthead h1")).to_be_visible(timeout=20_000)
    yield opened
    context.close()
    assert not errors


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


def newest(page: Page, number: int):
    """The turn of that number, complete."""
    turn = page.locator(f".newest[aria-busy=false] #turn-{number}")
    expect(turn).to_be_visible(timeout=20_000)
    return turn


def test_an_answer_stands_beside_its_page_note_and_twin(page: Page) -> None:
    ask(page, _ENGLISH)
    turn = newest(page, 1)
    expect(turn.locator("h2")).to_have_text(_ENGLISH)
    expect(turn.locator(".answer")).to_contain_text("8.4 million")
    card = turn.locator("#turn-1-source-1")
    expect(card.locator("h4")).to_have_text("1 p. 3")
    expect(card.locator("> .section")).to_contain_text("Fleet")
    expect(card.locator("> blockquote")).to_contain_text("8.4 million passengers")
    expect(card.locator("> .notes")).to_contain_text("Note 1 Heron Straits Harbour Office")
    link = card.locator("> .notes a")
    expect(link).to_have_attribute("href", "https://harbour.heron.example/passengers?year=2031&lang=en")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(card.locator(".twin h5")).to_have_text("In Chinese · p. 4")
    expect(card.locator(".twin blockquote")).to_contain_text("840万人次")
    expect(page.locator("#question textarea")).to_have_value("")
    expect(page.locator("#examples")).to_be_hidden()


def test_a_traditional_question_is_answered_in_traditional_characters(page: Page) -> None:
    ask(page, _TRADITIONAL)
    turn = newest(page, 1)
    expect(turn.locator(".answer")).to_contain_text("載客量為840萬人次")
    expect(turn.locator("#turn-1-source-1 h4")).to_have_text("1 第4頁")
    expect(turn.locator("#turn-1-source-1 > blockquote")).to_contain_text("载客量为840万人次")
    expect(turn.locator("#turn-1-source-1 .twin h5")).to_have_text("英文版：第3頁")


def test_texts_that_differ_are_pointed_out(page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    fare = "A single crossing costs 14 crowns."
    twin = Twin(page="4", language="zh", quote="单程票价为15克朗。", agrees=False)
    source = Citation(mark=1, document="heron-straits", page="3", language="en", quote=fare, twin=twin)
    answer = Answer(question="q", language="en", status="answered", answer=f"{fare}[1]", confidence=1, citations=[source])
    monkeypatch.setattr(ferries, "ask", lambda question, history=(): answer)
    ask(page, "What does a single crossing cost?")
    expect(newest(page, 1).locator("#turn-1-source-1 .differs")).to_contain_text("differ")


def test_a_conversation_keeps_its_turns(page: Page) -> None:
    ask(page, _ENGLISH)
    newest(page, 1)
    ask(page, _TRADITIONAL)
    newest(page, 2)
    expect(page.locator("#past #turn-1 .answer")).to_contain_text("8.4 million")
    expect(page.locator(".turn")).to_have_count(2)


def test_a_follow_up_is_answered_from_the_conversation(page: Page) -> None:
    ask(page, _ENGLISH)
    newest(page, 1)
    ask(page, "source?")
    turn = newest(page, 2)
    expect(turn.locator("h2")).to_have_text("source?")
    expect(turn.locator(".understood")).to_have_text(f"Understood as: {_ENGLISH}")
    expect(turn.locator(".answer")).to_contain_text("Heron Straits Harbour Office (note 1)")
    ask(page, "第几页？")
    expect(newest(page, 3).locator(".answer")).to_contain_text("中文第4页，英文第3页")


def test_a_mark_leads_to_its_card(page: Page) -> None:
    ask(page, _ENGLISH)
    newest(page, 1).locator(".answer .mark a").first.click()
    expect(page.locator("#turn-1-source-1")).to_be_focused()
    assert urlsplit(page.url).fragment == "turn-1-source-1"
    expect(page.locator("#turn-1")).to_be_visible()


def test_a_refusal_helps_on(page: Page) -> None:
    ask(page, "How many passengers did the ferries carry in 1987?")
    turn = newest(page, 1)
    expect(turn.locator(".answer.refused .hint")).to_be_visible()
    expect(turn.locator(".sources .nearest .page").first).to_have_text("p. 3")
    expect(turn.locator(".sources blockquote")).to_have_count(0)


def test_an_empty_and_an_endless_question_are_told_so(page: Page) -> None:
    ask(page, "   ")
    expect(newest(page, 1).locator(".problem")).to_contain_text("empty")
    ask(page, "ferry " * 4_000)
    expect(newest(page, 1).locator(".problem")).to_contain_text("at most 2000")
    ask(page, _ENGLISH)
    expect(newest(page, 1).locator(".answered")).to_contain_text("8.4 million")


def test_a_question_cannot_write_into_the_page(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='taken'\"> ${document.title='taken'} {{title}} ferries 2031?")
    expect(newest(page, 1).locator("h2")).to_contain_text("<img src=x")
    expect(page.locator(".turn img")).to_have_count(0)
    assert page.title() != "taken"


def test_an_example_asks_at_once(page: Page) -> None:
    page.get_by_role("button", name="大灣區有幾多間獨角獸企業？").click()
    expect(newest(page, 1).locator("h2")).to_have_text("大灣區有幾多間獨角獸企業？")


@pytest.mark.parametrize(
    ("page", "button"),
    [({"locale": "en-GB"}, "Ask"), ({"locale": "zh-CN"}, "提问"), ({"locale": "zh-HK"}, "提問")],
    indirect=["page"],
)
def test_the_page_speaks_the_browsers_language(page: Page, button: str) -> None:
    expect(page.locator("#question button")).to_have_text(button)


@pytest.mark.parametrize("page", [{"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}], indirect=True)
def test_on_a_phone_sources_stand_below_and_nothing_sticks_out(page: Page) -> None:
    ask(page, _ENGLISH)
    turn = newest(page, 1)
    answer, sources = turn.locator(".answer").bounding_box(), turn.locator(".sources").bounding_box()
    assert answer
    assert sources
    assert sources["y"] >= answer["y"] + answer["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#question textarea")).to_be_in_viewport()


def test_no_other_host_is_asked_for_anything(page: Page, chat: str, requested: set[str]) -> None:
    ask(page, _ENGLISH)
    newest(page, 1)
    page.wait_for_timeout(500)
    assert requested == {urlsplit(chat).netloc}
    expect(page.locator("footer")).to_have_count(0)


@pytest.mark.parametrize("page", [{"viewport": {"width": 360, "height": 740}, "color_scheme": "dark", "locale": "zh-HK"}], indirect=True)
def test_the_differences_open_beside_the_conversation_and_fit_a_phone(page: Page, chat: str, requested: set[str]) -> None:
    with page.context.expect_page() as opened:
        page.locator("#masthead .differences a").click()
    beside = opened.value
    beside.on("request", lambda sent: requested.add(urlsplit(sent.url).netloc))
    beside.reload()
    expect(beside.locator("h1")).to_have_text("中英文不一致之處")
    expect(beside.locator("li.figure mark")).to_have_text(["15", "14"])
    assert beside.evaluate("document.documentElement.scrollWidth") <= 360
    assert beside.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"
    beside.locator("nav a", has_text="數字").click()
    expect(beside.locator("nav [aria-current]")).to_have_text("數字 1")
    assert requested == {urlsplit(chat).netloc}
    expect(page.locator("#question textarea")).to_be_visible()
