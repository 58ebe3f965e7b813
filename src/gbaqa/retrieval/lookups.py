"""Questions after a place in the document: which page or chapter speaks of something, what a page holds, what chapters there are.

Told from the words of a question, in English or in written Simplified Chinese. A question after a fact that only mentions a
page or a chapter ("what does the finance chapter say of …") is none, nor is one after pages of something else.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from gbaqa.language.numerals import chinese_value
from gbaqa.language.places import place_forms
from gbaqa.language.words import jieba_cut, search_terms
from gbaqa.retrieval.cues import refers_back
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.requests import is_nothing_else

Wanted = Literal["place", "chapter", "page", "pages", "chapters"]

_NUMERAL = r"(?:\d{1,4}|[一二三四五六七八九十百零〇]+)"
_NOUN = r"(?:white ?paper|paper|report|document|booklet|brochure|publication|text|pdf|file)"
_PAPER = rf"(?:(?:the|this|that|your|its) )?(?:whole |entire )?(?:{_NOUN}|it)"
_PAPER_ZH = r"[这那该整]?[份本个篇]?(?:白皮书|报告书?|文件|文档|文章|小?册子?|书|全文|全书|它|东西|pdf)"
_CHAPTER_ZH = r"(?<![文规印徽宪勋奖会])章(?!程)"
# Pages and chapters of something else than the document, and what its headings do not tell.
_NOT_HERE = re.compile(
    r"\b(?:web|home|landing|facebook|yellow|social media)[ -]?pages?\b|\bpages? on (?:facebook|linkedin|wechat|the web)\b"
    rf"|\b(?:pages?|chapters?) of (?!(?:the|this|that|your) (?:\w+ )?(?:{_NOUN}|half|part|version)\b)"
    r"|\bcap\.? ?(?:\d|多少)|网页|主页|首页|页面|网站|官网|条例.{0,8}章|法例"
    r"|\b(?:longest|shortest|biggest|smallest|best|important|interesting)\b|最[长短重好]",
    re.IGNORECASE,
)
_CHAPTER = re.compile(rf"\bchapters?\b|{_CHAPTER_ZH}|篇", re.IGNORECASE)
_PART = re.compile(rf"\b(?:chapters?|sections?|parts?)\b|{_CHAPTER_ZH}|[一几]节|部分|篇", re.IGNORECASE)
_ASKS_PART = re.compile(
    rf"\b(?:which|what)(?:'s|’s| is)? (?:the )?(?:chapters?|section|part)\b(?= of (?:the|this) {_NOUN}\b|[?？]|$"
    r"| (?:cover|follow|precede|deal|discuss|talk|describe|treat|contain|mention|speak)"
    r"| (?:looks?|is|are|do|does|should|would|can|has|have|in\b)"
    r"| (?:begin|start|end|come))"
    r"|\bwhat(?:'s|’s| is) (?:that|the|this) chapter called\b|第?[哪几]一?个?(?:章节?|节)(?!课)|哪一?个?部分(?=[讲谈说写介提论])",
    re.IGNORECASE,
)
_ASKS_PAGE = re.compile(
    r"\b(?:which|what)(?: \w+){0,2} pages?\b(?! (?:rank|count|view))(?: (?:numbers?|range))?|\bpage (?:numbers?|range)\b"
    rf"|\bpage ref(?:erence)?s?\b|\bneed (?:the|its) pages?\b|\bwhereabouts? in\b|\bwhere in (?:the|this) {_NOUN}\b"
    r"|第?[几哪](?:几|一)?个? ?(?:页|pages?\b|版(?=$|[?？吗呢，,]))|页码|页数范围",
    re.IGNORECASE,
)
_ASKS_EXTENT = re.compile(
    r"\bhow many pages\b|(?:多少|[有共占]几)页|\bfirst to last\b|\bfrom (?:which|what) page\b"
    r"|\b(?:first|last|starting|opening|closing|final) (?:(?:and|or) (?:first|last|final) )?pages?\b"
    r"|从哪里?(?:开始|到)|到哪里?(?:结束|为止)"
    r"|\bwhere (?:does|do|did) (?:it|that|this|the (?P<subject>.{1,60}?)) (?:begin|start|end|stop|finish|run)\b",
    re.IGNORECASE,
)
_ON_PAGE = re.compile(
    r"\bwhat(?:'s|’s| is| are| does| do| stands?| can| will)?\b.{0,40}?\b(?:on|in|at) (?:printed )?(?:page|p\.?|pg\.?) ?(?P<on>\d{1,4})\b"
    r"|\bwhat does (?:printed )?(?:page|p\.?) ?(?P<does>\d{1,4}) (?:say|cover|contain|talk|deal|show|discuss|describe)\b"
    r"|\b(?:summari[sz]e|show me|open|describe|read me) (?:printed )?(?:page|p\.?) ?(?P<open>\d{1,4})\b"
    rf"|第 ?(?P<zh>{_NUMERAL}) ?页[上里中]?(?:主要)?(?:是|有|讲|说|写|谈|介绍|提到|印|包含|包括)(?:的是|了|着)?(?:关于)?"
    r"(?:什么|哪些|啥|些什么)"
    rf"|第 ?(?P<of>{_NUMERAL}) ?页的?(?:主要)?内容",
    re.IGNORECASE,
)
_CHAPTER_AT_PAGE = re.compile(
    r"\b(?:chapter|section) (?:that |which )?(?:begins|starts|opens|beginning|starting|is)? ?(?:on|at|from)"
    r" (?:page|pp?\.|pg\.?) ?(?P<en>\d{1,4})\b"
    rf"|第 ?(?P<zh>{_NUMERAL}) ?页(?:属于|是|在)第?哪一?个?章|从?第 ?(?P<from>{_NUMERAL}) ?页开始的[那这]?一?章",
    re.IGNORECASE,
)
_HOW_MANY_PAGES = re.compile(
    rf"\bhow many pages\b|\bhow long is (?:the|this) {_NOUN}\b|\bpage count\b|(?:多少|几) ?(?:页|pages?\b)|总页数|[有共]几页", re.IGNORECASE
)
_ALL_CHAPTERS = re.compile(
    r"\bhow many chapters\b|\b(?:which|what) chapters (?:does|are|has)\b|\btable of contents\b"
    r"|\bwhat (?:are|were) (?:all )?(?:the |its )?(?:\w+ )?(?:chapters|chapter titles)\b"
    r"|\b(?:list|name|show)(?: me)? (?:all )?(?:the |its )?(?:chapters|contents)\b"
    r"|(?:多少|几)个?章节?|(?:有|分|包括|包含|列出)(?:哪些|什么|所有)?章节?|哪几章|目录|各章",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:after|follow(?:s|ing)?)\b|之后|后面|接着|下一章|接下来", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:before|preced(?:es|ing))\b|之前|前面|上一章", re.IGNORECASE)
# What carries such a question and says nothing of its subject.
_CARRIERS_EN = (
    rf"(?:in|of|within|from|by) {_PAPER}|(?:the|this) {_NOUN}|contents (?:list|page)|table of contents",
    r"(?:in|for) (?:each|both|either) languages?(?: versions?)?",
    r"(?:of|in) the (?:english|chinese)(?: (?:and|or) (?:english|chinese))? (?:half|part|versions?|texts?|pages?)",
    r"(?:english|chinese|first|last|other) (?:half|part|version|section|text)",
    r"(?:(?:the|an?|this|that) )?(?:(?:bar|pie|line) )?(?:charts?|graphs?|diagrams?|infographics?)"
    r"(?: (?:of|on|about|for|with|showing|comparing))?|has",
    r"(?:look|go|turn|flip) back (?:at|to)|again|respectively|(?:is|are|was) it(?: on)?",
    r"(?:can|could|do|does|did|should|would|will) (?:i|you|we|it|one|the)|(?:i|we) (?:only |just )?(?:want|need|wish|would like)(?: to)?",
    r"(?:talk(?:s|ed|ing)?|speaks?|deals?|dealing|goes|writes?) (?:about|of|with|on|into)|look(?:ed)? (?:for|up)|read (?:up )?(?:on|about)",
    r"wanted|required|needed|title|subject|plus|as printed|the one|its|looking for|give|me",
    r"covers?|covering|gives?|states?|shows?|content|discuss\w*|mention(?:s|ed)?|describes?d?|contains?|treats?|found|find|locate|called",
    r"begins?|starts?|ends?|stops?|runs?|going by|listed|printed|turn to|appears?|shown|located|described|introduced|explained",
    r"(?:the )?(?:page numbers?|chapters?|sections?|part|pages?)(?: (?:on|about|for|with))?",
    r"(?:what )?comes?|(?:to|from) (?:which|what|where)",
    r"(?:right|directly|immediately)? ?(?:after|before|follows?|following|precedes?)|exactly|please|tell me|where",
)
_CARRIERS = re.compile(rf"(?<![\w-])(?:{'|'.join(_CARRIERS_EN)})(?![\w-])|{_PAPER_ZH}[里中内上]?面?", re.IGNORECASE)
_LOOSE_ENDS = re.compile(r"^(?:(?:is|are|on)\b ?)+|(?: ?\b(?:is|are|on|from|to))+$", re.IGNORECASE)
_CARRIER_WORDS_ZH = frozenset(
    "目录 中英文 中英 中文 英文 标题 题目 title 内容 分别 各 各自 可以 能 能不能 开始 结束 为止 什么 之后 之前 接着 后面 前面 里面 里 上"
    " 该 幅 那幅 中文版 英文版 翻 翻到 翻回 翻回去 回去"
    " 我 请 请问 只 就 想 要 想要 知道 了解 看 睇 找 搵 揾 查 查找 读 返 到 下 看到 找到 讲 讲到 讲述 谈 谈到 谈及 说 说到 介绍 提到 提及"
    " 写 写到 讨论 涉及 论述 关于 有关 这 那 𠮶 这个 那个 一 这一 那一 一章 章 章节 节 一节 部分 版 张图 图 张 页 篇 个"
    " 有 共 占 在 由 从 至 去 又 同 跟 和 话 是 的 呢 啊 吗 嘅".split()
)
_DRAWN = re.compile(r"\b(?:charts?|graphs?|diagrams?|infographics?|tables?)\b|图(?!书)|表格?(?![示明达现])", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,，。.?？!！:：;；()（）]+(?:and\b|or\b|[\s,，。.?？!！:：;；()（）])*")
_EACH = re.compile(r"\beach\b|\brespectively\b|\bboth\b|分别|各自?", re.IGNORECASE)
_MOST_BESIDE_PLACES = 4  # words ("the two cities")
_LONGEST_SUBJECT = 160  # characters: whoever tells more asks for more than a place


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question after a place in the document.

    Attributes:
        wanted: the place (page) of a subject; its chapter and that chapter's pages; what stands on a page; how far the pages
            go; the list of chapters.
        sought: what is looked for, as a question of its own; None for the last three.
        subjects: the same, one by one where several places are to be found each by itself.
        page: the label of the page asked about, or on which the chapter is; "" without one.
        step: 1 for the chapter after that of the subject, -1 for the one before.
        is_drawn: whether a chart or a table is looked for.
    """

    wanted: Wanted
    sought: Question | None = None
    subjects: tuple[Question, ...] = ()
    page: str = ""
    step: int = 0
    is_drawn: bool = False


