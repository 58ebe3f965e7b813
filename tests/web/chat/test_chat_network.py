"""The chat and the network: its own host only, a page that is there at once, and a connection that is lost."""

import re
from urllib.parse import urlsplit

from asking import ENGLISH, ask, newest, ready
from in_browser import IN_A_BROWSER
from playwright.sync_api import Browser, Page, Route, expect

pytestmark = IN_A_BROWSER


def test_no_other_host_is_asked_for_anything(page: Page, chat: str, requested: set[str]) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    page.wait_for_timeout(500)
    assert requested == {urlsplit(chat).netloc}
    expect(page.locator("footer")).to_have_count(0)


def test_the_page_is_there_before_any_script_has_come(browser: Browser, chat: str) -> None:
    context = browser.new_context(locale="zh-HK", java_script_enabled=False)
    page = context.new_page()
    page.goto(chat)
    expect(page.locator(".first-paint h1")).to_have_text("白鷺海峽渡輪年報 Heron Straits ferry report".split(maxsplit=1)[0])
    expect(page.locator("html")).to_have_attribute("lang", "zh-Hant")
    context.close()


def test_what_is_typed_and_asked_before_gradio_is_there_is_answered(browser: Browser, chat: str) -> None:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    ours = re.compile(r"/assets/.*\.js")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route(ours, hold)
    page.goto(chat, wait_until="commit")
    page.locator(".first-paint textarea").fill(ENGLISH)
    page.keyboard.press("Enter")
    assert held
    page.unroute(ours)  # lets go what was held
    expect(newest(page, 1).locator(".answered")).to_contain_text("8.4 million")
    context.close()


def test_a_lost_connection_is_told_and_the_question_asked_again(page: Page) -> None:
    ask(page, ENGLISH)
    newest(page, 1)
    page.context.set_offline(True)
    ask(page, "source?")
    notice = page.locator(".offline")
    expect(notice).to_be_visible()
    expect(notice).to_contain_text("cannot be reached")
    expect(page.locator("#question textarea")).to_have_value("source?")
    notice.get_by_role("button").click()
    expect(notice).to_be_visible()
    page.context.set_offline(False)
    notice.get_by_role("button").click()
    expect(newest(page, 2).locator(".answer")).to_contain_text("Heron Straits Harbour Office", timeout=30_000)
    expect(page.locator("#past #turn-1 .answer")).to_contain_text("8.4 million")
    expect(notice).to_be_hidden()


def test_a_busy_server_is_told_apart_from_a_lost_one(page: Page) -> None:
    page.route("**/gradio_api/queue/join**", lambda route: route.fulfill(status=429, json={"detail": "slowly"}))
    ask(page, ENGLISH)
    expect(page.locator(".offline .busy")).to_be_visible()
    expect(page.locator(".offline .lost")).to_be_hidden()
    page.unroute("**/gradio_api/queue/join**")
    page.locator(".offline button").click()
    expect(newest(page, 1).locator(".answered")).to_contain_text("8.4 million", timeout=30_000)


def test_a_draft_outlives_a_reload(page: Page) -> None:
    page.locator("#question textarea").press_sequentially("How many ships")
    page.reload()
    ready(page)
    expect(page.locator("#question textarea")).to_have_value("How many ships")
