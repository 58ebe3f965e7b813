"""The chat's page as it is first sent: readable and ready to type in before Gradio's scripts have come.

Gradio sends an empty page that its scripts fill a second later. Here the head of the page and a question box are put into
it, in the reader's language and colours; first_paint.js hands what was typed over to Gradio's box.
"""

import gzip
import re
from collections.abc import Callable
from html import escape

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from gbaqa.language.script import Script
from gbaqa.web.examples import Examples, examples_html
from gbaqa.web.frame import asset, remember_language
from gbaqa.web.reader import reader_script
from gbaqa.web.texts import TEXTS

_STYLES = ("palette.css", "switches.css", "style.css", "turn.css", "actions.css", "first_paint.css")
_SCRIPTS = ("theme.js", "network.js", "exports.js", "page.js", "basket.js", "first_paint.js")
_ABOUT_GRADIO = re.compile(r'<meta\s+(?:property="og:|name="twitter:)[^>]*/>\s*')


InScript = Callable[[Script], str]


class FirstPaint:
    """ASGI middleware of the Gradio app: completes its page, leaves everything else as it is."""

    def __init__(self, app: ASGIApp, title: InScript, head: InScript, examples: Examples) -> None:
        self._app = app
        self._title = title
        self._head = head
        self._examples = examples

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "").removeprefix(scope.get("root_path", ""))
        if scope["type"] != "http" or scope["method"] != "GET" or path not in ("", "/"):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        page = b""

        async def collect(message: Message) -> None:
            nonlocal start, page
            if message["type"] == "http.response.start":
                start = message
            else:
                page += message.get("body", b"")

        await self._app(scope, receive, collect)
        if Headers(raw=start["headers"]).get("content-type", "").startswith("text/html"):
            page = _packed(self._completed(page.decode(), scope, start).encode(), scope, start)
        MutableHeaders(scope=start)["content-length"] = str(len(page))
        await send(start)
        await send({"type": "http.response.body", "body": page})

    def _completed(self, page: str, scope: Scope, start: Message) -> str:
        request = Request(scope)
        script = reader_script(request)
        remembered = Response()
        remember_language(request, remembered)
        headers = MutableHeaders(scope=start)
        headers["vary"] = "Accept-Encoding, Accept-Language, Cookie"
        for name, value in remembered.raw_headers:
            if name == b"set-cookie":
                headers.append("set-cookie", value.decode())
        styles, scripts = "".join(map(asset, _STYLES)), "".join(map(asset, _SCRIPTS))
        head = f"<title>{escape(self._title(script))}</title><style>{styles}</style><script>{scripts}</script></head>"
        page = _ABOUT_GRADIO.sub("", page).replace('lang="en"', f'lang="{script}"', 1).replace("</head>", head, 1)
        return page.replace("<gradio-app", f"{self._body(script)}<gradio-app", 1)

    def _body(self, script: Script) -> str:
        words = TEXTS[script]
        return (
            f'<div class="first-paint"><main>{self._head(script)}'
            f"{examples_html(self._examples.of(script), script)}"
            f'<form><textarea rows="1" autofocus aria-label="{escape(words.question)}" placeholder="{escape(words.placeholder)}">'
            f'</textarea><button type="submit">{escape(words.ask)}</button></form></main></div>'
        )


def _packed(page: bytes, scope: Scope, start: Message) -> bytes:
    """The page as it is sent: with its styles and scripts it is a quarter as long when packed, which a phone notices."""
    if "gzip" not in Headers(scope=scope).get("accept-encoding", ""):
        return page
    MutableHeaders(scope=start)["content-encoding"] = "gzip"
    return gzip.compress(page, compresslevel=5)
