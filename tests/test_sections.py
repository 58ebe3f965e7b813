"""Headings that are none, and text that is one: titles of charts, and bullets that stand over a paragraph."""

from collections.abc import Callable

import pytest

from gbaqa.corpus.document import Document

Read = Callable[[str], Document]
Sections = list[tuple[str, tuple[str, ...]]]


def sections(document: Document) -> Sections:
    return [(block.text, block.section) for block in document.blocks]


# --- titles of charts


def test_text_behind_a_chart_stands_under_the_heading_before_its_title(document_of: Read) -> None:
    assert sections(
        document_of(
            "<!-- page: 4 en -->\n# Yunhe\n\n## Trade\n\n### Boats by port\n\nNorth port\n\nSouth port\n\n"
            "Source: Fishery Bureau\n\nThe trade of Yunhe grew.\n"
        )
    ) == [
        ("North port", ("Yunhe", "Trade", "Boats by port")),
        ("South port", ("Yunhe", "Trade", "Boats by port")),
        ("Source: Fishery Bureau", ("Yunhe", "Trade", "Boats by port")),
        ("The trade of Yunhe grew.", ("Yunhe", "Trade")),
    ]


def test_a_chinese_chart_opens_no_section_either(document_of: Read) -> None:
    document = document_of("<!-- page: 3 zh -->\n# 云禾\n\n## 贸易\n\n港口繁忙。\n\n## 各港渔船\n\n数据来源：渔业局\n\n贸易增长。\n")
    assert sections(document)[1:] == [
        ("数据来源：渔业局", ("云禾", "各港渔船")),
        ("贸易增长。", ("云禾", "贸易")),
    ]


def test_charts_in_a_row_are_left_together(document_of: Read) -> None:
    text = "### Boats\n\nSource: Fishery Bureau\n\n### Prices\n\nIn crowns\n\nSource: Price Office\n\nThe trade of Yunhe grew.\n"
    document = document_of(f"<!-- page: 4 en -->\n# Yunhe\n\n## Trade\n\n{text}")
    assert sections(document)[-2:] == [
        ("Source: Price Office", ("Yunhe", "Trade", "Prices")),
        ("The trade of Yunhe grew.", ("Yunhe", "Trade")),
    ]


def test_a_heading_behind_a_chart_nests_as_if_the_chart_were_not_there(document_of: Read) -> None:
    chart = "### Boats\n\nSource: Fishery Bureau\n\n"
    text = "<!-- page: 4 en -->\n# Yunhe\n\n## Trade\n\nIt grew.\n\n{}### Markets\n\nThere are two.\n"
    with_chart, without = (sections(document_of(text.format(part))) for part in (chart, ""))
    assert with_chart[-1] == without[-1] == ("There are two.", ("Yunhe", "Trade", "Markets"))


def test_a_chart_at_the_end_of_a_page_does_not_name_the_next_one(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 4 en -->\n# Yunhe\n\n### Boats\n\nSource: Fishery Bureau\n\n<!-- page: 6 en -->\nThe trade of Yunhe grew.\n"
    )
    assert sections(document)[-1] == ("The trade of Yunhe grew.", ("Yunhe",))


@pytest.mark.parametrize(
    ("between", "why"),
    [
        ("Fishing boats are counted in spring.\n\n", "a sentence"),
        ("North\n\nSouth\n\nEast\n\nWest\n\n", "more lines than a chart has captions"),
        ("Boats that were counted in each of the ports of the bay in the spring of that year\n\n", "a line too long for a caption"),
        ("| Port | Boats |\n| --- | --- |\n| North | 12 |\n\n", "a table"),
    ],
)
def test_a_heading_over_text_or_a_table_with_a_source_is_no_title_of_a_chart(document_of: Read, between: str, why: str) -> None:
    document = document_of(f"<!-- page: 4 en -->\n# Yunhe\n\n### Boats\n\n{between}Source: Fishery Bureau\n\nThe fleet grew.\n")
    assert sections(document)[-1] == ("The fleet grew.", ("Yunhe", "Boats")), why


# --- bullets that stand over a paragraph


