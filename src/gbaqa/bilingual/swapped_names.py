"""Running text that names one thing in one language and another in the other: 楣州 where the English has Dunhythe, not Lintel.

Which name stands for which is learned from the document itself: names that are in the same groups of twins, and hardly in others
without each other. A name is missed only where the text has another one of the document's in its place, since it may always be
said in other words ("the two cities", 当地).
"""

import re
from collections import Counter
from collections.abc import Sequence

from gbaqa.bilingual.candidates import chinese_candidates, english_names
from gbaqa.bilingual.disagreement import Disagreement
from gbaqa.bilingual.findings import Findings
from gbaqa.bilingual.groups import Passages, with_strays
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.cutting import cutter
from gbaqa.language.places import places
from gbaqa.language.script import clean, to_simplified

_LEAST_GROUPS = 4
_LEAST_DICE = 0.6
_NAME = 0.45
_ACRONYM = re.compile(r"[A-Z]{2,}|\band\b")


def name_disagreements(index: SearchIndex, passages: Passages) -> list[Disagreement]:
    """The groups of a document in which just one known name of either language is not answered by its own, but by another's."""
    findings = Findings(index, passages, with_strays(index, passages, passages.groups))
    paired = [at for at, group in enumerate(findings.groups) if group.zh and group.en]
    texts = [_texts(findings, at) for at in paired]
    names = _names_of(texts)
    for at, (zh, en) in zip(paired, texts, strict=True):
        missed = _missed(names, zh, en)
        if missed and CELL_SEPARATOR not in zh:  # cells are compared one by one
            findings.differ(at, "name", _NAME, *_rows(findings, at, missed))
    return findings.found


def _texts(findings: Findings, at: int) -> tuple[str, str]:
    group = findings.groups[at]
    zh, en = (clean(" ".join(map(findings.text, rows))) for rows in (group.zh, group.en))
    return to_simplified(zh), en


def _names_of(texts: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Names in Chinese and English that stand for each other, each the other's likeliest."""
    zh_in = chinese_candidates(zh for zh, _ in texts)
    en_in = [frozenset(english_names(en)) for _, en in texts]
    english = " ".join(en for _, en in texts)
    of_zh, of_en = (Counter(name for names in found for name in names) for found in (zh_in, en_in))
    together = Counter((zh, en) for ours, theirs in zip(zh_in, en_in, strict=True) for en in theirs for zh in ours)
    dice = {(zh, en): 2 * count / (of_zh[zh] + of_en[en]) for (zh, en), count in together.items() if count >= _LEAST_GROUPS}
    best: list[dict[str, tuple[float, int, str]]] = [{}, {}]
    for pair, likely in dice.items():
        for side in (0, 1):
            other = pair[1 - side]
            best[side][pair[side]] = max(best[side].get(pair[side], (0.0, 0, "")), (likely, len(other), other))
    found = [(zh, en) for zh, (likely, _, en) in best[0].items() if likely >= _LEAST_DICE and best[1][en][2] == zh]
    return [(zh, en) for zh, en in found if _is_name(zh, en, english)]


def _is_name(zh: str, en: str, english: str) -> bool:
    """Whether a term is a name: no common noun of Chinese, no acronym, no English word that also stands in small letters."""
    if cutter().is_noun(zh) or _ACRONYM.search(en):
        return False
    return " " in en or re.search(rf"\b{re.escape(en.lower())}\b", english) is None


def _missed(names: Sequence[tuple[str, str]], zh: str, en: str) -> tuple[str, str] | None:
    """The Chinese name and the English one that are not answered, where there is one of each."""
    here = [(ours, theirs) for ours, theirs in names if ours in zh]
    there = [(ours, theirs) for ours, theirs in names if _stands_in(theirs, en)]
    lost_zh = [
        ours for ours, theirs in here if not (_stands_in(theirs, en) or _is_place_of(ours, en) or _is_part(ours, [one for one, _ in here]))
    ]
    lost_en = [
        theirs for ours, theirs in there if not (ours in zh or _is_place_of(theirs, zh) or _is_part(theirs, [one for _, one in there]))
    ]
    return (lost_zh[0], lost_en[0]) if len(lost_zh) == len(lost_en) == 1 else None


def _stands_in(name: str, text: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?:n|an|ese)?(?![\w-])", text) is not None


def _is_place_of(name: str, text: str) -> bool:
    """Whether a name is that of places which a text names in some other way (深港)."""
    return bool(places(name)) and places(name) <= places(text)


def _is_part(name: str, names: Sequence[str]) -> bool:
    return any(name != other and name in other for other in names)


def _rows(findings: Findings, at: int, names: tuple[str, str]) -> tuple[tuple[int, str], tuple[int, str]]:
    """The rows that have the names, each with its name as printed."""
    group = findings.groups[at]
    zh, en = names
    own = next((row for row in group.zh if zh in to_simplified(clean(findings.text(row)))), group.zh[0])
    printed = clean(findings.text(own))
    start = to_simplified(printed).find(zh)
    other = next((row for row in group.en if en in clean(findings.text(row))), group.en[0])
    return (own, printed[start : start + len(zh)] if start >= 0 else zh), (other, en)
