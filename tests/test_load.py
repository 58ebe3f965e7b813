"""From a corpus folder to Documents: which files count, what they are called, and input that no one should give."""

from pathlib import Path

import pytest

from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus
from gbaqa.errors import CorpusError

HEADER = "start_line\tpage\tlanguage\tconfidence\n"

MANIFEST = """
id = "harbour-digest"
kind = "digest"
year = 2031

[title]
en = "Harbour law"
zh = "港口法"

[publishers]
en = ["Kite Institute"]

[original]
id = "harbour-law"
phrases = ["Harbour law", "港口法释义"]
page_map = "original.pages.tsv"
"""

ORIGINAL = "# 港口法释义 Harbour law\n\n渡轮须在日落前靠岸。\n\nFerries land before sunset.\n"


def write(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def test_both_small_documents_are_read(small_corpus: Path) -> None:
    documents = load_corpus(small_corpus)
    assert [(document.id, document.metadata.title) for document in documents] == [
        ("lantern-bay", {"zh": "灯塔湾展望", "en": "Lantern Bay outlook"}),
        ("tide-survey", {"zh": "潮汐调查", "en": "Tide survey"}),
    ]
    assert {block.source for block in documents[0].blocks} == {"lantern-bay.md"}
    assert [page.label for page in documents[0].pages] == list("1234567")


def test_a_single_file_is_a_corpus(small_corpus: Path) -> None:
    (document,) = load_corpus(small_corpus / "tide-survey.md")
    assert document.id == "tide-survey"
    assert [page.label for page in document.pages] == ["11", "12", "13", "14", "15"]


# --- files -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["README.md", "readme.md", "ReadMe.MD", "LICENSE.md", "notes/README.md"])
def test_files_about_the_corpus_are_not_documents(tmp_path: Path, name: str) -> None:
    documents = load_corpus(write(tmp_path, {name: "Put documents here.", "bay.md": "Boats sail."}))
    assert [document.id for document in documents] == ["bay"]


@pytest.mark.parametrize("name", [".draft.md", ".git/hooks.md", ".obsidian/notes.md", "__MACOSX/._bay.md", "sub/._bay.md"])
def test_hidden_files_and_folders_are_not_documents(tmp_path: Path, name: str) -> None:
    """Editors, version control and unpacked archives leave them; those of a Mac are not even text."""
    content = b"\x00\x05\x16\x07\x00" if "._" in name else b"Hidden words."
    documents = load_corpus(write(tmp_path, {name: content, "bay.md": "Boats sail."}))
    assert [document.id for document in documents] == ["bay"]


def test_a_hidden_folder_above_the_corpus_does_not_matter(tmp_path: Path) -> None:
    assert [document.id for document in load_corpus(write(tmp_path / ".cache" / "corpus", {"bay.md": "Boats sail."}))] == ["bay"]


def test_files_of_other_kinds_and_maps_without_a_text_are_passed_over(tmp_path: Path) -> None:
    files = {"bay.md": "Boats sail.", "photo.png": b"\x89PNG", "gone.pages.tsv": HEADER + "1\t1\ten\tcertain\n", "sheet.csv": "a,b"}
    assert [document.id for document in load_corpus(write(tmp_path, files))] == ["bay"]


@pytest.mark.parametrize(
    ("name", "document_id"),
    [("灯塔 湾 (v2).md", "灯塔-湾-v2"), ("Bay.2031.txt", "Bay.2031"), ("!!!.markdown", "document"), ("a_b.MD", "a_b")],
)
def test_a_document_is_called_after_its_file(tmp_path: Path, name: str, document_id: str) -> None:
    (document,) = load_corpus(write(tmp_path, {name: "Boats sail."}))
    assert document.id == document_id


@pytest.mark.parametrize("names", [("bay.md", "old/bay.md"), ("bay.md", "bay.txt"), ("the bay.md", "the-bay.md")])
def test_two_documents_of_one_name_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    write(tmp_path, dict.fromkeys(names, "Boats sail."))
    with pytest.raises(CorpusError, match="two documents are called"):
        load_corpus(tmp_path)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_make_no_difference(tmp_path: Path, ends: str, start: str) -> None:
    text = start + "# Bay 海湾的情况\n\n<!-- page: 4 en -->\n\nBoats\nsail[^1].\n\n[^1]: Bureau\n"
    (document,) = load_corpus(write(tmp_path, {"bay.md": text.replace("\n", ends)}))
    assert [page.label for page in document.pages] == ["4"]
    assert texts(document) == ["Boats sail."]
    assert [note.text for note in document.notes] == ["Bureau"]


def test_a_changed_text_or_map_changes_the_hash_of_its_document_alone(corpus_copy: Path) -> None:
    def hashes() -> list[str]:
        return [document.sha256 for document in load_corpus(corpus_copy)]

    before = hashes()
    assert hashes() == before
    page_map = corpus_copy / "tide-survey.pages.tsv"
    page_map.write_text(page_map.read_text("utf-8").replace("likely", "certain"), "utf-8")
    after_map = hashes()
    assert (after_map[0] == before[0], after_map[1] == before[1]) == (True, False)
    with (corpus_copy / "lantern-bay.md").open("a", encoding="utf-8") as file:
        file.write("\nOne more boat.\n")
    assert hashes()[0] != before[0]


# --- pages -----------------------------------------------------------------------------------------------------------


def test_a_page_map_beside_a_text_places_it_on_pages(tmp_path: Path) -> None:
    page_map = HEADER + "1\t\tboth\tcertain\n2\tiv\tzh\tlikely\n4\t1\ten\tcertain\n"
    (document,) = load_corpus(write(tmp_path, {"bay.txt": "Cover\n渡轮出海。\n\nBoats sail.\n", "bay.pages.tsv": page_map}))
    assert [(page.label, page.languages, page.certain) for page in document.pages] == [("iv", ("zh",), False), ("1", ("en",), True)]
    assert [(block.text, block.pages) for block in document.blocks] == [("渡轮出海。", ((0, "iv"),)), ("Boats sail.", ((0, "1"),))]


def test_a_page_map_of_another_text_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"bay.md": "Boats sail.\n", "bay.pages.tsv": HEADER + "1\t1\ten\tcertain\n700\t2\ten\tcertain\n"})
    with pytest.raises(CorpusError, match=r"page 2 starts at line 700, but the text has \d lines"):
        load_corpus(tmp_path)


