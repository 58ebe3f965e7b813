"""What a question wants of the cities' key figures: of which cities, which figures, which end or part of an order.

The figures are computed from, so a word too many makes another question of it: of "the largest pool of talent" the table knows
nothing. What is not understood to the last word is left to the ranked statements.
"""

import re
from dataclasses import dataclass
from itertools import chain

from gbaqa.answering.superlatives import NUMBERS, RANKS, Order, goes_upwards, number_in
from gbaqa.language.indicators import INDICATORS, Indicator, asked_indicators, indicator_beside, named_indicators, without_indicators
from gbaqa.language.limits import limits_of, without_limits
from gbaqa.language.places import CITIES, PLACES_IN_A_ROW, place_forms
from gbaqa.language.places import places as places_in
from gbaqa.language.words import search_terms
from gbaqa.retrieval.expected import expected_types
from gbaqa.retrieval.question import Question

_GROWTH = re.compile(
    r"\b(?:growth|grew|grow\w*|rates?|increas\w*|rise|rose|fell|fall\w*|drop\w*|shares?|percent\w*)\b|增长|增速|同比|升|跌|涨|降|率|占(?!地)",
    re.IGNORECASE,
)
_TOGETHER = re.compile(
    r"\b(?:combined|together|altogether|in total|overtook|overtaken|surpass\w*|replaced)\b|合计|加起来|总共|一共|合共|反超|赶超|取代",
    re.IGNORECASE,
)
_BETWEEN_PLACES = re.compile(  # what goes on between two places, or who of one is in the other
    rf"\b(?:trade|traded|exports?|imports?) (?:with|between|to|from(?! (?:the )?\w+est\b))\b|之间的?(?:贸易|进出口)"
    rf"|{PLACES_IN_A_ROW} (?:people|residents|citizens) (?:\w+ )?in {PLACES_IN_A_ROW}|[与同和跟]内地|在{PLACES_IN_A_ROW}[^，。]{{0,4}}的{PLACES_IN_A_ROW}人",
    re.IGNORECASE,
)
_OTHER_CURRENCY = re.compile(r"HK\$|US\$|\bMOP\b|港[元币]|美元|澳门[元币]", re.IGNORECASE)
_PER_HEAD_OF = re.compile(
    r"人均的?(?:面积|土地|贸易|外贸|进出口)|\b(?:trade|area|land)\b[^,.?]{0,20}\bper (?:capita|head|person|resident)|\bper[- ]?(?:capita|head) (?:trade|area|land)",
    re.IGNORECASE,
)
_COMPUTED = re.compile(r"\b(?:(?<!and a )half|median|average|mean|twice|double|triple)\b|一半|中位|平均|[两三]倍", re.IGNORECASE)
_NEGATED = re.compile(
    r"\b(?:not|neither|nor|none|never|no)\b|n['’]t\b|(?<!有)没有|并非|(?<![是可有能会知对])(?<!如果)不(?![同少断过])|未(?!来)",
    re.IGNORECASE,
)
_ALL_CITIES = re.compile(
    r"\b(?:which|what) (?:(?!of\b|the\b)\w+[ -]){0,4}(?:city|cities)\b|\b(?:all|the|of) (?:the )?(?:11|eleven|nine|9)\b|\bcities\b|\bwho (?:has|is|tops|leads)\b"
    r"|哪[个座些几]?(?:个)?(?:湾区|内地|大陆|珠三角)?的?城市?|城市?(?:有|是|包括)?哪|[十一九]{1,2}(?:个|座)?(?:湾区)?(?:城市?|市)|11(?:个|座)?(?:城市?|城)|各[个]?(?:城)?市|哪[个座几]|谁|哪[两二三四五]",
    re.IGNORECASE,
)
_A_CITY = re.compile(r"\b(?:city|where|which)\b|城市|边度|哪里|何处", re.IGNORECASE)  # with a superlative: one of all
_SARS = frozenset(("Hong Kong", "Macau"))
_WITHOUT_SARS = re.compile(
    r"mainland|\b(?:nine|9) (?:\w+ )?cities\b|\b(?:without|excluding|except(?: for)?|other than|apart from|leaving out|leave out)(?: the)?(?: two)? sars?\b"
    r"|内地|大陆|珠三角|九市|九个?城市|除(?:了|去)?港澳|不[算计]港澳",
    re.IGNORECASE,
)
_EXCLUDED = re.compile(
    rf"(?:\b(?:apart from|aside from|other than|except(?: for)?|excluding|excludes?|leaving out|leave out|without|not counting|besides)|除[了咗去开]?|不[算计含包]括?|撇[除开]|扣除)"
    rf"\s*(?:both )?(?P<places>{PLACES_IN_A_ROW})(?:[以之]?外|不算)?[,，]?",
    re.IGNORECASE,
)
_HIGHEST = re.compile(
    r"\b(?:highest|(?<!at )most|largest|biggest|richest|tops?|wealthiest|rank\w*|first)\b|最[高多大富强]|第一|前[三二五\d]|排名|排|(?<=第[二三四五])[大高多]",
    re.IGNORECASE,
)
_LOWEST = re.compile(
    r"\b(?:lowest|least|fewest|smallest|poorest|bottom|last(?! year))\b|最[低少小穷细]|垫底|包尾|倒数|末位|(?<=第[二三四五])[小低少细]",
    re.IGNORECASE,
)
_NTH = re.compile(r"\b(?P<en>second|third|fourth|fifth)\b|第(?P<zh>[二三四五])", re.IGNORECASE)
_NUMBER = "two|three|four|five|six|seven|eight|nine|ten|\\d{1,2}"
_CHINESE_NUMBER = "[两二三四五六七八九十]|\\d{1,2}"
_COUNT = re.compile(
    rf"\b(?:top|bottom|first) ({_NUMBER})\b|\b({_NUMBER}) (?:most|highest|largest|biggest|smallest|lowest|richest|poorest|fewest|least)\b"
    rf"|\b({_NUMBER}) (?:\w+ )?cities (?:with|that have|having) the\b|[前头]({_CHINESE_NUMBER})|最[高多大富强低少小穷细]的({_CHINESE_NUMBER})[个座大]",
    re.IGNORECASE,
)
_WHICH_COUNT = re.compile(rf"\bwhich ({_NUMBER})\b|哪({_CHINESE_NUMBER})", re.IGNORECASE)
_ALL_IN_ORDER = re.compile(
    r"\brank (?!first|last|second|third|highest|lowest)|\branking\b|\bin (?:de|a)scending order\b|\bfrom (?:the )?\w+est to (?:the )?\w+est\b|\bin order (?:of|by)\b|\b(?:put|place|list|name) (?:\w+ ){0,2}in order\b|\b(?:sort|arrange|order) (?:them|these|those|the)\b|\b(?:high|larg|bigg)est to \w+est\b|排序|排列|排名(?!第|最|首|前|末|榜)|由[大高多小低少](?:到|至)",
    re.IGNORECASE,
)
_PLACE_ASKED = re.compile(r"\bwhat (?:rank|place|position)\b|\b(?:where|how) (?:does|do|did) .{1,40}\brank\b|第几|排几", re.IGNORECASE)
_THAN = re.compile(
    rf"(?<!no )(?<!not )\b(?P<over>more|larger|bigger|higher|greater|richer)\b[^?,]{{0,40}}\bthan (?P<a>{PLACES_IN_A_ROW})"
    rf"|(?<!no )(?<!not )\b(?P<under>fewer|less|smaller|lower|poorer)\b[^?,]{{0,40}}\bthan (?P<b>{PLACES_IN_A_ROW})"
    rf"|(?<![不没未])(?:高于|大于|多于|超过|高过|大过|多过)(?P<c>{PLACES_IN_A_ROW})|(?<![不没未])(?:低于|小于|少于|不及|不到|低过|细过|少过)(?P<d>{PLACES_IN_A_ROW})"
    rf"|比(?P<e>{PLACES_IN_A_ROW})(?:的|[^，。？?]{{0,5}})(?:(?P<zh_over>[多大高])|[少小低细])",
    re.IGNORECASE,
)
# What says a place in an order, but not from which end it is counted.
_NO_END = re.compile(rf"{_NTH.pattern}|rank\w*|first|第一|排名|排", re.IGNORECASE)
_EXCEEDS = re.compile(
    r"(?<!no )(?<!not )\b(?:exceed\w*|outstrip\w*|above|(?:more|bigger|larger|higher|greater) than)\b|(?<![不没未])(?:超过|大于|高于|多于|[大高多]过)"
    r"|(?P<below>(?<!no )(?<!not )\b(?:below|under|(?:less|smaller|lower) than)\b|(?<![不没未])(?:低于|小于|少于|不及|不到|[低细少]过))",
    re.IGNORECASE,
)
# Who says a city and nothing else wants to know what it is like.
_CITIES_ALONE = re.compile(
    rf"(?:(?:tell (?:me|us) about|introduce|overview of|describe) |(?:介绍|讲|说)(?:一下|下)?)?{PLACES_IN_A_ROW}(?:['’]s)?"
    r" ?(?:overview|in brief|概况|简介|概览)?",
    re.IGNORECASE,
)
# The region, whose "area" is none that is asked for.
_BAY_AREA = re.compile(r"\bbay[ -]areas?\b|\b(?:in|of|across|within|throughout) (?:the|this) (?:(?:whole|entire) )?area\b", re.IGNORECASE)
_AREA = re.compile(r"\bareas?\b", re.IGNORECASE)
_LEAD = re.compile(r"[^:：]{1,80}[:：]")
_NAMED_ALONE = re.compile(
    r"(?:[\s\d,，、.。;；?？!！&+()（）]|\b(?:and|plus|total|land|(?:in|of|for) 20\d\d)\b|[和及与跟同]|还有|以及|年|[总常]住?)*",
    re.IGNORECASE,
)
_AND = re.compile(r"[和同与跟及、,，]|\band\b", re.IGNORECASE)
_ONE_SUPERLATIVE = 4  # characters: what stands nearer together is one, as 排名第一 is
# Words that ask for no other figure. Stop words need not be among them: they give no search term.
_COMMON_WORDS = frozenset(
    search_terms(
        "greater bay gba figure figures table currency exactly number city cities show volume total value come next compare compared versus between difference gap"
        " glance head big bigger larger smaller higher lower less times far apart goods traded worth quote both side stack ahead behind roughly actually"
        " live lives living lived people person inhabitants vs thx thanks hi hello better off others shifted slide deck chart league need want printed"
        " data statistics exact precise latest two three four five six seven eight nine ten eleven whole local cover covers spread place stand put quick question"
        " help check confirm respective measured terms currently now home year annual"
        " 大湾区 湾区 城市 数字 数据 表 货币 之间 相差 差距 对比 比较 比 钱 元 亿 万 年 跟 同 定 各 各是 多大 差 差得 远 几远 倍 几倍 报 数 两个 两地"
        " 大 点 多 少 高 低 大些 大一点 货物 一共 总共 到底 究竟 究竟是 人 三个 四个 名 入 面 入面 表里 一种 不是 如果 的话 币种 搞错 别 成 赶稿"
        " 问 个别 全港 全市 港澳 差得远 其他 其余 告诉 想 知道 具体 准确 现在 目前 人数 住 超过 低于 高于 少于 多于 大于 小于 不到 过 千万 按 算 照 不能 能不能 可不可以"
        " plus pls please along against came comes ahead names name precise precisely too also well use used using report box fact panel page print printed ppt powerpoint presentation spreadsheet handy asap urgent today tomorrow meeting"
        " 常住 ppt 幻灯片 领先 两项 几项 单位 另外 一样 提供 以及 还有 本地 总额 市 写稿 核对 查 查一下 给出 比一比 资料 框 信息 写 写的 列 列出 标 标明 显示 总量 数值 数额 汇报 做 并排 分别 各自 同时 一并 顺便 再 最新 老板 客户 开会 要用 用到 给 图 图表 表格"
        " introduce describe overview brief 介绍 概况 简介 概览 upon stats profile around approximately 大概 大约 约 左右 差不多 个座 九座 十一座 十一个 九个 若 假如 摊"
    )
)


