"""Answers that a table gives though none of its rows says them: the highest, the lowest, the order, the greatest change.

A wrong answer of a table costs more than none: wherever it is not plain which table, which column or which rows are meant,
or the figures cannot be compared, nothing is answered here and the ranked statements are.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from gbaqa.answering.answer import Table, TableCell, TableRow
from gbaqa.answering.row_order import ordered
from gbaqa.answering.superlatives import Wish, ends_told, wish_of
from gbaqa.answering.table_choice import Choice, RarityOf, best_choice, is_part_of_kind, named_by_twins, named_rows, weights_of_words
from gbaqa.answering.value_tables import ValueRow, ValueTable, value_table
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.script import Script, to_hong_kong, to_simplified
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.expected import expected_types
from gbaqa.retrieval.question import Question

_AMONG_BEST = 6  # statements: a row of the table is one of them,
_ALL_BUT = 0.75  # or table and column have so much of the question's words, and it is found at all
_YEAR = re.compile(r"(?:\b(?:in|of|at the end of)\s)?(?:19|20)\d\d(?:\s?[-/–]\s?\d{2,4})?(?:财年|財年|年度|年底|年)?", re.IGNORECASE)
_FIGURE_IN_BRACKETS = re.compile(r"\s*[（(][^（）()]*\d[^（）()]*[)）]")
_EMPTY_BRACKETS = re.compile(r"\s*[（(]\s*[)）]")
_TABLES_KEPT = 512  # those looked at last
_SHORT_ROW = 3  # figures of a row that can be said together


@dataclass(frozen=True, slots=True)
class Ranking:
    """The rows of a table that answer a question, in the order they are said, and the columns that are said of them."""

    table: ValueTable
    rows: tuple[ValueRow, ...]
    columns: tuple[int, ...]


class TableBoard:
    """The tables of an index whose figures can be compared; one is read when a row of it is found."""

    def __init__(self, index: SearchIndex) -> None:
        self._columns = index.columns
        self._table = lru_cache(_TABLES_KEPT)(partial(value_table, index))

    def answer(self, question: Question, evidence: Sequence[Evidence], rarity_of: RarityOf) -> Ranking | None:
        """The rows that answer a question; None where it is no such question or it is not plain what answers it.

        `rarity_of` weighs the words of a question.
        """
        wish = wish_of(question.normalized)
        if wish is None or question.kind == "source" or "reason" in expected_types(question.normalized):
            return None
        rank = {found.row: at for at, found in enumerate(evidence)}
        found_of = {int(self._columns.table[row]): self._columns.document_of(row) for row in rank if self._columns.table[row] >= 0}
        read = (self._table(number, found_of[number]) for number in sorted(found_of))
        tables = [table for table in read if table is not None and table.language == question.language]
        words = weights_of_words(question, wish, rarity_of)
        best = best_choice(tables, question, wish, words)
        if best is None or _is_said(question, evidence, best):
            return None
        is_near = min(rank.get(row, len(rank)) for row in best.table.statements) < _AMONG_BEST
        if not best.is_plain(wish) or not (is_near or best.covered >= _ALL_BUT):
            return None
        rows = ordered(_pool(best, question, wish, words), best.columns, wish)
        by_twins = [best.table.rows[at] for at in named_by_twins(best.table, question)]
        if by_twins and ordered(by_twins, best.columns, wish) != rows:
            return None  # the languages do not agree which rows are in the group
        return Ranking(best.table, tuple(rows), _said_of(best, question, rows)) if rows else None


def _said_of(choice: Choice, question: Question, rows: Sequence[ValueRow]) -> tuple[int, ...]:
    """The columns to say: also those beside the one asked by, where a short row may hold what else is asked of one thing."""
    is_short = len(choice.columns) == len(rows) == 1 and len(choice.table.columns) <= _SHORT_ROW
    return choice.table.columns if is_short and question.parts > 1 else tuple(sorted(choice.columns))


def _is_said(question: Question, evidence: Sequence[Evidence], choice: Choice) -> bool:
    """Whether a sentence that stands before the table, and has more of the question's words, tells of the first or last asked for."""
    asked = ends_told(question.normalized)
    for found in evidence[:_AMONG_BEST]:
        if found.row in choice.table.statements:
            return False
        if asked and found.coverage_with_context > choice.covered and asked <= ends_told(to_simplified(found.statement.text)):
            return True
    return False


def _pool(choice: Choice, question: Question, wish: Wish, words: Mapping[Meaning, float]) -> list[ValueRow]:
    """The rows to choose among: those named, or those of the sort that is asked for; none where it is not plain which."""
    table = choice.table
    named = named_rows(table, question)
    if table.is_by_year():
        return [] if len(named) > 1 or wish.beside else list(table.rows)
    if named or wish.beside:
        return [table.rows[at] for at in named] if len(named) > 1 else []
    about = table.context.union(*table.names)
    pool = list(range(len(table.rows)))
    for meaning in words:
        having = [at for at in pool if meaning & table.label_terms[at]]
        if having and not meaning & about and not is_part_of_kind(meaning, table):
            pool = having
    return [table.rows[at] for at in pool]


def ranking_text(ranking: Ranking, script: Script) -> str:
    """One line a row, with its mark: "- Old Quay, Leakage: 13.1% → 11.6%[1]".

    The years and other figures in the names of columns are left to the table beside it: all figures said stand in the row cited.
    """
    comma, colon, between = (", ", ": ", "; ") if ranking.table.language == "en" else ("，", "：", "；")
    lines = []
    for mark, row in enumerate(ranking.rows, 1):
        said: dict[str, list[str]] = {}
        for column in ranking.columns:
            said.setdefault(_without_figures(_name(ranking, column)), []).append(row.cells[column])
        figures = between.join(f"{name}{colon if name else ''}{' → '.join(cells)}" for name, cells in said.items())
        lines.append(f"- {_written(ranking, f'{row.label}{comma}{figures}', script)}[{mark}]")
    return "\n".join(lines)


def _without_figures(name: str) -> str:
    """The name of a column without its year, and without brackets that hold a figure."""
    return _EMPTY_BRACKETS.sub("", _YEAR.sub("", _FIGURE_IN_BRACKETS.sub("", name))).strip(" ,，")


def ranking_table(ranking: Ranking, script: Script) -> Table:
    """The same as a table."""

    def cell(row: ValueRow, column: int, mark: int) -> TableCell | None:
        figure, text = row.figures[column], _written(ranking, row.cells[column], script)
        is_date = ranking.table.is_of_years(column)
        return None if figure is None else TableCell(text=text, mark=mark, value=figure.value, unit=figure.currency, is_date=is_date)

    rows = [
        TableRow(name=_written(ranking, row.label, script), cells=[cell(row, column, mark) for column in ranking.columns])
        for mark, row in enumerate(ranking.rows, 1)
    ]
    return Table(columns=[_written(ranking, _name(ranking, column), script) for column in ranking.columns], rows=rows)


def _name(ranking: Ranking, column: int) -> str:
    """What a column is called, where it is only a year with what the table is about."""
    table = ranking.table
    name = table.header[column]
    if table.measure(column) or not table.title:
        return name
    return f"{table.title}, {name}" if table.language == "en" else f"{table.title}（{name}）"


def _written(ranking: Ranking, text: str, script: Script) -> str:
    return to_hong_kong(text) if script == "zh-Hant" and not ranking.table.is_traditional else text
