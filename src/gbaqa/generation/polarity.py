"""Whether a sentence turns the meaning of its evidence round, or goes further than it does.

Opposites are looked for by word, in both languages: where the evidence says "rose" and nothing of falling, a sentence that
says "fell" fails. A negation, a superlative and a claim of completion need the like in the clause they rest on.
"""

import re
from collections.abc import Sequence

from gbaqa.generation.binding import CLAUSE, clauses
from gbaqa.generation.ground import Ground
from gbaqa.generation.material import Failure
from gbaqa.language.script import clean, language_of, to_simplified
from gbaqa.language.words import search_terms

# (one side, the other side): English and Chinese words of each.
_OPPOSITES = tuple(
    (re.compile(one, re.IGNORECASE), re.compile(other, re.IGNORECASE))
    for one, other in (
        (
            r"\b(?:increas\w*|ris(?:e|es|en|ing)|rose|grow\w*|grew|gain\w*|surg\w*|climb\w*|expand\w*)\b|增长|增加|上升|提高|提升|扩大|上涨",
            r"\b(?:decreas\w*|declin\w*|fall(?:s|en|ing)?|fell|drop\w*|shr[aiu]nk\w*|reduc\w*|contract(?:ed|ion)|plung\w*|cut)\b|下降|下跌|减少|下滑|萎缩|缩减|降低|回落",
        ),
        (r"\b(?:highest|most|largest|biggest|greatest|maximum|longest|top)\b|最[高大多长快强]", r"\b(?:lowest|least|smallest|fewest|minimum|shortest|slowest|bottom)\b|最[低小少短慢弱]"),
        (r"\bexport\w*|出口", r"\bimport(?:s|ed|ing)?\b|进口"),
        (r"\b(?:allow\w*|permit\w*|legal\w*|eligible|entitled)\b|允许|准许|可以|有资格", r"\b(?:prohibit\w*|ban(?:s|ned)?|forbid\w*|forbidden|ineligible|illegal\w*|barred)\b|禁止|不准|不得|无权"),
        (r"\bbefore\b|\bprior to\b|之前|以前", r"\bafter\b|之后|以后"),
        (r"\b(?:open(?:s|ed|ing)?|start\w*|launch\w*|beg[aiu]n\w*|found(?:ed)?)\b|开通|通车|开幕|启动|成立|开始", r"\b(?:clos(?:e[ds]?|ing|ure)|end(?:s|ed|ing)?|cancel\w*|abolish\w*|terminat\w*|dissol\w*|demolish\w*)\b|关闭|取消|停止|终止|结束|撤销|拆除"),
        (r"\b(?:support\w*|promot\w*|encourag\w*|in favou?r)\b|支持|鼓励|促进", r"\b(?:oppos\w*|reject\w*|discourag\w*|refus\w*|against)\b|反对|拒绝|阻止"),
        (r"\bmore than\b|\bover\b|\babove\b|\bexceed\w*|超过|高于|多于|以上", r"\bless than\b|\bfewer than\b|\bunder\b|\bbelow\b|不足|低于|少于|以下|不到"),
        (r"\b(?:north(?:ern)?)\b|北部|北面", r"\b(?:south(?:ern)?)\b|南部|南面"),
        (r"\b(?:surplus|profit\w*)\b|顺差|盈余|盈利", r"\b(?:deficit|loss(?:es)?)\b|逆差|赤字|亏损"),
        (r"\b(?:succe(?:ss|ed)\w*)\b|成功", r"\b(?:fail\w*)\b|失败"),
    )
)  # fmt: skip
# What happens a day does not happen a month: each has to stand in the evidence as well.
_RATES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\b(?:a|per|each|every) day\b|\bdaily\b|每[日天]|日均",
        r"\b(?:a|per|each|every) week\b|\bweekly\b|每周|每星期",
        r"\b(?:a|per|each|every) month\b|\bmonthly\b|每个?月|月均",
        r"\b(?:a|per|each|every) quarter\b|\bquarterly\b|每季|季均|环比",
        r"\b(?:a|per|each|every) year\b|\bannual\w*|\byearly\b|year-on-year|\bYoY\b|每年|年均|同比",
        r"\bper (?:capita|person|head)\b|人均",
    )
)
_NEGATION = re.compile(
    r"\b(?:not(?! only| least| just)|never|cannot|neither|nor|no longer|without|none|no)\b(?!\.\s?\d)|n['’]t\b"
    r"|没有|并非|并不|尚未|从未|未[能有曾获被来得](?<!未来)|无法|不[会能再是含包设需须必予准得允支]|无需|禁止|(?<![对])非(?=[由为])",
    re.IGNORECASE,
)
_SUPERLATIVE = re.compile(
    r"\b(?:only|sole(?:ly)?|unique\w*|every(?:one|where)?|always|largest|highest|biggest|greatest|lowest|smallest|fastest|longest|best|worst"
    r"|first(?:-ever)?|leading|top|second[- ]largest|third[- ]largest|most)\b|唯一|最[高大多长快强低小少短慢佳优好早先]|首[个家次座位条]|第一|全部|所有|居首|领先",
    re.IGNORECASE,
)
# That one thing comes of another, said in the middle of a sentence; at its beginning it answers a question that asks why.
_CAUSE = re.compile(
    r"(?<=[\w,;] )(?:because|due to|owing to|therefore|thus|hence|thereby|as a result|consequently|caus(?:es?|ed|ing)|leads? to|led to|leading to"
    r"|results? in|resulted in|resulting in|thanks to)\b|(?<=[，。；,;])(?:因为|因此|由于|所以|故此?|从而|以致|致使|得益于)|导致|使得",
    re.IGNORECASE,
)
_CAUSE_PRINTED = re.compile(
    r"\b(?:because|due to|owing to|since|therefore|thus|hence|thereby|as a result|as such|consequent\w*|caus(?:e[sd]?|ing)|lead(?:s|ing)? to|led to"
    r"|result\w* (?:in|from)|thanks to|so that|so as to|enabl\w+)\b|因[为此而]|由于|所以|故[此而]|从而|以致|致使|得益于|导致|使得|以便",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:already|has been|have been|was|were|completed|achieved|had)\b|已经?|了(?=[，。,；]|$)|完成了|建成了", re.IGNORECASE
)
_OPEN = re.compile(
    r"\b(?:will|would|may|might|could|plan(?:s|ned)?|expect\w*|propos\w*|intend\w*|aim\w*|target\w*|by 20\d\d|to be|hope\w*|forecast\w*)\b"
    r"|将|拟|计划|预计|有望|可能|目标|力争|争取|规划|预期|打算",
    re.IGNORECASE,
)


