"""Cues: the words by which a question says how it hangs together with those before it.

All functions take text in English or in written Simplified Chinese.
"""

import re

from gbaqa.language.places import places
from gbaqa.language.words import search_terms

_NEW_SUBJECT = re.compile(
    r"\b(?:(?:let(?:'|’)?s |let us |please )?(?:leave|forget|drop|skip)(?: about)? (?:that|this|it)|(?:ok(?:ay)?[,.]? )?something else"
    r"|(?:(?:on to )?a |an )?(?:new|separate|different|another|other|unrelated|next) (?:subject|question|topic|matter)"
    r"|(?:a )?chang(?:e of|ing|e)(?: the)? (?:subject|topic)|moving on|on another note|switching (?:topics?|subjects?)"
    r"|unrelated(?:ly)?)\b"
    r"|(?:我们?)?(?:换|转)(?:个|一个|一下)?(?:话题|题目|问题|主题)|(?:再|想)?(?:问|说|讲|聊)(?:个|点|一个|些)?(?:别的|其他的?|第二样)"
    r"|(?:另外?|别的)(?:一)?个?(?:问题|话题|题目| ?topic| ?question)|(?:先)?(?:不|别)(?:说|讲|谈|问|聊).{0,6}了"
    r"|下一个(?:问题|话题)|换一个|题外话",
    re.IGNORECASE,
)
_CORRECTION = re.compile(
    r"^(?:(?:oh|ah|no+|nope|not that|wait|sorry|oops|hang on|hold on|actually|my (?:mistake|bad|fault)|i misspoke|correction"
    r"|wrong (?:one|city|year|place))[,.!;: —-]*)*"
    r"(?:(?:i|we) (?:really |actually )?(?:mean[t]?|want(?:ed)?(?: to ask(?: about)?| to know)?|was (?:asking|thinking) (?:about|of))"
    r"|make (?:that|it)|should (?:be|have been|read)|rather|instead)\b[,: ]*"
    r"|^(?:(?:oh|ah|no+|nope|wait|sorry|oops|actually|my (?:mistake|bad))[,.!;: —-]+)+"
    r"|^(?:(?:不是|不对|不|错了|[说讲搞打问]错了?|等等|对不起|抱歉|不好意思|啊|哦)[，,。.！! ]*)+"
    r"我?想?是?[说讲问指要]?的?(?:其实)?是?[，,：: ]*"
    r"|^我是?想?[说讲问指]的?是?[，,：: ]*",
    re.IGNORECASE,
)
_SAME_FOR = r"(?:and )?(?:the )?same (?:question |thing |figure |number )?(?:for|in|with|of|but)"
_LEAD_IN = re.compile(
    r"^(?:(?:and|ok(?:ay)?|so|but|also|then|now|oh|ah|well|hmm+|right|i see|thanks|thank you|please|cool|great|good|interesting"
    rf"|what about|how about|{_SAME_FOR}|likewise|plus|as for)\b[,.!:…]*\s*)+"
    r"|^(?:(?:那么?(?!里|边|个|些)|这么|还有|咁|好的?|嗯|哦|噢|哇|算了|(?:再|另外)?想?请?问(?:一下|一个|下|个)?|说说|讲讲|以及|而|同样|谢谢|明白|换成|换做"
    r"|要是|如果是)[，,、。！\s]*)+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:[那𠮶](?:个|些))?[又却]?(?:如何|怎么?样|怎样|多少)?[呢吧啊呀嘛吗了]*\s*[?？!！.。~～]*$")
