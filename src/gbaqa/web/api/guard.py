"""Who may ask, how often and how much: a key, a rate limit for each client, and no foreign page unless it is allowed.

A key is for programs. Pages of this server and of allowed origins use /api without one, since a key that a page carries
would be no secret; whoever reads the chat can ask it anyway.
"""

import ipaddress
import math
import re
import secrets
import time
from urllib.parse import urlsplit

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from gbaqa.config import Settings
from gbaqa.web.api.capacity import Capacity
from gbaqa.web.api.paths import path_of
from gbaqa.web.api.problems import RequestError, problem_response

_FOR_PAGES = ("/api/",)
_FOR_PROGRAMS = ("/v1/", "/mcp", "/metrics")
_CHAT = "/gradio_api/"  # what is sent to it counts, and needs no key
_CHAT_ASKS = "/gradio_api/queue/join"
_NOT_OURS = ("/gradio_api/call/", "/gradio_api/api/")  # other ways to ask that Gradio opens to programs; theirs is /api
_LARGEST_OF_CHAT = 1_000_000  # bytes: a question, and some hundred kilobytes of conversation that the browser keeps
_PICTURES = re.compile(r"/pages/.+\.png")
_FREE_OF_LIMIT = ("/metrics",)
_SITE_OF_ONE = 64  # bits of an IPv6 address: one client has all that begin with them


class Guard:
    """ASGI middleware before everything that takes work."""

    def __init__(self, app: ASGIApp, settings: Settings, largest_body: int, capacity: Capacity) -> None:
        self._app = app
        self._capacity = capacity
        self._largest_body = largest_body
        self._key = settings.api_key.encode()
        self._origins = frozenset(settings.allowed_origins)
        self._limit = RateLimitItemPerMinute(settings.rate_limit) if settings.rate_limit else None
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._counted_at = time.time()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = path_of(scope)
        if scope["type"] == "http":
            try:
                await self._guard(path, scope)
            except RequestError as error:
                await problem_response(error, path)(scope, receive, send)
                return
        await self._app(scope, receive, send)

    async def _guard(self, path: str, scope: Scope) -> None:
        """Let a request pass.

        Raises:
            RequestError: it is not served.
        """
        if path.startswith(_NOT_OURS):
            raise RequestError("not-found", "The chat is asked by its own page alone; programs ask at /api/ask (see /openapi.json).")
        if path.startswith((*_FOR_PAGES, *_FOR_PROGRAMS)):
            headers = Headers(scope=scope)
            self._admit(path, headers)
            self._measure(headers, self._largest_body)
            if not path.startswith(_FREE_OF_LIMIT):
                await self._count(scope)
        elif path.startswith(_CHAT) and scope["method"] == "POST":
            self._measure(Headers(scope=scope), _LARGEST_OF_CHAT)
            await self._count(scope)
        elif _PICTURES.fullmatch(path):
            await self._count(scope)
        if path == _CHAT_ASKS:
            self._capacity.check()

    def _admit(self, path: str, headers: Headers) -> None:
        """See who asks.

        Raises:
            RequestError: a page that is not allowed to, or a program without the key.
        """
        origin = headers.get("origin")
        own = _is_own(headers)
        if origin is not None and not own and origin.lower() not in self._origins:
            raise RequestError("origin", f"Pages of {_shown(origin)} may not ask here; the server has to name it in GBAQA_ALLOWED_ORIGINS.")
        if not self._key or (path.startswith(_FOR_PAGES) and (own or origin is not None)):
            return
        scheme, _, token = headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not secrets.compare_digest(token.strip().encode(), self._key):
            what = "The key is wrong" if token else "There is no key"
            raise RequestError("key", f"{what}; send the header 'Authorization: Bearer KEY'.", {"WWW-Authenticate": "Bearer"})

    @staticmethod
    def _measure(headers: Headers, most: int) -> None:
        """See how much is sent, where that is told beforehand; what is not is cut off while it is read.

        Raises:
            RequestError: too much.
        """
        length = headers.get("content-length", "")
        if length.isdecimal() and int(length) > most:
            raise RequestError("too-large", f"The body has {length} bytes; at most {most} are read. Send less.")

    async def _count(self, scope: Scope) -> None:
        """Count a request of a client.

        Raises:
            RequestError: it has made too many within a minute.
        """
        client, now = _client(scope), time.time()
        if now < self._counted_at:  # the clock was set back, and what was counted before would count for longer than a minute
            self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._counted_at = now
        if self._limit is None or await self._limiter.hit(self._limit, client):
            return
        resets, _ = await self._limiter.get_window_stats(self._limit, client)
        wait = max(1, math.ceil(resets - time.time()))
        detail = f"At most {self._limit.amount} requests a minute are served to one client; ask again in {wait} seconds."
        raise RequestError("rate-limit", detail, {"Retry-After": str(wait)})


def _is_own(headers: Headers) -> bool:
    """Whether a page of this server asks. The scheme is left out: a proxy that ends TLS changes it."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site") == "same-origin"
    try:
        netloc = urlsplit(origin).netloc.lower()
    except ValueError:  # no address at all
        return False
    return netloc == headers.get("host", "").lower() != ""


def _client(scope: Scope) -> str:
    """What a client is counted by: its address, of IPv6 the part that its network was given."""
    host = scope["client"][0] if scope.get("client") else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:  # a socket in the file system has no address
        return str(host)
    if address.version == 6:
        return str(ipaddress.ip_network((address, _SITE_OF_ONE), strict=False))
    return str(address)


def _shown(origin: str) -> str:
    return origin[:100] if origin.isprintable() else "this origin"
