"""Inline markup of one line or cell: out comes the text as a reader sees it, and where its note marks stand."""

import html
import re
from dataclasses import dataclass

from gbaqa.corpus.document import Mark
from gbaqa.language.script import clean

_URL = re.compile(r"https?://(?:[^\s<>\[\]()，；。]|\([^\s<>\[\]()，；。]*\))+")
_NOTE_MARK = re.compile(r"<sup>\s*\\?\*?(\d{1,4}(?:\s*[,，、]\s*\d{1,4})*)\s*</sup>|\[\^(\d{1,4})\]")
_EXPONENT = re.compile(r"(?<![A-Za-z])([kcdm]?m)<sup>\s*([23])\s*</sup>")
_LINK = re.compile(r"!?\[([^\[\]^]*)\]\(((?:[^\s()]|\([^\s()]*\))+)\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!$&~|>-])")
_BREAK = re.compile(r"<\s*(?:br|/p|/li|/div|/tr)\s*/?\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?(?!https?:)[A-Za-z][^<>]*>|<!--.*?-->")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9*])(\*{1,3})(?=[^\s*])(.+?)(?<=\S)\1(?![A-Za-z0-9*])|(?<!\w)(_{1,2})(?=\w)(.+?)(?<=\S)\3(?!\w)")
_CODE = re.compile(r"(`+)([^`]+)\1(?!`)")
_CELL_END = re.compile(r"</t[hd]>\s*(?=<t[hd])", re.IGNORECASE)
_LOOSE_STRONG = re.compile(r"\*\*")
_BULLET_SIGN = re.compile(r"^(?:[\s►▶•●▪◆‣]|[–-](?!\d))*(?=\S)")
_STAND_IN = 0xE000  # private use: escaped characters while markup is dropped
_STANDS_FOR = {_STAND_IN + ord(char): char for char in "\\`*_{}[]()#+.!$&~|>-"}


@dataclass(frozen=True, slots=True)
class Inline:
    """Plain text and the note marks in it."""

    text: str
    marks: tuple[Mark, ...] = ()


def addresses(markup: str) -> list[str]:
    """The URLs of a line, whole and without Markdown's escapes, each once, in order."""
    unescaped = _ESCAPE.sub(r"\1", html.unescape(_LINK.sub(r" \2 ", markup)))
    return list(dict.fromkeys(url.rstrip(".,;:") for url in _URL.findall(unescaped)))


def parse_inline(markup: str) -> Inline:
    """Drop emphasis, tags, links' addresses and escapes; take note marks out and remember their offsets."""
    markup = _EXPONENT.sub(r"\1\2", markup)
    pieces: list[str] = []
    marks: list[Mark] = []
    position = 0
    for match in _NOTE_MARK.finditer(markup):
        text_before = markup[position : match.start()]
        for number in re.findall(r"\d+", match[1] or match[2]):
            pieces.append(text_before)
            marks.append(Mark(len(pieces) - 1, int(number)))  # piece it follows; made an offset below
            text_before = ""
        position = match.end()
    pieces.append(markup[position:])
    # Emphasis may enclose a mark, so markup is dropped with a stand-in for each mark in place.
    plain = _plain("\x00".join(pieces))
    parts = plain.split("\x00")
    text = ""
    placed: list[Mark] = []
    for index, part in enumerate(parts):
        if index and text.endswith(" ") and part[:1] in ".,;:!?。，；：、）)":
            text = text.rstrip()  # "growth <mark>." leaves no gap before the full stop
        if index:
            placed.append(Mark(len(text.rstrip()), marks[index - 1].number))
        text += part
    stripped = text.strip()
    shift = len(text) - len(text.lstrip())
    return Inline(stripped, tuple(Mark(min(max(mark.offset - shift, 0), len(stripped)), mark.number) for mark in placed))


def _plain(markup: str) -> str:
    text = _LINK.sub(lambda match: match[2] if "://" in match[1] else match[1], markup)
    text = _ESCAPE.sub(lambda match: chr(_STAND_IN + ord(match[1])), text)  # an escaped star is no emphasis
    text = _BREAK.sub("\n", _CELL_END.sub(" | ", text))
    text = re.sub(r"<(https?://[^\s<>]+)>", r"\1", text)
    text = _TAG.sub("", text)
    text = _EMPHASIS.sub(r"\2\4", _EMPHASIS.sub(r"\2\4", text))
    text = _CODE.sub(r"\2", _LOOSE_STRONG.sub("", text))
    text = clean(html.unescape(text)).translate(_STANDS_FOR)
    text = re.sub(r"[ \t\u3000]+", " ", text)
    return re.sub(r" ?\n\s*", "\n", text)


def drop_bullet_sign(text: str) -> str:
    """A line without the triangle or dot that an extracted list item starts with."""
    return _BULLET_SIGN.sub("", text, count=1)
