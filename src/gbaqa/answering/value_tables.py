"""The tables of an index as columns of figures that can be compared: which rows they have, and what each cell is worth."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from gbaqa.index.navigation import block_of, twin_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR, cell_quantities
from gbaqa.language.dates import dates
from gbaqa.language.meanings import with_concepts
from gbaqa.language.periods import years
from gbaqa.language.script import HAN, Language, is_traditional, to_simplified
from gbaqa.language.segment import leads_on
from gbaqa.language.words import search_terms

_FEWEST_ROWS = 3
_MOST_MISSING = 0.4  # share of a column's cells without a figure
_ROUNDING = 0.005  # a total may differ by so much from the sum of its rows
_TOTAL = re.compile(
    r"^(?:grand |sub)?-?total\b|\btotal$|^(?:sum|overall|averages?|mean|median|all|altogether|together|combined|whole)\b|\baverage$"
    r"|^(?:合计|总计|小计|共计|总数|总和|总体|总额|整体|全体|全部|合共|平均|均值|中位数|总[^部馆店行站厂校局院])|(?:合计|总计|平均|平均值|总数)$",
    re.IGNORECASE,
)
_FORECAST = re.compile(
    r"\b(?:projected|projections?|forecasts?|targets?|expected|planned|estimate[sd]?|goals?)\b"
    r"|预测|预计|目标|估计|^(?:规划|计划)(?:$|[（(])|(?:远期|五)规划"
    r"|(?:[（(]|\d年?的?)(?:规划|计划)|(?:规划|计划)[值数]",  # 人才计划 is a plan's name
    re.IGNORECASE,
)
_RANGE = re.compile(r"\d[^|\d]{0,12}(?:[–—~～至到-]|\bto\b)[^|\d]{0,6}\d")
_YEAR_CELL = re.compile(r"\s*(?:\w+ )?(?:19|20)\d{2}\s*年?(?:\d{1,2}月)?\s*")
_WITH_YEAR = re.compile(r"(?:\b(?:in|of|for|at the end of|end)\s+)?(?:19|20)\d{2}(?:\s?[-–/]\s?\d{2,4})?\s*(?:年度?)?底?")
_YEAR = "year"
_GROUPED = "{} – {}"


@dataclass(frozen=True, slots=True)
class Figure:
    """What a cell is worth: a number in its base unit. Figures of different `unit` are not to be compared."""

    value: float
    unit: str
    currency: str = ""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A row of a table.

    Attributes:
        row: of the index, which states it.
        cells: as printed; where rows stand in groups, the first is the group's name with the row's own.
        figures: what the cells are worth.
        twin_label: its label in the other language.
        groups: names of its group in both languages, none where rows stand in none.
    """

    row: int
    cells: tuple[str, ...]
    figures: tuple[Figure | None, ...]
    twin_label: str = ""
    groups: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What the row is of."""
        return self.cells[0]


@dataclass(frozen=True)
class ValueTable:
    """A table with columns that can be compared.

    Attributes:
        header: names of all columns, as printed.
        rows: without totals, averages and forecasts.
        statements: rows of the index that are of the table, totals too.
        about: headings above it, its caption, and the sentence that leads to it; `title` the nearest heading.
        around: the title of the document and all headings above it.
        twin_header, twin_about: those of the same table in the other language.
    """

    language: Language
    header: tuple[str, ...]
    rows: tuple[ValueRow, ...]
    statements: frozenset[int]
    about: str
    title: str
    around: str
    twin_header: tuple[str, ...] = ()
    twin_about: str = ""

    @cached_property
    def columns(self) -> tuple[int, ...]:
        """The columns whose figures are of one unit and mostly there."""
        return tuple(column for column in range(1, len(self.header)) if self._is_comparable(column))

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """The words of each column's name, in both languages; one that is only a year has those of what the table is about."""
        twins = self.twin_header or ("",) * len(self.header)
        words = [frozenset(with_concepts(name)) | frozenset(with_concepts(twin)) for name, twin in zip(self.header, twins, strict=True)]
        return tuple(own if self.measure(column) else own | self.context for column, own in enumerate(words))

    @cached_property
    def context(self) -> frozenset[str]:
        """The words of what the table is about."""
        return frozenset(with_concepts(self.about)) | frozenset(with_concepts(self.twin_about))

    @cached_property
    def labels(self) -> tuple[frozenset[str], ...]:
        """The words of each row's label, in both languages."""
        return tuple(frozenset(with_concepts(row.label)) | frozenset(with_concepts(row.twin_label)) for row in self.rows)

    @cached_property
    def label_terms(self) -> tuple[frozenset[str], ...]:
        """The words of each row's label as they are, without what they stand for."""
        return tuple(frozenset(search_terms(f"{row.label}\n{row.twin_label}")) for row in self.rows)

    @cached_property
    def groups_by_twin(self) -> tuple[str, ...]:
        """For each row the group that its twin stands in, by the name it has here; "" where rows stand in none.

        A cell that spans rows may be read a row too far in one of the languages.
        """
        here = {
            groups[1]: Counter(row.groups[0] for row in self.rows if row.groups[1:] == groups[1:])
            for row in self.rows
            if (groups := row.groups)[1:]
        }
        return tuple(here[row.groups[1]].most_common(1)[0][0] if row.groups[1:] else "".join(row.groups) for row in self.rows)

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """What the rows are, in Simplified Chinese, where that is told."""
        return tuple(to_simplified(name) for name in (self.header[0], *self.twin_header[:1]) if HAN.match(name))

    @cached_property
    def place(self) -> frozenset[str]:
        """The words of the document's title and of all headings above the table, in both languages."""
        return frozenset(search_terms(self.around))

    def measure(self, column: int) -> str:
        """What a column measures: its name without its year."""
        return _WITH_YEAR.sub("", to_simplified(self.header[column])).strip(" ,，()（）")

    def is_total(self, column: int) -> bool:
        """Whether a column sums up the others."""
        return _TOTAL.search(to_simplified(self.header[column])) is not None

    def years_of(self, column: int) -> frozenset[str]:
        """The years that the name of a column has."""
        return years(self.header[column])

    @cached_property
    def is_traditional(self) -> bool:
        """Whether it is printed in Traditional Chinese."""
        return is_traditional("\n".join([self.about, *self.header, *(cell for row in self.rows for cell in row.cells)]))

    @cached_property
    def years(self) -> frozenset[str]:
        """The years that the table names anywhere but in its figures."""
        return years("\n".join([self.about, *self.header, *(row.label for row in self.rows)]))

    def is_share(self, column: int) -> bool:
        """Whether the figures of a column are percentages."""
        return any(figure.unit == "%" for row in self.rows if (figure := row.figures[column]))

    def is_of_years(self, column: int) -> bool:
        """Whether the cells of a column are years."""
        return any(figure.unit == _YEAR for row in self.rows if (figure := row.figures[column]))

    def is_by_year(self) -> bool:
        """Whether its rows are years."""
        return all(_YEAR_CELL.fullmatch(row.label.partition("-")[0].partition("（")[0]) for row in self.rows)

    def _is_comparable(self, column: int) -> bool:
        figures = [figure for row in self.rows if (figure := row.figures[column])]
        kinds = {(figure.unit, figure.currency) for figure in figures}
        return len(kinds) == 1 and len(figures) > 1 and len(figures) >= (1 - _MOST_MISSING) * len(self.rows)


