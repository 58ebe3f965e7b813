"""Everybody's chat: languages, light and dark, phones, keyboards and screen readers."""

from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import pytest
from asking import ENGLISH, PHONE, ask, newest, ready
from axe_playwright_python.sync_playwright import Axe
from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, expect

from gbaqa.answering.answer import Answer, Citation, Table, TableCell, TableRow
from gbaqa.assistant import Assistant

pytestmark = IN_A_BROWSER

_PAPER, _NIGHT = "rgb(251, 250, 247)", "rgb(23, 24, 27)"


@pytest.mark.parametrize(
    ("page", "button"),
    [({"locale": "en-GB"}, "Ask"), ({"locale": "zh-CN"}, "提问"), ({"locale": "zh-HK"}, "提問")],
    indirect=["page"],
)
def test_the_page_speaks_the_browsers_language(page: Page, button: str) -> None:
    expect(page.locator("#question button")).to_have_text(button)


def test_the_language_is_switched_in_place_and_stays(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    page.get_by_role("link", name="繁體").click()
    expect(page.locator("#question button")).to_have_text("提問")
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    expect(page.locator("#turn-1 .answer")).to_contain_text("8.4 million")
    page.reload()
    ready(page)
    expect(page.locator("#question button")).to_have_text("提問")
    with page.context.expect_page() as opened:
        page.locator("#turn-1-source-1 h4 a").click()
    expect(opened.value.locator("h1")).to_have_text("第3頁")


@pytest.mark.parametrize(
    ("page", "system", "other"),
    [({"color_scheme": "light"}, _PAPER, ("Dark", _NIGHT)), ({"color_scheme": "dark"}, _NIGHT, ("Light", _PAPER))],
    indirect=["page"],
)
def test_light_and_dark_follow_the_system_until_the_reader_chooses(page: Page, system: str, other: tuple[str, str]) -> None:
    expect(page.locator("body")).to_have_css("background-color", system)
    name, colour = other
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.locator("body")).to_have_css("background-color", colour)
    expect(page.get_by_role("button", name=name, exact=True)).to_have_attribute("aria-pressed", "true")
    page.reload()
    ready(page)
    expect(page.locator("body")).to_have_css("background-color", colour)
    page.get_by_role("button", name="As the system has it").click()
    expect(page.locator("body")).to_have_css("background-color", system)


def test_a_keyboard_is_enough_to_ask_and_to_read_the_source(page: Page) -> None:
    expect(page.locator("#question textarea")).to_be_focused()
    page.keyboard.type(ENGLISH)
    page.keyboard.press("Enter")
    newest(page, 1)
    mark = page.locator("#turn-1 .mark a").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#turn-1-source-1")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("#turn-1-source-1 h4 a")).to_be_focused()