def test_a_page_listed_twice_in_a_map_is_refused(tmp_path: Path) -> None:
    write(tmp_path, {"bay.md": "a.\nb.\n", "bay.pages.tsv": HEADER + "1\t1\ten\tcertain\n2\t1\ten\tcertain\n"})
    with pytest.raises(CorpusError, match="page 1 starts twice"):
        load_corpus(tmp_path)


@pytest.mark.parametrize(
    ("markers", "labels"),
    [
        (("10", "9", "iv"), ["10", "9", "iv"]),
        (("10", "9", "1"), ["1", "9", "10"]),
        (("A-2", "A-1"), ["A-2", "A-1"]),
        (("1", "9" * 5000), ["1", "9" * 5000]),
    ],
)
def test_pages_are_in_numerical_order_where_all_labels_are_numbers(tmp_path: Path, markers: tuple[str, ...], labels: list[str]) -> None:
    text = "".join(f"<!-- page: {marker} en -->\n\nBoats sail.\n\n" for marker in markers)
    (document,) = load_corpus(write(tmp_path, {"bay.md": text}))
    assert [page.label for page in document.pages] == labels


def test_a_page_marked_in_two_files_is_one_page_in_both_languages(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "document.toml": 'id = "bay"\n[title]\nen = "Bay"\n',
            "1.zh.md": "<!-- page: 1 zh -->\n\n渡轮出海。\n",
            "1.en.md": "<!-- page: 1 en -->\n\nBoats sail.\n",
        },
    )
    (document,) = load_corpus(tmp_path)
    assert [(page.label, set(page.languages)) for page in document.pages] == [("1", {"zh", "en"})]
    assert [block.text for block in document.blocks_on("1")] == ["Boats sail.", "渡轮出海。"]


# --- manifests and digests -------------------------------------------------------------------------------------------