def value_table(index: SearchIndex, number: int, document: int) -> ValueTable | None:
    """The table with a number of the index's columns, which is in that document; None if it has nothing to compare."""
    rows = index.columns.rows_of(document)
    table = _table(index, rows[index.columns.table[rows] == number].tolist())
    return table if table is not None and table.columns else None


def _table(index: SearchIndex, rows: list[int]) -> ValueTable | None:
    block = block_of(index, rows[0])
    header = block.header
    read = [
        ValueRow(row, tuple(text.split(CELL_SEPARATOR)), tuple(_figures(text, CELL_SEPARATOR.join(header))), _twin_label(index, row))
        for row in rows
        if len((text := index.statements[row][1].text).split(CELL_SEPARATOR)) == len(header)
    ]
    if is_grouped := _is_grouped(read):
        read, header = [_in_group(index, row) for row in read], (_GROUPED.format(*header[:2]), *header[2:])
    counted = [row for at, row in enumerate(read) if not _is_total(read, at) and not _FORECAST.search(to_simplified(row.label))]
    if len(read) < len(rows) or len(counted) < _FEWEST_ROWS or len({row.label for row in counted}) < len(counted):
        return None
    twin = next((twin for row in rows if (twin := twin_of(index, row)) is not None), None)
    other = block_of(index, twin) if twin is not None else None
    same_shape = other is not None and other.kind == "row" and len(other.header) == len(block.header)
    twin_header = other.header if same_shape and other is not None else ()
    return ValueTable(
        language=block.language,
        header=header,
        rows=tuple(counted),
        statements=frozenset(rows),
        about=_about(index, rows[0]),
        title=block.section[-1] if block.section else "",
        around="\n".join([*_titles(index, rows[0]), *block.section, *(other.section if other is not None else ())]),
        twin_header=(_GROUPED.format(*twin_header[:2]), *twin_header[2:]) if is_grouped and twin_header else twin_header,
        twin_about=_about(index, twin) if same_shape and twin is not None else "",
    )


