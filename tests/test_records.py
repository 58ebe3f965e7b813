"""Records that stay on disk until they are looked at, and what is known of rows in numbers."""

import gc
import os
from contextlib import suppress
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from gbaqa.assistant import Assistant
from gbaqa.bilingual.groups import Group, Groups
from gbaqa.errors import SearchIndexError
from gbaqa.index.columns import KINDS, text_key
from gbaqa.index.records import Part, Records, write_records

KIND = TypeAdapter(list[str])
WORDS = [["pier", "码头"], [], ["ferry"], ["line\nbreak"], ["kite"]]


@pytest.fixture
def records(tmp_path: Path) -> Records[list[str]]:
    write_records(tmp_path, "words", KIND, WORDS)
    return Records(tmp_path, "words", KIND, 2)


def test_records_read_as_they_were_written(records: Records[list[str]]) -> None:
    assert (len(records), list(records), records[-1], records[1:3]) == (5, WORDS, WORDS[-1], WORDS[1:3])
    assert records == WORDS
    assert records != WORDS[:4]
    with pytest.raises(IndexError):
        records[5]


def test_a_part_is_a_sequence_of_its_own(records: Records[list[str]]) -> None:
    part = Part(records, 1, 4)
    assert (len(part), list(part), part[0], part[-1], part[1:]) == (3, WORDS[1:4], WORDS[1], WORDS[3], WORDS[2:4])
    assert part == WORDS[1:4]
    with pytest.raises(IndexError):
        part[3]


def test_only_the_last_ones_looked_at_are_kept(records: Records[list[str]]) -> None:
    first = records[0]
    assert records[0] is first
    assert list(records) == WORDS  # going through all of them leaves what is kept
    assert records[0] is first
    _ = records[1], records[2]
    assert records[0] is not first


def test_a_file_that_is_cut_short_while_in_use_is_told_in_one_line(records: Records[list[str]], tmp_path: Path) -> None:
    os.truncate(tmp_path / "words.jsonl", 10)
    with pytest.raises(SearchIndexError, match=r"^[^\n]*changed while it was in use[^\n]*--rebuild$"):
        records[3]


def test_a_file_of_another_length_is_not_opened(tmp_path: Path) -> None:
    write_records(tmp_path, "words", KIND, WORDS)
    os.truncate(tmp_path / "words.jsonl", 10)
    with pytest.raises(ValueError, match="does not end"):
        Records(tmp_path, "words", KIND, 2)


def is_open(file: os.stat_result) -> bool:
    for handle in os.listdir("/dev/fd"):
        with suppress(OSError):  # the one that lists them is closed by now
            if os.path.samestat(os.fstat(int(handle)), file):
                return True
    return False


def test_a_file_that_was_removed_can_still_be_read_and_is_closed_in_the_end(tmp_path: Path) -> None:
    write_records(tmp_path, "words", KIND, WORDS)
    records, file = Records(tmp_path, "words", KIND, 2), (tmp_path / "words.jsonl").stat()
    (tmp_path / "words.jsonl").unlink()
    rest = iter(records)
    del records
    assert list(rest) == WORDS
    assert is_open(file)
    del rest
    gc.collect()
    assert not is_open(file)


def test_columns_say_of_rows_what_their_texts_say(small_assistant: Assistant) -> None:
    index = small_assistant.index
    columns, documents = index.columns, list(index.documents.values())
    for row, (chunk, statement) in enumerate(index.statements):
        assert index.statements[row] == (chunk, statement)
        document = documents[columns.document[chunk.id]]
        assert (document.id, columns.owner[row], columns.block[row]) == (chunk.document, chunk.id, statement.block)
        assert (document.pages[columns.page[row]].label if columns.page[row] >= 0 else "") == statement.page
        assert KINDS[columns.kind[row]] == document.blocks[statement.block].kind
        assert (columns.has_cells[row], columns.text[row]) == (" | " in statement.text, text_key(chunk.document, statement.text))
    for numbers, of in ((columns.context, lambda one: one.context), (columns.passage, lambda one: (one.document, one.section, one.header))):
        assert [of(index.chunks[first]) for first in columns.first_of(numbers)] == [*dict.fromkeys(map(of, index.chunks))]


def test_groups_are_what_was_added() -> None:
    groups = Groups()
    groups.append([3, 4], [9], 0.5)
    groups.append([], [10], 0.0)
    assert list(groups) == groups[:] == [Group((3, 4), (9,), 0.5), Group((), (10,), 0.0)]
    assert groups[-1].en == (10,)
