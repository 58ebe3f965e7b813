"""Citations set in a style by citeproc-py, a processor of the Citation Style Language.

The styles lie in styles/. Each citation is set in full, as if it were the first: any of them may be copied alone.
"""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, Literal

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator
from citeproc.source.json import CiteProcJSON

from gbaqa.language.script import Script
from gbaqa.publishing.exchange import csl_item
from gbaqa.publishing.references import Reference
from gbaqa.publishing.works import Work

Style = Literal["apa", "chicago", "gbt7714"]
PlaceKind = Literal["page", "words", "none"]
Runs = list[tuple[str, bool]]
"""Text as pieces, each with whether it is in italics."""

_FILES: dict[Style, str] = {"apa": "apa.csl", "chicago": "chicago-notes-bibliography.csl", "gbt7714": "gb-t-7714-2015-note.csl"}
_LOCALES: dict[Script, str] = {"en": "en-US", "zh-Hans": "zh-CN", "zh-Hant": "zh-TW"}
# Private-use characters stand for the begin and end of italics and for a page; `printable` lets none of a document's own through.
_ITALIC, _UPRIGHT, _PLACE = "\ue000", "\ue001", "\ue002"
_one_at_a_time = Lock()  # a style keeps state while it sets a citation


class _Formatter:
    """How citeproc-py marks up what it sets: italics, and nothing else."""

    Oblique = Bold = Light = Underline = Superscript = Subscript = SmallCaps = staticmethod(str)

    @staticmethod
    def preformat(text: Any) -> str:
        return str(text)

    @staticmethod
    def Italic(text: Any) -> str:  # noqa: N802 - the name that citeproc-py calls
        return f"{_ITALIC}{text}{_UPRIGHT}"


def cited(reference: Reference, style: Style, prefix: str = "") -> Runs:
    """The citation of a reference: a note, or for APA the words in brackets that stand in the text, after a prefix."""
    place = reference.page or reference.place
    kind: PlaceKind = "none" if not place else "page" if reference.page else "words"
    return _runs(_citation(reference.work, kind, style, prefix).replace(_PLACE, place))


@lru_cache(maxsize=1024)
def _citation(work: Work, kind: PlaceKind, style: Style, prefix: str) -> str:
    """A citation with a sign for the place: the processor takes its time, and a report is cited from many pages."""
    item = csl_item(work)
    options: dict[str, Any] = {"prefix": prefix}
    if kind != "none" and style == "gbt7714":
        item |= {"page": _PLACE, "publisher": ""}
    elif kind == "page":
        options["locator"] = Locator("page", _PLACE)
    elif kind == "words":
        options["suffix"] = (", " if work.script == "en" else "，") + _PLACE
    with _one_at_a_time:
        citation, bibliography = _registered(item, style, work.script, options)
        return str(bibliography.cite(citation, lambda item: None))


def listed(work: Work, style: Style) -> Runs:
    """A work as the list of references lists it."""
    return _runs(_entry(work, style))


@lru_cache(maxsize=1024)
def _entry(work: Work, style: Style) -> str:
    item = csl_item(work)
    address = ""
    if not work.authors and style != "gbt7714":
        item["author"] = [{"literal": item.pop("title")}]  # citeproc-py would give the title twice
        if style == "apa" and work.url:
            address = f" {item.pop('URL')}"  # without a date of access, the style's "retrieved from" lacks its end
    with _one_at_a_time:
        _, bibliography = _registered(item, style, work.script, {})
        entry = str(bibliography.bibliography()[0]) + address
    return entry.removeprefix("[1]") if style == "gbt7714" else entry


def plain(runs: Runs) -> str:
    """Styled text without its italics."""
    return "".join(text for text, _ in runs)


def sorted_works(works: Iterable[Work]) -> list[Work]:
    """Works in the order of a bibliography: by author, then title."""
    return sorted(works, key=lambda work: (*work.authors, work.title))


def _registered(item: dict[str, Any], style: Style, script: Script, options: dict[str, Any]) -> tuple[Citation, CitationStylesBibliography]:
    bibliography = CitationStylesBibliography(_style(style, _LOCALES[script]), CiteProcJSON([item]), _Formatter)
    citation = Citation([CitationItem(item["id"], **options)])
    bibliography.register(citation)
    return citation, bibliography


@cache
def _style(style: Style, locale: str) -> CitationStylesStyle:
    return CitationStylesStyle(str(Path(__file__).parent / "styles" / _FILES[style]), locale=locale, validate=False)


def _runs(text: str) -> Runs:
    pieces = re.split(f"{_ITALIC}([^{_UPRIGHT}]*){_UPRIGHT}", text)
    return [(piece, at % 2 == 1) for at, piece in enumerate(pieces) if piece]
