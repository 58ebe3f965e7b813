"""Numbers written in words: 十三, 三分之二, 三成五, 两万五千, twenty-two, three-quarters, six in ten, half.

A word is read as a number only where it counts something: 一体化 and "one of the best" count nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from gbaqa.language.segment import Span

_DIGITS = dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)) | {"两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_MYRIADS = {"万": 10**4, "亿": 10**8}

# What a Chinese numeral must stand in front of to be one (measure words, units), or the ordinal it must stand behind.
_COUNTED = (
    "个 位 名 家 所 项 条 座 栋 幢 间 种 类 大 份 届 次 宗 只 支 期 笔 户 款 台 辆 艘 部 套 层 方 者 年 月 日 天 周 时(?![间期候代尚装段刻常任机光速限]) 小时 分钟 岁 倍 成 级 阶段 号(?![称召角令]) 批 轮 步 点 处 圈"
    " 地 城 市 区 省 国 县 村(?![镇庄民落]) 核心 主 重 关税 元 港元 美元 人 万 亿 百 千 平方 公里 公顷 亩 吨 米 英尺 英里 余 多 来 强 口(?![气岸径味袋罩])"
).split()
_NUMERAL = "[〇零一二两三四五六七八九十百千万亿]"
_NUMERALS = f"{_NUMERAL}{{1,24}}"  # a longer run is no number, and would be tried from each of its characters
_COUNTER = "个人家名位辆架宗件户间所条艘只头颗枚门项份台次张座箱"
_NOT_A_COUNT = "一个(?!半)|一[些种样系般定带体次方起批切]|一国两制|两岸|千兆|百分|万一|三角|三甲"
_CHINESE = re.compile(
    # 五人中有四人, 五宗有两宗, 每十个成年人便有一个
    rf"(?P<whole>{_NUMERAL}{{1,3}}|\d{{1,3}})(?P<counter>[{_COUNTER}])"
    rf"(?:(?:[\u4e00-\u9fff]{{0,4}}?(?:当中|之中|[里中])|(?:(?<=每.)|(?<=每..)|(?<=每...))[\u4e00-\u9fff]{{0,6}}?)"
    rf"[便就只仅]?有(?P<share>{_NUMERAL})(?=[{_COUNTER}])|[便就只仅]?有(?P<share_of_same>{_NUMERAL})(?=(?P=counter)))"
    rf"|(?P<tenths>[一二两三四五六七八九])成(?P<hundredths>[半一二三四五六七八九])(?!{_NUMERAL}|[个成])|(?P<half_tenth>半成)(?![品人])"
    rf"|(?P<numerator_of>{_NUMERAL}{{1,4}})分之(?P<numerator>{_NUMERAL}{{1,4}})|(?P<half>半(?=年|数以上|个月|小时|成)|一半|过半)"
    rf"|(?P<skip>{_NOT_A_COUNT})|“(?P<plan>十[一二三四五六七]|[二三]十[一二三四五六七]?)五”"
    rf"|第(?P<rank>{_NUMERALS})|(?<=前)(?<![提之以目]前)(?P<top>[三五十]|{_NUMERAL}{{2,3}})|(?P<count>{_NUMERALS})(?P<and_half>个半|(?=(?:年|倍|天|小时|周|公里|米|吨)半))?(?={'|'.join(_COUNTED)})"
)

ENGLISH_VALUES = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split()
    )
} | {word: 10 * (tens + 2) for tens, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split())}
ENGLISH_RANKS = {
    word: rank
    for rank, word in enumerate("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth".split(), 1)
}
_ENGLISH_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
    "eleventh": 11,
    "twelfth": 12,
    "fifteenth": 15,
    "twentieth": 20,
    "hundredth": 100,
    "thousandth": 1000,
}
_ROUND = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9}
_WORD = "|".join(sorted(ENGLISH_VALUES, key=len, reverse=True))
_PART = "|".join(_ENGLISH_PARTS)
_AFTER_SHARE = r"(?: (?:of|are|is|have|had|were|was|say|said|do|did|never|always|[a-z]+ly)\b|[,.;:)]|$)"  # not "five shops in ten cities"
_NO_NOUN = (  # what follows a share: "a third were", "a third come"
    r"(?:of|as|more|less|higher|lower|larger|smaller|longer|again|each|by|to|that|than|from|at|for|on|in|when|and|or|who|is|are|was|were|has|had|have|do|did"
    r"|can|could|will|would|may|come|came|go|went|live|work|use|want|say|said|think|prefer|chose|still|now|never|\w+ed|\w+ly)\b"
)
_ENGLISH = re.compile(
    rf"\b(?:(?P<share>one|two|three|four|five|six|seven|eight|nine)(?:(?: [a-z]+){{0,2}} out of| in| [a-z]+s in(?= ten{_AFTER_SHARE}))(?: every)? (?P<whole>five|ten|twenty)\b(?!-| (?:hundred|thousand|million|year|month|week|day|hour))"
    rf"|one(?: [a-z]+)? in (?:every )?(?P<one_in>(?:{_WORD})|\d{{1,3}})(?![\d-]|[,.]\d| (?:hundred|thousand|million|years?|months?|weeks?|days?|hours?))\b"
    rf"|(?P<part_of_round>half|a quarter)(?: of)? a (?P<round_whole>thousand|million|billion)\b"
    rf"|a (?P<round>hundred|thousand|million|billion)\b(?!-| (?:yuan|dollars?|RMB)\b)"
    rf"|a (?P<nth>third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)(?= (?!{_NO_NOUN})[a-z])"  # "a fourth city", not "a fourth of"
    rf"|(?P<numerator>one|two|three|four|five|six|seven|eight|nine|an?|poorest|richest|bottom)[ -](?P<part>{_PART})s?(?! (?:of \d{{4}}|time|year|month|quarter|party|country))\b"
    rf"|(?P<half>half(?= of\b| the\b| a\b| as (?:many|much)\b| each\b| and half\b)|(?:(?<=nearly )|(?<=almost )|(?<=about )|(?<=around )|(?<=over )|(?<=than ))half\b)|(?P<rank>{'|'.join(ENGLISH_RANKS)})\b(?!-hand)"
    rf"|(?P<count>(?:{_WORD})(?:[ -](?:{_WORD}))?(?: hundred)?)(?P<and_half> and a half)?\b(?! others?\b)|(?P<dozen>a dozen)\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in words: its value, where it stands, whether it is a rank (第七, seventh), a fraction (三分之二), per cent (三成五)."""

    value: float
    span: Span
    is_rank: bool = False
    is_fraction: bool = False
    is_percent: bool = False


