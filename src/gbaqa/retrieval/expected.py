"""The type of answer that a question expects (an amount of money, a share, a date …), and whether a text states one."""

import re
from functools import lru_cache
from typing import Literal

from gbaqa.language.dates import MONTH_IN_FULL
from gbaqa.language.quantities import stated_quantities
from gbaqa.language.script import to_simplified

AnswerType = Literal["money", "percent", "date", "duration", "area", "distance", "rank", "law", "number", "reason"]

_ASKED: dict[AnswerType, re.Pattern[str]] = {
    "money": re.compile(  # words for money tell of the type only where they are what is asked for: patients' costs may be lowered by anything
        r"(?<!\bby )\bhow (?:many|much) (?:\w+ ){0,2}(?:dollars|yuan|billions?|millions?|money|cash|funding|capital|investment)\b|(?<!\bby )\bhow much (?:did|does|do|was|is|were|will|would|may|can|could) (?![^,.;?]*\b(?:go up|go down|rise|grow|increase|climb|fall|drop|decline|shrink)\b)[^,.;?]*\b(?:costs?|pay|paid|spen[dt]|invest\w*|worth|charge\w*|earn\w*|raise[ds]?|put)\b"
        r"|\bwhat(?:'s|’s| is| was| are| were| did| does| will| would) (?:[\w'’-]+ ){0,8}?(?:costs?|prices?|fees?|fares?|tickets?|rents?|bills?|invoices?|price tag|salar(?:y|ies)|wages?|income|worth|budget(?= (?:of|for|in)\b|\W*$)|revenue|turnover)\b"
        r"|\bhow (?:big|large|high|steep) (?:was|is|were|are) (?:[\w'’-]+ ){1,5}?(?:costs?|fees?|fares?|rents?|bills?|invoices?|salar(?:y|ies)|wages?|fines?|penalt(?:y|ies)|grants?|subsid(?:y|ies))\b"
        r"|\b(?:costs?|prices?|fees?|fares?|rents?|salar(?:y|ies)|wages?|income|budget|revenue|turnover)(?: (?:in|of|for|to|at|per|from)\b[^,.;?]*)?\s*\?*$"
        r"|(?:造价|费用|票价|价格|房价|楼价|租金|薪酬?|工资|人工(?!智能)|月入|收入|成本|总额|金额|投资额|市值|售价|补贴|补助|资助)[^，。；？?]{0,10}?(?:多少|几(?!乎|个|家|项)|是多|高吗)|(?:多少|几多?)(?:钱|亿|元|蚊|万)",
        re.IGNORECASE,
    ),
    "percent": re.compile(
        r"\bhow many (?:in|out of|of) every\b|\b(?:what|which) (?:percentage|per cent|percent|share|proportion|portion|fraction)\b|\bhow (?:big|large) a (?:share|part|slice)\b|\binterest rate\b|\bcoupon\b|\b(?:growth|vacancy|tax|unemployment|success|approval) rate\b|\bhow fast did\b"
        r"|百分之几|百分之多少|占比|比例是?多少|占.{0,8}(?:多少|几成|几多)|增速|增幅|升幅|跌幅|利率|息率|税率|(?:失业|空置|空缺|成功|回报|通过|覆盖)率",
        re.IGNORECASE,
    ),
    "date": re.compile(
        r"\bwhen\b|\bwh(?:at|ich) (?:year|date|month|day)\b|\bby when\b|\bsince when\b|哪年|何时|什么时候|哪一年|几时|哪个?月|几月|何年|哪天|几号|什么时间", re.IGNORECASE
    ),
    "duration": re.compile(r"\bhow long\b(?! ago| (?:is|are|was) (?:the )?[\w'’ -]{0,40}(?:bridge|tunnel|line|railway|road|route|wall|coast|coastline|border|river|embankment|pier|runway)\b)|\bhow many (?:years|months|days|hours|minutes|weeks)\b|多久|多长时间|几多?(?:年|个月|天|小时|分钟)(?![年月代])|年期|为期", re.IGNORECASE),
    "area": re.compile(r"\bhow (?:many|much) (?:square|sq|hectares|floor space|land|space)\b|\bfloor (?:area|space)\b|\bsquare (?:met|kilomet|feet)|多少平方|几多平方|面积|几多呎|占地", re.IGNORECASE),
    "distance": re.compile(r"\bhow far (?:is|are|was|apart|away|from|out)\b|\bhow many (?:kilomet\w*|km|miles)\b|\bhow long (?:is|are|was) (?:the )?[\w'’ -]{0,40}(?:bridge|tunnel|line|railway|road|route|wall|coast|coastline|border|river|embankment|pier|runway)\b|多远|有?[多几]长(?!时间|期|者|年)(?=\W*$|[，,？?])|多少公里|几多公里|里程|全长", re.IGNORECASE),
    "rank": re.compile(r"\bwhat (?:rank|place|position)\b|\bhow (?:high|well|low) (?:does|did|do) .{0,40}rank|\bwhere (?:does|did|do) .{0,40}\brank|\branks?\b|\branked\b|排第几|排名|名列第?几|第几名|排第", re.IGNORECASE),
    "law": re.compile(r"\b(?:which|what) (?:\w+ ){0,3}(?:laws?|ordinances?|regulations?|acts?|statutes?|legislation)\b|哪[部条项个]?(?:法律|条例|法规|法例|规定)|什么(?:法律|条例|法规)", re.IGNORECASE),
    "reason": re.compile(r"\bwhy\b|\bhow come\b|\bwhat (?:explains|caused|drove)\b|为什么|为何|为啥|什么原因|点解", re.IGNORECASE),
    "number": re.compile(r"\bhow many\b(?! (?:years|months|days|hours|minutes|weeks|(?:in|out of|of) every|percent|per cent)\b)|\bhow (?:big|large|much|high|tall)\b|\bwhat (?:number|amount|total|size)\b|\bby how much\b|(?:多少|几多)(?!年|天|小时|分钟|个月|钱|巴仙|percent)|(?<![哪边数这那好第])几(?=[个家间种张项条座人次名位只辆台份])|数量", re.IGNORECASE),
}  # fmt: skip
STATED_DATE = re.compile(rf"(?:19|20)\d{{2}}|\d{{1,2}}月|\b{MONTH_IN_FULL}\b")
# A number is stated where a quantity is, see `stated_types`: the year of an event is no number of anything.
_STATED: dict[AnswerType, re.Pattern[str]] = {
    "money": re.compile(r"(?:RMB|CNY|HK\$|HKD|US\$|USD|MOP|\$|¥|€|£)\s?\d|\d[\d,.]*\s?[万亿百千]*[余多]?(?:元|美元|港元|港币|人民币|澳门元|欧元|英?镑|日元|韩元|法郎|克朗|卢[比布]|比索|泰铢)|\b\d[\d,.]*(?:\s(?:million|billion|trillion))?\s(?:yuan|renminbi|dollars?|euros?|pounds?|yen|won|francs?|crowns?|kron\w+|rupees?|roubles?|pesos?|baht)\b|free of charge|免费"
        # Amounts in a currency that is not in the list, and cells of a table, whose unit stands in its heading.
        r"|\d[\d,.]*\s?(?:万亿|亿|[mb]illion\b|trillion\b)(?!人|[个家户次吨])|\d[\d,.]*\s?[万亿]?[余多]?[\u4e00-\u9fff]元|(?: \| |–\s).*\d"),
    "percent": re.compile(r"\d\s*\+?\s*(?:%|percent\b|per cent\b|个百分点)|分之[一二三四五六七八九十]|\b(?:half|third|quarter|fifth|two-thirds|three-quarters)\b|\d\s?倍|\btimes\b|[一二三四五六七八九]成(?!为|立|功|果|员|长|本)|一半"),
    "date": STATED_DATE,
    "duration": re.compile(r"\d+(?:\s?to\s?\d+|-\d+)?\s?-?(?:years?|months?|days?|hours?|minutes?|weeks?)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half)[- ](?:a )?(?:years?|months?|days?|hours?|minutes?)\b|\d+\s?(?:年|个月|天|日|小时|分钟|周)(?!\d|月)|[一二两三四五六七八九十半]+(?:年|个月|天|小时|分钟)|个半[月小]|\b(?:month|year|week|day|hour)s? and a half\b"),
    "area": re.compile(r"\d[\d,.]*\s?(?:million |万)?(?:square|sq|hectare|km2|㎡|平方|公顷|亩|呎)"),
    "distance": re.compile(r"\d[\d,.]*\s?-?(?:km|kilomet|met(?:re|er)s?\b|mile|公里|千米|海里|米(?!粉|饭))"),
    "rank": re.compile(r"第[一二三四五六七八九十\d]+|\b(?:first|second|third|fourth|fifth|\d+(?:st|nd|rd|th)|no\. ?\d|number \d|top|leading|largest|biggest|highest|ranks?|ranked)\b|首位|榜首|最[大高多]|名列|排名|前[十三五]|领先|冠军", re.IGNORECASE),
    "law": re.compile(r"《|\b(?:Law|Ordinance|Regulations?|Act|Measures|Rules|Provisions|Opinions)\b|条例|法律|规定|办法"),
    "reason": re.compile(
        r"\b(?:because|due to|owing to|since|therefore|thus|as a result|in order to|so as to|result|lead|caus|thanks to|enabl|driv|attribut|given|with the|by)\w*\b"
        r"|\b(?:unless|as long as|so long as|so that|only if|only when|without|otherwise|for want of|for lack of)\b"
        r"|只要|只有|除非|否则|以免|以致|缺乏|缺少|凭|靠|令(?![吨])|因|由于|从而|以便|故|导致|致使|得益于|为了|有助|有利于|所以|使得|随着|推动|带动|受",
        re.IGNORECASE,
    ),
}  # fmt: skip
# A share of money is no amount of it.
_SHARE_OF = re.compile(
    r"(\bshares?|\bpercent(?:age)?|\bper cent|%|\bportion|\bproportion|\bfraction) of [^,.;?]*?\b(?:income|budget|revenue|turnover|costs?|fees)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=1000)
def expected_types(question: str) -> frozenset[AnswerType]:
    """The types of answer that a question (in written Simplified Chinese or English) expects; empty where its words do not tell."""
    question = _SHARE_OF.sub(r"\1", question)
    return frozenset(kind for kind, pattern in _ASKED.items() if pattern.search(question))


@lru_cache(maxsize=50_000)
def stated_types(text: str) -> frozenset[AnswerType]:
    """The types of answer that a text states, in whichever script."""
    text = to_simplified(text)
    kinds = {kind for kind, pattern in _STATED.items() if pattern.search(text)}
    is_number_stated = any(quantity.kind != "rank" for quantity in stated_quantities(text))
    return frozenset(kinds | {"number"} if is_number_stated else kinds)
