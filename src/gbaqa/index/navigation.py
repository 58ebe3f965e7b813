"""From a row of an index to what belongs to it: its twin, its block, its section. Who goes through many rows takes the arrays."""

import numpy as np

from gbaqa.corpus.document import Block
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language


def twin_of(index: SearchIndex, row: int) -> int | None:
    """The row of the same statement in the other language, None where it has none."""
    twin = int(index.alignment.twin[row])
    return twin if twin >= 0 else None


def with_twin(index: SearchIndex, row: int) -> tuple[int, ...]:
    """A row, and its twin where it has one."""
    twin = twin_of(index, row)
    return (row,) if twin is None else (row, twin)


def in_language(index: SearchIndex, row: int, language: Language) -> int:
    """A row as it is in a language: itself, or its twin where it is in the other one and has a twin."""
    if index.statements[row][0].language == language:
        return row
    twin = twin_of(index, row)
    return row if twin is None else twin


def all_in_language(index: SearchIndex, row: int, language: Language) -> list[int]:
    """The rows that together say in a language what a statement says, in order: its twin, and those of which it is the twin."""
    said = in_language(index, row, language)
    return [row] if said == row else sorted({said, *np.flatnonzero(index.alignment.twin == row).tolist()})


def both_texts(index: SearchIndex, row: int) -> list[str]:
    """The text of a statement, and that of its twin where it has one."""
    return [index.statements[each][1].text for each in with_twin(index, row)]


def block_of(index: SearchIndex, row: int) -> Block:
    """The block that a statement is part of."""
    chunk, statement = index.statements[row]
    return index.documents[chunk.document].blocks[statement.block]


def in_same_section(index: SearchIndex, row: int, other: int) -> bool:
    """Whether two statements stand under the same headings of one document, in one language."""
    one, two = index.statements[row][0], index.statements[other][0]
    return (one.document, one.language, one.section) == (two.document, two.language, two.section)
