"""Page maps beside a text and page markers in it."""

from pathlib import Path

import pytest

from gbaqa.corpus.pagemap import PageStart, is_page_marker, page_markers, read_page_map
from gbaqa.errors import CorpusError

HEADER = "start_line\tpage\tlanguage\tconfidence\n"


@pytest.fixture
def map_file(tmp_path: Path) -> Path:
    return tmp_path / "text.pages.tsv"


def test_each_line_stands_on_the_page_that_started_last(map_file: Path) -> None:
    map_file.write_text(HEADER + "3\tiv\ten\tcertain\n5\t1\tzh\tlikely\n9\t2\tboth\tguess\n", "utf-8")
    page_map = read_page_map(map_file, 12)
    assert page_map.at(1) is None
    assert page_map.at(2) is None
    assert [page_map.at(line).label for line in (3, 4, 5, 8, 9, 12, 999)] == ["iv", "iv", "1", "1", "2", "2", "2"]
    assert [(start.language, start.certain) for start in page_map.starts] == [("en", True), ("zh", False), ("both", False)]


def test_text_outside_the_numbered_pages_has_an_empty_label(map_file: Path) -> None:
    map_file.write_text(HEADER + "1\t\tboth\tlikely\n4\t1\tzh\tcertain\n8\t\tboth\tlikely\n", "utf-8")
    assert [start.label for start in read_page_map(map_file, 9).starts] == ["", "1", ""]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeff" + HEADER + "1\t1\ten\tcertain\n2\t2\ten\tcertain\n",
        (HEADER + "1\t1\ten\tcertain\n2\t2\ten\tcertain\n").replace("\n", "\r\n"),
        HEADER + "1\t1\ten\tcertain\n\n2\t2\ten\tcertain\n\n",
        "page\tstart_line\tconfidence\tlanguage\tremark\n1\t1\tcertain\ten\tcover\n2\t2\tcertain\ten\n",
        HEADER + "1\t１\ten\tcertain\n2\t 2 \ten\tcertain\n",
    ],
    ids=["byte-order-mark", "windows-line-ends", "blank-lines", "other-column-order", "full-width-labels"],
)
def test_a_map_saved_by_any_spreadsheet_is_read(map_file: Path, content: str) -> None:
    map_file.write_bytes(content.encode())
    assert [(start.line, start.label) for start in read_page_map(map_file, 5).starts] == [(1, "1"), (2, "2")]


def test_a_quotation_mark_in_a_label_does_not_swallow_the_rows_below(map_file: Path) -> None:
    map_file.write_text(HEADER + '1\t"A\ten\tcertain\n2\t2\ten\tcertain\n', "utf-8")
    assert [start.label for start in read_page_map(map_file, 5).starts] == ['"A', "2"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "columns"),
        (HEADER, "columns"),
        ("start_line,page,language,confidence\n1,1,en,certain\n", "columns"),
        ("start_line\tpage\tlanguage\n1\t1\ten\n", "columns"),
        (HEADER + "one\t1\ten\tcertain\n", "line 2: start_line"),
        (HEADER + "1.5\t1\ten\tcertain\n", "line 2: start_line"),
        (HEADER + "1\t1\ten\tcertain\n\t2\ten\tcertain\n", "line 3: start_line"),
        (HEADER + "0\t1\ten\tcertain\n", "line 2: start_line"),
        (HEADER + "-3\t1\ten\tcertain\n", "line 2: start_line"),
        (HEADER + "1\t1\tfr\tcertain\n", "line 2: language"),
        (HEADER + "1\t1\ten\tcertain\n2\n", "line 3"),
        (HEADER + "1\t1\ten\tperhaps\n", "line 2: confidence"),
        (HEADER + "5\t1\ten\tcertain\n2\t2\ten\tcertain\n", "line 3"),
        (HEADER + "2\t1\ten\tcertain\n2\t2\ten\tcertain\n", "line 3"),
        (HEADER + "1\t1\ten\tcertain\n2\t1\tzh\tcertain\n", "page 1 starts twice"),
        (HEADER + "1\t1\ten\tcertain\n2\t１\tzh\tcertain\n", "page 1 starts twice"),
        (HEADER + "1\t1\ten\tcertain\n11\t2\ten\tcertain\n", "10 lines"),
        (HEADER + "1\t" + "x" * 200_000 + "\ten\tcertain\n", ""),
    ],
)
def test_a_map_that_cannot_be_right_is_refused_with_its_place(map_file: Path, content: str, complaint: str) -> None:
    map_file.write_text(content, "utf-8")
    with pytest.raises(CorpusError) as caught:
        read_page_map(map_file, 10)
    message = str(caught.value)
    assert str(map_file) in message
    assert complaint in message
    assert "\n" not in message


def test_a_map_in_another_encoding_is_refused(map_file: Path) -> None:
    map_file.write_bytes((HEADER + "1\t页\tzh\tcertain\n").encode("utf-16"))
    with pytest.raises(CorpusError, match="UTF-8"):
        read_page_map(map_file, 10)


def test_a_map_that_cannot_be_opened_is_refused(map_file: Path) -> None:
    map_file.mkdir()
    with pytest.raises(CorpusError, match="cannot be read"):
        read_page_map(map_file, 10)


@pytest.mark.parametrize(
    ("line", "label", "language"),
    [
        ("<!-- page: 13 en -->", "13", "en"),
        ("<!--page:13-->", "13", "both"),
        ("   <!-- page: iv zh -->  ", "iv", "zh"),
        ("<!-- page: A-2 both -->", "A-2", "both"),
        ("<!-- page: １３ en -->", "13", "en"),
    ],
)
def test_a_marker_starts_a_page(line: str, label: str, language: str) -> None:
    assert is_page_marker(line)
    assert page_markers(["text", line]).starts == (PageStart(2, label, language, True),)


@pytest.mark.parametrize(
    "line", ["<!-- page 13 -->", "<!-- page: -->", "see <!-- page: 13 en -->", "<!-- page: 13 fr -->", "<!-- pages: 1 -->", "page: 13", ""]
)
def test_other_comments_start_no_page(line: str) -> None:
    assert not is_page_marker(line)
    assert page_markers([line]).starts == ()
