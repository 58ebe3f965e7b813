"""GET /healthz and /readyz: whether the server lives, and whether it should be sent questions."""

from typing import Literal

from fastapi import APIRouter
from pydantic import BaseModel

from gbaqa import __version__
from gbaqa.web.api.problems import RequestError, told
from gbaqa.web.api.service import Service


class Health(BaseModel):
    """The server answers."""

    status: Literal["ok"] = "ok"


class Readiness(BaseModel):
    """The server can be asked."""

    status: Literal["ready"] = "ready"
    version: str
    documents: int
    statements: int


def router(service: Service) -> APIRouter:
    """The routes that supervisors ask."""
    routes = APIRouter(tags=["operation"])

    @routes.get("/healthz", summary="Whether the server lives")
    async def healthz() -> Health:
        """Say that the server answers."""
        return Health()

    @routes.get("/readyz", responses=told(), summary="Whether the server can be asked")
    async def readyz() -> Readiness:
        """Ready once the index is open, and while there is room for a question."""
        if service.capacity.is_full:
            raise RequestError("overload", "As many questions wait as may; send the next to another server.", {"Retry-After": "1"})
        index = service.assistant.index
        return Readiness(version=__version__, documents=len(index.documents), statements=len(index.statements))

    return routes
