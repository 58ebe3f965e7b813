"""Answers to questions after a source: the note that backs a statement, or the source line of a table or chart."""

import re

from gbaqa.answering.citations import footnotes
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Script
from gbaqa.retrieval.evidence import Evidence

_PREFIX = re.compile(r"^\W*(?:[A-Za-z ]*sources?[A-Za-z ]*|数据来源|数据源|资料来源|图片来源|来源)\s*[:：]\s*", re.IGNORECASE)
_LOOKED_AT = 5  # of the best statements: the one asked about may carry no note
_BEHIND = 2.5

_NOTE: dict[Script, str] = {
    "en": "{text} (note {number}, p. {page}{url})",
    "zh-Hans": "{text}（第{page}页注{number}{url}）",
    "zh-Hant": "{text}（第{page}頁註{number}{url}）",
}
_LINE: dict[Script, str] = {"en": "{text} (p. {page})", "zh-Hans": "{text}（第{page}页）", "zh-Hant": "{text}（第{page}頁）"}
_INTRODUCTION: dict[Script, str] = {"en": "Source: ", "zh-Hans": "来源：", "zh-Hant": "來源："}


def source_of(index: SearchIndex, evidence: list[Evidence], script: Script) -> tuple[int, str] | None:
    """The row of the statement asked about and the sentence that names its source; None if the document names none."""
    for found in evidence[:_LOOKED_AT]:
        if found.score < evidence[0].score - _BEHIND:
            break
        row = found.row
        document = index.documents[found.chunk.document]
        if notes := footnotes(document, found.statement):
            named = [
                _NOTE[script].format(text=note.text, number=note.number, page=found.statement.page, url=f", {note.url}" if note.url else "")
                for note in notes
            ]
            return row, _INTRODUCTION[script] + ("; " if script == "en" else "；").join(named)
        if (line := _source_line(index, row)) is not None:
            statement = index.statements[line][1]
            text = _LINE[script].format(text=_PREFIX.sub("", statement.text), page=statement.page)
            return line, _INTRODUCTION[script] + text
    return None


def _source_line(index: SearchIndex, row: int) -> int | None:
    """The source line of the table, info-graphic or chart that a statement belongs to: the next one in its chunk."""
    chunk, statement = index.statements[row]
    first = index.first_statement[chunk.id]
    for other in range(row, first + len(chunk.statements)):
        if _PREFIX.match(index.statements[other][1].text):
            kind = index.documents[chunk.document].blocks[statement.block].kind
            return other if kind in ("row", "figure", "source") or other == row else None
    return None
