"""Figures in a row of a table: the unit may stand in the name of the column or of the row, as in 人口（万） and Exports (RMB million)."""

import re
from dataclasses import replace
from functools import lru_cache

from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import HAN

CELL_SEPARATOR = " | "  # between the cells of a row
_IN_BRACKETS = re.compile(r"[（(]([^（）()\d]{1,48})[)）]\s*$")
_CURRENCY = re.compile(r"(?:[A-Z]{2,3}\$?|[$¥€£]|人民[币幣]|港[币幣]|美元)(?=\s|$|[百千万萬亿億])")
_OF = re.compile(r"(?<=[a-z])\s+of\s+(?=\w)", re.IGNORECASE)


def row_quantities(row: str, header: str) -> tuple[Quantity, ...]:
    """All that a row states in numbers; those without a unit of their own have that of their column, else that of the row.

    `row` and `header` are cells and column names, joined as a Block joins them.
    """
    return tuple(quantity for cell in cell_quantities(row, header) for quantity in cell)


@lru_cache(maxsize=20_000)
def cell_quantities(row: str, header: str) -> tuple[tuple[Quantity, ...], ...]:
    """The same, cell by cell."""
    cells = row.split(CELL_SEPARATOR)
    names = header.split(CELL_SEPARATOR)
    if len(names) != len(cells):  # a column without a name is left out of the header
        names = names[-len(cells) :] if len(names) > len(cells) else [""] * (len(cells) - len(names)) + names
    units = [_unit_in(name) for name in names]
    of_row = _unit_in(cells[0])
    return tuple(
        tuple(
            _with_unit(quantity, (unit or of_row) if column else None)
            for quantity in stated_quantities(cell if column else _IN_BRACKETS.sub("", cell))
        )
        for column, (cell, unit) in enumerate(zip(cells, units, strict=True))
    )


def _unit_in(label: str) -> Quantity | None:
    """One of the unit that a label ends in, in brackets: of 人口（万） it is 10,000."""
    match = _IN_BRACKETS.search(label)
    if match is None:
        return None
    unit = _OF.sub(" ", match[1].strip())
    currency = _CURRENCY.match(unit)
    first, rest = (currency[0], unit[currency.end() :]) if currency else ("", unit)
    stated = stated_quantities(f"{first}1{rest}" if HAN.match(rest) else f"{first}1 {rest.strip()}")
    says_something = len(stated) == 1 and (stated[0].value != 1 or stated[0].unit or stated[0].currency)
    return stated[0] if says_something else None  # （预测） and (projected) are remarks


def _with_unit(quantity: Quantity, unit: Quantity | None) -> Quantity:
    bare = quantity.kind == "number" and quantity.digits and abs(quantity.value) == float(quantity.digits)
    if unit is None or not bare or quantity.unit or quantity.currency:
        return quantity
    return replace(
        quantity,
        value=quantity.value * unit.value,
        step=quantity.step * unit.value,
        is_percent=unit.is_percent,
        unit=unit.unit,
        factor=unit.factor,
        currency=unit.currency,
    )
