"""What may be a term: runs of words that hold together, in Chinese and in English."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from gbaqa.language.script import HAN, clean, to_simplified
from gbaqa.language.words import CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS, jieba_cut

_MOST_CHINESE_WORDS, _MOST_CHINESE_CHARACTERS = 8, 24
_MOST_ENGLISH_WORDS = 5
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_ZH_TITLE = re.compile(r"《([^《》]{2,60})》")
_ZH_QUOTED = re.compile(r"[“「]([\u4e00-\u9fff]{2,12})[”」]")
# A name in English: capitalised words, joined by small ones; a hyphen or slash joins inside a word.
_EN_WORD = r"[A-Z][\w’'&]*(?:\.\w+)*(?:[-–/][\w’'&]+)*"
_EN_NAME = re.compile(rf"(?<![\w$]){_EN_WORD}(?![$\d])(?:\s+(?:(?:of|for|and|the|in|on|to|with|from|&|–|-)\s+){{0,2}}{_EN_WORD}(?![$\d]))*")
_EN_TOKEN = re.compile(r"[A-Za-z][A-Za-z’'-]*|[^\sA-Za-z]")
_ADVERBS = frozenset("此外 然而 同时 其中 目前 因此 另外 例如 以及 期间 近年来 未来 进一步 不断 持续 以上 以下 其他 包括 相关".split())
_EDGE_CHARACTERS = frozenset(
    "的了和与及或等也都将已在为对从以由并而其该此各均即如至到把被让使是有不可能会应须需更最较约超近逾第个年月日中上下内外后前时"
)
_EN_EDGES = ENGLISH_STOP_WORDS | frozenset(
    "year yoy rmb further such well new more first second during between among amongst through per including within"
    " their its his these those there been being become continue continued according based under amount reached"
    " million billion trillion currently recent recently it’s"
    " furthermore however moreover currently meanwhile besides similarly additionally".split()
)


def chinese_candidates(texts: Iterable[str]) -> list[frozenset[str]]:
    """For each text the runs of words that occur in two texts or more, the titles and the quoted terms."""
    runs = [frozenset(_chinese_runs(to_simplified(clean(text)))) for text in texts]
    return _repeated(runs)


def _chinese_runs(text: str) -> Iterator[str]:
    for match in (*_ZH_TITLE.finditer(text), *_ZH_QUOTED.finditer(text)):
        yield match.group(1)
    for clause in re.split(r"[^\u4e00-\u9fffA-Za-z0-9·\-+/]+", _ADDRESS.sub(" ", text)):
        words = jieba_cut(clause) if HAN.search(clause) else []
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _MOST_CHINESE_WORDS) + 1):
                run = "".join(words[start:end])
                if 2 <= len(run) <= _MOST_CHINESE_CHARACTERS and _holds_together(words[start], words[end - 1], run):
                    yield run


def _holds_together(first: str, last: str, run: str) -> bool:
    edges = (first, last)
    if any(word in CHINESE_STOP_WORDS or word in _ADVERBS or word in _EDGE_CHARACTERS for word in edges) or not HAN.search(run):
        return False
    return not (run[0].isdigit() or run[-1].isdigit() or run[0] in "-·+/" or run[-1] in "-·+/")


def titles(text: str) -> list[str]:
    """The titles 《》 of a Chinese text."""
    return [match.group(1).strip() for match in _ZH_TITLE.finditer(to_simplified(clean(text)))]


def long_names(text: str) -> list[str]:
    """The names in an English text that are long enough to be titles."""
    return [name for name in english_names(clean(text)) if name.count(" ") >= 2]


def english_candidates(texts: Iterable[str]) -> list[frozenset[str]]:
    """For each text the names and runs of words that occur in two texts or more."""
    return _repeated([frozenset(_english_runs(clean(text))) for text in texts])


def english_names(plain: str) -> Iterator[str]:
    """The names in a cleaned English text: capitalised words, and the small ones between them."""
    for match in _EN_NAME.finditer(plain):
        name = re.sub(r"['’]s?$", "", re.sub(r"\s+", " ", match.group()).strip(" .’'&–-"))
        name = re.sub(r"^(?:The|In|On|At|As|For|By|A|An|This|These|It|And|But|Of|To|With|From|Its|Such)\s+", "", name)
        if len(name) > 1 and name[0].isupper() and name.lower() not in _EN_EDGES:
            yield name


def _english_runs(text: str) -> Iterator[str]:
    plain = _ADDRESS.sub(" ", text)
    yield from english_names(plain)
    for clause in re.split(r"[^A-Za-z’' -]+", plain):
        words = _EN_TOKEN.findall(clause)
        for start in range(len(words)):
            for end in range(start + 1, min(len(words), start + _MOST_ENGLISH_WORDS) + 1):
                run = words[start:end]
                if run[0].lower() not in _EN_EDGES and run[-1].lower() not in _EN_EDGES and all(word[0].islower() for word in run):
                    joined = " ".join(run)
                    if len(joined) > 3 and not joined.endswith(("ing", "ly", "ed")):
                        yield joined


def _repeated(runs: list[frozenset[str]]) -> list[frozenset[str]]:
    """What occurs in two texts or more, without runs that occur only as part of one longer run."""
    frequency = Counter(run for found in runs for run in found)
    part_of_longer = _parts_of_longer(frequency)
    return [frozenset(run for run in found if frequency[run] > 1 and run not in part_of_longer) for found in runs]


def _parts_of_longer(frequency: Counter[str]) -> set[str]:
    """Runs that are as frequent as a longer run that begins or ends with them."""
    parts: set[str] = set()
    for run, count in frequency.items():
        if count < 2:
            continue
        pieces = run.split(" ") if " " in run else list(run)
        glue = " " if " " in run else ""
        for size in range(1, len(pieces)):
            for part in (glue.join(pieces[:size]), glue.join(pieces[size:])):
                if frequency.get(part) == count:
                    parts.add(part)
    return parts