def _titles(index: SearchIndex, row: int) -> Iterator[str]:
    metadata = index.documents[index.statements[row][0].document].metadata
    yield from metadata.title.values()
    for publishers in metadata.publishers.values():
        yield from publishers


def _twin_label(index: SearchIndex, row: int) -> str:
    return next(iter(_twin_cells(index, row)), "")


def _twin_cells(index: SearchIndex, row: int) -> list[str]:
    twin = twin_of(index, row)
    return index.statements[twin][1].text.split(CELL_SEPARATOR) if twin is not None and block_of(index, twin).kind == "row" else []


def _is_grouped(rows: list[ValueRow]) -> bool:
    """Whether the first cells only name groups: several rows have the same, and the second ones tell them apart."""
    firsts, seconds = {row.cells[:1] for row in rows}, {row.cells[:2] for row in rows}
    return 1 < len(firsts) < len(rows) == len(seconds) and all(len(row.cells) > 2 and not row.figures[1] for row in rows)


def _in_group(index: SearchIndex, row: ValueRow) -> ValueRow:
    """A row with the name of its group in front of its own."""
    twin = _twin_cells(index, row.row)[: len(row.cells)]
    return ValueRow(
        row=row.row,
        cells=(_GROUPED.format(*row.cells[:2]), *row.cells[2:]),
        figures=row.figures[1:],
        twin_label=_GROUPED.format(*twin[:2]) if len(twin) == len(row.cells) else "",
        groups=(row.cells[0], *twin[:1]),
    )


def _about(index: SearchIndex, row: int) -> str:
    """The headings above a table, its caption, and the sentence in front of it where that leads to it."""
    chunk, statement = index.statements[row]
    blocks = index.documents[chunk.document].blocks
    block, first = blocks[statement.block], statement.block
    while first and blocks[first - 1].kind == "row" and blocks[first - 1].table == block.table:
        first -= 1
    before = blocks[first - 1] if first else None
    leads = before is not None and before.section == block.section and leads_on(before.text)
    lead = before.text[slice(*before.statement_spans[-1])] if leads and before is not None else ""
    return "\n".join([*block.section[-2:], block.caption, lead])


def _figures(text: str, header: str) -> Iterator[Figure | None]:
    for cell, stated in zip(text.split(CELL_SEPARATOR), cell_quantities(text, header), strict=True):
        numbers = [quantity for quantity in stated if quantity.kind == "number" and quantity.digits]
        if _YEAR_CELL.fullmatch(cell):
            yield None if (point := _point_in_time(cell)) is None else Figure(point, _YEAR)
        elif len(numbers) == 1 and len(stated) == 1:
            yield Figure(numbers[0].amount, numbers[0].unit, numbers[0].currency)
        elif len(numbers) == 2 and len(stated) == 2 and _RANGE.search(cell):
            yield Figure((numbers[0].amount + numbers[1].amount) / 2, numbers[1].unit, numbers[0].currency or numbers[1].currency)
        else:
            yield None


def _point_in_time(cell: str) -> float | None:
    """Years, a month as a twelfth; a quarter, which is no point, is none."""
    date = next(iter(dates(cell)), None)
    part = date.part if date else ""
    if part and not part.startswith("M"):
        return None
    return float(min(years(cell), default="0")) + (int(part[1:]) - 1 if part else 0) / 12


def _is_total(rows: list[ValueRow], at: int) -> bool:
    """Whether a row sums up the others: so it says, or so its figures do."""
    if _TOTAL.search(to_simplified(rows[at].label).strip()):
        return True
    if at not in (0, len(rows) - 1) or len(rows) < _FEWEST_ROWS + 1:
        return False
    for column in range(1, len(rows[at].figures)):
        figures = [row.figures[column] for row in rows if row is not rows[at]]
        total, known = rows[at].figures[column], [figure.value for figure in figures if figure is not None]
        if total is None or len(known) < _FEWEST_ROWS or total.unit == _YEAR:
            continue
        if abs(sum(known) - total.value) <= _ROUNDING * abs(total.value):
            return True
    return False
