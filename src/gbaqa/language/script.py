"""Scripts: Chinese or English, Simplified or Traditional, and the way from one to the other."""

import re
import unicodedata
from functools import cache
from typing import Literal

import opencc

Language = Literal["zh", "en"]
Script = Literal["en", "zh-Hans", "zh-Hant"]

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_LATIN_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")
_WORD_OR_FIGURE = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9]|[.,%'’-](?=[A-Za-z0-9])|%)*")

# Code points that carry no text but break matching: zero-width characters, bidi controls, soft hyphen, byte order mark.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")

_NOT_CHINESE_PUNCTUATION = re.compile("[^，：；！？（）…～]+")

# Words that only a sentence written in that language needs. A question that mixes languages is in the language of
# its grammar: "What is 河套深港科技创新合作区?" is English although most of its characters are Chinese.
_ENGLISH_GRAMMAR = frozenset(
    "a about an and are at by can could did do does for from had has have how in is it many much me of on or should than tell that"
    " the there they to was were what when where which who whose why will with would".split()
)
_CHINESE_GRAMMAR = re.compile(
    "[的了吗呢是有在和与几哪谁么该被把将对从为给吧嗎係嘅咗唔喺佢啲邊乜咩嚟畀]|多少|怎样|如何|分别|请问|几时|幾多|幾時|點解|點樣"
)

# Cantonese function words as standard written Chinese, longest first; applied after conversion to Simplified.
_CANTONESE = {
    "有冇": "有没有", "边个": "哪个", "边度": "哪里", "边间": "哪家", "边啲": "哪些", "边份": "哪份", "边年": "哪年",
    "边月": "哪月", "几多": "多少", "几时": "什么时候", "点解": "为什么", "点样": "怎样", "点计": "怎么计算",
    "同埋": "和", "而家": "现在", "依家": "现在", "呢个": "这个", "呢份": "这份", "呢啲": "这些", "嗰个": "那个", "嗰啲": "那些",
    "旧年": "去年", "几钱": "多少钱", "咩嘢": "什么", "乜嘢": "什么", "乜野": "什么", "咩": "什么", "乜": "什么", "嘅": "的", "咗": "了", "唔": "不", "唔该畀": "请给", "唔该俾": "请给", "唔该帮": "请帮", "唔该讲": "请讲", "唔该列": "请列", "冇": "没有", "喺": "在",
    "佢哋": "他们", "佢": "他", "啲": "些", "嚟": "来", "畀": "给", "俾": "给", "攞": "拿", "嘢": "东西", "㗎": "的", "啦": "",
    "嗰": "那", "哋": "们", "咁": "这么", "边间医院": "哪家医院", "𠮶": "那", "仲有": "还有", "系咪": "是不是", "使唔使": "需不需要",
    "边瓣": "哪方面", "呢瓣": "这方面", "孭": "承担", "睇": "看", "揾": "找", "搵": "找",
}  # fmt: skip
# 係 and 邊 are words of their own in Cantonese, and parts of ordinary ones in Traditional Chinese: 關係, 周邊, 邊境.
_IS = re.compile("(?<![關关聯联體体維维派院])[係系](?![統统列數数])")
_WHICH = re.compile(
    "(?<![周旁身海江河湖池岸路街單单雙双兩两無无左右前後后上下東东西南北裡裏里外這这那手])[邊边](?![境界緣缘防疆關关沿際际檢检框陲])"
)
# 點 before a verb asks how; behind a numeral it is an hour or a little, and a part of 重點, 觀點.
_HOW = re.compile("(?<![几一二两三四五六七八九十零0-9有这那呢重热焦优缺特观要起终地难景站差])点(?=[睇讲做搞分用])")
_CANTONESE_MARKERS = re.compile("[嘅咗唔喺佢啲嚟畀乜咩冇㗎嗰哋咁𠮶孭睇揾搵]|幾多|點解|點樣|同埋|几多|点解")
_CANTONESE_WORD = re.compile("|".join(sorted(map(re.escape, _CANTONESE), key=len, reverse=True)))


@cache
def _converter(config: str) -> opencc.OpenCC:
    return opencc.OpenCC(config)


def clean(text: str) -> str:
    """Text in Unicode NFKC (radical code points, ligatures, full-width digits) without invisible characters.

    Chinese punctuation stays full-width: a quote must read as it is printed.
    """
    if text.isascii():
        return text  # and so below: much of what is read is plain English, and most of the time would go into that
    visible = _INVISIBLE.sub("", text)  # before it is normalized: what stood between a letter and its accent is gone then
    return _NOT_CHINESE_PUNCTUATION.sub(lambda match: unicodedata.normalize("NFKC", match.group()), visible)


def to_simplified(text: str) -> str:
    """Traditional Chinese, in Hong Kong's forms too (衞, 敍), as Simplified; other text unchanged."""
    return text if text.isascii() else str(_converter("hk2s").convert(text))


def to_hong_kong(text: str) -> str:
    """Simplified Chinese as Traditional in Hong Kong's forms and terms (数码 stays 數碼, 信息 becomes 資訊)."""
    return text if text.isascii() else str(_converter("s2hkp").convert(text))


def written_chinese(text: str) -> str:
    """Cantonese, in either script, as standard written Simplified Chinese; other text only simplified.

    The function words are replaced, not the grammar: enough for words to match those of a written document.
    """
    simplified = to_simplified(text)
    is_cantonese = _CANTONESE_MARKERS.search(text) or _WHICH.search(text) or any(found.group() == "係" for found in _IS.finditer(text))
    if not is_cantonese:
        return simplified
    words = _CANTONESE_WORD.sub(lambda match: _CANTONESE[match.group()], _HOW.sub("怎么", simplified))
    return _WHICH.sub("哪", _IS.sub("是", words))


def count_words(text: str) -> tuple[int, int]:
    """Number of Chinese characters and of words in Latin letters."""
    return len(HAN.findall(text)), len(_LATIN_WORD.findall(text))


def count_as_read(text: str) -> tuple[int, int]:
    """Number of Chinese characters and of words and figures: “cross-boundary” and “RMB3,673.8” are one each."""
    return len(HAN.findall(text)), len(_WORD_OR_FIGURE.findall(text))


def language_of(text: str) -> Language:
    """The language that most of a text is in; a Chinese character weighs as much as half a Latin word."""
    han, latin = count_words(text)
    return "zh" if han / 2 > latin else "en"


def script_of_question(text: str) -> Script:
    """The language and script that a question is asked in, and so is to be answered in."""
    han, latin = count_words(text)
    if not han:
        return "en"
    english = sum(word.lower() in _ENGLISH_GRAMMAR for word in _LATIN_WORD.findall(text))
    chinese = len(_CHINESE_GRAMMAR.findall(text))
    if english > chinese or (english == chinese and latin > han):
        return "en"
    return "zh-Hant" if is_traditional(text) else "zh-Hans"


def language_of_script(script: Script) -> Language:
    """The language that is written in a script."""
    return "en" if script == "en" else "zh"


def script_of_language(language: Language) -> Script:
    """The script in which a language is put together: Simplified for Chinese, from which Traditional is made."""
    return "en" if language == "en" else "zh-Hans"


def is_traditional(text: str) -> bool:
    """Whether Chinese text is Traditional: more of its characters exist only there than only in Simplified.

    Where none exists in one of them only, Cantonese is taken for Traditional, in which most of it is written.
    """
    only_traditional = sum(a != b for a, b in zip(text, to_simplified(text), strict=False))
    only_simplified = sum(a != b for a, b in zip(text, str(_converter("s2t").convert(text)), strict=False))
    if not only_traditional and not only_simplified:
        return _CANTONESE_MARKERS.search(text) is not None
    return only_traditional > only_simplified
