"""Units and currencies beside a number, in Chinese and English, in one normal form."""

import re

# pattern after a number: base unit and the factor to it. Longer forms first.
_UNITS: tuple[tuple[str, str, float], ...] = (
    (r"个百分点|percentage points?|pp\b", "pp", 0.01),
    (r"%|％|percent\b|per cent\b", "%", 0.01),
    (r"成(?!分(?![给配派到摊享])|[立为果员功都本熟长交就效品绩色])", "%", 0.1),
    (
        r"倍|times\b(?! (?:a|an|per|each|every|during)\b| (?:this|last) (?:year|month|week|season|term|quarter)\b(?![\'’]))|-?fold\b|x\b",
        "times",
        1.0,
    ),
    (r"(?:平方公里|平方千米|square kilomet(?:er|re)s?|sq\.? ?km|km2|km²)", "m2", 1e6),
    (r"(?:公顷|hectares?\b|ha\b)", "m2", 1e4),
    (r"(?:平方米|平方公尺|square met(?:er|re)s?|sq\.? ?m\b|m2|m²)", "m2", 1.0),
    (r"亩|mu\b", "m2", 2000 / 3),
    (r"(?:公里|千米|kilomet(?:er|re)s?\b|km\b)", "m", 1e3),
    (r"海里|nautical miles?\b", "m", 1852.0),
    (r"(?:米(?![粉饭])|met(?:er|re)s?\b|m\b)", "m", 1.0),
    (r"(?:公?吨|tonnes?\b|metric tons?\b|tons?\b)", "t", 1.0),
    (r"(?:公斤|千克|kilograms?\b|kg\b)", "t", 1e-3),
    (r"(?:太瓦时|terawatt[- ]hours?\b|TWh\b)", "Wh", 1e12),
    (r"(?:吉瓦时|gigawatt[- ]hours?\b|GWh\b)", "Wh", 1e9),
    (r"(?:兆瓦时|megawatt[- ]hours?\b|MWh\b)", "Wh", 1e6),
    (r"(?:千瓦(?:小?时)|度电|kilowatt[- ]hours?\b|kWh\b)", "Wh", 1e3),
    (r"(?:兆瓦|megawatts?\b|MW\b)", "W", 1e6),
    (r"(?:吉瓦|gigawatts?\b|GW\b)", "W", 1e9),
    (r"(?:千瓦|kilowatts?\b|kW\b)", "W", 1e3),
    (r"毫秒|milliseconds?\b|ms\b", "second", 1e-3),
    (r"秒|seconds?\b", "second", 1.0),
    (r"分钟|minutes?\b", "second", 60.0),
    (r"(?:个?小时|hours?\b)", "second", 3600.0),
    (r"(?:天|日(?![均本])|days?\b)", "day", 1.0),
    (r"(?:周|个?星期|weeks?\b)(?!年)", "day", 7.0),
    (r"(?:个?月(?!均)|months?\b)", "month", 1.0),
    (r"(?:周年|个?年(?![均级轻底末初中复度])|岁|years?\b|-year\b)", "month", 12.0),
)
_UNIT = [(re.compile(rf"[余多+]?(?:\s|-)?(?:{pattern})", re.IGNORECASE), unit, factor) for pattern, unit, factor in _UNITS]
_COUNTED_IN = re.compile(r"(?:straight|consecutive|full|whole|more)\s", re.IGNORECASE)

_BEFORE: tuple[tuple[str, str], ...] = (
    (r"HK\$|HKD|港币|港元", "HKD"),
    (r"US\$|USD|美元|美金", "USD"),
    (r"MOP\$?|澳门币|澳门元|澳门幣|澳門幣", "MOP"),
    (r"RMB|CNY|人民币|人民幣|¥|￥", "CNY"),
    (r"EUR|€|欧元", "EUR"),
    (r"GBP|£|英镑", "GBP"),
    (r"S\$|SGD", "SGD"),
)
_AFTER: tuple[tuple[str, str], ...] = (
    (r"港元|港币|Hong Kong dollars?|HKD", "HKD"),
    (r"美元|美金|US dollars?|USD|dollars?", "USD"),
    (r"澳门元|澳门币|patacas?|MOP", "MOP"),
    (r"元人民币|人民币|RMB|yuan|renminbi|CNY", "CNY"),
    (r"欧元|euros?|EUR", "EUR"),
    (r"英镑|pounds?", "GBP"),
    (r"日元|yen", "JPY"),
    (r"新元|新加坡元|Singapore dollars?", "SGD"),
    (r"元(?![素器件旦月宇])", "YUAN"),
)
_OTHER_CURRENCY = re.compile(r"[余多+]?[\u4e00-\u9fff]{1,2}元(?![素器件旦月宇])")  # of which nothing is known
_BEFORE_NUMBER = [(re.compile(rf"(?:{pattern})[ \u0001]?$"), code) for pattern, code in _BEFORE]
_AFTER_NUMBER = [(re.compile(rf"[余多+]?(?:\s|-)?(?:{pattern})", re.IGNORECASE), code) for pattern, code in _AFTER]


