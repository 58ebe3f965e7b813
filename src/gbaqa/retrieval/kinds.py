"""The kind of answer that a question wants, told from its words in English and in (Simplified) Chinese."""

import re
from typing import Literal

from gbaqa.language.numerals import ENGLISH_VALUES, chinese_value

Kind = Literal["source", "comparison", "figure", "explanation", "list", "fact"]

# Tried in this order; a question that fits none of them asks for a fact.
_KINDS: dict[Kind, re.Pattern[str]] = {
    "source": re.compile(
        r"\b(?:sources?|cited|cites?|credited|(?:photo|picture|image|map) credits?|attributed|according to whom|footnote|reference[ds]?|citation|where (?:does|did|do) (?:that|the|this|it)"
        r" .{0,60}(?:come|figure|number)|(?:figures?|data|numbers?|claim|stat\w*) (?:come|came) from|based on (?:whose|(?:which|what) (?:report|data|survey|study|figures|numbers|statistics))|whose (?:data|figures?|numbers?))\b"
        r"|\bwhose (?:\w+ ){0,3}(?:report|survey|study|data|picture|photo|figures?|estimate|newsletter|bulletin|yearbook|website|database|press release|statistics|tally|census)|\bwho (?:published|compiled|reported|issued|produced|provided) (?:the|that|this) (?:data|figure|report|number|stat)"
        r"|\bwhere (?:does|did|do|is) (?!(?:\w+ ){0,2}(?:money|fund(?:s|ing)|capital|cash|water|power|energy|people|visitors|students|staff|workers)\b).{3,120}? come from|\bwhich \w*\s?(?:newspaper|outlet|agency|publication|website|media|organi[sz]ation|institution|bureau|paper) .{0,40}(?:report|say|said|cite|behind|source)"
        r"|\b(?:which|what) (?:document|report|publication|paper|survey|note|study)s? (?:supports?|backs?(?: up)?|stands? behind|is behind|underl(?:ies|ay|ie))\b"
        r"|\bwho says\b|\bwho said (?:so|this|that)\b|\b(?:body|agency|institution|outlet|name|source) behind (?:the|that|this|it)\b|\b(?:lifted|taken|borrowed|quoted|drawn) from\b|\bfootnoted\b"
        r"|哪[份个家间本] ?(?:newspaper|paper|department|dept|institute|bureau|platform|website|media|报纸?|网站|平台|研究院|研究所|部门)|从哪个?(?:网站|平台|地方)"
        r"|(?:data|数据|数字|这个数|figure|number|chart|图).{0,12}(?:哪个|哪家|哪间|谁).{0,12}(?:出|给|做|发|的)|引(?:的|了|用)?[那这哪𠮶]?份(?:文件|报告)|\bquote\b"
        r"|谁家的|谁的(?:报告|数据|调研|统计|说法|资料)|依据的?是?谁|哪家(?:报纸|媒体|网站)|哪个(?:网站|媒体)(?:出|的|发|公布|统计|提供)|引的是|跟谁.{0,6}(?:发布|出)|(?:跟|survey.{0,8}[与和同])哪[家间个](?:公司|机构|企业|单位)?.{0,8}(?:发布|出版|publish)|哪份(?:报告|资料)"
        r"|(?<!按)来源|出处|出自|引自|引用|援引|注释|脚注|注脚|依据谁|谁的数据|哪家的数据|数据来自|资料来自|根据哪|(?:基于|based on) ?哪[^，。？?]{0,8}(?:报告|数据|资料|统计|调查|研究|report|data|survey)|哪来的|边度嚟|从哪[儿里]?[来引]|哪里来|标注|注明"
        r"|谁(?:发布|公布|统计|提供)的?(?:数据|数字)|(?:数据|数字|资料).{0,12}(?:边度|哪里|哪儿|哪个机构|哪家)",
        re.IGNORECASE,
    ),
    "comparison": re.compile(
        r"\b(?:compare[ds]?|comparison|(?:stack|measure)(?:s|ed)? up|versus|vs\.?|higher|lower|larger|bigger|smaller|richer|most|least|highest|lowest|largest|biggest|smallest|richest"
        r"|top (?:three|two|five|\d)|rank(?:ed|s|ing)?|differ(?:s|ed|ence|ent)?|gap between|which (?:of|city|side|is) .{0,40}(?:more|er)\b)"
        r"|相比|比较|对比|谁(?:更|高|多|大)|哪个(?:更|高|多|大)|哪座(?:更|高|多|大)|最[高低多少大小强快]|排名|排第|差(?:多少|距|别)|高低|不同|区别|异同|(?:更|较)[高低多少大小快]|[比跟同]起来",
        re.IGNORECASE,
    ),
    "figure": re.compile(
        r"\bhow (?:many|much|large|big|long|old|far|fast|high|often|wide)\b"
        r"|\bwhat (?:percentage|share|proportion|fraction|number|amount|sum|total|size|rate)\b|\bwhat (?:is|was|were)\b.{0,50}\b(?:gdp|population|volume|value|output|revenue|turnover|price|cost)\b|\bby how much\b|\bwhen\b|\bwhat year\b|\bwhich year\b"
        r"|多少|(?<!哪)几(?!乎|个方面|方面|项|类|种|点|步|条)|多大|多长|多高|多快|百分之|何时|什么时候|哪[一]?年|哪[一]?月|规模(?:是|有|达)|占比(?:是|有)?",
        re.IGNORECASE,
    ),
    "explanation": re.compile(
        r"\bwhy\b|\bhow (?:do|does|did|is|are|was|were|can|could|will|would|should|come)\b|\bexplain\b|\breasons?\b|\bin what way\b|\bwhat role\b|\bwhat .{0,30} (?:mean|stand for)\b"
        r"|为什么|为何|为啥|怎么|怎样|如何|原因|怎会|什么作用|有何|有什么(?:意义|影响|作用|好处|问题|挑战)|是什么意思|指(?:的是)?什么|是什么",
        re.IGNORECASE,
    ),
    "list": re.compile(
        r"\bwhich\b|\blist\b|\bname (?:the|all|them|three|two|four|five)\b|\bwhat (?:are|were|kinds?|types?|sorts?|areas?|fields?|sectors?|industries|measures|steps|schemes)\b|\bwho (?:are|were|is|signed|set|took)\b"
        r"|哪些|哪几|边几|列出|列举|有几|几(?:个方面|方面|项|类|种)|包括什么|包含什么|分别是|都有谁|哪[两二三四五六七八九十]",
        re.IGNORECASE,
    ),
}
# How many things are to be told: "the three reasons", 哪三个方面.
_ITEMS = re.compile(
    rf"\b(?P<en>{'|'.join(name for name, value in ENGLISH_VALUES.items() if 1 < value < 10)}|[2-9]) (?:[\w-]+ ){{0,2}}?[a-z]+s\b"
    r"|(?P<zh>[两二三四五六七八九]|[2-9])(?=[个项大点种条类]|方面)",
    re.IGNORECASE,
)
_WANTS_PERCENT = re.compile(
    r"percent|per cent|%|share|proportion|growth|grew|grow|rise|rose|fell|fall|increase|rate|占比|比例|比重|百分|增速|增长|升幅|跌幅|同比|涨|率",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\bhow\b|\bwhen\b|\bwhich\b|\bwhat\b|\bwho(?:se)?\b|\bwhere\b|\bwhy\b|多少|几(?!乎)|哪|谁|什么|啥|怎|为何|何时|多大|多长|是否|吗",
    re.IGNORECASE,
)
_ASKS_OR_TELLS = re.compile(
    rf"[?？]|{_ASKS.pattern}|\b(?:is|are|was|were|do|does|did|can|could|has|have|had|will|would|should|tell|list|name|give|show|compare|explain|describe|summari[sz]e)\b"
    r"|是|有没有|能不能|可以|请|列|说|讲|介绍|比较|对比|解释|总结",
    re.IGNORECASE,
)
# Who found something out may be said in the text, or be the source in its note: either answers these.
_WHOSE = re.compile(
    r"\bwho (?:was it (?:that|who) |has |had )?(?:put out|publish\w*|compiled?|report(?:s|ed)|issue[ds]|test(?:s|ed)|check(?:s|ed)|found|counted|estimate[sd]|measure[sd]|survey(?:s|ed)|work(?:s|ed) out|calculate[sd]|says?|said|claim(?:s|ed)|audit(?:s|ed)|assess(?:es|ed)|stud(?:ies|ied)|research(?:es|ed)|came up with|drew up|did (?:the|that|this) (?:research|survey|study|count\w*|work))\b"
    r"|\bsays who\b|\bwhose (?:are|is) (?:they|these|those|it|this|that)\b"
    r"|\b(?:which|what) (?:[\w'’-]+ ){0,2}(?:watchdog|ministry|bod(?:y|ies)|agency|publication|journal|magazine|document|study|survey|notice|circular|organi[sz]ation|institute|institution|think[ -]tank|pollsters?|report)\b|\bwhose (?:notice|survey|study|estimate|count|ruling|decision|order)"
    r"|\bwhere (?:is|was|are|were) .{3,120}\bfrom\W*$"
    r"|(?:谁|哪[个份家本间期]\s?(?:刊物|文件|团体|机构|组织|单位|媒体|杂志|报告|调查|研究|部门|document|report|publication|body|agency)?).{0,8}(?:调查|统计|发布|公布|发表|评估|测算|计算|估计|披露|刊登|登过|出的|讲的|说的|做的|得出|评出|查的|publish|report|issue|survey)"
    r"|哪个(?:机构|部门|单位)(?:出|的|发|公布|统计|提供)|哪[份本期]\s?(?:刊物|文件|报告|杂志|document|report|publication)|(?:调查|统计|数据|数字|评估|评核|report|figure)\w*?[^，。？?]{0,8}是谁|(?:这话|说法|讲法)[^，。？?]{0,8}(?:哪里|哪儿|边度)"
    r"|是谁去?(?:查|评|量|数)|(?:是|系)[^，。？?]{1,24}(?:定|还是|抑或)[^，。？?]{1,12}(?:出|发|统计|公布)的?\W*$",
    re.IGNORECASE,
)
_EACH = re.compile(r"\beach\b|\bboth\b|\brespectively\b|各自|各有|各是|各占|分别|各(?:多少|几)", re.IGNORECASE)


