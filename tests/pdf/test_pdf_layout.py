"""Reading order, paragraphs, tables: from places on a sheet to blocks."""

from collections.abc import Callable

from reportlab.pdfgen.canvas import Canvas
from small_pdfs import LEFT, filler, footer, lines, simple

from gbaqa.corpus.document import Document

Read = Callable[..., Document]


def texts(document: Document, kind: str | None = None) -> list[str]:
    return [block.text for block in document.blocks if kind in (None, block.kind)]


def two_columns(left: list[str], right: list[str], title: str = "") -> Callable[[Canvas], None]:
    def draw(canvas: Canvas) -> None:
        if title:
            lines(canvas, [title], y=790, size=16)
        lines(canvas, left)
        lines(canvas, right, x=340)

    return draw


LEFT_COLUMN = [f"The harbour of Port Maren has quay number {n} in its west" for n in "abcdefgh"]
RIGHT_COLUMN = [f"Ferries of the eastern line {n} leave at every full hour" for n in "abcdefgh"]


def test_columns_are_read_one_after_the_other(read_pages: Read) -> None:
    document = read_pages([two_columns(LEFT_COLUMN, RIGHT_COLUMN)])
    text = " ".join(texts(document))
    assert text.index("quay number h") < text.index("eastern line a")


def test_a_title_over_two_columns_is_read_before_both(read_pages: Read) -> None:
    title = "Harbours and ferries of Lantern Bay in one long title"
    document = read_pages([two_columns(LEFT_COLUMN, RIGHT_COLUMN, title)])
    assert {block.section for block in document.blocks} == {(title,)}


