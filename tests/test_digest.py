"""The digest that ships in corpus/: whole, in step in both languages, and readable to the last note."""

import re
from collections import Counter
from pathlib import Path

import pytest

from gbaqa.corpus.document import Document, Note
from gbaqa.corpus.load import load_corpus
from gbaqa.corpus.pagemap import PageMap, read_page_map

FOLDER = Path(__file__).parents[1] / "corpus" / "gba-optics"
FILES = sorted(FOLDER.glob("*.md"))
CHAPTERS = sorted({path.name.split(".")[0] for path in FILES})
PAGES = [str(number) for number in range(1, 106) if number not in (5, 6)]
# Numbers whose note the paper does not print in that language, and the pages of their marks.
NOT_PRINTED = {("en", 80): "51", ("en", 118): "87", ("en", 119): "87", ("en", 120): "87", ("zh", 146): "96"}


@pytest.fixture(scope="module")
def digest() -> Document:
    (document,) = load_corpus(FOLDER)
    return document


@pytest.fixture(scope="module")
def page_map() -> PageMap:
    return read_page_map(FOLDER / "gba-white-paper.pages.tsv", 10**6)


def read(path: Path) -> str:
    return path.read_text("utf-8")


def test_it_is_known_as_a_digest_of_the_paper(digest: Document) -> None:
    assert (digest.id, digest.metadata.kind, digest.metadata.stands_for) == ("gba-optics-digest", "digest", "gba-white-paper")
    assert digest.metadata.title == {"en": "GBA optics", "zh": "六通十一城聚光灯"}


def test_it_has_every_printed_page_but_the_contents(digest: Document) -> None:
    assert [page.label for page in digest.pages] == PAGES
    assert all(page.certain for page in digest.pages)
    assert [label for label in PAGES if not digest.blocks_on(label)] == []


def test_its_pages_are_in_the_languages_of_the_page_map(digest: Document, page_map: PageMap) -> None:
    """A page that the map calls one in both languages may have nothing but its heading in the second one."""
    mapped = {start.label: start.language for start in page_map.starts if start.label}
    for page in digest.pages:
        spoken = {block.language for block in digest.blocks_on(page.label)}
        assert set(page.languages) == spoken
        assert spoken <= {"zh", "en"} if mapped[page.label] == "both" else spoken == {mapped[page.label]}, page
    assert set(digest.page("104").languages) == {"zh", "en"}


def test_every_chapter_is_there_in_both_languages() -> None:
    assert sorted(path.name for path in FILES) == sorted(f"{chapter}.{language}.md" for chapter in CHAPTERS for language in ("zh", "en"))
    assert len(CHAPTERS) == 15


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_headings_have_the_same_structure_in_both_languages(chapter: str) -> None:
    levels = {
        language: [len(signs) for signs in re.findall(r"^(#+)\s", read(FOLDER / f"{chapter}.{language}.md"), re.MULTILINE)]
        for language in ("zh", "en")
    }
    assert levels["zh"] == levels["en"]
    assert levels["zh"][0] == 1


def test_all_notes_the_paper_prints_are_there(digest: Document) -> None:
    numbers = {language: {note.number for note in digest.notes if note.language == language} for language in ("zh", "en")}
    assert {(language, number) for language, own in numbers.items() for number in set(range(1, 150)) - own} == set(NOT_PRINTED)
    assert len(digest.notes) == 293


def test_every_mark_leads_to_a_note_of_its_language_that_names_a_source(digest: Document) -> None:
    found: list[Note] = []
    for block, mark in digest.marks():
        note = digest.resolve(mark, block)
        if (block.language, mark.number) not in NOT_PRINTED:
            assert note is not None, (block.text, mark.number)
            assert note.language == block.language, (block.text, mark.number)
            found.append(note)
    assert found
    assert [note for note in digest.notes if not note.text] == []


def test_marks_whose_note_the_paper_does_not_print_are_said_to_lead_nowhere(digest: Document) -> None:
    missing = {(language, number): page for page, language, number in digest.marks_without_note()}
    assert missing == NOT_PRINTED


def test_every_note_is_marked_but_the_one_that_the_paper_prints_without_a_mark(digest: Document) -> None:
    marked = {(block.language, mark.number) for block, mark in digest.marks()}
    assert [(note.language, note.number) for note in digest.notes if (note.language, note.number) not in marked] == [("en", 123)]


