"""An answer's text as blocks of runs, so that a document can be made of it.

An extractive answer is the document's own words in lists and paragraphs of ours: whatever else looks like Markdown was
printed like that. A model writes Markdown and means it.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from gbaqa.answering.answer import Answer, Table, TableCell
from gbaqa.language.script import Script
from gbaqa.publishing.wording import WORDING
from gbaqa.publishing.works import printable

_MARK = re.compile(r"\[(\d{1,3})\]")
_BULLET = "- "
_MOST_CELLS = 1000
BlockKind = Literal["paragraph", "bullet", "numbered", "heading", "row"]
_KINDS: dict[str, BlockKind] = {"bullet_list": "bullet", "ordered_list": "numbered", "heading": "heading"}


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one way. Of a mark, `text` is the number of its reference."""

    text: str
    bold: bool = False
    italic: bool = False
    is_mark: bool = False


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A paragraph, an item of a list, a heading or a row of a table. A row has several cells, anything else one.

    `begins` is whether a row names the columns of a table, which begins with it.
    """

    kind: BlockKind
    cells: tuple[tuple[Run, ...], ...]
    begins: bool = False


def blocks_of(answer: Answer, numbers: Mapping[int, int]) -> list[TextBlock]:
    """The blocks of an answer. `numbers` gives the reference of each mark; a bracketed number that is none stays text."""
    if answer.mode == "generative":
        return list(_from_markdown(SyntaxTreeNode(_markdown().parse(answer.answer)), numbers))
    blocks = _compared(answer.table, numbers, answer.language) if answer.table else []
    is_listed = not blocks  # the table is the same list, easier to compare
    for line in filter(str.strip, answer.answer.split("\n")):
        kind: BlockKind = "bullet" if line.startswith(_BULLET) else "paragraph"
        if kind == "paragraph" or is_listed:
            blocks.append(TextBlock(kind, (tuple(_runs(line.removeprefix(_BULLET), numbers)),)))
    return blocks


def _compared(table: Table, numbers: Mapping[int, int], script: Script) -> list[TextBlock]:
    """The rows of a comparison, each figure with its mark; amounts in different currencies stand in columns of their own.

    None for a table that is larger than any answer has: it was made by somebody else, to keep the server busy.
    """
    columns = [(at, unit) for at in range(len(table.columns)) for unit in _units(table, at)]
    if len(columns) * len(table.rows) > _MOST_CELLS:
        return []
    several = {at for at, count in Counter(at for at, _ in columns).items() if count > 1}
    names = [
        f"{_title(table.columns[at])}{WORDING[script].in_brackets.format(text=unit) if at in several and unit else ''}"
        for at, unit in columns
    ]
    head = TextBlock("row", tuple((Run(printable(name), bold=True),) for name in ["", *names]), begins=True)
    rows = [
        TextBlock("row", ((Run(printable(row.name)),), *(_figure(row.cells[at], unit, numbers) for at, unit in columns)))
        for row in table.rows
    ]
    return [head, *rows]


def _units(table: Table, column: int) -> list[str]:
    return list(dict.fromkeys(cell.unit for row in table.rows if (cell := row.cells[column]) is not None)) or [""]


def _title(name: str) -> str:
    return name[:1].upper() + name[1:]


def _figure(cell: TableCell | None, unit: str, numbers: Mapping[int, int]) -> tuple[Run, ...]:
    if cell is None or cell.unit != unit:
        return (Run("–"),)
    mark = numbers.get(cell.mark)
    return (Run(printable(cell.text)), *([] if mark is None else [Run(str(mark), is_mark=True)]))


def _runs(text: str, numbers: Mapping[int, int], *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    """Text parted at its marks."""
    at = 0
    for match in _MARK.finditer(text):
        number = numbers.get(int(match[1]))
        if number is not None:
            yield from _text(text[at : match.start()], bold=bold, italic=italic)
            yield Run(str(number), is_mark=True)
            at = match.end()
    yield from _text(text[at:], bold=bold, italic=italic)


def _text(text: str, *, bold: bool, italic: bool) -> Iterator[Run]:
    shown = printable(f"x{text}x")[1:-1]  # between two letters, white space at the ends is kept
    if shown:
        yield Run(shown, bold, italic)


@cache
def _markdown() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).enable("table")


def _from_markdown(node: SyntaxTreeNode, numbers: Mapping[int, int], kind: BlockKind = "paragraph") -> Iterator[TextBlock]:
    match node.type:
        case "tr":
            begins = any(cell.type == "th" for cell in node.children)
            yield TextBlock("row", tuple(tuple(_inline(cell, numbers, bold=begins)) for cell in node.children), begins)
        case "inline":
            yield TextBlock(kind, (tuple(_inline(node, numbers)),))
        case "code_block" | "fence":
            yield TextBlock(kind, (tuple(_runs(node.content, numbers)),))
        case _:
            for child in node.children:
                yield from _from_markdown(child, numbers, _KINDS.get(node.type, kind))


def _inline(node: SyntaxTreeNode, numbers: Mapping[int, int], *, bold: bool = False, italic: bool = False) -> Iterator[Run]:
    for child in node.children:
        if child.type in ("softbreak", "hardbreak"):
            yield Run(" ")
        elif child.children:
            inner_bold, inner_italic = bold or child.type == "strong", italic or child.type == "em"
            yield from _inline(child, numbers, bold=inner_bold, italic=inner_italic)
        else:
            yield from _runs(child.content, numbers, bold=bold, italic=italic)
