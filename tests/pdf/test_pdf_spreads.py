"""Two printed pages on one sheet."""

from collections.abc import Callable

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from small_pdfs import Drawn, filler, footer, lines, marked, simple, spread

from gbaqa.corpus.document import Document

Read = Callable[..., Document]


def page(number: int) -> Drawn:
    def draw(canvas: Canvas) -> None:
        lines(canvas, filler(f"sea {number}", 8))
        marked(canvas, [f"Boat {number} is old", str(number), "."], y=600)
        marked(canvas, ["", str(number), f" Register of boat {number}"], y=80, size=7)
        footer(canvas, str(number))

    return draw


def places(document: Document) -> list[tuple[str, bool, int | None]]:
    return [(page.label, page.certain, page.sheet) for page in document.pages]


def test_each_half_of_a_spread_is_a_page_with_its_own_number_and_notes(read_pages: Read) -> None:
    def cover(canvas: Canvas) -> None:
        canvas.setPageSize(A4)
        lines(canvas, ["Boats of the bay"], size=24)

    document = read_pages([cover, *(spread(page(n), page(n + 1)) for n in (2, 4, 6))])
    assert places(document) == [("1", False, 1), *((str(n), True, 1 + n // 2) for n in range(2, 8))]
    resolved = [(block.page_at(0), found.text) for block, mark in document.marks() if (found := document.resolve(mark, block))]
    assert resolved == [(str(n), f"Register of boat {n}") for n in range(2, 8)]
    assert [block.text.count("Boat") for block in document.blocks if "Boat" in block.text] == [1] * 6


def test_a_half_without_its_number_takes_it_from_the_run(read_pages: Read) -> None:
    document = read_pages([spread(page(n), simple(filler(f"land {n}")) if n == 4 else page(n + 1)) for n in (2, 4, 6, 8)])
    assert [label for label, _, _ in places(document)] == [str(n) for n in range(2, 10)]
    assert [label for label, certain, _ in places(document) if not certain] == ["5"]


def test_a_wide_sheet_with_two_columns_and_one_number_stays_one_page(read_pages: Read) -> None:
    document = read_pages([spread(simple(filler(f"sea {n}"), str(n)), simple(filler(f"land {n}"))) for n in (1, 2, 3, 4)])
    assert places(document) == [(str(n), True, n) for n in (1, 2, 3, 4)]


def test_years_side_by_side_make_no_spread(read_pages: Read) -> None:
    document = read_pages([spread(simple(filler(f"sea {n}"), "2030"), simple(filler(f"land {n}"), "2031")) for n in "abcd"])
    assert len(document.pages) == 4
