"""Facts as CSV and as an Excel workbook. What a document says is never run as a formula by the program that opens them."""

import csv
import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from gbaqa.answering.answer import Citation
from gbaqa.corpus.document import Document
from gbaqa.language.script import Script
from gbaqa.publishing.citations import Exported
from gbaqa.publishing.facts import Fact, facts_of
from gbaqa.publishing.wording import WORDING

if TYPE_CHECKING:
    from xlsxwriter import Workbook

_WIDTHS = (16, 8, 22, 12, 18, 70, 36, 14, 8, 32, 44, 12, 32)
_OF_A_NUMBER = 3  # columns: value, unit, as written
_LONGEST_CELL = 32_000  # of the 32,767 characters that Excel takes
_LONGEST_LINK = 2_000
_FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")

Cell = float | str | None
FactFormat = Literal["csv", "xlsx"]


def export_facts(citations: Sequence[Citation], documents: Mapping[str, Document], how: FactFormat, script: Script) -> Exported:
    """The facts that the quotes of citations state, as a file with headings in that script."""
    facts = facts_of(citations, documents, script)
    return facts_csv(facts, script) if how == "csv" else facts_xlsx(facts, script)


def facts_csv(facts: Sequence[Fact], script: Script) -> Exported:
    """A line a figure under a line of column names, in UTF-8 with the mark by which Excel knows it.

    A quote that states no figure has no line: who reads a column of values computes with it.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(WORDING[script].columns)
    writer.writerows([[_csv_cell(cell) for cell in _cells(fact)] for fact in facts if fact.value is not None])
    return Exported(text.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8", "csv")


def facts_xlsx(facts: Sequence[Fact], script: Script) -> Exported:
    """A workbook with a row a figure, numbers as numbers, addresses as links; quotes that state none have a sheet of their own."""
    import xlsxwriter  # only who asks for a workbook waits for it

    words = WORDING[script]
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        _add_sheet(workbook, words.figures, [fact for fact in facts if fact.value is not None], words.columns, leave_out=0)
        if quotes := [fact for fact in facts if fact.value is None]:
            _add_sheet(workbook, words.quotes, quotes, words.columns, leave_out=_OF_A_NUMBER)
    return Exported(file.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")


def _add_sheet(workbook: "Workbook", name: str, facts: Sequence[Fact], columns: Sequence[str], *, leave_out: int) -> None:
    """A sheet with a row a fact under the names of the columns, without the first few of these."""
    sheet = workbook.add_worksheet(name)
    head, wrapped = workbook.add_format({"bold": True, "bottom": 1}), workbook.add_format({"text_wrap": True, "valign": "top"})
    number = workbook.add_format({"num_format": "#,##0.##########", "valign": "top"})
    link = workbook.add_format({"font_color": "#0f5560", "underline": 1, "text_wrap": True, "valign": "top"})
    for column, (title, width) in enumerate(zip(columns[leave_out:], _WIDTHS[leave_out:], strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, title, head)
    for row, fact in enumerate(facts, 1):
        for column, cell in enumerate(_cells(fact)[leave_out:]):
            if isinstance(cell, float):
                sheet.write_number(row, column, cell, number)
            elif cell and fact.urls == (cell,) and len(cell) <= _LONGEST_LINK:
                sheet.write_url(row, column, cell, link, cell)
            elif cell:
                sheet.write_string(row, column, cell[:_LONGEST_CELL], wrapped)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(facts), 1), len(columns) - leave_out - 1)


def _cells(fact: Fact) -> list[Cell]:
    """A fact in the order of the columns."""
    listed = [" ; ".join(filter(None, values)) for values in (fact.notes, fact.sources, fact.urls)]
    told = [fact.unit, fact.as_written, fact.period, fact.place, fact.quote, fact.document, fact.page]
    return [fact.value, *told, *listed, fact.twin_page, fact.disagreement]


def _csv_cell(cell: Cell) -> str:
    """A number in plain digits; a text so that a spreadsheet shows it instead of computing it."""
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else str(cell)
    return f"'{cell}" if cell and cell.startswith(_FORMULA_STARTS) else cell or ""
