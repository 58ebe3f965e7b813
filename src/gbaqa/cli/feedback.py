"""`gbaqa feedback`: what readers thought of answers, listed and deleted."""

import csv
import sys
from dataclasses import asdict, fields
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from gbaqa.cli.app import app, out, print_json
from gbaqa.config import settings
from gbaqa.errors import FeedbackError
from gbaqa.web.ratings import Rating, Ratings

_commands = typer.Typer(help="What readers thought of answers (kept where GBAQA_FEEDBACK names a file).", no_args_is_help=True)
app.add_typer(_commands, name="feedback")

File = Annotated[Path | None, typer.Option("--file", help="The SQLite file. [env: GBAQA_FEEDBACK]")]


@_commands.command("list")
def list_ratings(file: File = None, output: Annotated[Literal["table", "csv", "json"], typer.Option("--format")] = "table") -> None:
    """List all ratings, the oldest first."""
    ratings = _ratings(file).all()
    if output == "json":
        print_json([asdict(rating) for rating in ratings])
    elif output == "csv":
        writer = csv.DictWriter(sys.stdout, [field.name for field in fields(Rating)])
        writer.writeheader()
        writer.writerows({name: _harmless(value) for name, value in asdict(rating).items()} for rating in ratings)
    else:
        _print_table(ratings)


@_commands.command("delete")
def delete_ratings(
    ids: Annotated[list[int] | None, typer.Argument(help="Ids as `list` gives them.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Delete every rating.")] = False,
    file: File = None,
) -> None:
    """Delete ratings by their ids, or all of them."""
    if bool(ids) == everything:
        raise FeedbackError("Name the ids to delete, or give --all.")
    count = _ratings(file).delete(None if everything else ids)
    out.print(f"{count} deleted.")


def _ratings(file: Path | None) -> Ratings:
    path = file or settings().feedback
    if path is None:
        raise FeedbackError("No feedback is kept; set GBAQA_FEEDBACK to a file, or name one with --file.")
    return Ratings(path)


def _print_table(ratings: list[Rating]) -> None:
    from rich.markup import escape
    from rich.table import Table

    table = Table("id", "when", "thumb", "reason", "question", "remark")
    for rating in ratings:
        when = datetime.fromtimestamp(rating.given_at).astimezone().strftime("%Y-%m-%d %H:%M")
        table.add_row(str(rating.id), when, rating.thumb, rating.reason or "", escape(rating.question), escape(rating.remark))
    out.print(table)


def _harmless(value: object) -> object:
    """Text that a spreadsheet would take for a formula, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
