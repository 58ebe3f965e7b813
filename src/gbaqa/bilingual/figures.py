"""Figures of aligned groups: matched, compared, and what is left over judged."""

import re
from collections.abc import Sequence
from fractions import Fraction

from gbaqa.bilingual.claims import Claims, Stated, closest, is_distinctive, is_telling, repeats
from gbaqa.bilingual.compare import close, difference_of, figures_apart, qualifiers_apart, quantity_distance, same_sort
from gbaqa.bilingual.findings import Findings
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.qualifiers import Qualifier, cues
from gbaqa.language.quantities import Quantity
from gbaqa.language.script import clean, to_simplified
from gbaqa.language.units import single_units

_NEAR = 10  # statements either way in which a figure that a group lacks is looked for
_WIDE = 30  # and a figure that hardly stands there by chance
_SAME, _SAME_AT_LARGE = 0.5, 0.3  # distances
_SILENT = 0.45
_IN_WORDS = 0.8  # weight of a qualifier of numbers in words
# Of figures that differ, by how many of the two are in words; a count in digits weighs less than an amount.
_CONFLICT = {0: 1.0, 1: 0.6, 2: 0.35}
_COUNT = 0.85
_CURRENCY_NAMES = {"HKD": ("港币", "港元"), "USD": ("美元",), "MOP": ("澳门元", "澳门币"), "EUR": ("欧元",)}

# Parts are said in more ways than are read: "of these half would", 一刻鐘.
_PARTS = {
    1 / 2: re.compile(r"\bhal(?:f|ves)\b|半", re.IGNORECASE),
    1 / 3: re.compile(r"\bthirds?\b|三分|三成", re.IGNORECASE),
    2 / 3: re.compile(r"\bthirds?\b|三分", re.IGNORECASE),
    1 / 4: re.compile(r"\bquarters?\b|四分|刻", re.IGNORECASE),
    3 / 4: re.compile(r"\bquarters?\b|四分|刻", re.IGNORECASE),
}

_REACH = ("达", "达到", "满", "保底")
_AT_LEAST = re.compile(r"\bat least\b|\bor (?:more|over|above)\b", re.IGNORECASE)
_LARGEST_PART = 100  # of a whole that is told in words
_SCALES = tuple(10.0**power for power in (-6, -4, -3, -2, -1, 1, 2, 3, 4, 6, 8))
_SCALE_IN_HEAD = re.compile(
    r"[（(][^（）()|\d]{0,8}[千万亿萬億][^（）()|\d]{0,6}[)）]|[（(](?:[^()|\d]{0,12}(?:thousand|million|billion)[^()|\d]{0,12}|[kMGT]W?h?|'?000s?)[)）]",
    re.IGNORECASE,
)
# "six of the seven cities": how many of a known number is no small count.
_PARTIAL = re.compile(r" of (?:the|our|its|their|all) (?:\d|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)", re.IGNORECASE)


