"""What most commands begin with: the settings, and an index that fits them."""

from pathlib import Path
from typing import TYPE_CHECKING

from gbaqa.cli.app import err

if TYPE_CHECKING:
    from gbaqa.config import Settings
    from gbaqa.index.store import BuildReport


def settings_from(corpus: Path | None, index: Path | None) -> "Settings":
    """The settings of the environment with the paths of the command line.

    Raises:
        SettingsError: a setting is none that can be meant.
    """
    from pydantic import ValidationError

    from gbaqa.config import Settings
    from gbaqa.errors import SettingsError

    try:
        settings = Settings()
        given = {"corpus": corpus or settings.corpus, "index": index or settings.index}
        return settings.model_copy(update=given)
    except UnicodeDecodeError as error:
        raise SettingsError(".env: not UTF-8; save the settings file as UTF-8.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"GBAQA_{str(first['loc'][0]).upper()}: {first['msg']}; correct the setting.") from error


def with_mode(settings: "Settings", mode: str | None) -> "Settings":
    """Settings that answer in a mode: `extractive` without the configured model, `generative` only with one, None as configured.

    Raises:
        SettingsError: a model is asked for and none is set.
    """
    if mode == "extractive":
        return settings.model_copy(update={"llm": ""})
    if mode == "generative":
        from gbaqa.generation.model import model_name

        model_name(settings)
    return settings


def ready(corpus: Path | None, index: Path | None) -> "Settings":
    """Settings whose index is there and fits: built where it is missing or the corpus it was built from has changed."""
    from gbaqa.index.generations import check_pointer
    from gbaqa.index.store import is_current

    settings = settings_from(corpus, index)
    check_pointer(settings.index)
    if not is_current(settings):
        build(settings)
    return settings


def build(settings: "Settings", *, rebuild: bool = False) -> "BuildReport":
    """Bring the index up to date, with a progress bar where people look."""
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gbaqa.index.store import build_index

    columns = (TextColumn("Embedding"), BarColumn(), MofNCompleteColumn(), TextColumn("statements"), TimeRemainingColumn())
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("embed", total=None, visible=False)

        def show(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=True)

        def say_waiting() -> None:
            err.print(f"Another process is building {escape(str(settings.index))}; waiting for it (Ctrl-C ends the wait).", highlight=False)

        return build_index(settings, show, rebuild=rebuild, on_wait=say_waiting)
