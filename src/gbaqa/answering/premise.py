"""What a question takes for granted, and whether a text bears it out: that there is a first among many, that something rose
rather than fell. A text that lacks or contradicts it is no answer, however near its words are.
"""

import re

from gbaqa.language.places import places
from gbaqa.language.quantities import stated_quantities
from gbaqa.language.script import to_simplified
from gbaqa.retrieval.question import Question

_Opposites = tuple[re.Pattern[str], re.Pattern[str]]

# "sold more", "卖少了": more of what somebody did, not more than a number.
_DID = r"(?:sold|sells?|bought|buy(?:s|ing)?|spen[dt]s?|earn(?:s|ed)?|ma[dk]es?|produced?|exported?|imported?|traded?|buil[dt]s?)"
_NUMBER_WORD = "one|two|three|four|five|six|seven|eight|nine|ten"
_NOT_THAN_A_NUMBER = (
    rf"(?! than (?:\w+ )?(?:(?:RMB|HK\$|US\$|MOP|\$)\s?)?(?:\d|(?:{_NUMBER_WORD}|half|a (?:hundred|thousand|[mb]illion|trillion))\b))"
)
_DID_IN_CHINESE = "[卖买花赚产造建]"

_SUPERLATIVE = re.compile(
    r"\b(?:(?<!at )most|(?<!at )least|largest|biggest|highest|lowest|smallest|top(?!-)|longest|oldest|newest|fastest|leading|best|worst)\b"
    r"|\bfirst\b(?! (?:quarter|half|\w+ months))"
    r"|最(?![迟晚后近新终前]|[多少高低](?:可|要|能))|第一(?!季)|首(?!季)|榜|排名|头号",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"第[二三四五六七八九十\d]+(?![章节季次页条])|\b(?:ranks?|ranked|ranking|second|third|fourth|fifth|\d+(?:nd|rd|th))\b", re.IGNORECASE
)
_OPPOSITES: tuple[_Opposites, ...] = (
    (
        re.compile(
            r"\b(?:r[io]se[sn]?|rising|grow\w*|grew|increas\w*|expand\w*|expansion|surg\w*|jump\w*|climb\w*"
            rf"|(?:go\w*|went|move[ds]?) up|up(?= by| \d)|higher|gain\w*|exceed\w*|boom\w*|recovery|{_DID} more{_NOT_THAN_A_NUMBER})\b"
            rf"|{_DID_IN_CHINESE}(?:得更?多|多了)|上升|增|升|扩大|扩展|拓展|提高|涨|飙|反弹",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:f[ae]ll\w*|drop\w*|declin\w*|decreas\w*|shr[aiu]nk\w*|cut\w*|reduc\w*"
            r"|(?:go\w*|went|move[ds]?) down|down(?= by| \d)|lower\w*|los[est]\w*|slump\w*|contract(?:ed|ion|ing)|weak\w*"
            rf"|{_DID} (?:less|fewer){_NOT_THAN_A_NUMBER})\b|{_DID_IN_CHINESE}(?:得更?少|少了)|下降|下跌|减|跌|缩(?!写)|降|削|下滑",
            re.IGNORECASE,
        ),
    ),
    (re.compile(r"\b(?:mandatory|compulsory|oblig\w+|must)\b|强制|必须", re.IGNORECASE), re.compile(r"\bvoluntar\w+|自愿", re.IGNORECASE)),
    (re.compile(r"\bdeficits?\b|逆差|赤字", re.IGNORECASE), re.compile(r"\bsurplus\b|顺差|盈余", re.IGNORECASE)),
    (
        re.compile(
            r"\b(?:allow(?:s|ed|ing)?|permit(?:s|ted)|approved?|authori[sz]ed?)\b|允许|准许|获批|批准|放开",
            re.IGNORECASE,
        ),
        re.compile(
            r"\b(?:refus(?:e[sd]? to|ing to|al)|forbid\w*|forbade|prohibit\w*|banned|barred|outlaw\w*)\b|拒绝|禁止|不准|不许|不得",
            re.IGNORECASE,
        ),
    ),
    (
        re.compile(r"\b(?:completed|launched|introduced|established|upgraded)\b|完成|推出|启动|设立|成立|升级", re.IGNORECASE),
        re.compile(r"\b(?:abandon\w*|scrap(?:ped|s)|abolish\w*|shelved)\b|放弃|废除|搁置|撤[回销]", re.IGNORECASE),
    ),
)
_ASKS_WHERE = re.compile(r"\bwh(?:ich|ere)\b|哪", re.IGNORECASE)
# Names with a number in them, and sets of so many: who is last of the ten largest is not asked after as the largest.
_NO_RANK = re.compile(
    r"第[一二三]产业|第[一二三四五六七八九十\d]+(?:代(?!表)|方(?![面案法]))"
    r"|\b(?:first|second|third|fourth|fifth)[- ](?:generation|part(?:y|ies))\b"
    rf"|\b(?:{_NUMBER_WORD}|\d+) (?:largest|biggest|highest)\b",
    re.IGNORECASE,
)
_FIRST = re.compile(
    rf"\b(?:largest|biggest|highest|fastest|number one|top(?! (?:\d|{_NUMBER_WORD})))\b|\b(?:ranks?|ranked|came|comes) first\b"
    r"|最[大高快多](?![可要能限])|首位|第一(?![季批期阶步个条届章轮产次])|居首|榜首|领先|冠军",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:bottom|lowest|slowest|worst|smallest|(?<!at )least|(?:came|ranks?|ranked|comes|dead|is|was) last|lag(?:s|ged|ging)?"
    r"|(?:is|was|fall\w*|fell) behind|left out)\b"
    r"|最[低慢差小少](?![可要能限])|最尾|包尾|垫底|末位|落后|倒数",
    re.IGNORECASE,
)


def lacks_superlative(question: str, text: str) -> bool:
    """Whether a question asks for a first or a most, and the text, in whichever script, tells of none."""
    if not _SUPERLATIVE.search(question):
        return False
    read = to_simplified(text)
    return not _SUPERLATIVE.search(read) and not _RANK.search(read)


def ranks_otherwise(question: str, text: str) -> bool:
    """Whether a question takes a rank for granted (second, the slowest), and a text, in whichever script, only tells of others."""
    asked, told = _ranks(question), _ranks(to_simplified(text))
    return bool(asked) and bool(told) and asked.isdisjoint(told)


def _ranks(text: str) -> set[float]:
    """The ranks that a text names, the last of all as -1."""
    text = _NO_RANK.sub("", text)
    named = {quantity.value for quantity in stated_quantities(text) if quantity.kind == "rank"}
    return named | ({1.0} if _FIRST.search(text) else set()) | ({-1.0} if _LAST.search(text) else set())


def contradicts(question: str, text: str) -> bool:
    """Whether a text says only the opposite of what a question takes for granted: fell for rose, voluntary for mandatory."""
    text = to_simplified(text)
    return any(
        said.search(question) and not other.search(question) and other.search(text) and not said.search(text)
        for pair in _OPPOSITES
        for said, other in (pair, pair[::-1])
    )


def is_of_other_places(question: Question, text: str) -> bool:
    """Whether a text names places, and none of them is asked about.

    Such a text denies nothing. A rise in one city does not contradict a question in which city something fell most.
    """
    named = places(text)
    return bool(named) and (named.isdisjoint(question.places) if question.places else _ASKS_WHERE.search(question.normalized) is not None)
