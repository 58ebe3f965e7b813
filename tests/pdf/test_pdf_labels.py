"""Printed page labels: which are true, and what stands for them where there are none."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas
from small_pdfs import filler, lines, simple

from gbaqa.corpus.document import Document

Read = Callable[..., Document]


def labels(document: Document) -> list[tuple[str, bool, int | None]]:
    return [(page.label, page.certain, page.sheet) for page in document.pages]


def test_numbers_in_footers_that_run_on_are_the_labels_and_the_cover_is_outside(read_pages: Read) -> None:
    document = read_pages([simple(["Lantern Bay"]), *(simple(filler(f"sea {n}"), f"Lantern Bay report | {n}") for n in (1, 2, 3, 4))])
    assert labels(document) == [("1", True, 2), ("2", True, 3), ("3", True, 4), ("4", True, 5)]
    assert ["sheet 1 is outside the numbered pages" in problem for problem in document.problems] == [True]


def test_a_back_cover_that_tells_something_is_read(read_pages: Read) -> None:
    back = [" ".join(filler("harbour", 2)), "This review is for general information only and is no legal advice."]
    document = read_pages([*(simple(filler(f"sea {n}"), f"Lantern Bay report | {n}") for n in (1, 2, 3, 4)), simple(back)])
    assert [page.label for page in document.pages] == ["1", "2", "3", "4"]
    assert "no legal advice" in " ".join(block.text for block in document.blocks_on(""))
    assert [problem for problem in document.problems if "outside" in problem] == []


def test_roman_front_matter(read_pages: Read) -> None:
    front = [simple(filler(f"word {n}"), n) for n in ("i", "ii", "iii", "iv")]
    body = [simple(filler(f"sea {n}"), str(n)) for n in (1, 2, 3)]
    assert [label for label, certain, _ in labels(read_pages([*front, *body])) if certain] == ["i", "ii", "iii", "iv", "1", "2", "3"]


def test_declared_labels_that_the_footers_bear_out_are_taken(read_pages: Read) -> None:
    pages = [simple(filler("front")), *(simple(filler(f"sea {n}"), str(n)) for n in (1, 2, 3))]
    document = read_pages(pages, labels=[(0, "ROMAN_LOWER", 1), (1, "ARABIC", 1)])
    assert labels(document) == [("i", True, 1), ("1", True, 2), ("2", True, 3), ("3", True, 4)]


def test_declared_labels_that_the_footers_belie_are_not(read_pages: Read) -> None:
    pages = [simple(filler(f"sea {n}"), str(n)) for n in (11, 12, 13, 14)]
    document = read_pages(pages, labels=[(0, "ARABIC", 1)])
    assert labels(document) == [("11", True, 1), ("12", True, 2), ("13", True, 3), ("14", True, 4)]


def test_a_page_without_its_number_is_inferred_from_the_run(read_pages: Read) -> None:
    pages = [simple(filler(f"sea {n}"), "" if n == 3 else str(n)) for n in (1, 2, 3, 4, 5)]
    assert labels(read_pages(pages))[2] == ("3", False, 3)


def test_a_number_out_of_the_run_is_not_believed(read_pages: Read) -> None:
    pages = [simple(filler(f"sea {n}"), {4: "41"}.get(n, str(n))) for n in range(1, 8)]
    assert labels(read_pages(pages))[3] == ("4", False, 4)


def test_years_in_footers_are_no_page_numbers(read_pages: Read) -> None:
    pages = [simple(filler(f"sea {n}"), "Annual report 2031") for n in range(1, 6)]
    assert labels(read_pages(pages)) == [(str(n), False, n) for n in range(1, 6)]


def test_without_any_numbers_the_sheet_stands_for_the_label_and_is_marked_so(read_pages: Read) -> None:
    assert labels(read_pages([simple(filler(f"sea {n}")) for n in "abc"])) == [("1", False, 1), ("2", False, 2), ("3", False, 3)]


def test_a_second_part_that_counts_from_one_again_has_labels_of_its_own(read_pages: Read) -> None:
    pages = [simple(filler(f"sea {n}"), str(n)) for n in (1, 2, 3, 4)] + [simple(filler(f"land {n}"), str(n)) for n in (1, 2, 3)]
    assert [label for label, _, _ in labels(read_pages(pages))] == ["1", "2", "3", "4", "1 (sheet 5)", "2 (sheet 6)", "3 (sheet 7)"]


def test_running_heads_with_a_chapter_each_are_told_by_their_numbers(read_pages: Read) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            chapter = ("SALT", "WEATHER", "BOATS", "KITES")[number // 2 - 1] if number > 1 else "PREFACE"
            head = f"{number}   CHAPTER {number // 2}. {chapter}" if number % 2 == 0 else f"Atlas of the bay 2031   {number}"
            lines(canvas, [head], x=60 if number % 2 == 0 else 380, y=812, size=8)
            lines(canvas, filler(f"sea {number}"), y=770)

        return draw

    document = read_pages([simple(["Atlas"]), *(page(number) for number in range(1, 9))])
    assert labels(document)[-8:] == [(str(n), True, n + 1) for n in range(1, 9)]
    assert [block.text for block in document.blocks if "CHAPTER" in block.text or "Atlas of" in block.text] == []


def test_years_that_run_on_in_notes_are_no_page_numbers(read_pages: Read) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            lines(canvas, filler(f"sea {number}"))
            keeper = ("Heron", "Gannet", "Curlew", "Plover", "Petrel")[number - 1]
            lines(canvas, [f"1 Register of {keeper}, since {1950 + number}", f"as kept by {keeper}"], y=60, size=7)

        return draw

    assert labels(read_pages([page(number) for number in range(1, 6)])) == [(str(n), False, n) for n in range(1, 6)]