def test_a_folder_with_a_manifest_is_one_document(tmp_path: Path) -> None:
    write(
        tmp_path / "law",
        {
            "document.toml": MANIFEST,
            "02.md": "<!-- page: 2 en -->\n\n| A | B |\n|---|---|\n| 1 | 2 |\n",
            "01.md": "<!-- page: 1 en -->\n\n| C | D |\n|---|---|\n| 3 | 4 |\n",
            "README.md": "Not part of it.",
        },
    )
    (document,) = load_corpus(tmp_path)
    assert (document.id, document.metadata.kind, document.metadata.stands_for, document.metadata.year) == (
        "harbour-digest", "digest", "harbour-law", 2031
    )  # fmt: skip
    assert document.metadata.title == {"en": "Harbour law", "zh": "港口法"}
    assert [(block.text, block.source) for block in document.blocks] == [("3 | 4", "01.md"), ("1 | 2", "02.md")]
    assert len({block.table for block in document.blocks}) == 2


@pytest.mark.parametrize("name", ["anything.md", "deep/er/paper.txt"])
def test_a_digest_gives_way_to_the_original(tmp_path: Path, name: str) -> None:
    page_map = HEADER + "1\t\tboth\tcertain\n3\t7\tzh\tcertain\n5\t8\ten\tlikely\n"
    write(tmp_path, {"d/document.toml": MANIFEST, "d/a.md": "A digest.", "d/original.pages.tsv": page_map, name: ORIGINAL})
    (document,) = load_corpus(tmp_path)
    assert (document.id, document.metadata.kind, document.metadata.stands_for) == ("harbour-law", "original", None)
    assert document.metadata.title == {"en": "Harbour law", "zh": "港口法"}
    assert [(page.label, page.certain) for page in document.pages] == [("7", True), ("8", False)]
    assert texts(document) == ["渡轮须在日落前靠岸。", "Ferries land before sunset."]


def test_the_map_beside_an_original_is_taken_before_that_of_the_digest(tmp_path: Path) -> None:
    write(tmp_path, {"d/document.toml": MANIFEST, "d/a.md": "A digest.", "d/original.pages.tsv": HEADER + "3\t7\tzh\tcertain\n"})
    write(tmp_path, {"law.md": ORIGINAL, "law.pages.tsv": HEADER + "3\t70\tzh\tcertain\n"})
    assert [page.label for page in load_corpus(tmp_path)[0].pages] == ["70"]


def test_a_text_with_only_some_of_the_phrases_is_another_document(tmp_path: Path) -> None:
    write(tmp_path, {"d/document.toml": MANIFEST, "d/a.md": "A digest.", "review.md": "# Harbour law\n\nI liked it.\n"})
    assert sorted(document.id for document in load_corpus(tmp_path)) == ["harbour-digest", "review"]


def test_a_digest_without_its_original_is_read(tmp_path: Path) -> None:
    assert [document.id for document in load_corpus(write(tmp_path, {"document.toml": MANIFEST, "a.md": "A digest."}))] == [
        "harbour-digest"
    ]


def test_nothing_is_read_twice_where_manifests_stand_inside_each_other(tmp_path: Path) -> None:
    write(tmp_path, {"document.toml": 'id = "outer"\n[title]\nen = "O"\n', "a.md": "Outer text."})
    write(tmp_path, {"in/document.toml": 'id = "inner"\n[title]\nen = "I"\n', "in/b.md": "Inner text."})
    assert {document.id: texts(document) for document in load_corpus(tmp_path)} == {"outer": ["Outer text."], "inner": ["Inner text."]}


@pytest.mark.parametrize(
    ("manifest", "complaint"),
    [
        (b"id = ", "TOML"),
        (b"id = '\xff'", "TOML"),
        (b"id = 'x'", "title"),
        (b"id = 7\n[title]\nen = 'T'", "id"),
        (b"id = 'x'\ntitel = 'T'\n[title]\nen = 'T'", "titel"),
        (b"id = 'x'\nkind = 'summary'\n[title]\nen = 'T'", "kind"),
        (b"id = 'x'\n[title]\nen = 'T'\n[original]\nid = 'y'\nphrases = []", "phrases"),
    ],
)
def test_a_manifest_with_a_mistake_is_refused_with_its_place(tmp_path: Path, manifest: bytes, complaint: str) -> None:
    write(tmp_path, {"document.toml": manifest, "a.md": "Text."})
    with pytest.raises(CorpusError) as caught:
        load_corpus(tmp_path)
    assert "document.toml" in str(caught.value)
    assert complaint in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_manifest_without_a_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no Markdown file"):
        load_corpus(write(tmp_path, {"law/document.toml": MANIFEST}))


