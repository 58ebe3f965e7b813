"""The table of an answer that compares figures, with a bar beside each figure that can be drawn against others.

A bar repeats what its cell says in figures, so it is decoration to a screen reader. Amounts in different currencies are
never drawn on one scale: each currency has its own, and a figure alone in its currency has no bar. Dates have none.
"""

from collections import Counter
from html import escape

from gbaqa.answering.answer import Table, TableCell
from gbaqa.web.marks import mark_html

_SCALE = 100


def table_html(table: Table, card_ids: dict[int, str], label: str) -> str:
    """The table with its marks; `label` names a source, `card_ids` gives the element id of each mark's source card."""
    head = "".join(f'<th scope="col">{escape(column)}</th>' for column in table.columns)
    longest = [_longest([row.cells[column] for row in table.rows]) for column in range(len(table.columns))]
    body = "".join(
        f'<tr><th scope="row">{escape(row.name)}</th>'
        + "".join(_cell(cell, scales, card_ids, label) for cell, scales in zip(row.cells, longest, strict=True))
        + "</tr>"
        for row in table.rows
    )
    named = escape(" · ".join(table.columns))  # a keyboard reaches the table to move it, and a screen reader tells what it is
    figures = f"<table><thead><tr><td></td>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f'<div class="comparison" role="group" aria-label="{named}" tabindex="0">{figures}</div>'


def _longest(cells: list[TableCell | None]) -> dict[str, float]:
    """The greatest figure of each unit that several cells of a column are in."""
    figures = [cell for cell in cells if cell is not None and cell.value >= 0 and not cell.is_date]
    counts = Counter(cell.unit for cell in figures)
    return {unit: max(cell.value for cell in figures if cell.unit == unit) for unit, count in counts.items() if count > 1}


def _cell(cell: TableCell | None, longest: dict[str, float], card_ids: dict[int, str], label: str) -> str:
    if cell is None:
        return "<td>–</td>"
    most = 0.0 if cell.is_date else longest.get(cell.unit, 0.0)
    bar = _bar(cell.value / most) if most > 0 and cell.value >= 0 else ""
    return f'<td><span class="figure">{escape(cell.text)}{mark_html(cell.mark, card_ids, label)}</span>{bar}</td>'


def _bar(share: float) -> str:
    return (
        f'<svg class="bar" viewBox="0 0 {_SCALE} 1" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect width="{share * _SCALE:.1f}" height="1"/></svg>'
    )
