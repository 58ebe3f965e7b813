"""The city board: the indicators of the documents' city tables, sortable and drawn, each figure linked to its page.

It needs no script: a head of the table is a button of a form, so an order has an address. Amounts in different currencies
are never ranked or drawn against each other.
"""

from collections.abc import Sequence
from functools import cached_property
from html import escape
from typing import get_args

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import HTMLResponse

from gbaqa.answering.citations import Citer
from gbaqa.answering.city_board import Cell, CityBoard
from gbaqa.answering.page_wording import page_label
from gbaqa.assistant import Assistant
from gbaqa.index.store import SearchIndex
from gbaqa.language.indicators import Indicator
from gbaqa.language.places import CITIES, place_forms
from gbaqa.language.script import Language, Script, language_of_script, to_hong_kong
from gbaqa.publishing.citations import Exported
from gbaqa.publishing.sheets import FactFormat, export_facts
from gbaqa.web.board_order import INDICATORS, Order, by_currency, sorted_cities
from gbaqa.web.board_texts import BOARD_TEXTS, BoardTexts
from gbaqa.web.frame import framed
from gbaqa.web.links import page_address
from gbaqa.web.live import PerIndex
from gbaqa.web.masthead import titles
from gbaqa.web.reader import LANGUAGE_PARAMETER, chosen_script, reader_script
from gbaqa.web.texts import TEXTS

_SAME_WITHIN = 0.001  # of a value: 1.33 trillion and 13,299亿 are the same figure, rounded
_SCALE = 100


def router(assistant: Assistant) -> APIRouter:
    """GET /cities?sort=gdp (ascending) or -gdp (descending), and the same figures as /cities.csv and /cities.xlsx."""
    routes = APIRouter()
    current = PerIndex(assistant, Board)

    @routes.get("/cities", include_in_schema=False)
    def cities(request: Request, sort: str = "") -> HTMLResponse:
        """The board in the reader's script."""
        script, board = reader_script(request), current()
        words = BOARD_TEXTS[script]
        if board.is_empty:
            return framed(request, words.title, f'<p class="empty">{escape(words.absent)}</p>', styles=["board.css"], status=404)
        body = board.html(script, Order.asked(sort), chosen_script(request))
        return framed(request, words.title, body, styles=["board.css"])

    @routes.get("/cities.{how}", include_in_schema=False)
    def download(request: Request, how: str) -> Response:
        """The figures of the board as a file, from the pages in the reader's language."""
        script, board = reader_script(request), current()
        kind = next((known for known in get_args(FactFormat) if known == how), None)
        if kind is None or board.is_empty:
            raise HTTPException(404, BOARD_TEXTS[script].absent)
        exported = board.exported(kind, script)
        disposition = f'attachment; filename="gbaqa-cities.{exported.extension}"'
        return Response(exported.content, media_type=exported.media_type, headers={"Content-Disposition": disposition})

    return routes


