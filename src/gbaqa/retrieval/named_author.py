"""Questions that name who says it: "EY's chairman", "Xu Wei's letter", 安永主席. What is asked is looked for in what that person signs.

An author is named by name; by an office or a foreword together with a word of the byline, the organisation; or as the one who opens the
report. Whoever signs nothing, and what is asked about the author rather than about what the author says, is left to the other words.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from gbaqa.language.meanings import meanings, with_concepts
from gbaqa.language.script import HAN
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.signed_texts import FOREWORD, FOREWORD_ZH, OFFICE, SignedText

_TEXT = rf"\b(?:letters?|{FOREWORD}|messages?)\b|{FOREWORD_ZH}|信(?=里|中|[，,。？?]|$)"
_OFFICE = rf"{OFFICE}|\bboss\b|\bchief\b|老板|老总|掌门人?|负责人|话事人|一把手|领导人?"
_NAMED_AS = re.compile(
    r"(?P<before>(?:[\w&.’'-]+ ){0,4}|[\u4e00-\u9fff]{0,8}?) ?(?:的|那[位个篇封]|这[位个篇封])*"
    rf"(?:(?P<office>{_OFFICE})|(?P<text>{_TEXT})(?= (?:of|by|from) )|(?={_TEXT}))"
    r"(?P<after>(?: (?:of|at|from|by))(?: the)?(?: [\w&.-]+){1,3})?",
    re.IGNORECASE,
)
_OPENS = re.compile(
    rf"(?:[\w-]+ ){{0,3}}(?:{_OFFICE}|\bauthor\b) (?:who|that) (?:opens?|opened|introduces?)"
    r"(?: (?:this|the) (?:white )?(?:paper|report|study|review))?"
    r"|(?:为|给)?(?:这份|这本|本)?(?:报告|白皮书|文件)?(?:开篇|卷首)(?:撰文|致辞|作序|写)?的(?:那位|这位)?"
    rf"[\u4e00-\u9fff]{{0,10}}?(?:{_OFFICE}|作者)",
    re.IGNORECASE,
)
# Countries, offices and texts of a byline name no organisation.
_NO_ORGANISATION = (
    "china greater region regional national country city government group company managing foreword preface message letter word from write"
    " 中国 大中华区 全国 地区 城市 政府 集团 公司 前言 序言 致辞 的话"
)
_OFFICE_ALONE = re.compile(_OFFICE, re.IGNORECASE)
_SAYS = (
    r"\b(?:(?:say|think|believe|reckon|write|claim|argue|stress|mention|name|see|note|hold|call for|call|warn|promise|suggest|expect|hope"
    r"|want|credit|describe|list|cite|propose|recommend|feel|deem|identify|identifie|point out|point to|talk about|speak of)s?"
    r"|said|thought|wrote|named|saw|called|told|spoke of)\b"
)
_OPINION = r"怎么?[看说]|看法|观点|说法|什么意见"
_SAYS_ZH = rf"看来|眼[中里]|认为|觉得|的?(?:{_OPINION})|说|讲|话|提到|写道?|指出|点名|强调|希望|呼吁"
_TEXT_OR_OPINION = re.compile(rf"{_TEXT}|{_OPINION}", re.IGNORECASE)
_BY = r"\b(?:according to|(?:in )?the (?:words?|views?|opinions?|eyes|take|stance) of|as|per)\s+|按照?|据|根据|依|照"
_SPEAKS_OF_SAYING = re.compile(rf"{_BY}|{_SAYS}|{_SAYS_ZH}|{_TEXT}|{_OPENS.pattern}", re.IGNORECASE)
_HERE = "\0"  # where the author was named
_FRAME = re.compile(
    rf"(?P<by>{_BY})?(?:\b(?:in|by|from|does|did|do)\s+)?(?:\bthe\s+)?{_HERE}(?:['’]s?)?"
    rf"\s*(?:的|[那这]?[封篇]|那|这)*(?P<text>{_TEXT})?(?:[里中]面?)?(?:\s*(?P<says>{_SAYS}|(?:{_SAYS_ZH})+)(?:\s+that\b)?)?",
    re.IGNORECASE,
)


def may_name_author(question: Question) -> bool:
    """Whether a question may name who says it: whether it speaks of saying, of an opinion or of a foreword at all."""
    return _SPEAKS_OF_SAYING.search(question.normalized) is not None


def named_author(question: Question, texts: Sequence[SignedText]) -> tuple[SignedText, Question] | None:
    """The text whose author a question names, and what it asks beside that; None where it names none of these, or asks nothing else."""
    text = question.normalized
    for signed, start, end in _mentions(text, texts):
        frame = _FRAME.search(f"{text[:start]}{_HERE}{text[end:]}")
        says_so = frame is not None and (frame["by"] or frame["text"] or frame["says"])
        if frame is None or not (says_so or _TEXT_OR_OPINION.search(text)):
            continue
        rest = f"{frame.string[: frame.start()]} {frame.string[frame.end() :]}".strip(" ,，:：.、")
        if search_terms(rest):
            return signed, replace(analyse(rest), text=question.text, script=question.script, kind=question.kind)
    return None


def signed_by(organisation: str, texts: Sequence[SignedText]) -> SignedText | None:
    """The text whose byline has most words of an organisation; None where none has any, or several have as many."""
    fits = [_words_shared(organisation, signed) for signed in texts]
    best = max(fits, default=0)
    return texts[fits.index(best)] if best and fits.count(best) == 1 else None


def _mentions(text: str, texts: Sequence[SignedText]) -> Iterator[tuple[SignedText, int, int]]:
    """Where a question names the author of a text: start and end."""
    for signed in texts:
        for name in signed.names:
            for match in re.finditer(re.escape(name) if HAN.search(name) else rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
                yield signed, *match.span()
    for match in _NAMED_AS.finditer(text):
        if (author := signed_by(f"{match['before']} {match['after'] or ''}", texts)) is not None:
            yield author, _beginning(match, author), _end(match, author)
    for match in _OPENS.finditer(text) if texts else ():
        yield texts[0], *match.span()


def _beginning(match: re.Match[str], signed: SignedText) -> int:
    """Where the words for an author begin: with the last of those before the office that leave out none of the organisation's."""
    fit = _words_shared(match["before"], signed)
    starts = range(match.end("before"), match.start("before") - 1, -1)
    return next(start for start in starts if _words_shared(match.string[start : match.end("before")], signed) == fit)