# --- input that no one should give -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("# 港口\n渡轮。".encode("gb18030"), "not UTF-8"),
        ("# Bay\nBoats.".encode("utf-16"), "not UTF-8"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "not UTF-8"),
        (b"a lone surrogate \xed\xa0\x80", "not UTF-8"),
        (b"Boats\x00sail.", "binary"),
        (b"", "no text"),
        (b" \n\t\r\n", "no text"),
        (b"\xef\xbb\xbf", "no text"),
        (b"# Only a title", "no text"),
        (b"[^1]: only a note", "no text"),
        (b"<!-- page: 1 en -->", "no text"),
        (b"---\n***\n", "no text"),
    ],
)
def test_a_file_without_readable_text_is_refused(tmp_path: Path, content: bytes, complaint: str) -> None:
    path = write(tmp_path, {"bay.md": content}) / "bay.md"
    for corpus in (tmp_path, path):
        with pytest.raises(CorpusError) as caught:
            load_corpus(corpus)
        assert str(path) in str(caught.value)
        assert complaint in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="no such corpus"):
        load_corpus(tmp_path / "nowhere")


@pytest.mark.parametrize("files", [{}, {"README.md": "hello"}, {"photo.png": b"x"}])
def test_a_folder_without_documents_is_refused(tmp_path: Path, files: dict[str, str | bytes]) -> None:
    with pytest.raises(CorpusError, match="no documents"):
        load_corpus(write(tmp_path, files))


@pytest.mark.parametrize("name", ["bay.docx", "bay", "bay.tsv"])
def test_a_file_of_another_kind_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="Markdown, text and PDF"):
        load_corpus(write(tmp_path, {name: "Boats."}) / name)


def test_a_folder_with_the_name_of_a_document_is_a_folder(tmp_path: Path) -> None:
    assert [document.id for document in load_corpus(write(tmp_path, {"bay.md": "Boats sail.", "law.md/a.md": "A law."}))] == ["bay", "a"]


@pytest.mark.parametrize("name", ["bay.pages.tsv", "document.toml"])
def test_a_page_map_or_manifest_that_cannot_be_opened_is_refused(tmp_path: Path, name: str) -> None:
    """Read without it, the document would lose its pages or its name in silence."""
    (write(tmp_path, {"bay.md": "Boats sail."}) / name).mkdir()
    with pytest.raises(CorpusError) as caught:
        load_corpus(tmp_path)
    assert name in str(caught.value)
    assert "cannot be read" in str(caught.value)


def test_a_link_to_nowhere_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, {"bay.md": "Boats sail."})
    (tmp_path / "gone.md").symlink_to(tmp_path / "nowhere.md")
    assert [document.id for document in load_corpus(tmp_path)] == ["bay"]


@pytest.mark.parametrize(
    "text",
    [
        "control \x01\x1b[31m\x7f characters \x85 and \u2028 line \u2029 ends.",
        "emoji 🪁 and rare 𠮷 characters.",
        "combining e\u0301 and \u202ebidi\u202c marks.",
        "[^0] and [^99999] and <sup>-1</sup> and [^] marks.",
        "<sup>7",
        "[^1]: \n\nBoats.",
        "| | |\n|-|-|\n\nBoats.",
        "\t\t\t\nBoats.",
        "# " + "#" * 500 + "\n\nBoats.",
        "(" * 3000 + "Boats",
        "Boats" + "<sup>1</sup>" * 3000,
        "> quoted\n>> twice\n\n```\ncode\n```\n",
    ],
)
def test_odd_text_is_read_without_a_crash(tmp_path: Path, text: str) -> None:
    (document,) = load_corpus(write(tmp_path, {"bay.md": f"<!-- page: 1 en -->\n\nWords.\n\n{text}\n"}))
    for block, mark in document.marks():
        document.resolve(mark, block)
    assert document.blocks[0].text == "Words."
