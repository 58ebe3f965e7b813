"""Characters with their boxes, read with pdfium.

pypdf gives the place where a piece of text begins, but neither its end nor its rise (`Ts`), and it joins what stands on one
baseline; note marks, columns and table cells need all three. pdfium tells them for each character, and whether the font
says what the character means at all.
"""

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from gbaqa.corpus.pdf.sheet import Rule, Run, Sheet, parts_words

_MOST_CHARACTERS = 100_000  # of a sheet; a newspaper page has some 20,000
_MOST_OBJECTS = 20_000
_GAP = 0.5  # of the font size: a wider gap ends a run
_THIN = 3.0  # points
_SHORTEST_RULE = 8.0  # points
_BOLD_WEIGHT = 600
_FORCE_BOLD = 1 << 18
_LINE_END_HYPHEN = "\x02"
# Symbol fonts put their bullets into the private use area.
_SYMBOLS = range(0xF020, 0xF0FF)


@dataclass(frozen=True, slots=True)
class _Style:
    """What all characters of a text object share."""

    size: float
    angle: float
    bold: bool
    color: int


@dataclass(frozen=True, slots=True)
class Character:
    """A character as shown on the sheet; `style` is None for a space between words that is not in the file."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    y: float
    style: Any
    unmapped: bool = False


class Frame:
    """From the file's coordinates to those of the sheet as it is shown: cropped, turned, y downwards."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        self.left, self.bottom, right, top = page.get_cropbox()
        self.turned = page.get_rotation()
        self._width, self._height = right - self.left, top - self.bottom
        self.width, self.height = page.get_size()

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file as a point of the shown sheet."""
        x, y = x - self.left, y - self.bottom
        if self.turned == 90:
            return y, x
        if self.turned == 180:
            return self._width - x, y
        if self.turned == 270:
            return self._height - y, self._width - x
        return x, self._height - y

    def box(self, left: float, bottom: float, right: float, top: float) -> tuple[float, float, float, float]:
        """A box of the file as (x0, y0, x1, y1) of the shown sheet."""
        (xa, ya), (xb, yb) = self.shown(left, bottom), self.shown(right, top)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)


def read_sheet(document: pdfium.PdfDocument, number: int) -> Sheet:
    """The runs and rules of a sheet (1-based). A sheet that cannot be opened comes back empty and marked so."""
    try:
        page = document[number - 1]
    except pdfium.PdfiumError:
        return Sheet(number, 0, 0, unreadable=True)
    frame = Frame(page)
    sheet = Sheet(number, frame.width, frame.height)
    sheet.runs, sheet.unmapped = _runs(characters(page, frame))
    for kind, box in _drawn(page, frame):
        x0, y0, x1, y1 = box
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            sheet.image_share = max(sheet.image_share, min(1.0, (x1 - x0) * (y1 - y0) / (sheet.width * sheet.height or 1)))
        elif min(x1 - x0, y1 - y0) <= _THIN and max(x1 - x0, y1 - y0) >= _SHORTEST_RULE:
            sheet.rules.append(Rule(*(round(value, 1) for value in box)))
    page.close()
    return sheet


def characters(page: pdfium.PdfPage, frame: Frame) -> Iterator[Character]:
    """The upright characters of a page, in the order of the file."""
    text = page.get_textpage()
    styles = _Styles(text)
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    surrogate = 0
    for index in range(min(text.count_chars(), _MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, index)
        if raw.FPDFText_IsGenerated(text, index) == 1:
            yield Character(" " if code == 0x20 else "\n", 0, 0, 0, 0, 0, None)
            continue
        if 0xD800 <= code < 0xDC00:
            surrogate = code
            continue
        if 0xDC00 <= code < 0xE000:
            code, surrogate = 0x10000 + ((surrogate - 0xD800) << 10) + (code - 0xDC00) if surrogate else 0xFFFD, 0
        style = styles.of(index)
        if abs(math.remainder(style.angle - math.radians(frame.turned), math.tau)) > 0.1:
            continue  # a watermark across the page, a title along its edge
        raw.FPDFText_GetLooseCharBox(text, index, box)
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        x0, top, x1, bottom = frame.box(box.left, box.bottom, box.right, box.top)
        unmapped = raw.FPDFText_HasUnicodeMapError(text, index) == 1 or code in (0, 0xFFFD) or 0xE000 <= code < 0xF900
        if code in _SYMBOLS:
            code, unmapped = ord("•"), False
        character = "-" if chr(code) == _LINE_END_HYPHEN else chr(code)
        yield Character(character, x0, x1, top, bottom, frame.shown(x.value, y.value)[1], style, unmapped)
    text.close()


class _Styles:
    """The styles of a page's characters. Some programs write an object for each letter, so places to read into are made once."""

    def __init__(self, text: pdfium.PdfTextPage) -> None:
        self._text = text
        self._known: dict[int, _Style] = {}
        self._matrix, self._flags, self._name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
        self._channels = [ctypes.c_uint() for _ in range(4)]

    def of(self, index: int) -> _Style:
        """The style of the character at that index."""
        key = ctypes.cast(raw.FPDFText_GetTextObject(self._text, index), ctypes.c_void_p).value or 0
        if key not in self._known:
            self._known[key] = self._read(index)
        return self._known[key]

    def _read(self, index: int) -> _Style:
        text, matrix = self._text, self._matrix
        raw.FPDFText_GetMatrix(text, index, matrix)
        raw.FPDFText_GetFontInfo(text, index, self._name, 128, self._flags)
        raw.FPDFText_GetFillColor(text, index, *self._channels)
        size = raw.FPDFText_GetFontSize(text, index) * math.hypot(matrix.c, matrix.d)
        name, flags = self._name.value.lower(), max(self._flags.value, 0)
        heavy = raw.FPDFText_GetFontWeight(text, index) >= _BOLD_WEIGHT or flags & _FORCE_BOLD != 0
        bold = heavy or b"bold" in name or b"black" in name or b"heavy" in name
        red, green, blue, _ = self._channels
        return _Style(round(size, 2), math.atan2(matrix.b, matrix.a), bold, red.value << 16 | green.value << 8 | blue.value)