def lookup_of(question: Question) -> Lookup | None:
    """The place that a question asks for, None if it asks for none."""
    return _lookup(question.normalized, question)


def sought_by(question: Question) -> Question:
    """What evidence is to be ranked for: what a question after a place seeks, any other question itself."""
    lookup = lookup_of(question)
    return lookup.sought if lookup is not None and lookup.sought is not None else question


def is_about_the_whole(question: Question) -> bool:
    """Whether a question asks what stands on a page, or how many pages or which chapters there are: of no subject at all."""
    lookup = lookup_of(question)
    return lookup is not None and lookup.sought is None


def is_whole_lookup(question: Question) -> bool:
    """Whether a question asks for a place and hangs on nothing said before it."""
    lookup = lookup_of(question)
    return lookup is not None and not (lookup.sought is not None and refers_back(lookup.sought.normalized))


@lru_cache(maxsize=256)
def _lookup(text: str, question: Question) -> Lookup | None:
    if _NOT_HERE.search(text):
        return None
    if (whole := _about_the_whole(text)) is not None:
        return Lookup(whole)
    if (match := _CHAPTER_AT_PAGE.search(text)) is not None:
        return Lookup("chapter", page=_label(match), step=_step(text))
    if (match := _ON_PAGE.search(text)) is not None:
        rest = _bare(text[: match.start()] + " " + text[match.end() :])
        return Lookup("page", page=_label(match)) if is_nothing_else(rest) else None
    extent = _PART.search(text) and _ASKS_EXTENT.search(text)
    if not (extent or _ASKS_PART.search(text) or _ASKS_PAGE.search(text)):
        return None
    subject = _bare(_ASKS_EXTENT.sub(lambda found: f" {found['subject'] or ''} ", _ASKS_PAGE.sub(" ", _ASKS_PART.sub(" ", text))))
    if not search_terms(subject) or len(subject) > _LONGEST_SUBJECT:
        return None
    sought = _as_question(subject, question)
    wanted: Wanted = "chapter" if _CHAPTER.search(text) else "place"
    is_drawn = _DRAWN.search(text) is not None
    return Lookup(wanted, sought, _subjects(sought, question), step=_step(text), is_drawn=is_drawn)


