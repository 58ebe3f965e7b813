"""From a row of an index to its twin, its block and its section."""

from itertools import pairwise

from gbaqa.assistant import Assistant
from gbaqa.index.navigation import block_of, both_texts, in_language, in_same_section, twin_of, with_twin


def test_a_row_with_a_twin_goes_with_it_and_one_without_stays_alone(small_assistant: Assistant) -> None:
    index = small_assistant.index
    twins = index.alignment.twin.tolist()
    assert {twin < 0 for twin in twins} == {True, False}
    for row, twin in enumerate(twins):
        assert twin_of(index, row) == (twin if twin >= 0 else None)
        assert with_twin(index, row) == ((row, twin) if twin >= 0 else (row,))
        assert both_texts(index, row) == [index.statements[each][1].text for each in with_twin(index, row)]


def test_a_row_is_shown_in_a_language_where_it_is_said_in_it(small_assistant: Assistant) -> None:
    index = small_assistant.index
    for row, (chunk, _) in enumerate(index.statements):
        assert in_language(index, row, chunk.language) == row
        assert in_language(index, row, "en" if chunk.language == "zh" else "zh") == with_twin(index, row)[-1]


def test_a_statement_stands_in_its_block_and_a_section_ends_where_the_headings_change(small_assistant: Assistant) -> None:
    index = small_assistant.index
    rows = range(len(index.statements))
    assert all(index.statements[row][1].text in block_of(index, row).text for row in rows)
    same = [in_same_section(index, row, following) for row, following in pairwise(rows)]
    headings = [(block.language, block.section) for block in (block_of(index, row) for row in rows)]
    assert {True, False} == set(same)
    assert all(headings[at] == headings[at + 1] for at, one in enumerate(same) if one)
