"""The focus of a question: the words for the very thing it asks about ("casinos" in "how many casinos were open")."""

import re

from gbaqa.language.words import search_terms

_ENGLISH = (
    re.compile(r"\bhow (?:many|much)(?: of)?(?: the| a| an)? (?P<thing>(?:[\w&'’-]+ ){0,3}?[\w&'’-]+)(?= (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|in|on|at|of|from|by|to|for|with|there|per|and|went|got|take|takes|took|join|joined|participate|participated|work|worked|exist|existed|offer|offered|use|used)\b|[?,.;]|$)", re.IGNORECASE),
    re.compile(r"\bwhat(?:'s|’s| (?:is|was|are|were|will be))?(?: the| a| an)? (?P<thing>(?:[\w&'’-]+ ){0,4}?[\w&'’-]+)(?= (?:is|are|was|were|do|does|did|has|have|had|in|on|at|of|from|by|for|would|will|during|between)\b|[?,.;]|$)", re.IGNORECASE),
    re.compile(r"\bwhich (?P<thing>(?:[\w&'’-]+ ){0,2}?[\w&'’-]+)(?= (?:is|are|was|were|do|does|did|has|have|had|in|on|at|of|from|by|for|would|will)\b|[?,.;]|$)", re.IGNORECASE),
)  # fmt: skip
_CHINESE = (
    re.compile(
        r"(?:多少|几)[架辆台艘只间家座所个条项](?P<thing>[\u4e00-\u9fff])(?![\u4e00-\u9fffA-Za-z0-9])"
    ),  # 几架车, but no 人才 or 亿元
    re.compile(
        r"(?:多少|几)(?:[名个家间种张项条所座人次万亿宗只辆台位份元艘架批届笔户处块篇款支]|平方公里|公里|港元|美元)?(?P<thing>[\u4e00-\u9fffA-Za-z0-9]{2,6})"
    ),
    re.compile(r"(?P<thing>[\u4e00-\u9fffA-Za-z0-9]{2,8})(?:各|分别)?(?:[是有为达到做]+)?(?:多少|几(?!乎))"),
    re.compile(r"(?P<thing>[\u4e00-\u9fffA-Za-z0-9]{2,8})(?:是什么|有哪些|是哪|怎么)"),
)
# Words so general that evidence need not repeat them.
GENERAL_WORDS = frozenset(
    search_terms(
        "people person live lives living number amount size figure total share percentage rate level value money year month time day company companies firm firms business"
        " enterprise enterprises thing things place places kind type way part city cities project projects plan scheme programme program area areas"
        " 同 跟 背后 当中 其中 东东 玩意 每 每个 每样 每种 每人 多 少 最多 最少 拿 拿到 得到 获得 领到"
        " 人 人数 数量 数字 金额 总额 比例 占比 规模 年 月 日 时间 家 公司 企业 东西 地方 城市 项目 计划 方面 分 钱 合计 总共 一共 大概 左右 目前 现在"
    )
)


def focus_terms(text: str) -> tuple[str, ...]:
    """Search terms of what the question asks about; empty where its form does not tell or the words are too general."""
    for patterns in (_ENGLISH, _CHINESE):
        for pattern in patterns:
            if (match := pattern.search(text)) and (terms := [t for t in search_terms(match["thing"]) if t not in GENERAL_WORDS]):
                return tuple(dict.fromkeys(terms))
    return ()
