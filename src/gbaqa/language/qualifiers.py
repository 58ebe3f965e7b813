"""What the words around a number say of it: more or less than that, about, at most; rising or falling."""

import re
from typing import Literal

from gbaqa.language.segment import Span

Qualifier = Literal["", "over", "nearly", "about", "most"]

# Read backwards from the number: a cue ends right in front of it, fillers between them are skipped.
_BEFORE: tuple[tuple[Qualifier, str], ...] = (
    ("most", r"不(?:超过|多于|高于|大于)|不得(?:超过|多于|高于|大于)|至多|最多|最高(?:可|达)?|不逾|最长|最久|(?<!add )(?<!adds )(?<!added )(?<!adding )(?<!go )(?<!goes )(?<!went )(?<!rise )(?<!rises )(?<!rose )up to|at most|(?<!，)(?<!。)不过|no(?:t)? (?:more|higher|greater) than|no (?!less|fewer|lower|small|short|young|light|earl|cheap|near)[a-z]+er than|neither(?: [a-z]+){0,2} (?:more|higher|greater) than|not exceeding|(?:a )?maximum(?: [a-z]+){0,2} of|maximum"),
    ("over", r"超过?|超出|逾|突破|多于|高于|大于|不(?:少于|低于|小于|短于)|不得(?:少于|低于|小于|短于)|至少|最少|起码|最低|(?:more|greater|higher|larger|bigger|older|heavier|longer|taller|wider|deeper|warmer) than|beyond|(?<!all )over|above|exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|at least|(?:a )?minimum of|no(?:t)? (?:less|fewer|lower|smaller|shorter|younger|lighter) than|upwards of|in excess of|topped"),
    ("nearly", r"接近|将近|(?<![最])近|不到|不足|未满|不满|不及|低于|少于|小于|差不多|几近|几乎是|nearly|almost|closer? to|(?:less|fewer|lower|smaller|shorter|younger|lighter|cheaper|cooler) than|under|below|approaching|just short of|not (?:even|quite)"),
    ("about", r"大约|约为|约|大概|about|around|approximately|roughly|circa|some|an estimated"),
)  # fmt: skip
_NUMBER = r"(?:[\d$]|RMB|HK|US|a |one|two|three|four|five|six|seven|eight|nine|ten|twenty|half)"
_AFTER: tuple[tuple[Qualifier, str], ...] = (
    (
        "over",
        rf"(?:及|或|、)?以上|有余|[以之]外|[稍略]多|多一[点些]|开外|多(?=[，。；、）)的过来以前后时间]|$)|强(?=[，。；、）)的]|$)|(?: [a-z-]+){{0,2}}? (?:(?:and|or) (?:above|over|more|older)|upwards)\b(?! than\b|\s?{_NUMBER})",
    ),
    ("about", r"左右|上下| or so\b"),
    ("most", r"以内|为限| ?(?:and|or) (?:below|less|under)\b| at (?:the )?most\b"),
    ("nearly", r"以下|弱(?=[，。；、）)的]|$)"),
)
_MEASURE_WORD = re.compile("人次|[家个名人口户项座种只条次所件辆艘位部间]")
_INSIDE = re.compile(r"[余多+]")
# "no flat may have less than 26": at least that many.
_DENIED = re.compile(r"\bno\b[^.;,]{1,60}\b(?:may|must|can|shall|should|could|will|run)\b[^.;,]{0,20}$", re.IGNORECASE)
_ZH_DENIED = re.compile("不(?:得|能|可|准|应)[^，。；]{0,12}$")
_TURNED: dict[Qualifier, Qualifier] = {"nearly": "over", "over": "most"}
_FILLER = re.compile(
    r"(?:了|至|到|达到?|已|已经|给予|奖励|提供|资助|投资|为|总?额|人民币|港币|的|“|\b(?:a|an|of|total|value|worth|sum|by|to|overall|(?:RMB|HK\$|US\$|MOP))\b\s?|[ \u0001])$",
    re.IGNORECASE,
)
_FOUND_BEFORE = [
    (name, re.compile(rf"(?:\b|(?<=[\u4e00-\u9fff，、（(]))(?:{pattern})(?:\s*|(?<=[a-z])-)$", re.IGNORECASE)) for name, pattern in _BEFORE
]
_FOUND_AFTER = [(name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _AFTER]
_ANYWHERE = {name: re.compile(pattern, re.IGNORECASE) for name, pattern in _BEFORE} | {
    "about": re.compile(r"大约|约|大概|估计|估算|左右|\b(?:about|around|approximately|roughly|circa|some|estimat\w*)\b", re.IGNORECASE),
    "most": re.compile(
        r"最高|最多|最长|最久|至多|上限|以内|高达|多达|不超过|封顶|仅|只|为限|maximum|up to|at most|ceiling|\bcap\b|as (?:much|many|high) as|not exceed|\bonly\b|\bjust\b",
        re.IGNORECASE,
    ),
    "over": re.compile(
        r"超|逾|突破|余|多[家个名万亿]|以上|高于|至少|最少|起码|最低|(?<![未不])满(?=[\d一二两三四五六七八九十])|more than|\bover\b|above|exceed|surpass|at least|minimum|a little more|\bpass(?:es|ed|ing)?\b|\+",
        re.IGNORECASE,
    ),
}
# 近三年 is "the past three years", 已近三年 "nearly three years"; "over the past" and "under the" are no qualifiers of what follows.
_RECENT = re.compile(r"(?:^|[^已将了])近$")
# "RMB5 billion over ten years" says in what time; "for over ten years" and "over ten years ago" more than that.
_LASTING = re.compile(
    r"\b(?:spent|spans?|spanning|lived|served|worked|needs?|requires?|than|by|from|just|only|well|already|already been|for|of|with|after|is|are|was|were|ha[sdve]+|lasts?|lasted|takes?|took) $",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"[\d.a-z]{1,24}(?:[ -][a-z]{1,24})? ?(?:years|months|weeks|days|hours|minutes)\b(?! (?:ago|old|earlier|later)\b)", re.IGNORECASE
)
_AGO = re.compile(r",? ?(?:ago|before|earlier)\b", re.IGNORECASE)
_SPREAD = re.compile(
    r"\b(?:spread|spreads|spreading|distributed|scattered|shared|split|extends?|extending|turn(?:s|ed|ing)?|taken?|took) $", re.IGNORECASE
)
_PASSED = re.compile(r"\b(?:pass|cross)(?:es|ed|ing)? (?:the )?$", re.IGNORECASE)
_SCALED = re.compile(r"million|billion|trillion", re.IGNORECASE)
_PERIOD = re.compile(r"[一二三四五六七八九十两几\d]{1,8}(?:个?月|年|天|周|日)")

_UP = r"增长|增加|上升|提高|提升|扩大|增幅|增速|升|涨|提速|增|grow(?:s|n|ing|th)?|grew|rose|rise[ns]?|rising|increas\w+|up\b|gain(?:ed|s)?|higher|expand\w*|surg\w+"
_DOWN = r"下降|下跌|下滑|减少|收缩|萎缩|跌|降|减|缩减|declin\w+|decreas\w+|drop(?:ped|s)?|fell|fall(?:s|en|ing)?|down\b|shr[aiu]nk\w*|lower\w*|contract(?:ed|ion)|reduc\w+"
_DIRECTION = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})", re.IGNORECASE)
_ADDED = re.compile(
    r"增长|增加|增幅|提高|上升|扩大|多出?了?|grew|grow(?:n|th)|increas\w+|rose|risen?\b|up by|more than doubled", re.IGNORECASE
)
_REACHED = re.compile(r"是|为|相当于|达到?|增[至到]|的\s*$|\b(?:is|was|were|are|to)\b", re.IGNORECASE)
_CLAUSE_START = re.compile(r"[。；;.](?!\d)|[,，](?!\s?[\d(（])|\b(?:which|accounting|contributing|reaching)\b")
_CLAUSE_END = "，。；;：:,.、（(|"


