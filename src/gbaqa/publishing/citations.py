"""Citations in the format asked for: footnotes, three styles, and files for reference managers."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from gbaqa.answering.answer import Citation
from gbaqa.corpus.document import Document
from gbaqa.language.script import Script
from gbaqa.publishing.exchange import Pages, bibtex, csl_json, pages_of, ris
from gbaqa.publishing.references import Reference, references_of, sources_of, works_of
from gbaqa.publishing.styled import Runs, Style, cited, listed, plain, sorted_works
from gbaqa.publishing.wording import WORDING
from gbaqa.publishing.works import Work, printable

CitationFormat = Literal["footnote", "apa", "gbt7714", "chicago", "bibtex", "ris", "csl-json"]
CITATION_FORMATS: tuple[CitationFormat, ...] = get_args(CitationFormat)

_EXCHANGE: dict[str, Callable[[Sequence[Work], Pages], str]] = {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}
_KINDS: dict[str, tuple[str, str]] = {
    "bibtex": ("application/x-bibtex", "bib"),
    "ris": ("application/x-research-info-systems", "ris"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "json"),
}


@dataclass(frozen=True, slots=True)
class Exported:
    """A file that leaves gbaqa: its bytes, its media type, and what its name ends in (without the dot)."""

    content: bytes
    media_type: str
    extension: str


def export_citations(
    citations: Sequence[Citation], documents: Mapping[str, Document], how: CitationFormat, script: Script, *, sources: bool = False
) -> Exported:
    """Citations as a file.

    Args:
        citations: in the order they are to be numbered.
        documents: what is known of the works, by id.
        how: footnotes, a style, or a file for reference managers.
        script: the language and script to write in.
        sources: whether the sources that notes name are listed as works of their own.
    """
    references = references_of(citations, documents, script)
    named = sources_of(references) if sources else []
    if (write := _EXCHANGE.get(how)) is not None:
        media_type, extension = _KINDS[how]
        text = write([*works_of(references), *named], pages_of(references))
        return Exported(text.encode(), f"{media_type}; charset=utf-8", extension)
    text = "\n\n".join(_parts(references, named, how, script)) + "\n"
    return Exported(text.encode(), "text/plain; charset=utf-8", "txt")


def footnote(reference: Reference, script: Script) -> Runs:
    """A reference as a footnote of its own: Chicago's in English, GB/T 7714's in Chinese, with the notes behind it."""
    style: Style = "chicago" if script == "en" else "gbt7714"
    words = WORDING[script]
    notes = [
        words.note.format(number=note.number, source=words.listing.join(filter(None, [printable(note.text), printable(note.url or "")])))
        for note in reference.citation.footnotes
    ]
    runs = cited(reference, style)
    if not notes:
        return runs
    last, is_italic = runs[-1]
    return [*runs[:-1], (last.removesuffix("."), is_italic), (words.in_brackets.format(text=words.between.join(notes)) + ".", False)]


def _parts(references: Sequence[Reference], named: Sequence[Work], how: CitationFormat, script: Script) -> list[str]:
    """The blocks of a text of citations: what is cited, the works, the sources that notes name."""
    words = WORDING[script]
    style: Style = "apa" if how == "apa" else "gbt7714" if how == "gbt7714" or (how == "footnote" and script != "en") else "chicago"
    if how == "footnote":
        parts = ["\n".join(f"{one.number}. {plain(footnote(one, script))}" for one in references)]
    elif how == "gbt7714":
        parts = ["\n".join(f"[{one.number}] {plain(cited(one, style))}" for one in references)]
    else:
        heading = words.in_text if how == "apa" else words.notes
        lines = [f"{_label(one, how)} {plain(_with_sources(one, how, script))}" for one in references]
        works = [plain(listed(work, style)) for work in sorted_works(works_of(references))]
        parts = ["\n".join([heading, *lines]), "\n".join([words.references, *works])]
    if named:
        parts.append("\n".join([words.named_in_notes, *(plain(listed(work, style)) for work in sorted_works(named))]))
    return parts


def _label(reference: Reference, how: CitationFormat) -> str:
    return f"[{reference.number}]" if how == "apa" else f"{reference.number}."


def _with_sources(reference: Reference, how: CitationFormat, script: Script) -> Runs:
    """APA says in the brackets whose figure it is that the work cites; Chicago has it in the note."""
    if how == "chicago":
        return footnote(reference, script) if script == "en" else cited(reference, "chicago")
    names = list(dict.fromkeys(source.title for source in reference.sources))
    prefix = WORDING[script].as_cited_in.format(source=WORDING[script].between.join(names)) if names else ""
    return cited(reference, "apa", prefix)
