"""The texts of a document that somebody signs: its forewords, each with the byline that tells who wrote it and as what.

A byline is a name with a title, on one line or on two: above a text, which then goes on to the next byline, or below it. It is told by the
word for an office in it, and by being no sentence; only the first chapters of a document are read so.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import takewhile

from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language, to_simplified
from gbaqa.retrieval.outline import Outline, Section
from gbaqa.retrieval.retriever import Hit

_DOCUMENTS_KEPT = 64  # whose bylines are kept, those looked at last
_DOCUMENTS_READ = 4  # for a question: to know who signs what in one takes its outline
# What such a text is called.
FOREWORD, FOREWORD_ZH = "forewords?|prefaces?", "前言|序言|卷首语|致辞"
OFFICE = (
    r"\b(?:vice[- ])?(?:chair(?:man|woman|person)?|presidents?|chief executives?(?: officers?)?|ceo|directors?(?:-general)?"
    r"|editors?(?:-in-chief)?|(?:managing |senior )?partners?|secretar(?:y|ies)(?:-general)?|commissioners?|governors?"
    r"|mayors?|ministers?|principals?|deans?|heads?|leaders?|controllers?|founders?)\b"
    r"|董事局主席|董事长|主席|行政总裁|总裁|首席执行官|首席执行|总经理|理事长|会长|合伙人|主管|总编辑?|主编|总监|局长|署长|司长|部长|专员|秘书长"
    r"|校长|院长|市长|社长|台长|创始人"
)
_OFFICE = re.compile(OFFICE, re.IGNORECASE)
_SIGNS = re.compile(r"(?:authors?|(?:written )?by|作者|撰文|署名)\s?[:：]", re.IGNORECASE)
_SENTENCE = re.compile(r"[。！？；!?;]|[a-z]{2}\.\s|[.:：]$")
_LONGEST = 200  # characters of a byline
_LONGEST_NAME = 40
_NAME = re.compile(
    r"(?P<zh>[\u4e00-\u9fff·]{2,10}(?=\s|[（(，,]|$))?[\s（(，,]*(?:(?:Dr|Prof|Mr|Ms|Mrs|Sir|Dame)\.? )?"
    r"(?P<en>[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*){1,3})?"
)
_FORM_OF_ADDRESS = re.compile(r"(?:博士|教授|先生|女士)$")


@dataclass(frozen=True, slots=True)
class SignedText:
    """What one person signs, in both languages.

    Attributes:
        names: of the author, in lower case and Simplified characters.
        said_of_author: the byline and the heading above it, in Simplified characters: offices and organisations are told by them.
        bylines: rows of name and title.
        rows: of the index, those of the text and of its bylines.
    """

    names: frozenset[str]
    said_of_author: str
    bylines: tuple[int, ...]
    rows: tuple[int, ...]


class SignedTexts:
    """The signed texts of the documents of an index; those of a document are looked for when they are first asked for."""

    def __init__(self, index: SearchIndex, outline: Outline) -> None:
        self._of = lru_cache(_DOCUMENTS_KEPT)(partial(_signed_texts, index, outline))

    def of_best(self, hits: Sequence[Hit]) -> list[SignedText]:
        """Those of the documents that the best chunks are of."""
        documents = list(dict.fromkeys(hit.chunk.document for hit in hits))[:_DOCUMENTS_READ]
        return [signed for document in documents for signed in self._of(document)]


def _signed_texts(index: SearchIndex, outline: Outline, document: str) -> list[SignedText]:
    apart: dict[Language, list[Section]] = {}
    for chapter in outline.of(document).chapters:
        apart.setdefault(chapter.language, []).append(chapter)
    by_language = [_of_first_chapters(index, outline, chapters) for chapters in apart.values()]
    if len(set(map(len, by_language))) == 1:
        return [_of_both(versions) for versions in zip(*by_language, strict=True)]  # in the same order
    return [signed for own in by_language for signed in own]


def _of_first_chapters(index: SearchIndex, outline: Outline, chapters: Sequence[Section]) -> list[SignedText]:
    """The signed texts of the first chapter, and of those behind it up to one that nobody signs."""
    of_each = (list(_of_chapter(index, outline, chapter)) for chapter in chapters)
    return [signed for own in takewhile(bool, of_each) for signed in own]


def _of_both(versions: Sequence[SignedText]) -> SignedText:
    return SignedText(
        frozenset().union(*(each.names for each in versions)),
        "\n".join(each.said_of_author for each in versions),
        tuple(row for each in versions for row in each.bylines),
        tuple(row for each in versions for row in each.rows),
    )


def _of_chapter(index: SearchIndex, outline: Outline, chapter: Section) -> Iterator[SignedText]:
    bylines = list(_bylines(index, chapter.rows))
    for byline, before, after in zip(bylines, [None, *bylines], [*bylines[1:], None], strict=False):
        within = outline.section_of(byline[-1]) or chapter
        rows = [row for row in within.rows if (before is None or row > before[-1]) and (after is None or row < after[0])]
        is_below = rows[0] < byline[0]  # and signs what stands before it
        said = [index.statements[row][1].text for row in byline]
        yield SignedText(
            names=frozenset(_names(said[0])),
            said_of_author=to_simplified("\n".join([within.heading, *said])),
            bylines=byline,
            rows=tuple(row for row in rows if row <= byline[-1]) if is_below else tuple(rows),
        )


def _bylines(index: SearchIndex, rows: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """The rows of each byline: of a name and the title behind it, or of both on one line."""
    before, used = "", -1
    for at, row in enumerate(rows):
        text = index.statements[row][1].text
        if is_byline(text) and _names(text):
            yield (row,)
            used = at
        elif is_byline(text) and _is_name(before) and used != at - 1:
            yield (rows[at - 1], row)
            used = at
        before = text


def is_byline(text: str) -> bool:
    """Whether a text says who signs, as what: no sentence, with an office in it, or said to name the author."""
    if len(text) > _LONGEST:
        return False
    return _SIGNS.match(text) is not None or (_OFFICE.search(to_simplified(text)) is not None and _SENTENCE.search(text) is None)


def _is_name(text: str) -> bool:
    return len(text) <= _LONGEST_NAME and bool(_names(text)) and _SENTENCE.search(text) is None


def _names(text: str) -> list[str]:
    """The names that a byline begins with, in lower case: 温晓 and Wen Xiao."""
    before_office = _OFFICE.split(_SIGNS.sub("", to_simplified(text)), maxsplit=1)[0]
    match = _NAME.match(before_office.strip())
    found = (match["zh"], match["en"]) if match is not None else ()
    return [_FORM_OF_ADDRESS.sub("", name).lower() for name in found if name]
