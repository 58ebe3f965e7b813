"""What is known of the rows of an index whatever is asked, checked against the index itself."""

from pathlib import Path

import numpy as np
import pytest

from gbaqa.assistant import Assistant
from gbaqa.index.terms import Terms
from gbaqa.language.meanings import with_concepts
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.rows import NOWHERE, IndexRows

ROWS = [["silk", "kite", "silk"], ["kite"], [], ["灯", "silk"]]
TERMS = Terms.of(ROWS)


@pytest.mark.parametrize("rows", [ROWS, [[], []], []], ids=["some", "no terms", "no rows"])
def test_terms_are_those_of_each_row_and_are_read_as_they_were_written(rows: list[list[str]], tmp_path: Path) -> None:
    Terms.of(rows).write(tmp_path)
    for terms in (Terms.of(rows), Terms.read(tmp_path)):
        assert len(terms) == len(rows)
        assert [terms[row] for row in range(len(rows))] == [frozenset(row) for row in rows]


@pytest.mark.parametrize("in_place", [False, True])
def test_terms_know_their_rows(in_place: bool, tmp_path: Path) -> None:
    TERMS.write(tmp_path)
    terms = Terms.read(tmp_path, in_place=in_place)
    assert terms.rows("kite").tolist() == [0, 1]
    assert terms.rows("灯").tolist() == [3]
    assert terms.rows("paper").tolist() == []
    assert [terms.frequency(term) for term in ("silk", "灯", "paper")] == [2, 1, 0]
    assert "kite" in terms
    assert "paper" not in terms


@pytest.mark.parametrize("in_place", [False, True])
def test_a_row_has_a_word_if_it_has_any_of_its_forms(in_place: bool, tmp_path: Path) -> None:
    TERMS.write(tmp_path)
    terms = Terms.read(tmp_path, in_place=in_place)
    words = [{"灯", "kite"}, {"paper"}, frozenset(), {"kite", "silk", "paper"}]
    rows = np.array([3, NOWHERE, 2, 1, 0, 3])
    having = terms.having(words, rows)
    assert having.tolist() == [
        [True, False, False, True, True, True],
        [False] * 6,
        [False] * 6,
        [True, False, False, True, True, True],
    ]
    assert [terms.having_any(word)[rows].tolist() for word in words] == having.tolist()


def test_nothing_is_in_no_rows() -> None:
    empty = Terms.of([[], []])
    assert empty.having([{"kite"}], np.array([0, 1])).tolist() == [[False, False]]
    assert TERMS.having([{"kite"}], np.array([], dtype=np.int64)).tolist() == [[]]
    assert TERMS.having([], np.array([1])).tolist() == []
    assert empty.having_any({"kite"}).tolist() == [False, False, False]


@pytest.fixture
def rows(small_assistant: Assistant) -> IndexRows:
    return IndexRows(small_assistant.index)


def test_neighbours_stand_in_the_same_passage(small_assistant: Assistant, rows: IndexRows) -> None:
    statements = small_assistant.index.statements

    def passage(row: int) -> tuple[object, ...]:
        chunk = statements[row][0]
        return chunk.document, chunk.language, chunk.section, chunk.header

    same = [row > 0 and passage(row - 1) == passage(row) for row in range(len(statements))]
    assert any(same)
    assert not all(same)
    every = np.arange(len(statements))
    assert rows.before(every).tolist() == [row - 1 if goes_on else NOWHERE for row, goes_on in enumerate(same)]
    assert rows.after(every).tolist() == [row + 1 if goes_on else NOWHERE for row, goes_on in enumerate([*same[1:], False])]


def test_words_are_those_of_the_statement_its_twin_and_their_headings(small_assistant: Assistant, rows: IndexRows) -> None:
    index = small_assistant.index
    for row, (chunk, _) in enumerate(index.statements):
        twin = int(index.alignment.twin[row])
        assert rows.terms(row) == (index.terms[row] | index.terms[twin] if twin >= 0 else index.terms[row])
        contexts = [chunk.context, *([index.statements[twin][0].context] if twin >= 0 else [])]
        assert rows.heading_terms(row) == frozenset(term for context in contexts for term in with_concepts(context))


def test_traits_are_those_of_the_text_whatever_the_order_they_are_asked_in(small_assistant: Assistant, rows: IndexRows) -> None:
    statements = small_assistant.index.statements
    for asked in ([3], [5, 3, 0], list(range(len(statements)))[::-1]):
        found = rows.traits(np.array(asked))
        for row, traits in zip(asked, found, strict=True):
            chunk, statement = statements[row]
            assert tuple(traits) == tuple(map(float, traits_of(statement.text, chunk.language == "zh")))


def test_chunks_and_kinds_are_those_of_the_index(small_assistant: Assistant, rows: IndexRows) -> None:
    index = small_assistant.index
    assert rows.chunk(np.arange(-1, len(index.statements))).tolist() == [NOWHERE, *index.columns.owner.tolist()]
    contexts = [index.columns.context[owner] for owner in index.columns.owner]
    assert rows.context(np.arange(-1, len(index.statements))).tolist() == [NOWHERE, *contexts]
    assert rows.is_english.tolist() == [chunk.language == "en" for chunk, _ in index.statements]
    assert rows.has_notes.tolist() == [bool(statement.notes) for _, statement in index.statements]
    kinds = [index.documents[chunk.document].blocks[statement.block].kind for chunk, statement in index.statements]
    assert rows.is_item.tolist() == [kind == "item" for kind in kinds]
