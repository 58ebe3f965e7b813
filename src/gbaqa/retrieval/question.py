"""What a question says of itself: language, words, places, periods, and the kind of answer it wants."""

import re
from dataclasses import dataclass
from typing import Literal

from gbaqa.errors import QuestionError
from gbaqa.language.periods import year_parts, years
from gbaqa.language.places import places
from gbaqa.language.script import Language, Script, clean, script_of_question, written_chinese
from gbaqa.language.words import search_terms

LONGEST_QUESTION = 2000  # characters
Kind = Literal["figure", "list", "source", "page", "comparison", "explanation", "fact"]

# Tried in this order; the first that matches tells the kind.
_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        (
            "source",
            r"\b(?:sources?|cited|cites?|credited|credit|attributed|according to whom|footnote|reference[ds]?|citation|where (?:does|did|do) (?:that|the|this|it)"
            r" .{0,60}(?:come|figure|number)|(?:figures?|data|numbers?|claim|stat\w*) (?:come|came) from|based on whose|whose (?:data|figures?|numbers?))\b"
            r"|\bwhose (?:\w+ ){0,3}(?:report|survey|study|data|picture|photo|figures?|estimate)|\bwho (?:published|compiled|reported|issued|produced|provided) (?:the|that|this) (?:data|figure|report|number|stat)"
            r"|\bwhere (?:does|did|do|is) .{3,120}? come from|\bwhich (?:newspaper|outlet|agency|publication|website|media|organi[sz]ation|institution|bureau|paper) .{0,40}(?:report|say|said|cite|behind|source)"
            r"|谁家的|谁的(?:报告|数据|调研|统计|说法|资料)|依据的?是?谁|哪家(?:报纸|媒体|机构|网站|单位)|哪个(?:机构|部门|单位|网站|媒体)(?:出|的|发|公布|统计|提供)|引的是|跟谁.{0,6}(?:发布|出)|哪份(?:报告|资料)"
            r"|来源|出处|出自|引自|引用|援引|注释|脚注|注脚|依据谁|谁的数据|哪家的数据|数据来自|资料来自|根据哪|哪来的|边度嚟|从哪[儿里]?[来引]|哪里来|标注|注明"
            r"|谁(?:发布|公布|统计|提供)的?(?:数据|数字)|(?:数据|数字|资料).{0,12}(?:边度|哪里|哪儿|哪个机构|哪家)",
        ),
        ("page", r"\b(?:which|what) pages?\b|\bpage numbers?\b|第几页|哪[一几]?页|多少页|页码"),
        (
            "comparison",
            r"\b(?:compare[ds]?|comparison|versus|vs\.?|higher|lower|larger|bigger|smaller|richer|most|least|highest|lowest|largest|biggest|smallest|richest"
            r"|top (?:three|two|five|\d)|rank(?:ed|s|ing)?|differ(?:s|ed|ence|ent)?|gap between|which (?:of|city|side|is) .{0,40}(?:more|er)\b)"
            r"|相比|比较|对比|谁(?:更|高|多|大)|哪个(?:更|高|多|大)|哪座(?:更|高|多|大)|最[高低多少大小强快]|排名|排第|差(?:多少|距|别)|高低|不同|区别|异同|(?:更|较)[高低多少大小快]|[比跟同]起来",
        ),
        (
            "figure",
            r"\bhow (?:many|much|large|big|long|old|far|fast|high|often|wide)\b"
            r"|\bwhat (?:percentage|share|proportion|fraction|number|amount|sum|total|size|rate)\b|\bby how much\b|\bwhen\b|\bwhat year\b|\bwhich year\b"
            r"|多少|几(?!乎|个方面|方面|项措施|类|种)|多大|多长|多高|多快|百分之|何时|什么时候|哪[一]?年|哪[一]?月|规模(?:是|有|达)|占比(?:是|有)?",
        ),
        (
            "explanation",
            r"\bwhy\b|\bhow (?:do|does|did|is|are|was|were|can|could|will|would|should|come)\b|\bexplain\b|\breasons?\b|\bin what way\b|\bwhat role\b|\bwhat .{0,30} (?:mean|stand for)\b"
            r"|为什么|为何|为啥|怎么|怎样|如何|原因|怎会|什么作用|有何|有什么(?:意义|影响|作用|好处|问题|挑战)|是什么意思|指(?:的是)?什么|是什么",
        ),
        (
            "list",
            r"\bwhich\b|\blist\b|\bname (?:the|all|them|three|two|four|five)\b|\bwhat (?:are|were|kinds?|types?|sorts?|areas?|fields?|sectors?|industries|measures|steps|schemes)\b|\bwho (?:are|were|is|signed|set|took)\b"
            r"|哪些|哪几|列出|列举|有几|几(?:个方面|方面|项|类|种)|包括什么|包含什么|分别是|都有谁|哪[两二三四五六七八九十]",
        ),
    )
)
_WANTS_PERCENT = re.compile(
    r"percent|per cent|%|share|proportion|growth|grew|grow|rise|rose|fell|fall|increase|rate|占比|比例|比重|百分|增速|增长|升幅|跌幅|同比|涨|率",
    re.IGNORECASE,
)


