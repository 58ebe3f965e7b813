"""How the browser tests of the chat ask, and what they wait for."""

from playwright.sync_api import Locator, Page, expect

PHONE = {"viewport": {"width": 360, "height": 740}, "color_scheme": "dark"}

ENGLISH = "How many passengers did the Heron Straits ferries carry in 2031?"
SIMPLIFIED = "白鹭海峡渡轮在2031年的载客量是多少？"
TRADITIONAL = "白鷺海峽渡輪在2031年的載客量是多少？"


def ready(page: Page) -> None:
    """Wait until Gradio has taken the page over."""
    expect(page.locator(".first-paint")).to_have_count(0, timeout=30_000)


def ask(page: Page, question: str) -> None:
    page.locator("#question textarea").fill(question)
    page.keyboard.press("Enter")


def newest(page: Page, number: int) -> Locator:
    """The turn of that number, complete."""
    turn = page.locator(f".newest[aria-busy=false] #turn-{number}")
    expect(turn).to_be_visible(timeout=20_000)
    return turn
