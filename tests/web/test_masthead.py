"""The head of the page: titles of what is asked, in the reader's script."""

from dataclasses import replace

import pytest

from gbaqa.corpus.document import Document, Metadata, Page
from gbaqa.language.script import Script
from gbaqa.web.masthead import masthead_html, titles
from gbaqa.web.texts import TEXTS


def document(title: str, **fields: object) -> Document:
    metadata = Metadata(title={"en": title, "zh": "渡轮年报"}, **fields)  # type: ignore[arg-type]
    return Document("ferries", metadata, [Page("1", ("en",))], [], [], "")


@pytest.mark.parametrize(("script", "title"), [("en", "Ferry report"), ("zh-Hans", "渡轮年报"), ("zh-Hant", "渡輪年報")])
def test_a_title_is_in_the_readers_script(script: str, title: str) -> None:
    html = masthead_html([document("Ferry report")], script)
    assert html.startswith(f'<header class="masthead" lang="{script}">')
    assert f"<h1>{title}</h1>" in html


def test_one_document_is_shown_with_who_published_it_and_when() -> None:
    html = masthead_html([document("Ferries", subtitle={"en": "A survey"}, publishers={"en": ["Kite", "Quay"]}, year=2031)], "en")
    assert '<p class="imprint">A survey · Kite, Quay · 2031</p>' in html


def test_of_many_documents_the_first_titles_are_named() -> None:
    assert titles([document(name) for name in "ABCDEF"], "en") == "A · B · C · D · …"


def test_a_title_is_escaped() -> None:
    assert "<h1>&lt;b&gt;" in masthead_html([document("<b>")], "en")


def test_only_a_digest_is_announced_as_one() -> None:
    notice = TEXTS["en"].digest_notice
    assert notice in masthead_html([document("A", kind="digest")], "en")
    assert notice not in masthead_html([document("A")], "en")


@pytest.mark.parametrize("script", ["en", "zh-Hans", "zh-Hant"])
def test_differences_are_linked_where_a_document_is_in_two_languages(script: Script) -> None:
    one = document("A")
    two = replace(one, pages=[*one.pages, Page("2", ("zh",))])
    link = f'<a href="discrepancies" target="_blank" rel="noopener">{TEXTS[script].discrepancies}</a>'
    assert link in masthead_html([two], script)
    assert link not in masthead_html([one], script)


def test_the_city_board_is_linked_where_there_is_one() -> None:
    assert 'href="cities"' in masthead_html([document("A")], "en", with_cities=True)
    assert 'href="cities"' not in masthead_html([document("A")], "en")


@pytest.mark.parametrize("script", ["en", "zh-Hans", "zh-Hant"])
def test_the_languages_are_switched_by_links_that_say_which_is_current(script: Script) -> None:
    html = masthead_html([document("A")], script)
    assert html.count("data-lang=") == 3
    assert f'data-lang="{script}" aria-current="true"' in html
    assert html.count("aria-current") == 1
