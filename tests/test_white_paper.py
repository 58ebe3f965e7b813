"""The white paper itself, read from ../shared. Facts only: none of its sentences stands here."""

import re
from pathlib import Path

import pytest

from gbaqa.corpus.bylines import is_said_in_both_languages
from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus
from gbaqa.corpus.pagemap import read_page_map

pytestmark = pytest.mark.shared

PAGES = [str(number) for number in range(1, 106) if number not in (5, 6)]
NOT_PRINTED = {("en", 80): "51", ("en", 118): "87", ("en", 119): "87", ("en", 120): "87", ("zh", 146): "96"}
# Marks of a chart's own key, which are no marks of notes 1 and 2.
CHART_KEYS = {("zh", 1): "81", ("zh", 2): "81"}


@pytest.fixture(scope="module")
def paper(shared: Path) -> Document:
    (document,) = load_corpus(shared / "corpus")
    return document


def url_of(paper: Document, language: str, number: int) -> str | None:
    (note,) = [note for note in paper.notes if (note.language, note.number) == (language, number)]
    return note.url


def test_it_has_103_printed_pages(paper: Document) -> None:
    assert [page.label for page in paper.pages] == PAGES
    assert [label for label in PAGES if not paper.blocks_on(label)] == []


def test_pages_are_as_certain_and_in_the_languages_as_the_map_says(paper: Document, shared: Path) -> None:
    page_map = read_page_map(shared / "corpus" / "gba-white-paper.pages.tsv", 10**6)
    starts = {start.label: start for start in page_map.starts if start.label}
    assert {page.label: page.certain for page in paper.pages} == {label: start.certain for label, start in starts.items()}
    for page in paper.pages:
        wanted = {"zh", "en"} if starts[page.label].language == "both" else {starts[page.label].language}
        assert set(page.languages) == wanted
        assert {block.language for block in paper.blocks_on(page.label) if not is_said_in_both_languages(block.text)} <= wanted


def test_who_signs_the_forewords_is_all_that_is_said_in_both_languages_at_once(paper: Document) -> None:
    said = [block for block in paper.blocks if is_said_in_both_languages(block.text)]
    assert [(block.pages[0][1], block.language) for block in said] == [("1", "zh"), ("1", "en"), ("3", "zh"), ("3", "en")]
    assert ["Jack Chan" in said[0].text, "Xu Wei" in said[2].text] == [True, True]


def test_it_has_293_notes_and_lacks_exactly_those_that_are_not_printed(paper: Document) -> None:
    numbers = {language: sorted(note.number for note in paper.notes if note.language == language) for language in ("zh", "en")}
    expected = {
        language: [number for number in range(1, 150) if (language, number) not in NOT_PRINTED] for language in ("zh", "en")
    }  # fmt: skip
    assert numbers == expected
    assert len(paper.notes) == 293


def test_marks_without_a_note_are_those_not_printed_and_the_keys_of_a_chart(paper: Document) -> None:
    missing = {(language, number): page for page, language, number in paper.marks_without_note()}
    assert missing == NOT_PRINTED | CHART_KEYS


def test_keys_of_a_chart_lead_to_no_note_at_all(paper: Document) -> None:
    keys = [(block, mark) for block, mark in paper.marks() if block.page_at(max(mark.offset - 1, 0)) == "81" and mark.number in (1, 2)]
    assert keys
    assert all(paper.resolve(mark, block) is None for block, mark in keys)


@pytest.mark.parametrize(
    ("language", "number", "page"),
    [("zh", 7, "11"), ("en", 7, "13"), ("zh", 12, "11"), ("en", 12, "13"), ("zh", 11, "11"), ("en", 11, "13")],
)
def test_notes_stand_on_their_printed_page(paper: Document, language: str, number: int, page: str) -> None:
    (note,) = [note for note in paper.notes if (note.language, note.number) == (language, number)]
    assert note.page == page


def test_a_note_of_both_languages_may_name_one_source(paper: Document) -> None:
    address = "http://tjj.sz.gov.cn/zwgk/zfxxgkml/tjsj/tjfx/content/post_10563496.html"
    assert [url_of(paper, language, 7) for language in ("zh", "en")] == [address, address]


@pytest.mark.parametrize(("language", "end"), [("zh", "HKSmartCityBlueprint(CHI)v2.pdf"), ("en", "v2.pdf")])
def test_an_address_with_parentheses_is_whole(paper: Document, language: str, end: str) -> None:
    assert (url_of(paper, language, 94) or "").endswith(end)


def test_addresses_are_without_escapes_and_names_without_addresses(paper: Document) -> None:
    urls = [note.url for note in paper.notes if note.url]
    assert len(urls) > 200
    assert [url for url in urls if url.count("(") != url.count(")")] == []
    assert [url for url in urls if not re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:/[^\s<>\\*\[\]]*)?", url)] == []
    assert [note.number for note in paper.notes if note.url and note.url in note.text and note.text != note.url] == []
    assert {note.number for note in paper.notes if "http" in note.text and note.text != note.url} == {85, 118, 129}  # several addresses
    assert [note.number for note in paper.notes if not note.text] == []


def test_no_markup_is_left_in_what_is_quoted(paper: Document) -> None:
    left = re.compile(r"\*\*|\[\^|\]\(|</?(?:p|b|i|li|ol|ul|br|sup)\b|^#+\s|^\s*[*•►▶]\s|&[a-z]+;|\x00|\\")
    assert [(block.pages[0][1], left.search(block.text)) for block in paper.blocks if left.search(block.text)] == []


def test_rows_of_the_city_tables_are_read_in_both_languages(paper: Document) -> None:
    rows = {(block.pages[0][1], block.text) for block in paper.blocks if block.kind == "row"}
    assert {("13", "Population | 17.66 million"), ("11", "人口 | 1,766万")} <= rows


def test_figures_of_an_info_graphic_are_joined_with_their_labels(paper: Document) -> None:
    figures = {block.text for block in paper.blocks_on("13") + paper.blocks_on("14") if block.kind == "figure"}
    assert any(re.fullmatch(r"33 \w+ \w+", text) for text in figures), figures
    assert any(text.startswith("23,000+ ") for text in figures), figures


def test_sentences_cut_by_a_page_break_know_both_pages(paper: Document) -> None:
    across = [block for block in paper.blocks if len(block.pages) > 1]
    assert len(across) >= 3
    for block in across:
        offsets = [offset for offset, _ in block.pages]
        assert offsets[0] == 0
        assert offsets == sorted(offsets)
        assert offsets[-1] < len(block.text)


def test_it_replaces_the_digest_wherever_it_lies_in_the_corpus(shared: Path, tmp_path: Path) -> None:
    """A reader drops the text, under any name and without its page map, into corpus/."""
    import shutil

    shutil.copytree(Path(__file__).parents[1] / "corpus", tmp_path / "corpus")
    shutil.copy(shared / "corpus" / "gba-white-paper.md", tmp_path / "corpus" / "downloaded.md")
    (document,) = load_corpus(tmp_path / "corpus")
    assert (document.id, document.metadata.kind) == ("gba-white-paper", "original")
    assert [page.label for page in document.pages] == PAGES
    assert len(document.notes) == 293