def chinese_value(numeral: str) -> float:
    """The value of a Chinese numeral, Simplified: 二十二 is 22, 三千五百 3500, 百亿 10 000 000 000."""
    total, section, digit = 0.0, 0.0, 0.0
    for char in numeral:
        if char in _DIGITS:
            digit = 10 * digit + _DIGITS[char]
        elif char in _UNITS:
            section += (digit or 1) * _UNITS[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _MYRIADS[char]
            section = digit = 0
    return total + section + digit


def chinese_numerals(text: str) -> Iterator[Numeral]:
    """The numerals of a Simplified Chinese text that count, rank or divide something."""
    for match in _CHINESE.finditer(text):
        if match["skip"]:
            continue
        if match["tenths"] or match["half_tenth"]:
            yield Numeral(_percent(match), match.span(), is_percent=True)
        elif numerator := match["numerator"] or match["share"] or match["share_of_same"]:
            divisor = match["numerator_of"] or match["whole"]
            whole = float(divisor) if divisor.isdecimal() else chinese_value(divisor)
            if whole:
                yield Numeral(chinese_value(numerator) / whole, match.span(), is_fraction=True)
        elif match["half"]:
            yield Numeral(0.5, match.span(), is_fraction=match["half"] != "半")
        elif match["plan"]:
            yield Numeral(chinese_value(match["plan"]), match.span(), is_rank=True)
        elif match["rank"]:
            yield Numeral(chinese_value(match["rank"]), match.span(), is_rank=True)
        elif match["top"]:
            yield Numeral(chinese_value(match["top"]), match.span())
        else:
            yield Numeral(chinese_value(match["count"]) + (0.5 if match["and_half"] is not None else 0), match.span())


def _percent(match: re.Match[str]) -> float:
    """三成五 is 35, 两成半 25, 半成 5."""
    if match["half_tenth"]:
        return 5.0
    return 10 * chinese_value(match["tenths"]) + (5.0 if match["hundredths"] == "半" else chinese_value(match["hundredths"]))


def english_numerals(text: str) -> Iterator[Numeral]:
    """The number words of an English text."""
    for match in _ENGLISH.finditer(text):
        fraction = _english_fraction(match)
        if fraction is not None:
            if 0 < fraction < 1:
                yield Numeral(fraction, match.span(), is_fraction=True)
        elif rank := match["rank"] or match["nth"]:
            yield Numeral(ENGLISH_RANKS[rank.lower()], match.span(), is_rank=True)
        else:
            yield Numeral(_english_count(match), match.span())


def _english_fraction(match: re.Match[str]) -> float | None:
    """The value of half, three-quarters, one in six or the poorest fifth; None for what is no fraction."""
    if match["share"]:
        return ENGLISH_VALUES[match["share"].lower()] / ENGLISH_VALUES[match["whole"].lower()]
    if one_in := match["one_in"]:
        return 1 / ((float(one_in) if one_in.isdecimal() else ENGLISH_VALUES[one_in.lower()]) or 1.0)
    if match["part"]:
        return ENGLISH_VALUES.get(match["numerator"].lower(), 1) / _ENGLISH_PARTS[match["part"].lower()]
    return 0.5 if match["half"] else None


def _english_count(match: re.Match[str]) -> float:
    """The value of a count: twenty-two, six hundred, a dozen, a hundred, half a million."""
    if match["round_whole"]:
        return (0.5 if match["part_of_round"].lower() == "half" else 0.25) * _ROUND[match["round_whole"].lower()]
    if match["round"]:
        return _ROUND[match["round"].lower()]
    if match["dozen"]:
        return 12.0
    words = re.split(r"[ -]", match["count"].lower())
    value = float(sum(ENGLISH_VALUES[word] for word in words if word in ENGLISH_VALUES)) * (100 if "hundred" in words else 1)
    return value + (0.5 if match["and_half"] else 0)
