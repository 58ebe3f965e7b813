"""The command line: a module a group of commands, each registered with `app`. Heavy parts are imported by the command that needs them."""

from gbaqa.cli import ask, corpus, doctor, evaluate, export, feedback, languages, page, serve  # noqa: F401 - imported to register their commands
from gbaqa.cli.app import app, run

__all__ = ["app", "run"]
