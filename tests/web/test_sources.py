"""Source cards: what they say of a page, and that nothing a document says becomes part of the page."""

import re

import pytest

from gbaqa.answering.answer import Answer, Citation, Footnote, Passage, Twin
from gbaqa.web.links import outside_link, web_address
from gbaqa.web.sources import card_id, sources_html
from gbaqa.web.texts import TEXTS

_HOSTILE = "<img src=x onerror=\"alert('1')\">&"


def answer(*citations: Citation, **fields: object) -> Answer:
    return Answer.model_validate(
        {"question": "q", "language": "en", "status": "answered", "answer": "a [1]", "confidence": 1, "citations": citations} | fields
    )


def citation(**fields: object) -> Citation:
    return Citation.model_validate({"mark": 1, "document": "d", "page": "13", "language": "en", "quote": "The quay is long."} | fields)


def words_of(html: str) -> str:
    """What a reader sees of the sources, without what can be done with each."""
    said = re.sub(r'<div class="actions">.*?(?=</section>)', "", html)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", said)).strip()


def test_a_card_shows_page_section_quote_note_and_the_other_language() -> None:
    note = Footnote(number=7, text="Harbour Office", url="https://www.harbour.example/a?b=1&c=2", language="en")
    twin = Twin(page="11", language="zh", quote="码头很长。", footnotes=[note.model_copy(update={"text": "港务处", "language": "zh"})])
    html = sources_html(answer(citation(section=["City", "Port"], footnotes=[note], twin=twin, title="Harbours")), 2)
    assert words_of(html) == (
        "Sources Harbours 1 p. 13 City › Port The quay is long. Note 7 Harbour Office harbour.example "
        "In Chinese · p. 11 码头很长。 Note 7 港务处 harbour.example"
    )
    assert f'id="{card_id(2, 1)}"' in html
    assert '<blockquote lang="en">The quay is long.</blockquote>' in html
    assert 'href="https://www.harbour.example/a?b=1&amp;c=2"' in html
    assert 'target="_blank" rel="noopener noreferrer"' in html


def test_each_source_is_copied_cited_and_kept_by_itself() -> None:
    html = sources_html(answer(citation(), citation(mark=2)), 1)
    assert re.findall(r'data-mark="(\d)"', html) == ["1", "2"]
    assert html.count("data-copy=") == html.count("data-keep=") == 2
    assert html.count('data-of="citation" data-format="footnote"') == 2


def test_everything_of_a_document_is_escaped() -> None:
    note = Footnote(number=1, text=_HOSTILE, url=f"https://x.example/{_HOSTILE}", language="en")
    twin = Twin(page=_HOSTILE, language="zh", quote=_HOSTILE, footnotes=[note], agrees=False)
    hostile = citation(page=_HOSTILE, section=[_HOSTILE], quote=_HOSTILE, title=_HOSTILE, footnotes=[note], twin=twin)
    html = sources_html(answer(hostile), 1)
    assert "<img" not in html
    assert 'onerror="' not in html
    assert html.count("&lt;img") >= 8


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "//other.example/x",
        "/gradio_api/x",
        "https://",
        "http://[",
        "",
        None,
    ],
)
def test_only_addresses_of_the_web_become_links(url: str | None) -> None:
    assert web_address(url) is None
    assert "<a" not in outside_link(url)
    assert "<script" not in outside_link(url)


def test_an_uncertain_page_is_said_to_be_about_there() -> None:
    assert "<h4" in sources_html(answer(citation(page="73", page_certain=False)), 1)
    assert "about p. 73" in words_of(sources_html(answer(citation(page="73", page_certain=False)), 1))
    assert "约第73页" in words_of(sources_html(answer(citation(page="73", page_certain=False), language="zh-Hans"), 1))


def test_a_document_without_pages_gives_its_sheet_or_says_so() -> None:
    assert "PDF sheet 15" in words_of(sources_html(answer(citation(page=None, sheet=15)), 1))
    assert "No page number" in words_of(sources_html(answer(citation(page=None)), 1))


@pytest.mark.parametrize(
    ("language", "page", "twin"),
    [
        ("en", "Digest of p. 13", "In Chinese · Digest of p. 11"),
        ("zh-Hans", "第13页摘要", "中文版：第11页摘要"),
        ("zh-Hant", "第13頁摘要", "中文版：第11頁摘要"),
    ],
)
def test_a_digest_is_called_one_and_never_quoted(language: str, page: str, twin: str) -> None:
    digest = citation(is_digest=True, twin=Twin(page="11", language="zh", quote="码头很长。"))
    html = sources_html(answer(digest, language=language), 1)
    assert page in words_of(html)
    assert twin in words_of(html)
    assert "blockquote" not in html
    assert "<q" not in html


def test_a_digest_of_an_uncertain_page_stays_uncertain() -> None:
    assert "Digest of about p. 73" in words_of(sources_html(answer(citation(page="73", page_certain=False, is_digest=True)), 1))


def test_texts_that_differ_are_pointed_out() -> None:
    twin = Twin(page="4", language="zh", quote="15克朗")
    assert TEXTS["en"].differs not in sources_html(answer(citation(twin=twin)), 1)
    differs = twin.model_copy(update={"agrees": False})
    assert TEXTS["en"].differs in sources_html(answer(citation(twin=differs)), 1)


def test_in_what_texts_differ_is_said_where_it_is_known() -> None:
    twin = Twin(page="4", language="zh", quote="15克朗", agrees=False, disagreement="The Chinese text says <15克朗>.")
    html = sources_html(answer(citation(twin=twin)), 1)
    assert '<p class="differs">The Chinese text says &lt;15克朗&gt;.</p>' in html
    assert TEXTS["en"].differs not in html


def test_a_note_of_the_other_language_is_marked_as_such() -> None:
    note = Footnote(number=146, text="Port Authority", url=None, language="en")
    html = sources_html(answer(citation(language="zh", footnotes=[note]), language="zh-Hans"), 1)
    assert "注146 Port Authority 见于英文版" in words_of(html)


def test_the_cards_speak_the_script_of_the_answer() -> None:
    html = sources_html(answer(citation(language="zh", title="六通十一城聚光灯", quote="码头很长。"), language="zh-Hant"), 1)
    assert words_of(html) == "出處 六通十一城聚光燈 1 第13頁 码头很长。"


def test_titles_stand_on_the_cards_where_several_documents_are_cited() -> None:
    html = sources_html(answer(citation(title="Harbours"), citation(mark=2, title="Ferries", quote="The ferry is fast.")), 1)
    assert words_of(html) == "Sources 1 p. 13 Harbours The quay is long. 2 p. 13 Ferries The ferry is fast."


def test_a_refusal_points_to_the_nearest_pages_in_its_language_and_quotes_none() -> None:
    near = [
        Passage(page="4", language="zh", score=3, text="票价", section=["票价"]),
        Passage(page="3", language="en", score=2, text="A single crossing", section=["Fares"]),
        Passage(page="3", language="en", score=2, text="Children", section=["Fares"]),
    ]
    html = sources_html(answer(status="refused", passages=near), 1)
    assert words_of(html) == "Closest to your question p. 3 Fares"
    assert "blockquote" not in html


def test_a_refusal_without_passages_has_no_sources() -> None:
    assert sources_html(answer(status="refused"), 1) == ""


def test_an_answer_that_still_grows_has_no_sources() -> None:
    assert sources_html(answer(), 1) == ""
