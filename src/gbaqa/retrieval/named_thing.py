"""Questions after a thing by its name alone: "what is QFLP", 河套是做什么的, "Where is Daya Bay?", 深港通几时开通.

Little but the name tells what answers them, so it is taken by the letter: what has it answers, and among it what explains it.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from gbaqa.index.navigation import both_texts
from gbaqa.index.store import SearchIndex
from gbaqa.language.places import places
from gbaqa.language.script import HAN, to_simplified
from gbaqa.language.words import search_terms
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.promotion import moved
from gbaqa.retrieval.question import Question

# No name is "a thing of that kind", nor what something has.
_NO_NAME = "an?|of|in|on|for|to|with|by|from|at|about|between|that|this|it|its|my|your|their|there|or|not"
_WORD = rf"(?!(?:{_NO_NAME})\b)(?!\w+['’]s\b)[A-Za-z0-9“”\"’'&.+-]+"
_IN_QUOTES = r"[“\"「『][^”\"」』]{2,40}[”\"」』]"  # may have anything in it
_THING = rf"(?P<thing>{_IN_QUOTES}|{_WORD}(?: (?:and )?{_WORD}){{0,4}})"
_CHINESE_THING = rf"(?P<thing>{_IN_QUOTES}|[^，,。；;：:？?的和与同跟]{{2,14}}?)(?:说白了|其实|具体|到底|究竟)?"
_ASKED = (
    "what(?:['’]s| is| was) (?:meant by )?|define |explain |introduce |describe |tell (?:me|us) about |meaning of "
    "|(?:please )?(?:brief|fill) (?:me|us) (?:in )?on |(?:please )?(?:give|get) (?:me|us) (?:an? )?(?:quick |short |brief |simple )?"
    "(?:explanation|overview|summary|description|definition|outline|introduction) (?:of|to) "
)
_SORT_OF_NAME = "(?:the )?(?:(?:abbreviation|acronym|term|name|short form) )?"
_SORT_OF_NAME_ZH = "(?: ?(?:这|那)个)? ?(?:缩写|简称|名词|词|概念|term|word|name|phrase|abbreviation|acronym|concept)? ?"
_FULL_NAME = "(?:(?:full|complete|whole) (?:english |chinese )?|(?:english |chinese )(?:full |complete )?)name"
_FULL_NAME_ZH = "(?:(?:中文|英文|英语|汉语|正式|完整) ?)?(?:全名|全称|全写|完整名称)"
_PLACE = r"(?:in )?(?:which|what) (?:city|place|town|district|part of [\w ]{2,20}?)"
_ASKS_WHAT = (
    re.compile(rf"what(?:['’]?s| is) (?:the )?(?P<thing>[A-Z0-9+.&-]+(?: [A-Z0-9+.&-]+){{0,4}})['’]s {_FULL_NAME}", re.IGNORECASE),
    re.compile(rf"(?:what(?:['’]?s| is) )?(?:the )?{_FULL_NAME} (?:of|for) (?:the )?{_THING}", re.IGNORECASE),
    re.compile(rf"(?!what\b){_CHINESE_THING}(?:的|个)? ?(?:{_FULL_NAME_ZH}|{_FULL_NAME})(?:是|叫)?(?:什么|啥)?", re.IGNORECASE),
    re.compile(rf"(?:{_ASKED})(?:the )?{_THING}(?: all)?(?: about)?", re.IGNORECASE),
    re.compile(rf"(?:what does |how does ){_SORT_OF_NAME}{_THING} (?:mean|stand for|work)", re.IGNORECASE),
    re.compile(rf"{_THING} (?:meaning|definition|explained)", re.IGNORECASE),
    re.compile(rf"{_THING} ?[:,–—-] ?(?:what(?:['’]?s| is) (?:that|it|this)|what does (?:that|it|this) mean)", re.IGNORECASE),
    re.compile(rf"(?:(?:can|could|would) (?:you|u|someone) (?:please )?)?explain what (?:the )?{_THING} (?:is|means)", re.IGNORECASE),
    re.compile(rf"(?:can|could|would) (?:you|u|someone) (?:please )?explain (?!what\b)(?:the )?{_THING}", re.IGNORECASE),
    re.compile(rf"(?:可不可以|能不能|能否|可否|麻烦)? ?(?:explain|解释) ?(?:一下|下)? ?what (?:the )?{_THING} (?:is|means)", re.IGNORECASE),
    re.compile(rf"{_CHINESE_THING}{_SORT_OF_NAME_ZH}(?:是|即是|即|是指|指|乃|代表)(?:什么|啥|何物)(?:东西|来的?|意思|玩意)?"),
    re.compile(rf"{_CHINESE_THING}{_SORT_OF_NAME_ZH}(?:refers? to|means?|stands? for) ?(?:什么|啥)(?:东西|来的?|意思)?", re.IGNORECASE),
    re.compile(rf"{_CHINESE_THING}(?:是|用来)(?:做|干)(?:什么|啥)的?"),
    re.compile(r"(?:什么是|什么叫|何谓|啥是|介绍(?:一下|下)?|想(?:认识|识)(?:一下|下)?)(?P<thing>[^，,。；;：:？?的]{2,14})"),
    re.compile(r"(?:能不能|能|可以|请)?(?:说说|讲讲)(?P<thing>《[^》]{2,20}》|[^，,。；;：:？?的]{2,14}?(?=是))(?:是(?:一?[个部份项种])?什么.{0,3}|吗)?"),
)  # fmt: skip
_ASKS_WHERE = (
    re.compile(rf"{_PLACE} (?:is|are|lies?) (?:the )?{_THING}(?: located| in)?", re.IGNORECASE),
    re.compile(rf"{_THING} ?[:,–—-] (?:where is it|{_PLACE} is it(?: in)?)", re.IGNORECASE),
    re.compile(rf"where(?:['’]s| is| are) (?:the )?{_THING}(?: located)?", re.IGNORECASE),
    re.compile(rf"{_CHINESE_THING}(?:位于|在|是在)(?:哪里|哪儿|哪|什么地方|何处)"),
    re.compile(r"(?:想|请)?(?:找|查)(?:一下|下)?(?P<thing>[^，,。；;：:？?的]{2,14})的(?:位置|地址|所在地?)"),
)
_BEGAN = (
    "start(?:ed)?|beg[iau]n|open(?:ed)?|launch(?:ed)?|established|founded|set up|introduced|inaugurated|completed"
    "|come into (?:force|use|effect|being)"
)
_BEGAN_ZH = "开通|启用|启动|开始|成立|推出|落地|通车|开业|开放|运行|运营|生效|设立|建成|上线|实施|公布|发布"
_ASKS_WHEN = (
    re.compile(rf"(?:since )?when (?:did|was|were|has|is) (?:the )?{_THING} (?:been )?(?:first |officially )?(?:{_BEGAN})", re.IGNORECASE),
    re.compile(rf"{_CHINESE_THING}是?(?:在|于)?(?:什么时候|几时|何时|哪一?年)(?:正式|开始)?(?:{_BEGAN_ZH})的?"),
)
_ALONE = (
    re.compile(rf"(?!(?i:what|which|who|why|how|when|where|is|are|was|were|do|does|did|has|have|can|will|should)\b){_THING}"),
    re.compile(r"(?P<thing>[\u4e00-\u9fffA-Za-z0-9+“”「」]{2,8})"),
)  # a name and nothing else, or any key words
# What is asked besides, of which the name is the subject as well: "…, and who runs it?"
_BESIDES = re.compile(
    r",? and (?=(?:which|who|what|how|when|where|why)\b)|[?？:：] *(?=\S)"
    r"|[，,](?=[^，,]{0,6}(?:哪|谁|什么|啥|几|多少|怎|为何|有没有|是否))",
    re.IGNORECASE,
)
_ENDS = " ?？!！。."
_QUOTED = re.compile(r"[“\"「『《](?P<name>[^”\"」』》]{2,})[”\"」』》]")  # the "4+6+N" formula is called so
_QUOTES = re.compile(r"[“”\"「」『』《》]")
_IS = r"(?:is|are|was|were|refers?|means?|aims?|consists?|comprises?|serves?|stands?|provides?|enables?|allows?)\b"
_STARTS = r"(?:launch|introduc|establish|set up|roll(?:ed|s) out|announc|推出|启用|成立|设立|公布|发布|启动)"
# Where a date stands next to a NAME: that of when it began, not of when it began something.
_YEAR, _YEAR_ZH = r"\b(?:19|20)\d\d\b", r"(?:19|20)\d\d年(?:\d{1,2}月)?(?:\d{1,2}日)?"
_ITSELF = rf"NAME\b[^.;\d]{{0,15}}(?:\b(?:was|were|been|being)\b[^.;\d]{{0,20}}(?:{_BEGAN})|(?:started|began|opened|came into))"
_BEGAN_ITSELF_ZH = "(?:正式|全面|首次|已)?(?:开通|启用|启动|成立|落地|通车|开业|开放|开始|运行|运营|生效|建成|上线|挂牌|揭牌)"
_ITS_BEGINNING = r"(?:launch|establishment|inception|introduction|opening|foundation)"
_DATED = "|".join(
    (
        rf"{_YEAR_ZH}[，,]?[^，。；\d]{{0,4}}NAME{_BEGAN_ITSELF_ZH}",
        rf"NAME{_YEAR_ZH}{_BEGAN_ITSELF_ZH}",
        rf"NAME(?:已)?[于在自]{_YEAR_ZH}[^，。；\d]{{0,6}}(?:{_BEGAN_ZH})",
        rf"{_YEAR_ZH}[，,]?[^，。；\d]{{0,12}}(?:{_BEGAN_ZH})[^，。；、\d的]{{0,14}}NAME",
        rf"{_YEAR}[^.;\d]{{0,30}}{_ITSELF}",
        rf"{_ITSELF}[^.;\d]{{0,20}}{_YEAR}",
        rf"{_YEAR}[^.;\d]{{0,30}}\b(?:{_BEGAN}) (?:the |its |a )?NAME\b",
        rf"{_ITS_BEGINNING}\b[^.;\d]{{0,20}}{_YEAR},? (?:the )?NAME\b",
        rf"{_ITS_BEGINNING} of (?:the )?NAME\b[^.;\d]{{0,20}}{_YEAR}",
    )
)
_NEAR = 5.0  # behind the best that has the name, in score
_EXPLAINED, _SUBJECT, _BEGUN = 4.0, 1.5, 1.0  # in score, for a statement that has the name; found on short questions of our own


@dataclass(frozen=True, slots=True)
class NamedThing:
    """What a question names to have it explained or located.

    Attributes:
        name: as asked, in Simplified characters.
        wants_place: whether it is asked where the thing is, rather than what.
        wants_date: whether it is asked when it began.
        is_alone: whether nothing is asked: what stands alone may be no name.
        with_more: whether anything else is asked about it: "…, and who runs it?"
    """

    name: str
    wants_place: bool = False
    wants_date: bool = False
    is_alone: bool = False
    with_more: bool = False

    def is_told_by(self, found: Evidence, text: str) -> bool:
        """Whether a statement (`text` in both languages) or its heading has the name, and names a place or the date if asked."""
        if self.wants_place and not places(text) - places(self.name):
            return False
        if self.wants_date:
            return is_dated(text, self.name)
        return _has(text, self.name) or _has(found.chunk.context, self.name)


def named_thing(question: Question) -> NamedThing | None:
    """What a question asks to have explained or located, or says alone; None for any other question."""
    whole = question.normalized.strip(_ENDS)
    first = _BESIDES.split(whole, maxsplit=1)[0].strip(_ENDS)
    asked = (_ASKS_WHAT, _ASKS_WHERE, _ASKS_WHEN)
    for text, patterns in (*((whole, each) for each in (*asked, _ALONE)), *((first, each) for each in asked)):
        if found := next(filter(None, (pattern.fullmatch(text) for pattern in patterns)), None):
            quoted = _QUOTED.search(found["thing"])
            name = _QUOTES.sub("", quoted["name"] if quoted else found["thing"]).strip(" '-")
            return NamedThing(
                name,
                wants_place=patterns is _ASKS_WHERE,
                wants_date=patterns is _ASKS_WHEN,
                is_alone=patterns is _ALONE,
                with_more=text != whole,
            )
    return None


def explaining_first(thing: NamedThing, ranked: list[Evidence], index: SearchIndex) -> list[Evidence]:
    """Ranked evidence in which what explains or dates a thing comes first, of what has its name and is near the best of that."""
    named = [at for at, found in enumerate(ranked) if has_name(index, found.row, thing)]
    if not named or (thing.is_alone and not _is_near(ranked[named[0]], ranked[0])):
        return ranked
    near = [at for at in named if _is_near(ranked[at], ranked[named[0]])]
    gains = {at: max(_explains(text, thing) for text in both_texts(index, ranked[at].row)) for at in near}
    best = max(gains, key=lambda at: (ranked[at].score + gains[at], -at))
    return moved(ranked, best, 0)


def has_name(index: SearchIndex, row: int, thing: NamedThing) -> bool:
    """Whether a statement or its twin has the name of a thing, to the letter."""
    return any(_has(text, thing.name) for text in both_texts(index, row))


def _is_near(found: Evidence, best: Evidence) -> bool:
    return best.score - found.score < _NEAR


def _explains(text: str, thing: NamedThing) -> float:
    """How much more likely a statement that has the name tells what it is, where, or when it began: in score."""
    if thing.wants_date:
        return _EXPLAINED if is_dated(text, thing.name) else 0.0
    text, name = to_simplified(text), re.escape(thing.name)
    if thing.wants_place:
        return _SUBJECT if places(text) - places(thing.name) else 0.0
    if re.search(rf"[（(][“\"]?{name}[”\"]?[）)]|{name}[”\"》]?\s?[（(]", text, re.IGNORECASE):
        return _EXPLAINED
    if re.search(rf"(?:^|[,，;；:：。.] ?|\bthe )[“\"《]?{name}[”\"》]?,? ?(?:{_IS}|[是为指即由]|旨在|作为)", text, re.IGNORECASE):
        return _SUBJECT
    return _BEGUN if re.search(_STARTS, text, re.IGNORECASE) else 0.0


def is_dated(text: str, name: str) -> bool:
    """Whether a text says next to a name when it began: 自2029年3月海藻通启用, "Kelp Link was launched in March 2029"."""
    of_name = _DATED.replace("NAME", re.escape(name))
    return re.search(of_name, _QUOTES.sub("", to_simplified(text)), re.IGNORECASE) is not None


@lru_cache(maxsize=50_000)
def _has(text: str, name: str) -> bool:
    """Whether a text has a name, whatever the endings of English words."""
    if HAN.search(name):
        return _plain(name) in _plain(text)
    return f" {' '.join(search_terms(name))} " in f" {' '.join(search_terms(text))} "


def _plain(text: str) -> str:
    return _QUOTES.sub("", to_simplified(text).replace(" ", "")).lower()
