"""Amounts that a question holds figures against: "over a trillion", 不足三百万, "between 6 and 11 million"."""

import math
import re

from gbaqa.language.quantities import Quantity, stated_quantities

_ABOVE = re.compile(
    r"\b(?:over|above|(?<!no )(?<!not )more than|exceed\w*|at least|not? (?:less|fewer) than)\b|不[低少小]于|(?<!不)(?:超过|高于|多于|大于)|以上|破|(?<![少低小细矮超])过(?=[\d一二两三四五六七八九十百千万])",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:under|below|(?<!no )(?<!not )(?:less|fewer|smaller) than|at most|not? more than|up to)\b|不(?:超过|[高多大]于)|(?<!不)[低少小]于|以下|不到|不足|[少低小细]过|[不唔未]够|未到",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\bbetween\b|介于|之间", re.IGNORECASE)
_MOST_COUNTED = 12
_SCALE_UNSAID = re.compile(r"(?<=\bbetween )(\S+) and (\S+) (million|billion|trillion)\b", re.IGNORECASE)
_ONE_UNSAID = re.compile(
    r"\ba(?= (?:million|billion|trillion)\b)|(?<![\d.〇零一二两三四五六七八九十百千万])(?=[千万][万亿])", re.IGNORECASE
)


def limits_of(text: str) -> tuple[float, float] | None:
    """Between which amounts figures are asked for, by a question in written Simplified Chinese or English; None where none is named."""
    above, below = _ABOVE.search(text) is not None, _BELOW.search(text) is not None
    amounts = [quantity.value for quantity in _amounts(_spelt(text))]
    if not amounts:
        return None
    if len(amounts) > 1 and ((above and below) or _BETWEEN.search(text)):
        return min(amounts[:2]), max(amounts[:2])
    return (amounts[0], math.inf) if above else (-math.inf, amounts[0]) if below else None


def without_limits(text: str) -> str:
    """The text without the words that name limits."""
    spelt = _spelt(text)
    for amount in _amounts(spelt) if limits_of(text) else ():
        spelt = spelt.replace(amount.text, " ")
    return _BELOW.sub(" ", _ABOVE.sub(" ", spelt))


def _amounts(spelt: str) -> list[Quantity]:
    """The amounts that a text states. Numbers up to twelve are none: they say how many things are asked for ("the three cities")."""
    return [quantity for quantity in stated_quantities(spelt) if quantity.value > _MOST_COUNTED]


def _spelt(text: str) -> str:
    """A text that says "one trillion" for "a trillion", 一千万 for 千万 and "six million and nine million" for "six and nine million"."""
    text = _SCALE_UNSAID.sub(r"\1 \3 and \2 \3", text)
    return _ONE_UNSAID.sub(lambda match: "one" if match.group() else "一", text)
