"""The page of differences: where the two languages of the documents differ, the most material first, with both quotes.

It is a page of its own without a script to load: the kinds are links, so a filtered list has an address.
"""

import re
from collections import Counter
from functools import cached_property
from html import escape
from typing import get_args

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from gbaqa.answering.page_wording import page_label
from gbaqa.assistant import Assistant
from gbaqa.bilingual.disagreement import Disagreement, Kind, Side
from gbaqa.bilingual.disagreements import Disagreements
from gbaqa.index.store import SearchIndex
from gbaqa.language.places import place_forms, places
from gbaqa.language.script import Language, Script
from gbaqa.web.frame import framed
from gbaqa.web.links import page_address
from gbaqa.web.live import PerIndex
from gbaqa.web.masthead import is_bilingual, titles
from gbaqa.web.reader import reader_script
from gbaqa.web.sources import page_link
from gbaqa.web.texts import TEXTS, Texts

_KINDS: tuple[Kind, ...] = get_args(Kind)


def router(assistant: Assistant) -> APIRouter:
    """GET /discrepancies?kind=KIND."""
    routes = APIRouter()
    page = PerIndex(assistant, DiscrepanciesPage)

    @routes.get("/discrepancies", include_in_schema=False)
    def discrepancies(request: Request, kind: str = "") -> HTMLResponse:
        """Where the two languages of the documents differ, in the reader's language."""
        script = reader_script(request)
        return framed(request, TEXTS[script].discrepancies, page().html(script, kind), styles=["discrepancies.css"])

    return routes


class DiscrepanciesPage:
    """Writes what the page shows of an index; the documents are compared when it is first asked for."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._documents = list(index.documents.values())

    @cached_property
    def _found(self) -> list[Disagreement]:
        return Disagreements(self._index).all()

    def html(self, script: Script, kind: str = "") -> str:
        """The page in the reader's script; all kinds where there is no such kind."""
        words = TEXTS[script]
        if not is_bilingual(self._documents):
            content = _empty(words.one_language)
        elif not self._found:
            content = _empty(words.no_discrepancies)
        else:
            of_kind = [one for one in self._found if one.kind == kind]
            content = _filter(self._found, kind if of_kind else None, words) + self._list(of_kind or self._found, words)
        of = escape(titles(self._documents, script))
        intro = escape(words.discrepancies_intro)
        return f'<header><h1>{escape(words.discrepancies)}</h1><p class="of">{of}</p><p>{intro}</p></header>{content}'

    def _list(self, shown: list[Disagreement], words: Texts) -> str:
        return f"<ol>{''.join(self._item(one, words) for one in shown)}</ol>"

    def _item(self, one: Disagreement, words: Texts) -> str:
        sides = self._side(one.zh, "zh", one, words) + self._side(one.en, "en", one, words)
        return f'<li class="{one.kind}"><h2>{escape(words.kinds[one.kind])}</h2><div class="sides">{sides}</div></li>'

    def _side(self, side: Side | None, language: Language, one: Disagreement, words: Texts) -> str:
        if side is None:
            return f"<section><h3>{escape(words.language[language])}</h3>{_silent(words)}</section>"
        document = self._index.documents[one.document]
        is_digest = document.is_digest
        certain = not side.page or document.page(side.page).certain
        page = page_link(
            page_label(words.script, side.page, certain=certain, is_digest=is_digest), page_address(document.id, side.page, side.quote)
        )
        heading = f"{escape(words.language[language])} · {page}"
        title = f'<p class="title">{escape(document.metadata.title.get(language, document.id))}</p>' if len(self._documents) > 1 else ""
        tag = "p" if is_digest else "blockquote"
        silent = "" if side.value or one.kind != "omission" else _silent(words)
        quote = f'<{tag} class="quote" lang="{language}">{highlighted(side.quote, side.value)}</{tag}>'
        return f"<section><h3>{heading}</h3>{title}{silent}{quote}</section>"


def highlighted(quote: str, value: str | None) -> str:
    """A quote, escaped, with the value in question marked wherever it stands."""
    if not value:
        return escape(quote)
    forms = "|".join(re.escape(form) for form in sorted(_forms(value), key=len, reverse=True))
    pieces = re.split(rf"((?<![A-Za-z\d])(?<!\d[.,])(?:{forms})(?![A-Za-z]|[.,]?\d))", quote, flags=re.IGNORECASE)
    return "".join(f"<mark>{escape(piece)}</mark>" if at % 2 else escape(piece) for at, piece in enumerate(pieces))


def _forms(value: str) -> list[str]:
    """How a value is written: as it is, or for places, which are noted by their English names, in both languages."""
    names = [name for name in value.split(", ") if name in places(name)]
    return [form for name in names for forms in place_forms(name) for form in forms] or [value]


def _silent(words: Texts) -> str:
    return f'<p class="silent">{escape(words.not_given)}</p>'


def _empty(text: str) -> str:
    return f'<p class="empty">{escape(text)}</p>'


def _filter(found: list[Disagreement], chosen: str | None, words: Texts) -> str:
    """Links to the kinds that there are, with how many."""
    counts = Counter(one.kind for one in found)
    links = [_filter_link("discrepancies", words.all_kinds, len(found), chosen=chosen is None)]
    for kind in filter(counts.get, _KINDS):
        links.append(_filter_link(f"discrepancies?kind={kind}", words.kinds[kind], counts[kind], chosen=kind == chosen))
    return f'<nav aria-label="{escape(words.filter)}">{"".join(links)}</nav>'


def _filter_link(address: str, text: str, count: int, *, chosen: bool) -> str:
    return f'<a href="{address}"{" aria-current=page" if chosen else ""}>{escape(text)} <span>{count}</span></a>'
