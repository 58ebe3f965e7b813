"""A Disagreement: one difference between the two languages of a document."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["figure", "qualifier", "date", "name", "omission", "polarity"]


@dataclass(frozen=True, slots=True)
class Side:
    """What one language says: where, in whole statements, and the value in question (None where it gives none).

    Attributes:
        rows: of the index; none for a note.
    """

    page: str | None
    quote: str
    value: str | None
    rows: tuple[int, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A difference between the two languages.

    Attributes:
        material: how much it matters to a reader, 0 to 1, less where the alignment is less sure.
        zh, en: None where that language has no such statement.
        document: id.
    """

    kind: Kind
    material: float
    zh: Side | None
    en: Side | None
    document: str