@dataclass(frozen=True, slots=True)
class CityChoice:
    """What is chosen of all cities by an indicator.

    Attributes:
        order: from which end, or of which both.
        count: how many from that end, of both from the highest; `last` how many from the lowest then.
        nth: names the one in that place, 0 for none.
    """

    indicator: Indicator
    order: Order
    count: int
    nth: int
    last: int = 1


@dataclass(frozen=True, slots=True)
class CityWish:
    """What a question wants.

    Attributes:
        cities: of which cities, in a fixed order.
        indicators: all that are asked for.
        each: the figures of each city where every one has its own, in the question's order; empty where all are asked of all.
        over_all: whether the cities are chosen from, rather than named.
        choices: by which figures; empty where all figures of the cities are asked for.
        limits: between which amounts the figures lie.
        than: the city whose figure they are held against, and whether they are above it.
        against: two indicators of which the first is above the second, or below it.
        upwards: an order from the least.
    """

    cities: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    each: tuple[tuple[str, Indicator], ...] = ()
    over_all: bool = False
    choices: tuple[CityChoice, ...] = ()
    limits: tuple[float, float] | None = None
    than: tuple[str, bool] | None = None
    against: tuple[Indicator, Indicator, bool] | None = None
    upwards: bool = False


def city_wish(question: Question) -> CityWish | None:
    """What a question wants of the cities' figures; None where it wants anything else, or not all of it is understood."""
    text = question.in_one_language
    indicators = tuple(asked_indicators(text)) or (INDICATORS if _CITIES_ALONE.fullmatch(text.strip(" ?？!！。.,，")) else ())
    if (
        not indicators
        or question.year_parts
        or question.months
        or question.kind in ("explanation", "source")
        or "reason" in expected_types(text)
    ):
        return None  # how residents do a thing is no question after how many they are, nor is who counted them
    if (
        _TOGETHER.search(text)
        or _BETWEEN_PLACES.search(text)
        or _PER_HEAD_OF.search(text)
        or (_GROWTH.search(text) and not _HIGHEST.search(text))
    ):
        return None  # a sum, or a change of order: the table gives neither
    excluded = _excluded(text)
    beside = _beside_the_table(question)
    over_all = _asks_of_all(question, beside, excluded)
    if (
        beside
        or question.places - set(CITIES)
        or (over_all and (_COMPUTED.search(text) or _OTHER_CURRENCY.search(text)))
        or _is_negated(text, over_all=over_all)
    ):
        return None
    than = _than(text) if over_all else None
    limits = limits_of(text) if over_all else None
    choices = _choices(text, indicators)
    named = [city for city in CITIES if city in question.places - excluded - {than[0] if than else ""}]
    are_named = bool(named) and (not over_all or len(named) > 1)
    if choices is None or not (are_named or over_all) or (than is None and over_all and _THAN.search(text)):
        return None
    if over_all and len(named) == 1 and not choices:
        return None  # what a single city has to do with a choice of all is not understood
    if (limits is not None or than is not None) and (len(indicators) > 1 or (limits is not None and than is not None)):
        return None  # to which of them the limit belongs is not plain
    return CityWish(
        cities=tuple(named if are_named else (city for city in CITIES if city not in excluded)),
        indicators=indicators,
        each=_each(text) if are_named and not over_all else (),
        over_all=not are_named,
        choices=choices,
        limits=limits,
        than=than,
        against=_against(text, indicators) if not are_named else None,
        upwards=goes_upwards(text),
    )


