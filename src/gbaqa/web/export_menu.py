"""Menus that copy citations or write them, conversations and figures into files; the server's API writes, exports.js does the rest."""

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Literal

from gbaqa.web.chat_texts import ChatTexts

Of = Literal["citation", "answer", "conversation", "basket"]
_STATUS = '<span role="status"></span>'
# Names of styles and formats are the same in every language.
_STYLES = {"apa": "APA", "gbt7714": "GB/T 7714", "chicago": "Chicago"}
_EXCHANGE = {"bibtex": "BibTeX", "ris": "RIS", "csl-json": "CSL-JSON"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """What a button does: `copy` or `save` what the API's export of that kind writes in that format."""

    does: Literal["copy", "save"]
    kind: Literal["citations", "conversation", "facts"]
    format: str
    label: str


def citations_menu(words: ChatTexts, of: Of) -> str:
    """The citations of an answer, or one of them: as text to paste, or as a file for a reference manager."""
    return _menu(words.cite, of, _citations(words), words)


def conversation_menu(words: ChatTexts) -> str:
    """The whole conversation, or the figures that it quotes."""
    documents = [_Entry("save", "conversation", "markdown", "Markdown"), _Entry("save", "conversation", "docx", "Word")]
    figures = [
        _Entry("save", "facts", "csv", f"{words.figures} (CSV)"),
        _Entry("save", "facts", "xlsx", f"{words.figures} (Excel)"),
    ]
    return _menu(words.save, "conversation", [*documents, *figures], words)


def basket_html(words: ChatTexts) -> str:
    """The basket, hidden while it is empty; basket.js fills its list with the facts that the browser keeps."""
    tables = [_Entry("save", "facts", "xlsx", "Excel"), _Entry("save", "facts", "csv", "CSV")]
    empty = f'<button type="button" data-basket="empty">{escape(words.basket_empty)}</button>'
    return (
        f'<details class="menu basket" data-out="{escape(words.basket_out)}" hidden>'
        f'<summary>{escape(words.basket)} <span class="count"></span></summary>'
        f'<div class="panel"><ol class="kept"></ol>{_groups("basket", [*tables, *_citations(words)], words)}'
        f"<p>{empty}</p>{_STATUS}</div></details>"
    )


def _citations(words: ChatTexts) -> list[_Entry]:
    texts = {"footnote": words.footnotes, **_STYLES}
    return [
        *(_Entry("copy", "citations", name, label) for name, label in texts.items()),
        *(_Entry("save", "citations", name, label) for name, label in _EXCHANGE.items()),
    ]


def _menu(label: str, of: Of, entries: Iterable[_Entry], words: ChatTexts) -> str:
    return f'<details class="menu"><summary>{escape(label)}</summary><div class="panel">{_groups(of, entries, words)}</div></details>'


def _groups(of: Of, entries: Iterable[_Entry], words: ChatTexts) -> str:
    """The buttons under what they do."""
    grouped: dict[str, list[_Entry]] = {}
    for entry in entries:
        grouped.setdefault(entry.does, []).append(entry)
    headings = {"copy": escape(words.to_copy), "save": escape(words.to_save)}
    lists = {does: "".join(_button(of, entry, words) for entry in same) for does, same in grouped.items()}
    return "".join(
        f'<p aria-hidden="true">{heading}</p><ul aria-label="{heading}">{lists[does]}</ul>'
        for does, heading in headings.items()
        if does in lists
    )


def _button(of: Of, entry: _Entry, words: ChatTexts) -> str:
    copies = entry.does == "copy"
    done, failed = (words.copied, words.copy_failed) if copies else (words.saved, words.not_saved)
    return (
        f'<li><button type="button" data-export="{entry.kind}" data-of="{of}" data-format="{entry.format}" data-does="{entry.does}" '
        f'data-done="{escape(done)}" data-failed="{escape(failed)}" data-unwritten="{escape(words.not_saved)}">'
        f"{escape(entry.label)}</button></li>"
    )
