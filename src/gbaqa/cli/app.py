"""The command line's frame: the app that commands register with, its consoles, and what commands have in common."""

import io
import json
import sys
from pathlib import Path
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape

from gbaqa.errors import GbaqaError

app = typer.Typer(
    help="Questions about a bilingual document, answered with the printed page and the footnote.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
out = Console()
err = Console(stderr=True)

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder of documents, or one document. [env: GBAQA_CORPUS]")]
Index = Annotated[Path | None, typer.Option("--index", help="Folder the index lies in. [env: GBAQA_INDEX]")]
Mode = Annotated[
    Literal["extractive", "generative"] | None,
    typer.Option("--mode", help="In the document's own words, or worded by the model that GBAQA_LLM names (default: where it is set)."),
]


def run() -> None:
    """Entry point: errors meant for people are one line on standard error, with their exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows a sign in its place
    try:
        app()
    except GbaqaError as error:
        err.print(f"[bold red]gbaqa:[/] {escape(str(error))}", soft_wrap=True, highlight=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output (head, less) has left
        sys.stderr.close()
        sys.exit(0)


def print_json(value: object) -> None:
    """Print JSON as a program reads it: unstyled, unwrapped."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
