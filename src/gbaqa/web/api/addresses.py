"""Addresses of clients as they are written: a socket that takes both kinds gives IPv4 addresses in the form of IPv6."""

import ipaddress

from starlette.types import ASGIApp, Receive, Scope, Send


class PlainAddresses:
    """ASGI middleware around everything: ::ffff:192.0.2.7 is told as 192.0.2.7.

    Otherwise a proxy that is trusted by its IPv4 address would not be known, and all IPv4 clients would be one IPv6 site.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if client := scope.get("client"):
            scope = {**scope, "client": (_plain(client[0]), *client[1:])}
        await self._app(scope, receive, send)


def _plain(host: str) -> str:
    try:
        mapped = ipaddress.IPv6Address(host).ipv4_mapped
    except ValueError:  # IPv4, or no address
        return host
    return host if mapped is None else str(mapped)
