"""What stands around or in a question without being asked: a greeting, "could you tell me", 请问, "according to the paper", thanks, "exactly"."""

import re

from gbaqa.language.script import HAN

_WHO = r"(?:i|we|(?:my|our|a|the|one|another) (?:client|boss|manager|director|editor|colleague|friend|professor|teacher|reader|team)s?(?: of (?:mine|ours))?)"
_WANTS = (
    r"(?:(?:just |really |also )?(?:wants?|needs?|would (?:like|love)|'d (?:like|love)|wish(?:es)?|am trying|is trying|are trying|'m trying|'m hoping)"
    r" (?:to )?(?:know|find out|check|ask|understand|learn|see)|(?:asks?|asked|is asking|are asking|wonders?|am wondering|'m wondering)(?: me| us)?)"
)
_PAPER = r"(?:white ?paper|report|paper|document|study|review|text|booklet|publication)"
_BEFORE_ENGLISH = (
    r"(?:hi|hello|hey|good (?:morning|afternoon|evening)|greetings)(?: there| all| team| everyone)?\b[\s,，.!！:–—-]*",
    r"(?:(?:many )?thanks(?: a lot| so much)?|thank you(?: so much| very much)?|thx|great|ok(?:ay)?|cool|perfect|got it|i see|right)[,.!;:–—-]+\s+",
    r"i'?m (?:trying|hoping|looking) to (?:know|find out|check|understand|learn)[\s,:]+",
    r"(?:i|we)['’]d (?:like|love|want) to (?:know|find out|check|understand|learn|see)[\s,:]+(?=(?:how|what|which|who|whose|whom|when|where|why|whether|if)\b)",
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
    r"(?:你好|您好|哈[啰囉罗羅]|嗨|大家好)[\s，,。.!！～~]*",
    r"(?:[谢謝]{1,4}[你您]?|多[谢謝](?:晒|你)?|感[谢謝]|唔[该該](?:晒|你)?|好的?|明白了?|[了瞭]解了?|知道了|收到)[，,。.!！～~\s]+",
    r"(?:麻[烦煩]|[劳勞][驾駕]|唔[该該])?(?:再?[请請][问問](?:一下|下|你|您)?|[请請]教(?:一下|下)?|想[请請]教|再?想[问問](?:一下|下|[问問])?|再[问問](?:一下|下)"
    r"|麻[烦煩][问問]?(?:一下|下)?)[\s，,：:]*",
    r"(?:能不能|能否|可不可以|可否|可以|能)?(?:麻[烦煩])?(?:告[诉訴]我|(?:同|跟|[给給]|[帮幫])我(?:[讲講说說查](?:一下|下|[讲講说說查])?))[\s，,：:]*",
    r"(?:能不能|能否|可不可以|可否|可以|[请請]|[帮幫]我|同我)?(?:解[释釋]|[说說]明|[讲講]解)(?:一下|下)(?=[何什][谓謂么麼]|[^，。,.]{2,16}(?:是什[么麼]|是啥|系咩|係咩|係乜))[\s，,：:]*",
    r"(?:[请請])?[给給畀](?:我)?[个個][数數][\s，,：:]+",
    r"我?[们們]?(?:很|好)?(?:想|需要|要)(?:知道|知|[了瞭]解|[确確][认認]|[问問])(?:一下|下|[问問])?[\s，,：:]*",
    r"(?:我|我[们們])?(?:的|个|個|嘅)?(?:老[板闆]|客[户戶]|上司|[领領][导導]|同事|朋友|老[师師]|教授|[读讀]者|[编編][辑輯])[们們]?(?:很|好)?(?:想|需要|要)?"
    r"(?:知道|知|[了瞭]解|[问問])(?:我|我[们們])?(?:一下|下)?[\s，,：:]*",
    r"(?:根[据據]|按照?|依[据據]|[据據])(?:本|[这這]份|[这這]本|[该該]|此|呢份)?(?:白皮[书書]|[报報]告[书書]?|文件|文[档檔]|[书書])"
    r"(?:的(?:[说說]法|[内內]容|介[绍紹]))?[\s，,：:]+",
)
_AFTER = (
    r"(?<=[.?!]) +(?:i['’]?m )?asking (?:for|on behalf of) (?:an?|my|our|the) \w+\W*$",
    r"(?<![\s,，。.;；–—-])[\s,，。.;；–—-]*\b(?:many thanks|thanks|thank you|thx|cheers|ta)\b(?: (?:a lot|so much|very much|a million|in advance|again|for your help))*[\s.!！。]*$",
    r"(?<![\s，,。.])[\s，,。.]*(?:[谢謝][谢謝]|多[谢謝]|感[谢謝]|唔[该該]|[谢謝]了)(?:晒|你|您|大家|啦|哈|了)*[\s。.！!～~]*$",
)
_LEADING = re.compile("|".join(f"(?:{pattern})" for pattern in (*_BEFORE_CHINESE, *_BEFORE_ENGLISH)), re.IGNORECASE)
_TRAILING = re.compile("|".join(f"(?:{pattern})" for pattern in _AFTER), re.IGNORECASE)
_ASIDE = re.compile(
    r"^(?P<and>and |also,? )?(?:by the way|btw|while (?:we|you)(?:'re| are) at it)[,:]?\s+"
    r"|^(?:[顺順]便|另外)(?:想|再)?[问問](?:一下|下|[问問])?[\s，,：:]*",
    re.IGNORECASE,
)
_EMPHASIS = re.compile(
    r"^(?:actually|basically|really|in fact)\b,? |,? \b(?:exactly|precisely|actually|really|basically|specifically)\b,?(?= |\W*$)"
    r"| (?:on earth|the (?:hell|heck))(?= (?:is|are|was|were|do|does|did|can|could|would|should|has|have)\b)"
    r"|(?:到底|究竟)(?=[，,是有为為能会會要算多几幾哪邊边谁誰什啥怎如占点點系係])[，,]?"
    r"|(?:^|(?<=[，,。]))(?:其实|其實|具体来说|具體來說)(?![施际際验驗体體力质質例务務地])[，,]?",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:多少|几)[架辆台艘只间家座所条班部](?=[\u4e00-\u9fff](?![\u4e00-\u9fffA-Za-z0-9]))")