def qualifier_of(text: str, start: int, number: Span, end: int) -> tuple[Qualifier, int, int]:
    """The qualifier of a number that stands at `number` and, with currency and unit, from `start` to `end`.

    Also where number and qualifier together begin and end.
    """
    window = max(0, start - 96)
    before = text[window:start]
    if start < number[0]:  # "over the RMB5 billion mark", but not "under the six headings"
        before = re.sub(r"\bthe $", "", before)
    if _PASSED.search(before) and _SCALED.search(text[slice(*number)]):
        return "over", start, end
    if found := _qualifier_before(text, window, before, number, end):
        return found if found[0] else ("", start, end)
    if text.startswith("过半", number[0]):
        return "over", start, end
    if _INSIDE.search(text[number[0] : end]) or text[number[1] : number[1] + 1] in tuple("余多+"):
        return "over", start, max(end, number[1] + 1)
    counted = _MEASURE_WORD.match(text, end)
    for name, pattern in _FOUND_AFTER:
        if match := pattern.match(text, end) or (counted and pattern.match(text, counted.end())):
            return _TURNED[name] if name == "over" and _ZH_DENIED.search(before) else name, start, match.end()
    return "", start, end


def _qualifier_before(text: str, window: int, before: str, number: Span, end: int) -> tuple[Qualifier, int, int] | None:
    """The qualifier in `before`, the text from `window` to a number, and where both begin and end; "" where its word says nothing."""
    for _ in range(6):
        for name, pattern in _FOUND_BEFORE:
            if (match := pattern.search(before)) and not (_RECENT.search(before) and _PERIOD.match(text, number[0])):
                if _qualifies_nothing(text, before[: match.start()], match.group(), number, end):
                    return "", window, end
                is_denied = match.group()[0].isascii() and _DENIED.search(before, 0, match.start())
                return _TURNED.get(name, name) if is_denied else name, window + match.start(), end
        filler = _FILLER.search(before)
        if not filler:
            break
        before = before[: filler.start()]
    return None


