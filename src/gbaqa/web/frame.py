"""The frame of every page beside the chat: one head, one look, the switches, and a policy that lets nothing foreign in.

The pages work without a script; the only one they have switches between light and dark.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from html import escape
from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import HTMLResponse

from gbaqa.web.page_texts import PAGE_TEXTS
from gbaqa.web.reader import LANGUAGE_COOKIE, LANGUAGE_PARAMETER, chosen_script, reader_script
from gbaqa.web.switches import switches_html
from gbaqa.web.texts import TEXTS

_HERE = Path(__file__).parent
_COOKIE_SECONDS = 365 * 24 * 3600


@cache
def asset(name: str) -> str:
    """A style sheet or script of this package, as it is put into pages."""
    return (_HERE / name).read_text("utf-8")


def framed(request: Request, title: str, body: str, *, styles: Sequence[str] = (), home: str = "./", status: int = 200) -> HTMLResponse:
    """A whole page in the reader's script.

    Args:
        request: tells the script; a choice of language in its address is remembered in a cookie.
        title: of the window.
        body: HTML of the page's header and content.
        styles: names of style sheets of this package, beyond those of every page.
        home: the chat's address as seen from this page ("../../" for one two folders down).
        status: of HTTP.
    """
    script = reader_script(request)
    sheets = "".join(asset(name) for name in ("palette.css", "switches.css", "frame.css", *styles))
    query = {name: value for name, value in request.query_params.items() if name != LANGUAGE_PARAMETER}
    html = (
        f'<!doctype html><html lang="{script}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{escape(title)}</title>'
        f'<link rel="icon" href="{home}favicon.ico"><style>{sheets}</style><script>{asset("theme.js")}</script></head><body>'
        f'<a class="skip" href="#content">{escape(PAGE_TEXTS[script].skip)}</a>'
        f'<div class="bar"><a href="{home}">{escape(TEXTS[script].back)}</a>{switches_html(script, query)}</div>'
        f'<main id="content" tabindex="-1">{body}</main></body></html>'
    )
    response = HTMLResponse(html, status, headers={"Content-Security-Policy": _policy(), "Vary": "Accept-Language, Cookie"})
    remember_language(request, response)
    return response


def remember_language(request: Request, response: Response) -> None:
    """Keep the language that the address asks for; other pages and the chat then open in it."""
    if (chosen := chosen_script(request)) is not None:
        response.set_cookie(LANGUAGE_COOKIE, chosen, max_age=_COOKIE_SECONDS, samesite="lax")


@cache
def _policy() -> str:
    """Nothing but our own styles, our one script by its hash, and pictures of pages."""
    digest = base64.b64encode(hashlib.sha256(asset("theme.js").encode()).digest()).decode()
    allowed = f"style-src 'unsafe-inline'; img-src 'self'; script-src 'sha256-{digest}'; form-action 'self'"
    return f"default-src 'none'; base-uri 'none'; {allowed}"
