"""Lines of a column as paragraphs: where one ends and the next begins, which are headings, which are list items."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Literal

from gbaqa.corpus.pdf.joining import is_inside_address
from gbaqa.corpus.pdf.lines import Line
from gbaqa.corpus.pieces import is_source_line
from gbaqa.language.script import HAN

ParagraphKind = Literal["heading", "paragraph", "item"]

_BULLETS = "•●▪■□◆◇►▶➢➤✓✔❖◦○‣·∙⁃⮚\u25b8"
_BULLET = re.compile(rf"^\s*(?:[{_BULLETS}]|[-–—*](?=\s))\s*")
_DASH = re.compile(r"^\s*[-–—]\s")
_ENUMERATOR = re.compile(
    r"^\s*(?:\d{1,3}[.)、](?!\d)\s*|\[\d{1,3}\]\s*|\(\d{1,2}\)\s*|[（(][一二三四五六七八九十]{1,3}[)）]\s*|[a-z]\)\s+)(?=\S)"
)
_HEADING_SIZE = 1.09  # times the body's size
_MORE_SPACE = 0.25  # of the font size: so much more white than between lines ends a paragraph
_INDENT = 0.8  # of the font size
_SAME_SIZE = 0.07
_MARK = re.compile(r"^\d{1,3}$")
_MARK_SIZE, _MARK_BELOW = 0.88, 1.4  # of the size of the line above a mark alone
_LOOSE_RIGHT = 0.15  # of the column's width: a line that ends earlier than this, though the next word would fit, ends a paragraph
_SENTENCE_END = re.compile(r"[。！？!?.;；:：][”’」』）)\"']*$")
_LONGEST_BOLD_HEADING = 90  # characters
_MOST_HEADING_LINES = 2
_USUAL_LEADING = 0.55  # of the font size: white space between lines where a column has too few to tell


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that belong together.

    Attributes:
        ratio: its size to the body's.
        stands_apart: whether more white than between lines stands above it.
    """

    kind: ParagraphKind
    lines: tuple[Line, ...]
    ratio: float = 1.0
    stands_apart: bool = True


def is_bullet(text: str) -> bool:
    """Whether a text is nothing but the sign or number that an item starts with."""
    return bool(_BULLET.match(text + " x") or _ENUMERATOR.match(text + " x")) and len(text.strip()) <= 5


def without_bullet(text: str) -> str:
    """The text of an item without its sign; numbers stay, since a text may refer to them."""
    return _BULLET.sub("", text, count=1)


def is_item(line: Line) -> bool:
    """Whether a line starts with a bullet or an item's number."""
    return bool(_BULLET.match(line.text) or _ENUMERATOR.match(line.text))


def paragraphs(lines: list[Line], body: float) -> list[Paragraph]:
    """The paragraphs of lines that stand below each other in one column; `body` is the font size of the sheet's running text."""
    found = list(_parted(lines, body)) if lines else []
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        if one.kind == "paragraph" and following.kind == "item" and one.lines[-1].text.endswith((";", "；")):
            found[index] = replace(one, kind="item")  # of a list without bullets, as the next one is
    return found


def _parted(lines: list[Line], body: float) -> Iterator[Paragraph]:
    leading = _leading(lines)
    right = _right_edge(lines)
    left = min(line.x0 for line in lines)
    lines = [lines[0], *(_raised(line) if _is_mark_alone(above, line, left, right) else line for above, line in pairwise(lines))]
    current = [lines[0]]
    apart = True
    for above, line in pairwise(lines):
        spaced = _white(above, line) > leading * line.size + _MORE_SPACE * line.size
        if _begins(above, line, current, spaced, (left, right), body):
            yield _paragraph(current, body, apart)
            current, apart = [], spaced
        current.append(line)
    yield _paragraph(current, body, apart)


