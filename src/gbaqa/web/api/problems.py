"""What goes wrong, as RFC 9457 problems; under /v1 in the form that OpenAI's clients read."""

import http
import logging
from collections.abc import Mapping, Sequence
from typing import Any, Literal

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gbaqa.errors import GbaqaError, QuestionError
from gbaqa.web.api.paths import path_of

_log = logging.getLogger(__name__)

Kind = Literal[
    "question",
    "invalid-request",
    "too-large",
    "unknown-page",
    "unknown-document",
    "ambiguous-page",
    "unknown-model",
    "not-found",
    "wrong-method",
    "key",
    "origin",
    "rate-limit",
    "overload",
    "failure",
]

_TITLES: dict[Kind, tuple[int, str]] = {
    "question": (400, "This is no question"),
    "invalid-request": (422, "The request does not fit the interface"),
    "too-large": (413, "The request is too large"),
    "unknown-page": (404, "There is no such page"),
    "unknown-document": (404, "There is no such document"),
    "ambiguous-page": (409, "Several documents have this page"),
    "unknown-model": (404, "There is no such model"),
    "not-found": (404, "There is nothing here"),
    "wrong-method": (405, "Not with this method"),
    "key": (401, "A key is needed"),
    "origin": (403, "This site may not ask"),
    "rate-limit": (429, "Too many requests"),
    "overload": (503, "Too much to do"),
    "failure": (500, "Something failed"),
}
_MOST_TOLD = 3  # mistakes of one request


class Problem(BaseModel):
    """An error as RFC 9457 has it. `detail` is one line: what is wrong, where, and what to do."""

    type: str = Field(examples=["urn:gbaqa:problem:question"])
    title: str = Field(examples=["This is no question"])
    status: int = Field(examples=[400])
    detail: str = Field(examples=["The question is empty; ask something, in English or Chinese."])


class RequestError(GbaqaError):
    """A request that is not served, and why."""

    def __init__(self, kind: Kind, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(detail)
        self.headers = dict(headers or {})
        status, title = _TITLES[kind]
        self.problem = Problem(type=f"urn:gbaqa:problem:{kind}", title=title, status=status, detail=detail)


def problem_of(error: Exception) -> RequestError:
    """An error as what is told of it. Only errors that are meant for people are told in their own words."""
    if isinstance(error, RequestError):
        return error
    if isinstance(error, QuestionError):
        return RequestError("question", str(error))
    if isinstance(error, GbaqaError):
        return RequestError("failure", str(error))
    if isinstance(error, RequestValidationError):
        return RequestError("invalid-request", _mistakes(error.errors()))
    return RequestError("failure", "The server could not finish this request; try again, and tell its operator if it fails again.")


def problem_response(error: RequestError, path: str) -> JSONResponse:
    """The response to a request for a path that is not served."""
    return _response(error.problem, error.headers, path)


def _response(problem: Problem, headers: Mapping[str, str], path: str) -> JSONResponse:
    if path.startswith("/v1/"):
        return JSONResponse(openai_error(problem), problem.status, headers)
    return JSONResponse(problem.model_dump(), problem.status, headers, media_type="application/problem+json")


def openai_error(problem: Problem) -> dict[str, Any]:
    """A problem as OpenAI's clients expect an error."""
    kind = "invalid_request_error" if problem.status < 500 else "server_error"
    return {"error": {"message": problem.detail, "type": kind, "param": None, "code": problem.type.rpartition(":")[2]}}


def told(*kinds: Kind) -> dict[int | str, dict[str, Any]]:
    """The problems of an operation, for its description."""
    by_status: dict[int | str, dict[str, Any]] = {}
    for kind in (*kinds, "invalid-request", "too-large", "key", "origin", "rate-limit", "overload"):
        status, title = _TITLES[kind]
        by_status[status] = {"description": title, "content": {"application/problem+json": {"schema": Problem.model_json_schema()}}}
    return by_status


class Failures:
    """ASGI middleware that tells what nobody foresaw as a problem too, and logs it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False

        async def noting(message: Message) -> None:
            nonlocal begun
            begun = begun or message["type"] == "http.response.start"
            await send(message)

        try:
            await self._app(scope, receive, noting)
        except Exception as error:
            if scope["type"] != "http" or begun:  # a response that has begun can only be broken off
                raise
            _log.exception("%s %s failed", scope["method"], path_of(scope))
            await problem_response(problem_of(error), path_of(scope))(scope, receive, send)


def install_problems(app: FastAPI) -> None:
    """Tell the foreseen errors of an app as problems."""

    async def tell(request: Request, error: Exception) -> JSONResponse:
        return problem_response(problem_of(error), path_of(request.scope))

    async def tell_http(request: Request, error: Exception) -> JSONResponse:
        if not isinstance(error, HTTPException):
            raise TypeError("handles HTTPException alone") from error
        if error.status_code == http.HTTPStatus.BAD_REQUEST:  # FastAPI says so of bytes that are no text, and hides why
            unread = RequestError("invalid-request", "body: this is no JSON in UTF-8. See /openapi.json for what is expected.")
            return problem_response(unread, path_of(request.scope))
        phrase = http.HTTPStatus(error.status_code).phrase
        problem = Problem(type="about:blank", title=phrase, status=error.status_code, detail=str(error.detail))
        return _response(problem, error.headers or {}, path_of(request.scope))

    app.add_exception_handler(GbaqaError, tell)
    app.add_exception_handler(RequestValidationError, tell)
    app.add_exception_handler(HTTPException, tell_http)


def _mistakes(errors: Sequence[Mapping[str, Any]]) -> str:
    """The first mistakes of a request in one line, without what was sent."""
    mistakes = []
    for error in errors[:_MOST_TOLD]:
        place = ".".join(str(part) for part in error["loc"] if not (error["type"] == "json_invalid" and isinstance(part, int)))
        reason = str(error.get("ctx", {}).get("error") or error["msg"]) if error["type"] == "json_invalid" else str(error["msg"])
        mistakes.append(f"{place}: {' '.join(reason.split())}")
    more = f" (and {len(errors) - _MOST_TOLD} more)" if len(errors) > _MOST_TOLD else ""
    return f"{'; '.join(mistakes)}{more}. See /openapi.json for what is expected."
