"""An answer's text as HTML: raw HTML and images stay text, marks become links to their source cards.

An extractive answer is the document's own words in lists and paragraphs of ours. An asterisk, a number with a dot or a tag
in it was printed like that, so only what this package writes itself is typeset. A model writes Markdown and means it.
"""

import re
from collections.abc import Iterator, MutableMapping, Sequence
from functools import cache
from html import escape
from itertools import groupby
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML, RendererProtocol
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from gbaqa.answering.answer import Answer
from gbaqa.web.comparison import table_html
from gbaqa.web.links import web_address
from gbaqa.web.marks import mark_html
from gbaqa.web.texts import TEXTS

_MARK = re.compile(r"\[(\d{1,3})\]")
_BULLET = "- "

Environment = MutableMapping[str, Any]


def answer_html(answer: Answer, card_ids: dict[int, str]) -> str:
    """HTML of the answer's text. `card_ids` gives the element id of each mark's source card.

    While the answer is still being written there are no cards yet: its marks are shown but lead nowhere. Later a number in
    square brackets without a card is no mark.
    """
    label = TEXTS[answer.language].source
    if answer.mode == "generative":
        return str(_markdown().render(answer.answer, {"cards": card_ids, "label": label}))
    # The marks of a table need their cards, so an answer that still grows shows its list.
    table = table_html(answer.table, card_ids, label) if answer.table and card_ids else ""
    return table + "".join(
        _block(paragraph, card_ids, label, with_list=not table) for paragraph in answer.answer.split("\n\n") if paragraph.strip()
    )


def _block(paragraph: str, card_ids: dict[int, str], label: str, *, with_list: bool) -> str:
    """Lines of text as a paragraph, lines that begin with "- " as a list; without its list where a table stands for it.

    One line alone makes no list, unless others may follow, since the answer still grows.
    """

    def parts() -> Iterator[str]:
        for is_list, lines in groupby(paragraph.splitlines(), key=lambda line: line.startswith(_BULLET)):
            if is_list and not with_list:
                continue
            shown = [_with_marks(line.removeprefix(_BULLET) if is_list else line, card_ids, label) for line in lines]
            if is_list and (len(shown) > 1 or not card_ids):
                yield f"<ul>{''.join(f'<li>{line}</li>' for line in shown)}</ul>"
            else:
                yield f"<p>{'<br>'.join(shown)}</p>"

    return "".join(parts())


def _with_marks(text: str, card_ids: dict[int, str], label: str) -> str:
    """Escaped text in which marks lead to their cards."""

    def mark(match: re.Match[str]) -> str:
        number = int(match[1])
        return match.group() if card_ids and number not in card_ids else mark_html(number, card_ids, label)

    return _MARK.sub(mark, escape(text))


@cache
def _markdown() -> MarkdownIt:
    """CommonMark with tables. Images are off because a picture would be fetched from its host as soon as it is shown."""
    markdown = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("table").disable("image")
    markdown.validateLink = lambda url: web_address(url) is not None  # type: ignore[method-assign]
    markdown.add_render_rule("text", _text)
    markdown.add_render_rule("link_open", _link_open)
    return markdown


def _text(renderer: RendererProtocol, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    return _with_marks(tokens[index].content, env["cards"], env["label"])


def _link_open(renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: Environment) -> str:
    tokens[index].attrSet("target", "_blank")
    tokens[index].attrSet("rel", "noopener noreferrer")
    return renderer.renderToken(tokens, index, options, env)
