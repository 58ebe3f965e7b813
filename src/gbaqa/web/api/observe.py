"""Every request with an id, a time and, where it is wanted, a line of JSON in the log."""

import json
import logging
import re
import sys
import time
import uuid

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gbaqa.web.api.metrics import Metrics
from gbaqa.web.api.paths import path_of

_log = logging.getLogger("gbaqa.access")
_REQUEST_ID = re.compile(r"[\w.-]{1,64}")  # of a proxy; anything else could forge lines of a log
_NOT_FINISHED = 499  # as proxies note a client that went away before there was a response


class Observer:
    """ASGI middleware around everything else.

    A line tells time, id, method, path, status, milliseconds to the first and the last byte, and bytes. It tells neither
    the query nor the body: what people ask is theirs.
    """

    def __init__(self, app: ASGIApp, metrics: Metrics, *, log: bool) -> None:
        self._app = app
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex
        app = scope.get("app")
        started = time.perf_counter()
        status, first, sent = _NOT_FINISHED, 0.0, 0

        async def observed(message: Message) -> None:
            nonlocal status, first, sent
            if message["type"] == "http.response.start":
                status, first = message["status"], time.perf_counter() - started
                MutableHeaders(scope=message)["X-Request-ID"] = request_id
            elif message["type"] == "http.response.body":
                sent += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, observed)
        finally:
            seconds = time.perf_counter() - started
            self._metrics.request(scope["method"], _route(scope, app), status, seconds)
            if self._log:
                line = {
                    "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
                    "request_id": request_id,
                    "method": scope["method"],
                    "path": path_of(scope),
                    "status": status,
                    "first_ms": round(first * 1000, 1),
                    "total_ms": round(seconds * 1000, 1),
                    "bytes": sent,
                }
                _log.info(json.dumps(line, ensure_ascii=True))


def log_to_standard_error() -> None:
    """Write the lines of requests to standard error as they are."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(logging.Formatter("%(message)s"))
    _log.addHandler(handler)
    _log.setLevel(logging.INFO)
    _log.propagate = False


def _route(scope: Scope, app: object) -> str:
    """The pattern of the route that served a request; "chat" for all that is Gradio's, "none" where nothing did."""
    if scope.get("app") is not app:  # a mounted app puts itself there, and the chat is the only one
        return "chat"
    if (pattern := getattr(scope.get("route"), "path", None)) is not None:
        return str(pattern)
    has_one_path = "endpoint" in scope and not scope.get("path_params")
    return path_of(scope) if has_one_path else "none"
