"""Statements as answers say them: rows and figures under their heading, Chinese in the script of the question."""

import re
from collections.abc import Sequence
from itertools import groupby

from gbaqa.index.chunk import Chunk
from gbaqa.index.navigation import block_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.places import places
from gbaqa.language.script import Script, to_hong_kong

ROW_KINDS = ("row", "figure")
_DIGITS = re.compile(r"\d+")
_SUBTITLE = re.compile(r"\s+[–—-]\s+|\s*[:：]\s*")


def block_kind(index: SearchIndex, row: int) -> str:
    """The kind of the block that the statement in that row of the index is part of."""
    return block_of(index, row).kind


def readable(index: SearchIndex, row: int, script: Script) -> str:
    """A statement as an answer says it: rows and figures under the heading that says what they are of."""
    return _after_heading(*_headed(index, row, script))


def laid_out(index: SearchIndex, rows: Sequence[int], script: Script, *, as_list: bool) -> str:
    """Statements with their marks, 1 and on: prose, but items of what is asked for `as_list` on lines of their own.

    So are rows and figures that follow each other under one heading, which is said once, and items of a list that do.
    """
    gap = " " if script == "en" else ""
    lines: list[str] = []
    is_prose = False  # whether the last line goes on
    said = [
        (f"{text}[{mark}]", heading, block_kind(index, row))
        for mark, row in enumerate(rows, 1)
        for heading, text in [_headed(index, row, script)]
    ]
    for (heading, is_item), run in groupby(said, key=lambda one: (one[1], one[2] == "item")):
        together = list(run)
        if len(together) > 1 and (heading or is_item):
            lines += [*([heading] if heading else []), *(f"- {text}" for text, *_ in together)]
            is_prose = False
            continue
        for text, _, kind in together:
            if is_prose:
                lines[-1] += f"{gap}{_after_heading(heading, text)}"
            else:
                lines.append(f"{'- ' if as_list and kind in (*ROW_KINDS, 'item') else ''}{_after_heading(heading, text)}")
            is_prose = not as_list
    return "\n".join(lines)


def heading_over(index: SearchIndex, row: int) -> str:
    """The heading that a row or a figure is said under; of other statements, and where none can be said, empty."""
    chunk, statement = index.statements[row]
    return _heading_of(chunk, statement.text) if block_kind(index, row) in ROW_KINDS else ""


def _headed(index: SearchIndex, row: int, script: Script) -> tuple[str, str]:
    """The heading that a statement is said under, with a colon, and its text."""
    chunk, statement = index.statements[row]
    text, heading = statement.text, heading_over(index, row)
    if heading:
        text = text.replace(CELL_SEPARATOR, " – ", 1).replace(CELL_SEPARATOR, "; ")
        heading += "：" if chunk.language == "zh" else ":"
    is_turned = script == "zh-Hant" and chunk.language == "zh"
    return (to_hong_kong(heading), to_hong_kong(text)) if is_turned else (heading, text)


def _after_heading(heading: str, text: str) -> str:
    return f"{heading}{' ' if heading.endswith(':') else ''}{text}"


def _heading_of(chunk: Chunk, text: str) -> str:
    """The nearest heading whose figures, if it has any, are all in the text: a figure that is said stands in the quote.

    Before it stands the place that only a heading above it names, which tells whose figure it is.
    """
    stated = set(_DIGITS.findall(text))
    *above, heading = [""] + [heading for heading in chunk.section if stated.issuperset(_DIGITS.findall(heading))]
    place = next((each for each in reversed(above) if places(each)), "")
    if not place or places(f"{heading}\n{text}"):
        return heading
    named = _SUBTITLE.split(place)[0]
    return f"{named if places(named) else place} – {heading}"
