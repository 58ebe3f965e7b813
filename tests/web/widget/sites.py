"""Servers for the tests of the widget: apps served by a thread, a site of another origin, and a proxy with a sub-path."""

import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlencode

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp

_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "te", "upgrade"}


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The address of an app on a free port, served by a thread."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        deadline = time.monotonic() + 60
        while not server.started:
            assert time.monotonic() < deadline, "the server did not start"
            assert thread.is_alive(), "the server ended"
            time.sleep(0.05)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@dataclass
class Site:
    """Somebody's site: each page is written when a test asks for its address."""

    pages: dict[str, Response] = field(default_factory=dict)
    origin: str = ""

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{name}", lambda request: self.pages[request.path_params["name"]])])

    def page(self, body: str, *, head: str = "", policy: str = "", lang: str = "en") -> str:
        """Address of a page with that body; under a Content-Security-Policy, if one is given."""
        attribute = f' lang="{lang}"' if lang else ""
        html = (
            f'<!doctype html><html{attribute}><head><meta charset="utf-8"><title>A site</title><link rel="icon" href="data:,">'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">{head}</head>'
            f'<body><main><h1>A site</h1><p>With a <a href="#there" id="theirs">link</a> of its own.</p></main>{body}</body></html>'
        )
        return self.whole(html, policy)

    def whole(self, html: str, policy: str = "") -> str:
        """Address of a page that is written already."""
        name = f"page-{len(self.pages)}"
        self.pages[name] = HTMLResponse(html, headers={"content-security-policy": policy} if policy else {})
        return f"{self.origin}/{name}"


@dataclass
class Net:
    """An allowed site, one that is not, the service, and the service below a path of a proxy."""

    site: Site
    stranger: Site
    service: str
    below: str


def including(service: str, **options: str) -> str:
    """The tag by which a site includes the widget."""
    attributes = "".join(f' data-{name}="{value}"' for name, value in options.items())
    return f'<script src="{service}/widget.js"{attributes} async></script>'


def proxy_below(path: str, upstream: str) -> Starlette:
    """A reverse proxy that serves `upstream` below a path, which it takes off, as nginx does with a slash after proxy_pass."""
    client = httpx.AsyncClient(base_url=upstream, timeout=60)

    async def forward(request: Request) -> Response:
        query = f"?{urlencode(request.query_params.multi_items())}" if request.query_params else ""
        headers = [(name, value) for name, value in request.headers.raw if name.decode() not in _HOP_BY_HOP]
        url = f"/{request.path_params['rest']}{query}"
        sent = client.build_request(request.method, url, headers=headers, content=await request.body())
        received = await client.send(sent, stream=True)

        async def body() -> AsyncIterator[bytes]:
            async for chunk in received.aiter_raw():
                yield chunk

        answer = StreamingResponse(body(), received.status_code, background=BackgroundTask(received.aclose))
        answer.raw_headers = [(name, value) for name, value in received.headers.raw if name.lower().decode() not in _HOP_BY_HOP]
        return answer

    return Starlette(routes=[Route(path + "/{rest:path}", forward, methods=["GET", "HEAD", "OPTIONS", "POST"])])
