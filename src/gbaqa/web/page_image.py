"""Pictures of cited pages, drawn from the PDF with the quote marked."""

from collections.abc import Callable
from functools import lru_cache
from threading import BoundedSemaphore

from fastapi import APIRouter, Response

from gbaqa.assistant import Assistant
from gbaqa.corpus.document import Document
from gbaqa.corpus.pdf.picture import page_picture
from gbaqa.index.store import SearchIndex
from gbaqa.web.api.problems import RequestError
from gbaqa.web.live import PerIndex
from gbaqa.web.quoting import find_quote

_REMEMBERED = 64  # pictures of some 200 kB
_AT_ONCE = 2  # each is drawn in a process of its own


def router(assistant: Assistant) -> APIRouter:
    """GET /pages/{document}/{label}.png?q=QUOTE."""
    routes = APIRouter()
    drawing = BoundedSemaphore(_AT_ONCE)

    def remembering(index: SearchIndex) -> tuple[dict[str, Document], Callable[[str, str, str], bytes]]:
        @lru_cache(_REMEMBERED)
        def drawn(document: str, label: str, quote: str) -> bytes:
            with drawing:
                return page_picture(index.documents[document], label, [quote] if quote else [])

        return index.documents, drawn

    current = PerIndex(assistant, remembering)

    @routes.get("/pages/{document}/{label}.png", include_in_schema=False)
    def picture(document: str, label: str, q: str = "") -> Response:
        """A printed page of a PDF with the quoted passage marked."""
        documents, drawn = current()
        known = documents.get(document)
        if known is None:
            raise RequestError("unknown-document", f"There is no document {document}; ask for one of: {', '.join(documents)}.")
        if not known.file or label not in {page.label for page in known.pages}:
            raise RequestError("unknown-page", f"{document} has no picture of a page {label}; only pages of PDFs are drawn.")
        image = drawn(document, label, _whole(known, label, q))
        return Response(image, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})

    return routes


def _whole(document: Document, label: str, quote: str) -> str:
    """The statement that a quote begins, as the page's text has it; the quote itself where the text has none."""
    quoted = find_quote(document, label, quote)
    return quoted.block.text[slice(*quoted.span)] if quoted else quote
