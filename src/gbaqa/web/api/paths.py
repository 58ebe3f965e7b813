"""The path of a request inside the app, whether or not a reverse proxy has taken the path it is served under off."""

from starlette.types import ASGIApp, Receive, Scope, Send


class UnderRootPath:
    """ASGI middleware that tells the app the path it is served under (GBAQA_ROOT_PATH)."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] in ("http", "websocket") and self._root_path:
            path = scope["path"]
            inside = path == self._root_path or path.startswith(self._root_path + "/")
            scope = {**scope, "root_path": self._root_path, "path": path if inside else self._root_path + path}
        await self._app(scope, receive, send)


def path_of(scope: Scope) -> str:
    """The path of a request below the path the app is served under."""
    path: str = scope.get("path", "")
    root: str = scope.get("root_path", "")
    return path[len(root) :] or "/" if root and path.startswith(root) else path
