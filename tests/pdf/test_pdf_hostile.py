"""Files that are broken or mean harm: one clear line each, in bounded time, and the rest of the corpus read all the same."""

import logging
import time
from pathlib import Path

import hostile_pdfs
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from small_pdfs import CHINESE, filler, footer, lines, simple, write_pdf

from gbaqa.corpus.load import load_corpus
from gbaqa.errors import CorpusError


def line_of(path: Path) -> str:
    with pytest.raises(CorpusError) as caught:
        load_corpus(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def test_locked_truncated_and_wrongly_named_files(tmp_path: Path) -> None:
    locked = write_pdf(tmp_path / "locked.pdf", [simple(filler("sea"))], password="secret")
    assert "locked with a password" in line_of(locked)
    whole = write_pdf(tmp_path / "whole.pdf", [simple(filler("sea"))])
    (cut := tmp_path / "cut.pdf").write_bytes(whole.read_bytes()[:700])
    assert "damaged or cut off" in line_of(cut)
    (zipped := tmp_path / "zip.pdf").write_bytes(b"PK\x03\x04 an archive")
    assert "not a PDF" in line_of(zipped)
    (empty := tmp_path / "empty.pdf").write_bytes(b"")
    assert "not a PDF" in line_of(empty)


def test_a_page_tree_in_a_circle_gives_the_page_that_is_there(tmp_path: Path) -> None:
    (document,) = load_corpus(hostile_pdfs.cyclic(tmp_path / "cyclic.pdf"))
    assert any("harbour of Lantern Bay" in block.text for block in document.blocks)
    assert ["damaged" in problem for problem in document.problems] == [True]


def test_a_bomb_is_refused_in_time_and_memory(tmp_path: Path) -> None:
    bomb = hostile_pdfs.bomb(tmp_path / "bomb.pdf")
    assert bomb.stat().st_size < 10_000
    started = time.monotonic()
    message = line_of(bomb)
    assert "sheet 1" in message
    assert "memory" in message or "takes more than" in message
    assert time.monotonic() - started < 60


def test_letters_that_cannot_be_told_are_reported_and_not_indexed(tmp_path: Path) -> None:
    assert "fonts that do not tell their letters" in line_of(hostile_pdfs.unmapped(tmp_path / "unmapped.pdf"))


def test_scripts_are_reported_and_never_run(tmp_path: Path) -> None:
    (document,) = load_corpus(hostile_pdfs.scripted(tmp_path / "scripted.pdf"))
    assert ["JavaScript" in problem for problem in document.problems] == [True]


def test_depth_does_not_overflow(tmp_path: Path) -> None:
    (document,) = load_corpus(hostile_pdfs.deep(tmp_path / "deep.pdf"))
    assert document.blocks


def test_too_many_pages_are_refused(tmp_path: Path) -> None:
    assert "6,000 pages, more than the 5,000" in line_of(hostile_pdfs.many_pages(tmp_path / "many.pdf", 6000))


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    from PIL import Image

    Image.new("RGB", (200, 280), (200, 190, 180)).save(tmp_path / "scan.png")

    def scanned(canvas: Canvas) -> None:
        canvas.drawImage(str(tmp_path / "scan.png"), 0, 0, 595, 842)

    mixed = write_pdf(tmp_path / "mixed.pdf", [simple(filler("sea")), scanned, scanned])
    (document,) = load_corpus(mixed)
    assert any("sheets 2-3 are scanned" in problem for problem in document.problems)
    assert "OCR" in line_of(write_pdf(tmp_path / "scans.pdf", [scanned]))


def test_pages_in_vertical_lines_are_named_and_not_indexed(tmp_path: Path) -> None:
    texts = ("灯塔湾由云禾、马伦港和石桥三座城市组成", "三座城市共同经营渡轮每天运送乘客九万人")

    def letter_by_letter(canvas: Canvas) -> None:
        for column, text in enumerate(texts):
            for row, letter in enumerate(text):
                lines(canvas, [letter], x=500 - 20 * column, y=760 - 12 * row)
        footer(canvas, "2")

    def in_a_vertical_font(canvas: Canvas) -> None:
        pdfmetrics.registerFont(vertical := UnicodeCIDFont(CHINESE, isVertical=True))
        canvas.setFont(vertical.fontName, 10)
        for column, text in enumerate(texts):
            canvas.drawString(500 - 20 * column, 760, text)
        pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))

    file = write_pdf(tmp_path / "mixed.pdf", [simple(filler("sea"), "1"), letter_by_letter, simple(filler("land"), "3")])
    (document,) = load_corpus(file)
    assert ["sheet 2 is set in vertical lines" in problem for problem in document.problems] == [True]
    assert [block.page_at(0) for block in document.blocks if "灯" in block.text or "渡" in block.text] == []
    assert "vertical lines" in line_of(write_pdf(tmp_path / "vertical.pdf", [in_a_vertical_font]))


def test_a_corpus_is_read_without_its_broken_files(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_pdf(tmp_path / "good.pdf", [simple(filler("sea"))])
    (tmp_path / "text.md").write_text("# Ferries\n\nFerries land before sunset.\n", "utf-8")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    (tmp_path / "zip.pdf").write_bytes(b"PK\x03\x04")
    with caplog.at_level(logging.WARNING, "gbaqa"):
        assert {document.id for document in load_corpus(tmp_path)} == {"good", "text"}
    assert [record.getMessage().split(":")[0] for record in caplog.records] == [str(tmp_path / "broken.pdf"), str(tmp_path / "zip.pdf")]


def test_a_corpus_of_nothing_but_broken_files_says_so(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\n")
    with pytest.raises(CorpusError, match="no documents that can be read"):
        load_corpus(tmp_path)
