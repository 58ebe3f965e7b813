"""Notes of the sentence that leads into a list or a table back what follows it."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant
from gbaqa.corpus.document import Document

_LEAD_IN = "<!-- page: 4 en -->\n\nThe ferries of Elmsea were late for two causes:<sup>7</sup>"
_NOTES = "\n\n7 Ferry Office, Yearbook, 2024\n\n8 Harbour Board, Returns, 2024\n"


def _numbers(document: Document, kind: str) -> list[tuple[int, ...]]:
    """For each block of that kind, the notes of its lead-in."""
    return [block.lead_in_marks for block in document.blocks if block.kind == kind]


@pytest.mark.parametrize(
    "lead_in",
    [
        "The ferries were late for three causes:<sup>7</sup>",
        "Ferries run late.<sup>8</sup> The following causes are given.<sup>7</sup> Fog is no excuse.",
        "渡轮误点的原因如下<sup>7</sup>。",
        "渡轮误点有三个原因：<sup>7</sup>",
    ],
)
def test_items_are_backed_by_the_note_of_their_lead_in(document_of: Callable[[str], Document], lead_in: str) -> None:
    items = "- 雾\n- 潮水\n- 船期" if "渡" in lead_in else "- fog\n- tides\n- crowded berths"
    assert _numbers(document_of(f"{lead_in}\n\n{items}{_NOTES}"), "item") == [(7,), (7,), (7,)]


def test_rows_are_backed_by_the_note_of_their_lead_in_across_the_title(document_of: Callable[[str], Document]) -> None:
    lead_in = "The table below has the crossings.<sup>7</sup> Most are short."
    table = "Crossings of the strait\n\n| Line | Minutes |\n|---|---|\n| North | 12 |\n| South | 20 |"
    assert _numbers(document_of(f"{lead_in}\n\n{table}{_NOTES}"), "row") == [(7,), (7,)]


def test_an_item_is_cited_with_its_own_note_or_else_that_of_the_lead_in(assistant_of: Callable[[str, str], Assistant]) -> None:
    text = f"{_LEAD_IN}\n\n- dense fog<sup>8</sup>\n- spring tides"
    answer = assistant_of("elmsea", text + _NOTES).ask("For which two causes were the ferries of Elmsea late?")
    cited = {citation.quote: [note.number for note in citation.footnotes] for citation in answer.citations}
    assert cited["dense fog"] == [8]
    assert cited["spring tides"] == [7]


def test_the_source_of_an_item_is_that_of_the_lead_in(assistant_of: Callable[[str, str], Assistant]) -> None:
    text = f"{_LEAD_IN}\n\n- dense fog held eleven boats\n- spring tides"
    answer = assistant_of("elmsea-sources", text + _NOTES).ask("What is the source for the fog that held eleven boats?")
    assert "Ferry Office, Yearbook, 2024 (note 7)" in answer.answer


@pytest.mark.parametrize(
    "before",
    [
        "The ferries were late.<sup>7</sup> Two causes were given:",
        "Traffic fell in the following year.<sup>7</sup>",
        "Fares of two crowns and below were kept.<sup>7</sup>",
        "票价在两成以下的航线保留<sup>7</sup>。",
        "The causes were:<sup>7</sup>\n\nThis was disputed in court, and the court held otherwise.",
    ],
)
def test_other_sentences_back_no_list(document_of: Callable[[str], Document], before: str) -> None:
    items = "- 雾\n- 潮水" if "票" in before else "- fog\n- tides"
    assert _numbers(document_of(f"{before}\n\n{items}{_NOTES}"), "item") == [(), ()]


def test_a_list_ends_where_a_paragraph_stands(document_of: Callable[[str], Document]) -> None:
    text = "The causes were:<sup>7</sup>\n\n- fog\n- tides\n\nOther matters are left open.\n\n- berths\n- crews"
    assert _numbers(document_of(text + _NOTES), "item") == [(7,), (7,), (), ()]
