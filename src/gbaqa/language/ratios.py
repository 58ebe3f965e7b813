"""Ratios, in digits or words: 1:3, 六比四, 六四分担, "60 to 40", "two for every one"."""

import re
from collections.abc import Iterator

from gbaqa.language.numerals import chinese_value, english_numerals
from gbaqa.language.segment import Span

_ZH = "[一二两三四五六七八九十]"
_EN = r"(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_RATIO = re.compile(
    r"(?<![\d.,:：])(?P<left>\d{1,3})[:：比](?P<right>\d{1,3})(?![\d.,:：%]|[万亿]|\s*(?:am|pm)\b)"
    rf"|(?<!{_ZH})(?P<zh_left>{_ZH}{{1,2}})比(?P<zh_right>{_ZH}{{1,2}})(?!{_ZH})"
    rf"|(?<!{_ZH})(?P<parts>{_ZH}{{2}})(?=分(?:担|成|摊|账)|开(?=[，。；、的]|$)|拆账|的?比例)"
    rf"|\b(?P<en_left>{_EN}) to (?P<en_right>{_EN})\b(?! (?:hundred|thousand|million|billion|trillion|per cent|percent)|[%\d]|[,.]\d)"
    rf"|\b(?P<each_left>{_EN})(?: [a-z]+)? for (?:every|each) (?P<each_right>{_EN})\b",
    re.IGNORECASE,
)
# "60 to 40" is a ratio where something is shared or decided by it, else a range or a change.
_SHARING = re.compile(
    r"\b(?:shar(?:e[sd]?|ing)|split\w*|divid\w+|proportions?|ratios?|outnumber\w*|vot(?:e[sd]?|ing)|odds|majorit\w+|matched|contribut\w+)\b[^.;]*$|\bby $",
    re.IGNORECASE,
)
_CHANGE = re.compile(r"\bfrom\s*$", re.IGNORECASE)


def ratios(text: str) -> Iterator[tuple[float, Span]]:
    """The ratios of a text, Simplified: first over second, and where each stands."""
    for match in _RATIO.finditer(text):
        if match["en_left"] and (
            _CHANGE.search(text, 0, match.start()) or not _SHARING.search(text, max(0, match.start() - 120), match.start())
        ):
            continue
        left, right = _sides(match)
        if left and right:
            yield left / right, match.span()


def _sides(match: re.Match[str]) -> tuple[float, float]:
    if parts := match["parts"]:
        return chinese_value(parts[0]), chinese_value(parts[1])
    left, right = next((match[f"{name}left"], match[f"{name}right"]) for name in ("", "zh_", "en_", "each_") if match[f"{name}left"])
    return _value(left), _value(right)


def _value(written: str) -> float:
    if written.isdigit():
        return float(written)
    return next((numeral.value for numeral in english_numerals(written)), 0.0) if written.isascii() else chinese_value(written)
