"""Menus that write an answer's citations, or a whole conversation, into a file; the server's API writes it, page.js saves it."""

from collections.abc import Mapping
from html import escape

from gbaqa.web.chat_texts import ChatTexts

# Names of styles and formats are the same in every language.
_STYLES = {"apa": "APA", "gbt7714": "GB/T 7714", "chicago": "Chicago", "bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON"}


def citations_menu(words: ChatTexts) -> str:
    """The citations of the answer that the menu stands below."""
    return _menu(words.cite, "answer", {"citations": {"footnote": words.footnotes, **_STYLES}}, words)


def conversation_menu(words: ChatTexts) -> str:
    """The whole conversation, or the figures that it quotes."""
    documents = {"markdown": "Markdown", "docx": "Word"}
    facts = {"csv": f"{words.figures} (CSV)", "xlsx": f"{words.figures} (Excel)"}
    return _menu(words.save, "conversation", {"conversation": documents, "facts": facts}, words)


def _menu(label: str, of: str, formats: Mapping[str, Mapping[str, str]], words: ChatTexts) -> str:
    buttons = "".join(
        f'<li><button type="button" data-export="{kind}" data-of="{of}" data-format="{name}" '
        f'data-done="{escape(words.saved)}" data-failed="{escape(words.not_saved)}">{escape(shown)}</button></li>'
        for kind, names in formats.items()
        for name, shown in names.items()
    )
    return f'<details class="menu"><summary>{escape(label)}</summary><ul>{buttons}</ul></details>'