def _each(text: str) -> tuple[tuple[str, Indicator], ...]:
    """Pairs of a city and its indicator where a text names them by turns, "the population of A and the area of B"; none elsewhere."""
    found = list(re.finditer(PLACES_IN_A_ROW, text, re.IGNORECASE))
    cities = [tuple(places_in(match.group())) for match in found]
    named = named_indicators(text)
    if len(found) < 2 or len(found) != len(named) or any(len(city) != 1 or city[0] not in CITIES for city in cities):
        return ()
    starts = [(match.start(), start) for match, (start, _, _) in zip(found, named, strict=True)]
    city_first = starts[0][0] < starts[0][1]
    in_turn = list(chain.from_iterable(pair if city_first else pair[::-1] for pair in starts))
    if in_turn != sorted(in_turn):
        return ()
    return tuple((city[0], indicator) for city, (_, _, indicator) in zip(cities, named, strict=True))


def _excluded(text: str) -> frozenset[str]:
    """The cities that are left out."""
    named = frozenset(place for match in _EXCLUDED.finditer(text) for place in places_in(match["places"]))
    return named | (_SARS if _WITHOUT_SARS.search(text) else frozenset())


def _than(text: str) -> tuple[str, bool] | None:
    """The one city that others are held against, and whether those above it are asked for; None where it is none, or not plain."""
    found = list(_THAN.finditer(text))
    places = [place for match in found for place in places_in(match["a"] or match["b"] or match["c"] or match["d"] or match["e"])]
    if len(found) != 1 or len(places) != 1 or places[0] not in CITIES:
        return None
    return places[0], bool(found[0]["over"] or found[0]["c"] or found[0]["zh_over"])


