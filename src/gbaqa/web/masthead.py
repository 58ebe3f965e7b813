"""The head of the page: which documents are asked, and what an answer promises."""

from collections.abc import Sequence
from html import escape

from gbaqa.corpus.document import Document
from gbaqa.language.script import Script, language_of_script, to_hong_kong
from gbaqa.web.board_texts import BOARD_TEXTS
from gbaqa.web.chat_texts import CHAT_TEXTS, ChatTexts
from gbaqa.web.export_menu import basket_html
from gbaqa.web.switches import switches_html
from gbaqa.web.texts import TEXTS

_TITLES_SHOWN = 4


def masthead_html(documents: Sequence[Document], script: Script, *, with_cities: bool = False) -> str:
    """The head of the page in the reader's script; `with_cities` where there is a city board to lead to."""
    words = TEXTS[script]
    imprint = _imprint(documents[0], script) if len(documents) == 1 else ""
    is_digest = any(document.is_digest for document in documents)
    return (
        f'<header class="masthead" lang="{script}">{switches_html(script)}<h1>{escape(titles(documents, script))}</h1>'
        f"{_line('imprint', imprint)}{_line('promise', words.promise)}{_line('notice', words.digest_notice if is_digest else '')}"
        f"{_links(documents, script, with_cities=with_cities)}{_offline(CHAT_TEXTS[script])}{basket_html(CHAT_TEXTS[script])}</header>"
    )


def _offline(words: ChatTexts) -> str:
    """What network.js shows where the server cannot be reached: it has to be here before that happens."""
    told = f'<p class="lost">{escape(words.offline)}</p><p class="busy">{escape(words.busy)}</p>'
    return f'<div class="offline" role="alert" hidden>{told}<button type="button">{escape(words.offline_again)}</button></div>'


def is_bilingual(documents: Sequence[Document]) -> bool:
    """Whether any of the documents is in two languages."""
    return any(len({language for page in document.pages for language in page.languages}) > 1 for document in documents)


def titles(documents: Sequence[Document], script: Script) -> str:
    """The titles of the documents, of many the first few."""
    known = [document.metadata.title.get(language_of_script(script)) or document.id for document in documents]
    shown = [*known[:_TITLES_SHOWN], "…"] if len(known) > _TITLES_SHOWN else known
    return _in_script(" · ".join(shown), script)


def _imprint(document: Document, script: Script) -> str:
    """Subtitle, publishers and year, as far as they are known."""
    metadata, language = document.metadata, language_of_script(script)
    publishers = TEXTS[script].listing.join(metadata.publishers.get(language, []))
    parts = [metadata.subtitle.get(language, ""), publishers, str(metadata.year or "")]
    return _in_script(" · ".join(filter(None, parts)), script)


def _line(name: str, text: str) -> str:
    return f'<p class="{name}">{escape(text)}</p>' if text else ""


def _links(documents: Sequence[Document], script: Script, *, with_cities: bool) -> str:
    """To the pages beside the chat, each in a tab of its own, so that the conversation stays where it is."""
    pages = {"discrepancies": TEXTS[script].discrepancies} if is_bilingual(documents) else {}
    if with_cities:
        pages["cities"] = BOARD_TEXTS[script].title
    links = "".join(f'<a href="{page}" target="_blank" rel="noopener">{escape(name)}</a>' for page, name in pages.items())
    return f'<p class="beside">{links}</p>' if links else ""


def _in_script(text: str, script: Script) -> str:
    return to_hong_kong(text) if script == "zh-Hant" else text
