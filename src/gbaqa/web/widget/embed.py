"""The page for an iframe: nothing but the widget, filling it."""

from collections.abc import Sequence
from html import escape
from typing import Literal

from gbaqa.corpus.document import Document
from gbaqa.language.script import Script
from gbaqa.web.masthead import titles

Theme = Literal["auto", "light", "dark"]


def embed_html(documents: Sequence[Document], script: Script, theme: Theme) -> str:
    """The page in the reader's script, which the widget takes from the page."""
    return (
        f'<!doctype html><html lang="{script}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(titles(documents, script))}</title></head>"
        f'<body><script src="widget.js" data-position="page" data-theme="{theme}"></script></body></html>'
    )


def embed_policy(allowed_origins: Sequence[str]) -> str:
    """Its Content-Security-Policy: our own script and service, framed by ourselves and the allowed sites."""
    framed_by = " ".join(["'self'", *allowed_origins])
    ours = "default-src 'none'; script-src 'self'; connect-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"
    return f"{ours}; require-trusted-types-for 'script'; frame-ancestors {framed_by}"
