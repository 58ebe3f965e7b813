"""Where sentences end, and which pieces of text are never cut."""

import re
from collections.abc import Iterator

from gbaqa.language.words import jieba_cut

Span = tuple[int, int]

# An English full stop ends a sentence unless it stands after one of these or after a single capital letter.
_ABBREVIATIONS = frozenset("al approx co corp dept dr eds eg e.g gov i.e inc ltd mr mrs ms prof st vs u.s u.k est incl".split())
# These only in front of a number: "No. 7", but "The answer was no."
_NUMBERED = frozenset("art cap ch ed fig figs no nos para p pp sec vol".split())
_CHINESE_STOP = re.compile(r"[。！？!?]+[”’」』）)\]]*")
_ENGLISH_STOP = re.compile(r"(?<![.!?])[.!?]++[”’\"')\]]*+(?=\s+[\"“‘'(\[]?[A-Z0-9\u4e00-\u9fff•-]|\s*$)")

_ENUMERATOR = re.compile(r"^[(（]?[\da-zA-Z]{1,2}[.)）]+$")

_URL = r"https?://[^\s，。；、）)>\]]+"
# A number keeps its sign, currency, thousands, decimals, scale and unit: "RMB 1.33 trillion", "1.33万亿元", "20+%".
_NUMBER = (
    r"(?:(?:RMB|HKD|MOP|USD|US|HK)?\s?[$¥€£]?\s?|人民[币幣]|港[币幣]|美元)?[+-]?\d[\d,]*(?:\.\d+)?\+?"
    r"(?:\s?[%‰]|\s?(?:trillion|billion|million|thousand|percent|per cent|square (?:kilo)?met(?:re|er)s|(?:kilo)?met(?:re|er)s"
    r"|hectares|tonnes|times|years|[kMGT]?Wh?|[km]?m|kg|ha)(?![A-Za-z])|[A-Za-z]{1,3}(?![A-Za-z])"
    r"|[万萬亿億千百]*(?:港元|美元|澳[门門]元|[欧歐]元|元|人次|平方公里|平方米|公里|[万萬][吨噸]|公[吨噸]|[吨噸]|家|[个個]月|[个個]|[项項]|所|名|年|月|日|倍|宗|[只隻]|[条條]|[间間]|[户戶]|人|座|[台臺]|[张張]|[笔筆]|[岁歲])?)"
)
_WHOLE = re.compile(f"{_URL}|{_NUMBER}|[A-Za-z](?:[A-Za-z'’&./]|-(?=[A-Za-z0-9])|(?<=-)\\d+)*")
_NEAR = 40  # characters on either side of a mark that tell whether a sentence ends there


def leads_on(text: str) -> bool:
    """Whether a text ends with a colon, and so leads to what follows it."""
    return text.rstrip().endswith((":", "："))


def sentence_spans(text: str) -> list[Span]:
    """Character spans of the sentences of a text, without the white space between them.

    Chinese and English stops may occur in the same text; a line break always ends a sentence.
    """
    spans: list[Span] = []
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for stop in _stops(line.group()):
            if _ENUMERATOR.match(text[start : line.start() + stop].strip()):
                continue  # "3." begins what follows
            _append_trimmed(spans, text, start, line.start() + stop)
            start = line.start() + stop
        _append_trimmed(spans, text, start, line.end())
    return spans


def sentences(text: str) -> list[str]:
    """The sentences of a text."""
    return [text[start:end] for start, end in sentence_spans(text)]


def _stops(line: str) -> list[int]:
    stops = {match.end() for match in _CHINESE_STOP.finditer(line) if not _is_english_mark(line, match)}
    for match in _ENGLISH_STOP.finditer(line):
        if not (match.group().startswith(".") and _is_abbreviation(line, match.start())):
            stops.add(match.end())
    return sorted(stops)


def _is_english_mark(line: str, match: re.Match[str]) -> bool:
    """Half-width ! and ? inside a URL or right before a letter do not end a sentence."""
    return match.group()[0] in "!?" and match.end() < len(line) and line[match.end()].isascii() and not line[match.end()].isspace()


def _is_abbreviation(line: str, stop: int) -> bool:
    before, rest = line[max(0, stop - _NEAR) : stop], line[stop : stop + _NEAR].lstrip(".!?\"”’')] ")
    word = re.search(r"(?<![A-Za-z.])[A-Za-z.]+$", before[-12:])
    if not word:
        return re.search(r"[:：;；]\s*\d{1,2}$", before) is not None  # "two of them: 1. the bridge"
    if word.group().lower() in _NUMBERED:
        return rest[:1].isdigit()
    if word.group().lower() == "etc":  # ends a sentence where a capital follows
        return not rest[:1].isupper()
    return word.group().lower() in _ABBREVIATIONS or (len(word.group()) == 1 and word.group().isupper())


def _append_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def atoms(text: str) -> Iterator[Span]:
    """Spans that a splitter must never cut, in order and covering the text: URLs, numbers with their units, words.

    Chinese words are jieba's. Everything between (spaces, punctuation) is an atom of its own, a character each.
    """
    position = 0
    for match in _WHOLE.finditer(text):
        if match.end() == match.start():
            continue
        yield from _chinese_atoms(text, position, match.start())
        yield match.span()
        position = match.end()
    yield from _chinese_atoms(text, position, len(text))


def _chinese_atoms(text: str, start: int, end: int) -> Iterator[Span]:
    for word in jieba_cut(text[start:end]):
        yield start, start + len(word)
        start += len(word)


def split_to_fit(text: str, fits: int) -> list[Span]:
    """Cut a text that is too long into spans of at most `fits` characters, at atoms, preferring clause ends.

    An atom longer than `fits` (a URL, say) stays whole.
    """
    spans: list[Span] = []
    start = clause_end = end = 0
    for atom_start, atom_end in atoms(text):
        while atom_end - start > fits and end > start:
            cut = clause_end if clause_end > start else end
            _append_trimmed(spans, text, start, cut)
            start = cut
        end = atom_end
        if text[atom_start:atom_end] in "；;，,：:、)）":
            clause_end = atom_end
    _append_trimmed(spans, text, start, len(text))
    return spans
