"""Statements as answers say them: rows and figures under their heading, Chinese in the script of the question."""

from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Script, to_hong_kong

ROW_KINDS = ("row", "figure")


def block_kind(index: SearchIndex, row: int) -> str:
    """The kind of the block that the statement in that row of the index is part of."""
    chunk, statement = index.statements[row]
    return index.documents[chunk.document].blocks[statement.block].kind


def readable(index: SearchIndex, row: int, script: Script) -> str:
    """A statement as an answer says it: rows and figures under the heading that says what they are of."""
    chunk, statement = index.statements[row]
    text = statement.text
    if block_kind(index, row) in ROW_KINDS and chunk.section:
        text = f"{chunk.section[-1]}{'：' if chunk.language == 'zh' else ': '}{text.replace(' | ', ' – ', 1).replace(' | ', '; ')}"
    return to_hong_kong(text) if script == "zh-Hant" and chunk.language == "zh" else text
