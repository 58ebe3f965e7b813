"""Words: what jieba and a stemmer make of Chinese and English text, for splitting and for BM25."""

import re
import unicodedata
from functools import cache, lru_cache
from typing import Any

from gbaqa.language.cutting import cutter
from gbaqa.language.script import HAN, clean, to_simplified

_TOKEN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+|(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?|[a-z]+(?:['’-][a-z]+)*")
_JOINT = re.compile("['’-]")  # of an English word

# Words that a question needs for its grammar and that say nothing about its subject.
ENGLISH_STOP_WORDS = frozenset(
    "a about all also an and any are as at be been being but by can could did do does each for from had has have how"
    " i if in into is it its just many me might more most much my no not of on one only or other our out over own please"
    " s same should so some such t than that the their them then there these they this those through to under up us"
    " very was we were what when where which while who whom whose why will with would you your tell give list name"
    " paper document white whitepaper report say says according".split()
)
CHINESE_STOP_WORDS = frozenset(
    "的 了 吗 呢 是 有 在 和 与 及 或 等 也 都 就 还 又 被 把 对 从 为 给 吧 啊 这 那 该 其 之 于 而 到 哪 哪些 哪个 哪几个 几 几个"
    " 多少 什么 怎么 怎样 如何 为什么 谁 请问 请 列出 分别 一下 说 讲 提到 白皮书 报告 文中 文件 里 里面 中 上 下 个 我 你 他 她 它 们"
    " 最 更 很 不 没有 有没有 可以 能 会 要 用 以 由 所 使 让 并 但 因 因为 所以 通过 根据 关于 进行 是否 是不是 哪里 哪家 架 辆 艘 栋 幢".split()
)


def jieba_cut(text: str) -> list[str]:
    """Chinese text as jieba's words, which joined give the text again."""
    if not HAN.search(text):
        return list(text)
    return cutter().cut(text)


@lru_cache(maxsize=100_000)
def _stem(word: str) -> str:
    return str(_stemmer().stemWord(word))


@cache
def _stemmer() -> Any:
    import Stemmer

    return Stemmer.Stemmer("english")


GAP = ""  # stands for a word that says nothing about its subject, where it matters that there was one


def search_terms(text: str) -> list[str]:
    """The terms that BM25 counts: jieba's words and their parts, stemmed English, numbers without separators.

    Script and width make no difference: Traditional text gives the terms of its Simplified form.
    """
    return [term for term in search_terms_and_gaps(text) if term != GAP]


def search_terms_and_gaps(text: str) -> list[str]:
    """The search terms of a text, with GAP for each Chinese stop word or other interruption between them."""
    terms: list[str] = []
    end = 0
    for match in _TOKEN.finditer(_without_accents(to_simplified(clean(text)).lower())):
        token = match.group()
        if match.start() > end:
            terms.append(GAP)
        end = match.end()
        if HAN.match(token):
            terms += [GAP if word in CHINESE_STOP_WORDS else word for word in cutter().cut_for_search(token)]
        elif token[0].isdigit():
            terms.append(token.replace(",", ""))
        else:
            terms += [_stem(part) for part in _JOINT.split(token) if part not in ENGLISH_STOP_WORDS]
    return terms


def _without_accents(text: str) -> str:
    if text.isascii():
        return text
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


def add_words(words: list[str]) -> None:
    """Make jieba keep these words whole (names and titles that a corpus defines)."""
    for word in words:
        cutter().keep_whole(word)