def _qualifies_nothing(text: str, before: str, cue: str, number: Span, end: int) -> bool:
    """Whether a cue in front of a number says nothing of its size: "cheaper than five years ago", "spread over 3.3 cities"."""
    if cue.strip().lower() == "over" and _SPREAD.search(before):
        return True
    if cue.strip().lower() == "under" and text[slice(*number)].lower() == "one":
        return True  # "under one roof"
    return (cue.rstrip().lower().endswith("than") and _AGO.match(text, end) is not None) or _is_duration(text, before, cue, number)


def _is_duration(text: str, before: str, cue: str, number: Span) -> bool:
    """Whether "over" in front of a time says during which an amount was reached: RMB5 billion over ten years."""
    if cue.strip().lower() != "over" or not _TIME.match(text, number[0]):
        return False
    return bool(before.strip()) and _LASTING.search(before) is None


def cues(text: str, qualifier: Qualifier) -> int:
    """How many words of this qualifier a text has anywhere."""
    return len(_ANYWHERE[qualifier].findall(text)) if qualifier else 0


def direction_near(text: str, start: int, end: int) -> int:
    """1 or -1 where the words around a number say that something rises or falls by it, else 0."""
    begin = max([0, start - 60, *(match.end() for match in _CLAUSE_START.finditer(text, max(0, start - 60), start))])
    before = list(_DIRECTION.finditer(text, begin, start))
    after = _DIRECTION.search(text, end, min(len(text), end + 14))
    if after and not re.search(rf"[{_CLAUSE_END}]| and ", text[end : after.start()]) and text[end : end + 1] not in "，。":
        chosen = after if not before or start - before[-1].end() > after.start() - end else before[-1]
    elif before:
        chosen = before[-1]
    else:
        return 0
    return 1 if chosen.lastgroup == "up" else -1


def is_increment(text: str, start: int, end: int) -> bool:
    """Whether a multiple is what is added (增长4倍, "grew 4 times") rather than what is reached (是4倍, "4 times that of")."""
    if re.search(r"[增涨升]幅[^，。；;]{0,16}$", text[max(0, start - 24) : start]):
        return True
    clause = re.split(f"[{_CLAUSE_END}]", text[max(0, start - 40) : start])[-1]
    added = list(_ADDED.finditer(clause))
    reached = list(_REACHED.finditer(clause))
    if not reached and re.match(r"[^，。；;,.]{0,16}(?:增幅|增长|increase|growth)", text[end:]):
        return True
    return bool(added) and (not reached or added[-1].end() > reached[-1].end())
