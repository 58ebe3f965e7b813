"""Links to other sites: only addresses that a browser opens as a page, in a tab of their own."""

from html import escape
from urllib.parse import urlsplit


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
