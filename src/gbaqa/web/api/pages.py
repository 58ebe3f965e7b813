"""GET /api/pages and /api/pages/{label}: the documents and what stands on their pages."""

from collections.abc import Mapping
from typing import Annotated, Literal

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, Field

from gbaqa.answering.answer import Footnote
from gbaqa.corpus.document import Block, BlockKind, Document, Note, Page
from gbaqa.language.script import Language
from gbaqa.web.api.problems import RequestError, told
from gbaqa.web.api.service import Service

_LABELS_TOLD = 6


class PageBlock(BaseModel):
    """A paragraph, list item, table row, figure or source line, as far as it stands on the page.

    Attributes:
        section: the headings it stands under, the outermost first.
        header: the column names of a table's row.
        caption: the title of the chart that a figure belongs to.
        notes: numbers of the notes marked in it.
        continued: whether it begins on an earlier page, or goes on on the next.
    """

    kind: BlockKind
    language: Language
    text: str
    section: list[str] = []
    header: list[str] = []
    caption: str = ""
    notes: list[int] = []
    continued: list[Literal["before", "after"]] = []


class PageText(BaseModel):
    """A printed page. `is_digest`: the text is our digest of the page, not the page's own."""

    document: str
    title: dict[str, str]
    is_digest: bool
    label: str
    certain: bool = Field(description="Whether the label is printed there rather than inferred.")
    sheet: int | None = Field(description="Sheet of the PDF, counted from 1.")
    languages: list[Language]
    previous: str | None
    next: str | None
    blocks: list[PageBlock]
    notes: list[Footnote]


class DocumentPages(BaseModel):
    """A document and the labels of its pages, in order."""

    document: str
    title: dict[str, str]
    is_digest: bool
    pages: list[str]


class Documents(BaseModel):
    """The documents that are asked."""

    documents: list[DocumentPages]


def router(service: Service) -> APIRouter:
    """The routes to documents and pages."""
    routes = APIRouter(prefix="/api", tags=["documents"])

    @routes.get("/pages", responses=told(), summary="List the documents and their pages")
    async def all_pages() -> Documents:
        """The documents that are asked, and the labels of their pages."""
        return Documents(
            documents=[
                DocumentPages(
                    document=document.id,
                    title=document.metadata.title,
                    is_digest=document.is_digest,
                    pages=[page.label for page in document.pages if page.label],
                )
                for document in service.assistant.index.documents.values()
            ]
        )

    @routes.get("/pages/{label}", responses=told("unknown-page", "ambiguous-page"), summary="Read a page")
    async def one_page(
        label: Annotated[str, Path(description="What is printed on the page.", examples=["13"])],
        document: Annotated[str | None, Query(description="Its document; needed where several have this page.")] = None,
    ) -> PageText:
        """The text of a page, block by block, with the notes that are printed on it or marked in it."""
        return read_page(service.assistant.index.documents, label, document)

    return routes


def read_page(documents: Mapping[str, Document], label: str, document: str | None = None) -> PageText:
    """A page of a document; of the only one that has it where none is named.

    Raises:
        RequestError: there is no such page or document, or several documents have that page.
    """
    if document is not None and document not in documents:
        raise RequestError("unknown-document", f"There is no document {_short(document)!r}; GET /api/pages lists the documents.")
    asked = [documents[document]] if document is not None else list(documents.values())
    having = [one for one in asked if any(page.label == label for page in one.pages if page.label)]
    if not having:
        labels = [page.label for one in asked for page in one.pages if page.label]
        such = f" (there are {', '.join(labels[:_LABELS_TOLD])} …)" if len(labels) > _LABELS_TOLD else f" (there are {', '.join(labels)})"
        raise RequestError("unknown-page", f"There is no page {_short(label)!r}{such if labels else ''}; GET /api/pages lists all pages.")
    if len(having) > 1:
        ids = ", ".join(one.id for one in having)
        raise RequestError("ambiguous-page", f"Page {label} is in several documents ({ids}); name one with ?document=.")
    return _page_text(having[0], label)


def _page_text(document: Document, label: str) -> PageText:
    page = document.page(label)
    labels = [one.label for one in document.pages if one.label]
    at = labels.index(label)
    blocks = [block for block in document.blocks_on(label) if block.kind != "note"]
    return PageText(
        document=document.id,
        title=document.metadata.title,
        is_digest=document.is_digest,
        label=label,
        certain=page.certain,
        sheet=page.sheet,
        languages=list(page.languages),
        previous=labels[at - 1] if at else None,
        next=labels[at + 1] if at + 1 < len(labels) else None,
        blocks=[_page_block(block, page) for block in blocks],
        notes=[
            Footnote(number=note.number, text=note.text, url=note.url, language=note.language) for note in _notes(document, blocks, page)
        ],
    )


def _page_block(block: Block, page: Page) -> PageBlock:
    start, end = _on_page(block, page)
    continued: list[Literal["before", "after"]] = []
    if start > 0:
        continued.append("before")
    if end < len(block.text):
        continued.append("after")
    marked = [mark.number for mark in block.marks if start < mark.offset <= end]
    return PageBlock(
        kind=block.kind,
        language=block.language,
        text=block.text[start:end].strip(),
        section=list(block.section),
        header=list(block.header),
        caption=block.caption,
        notes=list(dict.fromkeys([*marked, *block.marks_above])),
        continued=continued,
    )


def _on_page(block: Block, page: Page) -> tuple[int, int]:
    """The characters of a block that stand on a page."""
    ends = [*(offset for offset, _ in block.pages[1:]), len(block.text)]
    own = [(offset, end) for (offset, label), end in zip(block.pages, ends, strict=True) if label == page.label]
    return own[0][0], own[-1][1]


def _notes(document: Document, blocks: list[Block], page: Page) -> list[Note]:
    """The notes printed on a page, and those its text marks though they are printed elsewhere."""
    found = {(note.language, note.number): note for note in document.notes if note.page == page.label}
    for block in blocks:
        start, end = _on_page(block, page)
        for mark in block.marks:
            note = document.resolve(mark, block) if start < mark.offset <= end else None
            if note is not None:
                found.setdefault((note.language, note.number), note)
    return sorted(found.values(), key=lambda note: (note.language, note.number))


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
