"""GET /api/search: the passages that rank first for a query."""

from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from gbaqa.answering.answer import Passage
from gbaqa.web.api.problems import told
from gbaqa.web.api.questions import ASKABLE
from gbaqa.web.api.service import Service

MOST_PASSAGES = 50


class Found(BaseModel):
    """Passages for a query, the best first. Scores compare within one query only."""

    query: str
    passages: list[Passage]


def router(service: Service) -> APIRouter:
    """The route to search."""
    routes = APIRouter(prefix="/api", tags=["documents"])

    @routes.get("/search", responses=told("question"), summary="Search the documents")
    async def search(
        q: Annotated[str, Query(description="A question or words.", examples=["green bonds"], json_schema_extra=ASKABLE)],
        k: Annotated[int, Query(ge=1, le=MOST_PASSAGES, description="How many passages.")] = 10,
    ) -> Found:
        """Passages in both languages, those in the query's language first where they are as near."""
        return Found(query=q, passages=await service.work(lambda: find(service, q, k)))

    return routes


def find(service: Service, query: str, k: int) -> list[Passage]:
    """The k best passages for a query. Raises QuestionError where it is empty or too long."""
    return service.assistant.passages(query, k)
