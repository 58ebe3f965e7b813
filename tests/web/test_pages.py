"""The view of a page: its text as printed, the quote, the notes, and the ways on from it."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from urllib.parse import quote as url_quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.corpus.document import Note
from gbaqa.index.store import build_index
from gbaqa.web import pages
from gbaqa.web.annotated import NoteMark, annotated
from gbaqa.web.page_texts import PAGE_TEXTS

_HOSTILE = """\
# 码头 <script>alert(1)</script> Quays

<!-- page: 1 en -->

## Piers <img src=x onerror=alert(1)>

The pier is <b>40</b> metres long & made of "oak"[^1].

[^1]: Harbour <i>Office</i>, [plan](javascript:alert(1))

<!-- page: 2 zh -->

## 码头

码头长40米。
"""


def client_of(assistant: Assistant) -> TestClient:
    app = FastAPI()
    app.include_router(pages.router(assistant))
    return TestClient(app)


@pytest.fixture(scope="module")
def client(small_assistant: Assistant) -> Iterator[TestClient]:
    with client_of(small_assistant) as client:
        yield client


def words_of(html: str) -> str:
    """What a reader sees of the page itself."""
    body = re.sub(r"<(style|script)>.*?</\\1>", "", html.partition("<main")[2], flags=re.DOTALL)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip()


def marked(html: str) -> str:
    return "|".join(unescape(re.sub(r"<[^>]+>", "", part)) for part in re.findall(r"<mark[^>]*>(.*?)</mark>", html))


def view(client: TestClient, label: str, quote: str = "", document: str = "lantern-bay", **headers: str) -> str:
    response = client.get(f"/pages/{document}/{label}?q={url_quote(quote)}", headers=headers)
    assert response.status_code == 200
    return response.text


def test_a_page_is_typeset_with_headings_table_list_and_notes(client: TestClient) -> None:
    html = view(client, "4")
    assert re.search(r"<h2[^>]*>Yunhe: city of kites</h2><h3[^>]*>Key figures</h3>", html)
    assert '<th scope="row">Population</th><td>1.68 million</td>' in html
    assert re.search(r"<ul><li[^>]*>kite making</li><li[^>]*>wind power</li>", html)
    assert '<a href="#note-en-2">2</a>' in html
    assert re.search(r'<li id="note-en-2">.*Note 2.*Yunhe Statistics Bureau.*href="https://stats.yunhe.example/en/gdp"', html)


def test_the_quote_is_highlighted_and_is_what_the_address_leads_to(client: TestClient) -> None:
    html = view(client, "4", "Yunhe generates 58% of the wind")
    assert marked(html) == "Yunhe generates 58% of the wind power of the whole bay3."
    assert html.count('id="quote"') == 1


def test_a_quoted_row_is_highlighted_cell_by_cell(client: TestClient) -> None:
    html = view(client, "4", "Population | 1.68 million")
    assert marked(html) == "Population|1.68 million"
    assert html.count('id="quote"') == 1


def test_words_that_are_not_on_the_page_are_said_not_to_be(client: TestClient) -> None:
    html = view(client, "4", "Yunhe has no kites at all")
    assert marked(html) == ""
    assert PAGE_TEXTS["en"].quote_missing in html


def test_the_same_passage_in_the_other_language_is_one_step_away(client: TestClient) -> None:
    html = view(client, "4", "Yunhe generates 58% of the wind power of the whole bay.")
    way = re.search(r'class="twin"><a href="([^"]+)">([^<]+)', html)
    assert way
    assert way[2] == "The same in Chinese: p. 3"
    followed = client.get("/" + unescape(way[1]).removeprefix("../../"))
    assert "58%" in marked(followed.text)
    assert "The same in English: p. 4" in words_of(followed.text)


def test_neighbouring_pages_are_linked_and_the_last_has_no_next(client: TestClient) -> None:
    html = view(client, "4")
    assert '<a rel="prev" href="../../pages/lantern-bay/3">Previous: p. 3</a>' in html
    assert '<a rel="next" href="../../pages/lantern-bay/5">Next: p. 5</a>' in html
    assert '<a rel="next"' not in view(client, "7")


def test_a_sentence_cut_by_the_page_stands_on_each_page_with_its_part(client: TestClient, small_assistant: Assistant) -> None:
    document = small_assistant.index.documents["tide-survey"]
    block = next(block for block in document.blocks if len(block.pages) > 1)
    (_, first), (at, second) = block.pages[:2]
    head, tail = block.text[:at].strip()[:12], block.text[at:].strip()[-12:]
    assert head in words_of(view(client, first, document="tide-survey"))
    assert tail not in words_of(view(client, first, document="tide-survey"))
    assert tail in words_of(view(client, second, document="tide-survey"))


@pytest.mark.parametrize(("language", "title"), [("en", "p. 4"), ("zh-CN", "第4页"), ("zh-HK", "第4頁")])
def test_the_frame_speaks_the_browsers_language(client: TestClient, language: str, title: str) -> None:
    assert f"<h1>{title}</h1>" in view(client, "4", **{"accept-language": language})


def test_a_language_that_is_chosen_is_remembered(small_assistant: Assistant) -> None:
    with client_of(small_assistant) as own:
        response = own.get("/pages/lantern-bay/4?lang=zh-Hant&q=kite+making")
        assert "<h1>第4頁</h1>" in response.text
        assert "q=kite+making&amp;lang=en" in response.text
        assert "<h1>第4頁</h1>" in own.get("/pages/lantern-bay/4").text


@pytest.mark.parametrize("address", ["/pages/lantern-bay/99", "/pages/none/1", "/pages/%3Cscript%3E/1", "/pages/lantern-bay/%3Cb%3E"])
def test_a_page_that_is_not_there_is_said_not_to_be(client: TestClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "There is no document" in response.text or "has no page" in response.text
    assert "<b>" not in response.text
    assert "<script>" not in response.text.partition("<main")[2]


def test_nothing_of_a_document_becomes_part_of_the_page(tmp_path: Path) -> None:
    (tmp_path / "quays.md").write_text(_HOSTILE, "utf-8")
    settings = Settings(corpus=tmp_path / "quays.md", index=tmp_path / "index", _env_file=None)
    build_index(settings)
    with client_of(Assistant.open(using=settings)) as own:
        html = own.get("/pages/quays/1?q=" + url_quote("The pier is <b>40</b>")).text.partition("<main")[2]
    assert "<img" not in html
    assert "<b>" not in html
    assert "<script" not in html
    assert "javascript:" not in "".join(re.findall(r'href="([^"]*)"', html))


def test_a_page_loads_nothing_and_runs_nothing_foreign(client: TestClient) -> None:
    response = client.get("/pages/lantern-bay/4")
    policy = response.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "'unsafe-inline'" not in policy.partition("script-src")[2].partition(";")[0]
    assert not re.findall(r'<(?:script|link|img)[^>]*(?:src|href)="(?:https?:)?//', response.text)


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        (None, "ab<sup>1</sup>cd"),
        ((0, 2), "<mark>ab<sup>1</sup></mark>cd"),
        ((1, 3), "a<mark>b<sup>1</sup>c</mark>d"),
        ((2, 4), "ab<sup>1</sup><mark>cd</mark>"),
        ((0, 9), "<mark>ab<sup>1</sup>cd</mark>"),
    ],
)
def test_marks_and_quotes_do_not_overlap(quoted: tuple[int, int] | None, expected: str) -> None:
    assert annotated("abcd", (0, 4), [NoteMark(2, 1, None)], quoted) == expected


def test_a_mark_leads_to_its_note_only_where_there_is_one() -> None:
    note = Note(number=3, language="zh", page="1", text="x", url=None)
    assert 'href="#note-zh-3"' in annotated("ab", (0, 2), [NoteMark(2, 3, note)])
    assert "href" not in annotated("ab", (0, 2), [NoteMark(2, 3, None)])
