"""POST /api/citations/export, /api/conversation/export and /api/facts/export: answers as files that people use."""

from functools import partial
from typing import Annotated, Any, Literal, Self

from fastapi import APIRouter, Response
from pydantic import BaseModel, Field, model_validator

from gbaqa.answering.answer import Answer, Citation
from gbaqa.language.script import Script
from gbaqa.publishing.citations import CitationFormat, Exported, export_citations
from gbaqa.publishing.conversation import ConversationFormat, export_conversation
from gbaqa.publishing.references import script_of
from gbaqa.publishing.sheets import FactFormat, export_facts
from gbaqa.web.api.problems import told
from gbaqa.web.api.service import Service

_MOST_ANSWERS = 100
_MOST_CITATIONS = 1000
_MOST_WORKS = 50  # setting a citation in a style takes a while for each work
_MOST_SOURCES = 500
_LONGEST_QUOTE = 2_500  # of which figures are listed: each figure's row repeats the quote
_MOST_TEXT = 250_000  # characters of answers and quotes: some hundreds of them
_FILES = {
    "citations": ("text/plain", "application/x-bibtex", "application/x-research-info-systems", "application/vnd.citationstyles.csl+json"),
    "conversation": ("text/markdown", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "facts": ("text/csv", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}

Answers = Annotated[list[Answer], Field(max_length=_MOST_ANSWERS, description="As POST /api/ask returns them, the oldest first.")]
Wanted = Annotated[Script | None, Field(description="Language and script to write in; by default that of the first answer.")]


class _Wanted(BaseModel):
    """Answers, and the language to write in."""

    answers: Answers = []
    language: Wanted = None

    @model_validator(mode="after")
    def _cites_few_works(self) -> Self:
        if len({citation.document for citation in self.all_citations}) > _MOST_WORKS:
            raise ValueError(f"more than {_MOST_WORKS} documents are cited; export them in parts")
        return self

    @model_validator(mode="after")
    def _is_not_too_long(self) -> Self:
        if sum(len(answer.answer) for answer in self.answers) + sum(len(one.quote) for one in self.all_citations) > _MOST_TEXT:
            raise ValueError(f"answers and quotes have more than {_MOST_TEXT} characters; export them in parts")
        return self

    @property
    def all_citations(self) -> list[Citation]:
        return [citation for answer in self.answers for citation in answer.citations]

    @property
    def script(self) -> Script:
        return self.language or script_of(self.answers, self.all_citations)


class _Cited(_Wanted):
    """Answers with all their citations, or citations alone; of both the answers' come first."""

    citations: list[Citation] = Field([], max_length=_MOST_CITATIONS)

    @model_validator(mode="after")
    def _cites_something(self) -> Self:
        if not self.all_citations:
            raise ValueError("nothing is cited; send answers that cite something, or citations, as POST /api/ask returns them")
        return self

    @property
    def all_citations(self) -> list[Citation]:
        return super().all_citations + self.citations


class CitationsWanted(_Cited):
    """Which citations are to be written, and how."""

    format: CitationFormat = Field("footnote", description="Footnotes, a style, or a file for reference managers.")
    sources: bool = Field(False, description="Whether the sources that notes name are listed as works of their own.")

    @model_validator(mode="after")
    def _has_not_too_many_sources(self) -> Self:
        if self.sources and len({(note.text, note.url) for one in self.all_citations for note in one.footnotes}) > _MOST_SOURCES:
            raise ValueError(f"more than {_MOST_SOURCES} sources are named; export them in parts")
        return self


class FactsWanted(_Cited):
    """Which quotes' figures are to be put into a table."""

    format: FactFormat = "csv"

    @model_validator(mode="after")
    def _quotes_statements(self) -> Self:
        if any(len(one.quote) > _LONGEST_QUOTE for one in self.all_citations):
            raise ValueError(f"a quote has more than {_LONGEST_QUOTE} characters; send statements, as POST /api/ask quotes them")
        return self


class ConversationWanted(_Wanted):
    """Which answers make a document."""

    answers: Annotated[Answers, Field(min_length=1)]
    format: ConversationFormat = "markdown"


def router(service: Service) -> APIRouter:
    """The routes to exports. What is known of the works beyond their citations comes from the assistant's documents."""
    routes = APIRouter(prefix="/api", tags=["exports"], default_response_class=Response)

    @routes.post("/citations/export", responses=_answered_with("citations"), summary="Citations in a style, or for a reference manager")
    async def citations(wanted: CitationsWanted) -> Response:
        """Footnotes, APA, GB/T 7714 or Chicago as text; BibTeX, RIS or CSL-JSON."""
        documents = service.assistant.index.documents
        made = partial(export_citations, wanted.all_citations, documents, wanted.format, wanted.script, sources=wanted.sources)
        return _file(await service.work(made), "citations")

    @routes.post("/conversation/export", responses=_answered_with("conversation"), summary="A conversation as a document")
    async def conversation(wanted: ConversationWanted) -> Response:
        """Questions and answers with one list of references, as Markdown or for Word."""
        documents = service.assistant.index.documents
        made = partial(export_conversation, wanted.answers, documents, wanted.format, wanted.script)
        return _file(await service.work(made), "conversation")

    @routes.post("/facts/export", responses=_answered_with("facts"), summary="The figures of quotes as a table")
    async def facts(wanted: FactsWanted) -> Response:
        """Value, unit, period, place, quote, page, note, address and twin page, a row a figure, as CSV or an Excel workbook.

        A quote that states no figure has no row; the workbook lists such quotes on a second sheet.
        """
        documents = service.assistant.index.documents
        return _file(await service.work(partial(export_facts, wanted.all_citations, documents, wanted.format, wanted.script)), "facts")

    return routes


def _file(exported: Exported, name: Literal["citations", "conversation", "facts"]) -> Response:
    disposition = f'attachment; filename="gbaqa-{name}.{exported.extension}"'
    return Response(exported.content, media_type=exported.media_type, headers={"Content-Disposition": disposition})


def _answered_with(name: str) -> dict[int | str, dict[str, Any]]:
    """What an export answers with, for its description."""
    content = {media_type: {"schema": {"type": "string", "format": "binary"}} for media_type in _FILES[name]}
    return {200: {"description": "The file.", "content": content}, **told()}
