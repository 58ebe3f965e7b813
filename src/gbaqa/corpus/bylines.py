"""Bylines of a bilingual document: who signs a foreword, as which what, said in both languages.

A name stands over a title, on lines of their own: 温晓 Wen Xiao, and below it 雾港议会主席 Chairman, Fog Harbour Council. Neither says
anything without the other.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from gbaqa.corpus.inline import Inline
from gbaqa.corpus.pieces import Piece
from gbaqa.language.script import Language

_NAME = re.compile(r"[\u4e00-\u9fff·]{2,8} +[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){1,3}")
_CAPITALISED = r"[A-Z][\w'’.&-]*[\s,]+(?:(?:and|of|for|the|in)\s)*"
_LONGEST_TITLE = 240  # characters
_UP_TO = f"{{0,{_LONGEST_TITLE}}}"
_TITLE = re.compile(
    rf"[^。！？；]{_UP_TO}[\u4e00-\u9fff][^\u4e00-\u9fff。！？；]{_UP_TO}?(?:{_CAPITALISED}){{3}}[^\u4e00-\u9fff。！？；.!?]{_UP_TO}"
)


def with_bylines(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Pieces of a text in which a name and the title under it are one, in each language; a name that is a heading stays one besides."""
    at = 0
    while at < len(pieces):
        piece, title = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        if title is None or not (_is_name(piece) and _is_title(title)):
            yield piece
            at += 1
            continue
        if piece.kind == "heading":
            yield piece
        yield from _in_both_languages(_joined(piece, title))
        at += 2


def _joined(name: Piece, title: Piece) -> Piece:
    return replace(title, content=Inline(f"{name.content.text} {title.content.text}"), span=(name.span[0], title.span[1]))


def _in_both_languages(byline: Piece) -> Iterator[Piece]:
    """A byline for readers of either language; just once where no page tells which one it is in."""
    if byline.page is None:
        yield byline
    else:
        languages: tuple[Language, ...] = ("zh", "en")
        yield from (replace(byline, page=replace(byline.page, language=language)) for language in languages)


def is_said_in_both_languages(text: str) -> bool:
    """Whether a text is a title in Chinese and then in English, and no sentence."""
    return len(text) <= _LONGEST_TITLE and _TITLE.fullmatch(text) is not None


def _is_title(piece: Piece) -> bool:
    return piece.kind == "paragraph" and not piece.content.marks and is_said_in_both_languages(piece.content.text)


def _is_name(piece: Piece) -> bool:
    return piece.kind in ("paragraph", "heading") and not piece.content.marks and _NAME.fullmatch(piece.content.text) is not None
