"""However hostile a document, it is read and cut in time that is in proportion to its length.

The bound is many times what each text takes; time that grows with the square of the length would be beyond it, or well
on the way: most of these once took from five seconds to minutes.
"""

import time
from pathlib import Path

import pytest

from gbaqa.corpus.document import Block
from gbaqa.corpus.inline import parse_inline
from gbaqa.corpus.load import load_corpus
from gbaqa.index.chunk import Chunk, chunk_documents

LENGTH = 50_000  # characters
BOUND = 15  # seconds; each takes less than one
BUDGET = 160

REPEATED = {
    "ticks": "`",
    "comments that never end": "<!-- ",
    "stars that never close": "*a **b ***c ",
    "lines below that never close": "_a __b ",
    "paragraphs": "a\n\n",
    "items": "- a\n",
    "rows": "|-|\n",
    "headings": "# a[^1]\n",
    "lines with tabs": "\ta\n",
    "sentences with notes": "Aa b.[^1] ",
}
THEN = {
    "spaces in a heading": ("# a" + " " * LENGTH, "b"),
    "rules in a heading": ("# " + "#" * LENGTH, "b"),
    "spaces in a tag": ("x<br" + " " * LENGTH, "a"),
    "a wide row over many": ("|" + "a|" * (LENGTH // 4) + "\n", "|a|\n" * (LENGTH // 8)),
    "column names with notes": ("| " + "a[^1] | " * (LENGTH // 16) + "\n|---|\n", "|a|\n" * (LENGTH // 8)),
    "headings over paragraphs": ("# b[^1]\n" * (LENGTH // 16), "b\n\n" * (LENGTH // 6)),
    "a heading with many notes": ("# a" + "".join(f"[^{number}]" for number in range(1000, 4500)) + "\n\n", "b\n\n" * (LENGTH // 6)),
    "notes behind sentences": ("A b. " * (LENGTH // 10), "".join(f"[^{number}]" for number in range(1000, 4500))),
    "a sentence in pieces": ("the mill of Ashby grinds the corn of the old\n\n", "of\n\n" * (LENGTH // 4)),
    "lines and notes in a cell": ("| x | A b. C d.<br>", "a[^1]<br>" * (LENGTH // 9) + " |"),
}
HOSTILE = {name: (piece * (LENGTH // len(piece)), "") for name, piece in REPEATED.items()} | THEN


def read_and_cut(folder: Path, text: str) -> list[Chunk]:
    path = folder / "mill.md"
    path.write_text(f"# Mill\n\nThe mill grinds 2%.\n\n{text}\n\nIt rests.\n", "utf-8")
    return chunk_documents(load_corpus(path), lambda part: len(part) // 4, BUDGET)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_document_is_read_and_cut_in_time(tmp_path: Path, name: str) -> None:
    started = time.process_time()
    chunks = read_and_cut(tmp_path, "".join(HOSTILE[name]))
    assert time.process_time() - started < BOUND
    assert "The mill grinds 2%." in chunks[0].text
    assert "It rests." in chunks[-1].text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("a `b` ``c`` ```d` e", "a b c ``d e"),
        ("`a ``b` c``", "`a `b c``"),
        ("`a ``b`` c`", "`a b c`"),
        ("``a```b```", "``ab"),
        ("`", "`"),
        ("a <!-- b --> c <!-- d <b>e</b> --> f", "a c f"),
        ("a <!-- b <i>c</i> <!-- d", "a <!-- b c <!-- d"),
        ("a <!-- b<br>c --> d <!-- e --> f", "a <!-- b\nc --> d f"),
        ("*a* **b** ***c*** _d_ __e__", "a b c d e"),
        ("*a **b** c*", "a b* c*"),
        ("*a **b", "*a b"),
        ("*a<br>b* *c*", "*a\nb* c"),
        ("__a_ b", "_a b"),
        ("snake_case and 2*3*4", "snake_case and 2*3*4"),
        ("a<br>b<br />c<br / >d", "a\nb\nc\nd"),
        ("&#65;&amp;&#x42;", "A&B"),
    ],
)
def test_what_closes_and_what_does_not(markup: str, text: str) -> None:
    assert parse_inline(markup).text == text


def test_a_number_of_thousands_of_digits_is_no_character(tmp_path: Path) -> None:
    """Python refuses to read such a number; a document that holds one is read all the same."""
    assert parse_inline("a &#" + "1" * 5000 + "; b").text == "a \ufffd b"
    assert read_and_cut(tmp_path, "a &#" + "1" * 5000 + "; b")


@pytest.mark.parametrize(
    ("line", "heading"), [("## A #", "A"), ("## A #b", "A #b"), ("## A ##  #", "A ##"), ("#  A  ", "A"), ("# A # #", "A #")]
)
def test_closing_rules_are_no_part_of_a_heading(tmp_path: Path, line: str, heading: str) -> None:
    chunks = read_and_cut(tmp_path, f"{line}\n\nIt turns.")
    assert chunks[-1].section[-1] == heading


def test_many_headings_on_end_do_not_all_stand_over_what_follows(tmp_path: Path) -> None:
    few = read_and_cut(tmp_path, "".join(f"## Part {number}\n" for number in range(50)) + "\nIt turns.")
    many = read_and_cut(tmp_path, "".join(f"## Part {number}\n" for number in range(70)) + "\nIt turns.")
    assert few[-1].section[-1].startswith("Part 0 / Part 1 / ")
    assert many[-1].section[-1].startswith("Part 50 / Part 51 / ")


def test_a_statement_has_its_own_notes_else_the_next_else_those_above() -> None:
    block = Block("paragraph", "It is. It was. It ran. It sat.", "en", (), ((0, "1"), (8, "2")), (0, 30), context_marks=(9, 9, 8))
    marked = parse_inline("It is. It was.[^1][^2][^1] It ran.[^3] It sat.")
    noted = Block("paragraph", marked.text, "en", (), block.pages, (0, 30), marked.marks, context_marks=(9,))
    assert [block.notes_for(span) for span in block.statement_spans] == [(9, 8)] * 4
    assert [noted.notes_for(span) for span in noted.statement_spans] == [(1, 2), (1, 2), (3,), (9,)]
    assert [block.page_at(offset) for offset in (0, 7, 8, 99)] == ["1", "1", "2", "2"]