def kind_of(text: str) -> Kind:
    """The kind of answer wanted."""
    return next((kind for kind, pattern in _KINDS.items() if pattern.search(text)), "fact")


def asks_whose(text: str) -> bool:
    """Whether it asks who found something out, published or said it: the note of what is stated may tell."""
    return _WHOSE.search(text) is not None


def wants_number(text: str) -> bool:
    """Whether a number or a date would answer it: most who type key words, neither a question nor a request, are after a figure."""
    return _KINDS["figure"].search(text) is not None or _ASKS_OR_TELLS.search(text) is None


def wants_percent(text: str) -> bool:
    """Whether a rate, a share or a change would answer it."""
    return _WANTS_PERCENT.search(text) is not None


def count_parts(text: str) -> int:
    """How many things are asked: question words, and one more for "each" and "respectively"; at most 4."""
    return min(max(len(_ASKS.findall(text)), 1) + bool(_EACH.search(text)), 4)


def items_asked(text: str) -> int:
    """How many things a question asks to be told, 2 to 9; 0 where it does not say."""
    found = _ITEMS.search(text)
    if found is None:
        return 0
    said = found.group("en") or found.group("zh")
    if said.isdigit():
        return int(said)
    return int(ENGLISH_VALUES[said.lower()] if found["en"] else chinese_value(said))
