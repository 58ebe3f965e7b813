"""Words of one language that turn the meaning of the other: another place, another extent, a negation that one side lacks."""

import re

from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.places import places
from gbaqa.language.script import to_simplified

_ZH_NEGATION = re.compile(r"尚未|并未|从未|(?<!有)没有|不得(?!不)|无法|不包括|不再|禁止|不能|未能|不会|并非|不予")
_EN_NEGATION = re.compile(r"(?<!\bwho )(?<!\bthat )(?<!\bwhich )\b(?:not(?! only)|never|cannot|can't|n't|must not|yet to)\b", re.IGNORECASE)
_ANY_ZH_NEGATION = re.compile("[不无未没非免禁勿否难缺欠少弱停防才仅只]|首[次个度]|第一次|头一")
_ANY_EN_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nobody|nothing|nowhere|away|nor|neither|cannot|without|yet|unable|un\w+|in\w+|im\w+|non\w*|fail\w*|lack\w*|prohibit\w*|exempt\w*|exclu\w+|despite"
    r"|however|difficult\w*|limit\w*|barrier\w*|prevent\w*|stop\w*|few|little"
    r"|weak\w*|short\w*|ban(?:s|ned)?|forbid\w*|forbad\w*|refus\w*|instead|rather|in place of|hardly|all but"
    r"|surpris\w*|left (?:\w+ )?out|too \w+ (?:to|for)|less)\b|n't", re.IGNORECASE,
)  # fmt: skip