_CONTINUES = re.compile(
    rf"^(?:and|also|what about|how about|{_SAME_FOR}|as for|but|plus|so|then)\b|^(?:那|还有|以及|同样|而)|呢(?:[?？!！。,，\s]|$)",
    re.IGNORECASE,
)
_SAME = re.compile(r"\bsame\b|同样|一样", re.IGNORECASE)
# "It is", "it costs" and "this paper" stand for nothing that was said before, nor does "this" before a name.
_STANDS_FOR = re.compile(
    r"\b(?:it(?! (?:that|on|in|to|cost|costs|take|takes)\b)|its|it's|they|them|their|theirs|these|those|he|him|his|she|her)\b"
    r"|\bthere(?=\s*[?.,!]|$)|\bin there\b|\b(?:the|that|this) (?:\w+ )?ones?\b|\bthe (?:former|latter|same|rest|others?)\b"
    r"|\bthis\b(?! (?:white ?paper|paper|report|document)\b| ['\"‘“]| \w*(?-i:[A-Z]))"
    r"|\bthat(?=\s*(?:[?.,!]|$)|'s|’s"
    r"| (?:is|was|figure|number|one|plan|scheme|year|city|place|fund|project|amount|total|growth|area|number))"
    r"|它|(?<!其)他们?(?!国|山|人)|她们?|其(?![他中实余它])|(?<!应)该(?!不)|这(?!份?(?:白皮书|报告|文件)|篇|本)|那(?!么|曲)|此(?!外)"
    r"|当中|其中|里[面头边]|当地|前者|后者|上述|两者|刚才",
    re.IGNORECASE,
)
_STANDS_FOR_A_PLACE = re.compile(
    r"\b(?P<whose>its|the city's|their)\b|\b(?:in|from|to) there\b|\bthere\b(?=\s*[?.,!]|$)|当地|该市|该地|那里|那边|它", re.IGNORECASE
)
_NAME = re.compile(r"(?<!^)(?<![.?!:：] )\b[A-Z][\w&-]*[A-Za-z]\b|[《“「『\"‘'][^》”」』\"’']{2,}[》”」』\"’']")
_ASKS = re.compile(
    r"\b(?:how|when|which|what|who(?:se)?|where|why|is|are|was|were|do|does|did|has|have|can)\b"
    r"|多少|几(?!乎)|哪|谁|什么|啥|怎|为何|为什么|何时|多[大长久快高]|是否|是不是|吗",
    re.IGNORECASE,
)
_WHAT_IT_IS = re.compile(
    r"^(?:(?:what|where|who)(?:'s|’s| is| are| was| were)|(?:tell me|what do you know) about|explain|define)(?: the)?\b"
    r"(?!.*\b(?:in|for|of|at|to|from|with|like|there|it|that|one)\b)(?!.*['’]s?\W*$)"
    r"|^(?:什么是|何谓|介绍(?:一下|下)?|讲讲|说说)|(?:是|在)(?:个|做|干|指)?(?:什么|啥|哪里|哪儿|哪)(?:地方|来头|意思)?的?[呀啊呢]?\W*$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\b(?:compar\w*(?: (?:it|that|this|them))?(?: (?:with|to|against))?|versus|vs\.?|against|relative to)\b"
    r"|[跟和与同](?=.{0,12}比)|[相对做作]?比(?:较|一比|一下|起来|如何)?(?!例|重|率|亚)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    r"^(?:tell me (?:more )?about )?(?:the |that |number |no\.? ?)?(?P<en>first|second|third|fourth|fifth|last|[1-5])"
    r"(?: (?:one|item|point|of (?:them|those|these)))?$|^第(?P<zh>[一二三四五1-5])[个项点条样种]$|^(?P<end>最后一[个项点条样种])$",
    re.IGNORECASE,
)
_ORDINALS = ("first 1 一", "second 2 二", "third 3 三", "fourth 4 四", "fifth 5 五")


def without_new_subject(text: str) -> str | None:
    """What follows the announcement of another subject ("something else: …", "换个话题，…"); None if none is announced."""
    found = _NEW_SUBJECT.search(text)
    if found is None:
        return None
    rest = (text[: found.start()] + " " + text[found.end() :]).strip(" ,，.。:：;；-–—")
    return without_lead_in(rest) or text


def without_correction(text: str) -> str:
    """The text without "no, I meant" before it."""
    return _CORRECTION.sub("", text) or text


def without_lead_in(text: str) -> str:
    """The text without "and what about" before it."""
    return _LEAD_IN.sub("", text)


def core_of(text: str) -> str:
    """The text without lead-in and without the particles at its end."""
    return _TAIL.sub("", without_lead_in(text)).strip(" ,，:：") or text


def continues(text: str) -> bool:
    """Whether the text says that it goes on from something: "and …", "…呢？"."""
    return _CONTINUES.search(text) is not None


def asks_the_same(text: str) -> bool:
    """Whether the text asks the same as before of something else."""
    return _SAME.search(text) is not None


def asks(text: str) -> bool:
    """Whether the text asks by itself, rather than only naming something."""
    return _ASKS.search(text) is not None


def asks_what_it_is(text: str) -> bool:
    """Whether the text asks what the thing is that it names: a whole question, whatever was spoken of."""
    return _WHAT_IT_IS.search(text) is not None


def names_something(text: str) -> bool:
    """Whether the text has a name in capitals (not its first word) or in quotation marks."""
    return _NAME.search(text) is not None


def refers_back(text: str) -> bool:
    """Whether the text has a word that stands for something which it does not name itself before that word."""
    found = _STANDS_FOR.search(text)
    if found is None:
        return False
    before = text[: found.start()]
    return len(search_terms(before)) <= 1 and not places(before) and not names_something(before)


def with_place_for_pronoun(text: str, place: str, *, possessive: str) -> str | None:
    """The text with a place's name for its first "there" or "its" (`possessive`); None if it has no such word."""
    found = _STANDS_FOR_A_PLACE.search(text)
    if found is None:
        return None
    return text[: found.start()] + (possessive if found["whose"] else place) + text[found.end() :]


def without_comparison(text: str) -> str | None:
    """The text without "compared with"; None if it compares nothing."""
    return _COMPARES.sub(" ", text) if _COMPARES.search(text) else None


def ordinal_in(core: str) -> int | None:
    """Which item of a list a text like "the second one" means, counted from 0 (-1: the last); None for any other text."""
    found = _ORDINAL.search(core)
    if found is None:
        return None
    word = (found["en"] or found["zh"] or "last").lower()
    return next((place for place, words in enumerate(_ORDINALS) if word in words.split()), -1)
