"""Info-graphics: loose numbers and labels, joined into statements.

Extraction turns an info-graphic into short lines, "33" / "Unicorn" / "Enterprises". Numbers and labels alternate; which
comes first shows in how the run begins and ends, and words in front of the first number are the title.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gbaqa.corpus.pieces import Piece
from gbaqa.language.script import HAN

_QUANTITY = re.compile(
    r"^(?:about|over|nearly|more than|approx\.?|[约約]|近|超|超[过過]|逾|第|[≈~>+-])?\s?(?:RMB|HK\$|US\$|MOP|[$¥€£])?\s?"
    r"\d[\d,]*(?:\.\d+)?\+?\s?(?:[万萬亿億千百]*\+?\s?[\u4e00-\u9fff]{0,4}|%|\+"
    r"|(?:(?:billion|million|trillion|thousand)(?: [a-z]{3,12})?|times|tonnes|GWh?|MWh?"
    r"|(?:sq\.? |square )?(?:km|kilomet(?:re|er)s|miles))\b"
    # Words that count or measure, but no others: "12 ports" says by itself what it counts. "8 People" is a heading.
    r"|(?-i:seconds?|minutes?|hours?|days?|nights?|weeks?|months?|years?|metres?|meters?|hectares?|degrees?|points?"
    r"|people|places|seats|beds|berths|rooms|homes|households)\b)\+?$"
    r"|^\d[\d,]* (?:out )?of(?: the)? \d[\d,]*$|^\d[\d,]*[\u4e00-\u9fff]{0,2}(?:之)?中的?\d[\d,]*[\u4e00-\u9fff]{0,2}$",
    re.IGNORECASE,
)
# "2,700 teals": what a document counts in nobody knows beforehand. Told by the label below it, which goes on in small letters.
_COUNTED = re.compile(r"^\d[\d,]*(?:\.\d+)? [a-z]{3,12}$")
_SENTENCE_END = re.compile(r"[。！？!?.;；：:,，、]$")
_LONGEST_LOOSE_HAN = 24.0
_LONGEST_LOOSE_LATIN = 64.0
_LONGER_BELOW_A_NUMBER = 1.5  # times


@dataclass(frozen=True, slots=True)
class Figure:
    """A statement of an info-graphic: the pieces it was made of, in reading order, and the title above it."""

    pieces: tuple[Piece, ...]
    caption: str


def is_quantity(text: str) -> bool:
    """Whether a line is nothing but a number with its unit."""
    return _QUANTITY.match(text) is not None


def is_loose(piece: Piece, before: Piece | None = None) -> bool:
    """Whether a piece may belong to an info-graphic: a number, or a few words that are no sentence (more below a number)."""
    text = piece.content.text
    if is_quantity(text):
        return piece.kind in ("heading", "paragraph")
    longest = _LONGEST_LOOSE_HAN if HAN.search(text) else _LONGEST_LOOSE_LATIN
    if before is not None and is_quantity(before.content.text) and not before.content.text.isdecimal():  # which may be a page's
        longest *= _LONGER_BELOW_A_NUMBER
    return piece.kind == "paragraph" and len(text) <= longest and not _SENTENCE_END.search(text)


def loose_pieces(pieces: list[Piece], start: int) -> Iterator[Piece]:
    """The loose pieces that follow each other on one page from there on."""
    before: Piece | None = None
    for index in range(start, len(pieces)):
        piece = pieces[index]
        if piece.page != pieces[start].page or not is_loose(piece, before):
            return
        yield piece
        before = piece


def figure_run(pieces: list[Piece], start: int) -> list[Piece]:
    """The info-graphic that begins at that piece: a run of loose pieces on one page, with at least one number in it.

    Empty if there is none.
    """
    run = list(loose_pieces(pieces, start))
    quantities = sum(is_quantity(piece.content.text) for piece in run)
    return run if len(run) >= 2 and 0 < quantities < len(run) else []


def statements(run: list[Piece]) -> list[Figure]:
    """Join the numbers of an info-graphic with their labels."""
    numeric = _numeric([piece.content.text for piece in run])
    first = numeric.index(True)
    label_first = not numeric[0] and numeric[-1]
    caption = "" if label_first else " ".join(piece.content.text for piece in run[:first])
    groups: list[list[Piece]] = []
    previous_numeric = label_first
    for piece, is_number in zip(run if label_first else run[first:], numeric if label_first else numeric[first:], strict=True):
        opens = (previous_numeric and not is_number) if label_first else (is_number and not previous_numeric)
        if opens or not groups:
            groups.append([])
        groups[-1].append(piece)
        previous_numeric = is_number
    return [Figure(tuple(group), caption) for group in groups]


def _numeric(lines: list[str]) -> list[bool]:
    """Which lines of an info-graphic are numbers."""
    below = [*lines[1:], ""]
    return [is_quantity(line) or bool(_COUNTED.match(line) and label[:1].islower()) for line, label in zip(lines, below, strict=True)]
