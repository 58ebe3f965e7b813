"""The widget's two addresses: the script that a site includes, and the page for a site that prefers an iframe."""

import gzip
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Annotated, get_args

from fastapi import APIRouter, Header
from fastapi.responses import HTMLResponse, Response

from gbaqa.assistant import Assistant
from gbaqa.corpus.document import Document
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Script
from gbaqa.web.examples import Examples
from gbaqa.web.live import PerIndex
from gbaqa.web.texts import browser_script
from gbaqa.web.widget.bundle import Questions, widget_script
from gbaqa.web.widget.embed import Theme, embed_html, embed_policy

_FRESH = "public, max-age=3600"  # an hour; after that the tag below saves sending it again


@dataclass(frozen=True, slots=True)
class _Bundle:
    """The script for documents and questions to begin with, as it is sent."""

    plain: bytes
    packed: bytes
    tag: str

    @classmethod
    def of(cls, documents: Sequence[Document], questions: Questions) -> "_Bundle":
        plain = widget_script(documents, questions).encode()
        return cls(plain, gzip.compress(plain, mtime=0), f'"{sha256(plain).hexdigest()[:20]}"')


class _Bundles:
    """The script for the documents of an index, written anew when more questions to begin with have been found."""

    def __init__(self, index: SearchIndex) -> None:
        self._documents = list(index.documents.values())
        self._made: tuple[Questions, _Bundle] | None = None

    def of(self, examples: Examples) -> _Bundle:
        questions: Questions = {script: examples.of(script) for script in get_args(Script)}
        made = self._made
        if made is None or made[0] != questions:
            made = self._made = (questions, _Bundle.of(self._documents, questions))
        return made[1]


def router(assistant: Assistant, examples: Examples, allowed_origins: Sequence[str]) -> APIRouter:
    """GET /widget.js and GET /embed. The origins are the sites that may frame the page, as they may ask the API."""
    routes = APIRouter(tags=["widget"])
    policy = embed_policy(allowed_origins)
    bundle = PerIndex(assistant, _Bundles)

    @routes.api_route("/widget.js", methods=["GET", "HEAD"], response_class=Response)
    def script(accept_encoding: Annotated[str, Header()] = "", if_none_match: Annotated[str, Header()] = "") -> Response:
        """The widget as one script. Any page may load it; what it may ask is the API's to allow."""
        built = bundle().of(examples)
        headers = {
            "cache-control": _FRESH,
            "etag": built.tag,
            "vary": "accept-encoding",
            "cross-origin-resource-policy": "cross-origin",
            "x-content-type-options": "nosniff",
        }
        if built.tag in if_none_match:
            return Response(status_code=304, headers=headers)
        is_packed = "gzip" in accept_encoding
        if is_packed:
            headers["content-encoding"] = "gzip"
        return Response(built.packed if is_packed else built.plain, media_type="text/javascript; charset=utf-8", headers=headers)

    @routes.get("/embed", response_class=HTMLResponse)
    def embed(lang: str = "", theme: Theme = "auto", accept_language: Annotated[str, Header()] = "") -> HTMLResponse:
        """The widget as a page of its own, for an iframe on an allowed site. `lang` is a language tag such as zh-HK."""
        page = embed_html(list(assistant.index.documents.values()), browser_script(lang or accept_language), theme)
        return HTMLResponse(page, headers={"content-security-policy": policy, "vary": "accept-language"})

    return routes
