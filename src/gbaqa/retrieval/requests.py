"""Requests about the last answer, told from their words: its source, its page, another language, more of it.

All functions take text in English or in written Simplified Chinese.
"""

import re
from typing import Literal

from gbaqa.language.script import Script, is_traditional
from gbaqa.language.words import search_terms

Request = Literal["source", "page", "language", "repeat", "more", "both", "why", "thanks", "greeting"]

_NUMBER_WORDS = r"(?:figures?|numbers?|data|statistics?|claims?|estimates?|counts?|amounts?|totals?|share|percentage|rate)"
_COMPARATIVES = r"(?:higher|lower|larger|bigger|smaller|more|fewer|less|most|richer|faster|greater|ahead|highest|lowest|largest|biggest)"

# Tried in this order.
_REQUESTS: dict[Request, re.Pattern[str]] = {
    "page": re.compile(
        r"\bpages?\b|\bpp?\.?(?=\s*\?|$)|\bwhere (?:in|on) (?:the|which) (?:paper|report|document|text|page)\b"
        r"|\bwhere (?:does|did) (?:it|the \w+) say\b|\bwhere (?:is|was) (?:that|this|it) (?:stated|said|written|printed)\b"
        r"|第?[几哪]一?页|页码|第几张|(?:在|写在|印在)(?:文件|文中|报告|白皮书)?的?(?:哪里|什么地方|哪儿)$|(?:^|page ?)几$",
        re.IGNORECASE,
    ),
    "source": re.compile(
        r"\bsources?\b|\bsays who\b|\b(?:cited|credited|citations?|references?)\b|\bfoot ?notes?\b|\bnotes?\b"
        r"|\baccording to (?:who|what|which)"
        r"|\b(?:who|which \w+) (?:says|said|cites?|publish\w*|compiled|reports?|reported|counted|calculated|provided)\b"
        rf"|\bwho(?:'s|’s| is| was)? (?:it |that |this )?(?:behind|from)\b|\bwhose {_NUMBER_WORDS}\b"
        r"|\bwhere (?:does|did|do|is|are|was) (?:it|they|this|that|these|those|(?:the|this|that|these|those)(?: \w+)?"
        rf" {_NUMBER_WORDS}) (?:come |taken )?from\b"
        r"|\bwh(?:at|ich) (?:document|report|study|paper) is (?:that|this|it) from\b|\bwhere(?: did| do)? .{0,20}\bget (?:that|this|it)\b"
        r"|\bbacked up by\b|\bhow do you know\b"
        r"|[哪第][几个条]号?(?:注释?|脚注)|来源|出处|出自|引自|注释|脚注|注脚|依据(?:是什么|呢)?$|根据(?:是什么|什么|谁)|谁(?:说|讲|统计|公布|发布|提供|出|写|算)的?"
        r"|哪[里儿]?来|从哪|哪(?:个|家|份)(?:机构|单位|部门|报告|文件|资料|媒体)|谁的(?:数[据字]?|说法|资料|统计)|几号?注释?|注几"
        r"|有(?:什么)?(?:凭据|根据|依据)",
        re.IGNORECASE,
    ),
    "why": re.compile(
        r"^(?:why|how come|what for)(?: (?:is|was) (?:that|this|it)| so| not)?$|^what(?:'s|’s| is| was) the reasons?"
        r"(?: for (?:that|this|it))?$"
        r"|^(?:为什么|为何|怎么会|怎么回事|何解)会?(?:这样|如此|这么[多少高低])?[呢啊呀的]*$|^(?:原因|理由)(?:是什么|何在)?[呢啊呀]*$",
        re.IGNORECASE,
    ),
    "more": re.compile(
        r"(?<!\bhas )(?<!have )(?<!\bhad )\bmore(?: (?:detail|info|information|about|on)\w*)?$|\b(?:what|anything|something|nothing) (?:else|more)\b|\belse$"
        r"|\bgo on$|\bcontinue$|\belaborate\b|\bexpand\b|\bthe rest\b|\b(?:in|some|more|further) details?\b|\btell me more\b"
        r"|还有(?:呢|什么|哪些|别的|其他|吗|没有|更多)?[吗呢]?$|[还再]有(?:什么|没有|别的|其他)|其他的?呢?$|别的呢?$|详细"
        r"|具体(?:点|一点|些|说说|讲讲)?$"
        r"|继续|(?<![个边谁座者一城市])更多|展开|多[说讲]一?[点些]|仲有",
        re.IGNORECASE,
    ),
    "repeat": re.compile(
        r"\bagain\b|\brepeat\b|\bare you sure\b|\breally\b|\bpardon\b|\bcome again\b|\bsay (?:that|it)\b|\bquote (?:it|that)\b"
        r"|\bthe (?:exact |original )?(?:wording|words|quote)\b|再[说讲]|重复|再来一[次遍]|真的吗|确定吗|当真|原文|原话|复述",
        re.IGNORECASE,
    ),
    "both": re.compile(
        r"\bwhich(?: (?:of (?:the (?:two|three)|them|these|those)|one|city|place))?(?: of them)?(?: is| was| has| had)?(?: the)?"
        rf" ?{_COMPARATIVES}\b|\bwho(?:'s|’s| is)? (?:higher|bigger|ahead|larger|richer|leads)\b"
        r"|\b(?:compare (?:them|these|those|the two|both)|side by side|the difference between (?:them|the two))\b"
        r"|^(?:那么?)?(?:哪[个座边一]|谁|两[者个]|它们|他们)(?:个|者|城|市|之中|当中)?(?:相比|比较|中)?的?(?:哪个|谁)?"
        r"[更较]?[高低多少大小快慢强富](?:些|一点|点)?"
        r"|[比对]比一?[下比]?(?:它们|两者|这两个)?$|(?:两者|它们|两个)(?:相比|比较|对比|差多少|差距)",
        re.IGNORECASE,
    ),
    "thanks": re.compile(
        r"\bthank(?:s| you)\b|\bthx\b|\bcheers\b|\bperfect\b|\b(?:good)?bye\b|谢谢|多谢|感谢|唔该|再见|拜拜|明白了?|知道了|辛苦",
        re.IGNORECASE,
    ),
    "greeting": re.compile(
        r"^(?:hello|hi|hey|good (?:morning|afternoon|evening))\b|^(?:你好|您好|早上好|早晨|下午好|晚上好|哈[啰喽]|嗨)", re.IGNORECASE
    ),
}
_SAY_IN = r"(?:(?:please )?(?:answer|reply|respond|translate|repeat|say)(?: (?:me|it|that|this))? )?"
_SAY_IN_CHINESE = r"请?(?:用|以|要|换成?|转成?|改成?|译成?|翻译成?|翻成?|写成|讲)"
_ANSWERED = r"(?:回答|作答|来?说|讲)?(?:多?一?[次遍]|再一?[次遍])?"
# A language's name that a thing follows is no wish for it: traditional industries, money put in Chinese medicine, 以英语授课.
_NAMED_ALONE = r"(?=\W*$|\s*[,.;:?!–—-]|\s+(?:please|pls|thanks|thank|instead|then|too|now|again|this|for|how|what|which|who|when|where|why|whether|if)\b)"
_NOTHING_DONE_IN_IT = "(?!授课|教学|上课|沟通|交流|工作|出版|办公|为|的)"
_LANGUAGE: tuple[tuple[Script, re.Pattern[str]], ...] = (
    (
        "zh-Hant",
        re.compile(
            rf"{_SAY_IN}\b(?:in|into|to) traditional(?: chinese)?(?: characters)?\b{_NAMED_ALONE}"
            rf"|^traditional(?: chinese)?(?: characters| version)?(?: please)?\W*$"
            rf"|(?:{_SAY_IN_CHINESE})?(?:繁体|正体)(?:字|中文)?版?{_ANSWERED}",
            re.IGNORECASE,
        ),
    ),
    (
        "zh-Hans",
        re.compile(
            rf"{_SAY_IN}\b(?:in|into|to) (?:simplified )?(?:chinese|mandarin|putonghua|cantonese)(?: characters)?\b{_NAMED_ALONE}"
            rf"|\b(?:in |into |to )?simplified(?: chinese)?(?: characters)?\b{_NAMED_ALONE}"
            rf"|^(?:chinese|mandarin)(?: version)?$"
            rf"|{_SAY_IN_CHINESE}(?:简体)?(?:中文|汉语|普通话|国语|简体字?|粤语|广东话){_NOTHING_DONE_IN_IT}{_ANSWERED}"
            r"|简体(?:中文|字|版)?|^(?:中文|普通话|国语)(?:版|呢)?$|中文(?:怎么|如何)[说讲]",
            re.IGNORECASE,
        ),
    ),
    (
        "en",
        re.compile(
            rf"{_SAY_IN}\b(?:in|into|to) english\b{_NAMED_ALONE}|^english(?: version)?$"
            rf"|{_SAY_IN_CHINESE}(?:英文|英语|english){_NOTHING_DONE_IN_IT}{_ANSWERED}"
            r"|^(?:英文|英语)(?:版|呢)?$|英文(?:怎么|如何)[说讲]",
            re.IGNORECASE,
        ),
    ),
)
# Words that carry no subject of their own in a request: politeness, talk about talking, and words for the last answer.
_EMPTY_WORDS = frozenset(
    search_terms(
        "pls kindly ok okay hi hello hey again repeat thing things answer answers reply version language translate translation"
        " translated switch speak write show find found look get got see exactly figure figures number numbers data fact facts"
        " statement claim information info stuff last latter first previous earlier above page pages pdf print printed stated state"
        " said source sources note notes footnote written mention mentioned come came original wording quote quoted"
        " exact ones two three know sure really lot nice great cool good perfect help bye detail details"
        " 一次 一遍 回答 答案 翻译 译 麻烦 谢谢 多谢 这个 那个 数 数字 数据 刚才 上面 前面 来源 出处 注释 页 页码"
        " 写 印 版 语言 原文 看看 看 再 次 遍 东西 资料 内容 呀 一页 条 号 找 找到"
        " 统计 公布 发布 提供 机构 单位 部门 来 依据 告诉 知道 明白 了解 帮忙 具体 详细 更多 其他 别的 点 一点 些 问 想"
    )
)
_PAPER = re.compile(r"(?:this|the) (?:white ?paper|paper|report|document)|(?:这份|本|该)?(?:白皮书|报告|文件)", re.IGNORECASE)
_THE_LAST_ANSWER = re.compile(
    r"\b(?:this|that|these|those|its|their|the (?:last|first|second|latter))\s+(?:(?:last|first|second)\s+)?[\w-]+"
    r"|[这那](?:个|些|项|条|组|份|句|一)?(?:数[字据]?|说法|信息|内容|资料|结论|话|句话|一?点|部分)?",
    re.IGNORECASE,
)
_AROUND = " ,，。.?？!！~～:："


