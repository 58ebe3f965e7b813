"""Statements as answers say them: rows and figures under their heading, Chinese in the script of the question."""

import re

from gbaqa.index.chunk import Chunk
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Script, to_hong_kong

ROW_KINDS = ("row", "figure")
_DIGITS = re.compile(r"\d+")


def block_kind(index: SearchIndex, row: int) -> str:
    """The kind of the block that the statement in that row of the index is part of."""
    chunk, statement = index.statements[row]
    return index.documents[chunk.document].blocks[statement.block].kind


def readable(index: SearchIndex, row: int, script: Script) -> str:
    """A statement as an answer says it: rows and figures under the heading that says what they are of."""
    chunk, statement = index.statements[row]
    text = statement.text
    if block_kind(index, row) in ROW_KINDS and (heading := _heading_of(chunk, text)):
        text = f"{heading}{'：' if chunk.language == 'zh' else ': '}{text.replace(' | ', ' – ', 1).replace(' | ', '; ')}"
    return to_hong_kong(text) if script == "zh-Hant" and chunk.language == "zh" else text


def _heading_of(chunk: Chunk, text: str) -> str:
    """The nearest heading whose figures, if it has any, are all in the text: a figure that is said stands in the quote."""
    stated = set(_DIGITS.findall(text))
    return next((heading for heading in reversed(chunk.section) if stated.issuperset(_DIGITS.findall(heading))), "")
