"""`gbaqa serve` and `gbaqa version`."""

from typing import Annotated

import typer

from gbaqa.cli.app import Corpus, Index, app, out
from gbaqa.cli.prepare import build, settings_from


@app.command()
def serve(
    corpus: Corpus = None,
    index: Index = None,
    host: Annotated[str | None, typer.Option("--host", help="[env: GBAQA_HOST]")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="[env: GBAQA_PORT]")] = None,
) -> None:
    """Start the chat, building the index first where it is not up to date."""
    from gbaqa.web.server import check_port, serve_chat

    settings = settings_from(corpus, index)
    settings = settings.model_copy(update={"host": host or settings.host, "port": settings.port if port is None else port})
    check_port(settings.host, settings.port)
    build(settings)
    serve_chat(settings, out)


@app.command()
def version() -> None:
    """Print the version."""
    from gbaqa import __version__

    out.print(__version__)
