"""What a question wants of the rows of a table: the first or last by a figure, several of them, their order, or the greatest change.

Read from written Simplified Chinese or English; the same words mean the same of any table.
"""

import re
from dataclasses import dataclass
from typing import Literal

Order = Literal["highest", "lowest", "both", "ranking"]
Change = Literal["", "rise", "fall", "either"]

NUMBERS = {word: value for value, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
NUMBERS |= {"两": 2, "俩": 2} | {word: value for value, word in enumerate("一二三四五六七八九十", 1)}
RANKS = {word: value for value, word in enumerate("second third fourth fifth".split(), 2)}
_ENGLISH_NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|[2-9]|10)"
_CHINESE_NUMBER = "[两二三四五六七八九十2-9]"

_HIGH = "highest|largest|biggest|greatest|longest|tallest|deepest|widest|heaviest|dearest|richest|busiest|costliest|priciest|strongest|(?<!at )(?<!at the )most(?! of\\b| likely\\b| recent\\b|-)"
_LOW = "lowest|smallest|shortest|lightest|cheapest|poorest|quietest|fewest|weakest|narrowest|shallowest|(?<!at )(?<!at the )least(?!-)"
_CHINESE_HIGH = "最(?:[高多大长重深阔宽贵强旺密耐久](?!可以?|只|能|不?[要得超过])|受欢迎)"
_CHINESE_LOW = "最(?:[低少小短轻浅窄平细弱疏](?!要|可以|需|应|得)|便宜|唔?冷清)"
_HIGHEST = re.compile(
    rf"\b(?:{_HIGH}|(?<!at )the top(?= (?!of\b)\w)|top(?= {_ENGLISH_NUMBER}\b)|tops|first place)\b|{_CHINESE_HIGH}|(?:排|居)(?:第一|首)|冠军|榜首|前{_CHINESE_NUMBER}(?![年月季天日周\d])",
    re.IGNORECASE,
)
_LOWEST = re.compile(rf"\b(?:{_LOW}|bottom)\b|{_CHINESE_LOW}|垫底|末位|包尾|排最后", re.IGNORECASE)
_BEST = re.compile(r"\bbest\b|最[好佳优](?![先的是])", re.IGNORECASE)
_WORST = re.compile(r"\bworst\b|最(?:差|坏|衰)", re.IGNORECASE)
_CAME = "opened|built|founded|started|launched|completed|established|set up|came(?: out)?|issued|published|released|announced|adopted|signed|introduced|promulgated"
_OLDEST = re.compile(
    rf"\b(?:oldest|earliest|first to|(?:{_CAME}) first)\b|最[早老旧先]",
    re.IGNORECASE,
)
_NEWEST = re.compile(
    rf"\b(?:newest|youngest|most recently|last to|(?:{_CAME}) last"
    r"|(?:is|was|are|were) (?:the )?(?:most recent|latest)(?! (?:figures?|numbers?|data|year|statistics|report))|(?:most recent|latest) (?:of|one|entry|item|row))\b|最新(?!一|的?(?:年|数|统|调))|最[晚迟年轻](?!近)",
    re.IGNORECASE,
)
_RANKING = re.compile(
    r"\b(?:rank(?!\w)|ranking|ranked)\b|\bfrom (?:the )?(?:most|largest|highest|biggest|least|smallest|lowest|fewest|oldest) (?:\w+ )?to\b"
    r"|\b(?:in )?(?:de|a)scending(?: order)?\b|\b(?:largest|highest|biggest|smallest|lowest) first\b|\bin order of\b|\b(?:sort|order)(?:ed)? .{0,40}\bby\b"
    r"|排名|排序|排列|由[大高多小低少长短][啲些]?(?:到|至|排)|从[大高多小低少长短](?:到|至)",
    re.IGNORECASE,
)
_UPWARDS = re.compile(
    r"\b(?:from (?:the )?(?:least|smallest|lowest|fewest)|ascending|(?:smallest|lowest) first)\b|[由从][小低少短]", re.IGNORECASE
)
_BY_TIME = re.compile(
    r"\b(?:date|chronological|time) order\b|\bchronologically\b|\b(?:from (?:the )?)?(?:earliest|oldest|(?P<en>newest|latest|most recent)) (?:first|to (?:the )?(?:earliest|oldest|newest|latest|most recent))\b"
    r"|按(?:时间|日期)的?(?:先后|顺序|次序|排)+|先后(?:顺序|次序)|[由从](?:[早旧]|(?P<zh>[晚新]))[啲些]?(?:[到至][早旧晚新近]?[啲些]?)?排",
    re.IGNORECASE,
)
_NTH = re.compile(
    rf"\b(?P<en>second|third|fourth|fifth)[ -](?:{_HIGH}|{_LOW}|oldest|newest)\b|第(?P<zh>[二三四五])(?P<low>[低少小短])?(?:[高多大长重]|(?<=[低少小短]))|(?P<next>次[高多大])",
    re.IGNORECASE,
)
_COUNT = re.compile(
    rf"\b(?:top|bottom|first|which|what) (?P<en>{_ENGLISH_NUMBER})\b|\b(?P<before>{_ENGLISH_NUMBER}) (?:{_HIGH}|{_LOW})\b"
    rf"|(?:前|(?:^|(?<=[的最 ，]))头|哪)(?P<zh>{_CHINESE_NUMBER})(?![年月季\d])|(?:的|是)(?P<after>{_CHINESE_NUMBER})[个间座家项种条大]",
    re.IGNORECASE,
)
_RISE = re.compile(
    r"\b(?:grew|grow[ns]?|growing|growth|rose|rise[ns]?|rising|increase[sd]?|gain(?:s|ed)?|put on|jump(?:ed)?|climb(?:ed)?|went up|gone up|improve[sd]?|improvement|extra|added)\b|升|[增涨](?!值)|多咗|多了|进步",
    re.IGNORECASE,
)
_FALL = re.compile(
    r"\b(?:fell|falls?|fallen|drop(?:s|ped)?|declin(?:e[sd]?|ing)|decreas(?:e[sd]?|ing)|lost|shr[aiu]nk|shed|went down|gone down)\b|跌|减|[下]降|下滑|缩|少咗|少了|流失|退步",
    re.IGNORECASE,
)
_CHANGED = re.compile(r"\bchange[sd]?\b|变化|变动", re.IGNORECASE)
_RELATIVE = re.compile(
    r"\b(?:fastest|percent(?:age)?|per cent|in relative terms|proportionally|rate|quickest)\b|%|最快|百分|幅度?|速度|比例上|率",
    re.IGNORECASE,
)
_FASTEST = re.compile(r"\b(?:fastest|quickest|slowest)\b|最[快慢]", re.IGNORECASE)
_BETWEEN = re.compile(
    r"\b(?:differ\w*|gap|how (?:much|many) (?:more|fewer|less|\w+er)|by how much|more|fewer|less|higher|lower|larger|bigger|smaller|longer|shorter|cheaper|compare[ds]?|compared|versus|vs\.?)\b"
    r"|相差|差距|差几|差多少|相比|对比|比较|[更较][高低多少大小长短贵]|[高低多少大小长短贵平]些|哪个(?=.{0,8}[高低多少大小长贵])",
    re.IGNORECASE,
)
_LATEST = re.compile(
    r"\b(?:latest|most recent|last year|this year|now|nowadays|currently|today|these days|at present|current)\b|最近|最新|目前|现时|现在|如今|今年|上年|去年|近一年",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    rf"\b(?:of|among) (?:the|our|its|their|your|these|those) (?P<en>{_ENGLISH_NUMBER})\b|(?<![哪前头的是第几])(?P<zh>[三四五六七八九十])[个间座家项种条大](?![月年])",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\b(?:which|what|who|whose|where|list|rank|name|order|sort|show|compare|is|how)\b|哪里|哪[一几些]?[个座间家种类条项位份处年样]?|谁|什么|列出?|排|几[个多]?|多少|比较|对比",
    re.IGNORECASE,
)
_REMOVED = " \u0001 "
_AND = re.compile(r"(?<=\s)(?:同埋|[同和跟与及])(?=[\u4e00-\u9fff])")  # what is left between two things asked about


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the rows of a table.

    Attributes:
        order: which end, both ends, or all rows in order.
        count: how many rows; `nth` names the one row in that place (2 for "second-highest"), 0 for none.
        change: of the difference between two columns rather than of one column; `relative` to where it began.
        by_age: of the dates in a column: "lowest" is the oldest.
        good: of what is "best" or "worst", which only marks and shares of the content tell.
        latest: of the latest of several years.
        upwards: a ranking from the least, or from the oldest.
        beside: no superlative, but the rows that the question names set beside each other.
        among: how many there are in all, as the question says, 0 where it does not.
        rest: what is left of the question between these words.
    """

    order: Order
    count: int = 1
    nth: int = 0
    change: Change = ""
    relative: bool = False
    by_age: bool = False
    good: bool = False
    latest: bool = False
    upwards: bool = False
    beside: bool = False
    among: int = 0
    rest: tuple[str, ...] = ()


def ends_told(text: str) -> frozenset[Order]:
    """Of which ends, highest or lowest, a text in written Simplified Chinese or English tells."""
    high, low = (any(pattern.search(text) for pattern in patterns) for patterns in ((_HIGHEST, _BEST, _NEWEST), (_LOWEST, _WORST, _OLDEST)))
    ends: tuple[tuple[Order, bool], ...] = (("highest", high), ("lowest", low))
    return frozenset(end for end, is_told in ends if is_told)


def goes_upwards(text: str) -> bool:
    """Whether an order that is asked for begins with the least."""
    return _UPWARDS.search(text) is not None


def wish_of(text: str) -> Wish | None:
    """What a question wants of a table; None where it asks for no order, end or difference."""
    if not _ASKS.search(text):
        return None
    by_time, nth = _BY_TIME.search(text), _NTH.search(text)
    ranking = by_time is not None or _RANKING.search(text) is not None
    high, low = (any(pattern.search(text) for pattern in patterns) for patterns in ((_HIGHEST, _BEST), (_LOWEST, _WORST)))
    old, new = _OLDEST.search(text) is not None, _NEWEST.search(text) is not None
    rise, fall = _RISE.search(text) is not None, _FALL.search(text) is not None
    if (rise or fall) and (pace := _FASTEST.search(text)):
        high, low = (high, True) if pace.group().lower() in ("slowest", "最慢") else (True, low)
    by_age = (old or new or by_time is not None) and not (high or low)
    if nth:
        low = re.search(_LOW, nth.group(), re.IGNORECASE) is not None or nth["low"] is not None
        high = not low
    if by_age:
        low, high = old, new
    beside = not (high or low or ranking)
    if (beside and not _BETWEEN.search(text)) or ((old or new) and not by_age) or (rise and fall):
        return None  # nothing of the kind, or two things at once: the oldest and the largest, what rose and what fell most
    change: Change = "rise" if rise else "fall" if fall else "either" if _CHANGED.search(text) else ""
    rest = text
    for pattern in (
        _NTH,
        _COUNT,
        _NUMBERED,
        _BY_TIME,
        _RANKING,
        _HIGHEST,
        _LOWEST,
        _BEST,
        _WORST,
        _OLDEST,
        _NEWEST,
        _LATEST,
        _BETWEEN,
        _ASKS,
    ):
        rest = pattern.sub(_REMOVED, rest)
    for pattern in (_RISE, _FALL, _CHANGED, _RELATIVE, _FASTEST) if change else ():
        rest = pattern.sub(_REMOVED, rest)
    return Wish(
        order="ranking" if ranking else "both" if high and low else "lowest" if low else "highest",
        count=1 if high and low and not re.search(r"\btop\b|前", text) else number_in(_COUNT.search(text)) or 1,
        nth=(2 if nth["next"] else RANKS.get((nth["en"] or "").lower(), 0) or NUMBERS.get(nth["zh"] or "", 0)) if nth else 0,
        change=change,
        relative=_RELATIVE.search(text) is not None,
        by_age=by_age,
        good=bool(_BEST.search(text) or _WORST.search(text)),
        latest=_LATEST.search(text) is not None,
        upwards=goes_upwards(text) if by_time is None else not (by_time["en"] or by_time["zh"]),
        beside=beside,
        among=number_in(_NUMBERED.search(text)),
        rest=tuple(filter(str.strip, _AND.sub(" ", rest).split(_REMOVED.strip()))),
    )


def number_in(match: re.Match[str] | None) -> int:
    """The number that a match has in its first group that matched, in digits or in words; 0 where there is none."""
    word = next((group for group in match.groups() if group), "").lower() if match else ""
    return int(word) if word.isdigit() else NUMBERS.get(word, 0)
