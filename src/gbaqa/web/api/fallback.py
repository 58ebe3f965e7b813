"""What /api and /v1 say where there is nothing, or nothing by that method; else the chat, which is at /, would answer."""

from fastapi import FastAPI
from starlette.routing import Route, compile_path
from starlette.types import Receive, Scope, Send

from gbaqa.web.api.paths import path_of
from gbaqa.web.api.problems import RequestError

_PATHS = ("/api/{rest:path}", "/v1/{rest:path}", "/healthz", "/readyz")


class Nothing:
    """ASGI endpoint, which takes every method that anybody thinks of."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = path_of(scope), scope["method"]
        described = self._app.openapi()["paths"].items()
        methods = sorted({name.upper() for known, of in described if compile_path(known)[0].fullmatch(path) for name in of})
        if methods:
            allowed = ", ".join(methods)
            raise RequestError("wrong-method", f"{path} takes {allowed}, not {method}.", {"Allow": allowed})
        raise RequestError("not-found", f"There is nothing at {path[:100]}; see /openapi.json for what there is.")


def add_fallback(app: FastAPI) -> None:
    """Route to it what nothing before it takes."""
    app.router.routes.extend(Route(path, endpoint=Nothing(app)) for path in _PATHS)
