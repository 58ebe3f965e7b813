"""Inline markup of one line or cell: out comes the text as a reader sees it, and where its note marks stand."""

import html
import re
from dataclasses import dataclass

from gbaqa.corpus.document import Mark
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.script import clean

_URL = re.compile(r"https?://(?:[^\s<>\[\]()，；。]|\([^\s<>\[\]()，；。]*\))+")
_NOTE_MARK = re.compile(r"<sup>\s*\\?\*?(\d{1,4}(?:\s*[,，、]\s*\d{1,4})*)\s*</sup>|\[\^(\d{1,4})\]")
_EXPONENT = re.compile(r"(?<![A-Za-z])([kcdm]?m)<sup>\s*([23])\s*</sup>")
_LINK = re.compile(r"!?\[([^\[\]^]*)\]\(((?:[^\s()]|\([^\s()]*\))+)\)")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!$&~|>-])")
_BREAK = re.compile(r"<\s*(?:br|/p|/li|/div|/tr)\s*+/?\s*>", re.IGNORECASE)
_COMMENT = "<!--"
_TAG = re.compile(rf"</?(?!https?:)[A-Za-z][^<>]*>|{_COMMENT}")
_EMPHASIS = re.compile(r"(?<![A-Za-z0-9*])\*{1,3}(?=[^\s*])|(?<!\w)__?(?=\w)")
# What ends what a mark opens, on the same line or not at all.
_ENDS = {_COMMENT: re.compile(r"-->|\n")}
_ENDS |= {"*" * times: re.compile(rf"(?<=\S)\*{{{times}}}(?![A-Za-z0-9*])|\n") for times in (1, 2, 3)}
_ENDS |= {"_" * times: re.compile(rf"(?<=\S)_{{{times}}}(?!\w)|\n") for times in (1, 2)}
_TICKS = re.compile(r"(`+)")
_TOO_LONG_A_NUMBER = re.compile(r"(?<=&#)[0-9]{20,}")
_NO_CHARACTER = "1114112"  # the first number beyond Unicode: read as the sign for what cannot be read
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
    unescaped = _ESCAPE.sub(r"\1", _unescaped(_LINK.sub(r" \2 ", markup)))
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
    text = _BREAK.sub("\n", _CELL_END.sub(CELL_SEPARATOR, text))
    text = re.sub(r"<(https?://[^\s<>]+)>", r"\1", text)
    text = _without_tags(text)
    text = _without_emphasis(_without_emphasis(text))
    text = _without_ticks(_LOOSE_STRONG.sub("", text))
    text = clean(_unescaped(text)).translate(_STANDS_FOR)
    text = re.sub(r"[ \t\u3000]+", " ", text)
    return re.sub(r" ?\n\s*", "\n", text)


class _Ends:
    """Finds where what a mark opens ends; a line is searched for an end that it does not have only once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._none_before: dict[str, int] = {}

    def find(self, mark: str, start: int) -> tuple[int, int] | None:
        """Where the first end of that mark stands, from there to the end of the line."""
        if start < self._none_before.get(mark, 0):
            return None
        found = _ENDS[mark].search(self._text, start)
        if found is not None and found.group() != "\n":
            return found.span()
        self._none_before[mark] = found.start() if found else len(self._text)
        return None


def _without_tags(text: str) -> str:
    ends = _Ends(text)
    kept: list[str] = []
    position = at = 0
    while match := _TAG.search(text, at):
        at = match.end()
        if match.group() == _COMMENT:
            end = ends.find(_COMMENT, at)
            if end is None:
                continue
            at = end[1]
        kept.append(text[position : match.start()])
        position = at
    return "".join(kept) + text[position:]


def _without_emphasis(text: str) -> str:
    ends = _Ends(text)
    kept: list[str] = []
    position = at = 0
    while match := _EMPHASIS.search(text, at):
        found = _emphasised(match, ends)
        if found is None:
            at = match.start() + 1
            continue
        (start, end), at = found
        kept += text[position : match.start()], text[start:end]
        position = at
    return "".join(kept) + text[position:]


def _emphasised(opening: re.Match[str], ends: _Ends) -> tuple[tuple[int, int], int] | None:
    """The span of what is emphasised, a character at least, and where its closing mark ends."""
    # Of two lines below that nothing closes, the second may itself be emphasised.
    for mark in ("__", "_") if opening.group() == "__" else (opening.group(),):
        start = opening.start() + len(mark)
        if end := ends.find(mark, start + 1):
            return (start, end[0]), end[1]
    return None


def _without_ticks(text: str) -> str:
    """Text without the marks of code: as many ticks at its beginning as at its end."""
    parts = _TICKS.split(text)  # text, ticks, text, ticks, … text
    opening = 1
    while opening + 2 < len(parts):
        closing = len(parts[opening + 2])
        if closing > len(parts[opening]):
            opening += 2
            continue
        parts[opening] = parts[opening][closing:]
        parts[opening + 2] = ""
        opening += 4
    return "".join(parts)


def _unescaped(text: str) -> str:
    """Text with the characters that entities stand for; numbers of thousands of digits are more than Python reads."""
    return html.unescape(_TOO_LONG_A_NUMBER.sub(_NO_CHARACTER, text))


def drop_bullet_sign(text: str) -> str:
    """A line without the triangle or dot that an extracted list item starts with."""
    return _BULLET_SIGN.sub("", text, count=1)
