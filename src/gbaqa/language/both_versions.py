"""Asking whether the two languages of a document agree: "the Chinese and English versions don't match", 中英文版数字夹不夹.

Answers tell where the languages differ in what they quote, asked or not, so these words are taken off: no statement is about them.
"""

import re

_LANGUAGES = r"(?:(?:chinese|english) (?:and|vs\.?|versus|or) (?:the )?(?:chinese|english)|(?:both|the two|two) languages?)"
_VERSIONS = rf"(?:(?:the )?(?:{_LANGUAGES}|both|two)(?: languages?)?(?: language)? (?:versions?|texts?|editions?|pages?|sides?)|{_LANGUAGES}\b(?! \w+ (?:of|in|for)\b))"
_AGREE = (
    r"(?:(?:really|actually|seem(?:s|ed)? to|appear to|always|do(?:es)?|did|not|n['’]t|don['’]t|doesn['’]t) )*"
    r"(?:agree|disagree|differ|match|mismatch|conflict|tally|(?:say|give|show|state|have|print) (?:the same|different|another)(?: (?:thing|figures?|numbers?|amounts?|dates?))?"
    r"|(?:are|is|be) (?:different|the same|consistent|inconsistent|at odds|in conflict))"
)
_ENGLISH = re.compile(
    rf"(?P<before>^(?:do|does|did|why do|where do|how do) {_VERSIONS} {_AGREE}(?: (?:about|on|for|over|in|of|as to)\b)?\s*)"
    rf"|\b(?:and |but |also )?(?:(?:do|does|did|why do|where do|how do) |it (?:seems|looks) (?:like |as if |that )?|i (?:think|see|notice) (?:that )?)?{_VERSIONS} {_AGREE}(?: (?:on|about) (?:this|that|it))?[\s.?!]*$",
    re.IGNORECASE,
)
_ONE_VERSION = r"(?:中文?|英文?|chinese|english)的?\s?(?:版本?|文本|version|那版|那边)"
_BOTH_CHINESE = (
    r"(?:中英文?(?:两|双)?个?(?:版本?|文本)|(?:两|2)(?:种|个)(?:语言|文字|语文|版本)(?:的?版本)?"
    rf"|{_ONE_VERSION}\s?(?:同|和|与|跟|及|、|对|vs\.?|and)\s?(?:{_ONE_VERSION}|中文|英文|chinese|english))"
)
_AGREE_CHINESE = r"(?:[^，,。；;？?]{0,8}?)(?:夹不夹|不夹|对不对得上|对得上|对不上|一致|有没有(?:出入|分别|不同|差异)|有(?:出入|分别|不同|差异|矛盾)|不(?:大|太|尽)?(?:同|一样)|一样|相同|相符|吻合|矛盾|differ|agree|match|tally|consistent)"
_CHINESE = re.compile(
    rf"(?P<before>^(?:为什么|怎么)?{_BOTH_CHINESE}(?:对|关于|在|就)?(?=[^，,。；;？?]{{2,60}}?一[致样]))"
    rf"|(?:而且|还有|不过|但|同埋|为什么|怎么|请问)?{_BOTH_CHINESE}{_AGREE_CHINESE}[的了吗嘛吧呢啊]*[\s。？?！!]*$"
    rf"|{_BOTH_CHINESE}\s?(?:各自?|分别)(?:写|是|说|讲|写成|给出?)?",
    re.IGNORECASE,
)
_AGREED = re.compile(r"的?(?:说法|讲法|写法|数字|数据)?(?:是不是|是否)?(?:一致|一样)[的吗嘛呢]*(?=[\s。？?！!]*$)")
_LEAST_LEFT = 4  # characters; less would be no question


def without_versions(text: str) -> str:
    """A question in written Chinese or English without asking whether both languages agree; as it is where nothing else is asked."""
    rest = text
    for pattern in (_ENGLISH, _CHINESE):
        found = pattern.search(rest)
        if found is None:
            continue
        cut = rest[: found.start()] + rest[found.end() :]
        if found["before"] is not None:
            cut = _AGREED.sub("", cut)
        rest = cut.rstrip(" ,，;；.。?？!！、–—-") + ("?" if "?" in rest or "？" in rest else "")
    return rest if sum(char.isalnum() for char in rest) >= _LEAST_LEFT else text
