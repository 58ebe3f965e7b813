"""Comparisons as tables: what can be drawn against each other has bars, what cannot has none."""

import re

from gbaqa.answering.answer import Answer, Citation, Table, TableCell, TableRow
from gbaqa.answering.city_board import Cell, Comparison, comparison_table
from gbaqa.assistant import Assistant
from gbaqa.web.comparison import table_html
from gbaqa.web.prose import answer_html


def cell(mark: int, value: float, unit: str = "") -> TableCell:
    return TableCell(text=f"{unit} {value:g}".strip(), mark=mark, value=value, unit=unit)


def table(*cells: TableCell | None) -> Table:
    return Table(columns=["GDP"], rows=[TableRow(name=f"City {at}", cells=[one]) for at, one in enumerate(cells)])


def widths(html: str) -> list[float]:
    return [float(width) for width in re.findall(r'<rect width="([\d.]+)"', html)]


def test_bars_are_as_long_as_their_figures_and_hidden_from_screen_readers() -> None:
    html = table_html(table(cell(1, 200), cell(2, 50)), {1: "a", 2: "b"}, "Source {mark}")
    assert widths(html) == [100.0, 25.0]
    assert html.count('aria-hidden="true"') == 2
    assert '<th scope="col">GDP</th>' in html
    assert html.count('<th scope="row">') == 2
    assert '<a href="#b" aria-label="Source 2">2</a>' in html


def test_each_currency_is_drawn_by_itself_and_one_alone_has_no_bar() -> None:
    html = table_html(table(cell(1, 200, "RMB"), cell(2, 999, "HKD"), cell(3, 100, "RMB")), {}, "Source {mark}")
    assert widths(html) == [100.0, 50.0]


def test_a_missing_figure_and_figures_below_zero_are_shown_without_a_bar() -> None:
    html = table_html(table(cell(1, 0), cell(2, 0), None, cell(3, -4)), {}, "Source {mark}")
    assert widths(html) == []
    assert "<td>–</td>" in html
    assert "-4" in html


def test_dates_have_no_bars() -> None:
    dates = [cell(mark, year).model_copy(update={"is_date": True}) for mark, year in ((1, 2031.5), (2, 2030.0))]
    assert widths(table_html(table(*dates), {}, "Source {mark}")) == []


def test_everything_in_a_table_is_escaped() -> None:
    hostile = "<img src=x>"
    bad = Table(columns=[hostile], rows=[TableRow(name=hostile, cells=[TableCell(text=hostile, mark=1, value=1)])])
    assert "<img" not in table_html(bad, {1: '"><img>'}, hostile)


def test_the_table_stands_for_the_list_of_a_complete_answer() -> None:
    compared = table(cell(1, 200, "RMB"), cell(2, 50, "RMB"))
    source = Citation(mark=1, document="d", page="3", language="en", quote="x")
    text = "- City 0: RMB 200[1]\n- City 1: RMB 50[2]\nSaid below."
    fields = {"question": "q", "language": "en", "status": "answered", "answer": text, "confidence": 1, "table": compared}
    complete = answer_html(Answer.model_validate(fields | {"citations": [source]}), {1: "a", 2: "b"})
    assert "<table>" in complete
    assert "<li>" not in complete
    assert "<p>Said below.</p>" in complete
    assert "<li>" in answer_html(Answer.model_validate(fields), {})


def test_an_answer_that_compares_cities_brings_its_table() -> None:
    cells = [
        Cell("Shenzhen", "gdp", "en", 0, "RMB 5 billion", 5e9, "RMB"),
        Cell("Macau", "gdp", "en", 1, "MOP 3 billion", 3e9, "MOP"),
        Cell("Shenzhen", "area", "en", 2, "9 square kilometers", 9.0, ""),
    ]
    compared = comparison_table(Comparison(cells, mixed_currencies=True), "zh-Hant")
    assert compared is not None
    assert compared.columns == ["地區生產總值（GDP）", "面積"]
    assert [row.name for row in compared.rows] == ["深圳", "澳門"]
    assert [cell and cell.mark for row in compared.rows for cell in row.cells] == [1, 3, 2, None]
    assert comparison_table(Comparison(cells[::2], mixed_currencies=False), "en") is None


def test_an_answer_of_one_figure_has_no_table(small_assistant: Assistant) -> None:
    assert small_assistant.ask("What is the GDP of Yunhe?").table is None