def test_a_bullet_alone_over_a_paragraph_is_its_heading(document_of: Read) -> None:
    document = document_of(
        "<!-- page: 4 en -->\n# Yunhe\n\n## Trade\n\n- ▶ Fishing boats\n\nThey sail far.\n\nThey come back late.\n\n"
        "- ▶ Kite makers\n\nThey work at home.\n\n## Wind\n\nIt blows.\n"
    )
    assert [(block.kind, block.text, block.section) for block in document.blocks] == [
        ("item", "Fishing boats", ("Yunhe", "Trade")),
        ("paragraph", "They sail far.", ("Yunhe", "Trade", "Fishing boats")),
        ("paragraph", "They come back late.", ("Yunhe", "Trade", "Fishing boats")),
        ("item", "Kite makers", ("Yunhe", "Trade", "Fishing boats")),
        ("paragraph", "They work at home.", ("Yunhe", "Trade", "Kite makers")),
        ("paragraph", "It blows.", ("Yunhe", "Wind")),
    ]


def test_a_chinese_bullet_alone_is_a_heading_too_and_keeps_its_note(document_of: Read) -> None:
    document = document_of("<!-- page: 3 zh -->\n# 云禾\n\n- 渔业合作社[^1]\n\n合作社有四十三艘渔船。\n\n[^1]: 渔业局\n")
    (block,) = [block for block in document.blocks if block.kind == "paragraph"]
    assert block.section == ("云禾", "渔业合作社")
    assert block.context_marks == (1,)


def test_a_bullet_in_both_languages_opens_no_chapter(document_of: Read) -> None:
    """Or all that follows would stand under the bullet instead of under its chapter."""
    document = document_of(
        "<!-- page: 7 both -->\n# 云禾 Yunhe City Guide\n\n- 灯塔大桥 Lantern Bridge Works\n\nThe bridge is long.\n\n## 风\n\n风大。\n"
    )
    assert sections(document)[1:] == [
        ("The bridge is long.", ("Yunhe City Guide", "Lantern Bridge Works")),
        ("风大。", ("云禾", "风")),
    ]


@pytest.mark.parametrize(
    ("bullets", "paragraph", "why"),
    [
        ("- Red boats\n- Blue boats\n", "They sail far.", "a list"),
        ("- The boats are red.\n", "They sail far.", "a sentence"),
        ("- The boats are:\n", "Red and blue.", "it leads to what follows"),
        ("- Boats that sail from Port Maren\n", "and come back to Yunhe in the evening.", "the sentence goes on"),
        (f"- {'boats and kites ' * 9}\n", "They are many.", "too long for a heading"),
        ("- Red boats\n", "| Port | Boats |\n| --- | --- |\n| North | 12 |", "a table follows"),
        ("- Red boats\n", "<!-- page: 6 en -->\nThey sail far.", "the paragraph is on another page"),
    ],
)
def test_a_bullet_that_is_part_of_the_text_is_no_heading(document_of: Read, bullets: str, paragraph: str, why: str) -> None:
    document = document_of(f"<!-- page: 4 en -->\n# Yunhe\n\n{bullets}\n{paragraph}\n\nThe end is near.\n")
    assert {block.section for block in document.blocks} == {("Yunhe",)}, why


def test_a_bullet_at_the_end_of_a_document_is_an_item(document_of: Read) -> None:
    assert sections(document_of("<!-- page: 4 en -->\n# Yunhe\n\nBoats.\n\n- Red boats\n")) == [
        ("Boats.", ("Yunhe",)),
        ("Red boats", ("Yunhe",)),
    ]


# --- chapters whose English title is one word


def test_a_title_that_ends_in_one_english_word_heads_a_chapter_in_both_languages(document_of: Read) -> None:
    text = (
        "# 港口 The port\n\n<!-- page: 1 zh -->\n港口繁忙。\n\n<!-- page: 2 en -->\nThe port is busy.\n\n"
        "# 业绩 Results\n\n<!-- page: 3 zh -->\n## 贸易\n\n贸易增长。\n\n<!-- page: 4 en -->\n## Trade\n\nTrade grew.\n"
    )
    assert sections(document_of(text)) == [
        ("港口繁忙。", ("港口",)),
        ("The port is busy.", ("The port",)),
        ("贸易增长。", ("业绩 Results", "贸易")),
        ("Trade grew.", ("Results", "Trade")),
    ]


def test_a_lower_heading_or_an_abbreviation_heads_no_chapter(document_of: Read) -> None:
    text = (
        "# 手册\n\n<!-- page: 1 zh -->\n## 安装 Docker\n\n先下载。\n\n<!-- page: 2 en -->\nDownload it first.\n\n# 人均 GDP\n\nIt grew.\n"
    )
    assert sections(document_of(text)) == [
        ("先下载。", ("手册", "安装 Docker")),
        ("Download it first.", ()),
        ("It grew.", ("人均 GDP",)),
    ]