def _against(text: str, indicators: tuple[Indicator, ...]) -> tuple[Indicator, Indicator, bool] | None:
    """Which of two indicators is held against the other, and whether it is above it: cities whose trade exceeds their GDP."""
    match = _EXCEEDS.search(text)
    if match is None or len(indicators) != 2:
        return None
    before, after = asked_indicators(text[: match.start()]), asked_indicators(text[match.end() :])
    return (before[0], after[0], match["below"] is None) if len(before) == len(after) == 1 and before != after else None


def _is_negated(text: str, *, over_all: bool) -> bool:
    return over_all and _NEGATED.search(without_limits(_EXCLUDED.sub(" ", text))) is not None


def _asks_of_all(question: Question, beside: set[str], excluded: frozenset[str]) -> bool:
    """Whether a question is about all cities, or about which of them is first or last and about nothing else."""
    text = question.in_one_language
    if _PLACE_ASKED.search(text):
        return True
    superlative = not question.places - excluded and bool(_superlatives(text)) and _A_CITY.search(text) is not None
    return _ALL_CITIES.search(text) is not None or (superlative and not beside)


def _without_lead(text: str) -> str:
    """A text without what stands before the colon of a list of indicators ("for my page on Foshan: area, GDP"): whatever it is for."""
    match = _LEAD.match(text)
    return text[match.end() :] if match is not None and _NAMED_ALONE.fullmatch(without_indicators(text[match.end() :])) else text


