"""PDFs in a corpus: what they are called, and what stands in whose place."""

from pathlib import Path

from small_pdfs import filler, lines, simple, write_pdf

from gbaqa.corpus.load import fingerprint, load_corpus

MANIFEST = """
id = "harbour-digest"
kind = "digest"
year = 2031

[title]
en = "Harbour law"
zh = "港口法"

[original]
id = "harbour-law"
phrases = ["Harbour law explained", "港口法释义"]
"""


def titled(canvas: object) -> None:
    lines(canvas, ["港口法释义 Harbour law explained"], size=20)  # type: ignore[arg-type]


def with_digest(folder: Path) -> Path:
    (folder / "digest").mkdir(parents=True)
    (folder / "digest" / "document.toml").write_text(MANIFEST, "utf-8")
    (folder / "digest" / "law.md").write_text("<!-- page: 1 en -->\n\nFerries land early.\n", "utf-8")
    return folder


def test_the_original_takes_the_place_of_its_digest(tmp_path: Path) -> None:
    folder = with_digest(tmp_path)
    write_pdf(folder / "anything.pdf", [titled, *(simple(filler(f"sea {n}"), str(n)) for n in (1, 2, 3))])
    (document,) = load_corpus(folder)
    assert (document.id, document.metadata.kind, document.metadata.title["zh"]) == ("harbour-law", "original", "港口法")
    assert document.blocks[0].source == "anything.pdf"


def test_a_pdf_is_left_out_beside_its_text(tmp_path: Path) -> None:
    folder = with_digest(tmp_path)
    write_pdf(folder / "paper.pdf", [titled, *(simple(filler(f"sea {n}"), str(n)) for n in (1, 2, 3))])
    (folder / "text.md").write_text("# 港口法释义 Harbour law explained\n\nFerries land before sunset.\n", "utf-8")
    write_pdf(folder / "ferry.pdf", [simple(filler("ferry"))])
    (folder / "ferry.md").write_text("# Ferry\n\nFerries sail.\n", "utf-8")
    assert sorted((document.id, document.blocks[0].source) for document in load_corpus(folder)) == [
        ("ferry", "ferry.md"),
        ("harbour-law", "text.md"),
    ]


def test_each_pdf_of_a_folder_has_its_own_labels_and_title(tmp_path: Path) -> None:
    write_pdf(tmp_path / "one.pdf", [titled, *(simple(filler(f"sea {n}"), str(n)) for n in (1, 2, 3))])
    write_pdf(tmp_path / "two.pdf", [simple(filler(f"land {n}"), str(n)) for n in (7, 8, 9)])
    one, two = load_corpus(tmp_path)
    assert (one.metadata.title["en"], [page.label for page in one.pages]) == ("Harbour law explained", ["1", "2", "3"])
    assert (two.metadata.title["en"], [page.label for page in two.pages]) == ("two", ["7", "8", "9"])
    assert one.file == str((tmp_path / "one.pdf").resolve())


def test_the_fingerprint_covers_pdfs(tmp_path: Path) -> None:
    write_pdf(tmp_path / "one.pdf", [simple(filler("sea"))])
    before = fingerprint(tmp_path)
    write_pdf(tmp_path / "two.pdf", [simple(filler("land"))])
    assert fingerprint(tmp_path) != before
