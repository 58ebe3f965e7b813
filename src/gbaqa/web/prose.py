"""An answer's Markdown as HTML: raw HTML and images stay text, marks become links to their source cards."""

import re
from collections.abc import MutableMapping, Sequence
from functools import cache
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML, RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from gbaqa.answering.answer import Answer
from gbaqa.web.links import web_address
from gbaqa.web.texts import TEXTS

_MARK = re.compile(r"\[(\d{1,3})\]")

Environment = MutableMapping[str, Any]


def answer_html(answer: Answer, card_ids: dict[int, str]) -> str:
    """HTML of the answer's text. `card_ids` gives the element id of each mark's source card.

    A mark without a card, as while the answer is still being written, is shown but leads nowhere.
    """
    label = TEXTS[answer.language].source
    return str(_markdown().render(answer.answer, {"cards": card_ids, "label": label}))


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables. Images are off because a picture would be fetched from its host as soon as it is shown."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")
    markdown.validateLink = lambda url: web_address(url) is not None  # type: ignore[method-assign]
    markdown.add_render_rule("text", _text)
    markdown.add_render_rule("link_open", _link_open)
    return markdown


def _text(renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        label = escape(env["label"].format(mark=number))
        card = env["cards"].get(number)
        if card is None:
            return f'<sup class="mark" aria-label="{label}">{number}</sup>'
        return f'<sup class="mark"><a href="#{escape(card)}" aria-label="{label}">{number}</a></sup>'

    return _MARK.sub(mark, escape(tokens[index].content))


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)
