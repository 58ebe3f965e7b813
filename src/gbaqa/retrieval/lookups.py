"""Questions after a place in the document: which page or chapter speaks of something, what a page holds, what chapters there are.

Told from the words of a question, in English or in written Simplified Chinese. A question after a fact that only mentions a
page or a chapter ("what does the finance chapter say of …") is none, nor is one after pages of something else.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from gbaqa.language.numerals import chinese_value
from gbaqa.language.places import place_forms, places
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.requests import is_nothing_else

Wanted = Literal["place", "chapter", "page", "pages", "chapters"]

_NUMERAL = "[一二三四五六七八九十百零〇]"
_PAPER = r"(?:the |this |that |your |its )?(?:whole |entire )?(?:white ?paper|paper|report|document|booklet|brochure|publication|text|pdf|file|it)"
_PAPER_ZH = r"(?:这|那|该|整)?(?:份|本|个|篇)?(?:白皮书|报告书?|文件|文档|文章|小?册子?|书|全文|全书|它|东西|pdf)"
# Pages and chapters of something else than the document.
_ELSEWHERE = re.compile(
    r"\b(?:web|home|landing|facebook|yellow|social media)[ -]?pages?\b|\bpages? of (?!(?:the|this|that|your) (?:\w+ )?(?:white ?paper|paper|report|document|booklet|pdf|text|half|part|version))"
    r"|\bpages? on (?:facebook|linkedin|wechat|the web)|\bchapters? of (?!(?:the|this|that) (?:white ?paper|paper|report|document|booklet|pdf))"
    r"|\bcap\.? ?(?:\d|多少)|网页|主页|首页|页面|网站|官网|条例.{0,8}章|法例|会章|(?:协会|商会|学会|公司)章",
    re.IGNORECASE,
)
_CHAPTER = re.compile(r"\b(?:chapters?|sections?|parts?)\b|章节?|一节|部分|篇", re.IGNORECASE)
_ASKS_CHAPTER = re.compile(
    r"\b(?:which|what)(?:'s| is)? (?:the )?(?:chapters?|section|part)\b(?! of (?!the (?:white ?paper|paper|report|document|booklet|pdf)))"
    r"(?= (?:of the|cover|deal|discuss|talk|describe|treat|contain|is|are|do|does|should|speak|begin|start|end|come|has|have|would|can|looks?|in)|[?？]|$)"
    r"|\bwhat(?:'s| is) (?:that|the|this) chapter called\b|第?[哪几]一?个?(?:章节?|节)(?!课)|哪一?个?部分(?=[讲谈说写介提论])",
    re.IGNORECASE,
)
_ASKS_PAGE = re.compile(
    r"\b(?:which|what)(?: \w+){0,2} pages?\b(?! (?:rank|count|view))|\bpage (?:numbers?|range)\b|\bneed (?:the|its) pages?\b"
    r"|\bwhereabouts? in\b|\bwhere in (?:the|this) (?:white ?paper|paper|report|document|booklet|pdf|text|file)\b"
    r"|第?[几哪](?:几|一)?个? ?(?:页|pages?\b|版(?=$|[?？吗呢，,]))|页码|页数范围",
    re.IGNORECASE,
)
_ASKS_EXTENT = re.compile(
    r"\bwhere (?:does|do|did) (?:it|that|this|the .{1,60}?) (?:begin|start|end|stop|finish|run)\b|\bfirst to last\b|\bfrom (?:which|what) page\b"
    r"|从哪里?(?:开始|到)|到哪里?(?:结束|为止)",
    re.IGNORECASE,
)
_ON_PAGE = re.compile(
    r"\bwhat(?:'s|’s| is| are| does| do| stands?| can| will)?\b.{0,40}?\b(?:on|in|at) (?:printed )?(?:page|p\.?|pg\.?) ?(?P<on>\d{1,4})\b"
    r"|\bwhat does (?:printed )?(?:page|p\.?) ?(?P<does>\d{1,4}) (?:say|cover|contain|talk|deal|show|discuss|describe)\b"
    r"|\b(?:summari[sz]e|show me|open|describe|read me) (?:printed )?(?:page|p\.?) ?(?P<open>\d{1,4})\b"
    rf"|第 ?(?P<zh>\d{{1,4}}|{_NUMERAL}+) ?页(?:上|里|中)?(?:主要)?(?:是|有|讲|说|写|谈|介绍|提到|印|包含|包括)(?:的是|了|着)?(?:什么|哪些|啥|些什么|关于什么)"
    rf"|第 ?(?P<of>\d{{1,4}}|{_NUMERAL}+) ?页的?(?:主要)?内容",
    re.IGNORECASE,
)
_CHAPTER_AT_PAGE = re.compile(
    r"\b(?:chapter|section) (?:that |which )?(?:begins|starts|opens|beginning|starting|is)? ?(?:on|at|from) page (?P<en>\d{1,4})\b"
    rf"|第 ?(?P<zh>\d{{1,4}}|{_NUMERAL}+) ?页(?:属于|是|在)第?哪一?个?章|从?第 ?(?P<from>\d{{1,4}}|{_NUMERAL}+) ?页开始的[那这]?一?章",
    re.IGNORECASE,
)
_HOW_MANY_PAGES = re.compile(rf"\bhow many pages\b|\bhow long is {_PAPER}|\bpage count\b|(?:多少|几) ?(?:页|pages?\b)|总页数|(?<!第)几页", re.IGNORECASE)
_ALL_CHAPTERS = re.compile(
    r"\bhow many (?:chapters|sections|parts)\b|\bwhat (?:are|were) (?:all )?(?:the |its )?(?:\w+ )?(?:chapters|chapter titles|sections|parts)\b|\b(?:list|name|show)(?: me)? (?:all )?(?:the |its )?(?:chapters|contents)\b"
    r"|\btable of contents\b|\b(?:which|what) chapters (?:does|are|has)\b|(?:多少|几)个?(?:章节?|部分|个?章)|(?:有|分|包括|包含|列出)(?:哪些|什么|所有)?章节?|哪几章|目录|各章",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\b(?:right |directly |immediately )?(?:after|follow(?:s|ing)?)\b|之后|后面|接着|下一章|接下来", re.IGNORECASE)
_BEFORE = re.compile(r"\b(?:right |directly )?(?:before|preced(?:es|ing))\b|之前|前面|上一章", re.IGNORECASE)
# What carries such a question and says nothing of its subject.
_CARRIERS = re.compile(
    rf"\b(?:in|of|within|from|by) {_PAPER}\b|\b(?:the|this) (?:white ?paper|paper|report|document|booklet|pdf)\b|\bcontents (?:list|page)\b"
    r"|\b(?:of|in) the (?:english|chinese) (?:half|part|version|text|pages?)\b|\bin (?:each|both) languages?\b|\b(?:english|chinese|first|last|other) (?:half|part|version)\b"
    r"|\b(?:can|could|do|does|did|should|would|will) (?:i|you|we|it|one|the)\b|\b(?:talk(?:s|ed|ing)?|speaks?|deals?|dealing|goes|writes?) (?:about|of|with|on|into)\b"
    r"|\b(?:covers?|covering|discuss\w*|mention(?:s|ed)?|describes?d?|contains?|treats?|found|find|locate|look(?:ed)? (?:for|up)|read (?:up )?(?:on|about)|called|printed"
    r"|begins?|starts?|ends?|stops?|runs?|going by|listed|turn to|appears?|shown|located|described|introduced|explained)\b"
    r"|\b(?:i|we) (?:only |just )?(?:want|need|like|wish|would like)(?: to)?\b|\b(?:page numbers?|chapters?|sections?|part|pages?)\b(?: (?:on|about|for|with))?|\bwhat comes\b"
    r"|\b(?:to|from) (?:which|what|where)\b|\b(?:right|directly|immediately)?\s*(?:after|before|follows?|following|precedes?)\b|\bexactly\b|\bplease\b|\btell me\b|\bwhere\b|^on\b|\bon\b$|\btable of contents\b"
    rf"|{_PAPER_ZH}(?:里|中|内|上)?(?:面)?|目录|中英文|中文|英文|(?:标题|title)|分别|各自?|想(?:看|找|知道|了解|读|查|揾|返)*|(?:我|请)?(?:只|就)?(?:想|要)?(?:看|找|查|揾)返?"
    r"|可以|能不能|[在由从到至去又]|(?:讲|谈|说|介绍|提到|写|讨论|涉及|论述|关于|有关)(?:到|述|及|的是)?|开始|结束|为止|[这那𠮶一]*(?:章节?|一节|部分|版|张图|页|篇)|[这那𠮶]|是|的|呢|啊|吗|什么|之后|之前|接着|后面|前面",
    re.IGNORECASE,
)
_EACH = re.compile(r"\beach\b|\brespectively\b|\bboth\b|分别|各自?", re.IGNORECASE)
_MOST_BESIDE_PLACES = 3  # words ("the two cities")
_LONGEST_SUBJECT = 160  # characters: whoever tells more asks for more than a place


@dataclass(frozen=True, slots=True)
class Lookup:
    """A question after a place in the document.

    Attributes:
        wanted: the place (page) of a subject; its chapter and that chapter's pages; what stands on a page; how far the pages
            go; the list of chapters.
        subjects: what is looked for, each as a question of its own; empty for the last three.
        page: the label of the page asked about, of the last-but-two kind or of a chapter; "" without one.
        step: 1 for the chapter after that of the subject, -1 for the one before.
    """

    wanted: Wanted
    subjects: tuple[Question, ...] = ()
    page: str = ""
    step: int = 0


def lookup_of(question: Question) -> Lookup | None:
    """The place that a question asks for, None if it asks for none."""
    return _lookup(question.normalized, question)


@lru_cache(maxsize=256)
def _lookup(text: str, question: Question) -> Lookup | None:
    if _ELSEWHERE.search(text):
        return None
    if (whole := _about_the_whole(text)) is not None:
        return Lookup(whole)
    if (match := _CHAPTER_AT_PAGE.search(text)) is not None:
        return Lookup("chapter", page=_label(match), step=_step(text))
    if (match := _ON_PAGE.search(text)) is not None:
        rest = _bare(text[: match.start()] + " " + text[match.end() :])
        return Lookup("page", page=_label(match)) if is_nothing_else(rest) else None
    by_chapter = _ASKS_CHAPTER.search(text) is not None
    by_page = _ASKS_PAGE.search(text) is not None
    extent = _CHAPTER.search(text) is not None and (by_page or _ASKS_EXTENT.search(text) is not None)
    if not (by_chapter or by_page or extent):
        return None
    subject = _bare(_ASKS_EXTENT.sub(" ", _ASKS_PAGE.sub(" ", _ASKS_CHAPTER.sub(" ", text))))
    if not search_terms(subject) or len(subject) > _LONGEST_SUBJECT:
        return None
    return Lookup("chapter" if by_chapter or extent else "place", _subjects(subject, question), step=_step(text))


def _about_the_whole(text: str) -> Wanted | None:
    """Whether all pages or chapters are asked for, and nothing else is."""
    for wanted, pattern in (("chapters", _ALL_CHAPTERS), ("pages", _HOW_MANY_PAGES)):
        if pattern.search(text) and is_nothing_else(_bare(pattern.sub(" ", text))):
            return "chapters" if wanted == "chapters" else "pages"
    return None


def _bare(text: str) -> str:
    """A text without the words that carry a question after a place."""
    rest = re.sub(r"[\s,，。.?？!！:：;；()（）]+(?:and\b|or\b|[\s,，。.?？!！:：;；()（）])*", " ", f"{_CARRIERS.sub(' ', text)} ")
    return rest.strip(" -–")


def _subjects(subject: str, question: Question) -> tuple[Question, ...]:
    """The subject as a question; each place by itself where several are named and nothing much beside them."""
    named = places(subject)
    forms = [form for place in named for of_language in place_forms(place) for form in of_language]
    beside = set(search_terms(subject)) - {term for form in forms for term in search_terms(form)}
    several = len(named) > 1 and len(beside) <= _MOST_BESIDE_PLACES and _EACH.search(question.normalized)
    texts = [place_forms(place)[question.language == "zh"][0] for place in sorted(named)] if several else [subject]
    return tuple(replace(analyse(text), text=question.text, script=question.script) for text in texts)


def _label(match: re.Match[str]) -> str:
    named = next(group for group in match.groups() if group)
    return named if named.isdigit() else str(round(chinese_value(named)))


def _step(text: str) -> int:
    return 1 if _AFTER.search(text) else -1 if _BEFORE.search(text) else 0
