"""What stands around a question without being asked: a greeting, "could you tell me", 请问, "according to the paper", thanks."""

import re

_WHO = r"(?:i|we|(?:my|our|a|the|one|another) (?:client|boss|manager|director|editor|colleague|friend|professor|teacher|reader|team)s?(?: of (?:mine|ours))?)"
_WANTS = (
    r"(?:(?:just |really |also )?(?:wants?|needs?|would (?:like|love)|'d (?:like|love)|wish(?:es)?|am trying|is trying|are trying|'m trying|'m hoping)"
    r" (?:to )?(?:know|find out|check|ask|understand|learn|see)|(?:asks?|asked|is asking|are asking|wonders?|am wondering|'m wondering)(?: me| us)?)"
)
_PAPER = r"(?:white ?paper|report|paper|document|study|review|text|booklet|publication)"
_BEFORE_ENGLISH = (
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|greetings)(?: there| all| team| everyone)?\b[\s,，.!！:–—-]*",
    r"i'?m (?:trying|hoping|looking) to (?:know|find out|check|understand|learn)[\s,:]+",
    r"(?:please|pls|kindly)\b[\s,]+",
    r"(?:a |just a |one )?(?:quick|short|small|simple) (?:question|one|q)\b[\s,.:–—-]+",
    r"(?:could|can|would|will) (?:you|u|someone|anyone|somebody) (?:please |pls |kindly |perhaps |maybe )?tell (?:me|us)[\s,:]+(?!about\b)",
    rf"(?:so )?{_WHO} {_WANTS}(?: this| something)?(?: for (?:a|an|my|our|the) [\w -]{{3,30}}[:.,])?[\s,:.–—-]*(?=[\w\"“'])(?!about\b)",
    r"for (?:a|an|my|our) (?:slide(?: deck)?|deck|presentation|article|essay|class|story|piece|memo|client|note)\b[\s,:–—-]+",
    rf"according to (?:the|this|your|that) {_PAPER}[\s,:]+",
    rf"(?:in|per|from|by) (?:the|this) {_PAPER}[,:]\s*",
    r"(?:do you know|any idea|do we know|i wonder|(?:i'm |i am |just )?wondering)[\s,:]+(?=(?:how|what|which|who|whose|whom|when|where|why|whether|if)\b)",
)
_BEFORE_CHINESE = (
    r"(?:你好|您好|哈啰|哈罗|嗨|大家好)[\s，,。.！!～~]*",
    r"(?:麻烦|劳驾|唔该)?(?:请问(?:一下|下|你|您)?|请教(?:一下|下)?|想?请教|想问(?:一下|下|问)?|麻烦问(?:一下|下)?)[\s，,：:]*",
    r"(?:能不能|能否|可不可以|可否|可以|能)?(?:麻烦)?(?:告诉|同|跟|给|帮)我(?:讲(?:一下|下|讲)|说(?:一下|下|说)|查(?:一下|下|查)|知道)?[\s，,：:]+",
    r"(?:我|我们)?(?:很|好)?(?:想|需要|要)(?:知道|了解|确认|问)(?:一下|下)?[\s，,：:]*",
    r"(?:我|我们)?(?:的|个|嘅)?(?:老板|客户|上司|领导|同事|朋友|老师|教授|读者|编辑)们?(?:很|好)?(?:想|需要|要)?(?:知道|了解|问)(?:我|我们)?(?:一下|下)?[\s，,：:]*",
    r"(?:根据|按照?|依据|据)(?:本|这份|这本|该|此|呢份)?(?:白皮书|报告书?|文件|文档|书)(?:的(?:说法|内容|介绍))?[\s，,：:]+",
)
_AFTER = (
    r"[\s,，。.;；–—-]*\b(?:many thanks|thanks|thank you|thx|cheers|ta)\b(?: (?:a lot|so much|very much|a million|in advance|again|for your help))*[\s.!！。]*$",
    r"[\s，,。.]*(?:谢谢|多谢|感谢|唔该|谢了)(?:晒|你|您|大家|啦|哈|了)*[\s。.！!～~]*$",
)
_LEADING = re.compile("|".join(f"(?:{pattern})" for pattern in (*_BEFORE_CHINESE, *_BEFORE_ENGLISH)), re.IGNORECASE)
_TRAILING = re.compile("|".join(f"(?:{pattern})" for pattern in _AFTER), re.IGNORECASE)
_LEAST_LEFT = 4  # letters or characters: less asks nothing, so that it was no frame
_SHOUTED = 4  # English words, all in capitals


def without_frame(text: str) -> str:
    """A question in written Simplified Chinese or English without what only frames it; as it is where nothing would be left."""
    ended = _TRAILING.sub("", text)
    if _says_enough(ended):
        text = ended + ("?" if text.rstrip().endswith("?") and not ended.endswith("?") else "")
    while (found := _LEADING.match(text)) is not None and found.end() and _says_enough(text[found.end() :]):
        text = text[found.end() :].lstrip()
    return text


def _says_enough(text: str) -> bool:
    return sum(char.isalnum() for char in text) >= _LEAST_LEFT


def spoken_softly(text: str) -> str:
    """A question typed in capitals alone in small letters, in which names and abbreviations are no more than other words."""
    words = re.findall(r"[A-Za-z]+", text)
    if len(words) < _SHOUTED or any(char.islower() for char in text):
        return text
    return text.lower()