_ASKS = re.compile(
    r"\bhow\b|\bwhen\b|\bwhich\b|\bwhat\b|\bwho(?:se)?\b|\bwhere\b|\bwhy\b|多少|几(?!乎)|哪|谁|什么|啥|怎|为何|何时|多大|多长|是否|吗",
    re.IGNORECASE,
)
_EACH = re.compile(r"\beach\b|\bboth\b|\brespectively\b|各自|各有|各是|各占|分别|各(?:多少|几)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, analysed.

    Attributes:
        text: as asked.
        normalized: in NFKC and written Simplified Chinese; what is embedded.
        script: the language and script to answer in.
        terms: what BM25 looks for.
        places: English names of the places it names.
        years: the years it names.
        year_parts: the quarters and halves it names.
        kind: the kind of answer it wants.
        parts: how many things it asks ("how many … and when …" asks two).
        wants_number, wants_percent: whether a figure, or a rate, would answer it.
    """

    text: str
    normalized: str
    script: Script
    terms: tuple[str, ...]
    places: frozenset[str]
    years: frozenset[str]
    year_parts: frozenset[str]
    kind: Kind
    parts: int
    wants_number: bool
    wants_percent: bool

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return "en" if self.script == "en" else "zh"


def analyse(text: str) -> Question:
    """Analyse a question.

    Raises:
        QuestionError: it is empty or longer than LONGEST_QUESTION characters.
    """
    cleaned = re.sub(r"\s+", " ", "".join(c for c in clean(text) if c.isprintable() or c.isspace())).strip()
    if not any(char.isalnum() for char in cleaned):
        raise QuestionError("The question is empty; ask something, in English or Chinese. 问题为空，请输入中文或英文问题。")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned)} characters; at most {LONGEST_QUESTION} are read. Ask it more shortly. "
            f"问题过长（{len(cleaned)}字），请缩短至{LONGEST_QUESTION}字以内。"
        )
    normalized = written_chinese(cleaned)
    kind = next((kind for kind, pattern in _KINDS if pattern.search(normalized)), "fact")
    return Question(
        text=text,
        normalized=normalized,
        script=script_of_question(cleaned),
        terms=tuple(dict.fromkeys(search_terms(normalized))),
        places=places(normalized),
        years=years(normalized),
        year_parts=year_parts(normalized),
        kind=kind,
        parts=_count_parts(normalized),
        wants_number=kind == "figure" or _KINDS[3][1].search(normalized) is not None,
        wants_percent=_WANTS_PERCENT.search(normalized) is not None,
    )


def _count_parts(text: str) -> int:
    """Question words, each counting once, and one more for "each" and "respectively"."""
    return min(max(len(_ASKS.findall(text)), 1) + bool(_EACH.search(text)), 4)
