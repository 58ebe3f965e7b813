"""What is read from a PDF before anything is understood of it: runs of characters and thin lines, sheet by sheet.

Positions are in points from the top left corner of the sheet as it is shown; y grows downwards.
"""

import re
from dataclasses import dataclass, field

_WORD_GAP = 0.17  # of the font size: a wider gap parts words
_WIDE_GAP = 0.6  # of the font size: a wider gap parts Chinese characters too, whose signs leave half their square empty
_SQUARE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’]")


@dataclass(frozen=True, slots=True)
class Run:
    """Characters of one font and size that follow each other on one baseline with no gap but single spaces.

    Attributes:
        y: the baseline.
        size: of the font, in points as shown.
        color: 0xRRGGBB.
        space: whether a space stands in front of it.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool = False
    color: int = 0
    space: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """A thin drawn line or bar: of a table, or above the notes."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class Sheet:
    """A sheet of the file.

    Attributes:
        number: 1-based.
        image_share: how much of the sheet its largest picture covers, 0 to 1.
        unmapped: characters whose font does not tell what they mean.
        unreadable: whether the sheet could not be opened at all.
    """

    number: int
    width: float
    height: float
    runs: list[Run] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    image_share: float = 0.0
    unmapped: int = 0
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the file's outline; depth 1 is the outermost."""

    title: str
    depth: int
    sheet: int


@dataclass(slots=True)
class Structure:
    """What the file says of itself.

    Attributes:
        labels: of each sheet, empty where the file declares none.
        has_script: whether it carries JavaScript (which is never run).
        problem: why this could not be read, empty where it could.
    """

    sheets: int
    title: str = ""
    labels: list[str] = field(default_factory=list)
    bookmarks: list[Bookmark] = field(default_factory=list)
    has_script: bool = False
    problem: str = ""


def parts_words(before: str, after: str, gap: float, size: float) -> bool:
    """Whether a gap of so many points between two characters is a space that is not written."""
    square = _SQUARE.match(before) and _SQUARE.match(after)
    return gap > (_WIDE_GAP if square else _WORD_GAP) * size
