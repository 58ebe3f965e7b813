"""Quotes and answers of any length, as anybody may send them: what is made of them takes a time in proportion to it, and is right."""

import io
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE

from gbaqa.answering.answer import Answer, Citation, Footnote
from gbaqa.publishing import facts as facts_module
from gbaqa.publishing.conversation import export_conversation
from gbaqa.publishing.facts import Fact, facts_of

_MUCH_TOO_LONG = 20  # seconds, for what takes about one
_CHARACTERS = 20_000


def citation(quote: str, **changes: object) -> Citation:
    given: dict[str, object] = {"mark": 1, "document": "heron", "title": "Heron", "page": "3", "language": "en", "quote": quote}
    return Citation.model_validate(given | changes)


def facts(quote: str, **changes: object) -> list[Fact]:
    return facts_of([citation(quote, **changes)], {}, "en")


def answer(text: str, *citations: Citation, mode: str = "generative") -> Answer:
    return Answer.model_validate(
        {
            "question": "How many ferries?",
            "understood_as": None,
            "language": "en",
            "status": "answered",
            "answer": text,
            "mode": mode,
            "confidence": 0.9,
            "citations": [one.model_dump() for one in citations],
        }
    )


def word(given: Answer) -> Any:
    return docx.Document(io.BytesIO(export_conversation([given], {}, "docx", "en").content))


@contextmanager
def soon() -> Iterator[None]:
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < _MUCH_TOO_LONG


def cells(table: Any) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in table.rows]


@pytest.mark.parametrize(
    "sentence",
    [
        "Fares were RMB {} billion and 5% in 2023. ",
        "{} tonnes and ",
        "{}吨和",
        "than {} of 2023 or ",
        "in 2023 {} piers and ",
        "Macau has {} piers, ",
    ],
)
def test_a_long_quote_has_its_facts_soon(sentence: str) -> None:
    quote = "".join(sentence.format(number) for number in range(11, 11 + _CHARACTERS // len(sentence)))
    with soon():
        found = facts(quote)
    assert len(found) > 100
    assert len({id(fact.quote) for fact in found}) == 1  # or as many copies of the quote as it has figures


def test_what_belongs_to_a_quote_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: dict[str, list[str]] = {"dates": [], "places": []}

    def watch(name: str) -> None:
        real = getattr(facts_module, name)

        def watched(text: str) -> object:
            read[name].append(text)
            return real(text)

        monkeypatch.setattr(facts_module, name, watched)

    watch("dates")
    watch("places")
    quote = " ".join(f"It has {number} piers and in 2023 fares were {number}%." for number in range(20, 420))
    assert len(facts(quote)) == 800
    assert read["dates"] == [quote]
    assert sum(map(len, set(read["places"]))) <= 2 * len(quote)  # each clause, and the whole: which is kept


def test_figures_of_a_long_quote_have_the_period_and_place_of_their_clause_or_the_last_before() -> None:
    clauses = [f"In {year}, Foshan has {year - 1800} piers, Macau has {year - 1700} piers." for year in range(1950, 2030)]
    found = facts(" ".join(clauses))
    assert [(fact.value, fact.period, fact.place) for fact in found] == [
        (year - back, str(year), place) for year in range(1950, 2030) for back, place in ((1800, "Foshan"), (1700, "Macau"))
    ]


def test_a_figure_without_a_place_has_all_that_stand_before_it_else_those_after() -> None:
    found = facts("It has 31 piers. Foshan has 32 piers. It has 33 ferries. Macau has 34 piers. It has 35 ships.")
    assert [fact.place for fact in found] == ["Foshan; Macau", "Foshan", "Foshan", "Macau", "Foshan; Macau"]


def test_a_figure_without_a_date_has_the_last_before_it_else_the_first_after() -> None:
    found = facts("It has 31 piers. In 2030 it had 32 piers. It has 33 ferries. From 2031 to 2033 it has 34 piers. It has 35 ships.")
    assert [fact.period for fact in found] == ["2030", "2030", "2030", "2031/2033", "2031/2033"]


@pytest.mark.parametrize(("between", "period"), [(1, ""), (35, ""), (36, "2019"), (60, "2019")])
def test_what_a_figure_is_compared_with_stands_close_before(between: int, period: str) -> None:
    before = "Fares fell by 9.7% compared with"
    assert [fact.period for fact in facts(f"{before} {'x' * between} in 2019.")] == [period]


def test_a_figure_compared_with_a_year_far_into_a_quote_is_not_of_it() -> None:
    (first, last) = facts(f"In 2031 it has 31 piers. {'It was so. ' * 500}Fares fell by 9.7% compared with 2019.")
    assert (first.period, last.period) == ("2031", "2031")


def test_a_long_list_of_lines_is_a_word_document_soon() -> None:
    with soon():
        opened = word(answer("|\n" * 30_000, mode="extractive"))
    lines = [paragraph.text for paragraph in opened.paragraphs]
    assert lines.count("|") == 30_000
    assert lines[-1] == "|"  # nothing is left of what it was made with


def test_a_long_table_is_a_word_document_soon() -> None:
    with soon():
        opened = word(answer("|a|b|\n|-|-|\n" + "|\n" * 6_000 + "|x|y|\n"))
    (table,) = opened.tables
    assert len(table.rows) == 6_002
    assert [cell.text for cell in table.rows[-1].cells] == ["x", "y"]


def test_many_tables_are_a_word_document_soon() -> None:
    with soon():
        opened = word(answer("|a|\n|-|\n|b|\n\n" * 1_500))
    assert len(opened.tables) == 1_500
    assert cells(opened.tables[-1]) == [["a"], ["b"]]


def test_many_addresses_are_a_word_document_soon() -> None:
    notes = [Footnote(number=7, text="Office", url=f"https://heron.example/{number % 1_500}", language="en") for number in range(3_000)]
    with soon():
        opened = word(answer("Yes.", *(citation("It has 26 ships.", footnotes=[note]) for note in notes)))
    linked = [paragraph.hyperlinks[0].address for paragraph in opened.paragraphs if paragraph.hyperlinks]
    assert linked == [note.url for note in notes]
    kinds = [relationship.reltype for relationship in opened.part.rels.values()]
    assert kinds.count(RELATIONSHIP_TYPE.HYPERLINK) == 1_500  # an address that is linked to twice is kept once


def test_paragraphs_tables_and_lists_of_a_word_document_stay_in_order() -> None:
    text = "First.\n\n| a | b |\n| - | - |\n| c |\n\n# Then\n\n- one\n\n1. two\n\n| d |\n| - |\n\nLast."
    opened = word(answer(text))
    body = list(opened.element.body)
    assert [element.tag.rpartition("}")[2] for element in body] == ["p", "p", "p", "tbl", "p", "p", "p", "p", "tbl", "p", "p", "sectPr"]
    styles = [(paragraph.style.name, paragraph.text) for paragraph in opened.paragraphs]
    assert [style for style in styles if style[1]] == [
        ("Heading 1", styles[0][1]),
        ("Heading 2", "How many ferries?"),
        ("Normal", "First."),
        ("Heading 3", "Then"),
        ("List Bullet", "one"),
        ("List Number", "two"),
        ("Normal", "Last."),
    ]
    assert [cells(table) for table in opened.tables] == [[["a", "b"], ["c", ""]], [["d"]]]
    assert {table.style.name for table in opened.tables} == {"Table Grid"}
