"""Links: to other sites only addresses that a browser opens as a page, in a tab of their own; to pages of the documents."""

from html import escape
from urllib.parse import quote as url_quote
from urllib.parse import urlencode, urlsplit

_QUOTE_IN_ADDRESS = 120  # characters of a quote that an address carries: they begin the statement, which is enough to find it


def web_address(url: str | None) -> str | None:
    """The address where it is an http or https one, None for anything else (javascript:, data:, a path, nonsense)."""
    if not url:
        return None
    stripped = url.strip()
    try:
        parts = urlsplit(stripped)
        host = parts.hostname
    except ValueError:
        return None
    return stripped if parts.scheme in ("http", "https") and host else None


def outside_link(url: str | None) -> str:
    """HTML of a link that shows where it leads; an address that is none of the web's is shown, not linked."""
    address = web_address(url)
    if address is None:
        return f'<span class="address">{escape(url)}</span>' if url else ""
    shown = (urlsplit(address).hostname or address).removeprefix("www.")
    return f'<a href="{escape(address)}" title="{escape(address)}" target="_blank" rel="noopener noreferrer">{escape(shown)}</a>'


def page_address(document: str, label: str | None, quote: str = "") -> str | None:
    """Address of a page of a document as seen from the chat, leading to a quote on it; None where it has no printed number."""
    if not label:
        return None
    address = f"pages/{url_quote(document, safe='')}/{url_quote(label, safe='')}"
    return f"{address}?{urlencode({'q': quote[:_QUOTE_IN_ADDRESS]})}#quote" if quote else address
