"""Answers to questions after a source: the note that backs a statement, or the source line of a table or chart."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from gbaqa.answering.citations import notes_behind, notes_of_lead_in
from gbaqa.answering.wording import readable
from gbaqa.bilingual.notes import differing_note
from gbaqa.corpus.document import Note
from gbaqa.corpus.markdown import explains
from gbaqa.index.navigation import block_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Script, to_simplified
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.expected import expected_types
from gbaqa.retrieval.question import Question

_PREFIX = re.compile(r"^\W*(?:[A-Za-z ]*sources?[A-Za-z ]*|数据源|(?:[数數][据據]|[资資]料|[图圖]片)?[来來]源)\s*[:：]\s*", re.IGNORECASE)
_NAMES_ITS_SOURCE = re.compile(
    r"据[^，。；]{2,24}(?:报道|统计|调查|测算|估算|估计|披露|研究|数据|报告|显示)"
    r"|\b(?:according to|as reported (?:by|in)|(?:survey|study|poll|report|research)(?: \w+)? (?:by|from|conducted by))\b",
    re.IGNORECASE,
)
_LOOKED_AT = 5  # of the best statements: the one asked about may carry no note
_BEHIND = 2.5
_NEAR = 20  # of the best statements: what a source line backs may rank behind the line itself
_BESIDE = 2  # statements of an answer whose notes may tell who found it out

_NOTE: dict[Script, str] = {"en": "{text} (note {number})", "zh-Hans": "{text}（注{number}）", "zh-Hant": "{text}（註{number}）"}
_NOTE_OF_THE_OTHER: dict[Script, str] = {
    "en": "{text} (note {number} of the Chinese text)",
    "zh-Hans": "{text}（英文版注{number}）",
    "zh-Hant": "{text}（英文版註{number}）",
}
_INTRODUCTION: dict[Script, str] = {"en": "Source: ", "zh-Hans": "来源：", "zh-Hant": "來源："}
_DIFFERENT: dict[Script, str] = {
    "en": "The two languages name different sources: ",
    "zh-Hans": "中英文版所注来源不同：",
    "zh-Hant": "中英文版所註來源不同：",
}
_SEPARATOR: dict[Script, str] = {"en": "; ", "zh-Hans": "；", "zh-Hant": "；"}


@dataclass(frozen=True, slots=True)
class NamedSource:
    """The source of a statement, in a sentence with marks.

    Attributes:
        rows: cited first, from mark 1 on or behind an answer's own: the statement, its source line, or both.
        notes: that name the source, cited next; none for a source line.
    """

    rows: tuple[int, ...]
    notes: tuple[Note, ...]
    sentence: str

    @property
    def row(self) -> int:
        """What names the source: a source line, or the statement with the notes."""
        return self.rows[-1]


def introduction(notes: Iterable[Note], script: Script) -> str:
    """What is said in front of sources; that the languages differ where a note is named in both."""
    named = {(note.number, note.language) for note in notes}
    return (_DIFFERENT if len({number for number, _ in named}) < len(named) else _INTRODUCTION)[script]


def note_in_words(note: Note, script: Script) -> str:
    """A note's text with its number, and its language where it is not the reader's."""
    is_own = (note.language == "en") == (script == "en")
    return (_NOTE if is_own else _NOTE_OF_THE_OTHER)[script].format(text=note.text, number=note.number)


def source_answer(index: SearchIndex, evidence: list[Evidence], question: Question) -> NamedSource | None:
    """The source of the statement asked about, None if the document names none.

    A question that asks for more than the source gets the statement too.
    """
    first = source_of(index, evidence, question.script)
    if first is None or not _also_asked(question):
        return first
    gap = " " if question.script == "en" else ""
    if first.notes:
        return replace(first, sentence=f"{readable(index, first.row, question.script)}[1]{gap}{first.sentence}")
    backed = (found.row for found in evidence[:_NEAR] if found.row != first.row and _source_line(index, found.row) == first.row)
    of = next(backed, None)
    if of is None:
        return first
    line = _of_line(index, first.row, question.script, mark=2)
    return NamedSource((of, first.row), (), f"{readable(index, of, question.script)}[1]{gap}{line}")


def _also_asked(question: Question) -> bool:
    """Whether a question asks for a fact beside its source."""
    return question.parts > 1 or bool(expected_types(question.normalized) - {"date", "number"})


def source_of(index: SearchIndex, evidence: list[Evidence], script: Script) -> NamedSource | None:
    """The source of the best statement that has one, None if the document names none or the best statement itself does, in its text."""
    for found in evidence[:_LOOKED_AT]:
        if found.score < evidence[0].score - _BEHIND:
            break
        if notes := _naming_sources(index, found.row):
            return _by_notes(found.row, notes, script)
        if (line := _source_line(index, found.row)) is not None:
            return NamedSource((line,), (), _of_line(index, line, script, mark=1))
        if found is evidence[0] and _NAMES_ITS_SOURCE.search(to_simplified(found.statement.text)):
            return None
    return _of_lead_in(index, evidence[0].row, script) if evidence else None


def _of_lead_in(index: SearchIndex, row: int, script: Script) -> NamedSource | None:
    """The source of the list or table that a statement belongs to, None if its lead-in names none."""
    chunk, statement = index.statements[row]
    notes = [note for note in notes_of_lead_in(index.documents[chunk.document], statement) if not explains(note)]
    return _by_notes(row, notes, script) if notes else None


def _by_notes(row: int, notes: list[Note], script: Script) -> NamedSource:
    return NamedSource((row,), tuple(notes), _sentence(notes, script, mark=1, first_of_notes=2))


def source_beside(index: SearchIndex, rows: list[int], script: Script) -> NamedSource | None:
    """The notes or the source line behind the first of an answer's best statements that has any, to be said after it; None if none has.

    They have the marks that follow the statements'; of a source line the row is the line's own.
    """
    for mark, row in enumerate(rows[:_BESIDE], 1):
        if notes := _naming_sources(index, row):
            return NamedSource((row,), tuple(notes), _sentence(notes, script, mark=mark, first_of_notes=len(rows) + 1))
        if (line := _source_line(index, row)) is not None:
            return NamedSource((line,), (), _of_line(index, line, script, mark=len(rows) + 1))
    return None


def _naming_sources(index: SearchIndex, row: int) -> list[Note]:
    """The notes behind a statement, without those that explain a word of it; each with the other language's if that differs."""
    chunk, statement = index.statements[row]
    document = index.documents[chunk.document]
    notes = [note for note in notes_behind(document, statement) if not explains(note)]
    return notes + [other for note in notes if (other := differing_note(document, note)) is not None]


def _sentence(notes: list[Note], script: Script, *, mark: int, first_of_notes: int) -> str:
    """The notes as the source of the statement with a mark."""
    named = [f"{note_in_words(note, script)}[{mark}][{own}]" for own, note in enumerate(notes, first_of_notes)]
    return introduction(notes, script) + _SEPARATOR[script].join(named)


def _of_line(index: SearchIndex, line: int, script: Script, *, mark: int) -> str:
    """A source line as a sentence with its mark."""
    return f"{_INTRODUCTION[script]}{_PREFIX.sub('', index.statements[line][1].text)}[{mark}]"


def _source_line(index: SearchIndex, row: int) -> int | None:
    """The source line of the table, info-graphic or chart that a statement belongs to: the next one in its chunk."""
    chunk = index.statements[row][0]
    first = index.first_statement[chunk.id]
    for other in range(row, first + len(chunk.statements)):
        if _PREFIX.match(index.statements[other][1].text):
            kind = block_of(index, row).kind
            return other if kind in ("row", "figure", "source") or other == row else None
    return None