def _beside_the_table(question: Question) -> set[str]:
    """Words of a question that have nothing to do with cities and their indicators: "universities" of "the most universities"."""
    asked = _EXCLUDED.sub(" ", _without_lead(question.in_one_language))
    text = _BAY_AREA.sub(" ", without_indicators(without_limits(asked)))
    if "area" in asked_indicators(asked):
        text = _AREA.sub(" ", text)  # the same, said again
    for pattern in (_PLACE_ASKED, _ALL_IN_ORDER, _COUNT, _WHICH_COUNT, _HIGHEST, _LOWEST, _NTH, _ALL_CITIES, _WITHOUT_SARS):
        text = pattern.sub(" ", text)
    named = {term for place in question.places for forms in place_forms(place) for form in forms for term in search_terms(form)}
    return {term for term in search_terms(text) if not term[0].isdigit() and term not in named and term not in _COMMON_WORDS}


@dataclass(frozen=True, slots=True)
class _Superlative:
    start: int
    is_low: bool
    nth: int


def _superlatives(text: str) -> list[_Superlative]:
    """The superlatives of a text, each once: 倒数第三 is one, and so is "third smallest"; 最大同最细 are two."""
    patterns = (_HIGHEST, _LOWEST, _NTH)
    found = sorted((*match.span(), match.group().lower(), pattern is _LOWEST) for pattern in patterns for match in pattern.finditer(text))
    read: list[_Superlative] = []
    last_end, is_open = 0, False  # whether the last one has said no end yet
    for start, end, word, is_low in found:
        says_an_end = is_low or not _NO_END.fullmatch(word)
        nth = (RANKS | NUMBERS).get(word.removeprefix("第"), 0) if _NTH.fullmatch(word) else 0
        is_near = start - last_end < _ONE_SUPERLATIVE and not _AND.search(text[last_end:start])
        if read and is_near and (is_open or not says_an_end):
            before = read.pop()
            read.append(_Superlative(before.start, before.is_low or is_low, before.nth or nth))
            is_open = is_open and not says_an_end
        else:
            read.append(_Superlative(start, is_low, nth))
            is_open = not says_an_end
        last_end = end
    return read


def _choices(text: str, indicators: tuple[Indicator, ...]) -> tuple[CityChoice, ...] | None:
    """What is chosen by which indicator: that which stands nearest to a superlative. None for several places of one order."""
    by: dict[Indicator, list[_Superlative]] = {}
    for superlative in _superlatives(text):
        nearest = indicator_beside(text, superlative.start)
        by.setdefault(nearest if nearest in indicators and nearest else indicators[0], []).append(superlative)
    if any(len(of_it) > 1 and any(one.nth for one in of_it) for of_it in by.values()):
        return None
    choices = []
    for indicator, of_it in by.items():
        low, high = any(one.is_low for one in of_it), not all(one.is_low for one in of_it)
        order: Order = "lowest" if goes_upwards(text) else "both" if low and high else "lowest" if low else "highest"
        count = _count(text, order)
        last = count if len(_COUNT.findall(text)) > 1 else 1  # "top two and bottom two"
        choices.append(CityChoice(indicator, order, count, of_it[0].nth, last))
    return tuple(choices)


def _count(text: str, order: Order) -> int:
    """How many are asked for; "which two" of both ends are one of each."""
    if _ALL_IN_ORDER.search(text) or _PLACE_ASKED.search(text) or goes_upwards(text):
        return len(CITIES)
    if (told := number_in(_COUNT.search(text))) or order == "both":
        return told or 1
    return number_in(_WHICH_COUNT.search(text)) or 1