# How far a statement goes: Chinese words, and the English words that answer them.
_EXTENTS = (
    (
        re.compile("(?<![绝一二三四五六七八九十两几])大(?:部分|多数)"),
        re.compile(
            r"\bmost\b|\bmajority\b|\bmostly\b|\blargely\b|\bmainly\b|\bmuch of\b|\bbulk of\b|\b(?:greater|larger|better) part\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile("几乎|近乎|绝大(?:部分|多数)"),
        re.compile(
            r"\b(?:almost|nearly|near|virtually|practically|vast|overwhelming\w*|hardly|close to|very largely|all but|next to)\b",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile("基本(?:实现|建成|完成|消除|覆盖|解决)"),
        re.compile(
            r"\b(?:basic\w*|largely|mostly|mainly|essentially|substantially|almost|nearly|virtually|by and large|in the main"
            r"|generally|broadly|more or less)\b",
            re.IGNORECASE,
        ),
    ),
    # What a number is of: an average is no amount of each, and growth in real terms no other.
    (
        re.compile(r"平均(?=[^，。；]{0,4}\d)"),
        re.compile(r"\b(?:averag\w*|mean|typical\w*|usual\w*|per|each|every|equal\w*|even\w*|a (?:day|week|month|year))\b", re.IGNORECASE),
    ),
    (
        re.compile(r"均(?=[将已可]?(?:突破|超[过逾]?|达到?|逾|不[超低少]|高于|低于)[^，。；]{0,6}\d)"),
        re.compile(
            r"\b(?:each|every|both|all|neither|either|respectively|apiece|per|averag\w*|equal\w*|alike|any|\w+s alone)\b", re.IGNORECASE
        ),
    ),
    (re.compile("(?:实质|实际)(?=上升|增长|下降|增幅|跌幅)"), re.compile(r"\breal\b|\binflation\b|\bconstant\b", re.IGNORECASE)),
)
# First of all, or one of several: 最大 and "one of the largest".
_ZH_FIRST = re.compile("最[大高多强长快早新老好低小少]")
_ZH_AMONG = re.compile("之一|之列|前列|[几数][大家个]")
_EN_FIRST = re.compile(r"\b(?:the|its|our|their|[a-z]+['’]s) (?:\w+[- ])?(?:\w{2,}est|most \w+)\b", re.IGNORECASE)
_EN_AMONG = re.compile(r"\b(?:one of|among|some of) (?:the|our|its|their)(?: \w+)? (?:most|\w{2,}est|top|leading)\b", re.IGNORECASE)
_ZH_ONE_OF = re.compile("(?<!分)之一")
_EN_ALONE = re.compile(rf"{_EN_FIRST.pattern}|\bthe top\b", re.IGNORECASE)
_EN_ONE_OF = re.compile(r"\b(?:one|some|part) of\b|\bamong(?:st)?\b|\ba (?:major|leading|key|top|main)\b", re.IGNORECASE)
# Of a year the same months, or all of it.
_ZH_SAME_PERIOD = re.compile(r"((?:19|20)\d\d)年同期")
_EN_SAME_PERIOD = re.compile(r"\b(?:same|corresponding|comparable|equivalent|like) \w+|\b(?:quarter|months?|half)\b", re.IGNORECASE)
# What is true of most, where the Chinese text does not say of how many: before the nouns of a subject, not "most important".
_EN_MOST = re.compile(
    r"\bmost (?:of the |(?:large|big|small|major|new|old|young|local|foreign|other|such|listed|state-owned|private)[a-z-]* )?"
    r"(?!\w*(?:ly|ed|ing|ous|ant|ent|ful|ic|able|ible|ive|less|al)\b)[a-z]{3,}\b",
    re.IGNORECASE,
)
_ZH_HOW_MANY = re.compile("大|多|最|主要|一般|普遍|绝|主力|几|八成|九成|过半|主体")
_ENGLISH_EXTENT = re.compile(r"\b(?:almost|nearly|virtually) (?:all|every|no|none)\b|\bmajority of\b|\bmost of\b", re.IGNORECASE)


def names_apart(zh: str, en: str) -> tuple[str, str] | None:
    """The places that a cell of a table row names on one side only, where the other side's cell names others instead.

    Running text names places in too many ways ("the two cities", 当地) for a difference to mean anything.
    """
    ours, theirs = zh.split(CELL_SEPARATOR), en.split(CELL_SEPARATOR)
    if len(ours) != len(theirs) or len(ours) < 2:
        return None
    for one, other in zip(ours, theirs, strict=True):
        here, there = places(one), places(other)
        if here - there and there - here:
            return ", ".join(sorted(here - there)), ", ".join(sorted(there - here))
    return None


def extents_apart(zh: str, en: str) -> tuple[str, str] | None:
    """How far a statement goes where the languages differ in it: 大部分 and "almost all", 基本建成 and "completed" ("")."""
    simplified = to_simplified(zh)
    for ours, answers in _EXTENTS:
        if (found := ours.search(simplified)) and not answers.search(en):
            said = _ENGLISH_EXTENT.search(en)
            return as_printed(found, zh), said.group() if said else ""
    first, among = _ZH_FIRST.findall(simplified), _EN_AMONG.search(en)
    if len(first) == 1 and among and not _ZH_AMONG.search(simplified) and len(_EN_FIRST.findall(en)) == 1:
        return as_printed(next(_ZH_FIRST.finditer(simplified)), zh), among.group()
    one_of, alone = _ZH_ONE_OF.findall(simplified), _EN_ALONE.findall(en)
    if len(one_of) == len(alone) == 1 and not _EN_ONE_OF.search(en):
        return one_of[0], alone[0]
    if (most := _EN_MOST.search(en)) and not _ZH_HOW_MANY.search(simplified):
        return "", most.group()
    period = _ZH_SAME_PERIOD.search(simplified)
    if period and period[1] in en and not _EN_SAME_PERIOD.search(en):
        return as_printed(period, zh), period[1]
    return None


def negations_apart(zh: str, en: str) -> tuple[str, str] | None:
    """The negation of one side where the other has nothing of the kind ("" for that side)."""
    simplified = to_simplified(zh)
    if (found := _ZH_NEGATION.search(simplified)) and not _ANY_EN_NEGATION.search(en):
        return as_printed(found, zh), ""
    if (found := _EN_NEGATION.search(en)) and not _ANY_ZH_NEGATION.search(simplified):
        return "", found.group()
    return None


def as_printed(found: re.Match[str], text: str) -> str:
    """What was found in the Simplified form of a text, in its own characters."""
    return text[slice(*found.span())] if len(text) == len(found.string) else found.group()