class FigureReader:
    """Reads the quantities of groups against each other."""

    def __init__(self, findings: Findings, claims: Sequence[tuple[Claims, Claims]]) -> None:
        self._findings, self._claims = findings, claims

    def match(self) -> None:
        """Match quantities within their groups, then with what near groups have left over; note in what matched ones differ."""
        for at, (zh, en) in enumerate(self._claims):
            for i, j in closest(zh, en):
                zh.left.discard(i)
                en.left.discard(j)
                self._compare(at, zh.quantities[i], en.quantities[j])
            ones = [one for row in self._findings.groups[at].en for one in single_units(self._findings.text(row))]
            zh.left -= {i for i in zh.left if any(_is_one(zh.quantities[i][1], *one) for one in ones)}
            self._settle_parts(zh, en)
            self._settle_parts(en, zh)
            self._settle_scales(at, zh, en)
        for at, (zh, _) in enumerate(self._claims):
            facing = self._findings.rows_facing(at, of_chinese=True, distance=_NEAR)
            near = self._findings.rows_around(facing, _NEAR) if zh.left else set()
            for i in sorted(zh.left):
                if rival := self._left_over(zh.quantities[i][1], near):
                    zh.left.discard(i)
                    rival[0].left.discard(rival[1])

    def _settle_parts(self, claims: Claims, other: Claims) -> None:
        """Match a fraction left over with the numbers it is made of: 九人中有四人 with "four of the nine"."""
        for i in sorted(claims.left):
            quantity = claims.quantities[i][1]
            if quantity.kind != "fraction":
                continue
            parts = Fraction(quantity.value).limit_denominator(_LARGEST_PART)
            whole = [j for j in other.left if other.quantities[j][1].value == parts.denominator]
            share = [j for j in other.left if other.quantities[j][1].value == parts.numerator]
            if whole and (share or parts.numerator == 1):
                claims.left.discard(i)
                other.left -= {*whole[:1], *share[:1]}

    def _settle_scales(self, at: int, zh: Claims, en: Claims) -> None:
        """Match bare numbers whose scale stands elsewhere: in the head of a column (万千瓦, MW), or with the number before."""
        scales = _SCALES if self._is_scaled_table(at) else {_scale(quantity) for _, quantity in en.quantities} - {1.0}
        for i in sorted(zh.left):
            left = zh.quantities[i][1]
            for j in sorted(en.left):
                right = en.quantities[j][1]
                if _is_number(left) and _is_number(right) and any(close(left.value, right.value * scale, 0.0) for scale in scales):
                    zh.left.discard(i)
                    en.left.discard(j)
                    break

    def _is_scaled_table(self, at: int) -> bool:
        """Whether a group is of rows of a table, and one of its heads or labels scales the numbers."""
        group = self._findings.groups[at]
        rows = [self._findings.row_with_heads(row) for row in (*group.zh, *group.en)]
        return all(CELL_SEPARATOR in text for text in rows) and any(_SCALE_IN_HEAD.search(text) for text in rows)

    def _left_over(self, quantity: Quantity, rows: set[int]) -> tuple[Claims, int] | None:
        """The same quantity where English groups near by have it left over."""
        for _, en in self._claims:
            for j in en.left:
                row, other = en.quantities[j]
                if row in rows and quantity_distance(quantity, other) < _SAME:
                    return en, j
        return None

    def _compare(self, at: int, zh: Stated, en: Stated) -> None:
        difference = difference_of(zh[1], en[1])
        if difference and not self._currency_is_named(at, zh[1], en[1]):
            self._findings.differ(at, difference.kind, difference.material, (zh[0], zh[1].text), (en[0], en[1].text))
        apart = qualifiers_apart(zh[1].qualifier, en[1].qualifier)
        means_nothing = _is_an_article(zh[1]) or self._says_elsewhere(at, zh[1].qualifier, en[1].qualifier) or self._must_reach(zh, en[1])
        if apart and not means_nothing:
            weight = _IN_WORDS if zh[1].in_words and en[1].in_words else 1.0
            values = ((row, quantity.wording or quantity.text) for row, quantity in (zh, en))
            self._findings.differ(at, "qualifier", apart * weight, *values)

    def _says_elsewhere(self, at: int, zh: Qualifier, en: Qualifier) -> bool:
        """Whether the side without a qualifier has its word elsewhere, for no other number."""
        if zh and en:
            return False
        group, (ours, theirs) = self._findings.groups[at], self._claims[at]
        rows, claims, wanted = (group.en, theirs, zh) if zh else (group.zh, ours, en)
        taken = sum(quantity.qualifier == wanted for _, quantity in claims.quantities)
        return sum(cues(to_simplified(self._findings.text(row)), wanted) for row in rows) > taken

    def _must_reach(self, zh: Stated, en: Quantity) -> bool:
        """Whether a condition says 须达 for "at least"."""
        before = to_simplified(clean(self._findings.text(zh[0])))[: zh[1].span[0]]
        return not zh[1].qualifier and before.endswith(_REACH) and _AT_LEAST.search(en.wording) is not None

    def _currency_is_named(self, at: int, zh: Quantity, en: Quantity) -> bool:
        """Whether a bare 元 is of a currency that its group names somewhere else."""
        names = _CURRENCY_NAMES.get(en.currency, ())
        rows = self._findings.groups[at].zh
        return zh.currency == "YUAN" and any(name in to_simplified(self._findings.text(row)) for row in rows for name in names)

    def conflicts(self) -> None:
        """Note what is left over on both sides of a group and is of one sort."""
        for at, (zh, en) in enumerate(self._claims):
            for i in sorted(zh.left):
                row, left = zh.quantities[i]
                rivals = [j for j in sorted(en.left) if same_sort(left, en.quantities[j][1])]
                if not rivals:
                    continue
                j = min(rivals, key=lambda j: figures_apart(left, en.quantities[j][1]))
                other_row, right = en.quantities[j]
                words = left.in_words + right.in_words
                if repeats(left, en) or repeats(right, zh) or (words == 2 and not left.unit and min(left.value, right.value) <= 2):
                    continue  # what is said twice here is said once there; "one of them" and 两地 count for little
                zh.left.discard(i)
                en.left.discard(j)
                weight = _CONFLICT[words] * (1.0 if left.currency or left.unit or words else _COUNT)
                self._findings.differ(at, "figure", figures_apart(left, right) * weight, (row, left.text), (other_row, right.text))

    def silences(self) -> None:
        """Note the figures that one side gives and the other does not, there or near by."""
        for at, sides in enumerate(self._claims):
            for claims, of_chinese in zip(sides, (True, False), strict=True):
                for i in sorted(claims.left):
                    row, quantity = claims.quantities[i]
                    partial = quantity.value > 1 and _PARTIAL.match(self._findings.text(row), quantity.span[1])
                    missing = is_telling(quantity) and not self._is_said(at, quantity, of_chinese=of_chinese)
                    if missing or (partial and all(side.quantities for side in sides)):
                        self._findings.silent(at, _SILENT, row, quantity.text)

    def _is_said(self, at: int, quantity: Quantity, *, of_chinese: bool) -> bool:
        """Whether a quantity stands in the other language around its group, matched or not, or a part of a whole in some other words."""
        part = next((words for value, words in _PARTS.items() if quantity.in_words and abs(quantity.value - value) < 0.01), None)
        group = self._findings.groups[at]
        if part and any(part.search(to_simplified(self._findings.text(row))) for row in (group.en if of_chinese else group.zh)):
            return True
        facing = self._findings.rows_facing(at, of_chinese=of_chinese, distance=_NEAR)
        rows = self._findings.rows_around(facing, _WIDE if is_distinctive(quantity) else _NEAR)
        return any(quantity_distance(quantity, found) < _SAME_AT_LARGE for row in rows for found in self._findings.quantities(row))


def _is_one(quantity: Quantity, unit: str, factor: float) -> bool:
    """Whether a quantity is one of a unit that the other language gives with an article: 一年 and "a year", 15亩 and "a hectare"."""
    return quantity.unit == unit and abs(quantity.amount - factor) <= 1e-6 * factor


def _is_an_article(quantity: Quantity) -> bool:
    """Whether a quantity counts nothing, as in 一家公司, a company."""
    return quantity.in_words and quantity.value == 1 and not (quantity.currency or quantity.unit or quantity.qualifier)


def _is_number(quantity: Quantity) -> bool:
    """Whether a quantity is written in digits."""
    return quantity.kind == "number" and not quantity.in_words


def _scale(quantity: Quantity) -> float:
    """What a number in digits is multiplied by: a million in "1.6 million"."""
    return abs(quantity.value) / (float(quantity.digits) or 1.0) if _is_number(quantity) else 1.0
