"""Works: what a list of references lists. A document of the corpus is one, a source that a note names another."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gbaqa.answering.answer import Citation, Footnote
from gbaqa.corpus.document import Document
from gbaqa.language.script import Script, language_of_script, script_of_language, to_hong_kong
from gbaqa.publishing.wording import WORDING

# A note may be an explanation instead of a source; what has neither an address nor the length of a name is one.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Work:
    """A publication, or a source that a note names.

    Attributes:
        key: the same for the same work, letters, digits and hyphens.
        title: with its subtitle; of a source its name as the note gives it.
        authors: its publishers, empty where they are not known.
        url: only where it is a web address.
        note: what has to be said of it, such as that it is a digest.
        is_source: named by a note rather than read by us.
    """

    key: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    script: Script
    url: str | None = None
    note: str = ""
    is_source: bool = False


def work_of(citation: Citation, documents: Mapping[str, Document], script: Script) -> Work:
    """The work that a citation cites; of a document that is not at hand only the title is known."""
    language = language_of_script(script)
    words = WORDING[script]
    known = documents.get(citation.document)
    title, year = citation.title or citation.document, None
    authors: Sequence[str] = ()
    if known is not None:
        metadata = known.metadata
        title = known.title_in(language)
        if subtitle := metadata.subtitle.get(language):
            title = words.title_with_subtitle.format(title=title, subtitle=subtitle)
        authors = metadata.publishers.get(language) or next(iter(metadata.publishers.values()), ())
        year = metadata.year
    if citation.is_digest:
        title = words.digest.format(title=title)
    title, *authors = [_in_script(printable(text), script) for text in (title, *authors)]
    key, note = _key(citation.document), words.digest_note if citation.is_digest else ""
    return Work(key, title or key, tuple(filter(None, authors)), year, script, note=note)


def source_of(note: Footnote) -> Work | None:
    """The source that a note names; None for a note that explains something."""
    name, url = printable(note.text), web_address(note.url)
    if not name or (url is None and len(name) > _LONGEST_NAME):
        return None
    digest = hashlib.sha256(f"{name}\n{url}".encode()).hexdigest()[:8]
    return Work(f"source-{digest}", name, (), None, script_of_language(note.language), url=url, is_source=True)


def printable(text: str) -> str:
    """A text on one line, without characters that no document may hold (controls, private use, lone surrogates)."""
    return re.sub(r"\s+", " ", re.sub("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]", "", text)).strip()


def web_address(url: str | None) -> str | None:
    """An http or https address on one line, None for anything else."""
    found = re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", printable(url or ""), re.IGNORECASE)
    return found.group() if found else None


def _in_script(text: str, script: Script) -> str:
    return to_hong_kong(text) if script == "zh-Hant" else text


def _key(document: str) -> str:
    return (
        re.sub(r"[^A-Za-z0-9]+", "-", document).strip("-")
        or f"document-{hashlib.sha256(document.encode(errors='replace')).hexdigest()[:8]}"
    )
