"""Years and parts of a year that a text speaks of."""

import re
from functools import lru_cache

from gbaqa.language.script import clean, to_simplified

# Four digits that count something ("2000亿", "2,000 firms") are no year.
_YEAR = re.compile(r"(?<![\d.,$])(?:19|20)\d{2}(?!\d|[,.]\d|\s*(?:[万亿余多家个项元名人种间所宗只条%+]|billion|million|trillion))")
_PARTS = {
    "Q1": r"\bQ1\b|\b1Q\b|\bfirst quarter\b|\bfirst three months\b|\bJanuary (?:to|through|and|-) March\b|(?:第?一|首|头一个?|1)季度?|[头前首][三3]个月|1[月]?[至到-]3月",
    "Q2": r"\bQ2\b|\bsecond quarter\b|第?[二2]季度?",
    "Q3": r"\bQ3\b|\bthird quarter\b|第?[三3]季度?",
    "Q4": r"\bQ4\b|\bfourth quarter\b|第?[四4]季度?|最后一季",
    "H1": r"\bH1\b|\bfirst half\b|上半年",
    "H2": r"\bH2\b|\bsecond half\b|下半年",
}  # fmt: skip
_COMPILED = {part: re.compile(pattern, re.IGNORECASE) for part, pattern in _PARTS.items()}


@lru_cache(maxsize=50_000)
def years(text: str) -> frozenset[str]:
    """The years that a text names, as four digits."""
    return frozenset(_YEAR.findall(clean(text)))


@lru_cache(maxsize=50_000)
def year_parts(text: str) -> frozenset[str]:
    """The quarters and halves that a text names: "Q1" to "Q4", "H1", "H2"."""
    simplified = to_simplified(clean(text))
    return frozenset(part for part, pattern in _COMPILED.items() if pattern.search(simplified))