_LEAST_LEFT = 4  # letters, a Chinese character counting as two: less asks nothing, so that it was no frame
_SHOUTED = 4  # English words, all in capitals


def without_frame(text: str) -> str:
    """A question without what only frames it; as it is where nothing would be left."""
    ended = _TRAILING.sub("", text)
    if _says_enough(ended):
        text = ended + ("?" if text.rstrip().endswith("?") and not ended.endswith("?") else "")
    while (found := _LEADING.match(text)) is not None and found.end() and _says_enough(text[found.end() :]):
        text = text[found.end() :].lstrip()
    return text


def without_aside(text: str) -> str:
    """A question without the "by the way" that it begins with."""
    return _ASIDE.sub(lambda found: found["and"] or "", text)


def without_emphasis(text: str) -> str:
    """A question without "exactly", 到底 and the like, which ask for nothing more; as it is where nothing would be left."""
    plain = _EMPHASIS.sub("", text).strip()
    return plain if _says_enough(plain) else text


def with_measure_apart(text: str) -> str:
    """A question in written Chinese with one counted character apart from its measure word: in 多少架车 stands 车, no 架车."""
    return _COUNTED.sub(r"\g<0> ", text)


def _says_enough(text: str) -> bool:
    return sum(1 + bool(HAN.match(char)) for char in text if char.isalnum()) >= _LEAST_LEFT


def spoken_softly(text: str) -> str:
    """A question typed in capitals alone in small letters, in which names and abbreviations are no more than other words."""
    words = re.findall(r"[A-Za-z]+", text)
    if len(words) < _SHOUTED or any(char.islower() for char in text):
        return text
    return text.lower()
