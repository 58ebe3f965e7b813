"""The two sample reports, as a whole."""

import pytest
from sample_reports import bilingual, yearbook

from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return load_corpus(yearbook(tmp_path_factory.mktemp("book") / "yearbook.pdf"))[0]


@pytest.fixture(scope="module")
def tide(tmp_path_factory: pytest.TempPathFactory) -> Document:
    return load_corpus(bilingual(tmp_path_factory.mktemp("tide") / "tide.pdf"))[0]


def test_labels_run_from_roman_to_arabic_numbers(book: Document) -> None:
    assert [(page.label, page.certain, page.sheet) for page in book.pages] == [
        (label, True, sheet) for sheet, label in enumerate(["i", "ii", "1", "2", "3", "4"], 1)
    ]


def test_indented_paragraphs_of_justified_text_are_whole(book: Document) -> None:
    paragraphs = [block.text for block in book.blocks if block.text.startswith("The ")]
    assert len(paragraphs) == 34
    assert all(text.endswith("when the accounts are closed.") for text in paragraphs)


def test_boxed_table_and_end_notes(book: Document) -> None:
    row = next(block for block in book.blocks if block.kind == "row")
    assert (row.text, row.header, row.section) == (
        "Yunhe | 1,274 | 88",
        ("City", "Households", "Boats"),
        ("Households of the bay", "Who took part"),
    )
    resolved = [book.resolve(mark, block) for block, mark in book.marks()]
    assert [(note.number, note.url) for note in resolved if note] == [
        (1, "https://council.lantern.example/households/count?year=2031"),
        (2, None),
    ]


def test_languages_side_by_side_and_three_columns(tide: Document) -> None:
    first = [block for block in tide.blocks if block.page_at(0) == "21"]
    assert [block.language for block in first] == ["zh"] * 7 + ["en"] * 7
    assert {block.section for block in first} == {("潮汐能",), ("Tidal energy",)}
    islands = [block.text.split()[1].rstrip(",") for block in tide.blocks if block.text.startswith("In ")]
    assert islands == ["Heron"] * 5 + ["Gannet"] * 5 + ["Curlew"] * 5


def test_small_notes_in_a_foot_under_a_rule(tide: Document) -> None:
    assert [(note.number, note.text, note.url) for note in tide.notes] == [
        (3, "Tide Power Company", "https://power.tide.example/en/capacity"),
        (4, "Island register of 2031", None),
    ]
    assert tide.marks_without_note() == []
