"""The web server: the chat at /, differences of the languages at /discrepancies, questions by POST to /api/ask, health at /healthz."""

import errno
import os
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse
from pydantic import BaseModel
from rich.console import Console

from gbaqa import __version__
from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import GbaqaError, ServerError
from gbaqa.web.discrepancies import DiscrepanciesPage
from gbaqa.web.texts import browser_script

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - an address to listen on, shown as one that a browser opens
_SECONDS_TO_FINISH = 3  # what is being answered when the server is stopped


class Ask(BaseModel):
    """Body of POST /api/ask."""

    question: str


def check_port(host: str, port: int) -> None:
    """See that the server could listen there, before anything that takes long is done for it.

    Raises:
        ServerError: the address is in use, not allowed, or none of this machine's.
    """
    _bind(host, port).close()


def serve_chat(settings: Settings, console: Console) -> None:
    """Serve the chat until it is interrupted.

    Raises:
        ServerError: it cannot listen at the address of the settings.
        SearchIndexError, SettingsError: the index cannot be opened.
    """
    listener = _bind(settings.host, settings.port)
    with listener:
        app = create_app(Assistant.open(using=settings))
        port = listener.getsockname()[1]
        address = f"http://{_url_host(settings.host)}:{port}"
        server = _Server(app, lambda: console.print(f"The chat is at [bold]{address}[/] (Ctrl-C ends it).", highlight=False))
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            console.print("The chat has ended.")


def create_app(assistant: Assistant) -> FastAPI:
    """The web app over an open Assistant. Its own documentation pages are off: they load scripts from other hosts."""
    from gbaqa.web.chat import mount_chat  # Gradio takes seconds to import, so a port in use is told before

    app = FastAPI(title="gbaqa", version=__version__, docs_url=None, redoc_url=None)
    differences = DiscrepanciesPage(assistant.index)

    @app.exception_handler(GbaqaError)
    def explain(request: Request, error: Exception) -> JSONResponse:
        return JSONResponse({"detail": str(error)}, status_code=400)

    @app.post("/api/ask")
    def ask(body: Ask) -> Answer:
        """Answer a question."""
        return assistant.ask(body.question)

    @app.get("/discrepancies")
    def discrepancies(request: Request, kind: str = "") -> HTMLResponse:
        """Where the two languages of the documents differ, in the reader's language."""
        return HTMLResponse(differences.html(browser_script(request.headers.get("accept-language", "")), kind))

    @app.get("/healthz")
    def healthz() -> dict[str, str]:
        """Say that the server answers."""
        return {"status": "ok"}

    return mount_chat(app, assistant)


class _Server(uvicorn.Server):
    """A server that says when it listens, and does not wait for readers to close their pages when it stops."""

    def __init__(self, app: FastAPI, on_listening: Callable[[], None]) -> None:
        super().__init__(uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=_SECONDS_TO_FINISH))
        self._app = app
        self._on_listening = on_listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        from gbaqa.web.chat import end_streams

        end_streams(self._app)
        await super().shutdown(sockets)


def _bind(host: str, port: int) -> socket.socket:
    """A socket that is bound to the address."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as error:
        raise ServerError(f"{host}: no such address on this machine; choose another one with --host.") from error
    listener = socket.socket(family, kind, protocol)
    try:
        if os.name == "posix":  # a port just left may be taken again; elsewhere this option takes one that is in use
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen()
    except OSError as error:
        listener.close()
        raise ServerError(_refusal(host, port, error)) from error
    return listener


def _refusal(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"{_url_host(host)}:{port} is in use; stop what runs there or choose another port with --port."
    if error.errno in (errno.EACCES, errno.EPERM):
        return f"Port {port} is not open to this user; choose one above 1023 with --port."
    return f"{_url_host(host)}:{port} cannot be listened at ({error.strerror}); choose another address with --host and --port."


def _url_host(host: str) -> str:
    shown = _ANYWHERE.get(host, host)
    return f"[{shown}]" if ":" in shown else shown