class Board:
    """Writes the board of an index; the tables are read when it is first asked for."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._documents = list(index.documents.values())

    @cached_property
    def _board(self) -> CityBoard:
        return CityBoard.from_index(self._index)

    @property
    def is_empty(self) -> bool:
        """Whether the documents have no table of cities."""
        return not self._board.cells

    def html(self, script: Script, order: Order, chosen: Script | None = None) -> str:
        """Head, table and charts. `chosen` is the script that the address asks for, which a new order keeps."""
        words = BOARD_TEXTS[script]
        cells = self._cells(language_of_script(script))
        indicators = [indicator for indicator in INDICATORS if any(known == indicator for _, known in cells)]
        charts = "".join(self._chart(indicator, cells, script, words) for indicator in indicators)
        table = self._table(indicators, cells, order, script, words)
        kept = f'<input type="hidden" name="{LANGUAGE_PARAMETER}" value="{chosen}">' if chosen else ""
        region = f'<div class="scroll" role="region" tabindex="0" aria-label="{escape(words.table)}">{table}</div>'
        form = f'<form action="cities">{kept}{region}</form>'
        return f'{self._head(cells, script, words)}{form}<div class="charts">{charts}</div>'

    def exported(self, how: FactFormat, script: Script) -> Exported:
        """The figures of the board as a table."""
        citer = Citer(self._index)
        cells = self._cells(language_of_script(script)).values()
        citations = [citer.cite(cell.row, mark, script) for mark, cell in enumerate(cells, 1)]
        return export_facts(citations, self._index.documents, how, script)

    def _cells(self, language: Language) -> dict[tuple[str, Indicator], Cell]:
        """The figures in a language; where its pages lack one, the other language's."""
        other: Language = "zh" if language == "en" else "en"
        found: dict[tuple[str, Indicator], Cell] = {}
        for wanted in (language, other):
            for city in CITIES:
                for indicator in INDICATORS:
                    if (cell := self._board.cells.get((wanted, indicator, city))) is not None:
                        found.setdefault((city, indicator), cell)
        return found

    def _head(self, cells: dict[tuple[str, Indicator], Cell], script: Script, words: BoardTexts) -> str:
        years = TEXTS[script].listing.join(sorted(self._board.years))
        shown = {self._index.statements[cell.row][0].document for cell in cells.values()}
        documents = [document for document in self._documents if document.id in shown]
        space = " " if script == "en" else ""
        said = [words.years.format(years=years) + space + words.intro if years else words.intro]
        if any(document.is_digest for document in documents):
            said.append(words.digest)
        kinds = {(cell.indicator, cell.currency) for cell in cells.values()}
        if len(kinds) > len({indicator for indicator, _ in kinds}):
            said.append(words.currencies_apart)
        files = " · ".join(f'<a href="cities.{how}" download>{name}</a>' for how, name in (("csv", "CSV"), ("xlsx", "Excel")))
        return (
            f'<header><h1>{escape(words.title)}</h1><p class="of">{escape(titles(documents, script))}</p>'
            f'{"".join(f"<p>{escape(line)}</p>" for line in said)}<p class="download">{escape(words.download)} {files}</p></header>'
        )

    def _table(
        self, indicators: Sequence[Indicator], cells: dict[tuple[str, Indicator], Cell], order: Order, script: Script, words: BoardTexts
    ) -> str:
        heads = _sort_head("city", words.city, order, words)
        heads += "".join(_sort_head(indicator, words.indicators[indicator], order, words) for indicator in indicators)
        rows = "".join(
            f'<tr><th scope="row">{escape(_city_name(city, script))}</th>'
            + "".join(f"<td>{self._figure(cells.get((city, indicator)), script, words)}</td>" for indicator in indicators)
            + f"<td>{self._pages([cell for (of, _), cell in cells.items() if of == city], script)}</td></tr>"
            for city in sorted_cities(cells, order, {city: _city_name(city, script) for city in CITIES})
        )
        return f'<table><thead><tr>{heads}<th scope="col">{escape(words.pages)}</th></tr></thead><tbody>{rows}</tbody></table>'

    def _figure(self, cell: Cell | None, script: Script, words: BoardTexts) -> str:
        """A figure as printed, linked to its page; beside it what the other language has, where that is another figure."""
        if cell is None:
            return '<span class="none">–</span>'
        twin = self._board.cells.get(("zh" if cell.language == "en" else "en", cell.indicator, cell.city))
        differs = ""
        if twin is not None and (twin.currency != cell.currency or abs(twin.value - cell.value) > _SAME_WITHIN * abs(cell.value)):
            told = words.differs[twin.language].format(value=twin.text, page=self._page(twin, script))
            differs = f'<span class="differs">{escape(told)}</span>'
        return f"{self._link(cell, _in_script(cell.text, script), lang=cell.language)}{differs}"

    def _pages(self, cells: Sequence[Cell], script: Script) -> str:
        """The pages that a city's figures stand on, each once."""
        by_page = {self._page(cell, script): cell for cell in reversed(cells)}
        return "<br>".join(self._link(cell, label) for label, cell in reversed(by_page.items()))

    def _link(self, cell: Cell, text: str, *, lang: Language | None = None) -> str:
        chunk, statement = self._index.statements[cell.row]
        address = page_address(chunk.document, statement.page, statement.text)
        spoken = f' lang="{lang}"' if lang == "en" else ""
        shown = escape(text)
        return f'<a href="{escape(address)}"{spoken}>{shown}</a>' if address else f"<span{spoken}>{shown}</span>"

    def _page(self, cell: Cell, script: Script) -> str:
        chunk, statement = self._index.statements[cell.row]
        page = self._index.documents[chunk.document].page(statement.page)
        return page_label(script, page.label, certain=page.certain, sheet=page.sheet)

    def _chart(self, indicator: Indicator, cells: dict[tuple[str, Indicator], Cell], script: Script, words: BoardTexts) -> str:
        """Bars of an indicator, the longest first, each currency by itself."""
        currencies = by_currency([cell for (_, known), cell in cells.items() if known == indicator])
        groups = []
        for currency, of_currency in currencies.items():
            name = f"<h3>{escape(words.currencies.get(currency, currency))}</h3>" if len(currencies) > 1 else ""
            groups.append(f"{name}<ol>{self._bars(of_currency, script, words)}</ol>")
        return f'<section class="chart"><h2>{escape(words.indicators[indicator])}</h2>{"".join(groups)}</section>'

    def _bars(self, cells: Sequence[Cell], script: Script, words: BoardTexts) -> str:
        longest = max(cell.value for cell in cells)
        return "".join(
            f'<li><span class="city">{escape(_city_name(cell.city, script))}</span>'
            f"{_bar(cell.value / longest) if len(cells) > 1 and longest > 0 else _alone(words, cell)}"
            f'<span class="value">{self._link(cell, _in_script(cell.text, script), lang=cell.language)}</span></li>'
            for cell in sorted(cells, key=lambda cell: -cell.value)
        )


def _sort_head(column: str, name: str, order: Order, words: BoardTexts) -> str:
    """The head of a column: a button that sorts by it, figures from the greatest down first."""
    is_sorted = order.column == column
    goes_down = not order.is_descending if is_sorted else column != "city"
    state = f' aria-sort="{"descending" if order.is_descending else "ascending"}"' if is_sorted else ""
    sign = f'<span aria-hidden="true">{"▼" if order.is_descending else "▲"}</span> ' if is_sorted else ""
    focus = " autofocus" if is_sorted else ""  # the page is a new one after sorting: whoever pressed the button is still there
    value, title = ("-" if goes_down else "") + column, words.sort_down if goes_down else words.sort_up
    button = f'<button name="sort" value="{value}" title="{escape(title)}"{focus}>{sign}{escape(name)}</button>'
    return f'<th scope="col"{state}>{button}</th>'


def _bar(share: float) -> str:
    """A bar; a screen reader has the figure beside it."""
    return (
        f'<svg class="length" viewBox="0 0 {_SCALE} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{max(share, 0) * _SCALE:.1f}" height="1"/></svg>'
    )


def _alone(words: BoardTexts, cell: Cell) -> str:
    return f'<span class="alone">{escape(words.alone)}</span>' if cell.currency else "<span></span>"


def _city_name(city: str, script: Script) -> str:
    return city if script == "en" else _in_script(place_forms(city)[1][0], script)


def _in_script(text: str, script: Script) -> str:
    return to_hong_kong(text) if script == "zh-Hant" else text
