"""Reading of a small PDF, as the tests of PDFs want it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from small_pdfs import Drawn, write_pdf

from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus


@pytest.fixture
def read_pages(tmp_path: Path) -> Callable[..., Document]:
    """Draws pages into a PDF and reads it as the only document of a corpus."""

    def read(pages: Sequence[Drawn], **options: object) -> Document:
        return load_corpus(write_pdf(tmp_path / "report.pdf", pages, **options))[0]  # type: ignore[arg-type]

    return read
