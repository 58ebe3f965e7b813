"""Claims: the quantities and dates that one side of a group of twins states, and their matches on the other side."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gbaqa.bilingual.compare import quantity_distance
from gbaqa.index.chunk import quantities_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.dates import Date, dates
from gbaqa.language.quantities import Quantity

_ROUND = re.compile(r"(?:a |half a )?(?:dozen|hundred|thousand|million|billion)", re.IGNORECASE)  # as often a way of speaking as a count
Stated = tuple[int, Quantity]  # the row it stands in, and the quantity


@dataclass
class Claims:
    """The quantities and dates that one side of a group states, each with its row.

    Attributes:
        left, left_dates: positions of those that nothing on the other side is the same as.
        unmatched_dates: of those left, and of those that only repeat one that is matched.
    """

    quantities: list[Stated]
    dates: list[tuple[int, Date]]
    left: set[int] = field(default_factory=set)
    left_dates: set[int] = field(default_factory=set)
    unmatched_dates: set[int] = field(default_factory=set)

    def settle_dates_like(self, date: Date) -> None:
        """Take the dates that are like this one for dealt with."""
        like = {at for at, (_, found) in enumerate(self.dates) if found.fits(date)}
        self.left_dates -= like
        self.unmatched_dates -= like

    @classmethod
    def of(cls, index: SearchIndex, rows: Sequence[int]) -> "Claims":
        """All that the statements in these rows state; nothing is matched yet."""
        texts = [(row, index.statements[row][1].text) for row in rows]
        quantities = [(row, quantity) for row in rows for quantity in quantities_of(*index.statements[row])]
        stated = [(row, date) for row, text in texts for date in dates(text)]
        return cls(quantities, stated, set(range(len(quantities))), set(range(len(stated))))


def closest(zh: Claims, en: Claims) -> list[tuple[int, int]]:
    """Pairs of quantities of two sides, the closest first, each used once; equals pair in the order they stand in."""
    distances = [
        (distance, abs(i / len(zh.quantities) - j / len(en.quantities)), i, j)
        for i, (_, left) in enumerate(zh.quantities)
        for j, (_, right) in enumerate(en.quantities)
        if (distance := quantity_distance(left, right)) != float("inf")
    ]
    pairs, used_zh, used_en = [], set[int](), set[int]()
    for _, _, i, j in sorted(distances):
        if i not in used_zh and j not in used_en:
            pairs.append((i, j))
            used_zh.add(i)
            used_en.add(j)
    return pairs


def repeats(quantity: Quantity, other: Claims) -> bool:
    """Whether a quantity is one that the other side of its group has."""
    return any(quantity_distance(quantity, found) < 0.5 for _, found in other.quantities)


def is_telling(quantity: Quantity) -> bool:
    """Whether a reader misses a quantity: numerals in words that count a few things are not missed."""
    if (
        quantity.kind == "rank"
        or _ROUND.match(quantity.text)
        or (quantity.value in (1, 2) and quantity.kind != "ratio" and not (quantity.currency or quantity.unit))
    ):
        return False
    return not quantity.in_words or bool(quantity.currency or quantity.qualifier) or quantity.kind == "fraction" or quantity.value > 12


def is_distinctive(quantity: Quantity) -> bool:
    """Whether a quantity hardly stands somewhere by chance."""
    return len(quantity.digits.replace(".", "").strip("0")) >= 3