def _end(match: re.Match[str], signed: SignedText) -> int:
    """Where they end: with the first word behind the office that leaves out none of the organisation's."""
    if match["after"] is None:
        return max(match.end("before"), match.end("office"))
    fit, start = _words_shared(match["after"], signed), match.start("after")
    ends = (start + space.start() for space in re.finditer(r" |$", match["after"]))
    return next(end for end in ends if _words_shared(match.string[start:end], signed) == fit)


def _words_shared(words: str, signed: SignedText) -> int:
    """How many words, or pairs of Chinese characters, for an organisation stand in a byline too."""
    of_author = _OFFICE_ALONE.sub(" ", signed.said_of_author)
    terms = frozenset(with_concepts(of_author))
    shared = [meaning for meaning in meanings(words) if meaning & terms and not (meaning & _no_organisation() or _is_character(meaning))]
    pairs = (_pairs(words) & _pairs(of_author)) - _no_organisation()
    return len(shared) + len(pairs)


@cache
def _no_organisation() -> frozenset[str]:
    return frozenset(with_concepts(_NO_ORGANISATION))


def _is_character(meaning: frozenset[str]) -> bool:
    return all(len(term) == 1 and HAN.match(term) for term in meaning)


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1) if all(map(HAN.match, text[at : at + 2]))}