def _about_the_whole(text: str) -> Wanted | None:
    """Whether all pages or chapters are asked for, and nothing else is."""
    for wanted, pattern in (("chapters", _ALL_CHAPTERS), ("pages", _HOW_MANY_PAGES)):
        if pattern.search(text) and is_nothing_else(_bare(pattern.sub(" ", text))):
            return "chapters" if wanted == "chapters" else "pages"
    return None


def _bare(text: str) -> str:
    """A text without the words that carry a question after a place."""
    rest = "".join(" " if word in _CARRIER_WORDS_ZH else word for word in jieba_cut(_CARRIERS.sub(" ", text)))
    return _LOOSE_ENDS.sub("", _BETWEEN.sub(" ", f"{rest} ").strip(" -–"))


def _as_question(subject: str, question: Question) -> Question:
    return replace(analyse(subject), text=question.text, script=question.script)


def _subjects(sought: Question, question: Question) -> tuple[Question, ...]:
    """What is sought; each place by itself where several are named and nothing much beside them."""
    forms = [form for place in sought.places for of_language in place_forms(place) for form in of_language]
    beside = set(search_terms(sought.normalized)) - {term for form in forms for term in search_terms(form)}
    if len(sought.places) < 2 or len(beside) > _MOST_BESIDE_PLACES or not _EACH.search(question.normalized):
        return (sought,)
    in_order = sorted(sought.places, key=lambda place: _first_named(place, sought.normalized))
    return tuple(_as_question(place_forms(place)[question.language == "zh"][0], question) for place in in_order)


def _first_named(place: str, text: str) -> int:
    """Where a text names a place first."""
    found = (text.lower().find(form.lower()) for forms in place_forms(place) for form in forms)
    return min((at for at in found if at >= 0), default=len(text))


def _label(match: re.Match[str]) -> str:
    named = next(group for group in match.groups() if group)
    return named if named.isdigit() else str(round(chinese_value(named)))


def _step(text: str) -> int:
    return 1 if _AFTER.search(text) else -1 if _BEFORE.search(text) else 0
