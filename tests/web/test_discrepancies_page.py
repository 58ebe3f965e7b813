"""The page of differences: ranked, filtered by kind, in three scripts, escaped, and honest where there is nothing to compare."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index, open_index
from gbaqa.web.discrepancies import DiscrepanciesPage, highlighted
from gbaqa.web.server import create_app
from gbaqa.web.texts import TEXTS

_BAKERY = """\
# 面包房 Bakeries

<!-- page: 7 zh -->

云梯镇的面包房每天卖出<b>4,200</b>个面包，比去年多一成。

磨坊街的烤炉于2031年3月点火，造价为人民币6万元。

面粉仓库每月消耗超过90吨小麦，由两家农场供应。

所有的学徒都住在镇上的宿舍里。

<!-- page: 8 en -->

The bakeries of Ladder Town sell <b>4,600</b> loaves of bread a day, 10% more than last year.

The oven of Mill Street was lit in May 2031 and cost RMB60,000.

The flour store uses 90 tonnes of wheat a month, supplied by two farms.

All apprentices live in the dormitory of the town.
"""


def page_of(folder: Path, text: str) -> DiscrepanciesPage:
    (folder / "bakeries.md").write_text(text, "utf-8")
    settings = Settings(corpus=folder / "bakeries.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return DiscrepanciesPage(open_index(settings))


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> DiscrepanciesPage:
    return page_of(tmp_path_factory.mktemp("bakeries"), _BAKERY)


def words_of(html: str) -> str:
    """What a reader sees."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def marked(html: str) -> list[str]:
    return [unescape(value) for value in re.findall(r"<mark>(.*?)</mark>", html)]


def test_both_quotes_stand_with_their_pages_and_the_values_highlighted(page: DiscrepanciesPage) -> None:
    html = page.html("en")
    assert marked(html)[2:4] == ["4,200", "4,600"]  # a month weighs more than a count
    assert {"超过90吨", "90 tonnes", "2031年3月", "May 2031"} <= set(marked(html))
    assert "Figure Chinese · p. 7 云梯镇" in words_of(html)
    assert "English · p. 8 The bakeries" in words_of(html)
    assert "dormitory" not in html


def test_kinds_are_links_with_their_counts_and_filter_the_list(page: DiscrepanciesPage) -> None:
    everything = page.html("en")
    kinds = set(re.findall(r'href="discrepancies\?kind=(\w+)"', everything))
    assert kinds == {"figure", "qualifier", "date"}
    assert re.search(r'href="discrepancies" aria-current=page>All <span>3</span>', everything)
    dates = page.html("en", "date")
    assert marked(dates) == ["2031年3月", "May 2031"]
    assert re.search(r'kind=date" aria-current=page>Date <span>1</span>', dates)


@pytest.mark.parametrize("kind", ["polarity", "none", "<script>"])
def test_a_kind_that_is_not_there_shows_all(page: DiscrepanciesPage, kind: str) -> None:
    assert page.html("en", kind) == page.html("en")


@pytest.mark.parametrize(("script", "kind"), [("en", "Figure"), ("zh-Hans", "数字"), ("zh-Hant", "數字")])
def test_the_page_speaks_the_readers_script(page: DiscrepanciesPage, script: str, kind: str) -> None:
    html = page.html(script)  # type: ignore[arg-type]
    assert words_of(html).startswith(TEXTS[script].discrepancies)  # type: ignore[index]
    assert f"<h2>{kind}</h2>" in html


def test_everything_of_a_document_is_escaped() -> None:
    assert highlighted("<i>4</i> & 5", "4") == "&lt;i&gt;<mark>4</mark>&lt;/i&gt; &amp; 5"
    assert highlighted("<img src=x>", None) == "&lt;img src=x&gt;"
    assert highlighted("a <b> c", "<b>") == "a <mark>&lt;b&gt;</mark> c"


@pytest.mark.parametrize(
    ("quote", "value", "expected"),
    [
        ("40 of 140 or 40.5 or 40,000", "40", ["40"]),
        ("香港 | 渔业计划", "Hong Kong", ["香港"]),
        ("The SZSE in Shenzhen", "Shenzhen", ["Shenzhen"]),
        ("最高30万元", "30万元", ["30万元"]),
        ("nothing of the kind", "7", []),
    ],
)
def test_a_value_is_highlighted_as_a_whole(quote: str, value: str, expected: list[str]) -> None:
    assert marked(highlighted(quote, value)) == expected


def test_documents_in_one_language_leave_nothing_to_compare(tmp_path: Path) -> None:
    html = page_of(tmp_path, _BAKERY.partition("<!-- page: 8 en -->")[0]).html("en")
    assert TEXTS["en"].one_language in words_of(html)
    assert "<nav" not in html


def test_languages_that_agree_are_said_to(tmp_path: Path) -> None:
    html = page_of(
        tmp_path, "# 茶 Tea\n\n<!-- page: 1 zh -->\n\n茶馆有14张桌子。\n\n<!-- page: 2 en -->\n\nThe tea house has 14 tables.\n"
    ).html("en")
    assert TEXTS["en"].no_discrepancies in words_of(html)


@pytest.fixture
def client(ferries: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(ferries)) as client:
        yield client


def test_the_server_has_the_page_in_the_browsers_language_and_asks_no_other_host(client: TestClient) -> None:
    response = client.get("/discrepancies?kind=figure", headers={"accept-language": "zh-HK"})
    assert response.status_code == 200
    assert '<html lang="zh-Hant">' in response.text
    assert 'href="pages/heron-straits/4?q=' in response.text
    assert not re.findall(r"(?:src|href)=\"?(?:https?:)?//|url\(|@import", response.text)