def _begins(above: Line, line: Line, current: list[Line], spaced: bool, edges: tuple[float, float], body: float) -> bool:
    """Whether a line begins a paragraph, after those of the current one."""
    if _is_raised_alone(line):
        return False
    if spaced or abs(line.size - above.size) > _SAME_SIZE * max(line.size, above.size):
        return True
    if _DASH.match(line.text) and above.size >= _HEADING_SIZE * body:
        return False  # "Foshan / – A powerhouse": a dash inside a heading
    if is_item(line) or is_source_line(line.text) or (line.starts_raised and current[0].starts_raised):
        return True
    if _stands_out(line) != _stands_out(above) and _all_bold(current) != line.bold and len(current) <= _MOST_HEADING_LINES:
        return True
    if _first_line_indented(line, current):
        return True
    return _ends_early(above, line, *edges)


def _is_mark_alone(above: Line, line: Line, left: float, right: float) -> bool:
    """Whether a line is nothing but a note mark for which a full line had no room: small, and higher than a next line would be."""
    fits = above.x1 + (line.x1 - line.x0) <= right
    small = line.size <= _MARK_SIZE * above.size and line.y - above.y <= _MARK_BELOW * above.size
    return bool(_MARK.match(line.text)) and small and not fits and line.color == above.color and line.x0 - left < above.size


def _raised(line: Line) -> Line:
    return replace(line, parts=tuple(replace(part, is_raised=True) for part in line.parts))


def _is_raised_alone(line: Line) -> bool:
    return all(part.is_raised for part in line.parts)


def _hangs(lines: list[Line]) -> bool:
    """Whether all lines but the first are indented, as those of list items are, with a bullet or without."""
    return len(lines) > 1 and min(line.x0 for line in lines[1:]) - lines[0].x0 >= _INDENT * lines[0].size


def _stands_out(line: Line) -> bool:
    """Whether all of a line, not just words in it, is bold."""
    return all(part.run.bold for part in line.parts if not part.is_raised)


def _all_bold(lines: list[Line]) -> bool:
    return all(_stands_out(line) for line in lines)


def _first_line_indented(line: Line, current: list[Line]) -> bool:
    """Whether a line is indented against the body of the paragraph above it, as first lines are."""
    return len(current) > 1 and not is_item(current[0]) and line.x0 - current[-1].x0 > _INDENT * line.size


def _ends_early(above: Line, line: Line, left: float, right: float) -> bool:
    """Whether the line above stopped though the first word of this one would have fitted: its paragraph was over."""
    room = right - above.x1
    if room < max(_LOOSE_RIGHT * (right - left), 2 * above.size) or is_inside_address(above.text, line.text):
        return False
    if line.text[0].islower() and not _SENTENCE_END.search(above.text):
        return False
    text = line.text
    word = 1 if HAN.match(text) else len(text.split(maxsplit=1)[0])
    width = (line.x1 - line.x0) / max(len(text), 1) * word
    return room > width + 2 * above.size


def _leading(lines: list[Line]) -> float:
    """The white space between the lines of a paragraph, of the font size: the lower half of what is found between lines."""
    found = sorted(
        white / line.size
        for above, line in pairwise(lines)
        if abs(line.size - above.size) <= _SAME_SIZE * line.size and -0.3 * line.size < (white := _white(above, line)) < 2 * line.size
    )
    return median(found[: max(1, (2 * len(found) + 2) // 3)]) if len(found) > 1 else min([*found, _USUAL_LEADING])


def _white(above: Line, line: Line) -> float:
    return line.top - above.y


def _right_edge(lines: list[Line]) -> float:
    """Where full lines end: the edge that no more than a few lines pass."""
    ends = sorted(line.x1 for line in lines)
    return ends[max(0, len(ends) - 1 - len(ends) // 12)]


def _paragraph(lines: list[Line], body: float, apart: bool) -> Paragraph:
    ratio = lines[0].size / body if body else 1.0
    text = " ".join(line.text for line in lines)
    if ratio >= _HEADING_SIZE:
        return Paragraph("heading", tuple(lines), ratio, apart)
    if is_item(lines[0]) or _hangs(lines):
        return Paragraph("item", tuple(lines), ratio, apart)
    if apart and _all_bold(lines) and len(text) <= _LONGEST_BOLD_HEADING and not _SENTENCE_END.search(text):
        return Paragraph("heading", tuple(lines), ratio, apart)
    return Paragraph("paragraph", tuple(lines), ratio, apart)