def test_no_note_is_defined_twice_in_a_language(digest: Document) -> None:
    count = Counter((note.language, note.number) for note in digest.notes)
    assert [key for key, times in count.items() if times > 1] == []


def test_addresses_of_notes_are_whole(digest: Document) -> None:
    urls = [note.url for note in digest.notes if note.url]
    assert len(urls) > 200
    assert [url for url in urls if url.count("(") != url.count(")")] == []
    assert [url for url in urls if not re.fullmatch(r"https?://[\w.-]+(?::\d+)?(?:/[^\s<>\\*\[\]]*)?", url)] == []
    # The first address of a note stands apart, further ones behind their sources in its text.
    assert [note.text for note in digest.notes if note.url and note.url in note.text.split() and note.text != note.url] == []
    assert [note.text for note in digest.notes if "http" in note.text and note.url is None] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_only_html_is_page_markers(path: Path) -> None:
    without_markers = re.sub(r"^<!-- page: \d+ (?:zh|en|both) -->$", "", read(path), flags=re.MULTILINE)
    assert re.findall(r"<(?!https?://)[/!A-Za-z][^>\n]*>?|&[a-z#0-9]+;", without_markers) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_files_are_clean_text(path: Path) -> None:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in data
    assert data.endswith(b"\n")
    assert not data.endswith(b"\n\n")
    assert re.findall(r"[ \t]+$|[\u200b\ufeff\u00ad]", data.decode(), re.MULTILINE) == []
    assert re.findall(r"[\u2e80-\u2fdf\ufb00-\ufb06]", data.decode()) == [], "radicals and ligatures of a PDF"


def test_no_markup_is_left_in_what_is_quoted(digest: Document) -> None:
    left = re.compile(
        r"\*\*|(?<![\w*])\*\S|\S\*(?![\w*])|\[\^|\]\(|</?[A-Za-z]|^#+\s|^\s*[-*•►▶]\s|\\|`|&[a-z]+;|\|\s*-{3}|\x00|(?<!\w)_\w|\w_(?!\w)"
    )
    spoken = [block.text for block in digest.blocks] + [title for block in digest.blocks for title in (*block.section, *block.header)]
    assert [text for text in spoken if left.search(re.sub(r"https?://\S+", "", text))] == []
    assert [block.text for block in digest.blocks if not block.text.strip()] == []


def test_every_block_stands_under_a_heading_of_its_language(digest: Document) -> None:
    han = re.compile(r"[\u4e00-\u9fff]")
    assert [(block.pages[0][1], block.text) for block in digest.blocks if not block.section] == []
    assert [
        block.section for block in digest.blocks if block.language == "zh" and not any(han.search(title) for title in block.section)
    ] == []
    assert [block.section for block in digest.blocks if block.language == "en" and any(han.search(title) for title in block.section)] == []


@pytest.mark.parametrize(
    ("page", "title"), [("13", "Shenzhen"), ("11", "深圳"), ("28", "Foshan"), ("27", "佛山"), ("25", "Macau"), ("23", "澳门")]
)
def test_the_chapter_of_a_city_is_named_above_its_text(digest: Document, page: str, title: str) -> None:
    assert [block.section for block in digest.blocks_on(page) if title not in block.section[0]] == []


def test_every_block_is_one_paragraph_of_its_file(digest: Document) -> None:
    """The digest has no sentence cut by a break, so nothing may be joined."""
    sources = {path.name: read(path) for path in FILES}
    joined = [block.text for block in digest.blocks if "\n\n" in sources[block.source][slice(*block.span)]]
    assert joined == []
    assert [block.text for block in digest.blocks if len(block.pages) > 1] == []


def test_both_languages_tell_about_the_same_amount(digest: Document) -> None:
    count = Counter(block.language for block in digest.blocks)
    assert 0.85 < count["zh"] / count["en"] < 1.15


def test_every_table_row_has_column_names(digest: Document) -> None:
    assert [block.text for block in digest.blocks if block.kind == "row" and not any(block.header)] == []


@pytest.mark.shared
def test_it_is_told_in_our_own_words_and_agrees_with_the_paper(shared: Path) -> None:
    """The independent check that ships with the paper: own words, pages, precision, recall, notes."""
    import subprocess
    import sys

    checked = subprocess.run([sys.executable, shared / "tools" / "check_digest.py", *FILES], capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
