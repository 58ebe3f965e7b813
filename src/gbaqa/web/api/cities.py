"""GET /api/cities: the indicators of cities that the documents' tables give."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field

from gbaqa.answering.answer import Footnote
from gbaqa.answering.citations import footnotes
from gbaqa.answering.city_board import CityBoard
from gbaqa.index.store import SearchIndex
from gbaqa.language.indicators import Indicator
from gbaqa.language.places import place_forms
from gbaqa.language.script import Language
from gbaqa.web.api.problems import told
from gbaqa.web.api.service import Service
from gbaqa.web.live import PerIndex


class CityFigure(BaseModel):
    """An indicator of a city as a table of a document gives it."""

    city: str = Field(examples=["Shenzhen"])
    city_zh: str = Field(examples=["深圳"])
    indicator: Indicator
    value: str = Field(description="As printed.", examples=["RMB 3,238.8 billion"])
    number: float = Field(description="The value as a plain number, its scale applied.")
    currency: str = Field(description="RMB, HKD, MOP, USD, or empty; figures of different currencies do not compare.")
    language: Language = Field(description="Of the page it is printed on.")
    document: str
    page: str | None
    footnotes: list[Footnote]


class CityFigures(BaseModel):
    """The figures, and the years that the tables speak of. Empty where the documents have no such tables."""

    years: list[str]
    figures: list[CityFigure]


def router(service: Service) -> APIRouter:
    """The route to the cities' indicators."""
    routes = APIRouter(prefix="/api", tags=["documents"])
    board = PerIndex(service.assistant, lambda index: (index, CityBoard.from_index(index)))

    @routes.get("/cities", responses=told(), summary="List the indicators of cities")
    async def cities(
        indicator: Annotated[Indicator | None, Query(description="Only this one.")] = None,
        city: Annotated[str | None, Query(description="Only this city, in English or Chinese.", examples=["Shenzhen"])] = None,
        language: Annotated[Language, Query(description="From the pages of this language.")] = "en",
    ) -> CityFigures:
        """Area, population, GDP, GDP per capita and trade, where a table gives them, the largest first within an indicator."""
        return figures(*board(), language, indicator, city)

    return routes


def figures(
    index: SearchIndex, board: CityBoard, language: Language, indicator: Indicator | None = None, city: str | None = None
) -> CityFigures:
    """The figures of a board in one language, of one indicator or city where it is named."""
    wanted = city.strip().casefold() if city else None
    found = []
    for cell in sorted(board.cells.values(), key=lambda cell: (cell.indicator, -cell.value)):
        english, chinese = place_forms(cell.city)
        named = wanted is None or wanted in {cell.city.casefold(), *english, *chinese}
        if cell.language != language or not named or (indicator is not None and cell.indicator != indicator):
            continue
        chunk, statement = index.statements[cell.row]
        found.append(
            CityFigure(
                city=cell.city,
                city_zh=chinese[0],
                indicator=cell.indicator,
                value=cell.text,
                number=cell.value,
                currency=cell.currency,
                language=cell.language,
                document=chunk.document,
                page=statement.page or None,
                footnotes=footnotes(index.documents[chunk.document], statement),
            )
        )
    return CityFigures(years=sorted(board.years), figures=found)