def split_language(text: str) -> tuple[str, Script | None]:
    """The text without the wish for a language in it ("in English please"), and that language's script."""
    for script, pattern in _LANGUAGE:
        if match := pattern.search(text):
            rest = f"{text[: match.start()].rstrip(_AROUND)} {text[match.end() :].lstrip(_AROUND)}"
            return re.sub(r"\s*\b(?:please|pls)\s*$", "", rest.strip(_AROUND), flags=re.IGNORECASE), script
    return text, None


def wanted_chinese(asked: str, script: Script) -> Script:
    """The Chinese script of a wish for Chinese: as the wish itself is written, Simplified where that does not show."""
    return "zh-Hant" if script == "zh-Hans" and is_traditional(asked) else script


def request_in(text: str) -> tuple[Request | None, tuple[str, ...]]:
    """The request that a text is, and the words in it for what the request is about; (None, ()) for a plain question.

    "source?" is about the last answer whatever it said; "the source for the exports" is about exports.
    """
    bare = text.strip(_AROUND)
    for request, pattern in _REQUESTS.items():
        if pattern.search(bare):
            named = bare if request in ("thanks", "greeting") else _THE_LAST_ANSWER.sub(" ", bare)
            rest = pattern.sub(" ", _PAPER.sub(" ", named))
            return request, tuple(dict.fromkeys(term for term in search_terms(rest) if term not in _EMPTY_WORDS))
    return None, ()


def is_nothing_else(text: str) -> bool:
    """Whether a text has no words of its own beside politeness and talk about talking."""
    return all(term in _EMPTY_WORDS for term in search_terms(text))
