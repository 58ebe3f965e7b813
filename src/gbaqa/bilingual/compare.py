"""Whether two quantities, or two dates, are the same, and in what they differ if they are not quite."""

import math
from dataclasses import dataclass

from gbaqa.bilingual.disagreement import Kind
from gbaqa.language.dates import Date
from gbaqa.language.quantities import Quantity

_NO_MATCH = math.inf
_SHARE_OF_RATIO = 0.25  # 六成 beside "six to four"
_QUALIFIERS_APART = {
    frozenset(("over", "nearly")): 0.85,
    frozenset(("over", "most")): 0.7,
    frozenset(("over", "about")): 0.5,
    frozenset(("nearly", "about")): 0.4,
    frozenset(("about", "most")): 0.4,
    frozenset(("over", "")): 0.55,
    frozenset(("nearly", "")): 0.55,
    frozenset(("about", "")): 0.45,
    frozenset(("most", "")): 0.45,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """What two matched quantities or dates differ in, and how material that is, 0 to 1."""

    kind: Kind
    material: float


def quantity_distance(zh: Quantity, en: Quantity) -> float:
    """0 for the same quantity, more where unit or wording differ, infinite where the numbers are not the same."""
    if not _same_number(zh, en):
        return _NO_MATCH
    if (zh.kind == "ratio") != (en.kind == "ratio"):
        return _SHARE_OF_RATIO
    distance = 0.0
    if zh.unit != en.unit and not {zh.unit, en.unit} <= {"%", "times"}:
        distance += 0.3 if "" in (zh.unit, en.unit) else 0.6
    if zh.currency != en.currency:
        distance += 0.1 if same_currency(zh, en) else 0.4 if zh.currency and en.currency else 0.3
    if zh.kind != en.kind:
        distance += 0.2
    if zh.in_words != en.in_words:
        distance += 0.05
    return distance + (0.02 if zh.qualifier != en.qualifier else 0.0)


def _same_number(zh: Quantity, en: Quantity) -> bool:
    if "ratio" in (zh.kind, en.kind):
        return _same_ratio(zh, en)
    if zh.per == en.per != "" and zh.per_factor != en.per_factor:  # 每亩 and "per hectare"
        steps = [one.step * one.factor / one.per_factor for one in (zh, en)]
        return close(zh.amount / zh.per_factor, en.amount / en.per_factor, max(steps))
    if zh.unit and en.unit and zh.unit != en.unit and not {zh.unit, en.unit} <= {"%", "pp", "times"}:
        return False
    if close(zh.amount, en.amount, max(zh.step * zh.factor, en.step * en.factor)):
        return True
    # A unit that one side leaves out: "grew 26.4" for 26.4%, "aged 18 to 40" for 18至40岁.
    in_tenths = "%" in (zh.unit, en.unit) and (zh.in_words or en.in_words)  # 六成 is not the six of "six lanes"
    return "" in (zh.unit, en.unit) and not in_tenths and close(zh.value, en.value, 0.0)


def _same_ratio(zh: Quantity, en: Quantity) -> bool:
    """Whether two ratios are the same, in whichever order, or one is of the share that the other gives."""
    if zh.kind == en.kind:
        return close(zh.value, en.value, 0.0) or close(zh.value, 1 / en.value, 0.0)
    ratio, other = (zh, en) if zh.kind == "ratio" else (en, zh)
    shares = ratio.value / (1 + ratio.value), 1 / (1 + ratio.value)
    return _is_share(other) and any(close(other.amount, share, 0.0) for share in shares)


def close(one: float, other: float, step: float) -> bool:
    """Whether two numbers are equal, or one is the other rounded to the coarser of their last places."""
    difference = abs(one - other)
    return difference <= 1e-6 * max(abs(one), abs(other)) or difference <= min(step / 2, 0.02 * max(abs(one), abs(other))) * (1 + 1e-9)


def same_currency(zh: Quantity, en: Quantity) -> bool:
    """Whether currencies do not exclude each other; a bare 元 or none may be Renminbi."""
    if zh.currency == en.currency or not zh.currency or not en.currency:
        return True
    return {zh.currency, en.currency} == {"YUAN", "CNY"}


def same_sort(zh: Quantity, en: Quantity) -> bool:
    """Whether two numbers could be meant for each other: both money, both shares, both the same measure, both counts."""
    if _is_share(zh) and _is_share(en):
        return True
    if "ratio" in (zh.kind, en.kind) or (zh.kind != en.kind and not zh.unit):
        return False
    if zh.currency or en.currency:
        return bool(zh.currency and en.currency) and same_currency(zh, en)
    return zh.unit == en.unit


def _is_share(quantity: Quantity) -> bool:
    return quantity.unit == "%" or (quantity.kind == "fraction" and not quantity.unit)


def figures_apart(zh: Quantity, en: Quantity) -> float:
    """How material it is that two figures meant for each other differ."""
    if not zh.amount or not en.amount or zh.amount * en.amount < 0:
        return 1.0
    return min(1.0, 0.75 + 0.25 * abs(math.log10(zh.amount / en.amount)))


def difference_of(zh: Quantity, en: Quantity) -> Difference | None:
    """In what two quantities of the same number differ; qualifiers are left to `qualifiers_apart`."""
    if zh.direction * en.direction < 0:
        return Difference("polarity", 0.8)
    if not same_currency(zh, en):
        return Difference("figure", 0.45 if "YUAN" in (zh.currency, en.currency) else 0.9)
    if zh.unit == en.unit == "times" and zh.is_increment != en.is_increment:
        return Difference("figure", 0.6)
    if {zh.unit, en.unit} == {"%", "pp"}:
        return Difference("figure", 0.4)
    if {zh.unit, en.unit} == {"%", ""} and zh.kind == en.kind == "number":
        return Difference("figure", 0.5)
    return None


def qualifiers_apart(zh: str, en: str) -> float:
    """How material a difference of qualifiers is, 0 for none."""
    return _QUALIFIERS_APART.get(frozenset((zh, en)), 0.0)


def date_distance(zh: Date, en: Date) -> float:
    """0 for the same date, more where one says less, infinite where they exclude each other."""
    if not zh.fits(en):
        return _NO_MATCH
    missing = [(zh.year, en.year), (zh.day, en.day), (zh.part or None, en.part or None), (zh.edge or None, en.edge or None)]
    return sum(weight for weight, (one, other) in zip((0.5, 0.4, 0.3, 0.2), missing, strict=True) if one != other)


def dates_apart(zh: Date, en: Date) -> float:
    """How material it is that two dates which fit say differently much; the year may be understood."""
    if (zh.part or None) != (en.part or None):
        if {(zh.edge, en.part), (en.edge, zh.part)} & {("end", "M12"), ("early", "M01")}:
            return 0.0  # the end of a year is in December
        if {zh.edge, en.edge} - {""}:
            month_of_edge = {zh.part, en.part} <= {"M01", "M12", "", "M06"}
            return 0.0 if (zh.edge and en.edge) else 0.25 if month_of_edge else 0.3
        return 0.35
    if zh.edge != en.edge and not zh.part:
        return 0.35
    return 0.3 if zh.day != en.day else 0.0