def test_text_below_two_columns_over_the_whole_width_is_read_last(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        two_columns(LEFT_COLUMN, RIGHT_COLUMN)(canvas)
        lines(
            canvas,
            ["All of this holds for the year 2031 only, and for no other year, as the harbour office of the bay has told us."],
            y=600,
        )

    text = " ".join(texts(read_pages([draw])))
    assert text.index("quay number h") < text.index("eastern line h") < text.index("year 2031")


def test_a_page_with_little_in_its_right_column_takes_the_gutter_of_the_others(read_pages: Read) -> None:
    pages = [two_columns([text.replace("harbour", harbour) for text in LEFT_COLUMN], RIGHT_COLUMN) for harbour in ("dock", "port", "pier")]
    pages += [two_columns(LEFT_COLUMN, ["one last word"])]
    text = " ".join(texts(read_pages(pages)))
    assert text.rindex("quay number h") < text.index("one last word")


def test_running_headers_and_footers_are_left_out_and_names_of_table_columns_are_not(read_pages: Read) -> None:
    def page(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            lines(canvas, ["Lantern Bay yearbook"], y=815, size=8)
            first = ["City"] if number % 2 else filler(f"begin {number}", 1)
            lines(canvas, [*first, *filler(f"harbour number {number}")], y=780)
            footer(canvas, f"Lantern Bay yearbook | {number}")

        return draw

    document = read_pages([page(number) for number in range(1, 9)])
    text = " ".join(texts(document))
    assert "yearbook" not in text
    assert text.count("City") == 4


def test_words_cut_at_line_ends_become_whole(read_pages: Read) -> None:
    body = [
        "The three cities share one well-known administra-",
        "tion of harbours, which a well-",
        "known office in Yunhe leads from its tower.",
    ]
    (block,) = read_pages([simple(body)]).blocks
    assert (
        block.text
        == "The three cities share one well-known administration of harbours, which a well-known office in Yunhe leads from its tower."
    )


def test_chinese_lines_join_without_spaces(read_pages: Read) -> None:
    (block,) = read_pages([simple(["灯塔湾由云禾、马伦港和石桥三座城市组成，人口在2031", "年达到412万人，比十年前多出37万人。"])]).blocks
    assert block.text == "灯塔湾由云禾、马伦港和石桥三座城市组成，人口在2031年达到412万人，比十年前多出37万人。"
    assert block.language == "zh"


def test_white_space_parts_paragraphs_and_bullets_make_items(read_pages: Read) -> None:
    body = [
        "Port Maren has two harbours that",
        "are open all year.",
        "",
        "Yunhe has none.",
        "",
        "\u2022 kites are made here",
        "\u2022 boats are mended",
        "  in two yards",
    ]
    document = read_pages([simple(body)])
    assert texts(document, "paragraph") == ["Port Maren has two harbours that are open all year.", "Yunhe has none."]
    assert texts(document, "item") == ["kites are made here", "boats are mended in two yards"]


def test_headings_are_told_by_size_and_by_weight(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        y = lines(canvas, ["Port Maren"], size=18) - 10
        y = lines(canvas, ["Transport"], y=y, size=14) - 6
        y = lines(canvas, filler("ferry", 6), y=y) - 10
        y = lines(canvas, ["Fares of the ferry"], y=y, font="Helvetica-Bold") - 8
        lines(canvas, ["A crossing costs 14 crowns."], y=y)

    document = read_pages([draw])
    assert document.blocks[0].section == ("Port Maren", "Transport")
    assert document.blocks[-1].section == ("Port Maren", "Transport", "Fares of the ferry")


def test_each_block_of_a_bilingual_page_has_its_language(read_pages: Read) -> None:
    body = [
        "云禾的风力发电量占全湾的58%，居三座城市之首。",
        "",
        "Yunhe generates 58% of the wind power of the whole bay, more than the others.",
    ]
    assert [block.language for block in read_pages([simple(body)]).blocks] == ["zh", "en"]


def ruled_table(canvas: Canvas, rows: list[tuple[str, str]], y: float = 700) -> None:
    for left, right in rows:
        lines(canvas, [left], y=y)
        lines(canvas, [right], x=220, y=y)
        canvas.line(LEFT, y - 4, 210, y - 4)
        canvas.line(210, y - 4, 400, y - 4)
        y -= 18


def test_a_table_with_rules_gives_rows(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, filler("harbour", 4))
        ruled_table(canvas, [("Land area", "846 square kilometers"), ("Population", "1.68 million"), ("GDP", "RMB291.5 billion")])
        lines(canvas, ["Source: Yunhe Statistics Bureau"], y=640)

    document = read_pages([draw])
    assert texts(document, "row") == ["Land area | 846 square kilometers", "Population | 1.68 million", "GDP | RMB291.5 billion"]
    assert texts(document, "source") == ["Source: Yunhe Statistics Bureau"]


def test_cells_that_wrap_stay_cells(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 660, 620):
            canvas.line(LEFT, y, 160, y)
            canvas.line(160, y, 400, y)
        lines(canvas, ["Place", ""], y=704)
        lines(canvas, ["Measure"], x=170, y=704)
        lines(canvas, ["Heron", "Island"], y=686)
        lines(canvas, ["Founders pay no rent", "for two years"], x=170, y=686)
        lines(canvas, ["Gannet"], y=646)
        lines(canvas, ["Loans of 750,000"], x=170, y=646)

    document = read_pages([draw])
    assert texts(document, "row") == ["Heron Island | Founders pay no rent for two years", "Gannet | Loans of 750,000"]
    assert document.blocks[-1].header == ("Place", "Measure")


def test_a_table_without_rules_is_told_by_its_edges(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        y = lines(canvas, filler("table", 3)) - 10
        for row in (
            ("City", "Area", "People"),
            ("Yunhe", "846", "1.68 million"),
            ("Maren", "512", "0.94 million"),
            ("Stonebridge", "77", "1.50 million"),
        ):
            for x, cell in zip((LEFT, 200, 300), row, strict=True):
                lines(canvas, [cell], x=x, y=y)
            y -= 14

    document = read_pages([draw])
    assert texts(document, "row") == ["Yunhe | 846 | 1.68 million", "Maren | 512 | 0.94 million", "Stonebridge | 77 | 1.50 million"]


def test_a_sentence_cut_by_a_page_break_knows_both_pages(read_pages: Read) -> None:
    first = [*filler("law", 3), "", "Applicants of the Coral Fund must be between 18 and 40 years of age and they"]
    second = ["must have lived in the Tide Islands for three years.", "", *filler("fund", 3)]
    document = read_pages([simple(first, "7"), simple(second, "8"), simple(filler("sea"), "9")])
    cut = next(block for block in document.blocks if "Applicants" in block.text)
    assert [page for _, page in cut.pages] == ["7", "8"]
    assert cut.text.endswith("three years.")


def test_contents_are_not_indexed(read_pages: Read) -> None:
    contents = simple(["Contents", "", *(line for n in range(1, 8) for line in (f"Chapter {chr(64 + n)} of the report ........ {n}", ""))])
    document = read_pages([contents, *(simple(filler(f"sea {n}"), str(n)) for n in (1, 2, 3))])
    assert "Chapter" not in " ".join(texts(document))
    assert [page.label for page in document.pages] == ["1", "2", "3"]


def test_a_bullet_left_of_its_hanging_column_does_not_mix_the_columns(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, LEFT_COLUMN)
        lines(canvas, [*RIGHT_COLUMN[:4]], x=340, y=757)
        lines(canvas, ["\u2022 Kites of the island are made by hand in two yards"], x=330, y=707)
        lines(canvas, [*RIGHT_COLUMN[4:]], x=340, y=694.5)

    text = " ".join(texts(read_pages([draw])))
    assert text.index("quay number h") < text.index("eastern line a") < text.index("Kites") < text.index("eastern line e")


def test_columns_of_two_widths_on_one_page(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, LEFT_COLUMN)
        lines(canvas, RIGHT_COLUMN, x=340, y=757)
        for x, island in ((60, "Heron"), (230, "Gannet"), (400, "Curlew")):
            lines(canvas, [f"On {island} are boats {letter} of the bay" for letter in "klmnop"], x=x, y=600 - x / 50)

    text = " ".join(texts(read_pages([draw])))
    order = [
        "number a",
        "number h",
        "line a",
        "line h",
        "Heron are boats k",
        "Heron are boats p",
        "Gannet are boats k",
        "Curlew are boats p",
    ]
    assert [text.index(part) for part in order] == sorted(text.index(part) for part in order)


def test_a_heading_that_ends_the_left_column_comes_after_both(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        two_columns(LEFT_COLUMN, RIGHT_COLUMN, "Harbours")(canvas)
        lines(canvas, ["Kites"], y=630, size=16)
        canvas.showPage()
        lines(canvas, ["Kites are made in Yunhe."])

    document = read_pages([draw])
    assert {block.section for block in document.blocks if "line" in block.text} == {("Harbours",)}
    assert document.blocks[-1].section == ("Kites",)


def test_key_figures_side_by_side_keep_their_captions(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        cards = (
            (60, ["4.12 million"], "people live here"),
            (230, ["RMB291.5", "billion"], "gross product"),
            (400, ["58%"], "of power is wind"),
        )
        for x, numbers, caption in cards:
            y = lines(canvas, numbers, x=x, y=740, size=20)
            lines(canvas, [caption], x=x, y=y + 8)
        lines(canvas, filler("sea"), y=640)

    assert texts(read_pages([draw]), "figure") == [
        "4.12 million people live here",
        "RMB291.5 billion gross product",
        "58% of power is wind",
    ]


def test_bold_years_over_a_table_are_its_column_names(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, filler("table", 3))
        for y, row in ((700, ("Port", "2030", "2031")), (684, ("Yunhe", "846", "912")), (668, ("Maren", "512", "530"))):
            for x, cell in zip((LEFT, 200, 300), row, strict=True):
                lines(canvas, [cell], x=x, y=y, font="Helvetica-Bold" if y == 700 else "Helvetica")
            canvas.line(LEFT, y - 4, 360, y - 4)

    rows = [block for block in read_pages([draw]).blocks if block.kind == "row"]
    assert [(row.text, row.header) for row in rows] == [
        ("Yunhe | 846 | 912", ("Port", "2030", "2031")),
        ("Maren | 512 | 530", ("Port", "2030", "2031")),
    ]


def test_a_title_in_two_languages_with_dashes_is_split(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        lines(canvas, ["马伦港 – 灯塔湾的国际渡轮中心", "Port Maren – Centre of ferries", "of the whole bay"], size=16)
        lines(canvas, filler("ferry"), y=680)

    assert read_pages([draw]).blocks[0].section == ("Port Maren – Centre of ferries of the whole bay",)


def test_items_without_bullets_are_told_by_their_hanging_lines(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        y = lines(canvas, ["The council of the bay has named three aims for the years to come, and means to keep them:"]) - 6
        y = lines(canvas, ["boats for all;"], y=y) - 6
        y = lines(canvas, ["one fare for every ferry of the bay, whatever island it"], y=y)
        y = lines(canvas, ["leaves from;"], x=LEFT + 10, y=y) - 6
        y = lines(canvas, ["a lamp in each of the lighthouses that are dark, and a"], y=y)
        lines(canvas, ["keeper for it."], x=LEFT + 10, y=y)

    assert texts(read_pages([draw]), "item") == [
        "boats for all;",
        "one fare for every ferry of the bay, whatever island it leaves from;",
        "a lamp in each of the lighthouses that are dark, and a keeper for it.",
    ]


def test_a_heading_without_text_of_its_own_stands_over_others_of_its_size(read_pages: Read) -> None:
    def page(heads: tuple[tuple[str, int], ...]) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            y = 760.0
            for head, count in heads:
                y = lines(canvas, [head], y=y, size=14) - 6
                y = lines(canvas, filler(head.lower(), count), y=y) - 10

        return draw

    first = (("Harbours", 0), ("Fees", 4), ("Boats", 4), ("Islands", 0), ("Heron", 4), ("Gannet", 4))
    document = read_pages([page(first), page((("Weather", 8), ("Kites", 8)))])
    assert list(dict.fromkeys(block.section for block in document.blocks)) == [
        ("Harbours", "Fees"),
        ("Harbours", "Boats"),
        ("Islands", "Heron"),
        ("Islands", "Gannet"),
        ("Weather",),
        ("Kites",),
    ]


def test_headings_with_bullets_stand_under_the_one_without(read_pages: Read) -> None:
    def draw(canvas: Canvas) -> None:
        y = 760.0
        for head, count in (("Harbours", 0), ("\u2022 Fees", 4), ("\u2022 Boats", 4), ("Islands", 4)):
            y = lines(canvas, [head], y=y, size=14) - 6
            y = lines(canvas, filler(head.lower(), count), y=y) - 10

    document = read_pages([draw])
    assert list(dict.fromkeys(block.section for block in document.blocks)) == [("Harbours", "Fees"), ("Harbours", "Boats"), ("Islands",)]