def unit_after(text: str, end: int, *, is_percent: bool, written: str) -> tuple[str, float, int]:
    """The unit that follows a number ending at `end`: base unit, factor, and where the unit ends."""
    if is_percent:
        return ("pp", 0.01, end) if "百分点" in written else _percent_or_points(text, end)
    position = end
    if skipped := _COUNTED_IN.match(text, end + 1):
        position = skipped.end() - 1
    for pattern, unit, factor in _UNIT:
        if match := pattern.match(text, position):
            return unit, factor, match.end()
    return "", 1.0, end


def _percent_or_points(text: str, end: int) -> tuple[str, float, int]:
    points = re.compile(r"(?:age)? points?\b").match(text, end)
    return ("pp", 0.01, points.end()) if points else ("%", 0.01, end)


# What a rate is "per": pattern, base unit, factor.
_PER: tuple[tuple[str, str, float], ...] = (
    (r"平方公里|square kilomet(?:re|er)|km2", "m2", 1e6),
    (r"平方米|square met(?:re|er)|m2", "m2", 1.0),
    (r"公顷|hectare|ha\b", "m2", 1e4),
    (r"亩|mu\b", "m2", 2000 / 3),
    (r"acre", "m2", 4046.86),
    (r"公斤|千克|kilogram|kg\b", "t", 1e-3),
    (r"斤|catty", "t", 5e-4),
    (r"公?吨|tonne|ton\b", "t", 1.0),
    (r"年|year|annum", "month", 12.0),
    (r"个?月|month", "month", 1.0),
)
_PER_WHAT = [(re.compile(pattern, re.IGNORECASE), unit, factor) for pattern, unit, factor in _PER]
_PER_BEFORE = re.compile(r"每(?P<what>[\u4e00-\u9fff]{1,4})[^，。；、,;\d]{0,8}$")
_PER_AFTER = re.compile(
    r"\s?(?:/|每)(?P<what>[\w]{1,10})|(?: [a-z]+){0,2}? (?:per|an?|each|every) (?P<noun>[a-z]+(?: [a-z]+)?)", re.IGNORECASE
)


def rate_of(text: str, start: int, end: int) -> tuple[str, float]:
    """What an amount from `start` to `end` is for one of (每亩140元, "RMB2,100 per hectare"): base unit and factor, or "" and 1."""
    match = _PER_AFTER.match(text, end) or _PER_BEFORE.search(text, max(0, start - 16), start)
    if match:
        what = match["what"] or match["noun"] if match.re is _PER_AFTER else match["what"]
        for pattern, unit, factor in _PER_WHAT:
            if pattern.match(what):
                return unit, factor
    return "", 1.0


_ONE_OF = re.compile(r"\ban? (?:full |whole |single )?(?P<what>[a-z]+(?: [a-z]+)?)", re.IGNORECASE)


def single_units(text: str) -> frozenset[tuple[str, float]]:
    """The units that an English text has one of in an article: "for a year", "a hectare"."""
    found = (unit_after(text, match.start("what") - 1, is_percent=False, written="") for match in _ONE_OF.finditer(text))
    return frozenset((unit, factor) for unit, factor, _ in found if unit)


def currency_beside(text: str, start: int, end: int) -> tuple[str, int, int]:
    """The currency in front of or behind a number, and where number and currency together begin and end."""
    code = ""
    before = text[max(0, start - 6) : start]
    for pattern, name in _BEFORE_NUMBER:
        if match := pattern.search(before):
            code, start = name, start - len(match.group())
            break
    for pattern, name in _AFTER_NUMBER:
        if match := pattern.match(text, end):
            return code if code and name in ("YUAN", "USD") else name, start, match.end()
    other = _OTHER_CURRENCY.match(text, end)
    return code, start, other.end() if other else end