def _runs(found: Iterator[Character]) -> tuple[list[Run], int]:
    """Characters as runs, and how many of them have no meaning."""
    runs: list[Run] = []
    unmapped = 0
    text, space = "", False
    first: Character | None = None
    last: Character | None = None

    def end_run(followed_by_space: bool) -> None:
        nonlocal text, space, first
        if first is not None and last is not None:
            runs.append(
                Run(
                    text,
                    round(first.x0, 1),
                    round(last.x1, 1),
                    round(first.y, 1),
                    first.style.size,
                    first.style.bold,
                    first.style.color,
                    space,
                )
            )
        text, first, space = "", None, followed_by_space

    waiting = False  # a space may follow
    for char in found:
        if char.text.isspace():
            # Of pdfium's own line ends none is trusted: where it takes a page for vertical there is one after each character.
            waiting = waiting or char.text != "\n"
            continue
        unmapped += char.unmapped
        if first is not None and last is not None and not _follows(last, char):
            end_run(waiting)
            waiting = False
        if first is None:
            first, space = char, space or waiting
        elif waiting or (last is not None and parts_words(last.text, char.text, char.x0 - last.x1, char.style.size)):
            text += " "
        text += char.text
        waiting, last = False, char
    end_run(False)
    return runs, unmapped


def _follows(last: Character, char: Character) -> bool:
    gap = char.x0 - last.x1
    return char.style == last.style and abs(char.y - last.y) < 0.5 and -_GAP * char.style.size < gap < _GAP * char.style.size


def _drawn(page: pdfium.PdfPage, frame: Frame) -> Iterator[tuple[int, tuple[float, float, float, float]]]:
    """Kind and box of the paths and pictures of a page. What stands in forms is passed over: its place is relative to the form."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(min(raw.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        found = raw.FPDFPage_GetObject(page, index)
        kind = raw.FPDFPageObj_GetType(found)
        if kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE) and raw.FPDFPageObj_GetBounds(found, left, bottom, right, top):
            yield kind, frame.box(left.value, bottom.value, right.value, top.value)
