"""Note marks by size and rise, and the notes they lead to."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas
from small_pdfs import filler, footer, lines, marked, simple

from gbaqa.corpus.document import Document

Read = Callable[..., Document]


def small(canvas: Canvas, rows: list[list[str]], y: float = 90) -> None:
    for row in rows:
        marked(canvas, row, y=y, size=7)
        y -= 9


def noted(rows: list[list[str]], *line: str, number: str = "") -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        lines(canvas, filler("sea", 8))
        marked(canvas, line, y=600)
        small(canvas, rows)
        if number:
            footer(canvas, number)

    return draw


def note(document: Document, number: int) -> tuple[str, str | None]:
    found = next(one for one in document.notes if one.number == number)
    return found.text, found.url


def test_a_raised_number_is_a_mark_and_its_note_stands_at_the_foot(read_pages: Read) -> None:
    foot = [["", "1", " Harbour Office, https://harbour.example/fares"], ["", "2", " Yearbook of the bay"]]
    document = read_pages([noted(foot, "A crossing costs 14 crowns", "1", ", and boats", "2", " are free.")])
    block = next(block for block in document.blocks if block.marks)
    assert block.text.endswith("A crossing costs 14 crowns, and boats are free.")
    assert [(mark.number, block.text[: mark.offset].rsplit(" ", 1)[-1]) for mark in block.marks] == [(1, "crowns"), (2, "boats")]
    assert note(document, 1) == ("Harbour Office", "https://harbour.example/fares")
    assert note(document, 2) == ("Yearbook of the bay", None)
    assert document.marks_without_note() == []


def test_digits_that_are_not_raised_and_square_kilometres_are_no_marks(read_pages: Read) -> None:
    document = read_pages([noted([], "Stage2 of the park covers 12 km", "2", " of Heron7 land.")])
    assert [mark for _, mark in document.marks()] == []
    assert any("12 km2 of Heron7" in block.text for block in document.blocks)


def test_a_note_goes_on_over_lines_and_its_address_is_whole_again(read_pages: Read) -> None:
    foot = [
        ["", "1", " Harbour Office of the bay, https://harbour.example/a/very/long/way/"],
        ["to_the_fares.html?year=2031, last seen in May"],
    ]
    document = read_pages([noted(foot, "A crossing costs 14 crowns", "1", ".")])
    assert note(document, 1)[1] == "https://harbour.example/a/very/long/way/to_the_fares.html?year=2031"


def test_a_second_address_stays_with_its_source(read_pages: Read) -> None:
    foot = [
        ["", "1", " Harbour Office, https://harbour.example/fares; Boat register,"],
        ["https://boats.example/2031/register.html; our own count"],
    ]
    document = read_pages([noted(foot, "A crossing costs 14 crowns", "1", ".")])
    text = "Harbour Office; Boat register, https://boats.example/2031/register.html; our own count"
    assert note(document, 1) == (text, "https://harbour.example/fares")


def test_a_note_goes_on_over_the_page(read_pages: Read) -> None:
    first = noted(
        [["", "1", " The fares of the harbour were told to the author by the keeper of"]], "It costs 14 crowns", "1", ".", number="1"
    )

    def second(canvas: Canvas) -> None:
        lines(canvas, filler("land", 8))
        marked(canvas, ["Boats pay 3 crowns", "2", "."], y=600)
        canvas.line(60, 100, 250, 100)
        small(canvas, [["the southern lighthouse in 2031"], ["", "2", " Boat register"]])
        footer(canvas, "2")

    document = read_pages([first, second, simple(filler("sky"), "3")])
    assert note(document, 1)[0] == "The fares of the harbour were told to the author by the keeper of the southern lighthouse in 2031"
    assert note(document, 2)[0] == "Boat register"


def test_a_mark_finds_its_note_on_the_next_page(read_pages: Read) -> None:
    first = noted([], "It costs 14 crowns", "1", ".", number="1")
    second = noted([["", "1", " Harbour Office"]], "It is free for all", "", ".", number="2")
    document = read_pages([first, second, simple(filler("sky"), "3")])
    block, mark = next(iter(document.marks()))
    assert (found := document.resolve(mark, block)) is not None
    assert (found.text, found.page) == ("Harbour Office", "2")


def test_notes_with_plain_numbers_and_a_line_that_begins_with_a_year(read_pages: Read) -> None:
    foot = [["1 Harbour Office, report of the year"], ["2031, second edition"], ["2 Boat register"]]
    document = read_pages([noted(foot, "It costs 14 crowns", "1", ", boats 3", "2", ".")])
    assert [one.number for one in document.notes] == [1, 2]
    assert note(document, 1)[0] == "Harbour Office, report of the year 2031, second edition"


def test_end_notes(read_pages: Read) -> None:
    def last(canvas: Canvas) -> None:
        lines(canvas, ["Notes"], size=16)
        lines(canvas, ["1. Harbour Office, https://harbour.example/fares", "2. Boat register"], y=720)
        footer(canvas, "3")

    body = noted([], "It costs 14 crowns", "1", ", boats 3", "2", ".", number="1")
    document = read_pages([body, simple(filler("land"), "2"), last])
    assert note(document, 1) == ("Harbour Office", "https://harbour.example/fares")
    assert document.marks_without_note() == []


def test_chinese_notes(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["灯塔湾的三座城市共同经营渡轮，每天运送乘客九万人。"] * 8)
        marked(canvas, ["云禾的人口为168万", "1", "，面积为846平方公里。"], y=600)
        small(canvas, [["", "1", " 云禾市统计局，https://stats.yunhe.example/zh"]])

    document = read_pages([draw])
    assert note(document, 1) == ("云禾市统计局", "https://stats.yunhe.example/zh")
    assert document.notes[0].language == "zh"


def test_numbers_that_begin_anew_lead_to_the_note_of_their_own_page(read_pages: Read) -> None:
    pages = [noted([["", "1", f" Register of the year {1980 + 7 * n}"]], f"Boat {n} is old", "1", ".", number=str(n)) for n in (1, 2, 3, 4)]
    document = read_pages(pages)
    found = [document.resolve(mark, block) for block, mark in document.marks()]
    assert [(one.page, one.text[-4:]) for one in found if one] == [("1", "1987"), ("2", "1994"), ("3", "2001"), ("4", "2008")]


def test_notes_at_the_foot_of_each_column(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        for x, first in ((60, 1), (330, 3)):
            lines(canvas, [f"Ferries of the line {letter} leave at every full hour" for letter in "abcdefghij"], x=x)
            marked(canvas, [f"Line {first} is new", str(first), ", the other old", str(first + 1), "."], x=x, y=600)
            for y, row in ((90, ["", str(first), f" Register {first} of the harbour office,"]), (81, ["kept in the tower"])):
                marked(canvas, row, x=x, y=y, size=7)
            marked(canvas, ["", str(first + 1), f" Register {first + 1}"], x=x, y=72, size=7)

    document = read_pages([draw])
    assert [(one.number, one.text) for one in document.notes] == [
        (1, "Register 1 of the harbour office, kept in the tower"),
        (2, "Register 2"),
        (3, "Register 3 of the harbour office, kept in the tower"),
        (4, "Register 4"),
    ]


def test_numbers_in_brackets_are_marks_where_notes_open_with_them(read_pages: Read) -> None:
    foot = [["[1] Harbour Office"], ["[2] Boat register"]]
    document = read_pages([noted(foot, "It costs 14 crowns [1], boats 3 [1, 2] and kites [9] none.")])
    block = next(block for block in document.blocks if block.marks)
    assert block.text.endswith("It costs 14 crowns, boats 3 and kites [9] none.")
    assert [(mark.number, block.text[: mark.offset].rsplit(" ", 1)[-1]) for mark in block.marks] == [(1, "crowns"), (1, "3"), (2, "3")]
    assert document.marks_without_note() == []


def test_a_mark_that_had_no_room_on_the_line_of_its_heading(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, filler("sea", 4))
        lines(canvas, ["Ferries between the islands of the bay and their fares"], y=640, size=14)
        lines(canvas, ["1"], y=624, size=10)
        lines(canvas, ["A crossing costs 14 crowns."], y=600)
        small(canvas, [["", "1", " Harbour Office"]])

    document = read_pages([draw])
    block = next(block for block in document.blocks if "crossing" in block.text)
    assert (block.section[-1], block.context_marks) == ("Ferries between the islands of the bay and their fares", (1,))
    assert [one.text for one in document.blocks if one.text == "1"] == []


def test_a_line_that_ends_the_notes_of_many_pages_is_no_footer(read_pages: Read) -> None:
    pages = [
        noted(
            [["", "1", f" Report {name} of the harbour office of"], ["Lantern Bay, https://harbour.example/reports"]], "It is old", "1", "."
        )
        for name in ("Heron", "Gannet", "Curlew", "Plover")
    ]
    document = read_pages(pages)
    assert [one.url for one in document.notes] == ["https://harbour.example/reports"] * 4
