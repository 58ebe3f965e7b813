"""The switches of every page: its language, and light or dark."""

from collections.abc import Mapping
from html import escape
from urllib.parse import urlencode

from gbaqa.language.script import Script
from gbaqa.web.page_texts import PAGE_TEXTS
from gbaqa.web.reader import LANGUAGE_PARAMETER

_NAMES: dict[Script, str] = {"en": "English", "zh-Hans": "简体", "zh-Hant": "繁體"}
_SIGNS = {"light": "☀", "dark": "☾", "system": "◐"}


def switches_html(script: Script, query: Mapping[str, str] | None = None) -> str:
    """Both switches. A language is a link, so it needs no script; `query` is what else the address of the page asks for."""
    words = PAGE_TEXTS[script]
    languages = "".join(_language(name, script, query or {}) for name in _NAMES)
    themes = "".join(_theme(theme, label) for theme, label in words.themes.items())
    return (
        f'<div class="switches"><nav class="languages" aria-label="{escape(words.languages)}">{languages}</nav>'
        f'<div class="themes" role="group" aria-label="{escape(words.theme)}">{themes}</div></div>'
    )


def _language(name: Script, current: Script, query: Mapping[str, str]) -> str:
    address = "?" + urlencode({**query, LANGUAGE_PARAMETER: name})
    chosen = ' aria-current="true"' if name == current else ""
    return f'<a href="{escape(address)}" lang="{name}" hreflang="{name}" data-lang="{name}"{chosen}>{_NAMES[name]}</a>'


def _theme(theme: str, label: str) -> str:
    return (
        f'<button type="button" data-theme="{theme}" aria-pressed="{"true" if theme == "system" else "false"}" '
        f'aria-label="{escape(label)}" title="{escape(label)}"><span aria-hidden="true">{_SIGNS[theme]}</span></button>'
    )
