"""What a question after a source says is claimed: "X, says who?" and "Where does the figure for X come from?" are looked for by X.

Words after a source tell nothing of the statement that is meant. Beside them whatever speaks of sources, reports and bureaus seems nearer.
"""

import re
from dataclasses import replace

from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.source_cues import asks_for_source, asks_whose

_FEWEST_WORDS = 3  # of a claim: with fewer it is told by the words that ask
_CLAUSES = re.compile(r"[,.](?=\s|$)|(?<=[\u4e00-\u9fff]),|(?<=\w)[:：](?!\d)|[;；，。?？!！]|\s-\s|[–—]+")
_NOUN = r"(?:claim|figure|number|statistic|stat|statement|percentage|ranking|estimate|finding|count|story|line|idea|bit)s?"
_IS = r"(?:is|are|was|were|does|do|did|has|have)"
_WHO = r"(?:which|what|whose|who|where|whom)(?:['’]s)?"
_NAMED = r"(?:cited|cites?|credited|quoted?|attributed|behind|given|gives?|named|sources?|references?|footnoted|the|white|paper|report|it)"
_SAYS = r"(?:says|said|claims?|published|reported|compiled|issued|released|put out|counted|estimated|worked out)"
# Words after a source in front of a claim and behind it, and what else is said around it.
_BEFORE_ENGLISH = (
    rf"{_WHO}\b(?: (?!{_IS}\b)[\w'’-]+){{0,4}}?(?: {_IS})?(?: {_NAMED})* (?:{_NAMED}|{_IS}) (?:for|with|as|of|on|behind|from|that gives) ",
    r"(?:the )?sources? (?:of|for|on|behind) ",
    rf"who {_SAYS}\b(?: (?:that|so))? ",
    r"(?:which|what|whose) (?:\w+ ){0,3}?(?:reported|published|released|issued|carried|broke) ",
    rf"where {_IS}(?: the (?:white )?paper| the report| it| they)? (?:get |take |have )?",
    r"(?:i|we) (?:have|need|want|wish|would like) to (?:cite|quote|footnote|reference|source) ",
)
_BEFORE_CHINESE = (
    r"(?:是)?(?:谁|哪[家间个份本](?:机构|部门|报纸?|媒体|网站|平台|报告|文件)?)(?:统计|公布|发布|报道|测算|估算|算|说|提供|讲)(?:的|了|过)?",
)
_AFTER_ENGLISH = r" (?:(?:comes?|came|taken|lifted|quoted|cited|sourced|borrowed|drawn)(?: from)?|from|based on|credited to|attributed to)$"
_AFTER_CHINESE = (
    r"的?(?:[这那该]?个?(?:数据|数字|数|说法|话|claim|figure|number|排名|统计|资料))?的?(?:数据|资料)?"
    r"(?:来源|出处|出自|引自|引用|引的?是|引|援引|抄自|依据|根据|基于|标注|注明|注释|脚注|注脚|source|cited?|quoted?|based on"
    r"|是谁|是哪|是从哪|谁的|哪[家间个份本]).*$"
)
_BEFORE_CLAIM = (
    r"(?:for |saying )?(?:the|this) (?:white )?(?:paper|report) says (?:that )?|it says (?:that )?",
    rf"(?:for )?(?:the|that|this|those|these|its?) {_NOUN} (?:of|that|for|from|on|about|saying) (?:(?:the|its) )?|(?:for )?the |saying ",
    r"(?:有个?说法[是说]|听说|据说|说|话|讲|关于|白皮书[里中]?(?:讲|说|提到|谈到?|指|写)?到?)[，,：:]?",
)
_POINTS_BACK = re.compile(
    rf"(?:the|that|this|those|these|it)(?: {_NOUN})?|{_WHO}(?: \w+){{1,3}} (?:it|that|this|them)|[这那]个?(?:数据|数字|数|说法|话)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"\b(?:need|have to|want to|must) (?:it|them|the reference|reference (?:it|them))\b|\bfor a (?:citation|slide)\b"
    r"|引用要?用$|标出处|going by the footnote",
    re.IGNORECASE,
)
# What is drawn has a source line, which words after a source find.
_DRAWN = re.compile(r"\b(?:chart|graph|map|table|photo|picture|image|diagram|infographic)s?\b|图|表(?![示明达])|照片", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:what|which|who|whose|how|when|where|why)\b|什么|哪|谁|多少|几|怎|为何|如何|是否|吗", re.IGNORECASE)
_STARTS = re.compile(rf"^(?:{'|'.join((*_BEFORE_ENGLISH, *_BEFORE_CHINESE))})", re.IGNORECASE)
_LEAD = re.compile(rf"^(?:{'|'.join(_BEFORE_CLAIM)})", re.IGNORECASE)
_ENDS = re.compile(rf"{_AFTER_ENGLISH}|(?<=[\u4e00-\u9fff\w%”」’)）])\s?{_AFTER_CHINESE}", re.IGNORECASE)


def claimed(question: Question) -> Question:
    """What is claimed, as a question after its source; the question itself where it asks for none, or for more than a source."""
    claim = claim_of(question.normalized) if question.kind == "source" else question.normalized
    if claim == question.normalized:
        return question
    return replace(analyse(claim), text=question.text, script=question.script, kind=question.kind)


def claim_of(text: str) -> str:
    """A question without its words after a source; all of it where it asks for more, or where these cannot be told from the rest."""
    if _DRAWN.search(text):
        return text
    kept, most_left_out = [], 0
    for clause in filter(None, map(str.strip, _CLAUSES.split(text))):
        if not _is_about_source(clause):
            if _ASKS.search(clause):
                return text
            kept.append(_LEAD.sub("", clause))
        elif not _says_enough(kept) and (claim := _without_asking(clause)) != clause and _says_enough([claim]):
            kept.append(claim)
        else:
            most_left_out = max(most_left_out, len(search_terms(clause)))
    return ", ".join(kept) if _says_enough(kept, most_left_out) else text


def _says_enough(clauses: list[str], words: int = 0) -> bool:
    return len(search_terms(" ".join(clauses))) >= max(words, _FEWEST_WORDS)


def _is_about_source(clause: str) -> bool:
    return asks_for_source(clause) or asks_whose(clause) or _POINTS_BACK.fullmatch(clause) is not None or _ASIDE.search(clause) is not None


def _without_asking(clause: str) -> str:
    return _ENDS.sub("", _LEAD.sub("", _STARTS.sub("", clause)))
