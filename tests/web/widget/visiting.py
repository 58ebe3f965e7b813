"""What a reader does with the widget, for the tests in a real browser."""

from playwright.sync_api import Locator, Page, expect

ENGLISH = "How many passengers did the Heron Straits ferries carry in 2031?"
TRADITIONAL = "白鷺海峽渡輪在2031年的載客量是多少？"
WITHOUT_ANSWER = "How many passengers did the ferries carry in 1987?"

DESKTOP = {"viewport": {"width": 1100, "height": 800}, "reduced_motion": "reduce", "locale": "en-GB"}
PHONE = DESKTOP | {"viewport": {"width": 375, "height": 740}}
ZOOMED = DESKTOP | {"viewport": {"width": 640, "height": 400}}  # a window of 1280 × 800 at 200 %


def opened(page: Page, address: str) -> Locator:
    """The widget of a page, open."""
    page.goto(address)
    widget = page.locator("gbaqa-widget")
    widget.locator(".launch").click()
    expect(widget.get_by_role("textbox")).to_be_focused()
    return widget


def ask(widget: Locator, question: str) -> Locator:
    """Ask, and give the turn once it is done."""
    box = widget.get_by_role("textbox")
    box.fill(question)
    box.press("Enter")
    turn = widget.locator("article").last
    expect(turn.locator("h3")).to_contain_text(question)
    expect(turn.locator(".sources, .refused, .problem").first).to_be_visible(timeout=20_000)
    return turn