def polarity_fails(text: str, ground: Ground) -> Failure | None:
    """Whether a clause says the opposite of the clause of the ground that it comes nearest to, or goes further than it does."""
    own = to_simplified(clean(text))
    quoted = to_simplified(clean("\n".join(ground.quotes)))
    if _SUPERLATIVE.search(own) and not _SUPERLATIVE.search(quoted):
        return "polarity"
    if _CAUSE.search(own) and not _CAUSE_PRINTED.search(quoted):
        return "polarity"
    if any(rate.search(own) and not rate.search(ground.text) for rate in _RATES):
        return "polarity"
    pieces = _pieces(own, ground)
    if _is_negated(own) != _is_negated(_nearest(own, pieces)):
        return "polarity"
    for clause in clauses(own):
        resting_on = _nearest(clause, pieces)
        for one, other in _OPPOSITES:
            for side, opposite in ((one, other), (other, one)):
                if side.search(clause) and not opposite.search(clause) and opposite.search(resting_on) and not side.search(resting_on):
                    return "polarity"
        if _OPEN.search(resting_on) and not _OPEN.search(own) and _DONE.search(clause) and not _DONE.search(resting_on):
            return "polarity"
    return None


def _is_negated(text: str) -> bool:
    return len(_NEGATION.findall(text)) > 0


def _pieces(own: str, ground: Ground) -> list[tuple[str, frozenset[str]]]:
    """The runs of clauses of the quotes in the sentence's language, each with its words."""
    same = [to_simplified(clean(quote)) for quote in ground.quotes if language_of(quote) == language_of(own)] or [ground.text]
    runs = [run for quote in same for run in (*_runs_of_clauses(quote), quote)]
    return [(run, frozenset(search_terms(run))) for run in runs]


def _nearest(own: str, pieces: Sequence[tuple[str, frozenset[str]]]) -> str:
    """The piece that shares most of its words and of the sentence's own, the shorter of two that are equally near."""
    words = frozenset(search_terms(own))
    return max(
        pieces, key=lambda piece: (2 * len(words & piece[1]) / (len(words) + len(piece[1]) or 1), -len(piece[0])), default=("", words)
    )[0]


def _runs_of_clauses(quote: str) -> list[str]:
    """One, two or three clauses that follow each other."""
    ends = [0, *(match.end() for match in CLAUSE.finditer(quote)), len(quote)]
    return [quote[start:end] for at, start in enumerate(ends) for end in ends[at + 1 : at + 4] if quote[start:end].strip()]
