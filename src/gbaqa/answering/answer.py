"""The Answer: what every interface of gbaqa returns, as pydantic models. `gbaqa ask --json` and the HTTP API give them as JSON."""

from typing import Literal, Self

from pydantic import BaseModel, Field, model_validator

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
    """A ranked retrieval result; its page is told as a citation tells it."""

    page: str | None
    page_certain: bool = True
    sheet: int | None = None
    is_digest: bool = False
    language: Language
    score: float
    text: str
    section: list[str] = []
    document: str = ""


class TableCell(BaseModel):
    """A figure of a table.

    Attributes:
        text: as printed.
        mark: the citation that states it.
        value: the figure as a number, `unit` its currency (empty for what is no money). Figures of different units are not
            to be ranked or drawn against each other.
        is_date: whether the figure is a point in time, in years: it can be ranked, but its size says nothing.
    """

    text: str
    mark: int
    value: float
    unit: str = ""
    is_date: bool = False


class TableRow(BaseModel):
    """What the row is of (a city), and its figure in each column, None where there is none."""

    name: str
    cells: list[TableCell | None]


class Table(BaseModel):
    """Figures of several places beside each other; `columns` names what is compared."""

    columns: list[str]
    rows: list[TableRow]

    @model_validator(mode="after")
    def _has_a_cell_for_each_column(self) -> Self:
        """Answers come back from browsers and programs, which may have changed them."""
        if any(len(row.cells) != len(self.columns) for row in self.rows):
            raise ValueError("a row has not as many cells as there are columns")
        return self


def _is_none(value: object) -> bool:
    return value is None


class Generation(BaseModel):
    """What a language model did for an answer.

    Attributes:
        model: as configured.
        calls, input_tokens, output_tokens: of this answer; `is_estimated` where the provider does not count its tokens.
        cost: in US dollars, None where no price is set.
        first_text_ms: when the first sentence was shown, counted from the question.
        written, kept: sentences of the model, and those that the document supports; `dropped` counts the others by reason.
        added: statements of the document that complete what the model wrote.
        fallback: why the answer is not, or not wholly, the model's; None where it is.
    """

    model: str
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    is_estimated: bool = False
    cost: float | None = None
    first_text_ms: float | None = None
    written: int = 0
    kept: int = 0
    dropped: dict[str, int] = {}
    invented_marks: int = 0
    added: int = 0
    fallback: str | None = None


class Answer(BaseModel):
    """An answer or a refusal, in the question's language and script.

    Attributes:
        question: as typed.
        understood_as: the question as the conversation completed it, or with slips of the keyboard mended; None where it stood as it was.
        answer: Markdown. Where the mode is extractive, only lists ("- ") and paragraphs are meant: whatever else looks like
            Markdown is the document's own text and stands as it is printed.
        notice: a line for the reader where a configured model could not be used.
        generation: what that model did; absent from the JSON, as the notice is, where none was asked.
        table: the list of the answer once more as a table, where it compares figures of several places.
    """

    question: str
    understood_as: str | None = None
    language: Script
    status: Literal["answered", "refused"]
    answer: str
    mode: Literal["extractive", "generative"] = "extractive"
    confidence: float = Field(ge=0, le=1)
    citations: list[Citation] = []
    table: Table | None = None
    passages: list[Passage] = []
    elapsed_ms: float = 0.0
    notice: str | None = Field(None, exclude_if=_is_none)
    generation: Generation | None = Field(None, exclude_if=_is_none)
