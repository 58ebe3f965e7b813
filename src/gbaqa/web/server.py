"""The web server: the chat at /, pages for people beside it, and for programs /api, /v1, /mcp, /metrics and /healthz."""

import errno
import os
import socket
from collections.abc import Callable

import uvicorn
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware
from rich.console import Console
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from gbaqa import __version__
from gbaqa.answering.city_board import CityBoard
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.config import settings as environment
from gbaqa.errors import ServerError
from gbaqa.index.embeddings import count_tokens_with, open_embeddings
from gbaqa.web import board, discrepancies, feedback, page_image, pages, widget
from gbaqa.web.api import cities, completions, exports, health, metrics, questions, search
from gbaqa.web.api import pages as api_pages
from gbaqa.web.api.addresses import PlainAddresses
from gbaqa.web.api.capacity import Capacity
from gbaqa.web.api.completions import Completions
from gbaqa.web.api.fallback import add_fallback
from gbaqa.web.api.guard import Guard
from gbaqa.web.api.metrics import Metrics
from gbaqa.web.api.observe import Observer, log_to_standard_error
from gbaqa.web.api.paths import UnderRootPath
from gbaqa.web.api.problems import Failures, install_problems
from gbaqa.web.api.service import Service
from gbaqa.web.dialogue import Dialogue
from gbaqa.web.examples import Examples
from gbaqa.web.headers import SecurityHeaders
from gbaqa.web.live import LiveAssistant
from gbaqa.web.ratings import Ratings

_ANYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - an address to listen on, shown as one that a browser opens
_LARGEST_BODY = 2_000_000  # bytes: a conversation with its answers, to be exported
_DESCRIPTION = (
    "Questions about bilingual documents, answered with the printed page and the footnote. Errors are RFC 9457 problems "
    "(under /v1 errors in OpenAI's form). Where a key is set, programs send it as a bearer token."
)
_SECONDS_TO_FINISH = 3  # what is being answered when the server is stopped


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
        app = create_app(LiveAssistant(settings), settings)
        if settings.access_log:
            log_to_standard_error()
        port = listener.getsockname()[1]
        address = f"http://{_url_host(settings.host)}:{port}"
        server = _Server(app, lambda: console.print(f"The chat is at [bold]{address}[/] (Ctrl-C ends it).", highlight=False))
        try:
            server.run(sockets=[listener])
        except KeyboardInterrupt:
            console.print("The chat has ended.")


def create_app(assistant: Assistant, settings: Settings | None = None) -> FastAPI:
    """The web app over an open Assistant. Its own documentation pages are off: they load scripts from other hosts."""
    from gbaqa.web.api import tools  # the SDK takes a second to import, and Gradio seconds, so a port in use is told before
    from gbaqa.web.chat import mount_chat

    chosen = settings or environment()
    capacity = Capacity(_at_once(chosen), chosen.queue)
    service = Service(assistant, capacity, Metrics(assistant, capacity))
    mcp = tools.McpEndpoint(service)
    app = FastAPI(
        title="gbaqa",
        version=__version__,
        description=_DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        lifespan=mcp.lifespan,
    )
    install_problems(app)
    _wrap(app, chosen, service.metrics, capacity)

    app.include_router(health.router(service))
    app.include_router(metrics.router(service.metrics))
    app.include_router(questions.router(service))
    app.include_router(search.router(service))
    app.include_router(api_pages.router(service))
    app.include_router(cities.router(service))
    app.include_router(completions.router(Completions(service, _token_counter(chosen), chosen.embeddings)))
    app.include_router(exports.router(service))
    app.include_router(page_image.router(assistant))
    app.include_router(pages.router(assistant))
    app.include_router(board.router(assistant))
    app.include_router(discrepancies.router(assistant))
    if chosen.feedback is not None:
        app.include_router(feedback.router(Ratings(chosen.feedback)))
    examples = _examples(assistant)
    app.include_router(widget.router(assistant, examples, chosen.allowed_origins), include_in_schema=False)
    app.router.routes.append(mcp.route)
    add_fallback(app)
    return mount_chat(app, Dialogue(assistant, examples, capacity, rated=chosen.feedback is not None), assistant, examples)


def _examples(assistant: Assistant) -> Examples:
    """Questions to begin with, looked for beside the server's other work, and anew in documents that replace others."""
    examples = Examples(assistant, CityBoard.from_index(assistant.index))
    examples.prepare()
    if isinstance(assistant, LiveAssistant):
        assistant.when_replaced(lambda: examples.find_anew(CityBoard.from_index(assistant.index)))
    return examples


def _at_once(settings: Settings) -> int:
    """How many questions are answered at once: one for each processor, more where a language model is waited for."""
    return settings.concurrency or max(os.cpu_count() or 1, settings.llm_concurrency if settings.llm else 1)


def _token_counter(settings: Settings) -> Callable[[str], int]:
    return count_tokens_with(open_embeddings(settings.embeddings, settings.device))


def _wrap(app: FastAPI, settings: Settings, counts: Metrics, capacity: Capacity) -> None:
    """What every request goes through, from the inside out."""
    app.add_middleware(RequestBodyLimitMiddleware, max_body_size=_LARGEST_BODY)
    app.add_middleware(Guard, settings=settings, largest_body=_LARGEST_BODY, capacity=capacity)
    app.add_middleware(Failures)
    app.add_middleware(
        CORSMiddleware,  # without origins too: Gradio's own, which it replaces, lets in more
        allow_origins=settings.allowed_origins,
        allow_methods=["GET", "POST"],
        allow_headers=["Authorization", "Content-Type"],
        expose_headers=["Retry-After", "X-Request-ID", "Content-Disposition"],
    )
    app.add_middleware(SecurityHeaders)
    app.add_middleware(Observer, metrics=counts, log=settings.access_log)
    app.add_middleware(UnderRootPath, root_path=settings.root_path)
    app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=list(settings.trusted_proxies))
    app.add_middleware(PlainAddresses)


class _Server(uvicorn.Server):
    """A server that says when it listens, and does not wait for readers to close their pages when it stops."""

    def __init__(self, app: FastAPI, on_listening: Callable[[], None]) -> None:
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            proxy_headers=False,  # the app reads them itself, from the proxies that are trusted
            server_header=False,
            timeout_graceful_shutdown=_SECONDS_TO_FINISH,
        )
        super().__init__(config)
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
