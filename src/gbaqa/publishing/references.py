"""References: the citations of one or many answers, numbered through, each with the work and the page it refers to."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gbaqa.answering.answer import Answer, Citation
from gbaqa.answering.page_wording import page_in_words
from gbaqa.corpus.document import Document
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.script import Script
from gbaqa.publishing.wording import WORDING
from gbaqa.publishing.works import Work, printable, source_of, work_of


@dataclass(frozen=True, slots=True)
class Reference:
    """A place in a work.

    Attributes:
        number: counted through all references of an export, from 1.
        citation: as the answer has it.
        page: the printed label where it is certain and the text is the work's own, else empty.
        place: in words where `page` does not say it: "about p. 73", "digest of p. 13"; empty where no page is known.
        sources: the works that its notes name.
    """

    number: int
    citation: Citation
    work: Work
    page: str
    place: str
    sources: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class CitedAnswer:
    """An answer with its references, in the order of its marks."""

    answer: Answer
    references: tuple[Reference, ...]


def references_of(citations: Iterable[Citation], documents: Mapping[str, Document], script: Script) -> list[Reference]:
    """The references that citations are, in their order."""
    return [_reference(number, citation, documents, script) for number, citation in enumerate(citations, 1)]


def cited_answers(answers: Sequence[Answer], documents: Mapping[str, Document], script: Script) -> list[CitedAnswer]:
    """The answers with their references, numbered through."""
    references = iter(references_of((citation for answer in answers for citation in answer.citations), documents, script))
    return [CitedAnswer(answer, tuple(next(references) for _ in answer.citations)) for answer in answers]


def works_of(references: Iterable[Reference]) -> list[Work]:
    """The works referred to, each once, in the order of their first mention."""
    return list({reference.work.key: reference.work for reference in references}.values())


def sources_of(references: Iterable[Reference]) -> list[Work]:
    """The sources that notes name, each once, in the order of their first mention."""
    return list({source.key: source for reference in references for source in reference.sources}.values())


def script_of(answers: Sequence[Answer], citations: Sequence[Citation]) -> Script:
    """The script an export speaks: that of the first answer, else of the first citation."""
    if answers:
        return answers[0].language
    return "zh-Hans" if citations and citations[0].language == "zh" else "en"


def place_of(citation: Citation, script: Script) -> str:
    """Where a citation's words stand: "p. 13", "about p. 73", "digest of p. 13"; empty where no page is known."""
    page = printable(citation.page or "")
    return page_in_words(script, page, certain=citation.page_certain, sheet=citation.sheet, is_digest=citation.is_digest)


def place_of_twin(citation: Citation, script: Script) -> str:
    """Where the same stands in the other language; empty where it does not, or no page is known."""
    page = printable(citation.twin.page or "") if citation.twin else ""
    return page_in_words(script, page, is_digest=citation.is_digest)


def quote_of(citation: Citation, script: Script) -> str:
    """The quote as it is put behind its place, in quotation marks unless it is a digest's, whose words are not the work's.

    A row of a table has the headings that it stands under before it: they say whose figures these are.
    """
    quote = printable(citation.quote)
    shown = quote if citation.is_digest else WORDING[script].quoted.format(quote=quote)
    if CELL_SEPARATOR not in quote or not citation.section:
        return shown
    return f"{' › '.join(map(printable, citation.section))}{WORDING[script].colon}{shown}"


def _reference(number: int, citation: Citation, documents: Mapping[str, Document], script: Script) -> Reference:
    is_plain = bool(citation.page) and citation.page_certain and not citation.is_digest
    page = printable(citation.page or "") if is_plain else ""
    sources = tuple(source for note in citation.footnotes if (source := source_of(note)) is not None)
    return Reference(number, citation, work_of(citation, documents, script), page, "" if page else place_of(citation, script), sources)
