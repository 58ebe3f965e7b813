"""Markdown read into blocks and notes: what a reader sees, on which page, backed by which note."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gbaqa.corpus.document import Block, Document
from gbaqa.corpus.figures import is_quantity
from gbaqa.corpus.inline import addresses, parse_inline
from gbaqa.corpus.load import load_corpus
from small_documents import TIDE_SURVEY, tide_survey_map

Read = Callable[[str], Document]


def texts(document: Document, kind: str | None = None) -> list[str]:
    return [block.text for block in document.blocks if kind in (None, block.kind)]


def block_with(document: Document, words: str) -> Block:
    (found,) = [block for block in document.blocks if words in block.text]
    return found


def notes_behind(document: Document, words: str) -> list[str | None]:
    """What the marks of the block with these words lead to."""
    block = block_with(document, words)
    notes = [document.resolve(mark, block) for mark in block.marks]
    return [note and note.text for note in notes]


# --- inline markup ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("*Kite* and **Bay** and ***both*** and __strong__ and _soft_", "Kite and Bay and both and strong and soft"),
        ("**云禾：**纸鸢之城", "云禾：纸鸢之城"),
        ("题为*Kites of the bay*的书，有*重点*和**粗体**字", "题为Kites of the bay的书，有重点和粗体字"),
        ("a * b * c, 5*3*2 and snake_case_name", "a * b * c, 5*3*2 and snake_case_name"),
        (r"HK\$5, a\_b, \#1, 1\. and \[sic\]", "HK$5, a_b, #1, 1. and [sic]"),
        (r"rated \*\*\* and \*starred\* and \_plain\_", "rated *** and *starred* and _plain_"),
        ("<p>One <b>bold</b> and <i>soft</i></p>", "One bold and soft"),
        ("one<br>two<br/>three<BR />four", "one\ntwo\nthree\nfour"),
        ("<p>One.</p> <p>Two.</p>", "One.\nTwo."),
        ("AT&amp;T &lt;3 &#35;1 &nbsp;end", "AT&T <3 #1 end"),
        ("3 < 5 and 7 > 6", "3 < 5 and 7 > 6"),
        ("before <!-- a comment --> after", "before after"),
        ("[Kite Institute](https://kite.example/a_b)", "Kite Institute"),
        ("[https://kite.example/a\\_b](https://kite.example/a_b)", "https://kite.example/a_b"),
        ("<https://kite.example/x_y_z>", "https://kite.example/x_y_z"),
        ("https://kite.example/a_b_c and https://kite.example/d_e_f", "https://kite.example/a_b_c and https://kite.example/d_e_f"),
        ("see [Kite (toy)](https://kite.example/kite_(toy)).", "see Kite (toy)."),
        ("![A map of the bay](https://kite.example/map.png)", "A map of the bay"),
        ("the `main` pier", "the main pier"),
        ("１２％ of ﬁsh", "12% of fish"),
        ("a\u3000\u3000b   c", "a b c"),
        ("", ""),
    ],
)
def test_text_is_what_a_reader_sees(written: str, seen: str) -> None:
    assert parse_inline(written).text == seen


@pytest.mark.parametrize(
    ("written", "seen", "marks"),
    [
        ("Trade grew<sup>7</sup>.", "Trade grew.", [(10, 7)]),
        ("Trade grew[^7].", "Trade grew.", [(10, 7)]),
        ("Trade grew <sup>7</sup>.", "Trade grew.", [(10, 7)]),
        ("**Trade grew<sup>7</sup>**. So", "Trade grew. So", [(10, 7)]),
        ("*Trade*[^7] grew", "Trade grew", [(5, 7)]),
        ("Trade<sup> 7 </sup> grew", "Trade grew", [(5, 7)]),
        ("增长6%<sup>7</sup>，下降2%<sup>8</sup>。", "增长6%，下降2%。", [(4, 7), (9, 8)]),
        ("Both<sup>7</sup><sup>8</sup>.", "Both.", [(4, 7), (4, 8)]),
        ("Both<sup>7,8</sup>.", "Both.", [(4, 7), (4, 8)]),
        ("占比6%<sup>7、8</sup>。", "占比6%。", [(4, 7), (4, 8)]),
        ("  Trade[^7]", "Trade", [(5, 7)]),
        ("[^7] Trade", "Trade", [(0, 7)]),
        ("H<sub>2</sub> on the 1<sup>st</sup>", "H2 on the 1st", []),
        ("RMB77.2 billion[^123]", "RMB77.2 billion", [(15, 123)]),
    ],
)
def test_marks_leave_the_text_and_keep_their_place(written: str, seen: str, marks: list[tuple[int, int]]) -> None:
    content = parse_inline(written)
    assert content.text == seen
    assert [(mark.offset, mark.number) for mark in content.marks] == marks


@pytest.mark.parametrize(("written", "seen"), [("846 km<sup>2</sup>", "846 km2"), ("面积为5万m<sup>2</sup>，", "面积为5万m2，")])
def test_the_exponent_of_a_unit_is_no_mark(written: str, seen: str) -> None:
    content = parse_inline(written)
    assert (content.text, content.marks) == (seen, ())


@pytest.mark.parametrize(
    ("line", "urls"),
    [
        (r"Bureau, [http://a.example/post\_1.html](http://a.example/post_1.html)", ["http://a.example/post_1.html"]),
        (r"Bureau, [http://a.example/post\\_1.html](http://a.example/post_1.html)", ["http://a.example/post_1.html"]),
        (r"Bureau, https://a.example/x\_y\_z", ["https://a.example/x_y_z"]),
        ("Bureau, <https://a.example/x?id=7&lang=en>", ["https://a.example/x?id=7&lang=en"]),
        ("Bureau, https://a.example/x?id=7&amp;lang=en.", ["https://a.example/x?id=7&lang=en"]),
        ("统计局，https://a.example/x。另见https://b.example/y；", ["https://a.example/x", "https://b.example/y"]),
        ("Toy, https://a.example/wiki/Kite_(toy)", ["https://a.example/wiki/Kite_(toy)"]),
        ("(see https://a.example/x)", ["https://a.example/x"]),
        ("[Bureau](https://a.example/x)", ["https://a.example/x"]),
        ("no address, www only", []),
    ],
)
def test_addresses_are_whole_and_without_escapes(line: str, urls: list[str]) -> None:
    assert addresses(line) == urls


# --- notes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "text", "url"),
    [
        ("[^7]: Bureau of Winds, https://w.example/a_b", "Bureau of Winds", "https://w.example/a_b"),
        ("<sup>7</sup> Bureau of Winds, <https://w.example/a_b>", "Bureau of Winds", "https://w.example/a_b"),
        (r"7 Bureau of Winds, [https://w.example/a\\_b](https://w.example/a_b)", "Bureau of Winds", "https://w.example/a_b"),
        ("7 Bureau of Winds", "Bureau of Winds", None),
        ("[^7]: *Wind Bulletin*, 2031", "Wind Bulletin, 2031", None),
        ("[^7]: https://w.example/a", "https://w.example/a", "https://w.example/a"),
        ("[^7]: Bureau of Winds, https://w.example/a.", "Bureau of Winds", "https://w.example/a"),
        ("[^7]: Bureau of Winds (https://w.example/a)", "Bureau of Winds", "https://w.example/a"),
        ("[^7]: [Bureau of Winds](https://w.example/a)", "Bureau of Winds", "https://w.example/a"),
        ("[^7]: Bureau of Winds, *Returns (April 2031)*", "Bureau of Winds, Returns (April 2031)", None),
        ("[^7]: Bureau of Winds (in Chinese), https://w.example/a", "Bureau of Winds (in Chinese)", "https://w.example/a"),
    ],
)
def test_a_note_gives_its_source_and_address_in_every_dialect(document_of: Read, line: str, text: str, url: str | None) -> None:
    document = document_of(f"<!-- page: 3 en -->\n\nWind power grew<sup>7</sup>.\n\n{line}\n")
    (note,) = document.notes
    assert (note.number, note.language, note.page, note.text, note.url) == (7, "en", "3", text, url)
    assert notes_behind(document, "Wind power") == [text]
    assert texts(document) == ["Wind power grew."]


@pytest.mark.parametrize("line", ["33 Unicorn enterprises", "2031 was the year of the kite.", "12 boats sailed, 3 came back."])
def test_a_line_that_starts_with_a_number_is_no_note_without_a_mark(document_of: Read, line: str) -> None:
    document = document_of(f"<!-- page: 1 en -->\nWind power grew[^7].\n\n{line}\n\n[^7]: Bureau\n")
    assert [note.number for note in document.notes] == [7]
    assert line in texts(document)


def test_a_plain_number_line_far_from_the_mark_of_that_number_is_no_note(document_of: Read) -> None:
    pages = "".join(f"<!-- page: {n} en -->\n\n" + "Words fill this page.\n\n" * 30 for n in range(2, 9))
    document = document_of(f"<!-- page: 1 en -->\nWind power grew<sup>7</sup>.\n\n{pages}7 Incubators of the island\n")
    assert document.notes == []
    assert "7 Incubators of the island" in texts(document)


def test_a_note_printed_a_page_later_still_resolves(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 en -->\nWind power grew<sup>7</sup>.\n\n<!-- page: 2 en -->\nMore text.\n\n7 Bureau of Winds, https://w.example/\n"
    )
    assert notes_behind(document, "Wind power") == ["Bureau of Winds"]
    assert document.notes[0].page == "2"


def test_each_language_has_its_own_note_of_a_number(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 zh -->\n风力发电增长[^7]。\n\n[^7]: 风能局\n\n<!-- page: 2 en -->\nWind power grew[^7].\n\n[^7]: Bureau of Winds\n"
    )
    assert notes_behind(document, "风力") == ["风能局"]
    assert notes_behind(document, "Wind") == ["Bureau of Winds"]
    assert document.marks_without_note() == []


def test_a_note_missing_in_one_language_is_given_in_the_other_and_said_to_be_missing(document_of: Read) -> None:
    document = document_of("<!-- page: 1 zh -->\n风力发电增长[^7]。\n\n[^7]: 风能局\n\n<!-- page: 2 en -->\nWind power grew[^7].\n")
    block = block_with(document, "Wind")
    note = document.resolve(block.marks[0], block)
    assert note is not None
    assert (note.text, note.language) == ("风能局", "zh")
    assert document.marks_without_note() == [("2", "en", 7)]


def test_a_note_missing_in_both_languages_is_never_guessed(document_of: Read) -> None:
    document = document_of("<!-- page: 1 zh -->\n风力发电增长[^8]。\n\n<!-- page: 2 en -->\nWind power grew[^8][^7].\n\n[^7]: Bureau\n")
    assert notes_behind(document, "风力") == [None]
    assert notes_behind(document, "Wind") == [None, "Bureau"]
    assert document.marks_without_note() == [("1", "zh", 8), ("2", "en", 8)]


def test_a_number_whose_note_stands_far_in_front_is_another_mark(document_of: Read) -> None:
    pages = "".join(f"<!-- page: {n} en -->\nWords on page {n}.\n\n" for n in range(2, 6))
    document = document_of(f"<!-- page: 1 en -->\nFirst[^1].\n\n[^1]: Bureau\n\n{pages}<!-- page: 6 en -->\nA chart's own key[^1].\n")
    assert notes_behind(document, "First") == ["Bureau"]
    assert notes_behind(document, "chart's") == [None]


@pytest.mark.parametrize("marker", ["<!-- page: 1 both -->", "<!-- page: 1 -->"])
def test_notes_on_a_page_in_both_languages_belong_to_their_own_language(document_of: Read, marker: str) -> None:
    document = document_of(
        f"{marker}\n\n风力发电量增长了百分之六左右[^7]。\n\nWind power grew by some six percent[^7].\n\n"
        "[^7]: 风能局\n[^7]: Bureau of Winds\n"
    )
    assert notes_behind(document, "风力") == ["风能局"]
    assert notes_behind(document, "Wind") == ["Bureau of Winds"]
    assert document.marks_without_note() == []


def test_a_chinese_page_may_name_english_sources(document_of: Read) -> None:
    document = document_of("<!-- page: 1 zh -->\n风力发电增长[^7]。\n\n[^7]: Bureau of Winds, *Annual Bulletin*\n")
    assert [note.language for note in document.notes] == ["zh"]
    assert notes_behind(document, "风力") == ["Bureau of Winds, Annual Bulletin"]


def test_a_note_covers_the_sentences_back_to_the_note_before(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 en -->\nWind grew. It led[^1]. Trade fell. It lagged[^2]. The rest is known.\n\n[^1]: Wind\n[^2]: Trade\n"
    )
    (block,) = document.blocks
    backed = {
        block.text[start:end]: list(block.notes_for((start, end)))
        for start, end in block.statement_spans
    }  # fmt: skip
    assert backed == {"Wind grew.": [1], "It led.": [1], "Trade fell.": [2], "It lagged.": [2], "The rest is known.": []}


def test_a_note_on_a_heading_backs_the_text_under_it(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n## Seven winds[^4]\n\nThey blow.\n\n## Calm\n\nNothing moves.\n\n[^4]: Almanac\n")
    assert block_with(document, "They blow").context_marks == (4,)
    assert block_with(document, "They blow").section == ("Seven winds",)
    assert block_with(document, "Nothing").context_marks == ()


def test_a_note_that_explains_is_a_block_behind_the_text_that_marks_it(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 en -->\nThe three pillars[^4] grew.\n\nNext paragraph.\n\n"
        "[^4]: The three pillars of the economy: kites, wind power and marine logistics.\n"
    )
    assert [(block.kind, block.text) for block in document.blocks] == [
        ("paragraph", "The three pillars grew."),
        ("note", "The three pillars of the economy: kites, wind power and marine logistics."),
        ("paragraph", "Next paragraph."),
    ]
    assert [mark.number for mark in document.blocks[1].marks] == [4]


@pytest.mark.parametrize("note", ["Bureau of Winds", "《风能年鉴》", "Bureau of Winds, the means of wind: a bulletin, https://w.example/a"])
def test_a_note_that_names_a_source_is_no_block(document_of: Read, note: str) -> None:
    document = document_of(f"<!-- page: 1 en -->\nWind grew[^4].\n\n[^4]: {note}\n")
    assert texts(document) == ["Wind grew."]


# --- tables ----------------------------------------------------------------------------------------------------------

PIPES = "| City | Boats |\n| --- | --- |\n| Yunhe | 12 |\n| Port Maren | 40 |\n"
TABS = "City\tBoats\nYunhe\t12\nPort Maren\t40\n"


@pytest.mark.parametrize("table", [PIPES, TABS], ids=["pipes", "tabs"])
def test_rows_stand_under_their_column_names(document_of: Read, table: str) -> None:
    document = document_of(f"<!-- page: 1 en -->\n## Fleet\n\n{table}")
    assert [(block.kind, block.text, block.header, block.section) for block in document.blocks] == [
        ("row", "Yunhe | 12", ("City", "Boats"), ("Fleet",)),
        ("row", "Port Maren | 40", ("City", "Boats"), ("Fleet",)),
    ]
    assert len({block.table for block in document.blocks}) == 1


@pytest.mark.parametrize(("first", "second"), [(PIPES, "| Fish | Price |\n| --- | --- |\n| Cod | 8 |\n"), (PIPES, "Fish\tPrice\nCod\t8\n")])
def test_tables_that_follow_each_other_keep_their_own_column_names(document_of: Read, first: str, second: str) -> None:
    document = document_of(f"<!-- page: 1 en -->\n{first}\n{second}")
    cod = block_with(document, "Cod")
    assert cod.header == ("Fish", "Price")
    assert cod.table != block_with(document, "Yunhe").table
    assert len(document.blocks) == 3


def test_rows_of_figures_need_no_column_names(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\nLand area\t846 km\nPopulation\t1.68 million\n")
    assert [(block.text, block.header) for block in document.blocks] == [("Land area | 846 km", ()), ("Population | 1.68 million", ())]


def test_a_merged_cell_is_repeated_in_the_rows_below(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n| Bay | City | Boats |\n|---|---|---|\n| North | Yunhe | 12 |\n| | Maren | 40 |\n")
    assert texts(document) == ["North | Yunhe | 12", "North | Maren | 40"]


def test_short_and_empty_rows_do_no_harm(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n| A | B | C |\n|---|---|---|\n| one |\n| | | |\n| two | 2 |\n||||\n")
    assert texts(document) == ["one", "two | 2"]


def test_an_escaped_bar_stays_inside_its_cell(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n| A | B |\n|---|---|\n| this \\| that | 2 |\n")
    assert texts(document) == ["this | that | 2"]


def test_marks_in_cells_and_column_names_back_the_row(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 en -->\n| City | Boats[^1] |\n| --- | --- |\n| Yunhe[^2] | 12 |\n\n[^1]: Fleet office\n[^2]: City hall\n"
    )
    (row,) = document.blocks
    assert row.header == ("City", "Boats")
    assert [(mark.offset, mark.number) for mark in row.marks] == [(5, 2)]
    assert row.context_marks == (1,)


def test_cells_of_running_text_become_paragraphs_under_row_and_column(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 en -->\nIsland\tPolicy\tEffect\n"
        "Heron\t<p><b>Rent:</b> None for two years<sup>1</sup>.</p> <p>Then half.</p>\t<ul><li>More boats.</li><li>More nets.</li></ul>\n"
        "\n<sup>1</sup> Heron council\n"
    )
    assert [(block.kind, block.text, block.section) for block in document.blocks] == [
        ("item", "Rent: None for two years.", ("Heron", "Policy")),
        ("item", "Then half.", ("Heron", "Policy")),
        ("item", "More boats.", ("Heron", "Effect")),
        ("item", "More nets.", ("Heron", "Effect")),
    ]
    assert notes_behind(document, "Rent") == ["Heron council"]
    assert [mark.offset for mark in document.blocks[0].marks] == [24]


def test_cells_of_an_html_table_do_not_run_together(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n<table><tr><th>City</th><th>Boats</th></tr><tr><td>Yunhe</td><td>12</td></tr></table>\n")
    read = " ".join(texts(document))
    assert "Yunhe12" not in read
    assert "CityBoats" not in read
    assert {"Yunhe", "12"} <= set(read.split())


# --- info-graphics ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "figures", "caption"),
    [
        (["Fleet at a glance", "33", "Sailing", "boats", "445", "Rowing boats", "23,000+", "Kites"],
         ["33 Sailing boats", "445 Rowing boats", "23,000+ Kites"], "Fleet at a glance"),
        (["Ferries", "12", "Buses", "40"], ["Ferries 12", "Buses 40"], ""),
        (["33家", "帆船厂", "4.5亿元", "产值"], ["33家 帆船厂", "4.5亿元 产值"], ""),
        (["HK$ 13.5 billion", "Trade volume", "240%", "Growth"], ["HK$ 13.5 billion Trade volume", "240% Growth"], ""),
        (["## 120万", "居民"], ["120万 居民"], ""),
        (["23 days", "without wind", "14 nights", "at anchor"], ["23 days without wind", "14 nights at anchor"], ""),
        (["2,700 teals", "voucher a year", "41", "kites"], ["2,700 teals voucher a year", "41 kites"], ""),
        (["22 of 31", "piers repaired", "64 of 88", "lamps lit"], ["22 of 31 piers repaired", "64 of 88 lamps lit"], ""),
        (["31座中的22座", "码头已修", "40%", "灯已亮"], ["31座中的22座 码头已修", "40% 灯已亮"], ""),
        (["3 minutes", "from the first warning of the harbour master until the last of the boats has been made fast", "9", "Pilots"],
         ["3 minutes from the first warning of the harbour master until the last of the boats has been made fast", "9 Pilots"], ""),
    ],
)  # fmt: skip
def test_loose_numbers_are_joined_with_their_labels(document_of: Read, lines: list[str], figures: list[str], caption: str) -> None:
    document = document_of("<!-- page: 1 both -->\n" + "\n\n".join(lines) + "\n\nSource: Bureau of Boats\n")
    assert texts(document, "figure") == figures
    assert {block.caption for block in document.blocks if block.kind == "figure"} == {caption}
    assert texts(document, "source") == ["Source: Bureau of Boats"]


def test_a_numbered_heading_is_no_figure(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n## 8 People\n\nWho sails\n\nThe crew sails every day.\n")
    assert texts(document, "figure") == []
    assert "8 People" in " ".join(" ".join(block.section) for block in document.blocks)


def test_where_notes_are_written_in_markdown_a_number_begins_none(document_of: Read) -> None:
    """A figure like "1 of 3" is no note, though a mark of that number stands above it."""
    document = document_of("<!-- page: 1 en -->\nBoats sail.[^1]\n\n1 of 3\n\nboats is red\n\n[^1]: Bureau of Boats, Log, 2024\n")
    assert [(note.number, note.text) for note in document.notes] == [(1, "Bureau of Boats, Log, 2024")]
    assert texts(document, "figure") == ["1 of 3 boats is red"]


def test_numbers_and_labels_on_different_pages_are_not_joined(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n33\n\n<!-- page: 2 en -->\nBoats\n")
    assert texts(document, "figure") == []
    assert texts(document) == ["33", "Boats"]


def test_short_paragraphs_without_a_number_are_no_figures(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\nBoats\n\nKites\n\nA proper sentence with 12 of them.\n")
    assert texts(document, "figure") == []
    assert texts(document) == ["Boats", "Kites", "A proper sentence with 12 of them."]


@pytest.mark.parametrize("text", ["33", "445", "23,000+", "4.5亿元", "33家", "US$3.38 trillion", "约20万", "58%", "240 MWh", "> 12", "第3"])
def test_a_number_with_its_unit_is_a_quantity(text: str) -> None:
    assert is_quantity(text)


@pytest.mark.parametrize("text", ["33 boats sailed", "Boats", "", "2031年云禾的渔船数量", "12. The next", "about", "3-5", "A4"])
def test_words_around_a_number_make_no_quantity(text: str) -> None:
    assert not is_quantity(text)


@pytest.mark.parametrize(
    "line", ["Source: Bureau of Boats", "Data source: Bureau", "数据来源：渔业局", "资料来源: 渔业局", "来源：渔业局", "Sources: A; B"]
)
def test_a_source_line_is_known(document_of: Read, line: str) -> None:
    assert texts(document_of(f"<!-- page: 1 both -->\nBoats sail.\n\n{line}\n"), "source") == [line]


# --- headings --------------------------------------------------------------------------------------------------------


def test_a_bilingual_heading_opens_a_chapter_for_both_languages(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 both -->\n# 云禾 Yunhe City Guide\n\n## 经济\n\n渔业增长。\n\n## Economy\n\nFishing grew.\n\n"
        "# 结论\n\n# Final remarks\n\n好。\n\nGood.\n"
    )
    assert [(block.text, block.section) for block in document.blocks] == [
        ("渔业增长。", ("云禾", "经济")),
        ("Fishing grew.", ("Yunhe City Guide", "Economy")),
        ("好。", ("结论",)),
        ("Good.", ("Final remarks",)),
    ]


def test_headings_nest_by_level_and_close_again(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n# Bay\n\na.\n\n## Trade\n\nb.\n\n### Fish\n\nc.\n\n## Wind\n\nd.\n\n# Hills\n\ne.\n")
    assert [block.section for block in document.blocks] == [
        ("Bay",), ("Bay", "Trade"), ("Bay", "Trade", "Fish"), ("Bay", "Wind"), ("Hills",)
    ]  # fmt: skip


def test_headings_side_by_side_are_both_above_the_text(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 en -->\n## North shore[^1]\n\n## South shore[^2]\n\nBoats of the North shore are red.\n\n[^1]: North\n[^2]: South\n"
    )
    (block,) = document.blocks
    assert block.section == ("North shore / South shore",)
    assert block.context_marks == (1,)


@pytest.mark.parametrize(
    ("heading", "seen", "text"),
    [
        ("##  **Trade** and *wind*  ##", "Trade and wind", "Boats sail."),
        ("## ▶ Trade", "Trade", "Boats sail."),
        ("## 1.2 C\\# & Co", "1.2 C# & Co", "Boats sail."),
        ("## 贸易与风", "贸易与风", "渡轮出海。"),
    ],
)
def test_headings_are_read_without_markup(document_of: Read, heading: str, seen: str, text: str) -> None:
    assert document_of(f"<!-- page: 1 both -->\n{heading}\n\n{text}\n").blocks[0].section == (seen,)


def test_an_empty_heading_is_nothing(document_of: Read) -> None:
    document = document_of("<!-- page: 1 en -->\n# Bay\n\n##\n\n## \n\nText.\n")
    assert [(block.text, block.section) for block in document.blocks] == [("Text.", ("Bay",))]


# --- running text ----------------------------------------------------------------------------------------------------


def test_lines_of_a_paragraph_are_joined_as_their_language_joins_them(document_of: Read) -> None:
    document = document_of("<!-- page: 1 both -->\nWind power\ngrew.\n\n风力\n发电增长，\n2031年也是。\n")
    assert texts(document) == ["Wind power grew.", "风力发电增长，2031年也是。"]


@pytest.mark.parametrize("sign", ["- ", "* ", "+ ", "• ", "► ", "- ▶ ", "  - "])
def test_list_items_lose_their_sign(document_of: Read, sign: str) -> None:
    document = document_of(f"<!-- page: 1 en -->\nThey are:\n\n{sign}kites\n{sign}boats\n")
    assert [(block.kind, block.text) for block in document.blocks] == [("paragraph", "They are:"), ("item", "kites"), ("item", "boats")]


def test_numbered_items_keep_their_number(document_of: Read) -> None:
    document = document_of("<!-- page: 1 both -->\n1. kites\n2. boats\n(一) 纸鸢\n")
    assert [(block.kind, block.text) for block in document.blocks] == [("item", "1. kites"), ("item", "2. boats"), ("item", "(一) 纸鸢")]


def test_a_minus_sign_at_the_start_of_a_figure_is_kept(document_of: Read) -> None:
    assert texts(document_of("<!-- page: 1 en -->\n-3.5% was the growth of that year.\n")) == ["-3.5% was the growth of that year."]


ZH = ("渔业合作社在过去十年里一直努力提高渔民的收入，", "并且为他们建造了新的渔船[^1]。后面还有一句。")
EN = (
    "The cooperatives have for ten years worked to raise the income of",
    "the fishermen and to build boats for them[^1]. One more sentence.",
)


@pytest.mark.parametrize(("language", "first", "rest"), [("zh", *ZH), ("en", *EN)])
@pytest.mark.parametrize(
    "between",
    [
        "<!-- page: 2 {language} -->",
        "\n[^9]: a note between\n\n<!-- page: 2 {language} -->\n",
        "\nA\tB\n1\t2\n\n<!-- page: 2 {language} -->\n",
        "\nSource: Bureau\n\n<!-- page: 2 {language} -->\n",
    ],
    ids=["nothing", "note", "table", "source"],
)
def test_a_sentence_cut_by_a_page_break_is_one_again_and_knows_both_pages(
    document_of: Read, language: str, first: str, rest: str, between: str
) -> None:
    document = document_of(f"<!-- page: 1 {language} -->\n{first}\n{between.format(language=language)}\n{rest}\n\n[^1]: Bureau 局\n")
    whole = block_with(document, first)
    glue = " " if language == "en" else ""
    assert whole.text == (first + glue + rest).replace("[^1]", "")
    assert whole.page_at(0) == "1"
    assert whole.page_at(len(first) - 1) == "1"
    assert whole.page_at(len(first) + 1) == "2"
    assert notes_behind(document, first) == ["Bureau 局"]


def test_a_column_break_in_extracted_text_cuts_a_sentence_too(tmp_path: Path) -> None:
    (tmp_path / "bay.md").write_text("\n".join([f"- {EN[0]}", "", EN[1], "", ZH[0], "", "图例\t图例", "", ZH[1]]), "utf-8")
    (tmp_path / "bay.pages.tsv").write_text("start_line\tpage\tlanguage\tconfidence\n1\t1\ten\tcertain\n5\t2\tzh\tcertain\n", "utf-8")
    (document,) = load_corpus(tmp_path)
    assert [block.kind for block in document.blocks] == ["item", "paragraph", "row"]


def test_a_sentence_goes_on_behind_a_page_in_the_other_language(document_of: Read) -> None:
    """Chinese and English alternate by page, so a sentence cut by a page break is two pages apart."""
    document = document_of(
        f"<!-- page: 1 zh -->\n{ZH[0]}\n<!-- page: 2 en -->\n{EN[0]}\n<!-- page: 3 zh -->\n{ZH[1]}\n<!-- page: 4 en -->\n{EN[1]}\n"
    )
    assert [(len(block.text) > 40, [page for _, page in block.pages]) for block in document.blocks] == [
        (True, ["1", "3"]),
        (True, ["2", "4"]),
    ]


def test_a_sentence_cut_twice_is_one_again(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 1 zh -->\n渔业合作社在过去十年里一直努力提高渔民的收入，\n"
        "<!-- page: 2 zh -->\n并且在群岛的七个港口为他们建造了新的渔船以及\n"
        "<!-- page: 3 zh -->\n新的码头和仓库。\n"
    )
    (block,) = document.blocks
    assert [page for _, page in block.pages] == ["1", "2", "3"]
    assert block.text.endswith("渔船以及新的码头和仓库。")


@pytest.mark.parametrize(
    ("language", "first", "rest"),
    [
        ("zh", "根据规划，全市的海洋产业总产值要在五年内翻一番，力争到", "2036年达到人民币2万亿元。"),
        ("en", "The pension fund of the islands will be paid out in full, and it is planned by", "2036 for all who have worked there."),
    ],
)
def test_the_rest_of_a_cut_sentence_may_start_with_a_number(document_of: Read, language: str, first: str, rest: str) -> None:
    document = document_of(f"<!-- page: 1 {language} -->\n{first}\n\n<!-- page: 2 {language} -->\n{rest}\n")
    assert len(document.blocks) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("The first paragraph ends here with a full stop.", "the second starts in lower case."),
        ("The three pillar industries of the whole bay are the following:", "kites, boats and wind."),
        ("A Label In Capitals Without Any Stop", "continues in lower case."),
        ("第一段在这里正常结束，有一个句号。", "第二段从这里开始。"),
        ("三座城市的人口与面积", "云禾有168万人。"),
    ],
)
def test_paragraphs_that_end_are_not_joined(document_of: Read, first: str, second: str) -> None:
    assert texts(document_of(f"<!-- page: 1 both -->\n{first}\n\n{second}\n")) == [first, second]


@pytest.mark.parametrize(
    ("item", "paragraph"),
    [
        ("海洋物流与远洋渔业综合服务中心建设项目", "云禾的风力发电量占全湾的58%。"),
        ("《关于灯塔湾渔船登记与停泊的若干规定》", "在云禾，渔船须在日落前靠岸。"),
        ("the building of a centre for marine logistics and fishing in", "2031 was the year of the kite."),
    ],
)
def test_a_list_item_without_a_stop_is_not_joined_with_the_paragraph_after_the_list(document_of: Read, item: str, paragraph: str) -> None:
    """Where the author set the pages, nothing but a page break cuts a sentence."""
    assert texts(document_of(f"<!-- page: 1 both -->\n- {item}\n\n{paragraph}\n")) == [item, paragraph]


def test_a_new_heading_ends_a_sentence_whatever_it_lacks(document_of: Read) -> None:
    document = document_of(f"<!-- page: 1 zh -->\n{ZH[0]}\n\n## 新的一节\n\n{ZH[1]}\n")
    assert [block.section for block in document.blocks] == [(), ("新的一节",)]


# --- pages and places ------------------------------------------------------------------------------------------------


def test_text_without_pages_stands_on_no_page(document_of: Read) -> None:
    document = document_of("# Bay\n\nBoats sail[^1].\n\n[^1]: Bureau\n")
    assert [page.label for page in document.pages] == [""]
    assert document.blocks[0].pages == ((0, ""),)
    assert notes_behind(document, "Boats") == ["Bureau"]


def test_a_title_in_front_of_the_first_page_marker_is_the_heading_of_what_follows(document_of: Read) -> None:
    document = document_of("# Yunhe: city of kites\n\n<!-- page: 4 en -->\n\n## Economy\n\nFishing grew.\n")
    assert [(block.text, block.section) for block in document.blocks] == [("Fishing grew.", ("Yunhe: city of kites", "Economy"))]


@pytest.mark.parametrize("heading", ["## e-HKD", "## GDP", "### GDP增速"])
def test_a_heading_in_latin_letters_on_a_chinese_page_is_above_its_chinese_text(document_of: Read, heading: str) -> None:
    document = document_of(f"<!-- page: 4 zh -->\n# 云禾\n\n{heading}\n\n渔业增长。\n\n## 风电\n\n风电增长。\n")
    assert [block.section for block in document.blocks] == [("云禾", heading.lstrip("# ")), ("云禾", "风电")]


def test_text_in_front_of_the_first_page_is_left_out(document_of: Read) -> None:
    assert texts(document_of("Cover text.\n\n<!-- page: 1 en -->\nInside.\n")) == ["Inside."]


def test_the_language_of_a_page_is_that_of_its_blocks(document_of: Read) -> None:
    document = document_of("<!-- page: 1 zh -->\nYunhe GDP 2031\n\n<!-- page: 2 both -->\n云禾的经济。\n\nYunhe's economy.\n\n2031\n")
    assert [(block.text, block.language) for block in document.blocks][:3] == [
        ("Yunhe GDP 2031", "zh"),
        ("云禾的经济。", "zh"),
        ("Yunhe's economy.", "en"),
    ]


def test_spans_point_at_the_lines_a_block_was_read_from(small_corpus: Path) -> None:
    for document in load_corpus(small_corpus):
        source = (small_corpus / f"{document.id}.md").read_text("utf-8")
        for block in document.blocks:
            assert 0 <= block.span[0] < block.span[1] <= len(source)
            if block.kind != "note":
                first_word = block.text.split()[0][:3]
                assert first_word in source[slice(*block.span)].replace("*", "").replace("<b>", "").replace("\\", ""), block


def test_the_extracted_style_is_read_whole(small_corpus: Path) -> None:
    """The small document in the style of the white paper, from cover to last page."""
    survey = next(document for document in load_corpus(small_corpus) if document.id == "tide-survey")
    assert [(page.label, page.certain) for page in survey.pages] == [("11", True), ("12", False), ("13", True), ("14", False), ("15", True)]
    fund = block_with(survey, "珊瑚基金批出86个项目")
    assert [page for _, page in fund.pages] == ["11", "12"]
    assert fund.text.endswith("18至40岁之间，并且须在潮汐群岛居住满三年。")
    assert notes_behind(survey, "珊瑚基金批出86个项目") == ["珊瑚基金秘书处", "潮汐财政署"]
    assert [note.url for note in survey.notes if note.number == 2] == [
        "https://finance.tide.example/zh/coral_fund", "https://finance.tide.example/en/coral_fund"
    ]  # fmt: skip
    assert texts(survey, "figure") == ["7 孵化器", "320家 初创企业", "7 Incubators", "320 Start-ups"]
    assert block_with(survey, "HK$750,000").section[-2:] == ("Gannet", "Policy")
    assert block_with(survey, "240兆瓦").section == ("潮汐能",)
    assert block_with(survey, "240 MW").section == ("Tidal energy",)
    assert survey.marks_without_note() == [("14", "en", 3)]
    assert "Saltmarsh Press" not in " ".join(texts(survey))
    assert tide_survey_map().count("\n") == 7
    assert not {"<", "*", "\\"} & set("".join(texts(survey))), TIDE_SURVEY


# --- endless input ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["'-' * 20_000 + ' x'", "'Boats\\n\\n' * 20_000"])
def test_odd_text_of_many_lines_or_signs_is_read_to_its_end(text: str, tmp_path: Path) -> None:
    """In a process of its own, which is ended where reading would take minutes or hours."""
    program = (
        "from pathlib import Path; from gbaqa.corpus.load import load_corpus\n"
        f"path = Path({str(tmp_path / 'odd.md')!r}); path.write_text({text}); assert load_corpus(path)[0].blocks"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=30)
