"""The reader's choices that a request carries: the script of the interface."""

from collections.abc import Mapping
from typing import Protocol, get_args

from gbaqa.language.script import Script
from gbaqa.web.texts import browser_script

LANGUAGE_COOKIE = "gbaqa-lang"
LANGUAGE_PARAMETER = "lang"
SCRIPTS: tuple[Script, ...] = get_args(Script)


class Asked(Protocol):
    """What FastAPI's and Gradio's requests have in common."""

    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def cookies(self) -> Mapping[str, str]: ...
    @property
    def query_params(self) -> Mapping[str, str]: ...


def chosen_script(request: Asked) -> Script | None:
    """The script that the address asks for, as the links of the language switch do."""
    return _script(request.query_params.get(LANGUAGE_PARAMETER))


def reader_script(request: Asked) -> Script:
    """The script of the interface: what the address asks for, else what was chosen before, else the browser's."""
    chosen = chosen_script(request) or _script(request.cookies.get(LANGUAGE_COOKIE))
    return chosen or browser_script(request.headers.get("accept-language", ""))


def _script(name: str | None) -> Script | None:
    return next((script for script in SCRIPTS if script == name), None)
