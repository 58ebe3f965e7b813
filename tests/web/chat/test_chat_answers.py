"""Answers in the chat: three scripts, sources beside them, refusals and problems."""

from collections.abc import AsyncIterator, Callable
from urllib.parse import urlsplit

import pytest
from asking import ENGLISH, SIMPLIFIED, TRADITIONAL, ask, newest
from in_browser import IN_A_BROWSER
from playwright.sync_api import Page, expect

from gbaqa.answering.answer import Answer, Citation, Table, TableCell, TableRow, Twin
from gbaqa.assistant import Assistant

pytestmark = IN_A_BROWSER


def answering(outcome: Answer | Exception) -> Callable[..., AsyncIterator[Answer]]:
    """An assistant's stream that has one outcome, whatever is asked."""

    async def astream(question: str, history: object = ()) -> AsyncIterator[Answer]:
        if isinstance(outcome, Exception):
            raise outcome
        yield outcome

    return astream


def test_an_answer_stands_beside_its_page_note_and_twin(page: Page) -> None:
    ask(page, ENGLISH)
    turn = newest(page, 1)
    expect(turn.locator("h2")).to_have_text(ENGLISH)
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
    expect(page.locator(".examples")).to_have_count(0)


def test_a_traditional_question_is_answered_in_traditional_characters(page: Page) -> None:
    ask(page, TRADITIONAL)
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
    monkeypatch.setattr(ferries, "astream", answering(answer))
    ask(page, "What does a single crossing cost?")
    expect(newest(page, 1).locator("#turn-1-source-1 .differs")).to_contain_text("differ")


def test_a_mark_leads_to_its_card(page: Page) -> None:
    ask(page, ENGLISH)
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
    ask(page, ENGLISH)
    expect(newest(page, 1).locator(".answered")).to_contain_text("8.4 million")


def test_a_question_cannot_write_into_the_page(page: Page) -> None:
    ask(page, "<img src=x onerror=\"document.title='taken'\"> ${document.title='taken'} {{title}} ferries 2031?")
    expect(newest(page, 1).locator("h2")).to_contain_text("<img src=x")
    expect(page.locator(".turn img")).to_have_count(0)
    assert page.title() != "taken"


def test_a_simplified_question_is_answered_in_simplified_characters(page: Page) -> None:
    ask(page, SIMPLIFIED)
    turn = newest(page, 1)
    expect(turn.locator(".answer")).to_contain_text("载客量为840万人次")
    expect(turn.locator("#turn-1-source-1 h4")).to_have_text("1 第4页")


def test_a_source_opens_at_its_quote_and_switches_to_the_other_language(page: Page) -> None:
    ask(page, ENGLISH)
    card = newest(page, 1).locator("#turn-1-source-1")
    with page.context.expect_page() as opened:
        card.locator("h4 a").click()
    source = opened.value
    expect(source.locator("h1")).to_have_text("p. 3")
    expect(source.locator("mark#quote")).to_contain_text("8.4 million passengers")
    expect(source.locator("mark#quote")).to_be_in_viewport()
    source.locator(".twin a").click()
    expect(source.locator("h1")).to_have_text("p. 4")
    expect(source.locator("mark#quote")).to_contain_text("840万人次")


def test_figures_compared_are_a_table_with_bars(page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [TableRow(name=name, cells=[TableCell(text=f"{value} crowns", mark=1, value=value)]) for name, value in (("A", 8), ("B", 4))]
    answer = Answer(
        question="q",
        language="en",
        status="answered",
        answer="- A: 8 crowns[1]\n- B: 4 crowns[1]",
        confidence=1,
        citations=[Citation(mark=1, document="heron-straits", page="3", language="en", quote="A single crossing costs 14 crowns.")],
        table=Table(columns=["Fare"], rows=rows),
    )
    monkeypatch.setattr(ferries, "astream", answering(answer))
    ask(page, "Compare the fares")
    table = newest(page, 1).get_by_role("table")
    expect(table.get_by_role("rowheader")).to_have_text(["A", "B"])
    widths = [bar.bounding_box()["width"] for bar in table.locator(".bar rect").all()]
    assert widths[0] == pytest.approx(2 * widths[1], rel=0.02)
    table.locator(".mark a").first.press("Enter")
    expect(page.locator("#turn-1-source-1")).to_be_focused()


def test_a_failure_of_the_server_is_told_and_the_question_kept(page: Page, ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ferries, "astream", answering(RuntimeError("a bug")))
    ask(page, ENGLISH)
    turn = newest(page, 1)
    expect(turn.get_by_role("alert")).to_contain_text("went wrong")
    expect(page.locator("#question textarea")).to_have_value(ENGLISH)
    monkeypatch.undo()
    turn.get_by_role("button", name="Ask again").click()
    expect(newest(page, 1).locator(".answered")).to_contain_text("8.4 million")


@pytest.mark.parametrize(
    ("page", "told"),
    [({"locale": "en-GB"}, "is empty"), ({"locale": "zh-CN"}, "问题为空"), ({"locale": "zh-HK"}, "問題為空")],
    indirect=["page"],
)
def test_mistakes_are_told_in_the_readers_language(page: Page, told: str) -> None:
    ask(page, "  ")
    expect(newest(page, 1).get_by_role("alert")).to_contain_text(told)