def test_an_answer_is_announced_once_it_is_complete(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    live = page.locator(".newest")
    expect(live).to_have_attribute("aria-live", "polite")
    expect(live).to_have_attribute("aria-busy", "false")


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_on_a_phone_sources_stand_below_and_nothing_sticks_out(page: Page) -> None:
    ask(page, ENGLISH)
    turn = newest(page, 1)
    answer, sources = turn.locator(".answer").bounding_box(), turn.locator(".sources").bounding_box()
    assert answer
    assert sources
    assert sources["y"] >= answer["y"] + answer["height"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("#question textarea")).to_be_in_viewport()


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_a_wide_comparison_is_moved_and_still_says_whose_figures_these_are(
    page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    figures = [TableCell(text=f"{value} million crowns", mark=1, value=value) for value in range(1, 5)]
    table = Table(
        columns=["Fares", "Costs", "Grants", "Debts"], rows=[TableRow(name=name, cells=[*figures]) for name in ("Northampton", "香港")]
    )
    cited = Citation(mark=1, document="heron-straits", page="3", language="en", quote="A single crossing costs 14 crowns.")
    answer = Answer(question="q", language="en", status="answered", answer="- x[1]", confidence=1, citations=[cited], table=table)

    async def astream(question: str, history: object = ()) -> AsyncIterator[Answer]:
        yield answer

    monkeypatch.setattr(ferries, "astream", astream)
    ask(page, "Compare the shores")
    comparison = newest(page, 1).locator(".comparison")
    lines = comparison.locator("thead th, tbody th, .figure").evaluate_all(
        "cells => cells.map((cell) => { const text = document.createRange(); text.selectNodeContents(cell);"
        " return text.getBoundingClientRect().height / parseFloat(getComputedStyle(cell).fontSize) })"
    )
    assert max(lines) < 2.5  # no word is broken
    comparison.focus()
    comparison.evaluate("table => table.scrollLeft = 1000")
    expect(comparison.locator("thead th").last).to_be_in_viewport(ratio=0.9)
    expect(comparison.locator("tbody th").last).to_be_in_viewport(ratio=0.9)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_buttons_of_the_conversation_stand_above_the_question_box(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    ask(page, "How many passengers did the ferries carry in 1987?")
    newest(page, 2)
    tools, box = page.locator(".tools summary").bounding_box(), page.locator("#question").bounding_box()
    assert tools
    assert box
    assert tools["y"] + tools["height"] <= box["y"] + 12  # the box fades in from its edge


@pytest.mark.parametrize("page", [PHONE | {"has_touch": True, "is_mobile": True}], indirect=True)
def test_a_phones_keyboard_does_not_stay_over_the_answer(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    expect(page.locator("#question textarea")).not_to_be_focused()


@pytest.mark.parametrize("page", [PHONE | {"locale": "zh-HK"}], indirect=True)
def test_the_differences_open_beside_the_conversation_and_fit_a_phone(page: Page, chat: str, requested: set[str]) -> None:
    with page.context.expect_page() as opened:
        page.locator("#masthead .beside a").click()
    beside = opened.value
    beside.wait_for_load_state()
    beside.on("request", lambda sent: requested.add(urlsplit(sent.url).netloc))
    beside.reload()
    expect(beside.locator("h1")).to_have_text("中英文不一致之處")
    expect(beside.locator("li.figure mark")).to_have_text(["15", "14"])
    assert beside.evaluate("document.documentElement.scrollWidth") <= 360
    assert beside.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(23, 24, 27)"
    beside.locator("main nav a", has_text="數字").click()
    expect(beside.locator("main nav [aria-current]")).to_have_text("數字 1")
    assert requested == {urlsplit(chat).netloc}
    expect(page.locator("#question textarea")).to_be_visible()


@pytest.mark.parametrize("page", [{}, {"color_scheme": "dark", "locale": "zh-HK"}, PHONE | {"locale": "zh-CN"}], indirect=True)
def test_axe_finds_nothing_serious_in_the_chat(page: Page) -> None:
    assert serious(page) == []
    ask(page, ENGLISH)
    newest(page, 1)
    page.locator(".card .context, .menu").first.evaluate("menu => menu.open = true")
    page.locator(".card [data-keep]").first.click()
    page.locator("#masthead .basket summary").click()
    assert serious(page) == []
    page.keyboard.press("Escape")
    ask(page, "How many passengers did the ferries carry in 1987?")
    newest(page, 2)
    page.locator("#turn-2 [data-rating=down]").click()
    assert serious(page) == []


@pytest.mark.parametrize("page", [{}, {"color_scheme": "dark", "locale": "zh-HK"}], indirect=True)
@pytest.mark.parametrize("address", ["pages/heron-straits/3?q=In+2031", "pages/heron-straits/none", "discrepancies"])
def test_axe_finds_nothing_serious_beside_the_chat(page: Page, chat: str, address: str) -> None:
    page.goto(f"{chat}/{address}")
    assert serious(page) == []


def serious(page: Page) -> list[str]:
    """What axe-core finds that hinders people seriously."""
    found = Axe().run(page).response["violations"]
    grave = [rule for rule in found if rule["impact"] in ("serious", "critical")]
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in grave for node in rule["nodes"]]
