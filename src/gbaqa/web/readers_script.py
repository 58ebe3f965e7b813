"""An answer in the reader's characters where the question shows none of its own: 香港人口 is written the same in both."""

from collections.abc import Sequence

from gbaqa.answering.answer import Answer, Citation, Table
from gbaqa.language.script import Script, script_of_question, to_hong_kong


def in_readers_script(answer: Answer, questions: Sequence[str], reader: Script | None) -> Answer:
    """The answer in Traditional characters for a reader of these, unless a question of the conversation is in Simplified ones.

    Args:
        answer: whole or growing; the document's quotes in it stay as they are printed.
        questions: the conversation, of which none may show another script than the reader's.
        reader: the script of the reader's interface, None where it is not known.
    """
    if (answer.language, reader) != ("zh-Hans", "zh-Hant") or any(to_hong_kong(question) != question for question in questions):
        return answer
    changed = {
        "language": "zh-Hant",
        "answer": to_hong_kong(answer.answer),
        "understood_as": None if answer.understood_as is None else to_hong_kong(answer.understood_as),
        "notice": None if answer.notice is None else to_hong_kong(answer.notice),
        "table": None if answer.table is None else _table(answer.table),
        "citations": [_citation(citation) for citation in answer.citations],
    }
    return answer.model_copy(update=changed)


def script_to_answer_in(question: str, reader: Script | None) -> Script:
    """The script of a question's answer, before there is one."""
    own = script_of_question(question)
    return "zh-Hant" if (own, reader) == ("zh-Hans", "zh-Hant") and to_hong_kong(question) == question else own


def _table(table: Table) -> Table:
    rows = [
        row.model_copy(
            update={
                "name": to_hong_kong(row.name),
                "cells": [cell and cell.model_copy(update={"text": to_hong_kong(cell.text)}) for cell in row.cells],
            }
        )
        for row in table.rows
    ]
    return Table(columns=list(map(to_hong_kong, table.columns)), rows=rows)


def _citation(citation: Citation) -> Citation:
    """What we say of a difference is in the answer's script; what the document says is not ours to change."""
    twin = citation.twin
    if twin is None or twin.disagreement is None:
        return citation
    return citation.model_copy(update={"twin": twin.model_copy(update={"disagreement": to_hong_kong(twin.disagreement)})})
