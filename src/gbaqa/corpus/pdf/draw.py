"""A sheet as a picture, with quotes of its text marked."""

import io
import itertools
import re
from collections.abc import Sequence
from difflib import SequenceMatcher

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from gbaqa.corpus.pdf.characters import Character, Frame, characters
from gbaqa.language.script import HAN, clean

_MARKER = (255, 232, 110)  # multiplied with the page, as a felt pen does
_MOST_PIXELS = 12_000_000
_SIGNS = re.compile(r"[\W_]+")
_SHORTEST_MATCH = (12, 5)  # Latin letters, Chinese characters: what a passage cut by a page break still shares with the quote
_PADDING = 1.0  # points around letters
_SAME_LINE = 0.5  # of the font size


def draw_sheet(document: pdfium.PdfDocument, number: int, scale: float, quotes: Sequence[str]) -> bytes:
    """A PNG of a sheet (1-based) at so many pixels a point, with the quotes marked where they stand."""
    page = document[number - 1]
    frame = Frame(page)
    scale = min(scale, (_MOST_PIXELS / max(frame.width * frame.height, 1)) ** 0.5)
    picture = page.render(scale=scale).to_pil().convert("RGB")
    found = [char for char in characters(page, frame) if char.style is not None]
    marker = Image.new("RGB", picture.size, "white")
    pen = ImageDraw.Draw(marker)
    for quote in quotes:
        for x0, top, x1, bottom in _boxes([found[index] for index in places(found, quote)]):
            edges = (x0 - _PADDING, top - _PADDING, x1 + _PADDING, bottom + _PADDING)
            pen.rectangle([value * scale for value in edges], fill=_MARKER)
    file = io.BytesIO()
    ImageChops.multiply(picture, marker).save(file, "PNG", optimize=True)
    return file.getvalue()


def places(found: Sequence[Character], quote: str) -> list[int]:
    """Which characters of a page a quote stands in.

    Letters and digits are compared, nothing else: spaces and hyphens differ by line. Note marks inside the quote, and
    the part of it that stands on another page, are passed over.
    """
    letters: list[str] = []
    owner: list[int] = []
    for index, char in enumerate(found):
        for letter in _letters(char.text):
            letters.append(letter)
            owner.append(index)
    text, wanted = "".join(letters), _letters(quote)
    if not wanted:
        return []
    start = text.find(wanted)
    if start >= 0:
        return _with_signs(set(owner[start : start + len(wanted)]), found)
    blocks = SequenceMatcher(None, text, wanted, autojunk=False).get_matching_blocks()
    best = max(blocks, key=lambda block: block.size)
    if best.size < min(len(wanted), _SHORTEST_MATCH[1] if HAN.search(wanted) else _SHORTEST_MATCH[0]):
        return []
    begin, end = best.a - best.b, best.a - best.b + len(wanted)  # where all of the quote would stand
    slack = len(wanted) // 10 + 8
    near = [block for block in blocks if block.size > 1 and begin - slack <= block.a and block.a + block.size <= end + slack]
    return _with_signs({owner[place] for block in near for place in range(block.a, block.a + block.size)}, found)


def _with_signs(places: set[int], found: Sequence[Character]) -> list[int]:
    """Places with the signs that follow them: a percent sign, a full stop."""
    with_signs = set(places)
    for place in places:
        following = itertools.takewhile(lambda index: not _letters(found[index].text), range(place + 1, len(found)))
        with_signs.update(following)
    return sorted(with_signs)


def _letters(text: str) -> str:
    return _SIGNS.sub("", clean(text)).lower()


def _boxes(found: list[Character]) -> list[tuple[float, float, float, float]]:
    """Boxes around characters, one for what follows each other on a line."""
    boxes: list[tuple[float, float, float, float]] = []
    last: Character | None = None
    for char in found:
        size = char.style.size
        follows = last is not None and abs(char.y - last.y) <= _SAME_LINE * size and -size < char.x0 - last.x1 < 2 * size
        if follows:
            x0, top, x1, bottom = boxes[-1]
            boxes[-1] = (min(x0, char.x0), min(top, char.top), max(x1, char.x1), max(bottom, char.bottom))
        else:
            boxes.append((char.x0, char.top, char.x1, char.bottom))
        last = char
    return boxes
