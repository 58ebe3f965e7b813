"""The picture of a page of a document that was read from a PDF."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from gbaqa.corpus.document import Document
from gbaqa.corpus.pdf.sandbox import draw
from gbaqa.errors import CorpusError

SCALE = 2.0  # pixels a point: a page of A4 is 1190 x 1684
_LONGEST_QUOTE = 4000


def page_picture(document: Document, label: str, quotes: Sequence[str] = (), scale: float = SCALE) -> bytes:
    """A PNG of the page with that label, with quotes marked where they stand.

    Raises:
        CorpusError: the document is text, has no such page, or its PDF is gone or another one by now.
    """
    page = next((page for page in document.pages if page.label == label), None)
    if page is None:
        raise CorpusError(
            f"{document.id} has no page {label} ({document.pages[0].label} to {document.pages[-1].label}); give one of these."
        )
    if not document.file or page.sheet is None:
        raise CorpusError(f"{document.id} was read from text, which has no picture of page {label}; put its PDF in the text's place.")
    path = Path(document.file)
    if not path.exists() or hashlib.sha256(path.read_bytes()).hexdigest() != document.sha256:
        raise CorpusError(f"{path}: gone or changed since it was indexed; put it back, or run: gbaqa index")
    return draw(path, page.sheet, scale, [quote.replace("\0", "")[:_LONGEST_QUOTE] for quote in quotes])
