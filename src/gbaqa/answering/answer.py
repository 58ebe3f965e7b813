"""The Answer: what every interface of gbaqa returns, as pydantic models (contract 1 of the design)."""

from typing import Literal

from pydantic import BaseModel, Field

from gbaqa.language.script import Language, Script


class Footnote(BaseModel):
    """A note that backs a quote. `language` is the language of the page that prints it."""

    number: int
    text: str
    url: str | None = None
    language: Language


class Twin(BaseModel):
    """The same passage in the document's other language.

    Attributes:
        agrees: whether nothing is found in which the two differ.
        disagreement: in what they differ materially, in the answer's language and script.
    """

    page: str | None
    language: Language
    quote: str
    footnotes: list[Footnote] = []
    agrees: bool = True
    disagreement: str | None = None


class Citation(BaseModel):
    """Where a statement of an answer comes from.

    Attributes:
        mark: the number in square brackets in the answer.
        document: id of the document; `title` in the answer's language.
        is_digest: whether the quote is our digest of the page rather than the page's own text.
        page: printed label, None where the document has none; `page_certain` False where it was inferred.
        sheet: 1-based sheet of the PDF, None for text.
        quote: verbatim text of the document.
    """

    mark: int
    document: str
    title: str = ""
    is_digest: bool = False
    page: str | None
    page_certain: bool = True
    sheet: int | None = None
    language: Language
    section: list[str] = []
    quote: str
    footnotes: list[Footnote] = []
    twin: Twin | None = None


class Passage(BaseModel):
    """A ranked retrieval result."""

    page: str | None
    language: Language
    score: float
    text: str
    section: list[str] = []
    document: str = ""


class Answer(BaseModel):
    """An answer or a refusal, in the question's language and script.

    Attributes:
        question: as typed.
        understood_as: the question as the conversation completed it, None where it stood alone.
        answer: Markdown. Where the mode is extractive, only lists ("- ") and paragraphs are meant: whatever else looks like
            Markdown is the document's own text and stands as it is printed.
    """

    question: str
    understood_as: str | None = None
    language: Script
    status: Literal["answered", "refused"]
    answer: str
    mode: Literal["extractive", "generative"] = "extractive"
    confidence: float = Field(ge=0, le=1)
    citations: list[Citation] = []
    passages: list[Passage] = []
    elapsed_ms: float = 0.0
