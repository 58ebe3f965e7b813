"""The view of a printed page: its text with the quoted passage, the pages around it, and its twin in the other language."""

from collections import Counter
from html import escape

import numpy as np
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from gbaqa.answering.page_wording import page_label
from gbaqa.assistant import Assistant
from gbaqa.corpus.document import Document, Page
from gbaqa.index.navigation import twin_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Script, language_of_script, to_hong_kong
from gbaqa.web.frame import framed
from gbaqa.web.links import page_address
from gbaqa.web.page_text import PageText
from gbaqa.web.page_texts import PAGE_TEXTS
from gbaqa.web.quoting import Quoted, find_quote
from gbaqa.web.reader import reader_script
from gbaqa.web.texts import TEXTS

_HOME = "../../"  # the chat, as seen from pages/{document}/{label}


def router(assistant: Assistant) -> APIRouter:
    """GET /pages/{document}/{label}?q=QUOTE."""
    routes = APIRouter()

    @routes.get("/pages/{document}/{label}", include_in_schema=False)
    def page(request: Request, document: str, label: str, q: str = "") -> HTMLResponse:
        """A printed page of a document, typeset, with a quote on it highlighted."""
        script = reader_script(request)
        index = assistant.index
        known = index.documents.get(document)
        if known is None:
            return _missing(request, PAGE_TEXTS[script].unknown_document.format(name=document))
        if label not in {one.label for one in known.pages}:
            return _missing(request, PAGE_TEXTS[script].unknown_page.format(title=_title(known, script), page=label))
        view = PageView(index, known, known.page(label), q)
        return framed(request, view.title(script), view.html(script), styles=["pages.css"], home=_HOME)

    return routes


class PageView:
    """One page of a document, as a reader of the given script sees it."""

    def __init__(self, index: SearchIndex, document: Document, page: Page, quote: str) -> None:
        self._index = index
        self._document = document
        self._page = page
        self._quote = quote
        self._quoted: Quoted | None = find_quote(document, page.label, quote)
        self._is_digest = document.is_digest

    def title(self, script: Script) -> str:
        """Of the window: page and document."""
        return f"{self._label(self._page, script)} · {_title(self._document, script)}"

    def html(self, script: Script) -> str:
        """Header, text, notes and the way to other pages."""
        words, page_words = TEXTS[script], PAGE_TEXTS[script]
        text = PageText(self._document, self._page.label, self._quoted)
        notices = [
            page_words.digest if self._is_digest else "",
            "" if self._page.certain else page_words.uncertain,
            page_words.quote_missing if self._quote and not self._quoted else "",
        ]
        said = "".join(f'<p class="notice">{escape(notice)}</p>' for notice in notices if notice)
        body = f'<p class="notice">{escape(page_words.empty)}</p>' if text.is_empty else text.body_html(page_words.continued)
        return (
            f'<header><p class="of">{escape(_title(self._document, script))}</p>'
            f"<h1>{escape(self._label(self._page, script))}</h1>{self._twin(script)}{said}</header>"
            f"{self._image(script)}<article>{body}{text.notes_html(words, page_words)}</article>{self._neighbours(script)}"
        )

    def _label(self, page: Page, script: Script) -> str:
        return page_label(script, page.label, certain=page.certain, sheet=page.sheet, is_digest=self._is_digest)

    def _image(self, script: Script) -> str:
        """The page as printed, of a document that has it: only a PDF's pages have sheets."""
        if self._page.sheet is None:
            return ""
        address = escape(f"{_HOME}{_picture(self._document.id, self._page.label, self._quote)}")
        words = PAGE_TEXTS[script].as_printed
        alternative = f"{words}: {self._label(self._page, script)}"
        return (
            f'<details class="printed" open><summary>{escape(words)}</summary>'
            f'<a href="{address}"><img src="{address}" alt="{escape(alternative)}" loading="lazy"></a></details>'
        )

    def _twin(self, script: Script) -> str:
        """The way to the same in the other language: of the quoted passage, else of most of the page."""
        row = self._twin_row()
        if row is None:
            return ""
        chunk, statement = self._index.statements[row]
        document = self._index.documents[chunk.document]
        address = page_address(document.id, statement.page, statement.text if self._quoted else "")
        if address is None:
            return ""
        certain = document.page(statement.page).certain
        label = page_label(script, statement.page, certain=certain, is_digest=document.is_digest)
        said = PAGE_TEXTS[script].other_language[chunk.language].format(page=label)
        return f'<p class="twin"><a href="{escape(_HOME + address)}">{escape(said)}</a></p>'

    def _twin_row(self) -> int | None:
        twins = [twin for row in self._rows() if (twin := twin_of(self._index, row)) is not None]
        pages = Counter(self._index.statements[twin][1].page for twin in twins)
        return next((twin for twin in twins if self._index.statements[twin][1].page == pages.most_common(1)[0][0]), None)

    def _rows(self) -> list[int]:
        """The rows of what is quoted; of all of the page where nothing is."""
        columns, number = self._index.columns, list(self._index.documents).index(self._document.id)
        if self._quoted is None:
            return columns.rows_on(number, [at for at, page in enumerate(self._document.pages) if page.label == self._page.label])
        start, end = self._quoted.span
        quoted = [at for at, block in enumerate(self._document.blocks) if block == self._quoted.block]
        rows = columns.rows_of(number)
        in_block = rows[np.isin(columns.block[rows], quoted)].tolist()
        spans = ((row, self._index.statements[row][1].span) for row in in_block)
        return [row for row, span in spans if span[0] < end and start < span[1]]

    def _neighbours(self, script: Script) -> str:
        words = PAGE_TEXTS[script]
        at = self._document.pages.index(self._page)
        before = self._document.pages[at - 1] if at else None
        after = self._document.pages[at + 1] if at + 1 < len(self._document.pages) else None
        links = self._neighbour(before, "prev", words.previous, script) + self._neighbour(after, "next", words.following, script)
        return f'<nav class="neighbours" aria-label="{escape(words.pages)}">{links}</nav>'

    def _neighbour(self, page: Page | None, relation: str, words: str, script: Script) -> str:
        address = page_address(self._document.id, page.label) if page else None
        if page is None or address is None:
            return ""
        said = words.format(page=page_label(script, page.label, certain=page.certain))
        return f'<a rel="{relation}" href="{escape(_HOME + address)}">{escape(said)}</a>'


def _picture(document: str, label: str, quote: str) -> str:
    """Address of the picture of a page; the PDF's part of the server draws it."""
    path, _, query = (page_address(document, label, quote) or "").removesuffix("#quote").partition("?")
    return f"{path}.png?{query}" if query else f"{path}.png"


def _missing(request: Request, message: str) -> HTMLResponse:
    return framed(request, message, f'<p class="empty">{escape(message)}</p>', styles=["pages.css"], home=_HOME, status=404)


def _title(document: Document, script: Script) -> str:
    title = document.title_in(language_of_script(script))
    return to_hong_kong(title) if script == "zh-Hant" else title
