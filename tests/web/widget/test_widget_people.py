"""The widget for everybody: keyboard, screen reader, phone, zoom, languages, light and dark."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, expect
from sites import Net, including
from visiting import DESKTOP, ENGLISH, PHONE, WITHOUT_ANSWER, ZOOMED, ask, opened

pytestmark = IN_A_BROWSER


def test_a_keyboard_is_enough(page: Page, net: Net) -> None:
    page.goto(net.site.page(including(net.service)))
    widget = page.locator("gbaqa-widget")
    launch = widget.get_by_role("button", name="Ask the report")
    page.locator("#theirs").focus()
    page.keyboard.press("Tab")
    expect(launch).to_be_focused()
    expect(launch).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(widget.get_by_role("dialog", name="Heron Straits ferry report")).to_be_visible()
    expect(launch).to_have_attribute("aria-expanded", "true")
    expect(widget.get_by_role("textbox", name="Your question")).to_be_focused()
    page.keyboard.type(ENGLISH)
    page.keyboard.press("Enter")
    mark = widget.locator(".answer .mark").first
    expect(mark).to_be_visible(timeout=20_000)
    for _ in range(8):
        page.keyboard.press("Shift+Tab")
        if mark.evaluate("node => node.getRootNode().activeElement === node"):
            break
    expect(mark).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.locator(".card summary").first).to_be_focused()
    page.keyboard.press("Space")
    expect(widget.locator(".card").first).not_to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(widget.get_by_role("dialog")).to_be_hidden()
    expect(launch).to_be_focused()
    page.keyboard.press("Enter")
    expect(widget.locator(".answer")).to_contain_text("8.4 million")


def test_a_question_to_begin_with_is_asked_by_a_click(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    example = widget.locator(".examples button").first
    question = example.text_content() or ""
    example.press("Enter")
    expect(widget.locator("article h3")).to_contain_text(question)
    expect(widget.locator("article .sources")).to_be_visible(timeout=20_000)
    expect(widget.get_by_role("log")).to_be_focused()
    widget.get_by_role("button", name="New conversation").click()
    expect(example).to_be_visible()


@pytest.mark.parametrize("page", [PHONE | {"has_touch": True, "is_mobile": True}], indirect=True)
def test_a_phones_keyboard_does_not_stay_over_the_answer(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    ask(widget, ENGLISH)
    expect(widget.get_by_role("textbox")).not_to_be_focused()


def test_the_answer_is_told_to_a_screen_reader_once_it_is_whole(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    ask(widget, ENGLISH)
    status = widget.get_by_role("status")
    expect(status).to_contain_text("sources:")
    expect(status).to_contain_text("8.4 million")
    assert "[1]" not in (status.text_content() or "")
    expect(widget.get_by_role("log")).to_have_attribute("aria-live", "off")


def test_enter_that_ends_a_composed_word_does_not_send(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    box = widget.get_by_role("textbox")
    box.fill("渡輪")
    box.evaluate("node => node.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', isComposing: true, bubbles: true}))")
    expect(box).to_have_value("渡輪")
    expect(widget.locator("article")).to_have_count(0)


@pytest.mark.parametrize("page", [PHONE], indirect=True)
def test_on_a_phone_it_fills_the_screen_and_keeps_the_focus(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    ask(widget, ENGLISH)
    assert widget.get_by_role("dialog").bounding_box() == {"x": 0, "y": 0, "width": 375, "height": 740}
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.id") != "theirs"
    page.keyboard.press("Escape")
    expect(widget.get_by_role("dialog")).to_be_hidden()
    expect(widget.locator(".launch")).to_be_focused()


@pytest.mark.parametrize(("page", "moves"), [(DESKTOP, False), (DESKTOP | {"reduced_motion": "no-preference"}, True)], indirect=["page"])
def test_it_moves_only_for_readers_who_do_not_mind(page: Page, net: Net, moves: bool) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    name = widget.locator("dialog").evaluate("node => getComputedStyle(node).animationName")
    assert (name != "none") is moves


@pytest.mark.parametrize("page", [ZOOMED], indirect=True)
def test_at_twice_the_size_everything_can_be_reached(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    ask(widget, ENGLISH)
    for control in ("textarea", ".send", ".close", ".restart"):
        expect(widget.locator(control)).to_be_in_viewport(ratio=1)
    assert widget.locator(".turns").evaluate("node => node.scrollWidth <= node.clientWidth && node.clientHeight > 150")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_a_window_made_small_turns_an_open_widget_into_a_whole_screen(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service)))
    ask(widget, ENGLISH)
    page.set_viewport_size(PHONE["viewport"])
    expect(widget.locator("dialog:modal")).to_be_visible()
    expect(widget.locator(".launch")).to_have_attribute("aria-expanded", "true")
    page.set_viewport_size(DESKTOP["viewport"])
    expect(widget.locator("dialog:modal")).to_have_count(0)
    expect(widget.locator(".answer")).to_contain_text("8.4 million")


@pytest.mark.parametrize(
    ("page", "lang", "options", "button"),
    [
        (DESKTOP, "zh-HK", {"lang": "auto"}, "提問"),
        (DESKTOP, "zh-HK", {"lang": "zh-Hans"}, "提问"),
        (DESKTOP | {"locale": "zh-TW"}, "", {}, "提問"),
        (DESKTOP | {"locale": "zh-CN"}, "fr", {}, "提问"),
        (DESKTOP | {"locale": "fr-FR"}, "fr", {}, "Ask"),
    ],
    indirect=["page"],
)
def test_it_speaks_the_language_asked_for_then_the_pages_then_the_browsers(
    page: Page, net: Net, lang: str, options: dict[str, str], button: str
) -> None:
    widget = opened(page, net.site.page(including(net.service, **options), lang=lang))
    expect(widget.locator(".send")).to_have_text(button)


@pytest.mark.parametrize("page", [DESKTOP | {"color_scheme": "dark"}], indirect=True)
def test_it_follows_the_readers_dark_mode_unless_the_site_chose(page: Page, net: Net) -> None:
    def paper() -> str:
        return str(page.locator("gbaqa-widget dialog").evaluate("node => getComputedStyle(node).backgroundColor"))

    page.goto(net.site.page(including(net.service)))
    page.locator("gbaqa-widget .launch").wait_for()
    assert paper() == "rgb(23, 24, 27)"
    page.locator("gbaqa-widget").evaluate("node => node.setAttribute('theme', 'light')")
    assert paper() == "rgb(251, 250, 247)"


@pytest.mark.parametrize("page", [DESKTOP, DESKTOP | {"color_scheme": "dark", "locale": "zh-HK"}, PHONE], indirect=True)
def test_axe_finds_nothing_wrong(page: Page, net: Net) -> None:
    widget = opened(page, net.site.page(including(net.service, lang="en")))
    assert violations(page) == []
    ask(widget, ENGLISH)
    ask(widget, WITHOUT_ANSWER)
    assert violations(page) == []


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html']} {node['failureSummary']}" for rule in found for node in rule["nodes"]]
