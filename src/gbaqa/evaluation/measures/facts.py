"""Facts: does the answer state what it must?"""

import re
import unicodedata

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.language.script import to_simplified

_LONG_KINDS = frozenset({"list", "table", "comparison"})
_LONG_BUDGET = 2400  # characters
_ENGLISH_BUDGET, _CHINESE_BUDGET, _FORGIVEN = 120, 250, 1.25
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9][\w.,%'-]*")
_MARK = re.compile(r"\[\^?\d+\]")
_BREAK = "\x1f"  # stands where two numbers must not run together


def fact_recall(gold: GoldTurn, answer: Answer) -> float | None:
    """Share of the required facts that the answer states."""
    stated = facts_stated(gold, answer)
    return sum(stated) / len(stated) if stated else None


def all_facts(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether the answer states every required fact."""
    stated = facts_stated(gold, answer)
    return float(all(stated)) if stated else None


def facts_stated(gold: GoldTurn, answer: Answer) -> list[bool]:
    """For each required fact, whether the answer states it within the budget; a refusal states none."""
    counted = within_budget(answer.answer, gold.type)
    return [answer.status == "answered" and states(counted, fact) for fact in gold.facts]


def within_budget(text: str, kind: str) -> str:
    """The part of an answer that counts.

    120 English words or 250 Chinese characters of prose and a quarter more; 2,400 characters of a list, table or
    comparison.
    """
    if kind in _LONG_KINDS:
        return text[:_LONG_BUDGET]
    spent = 0.0
    for match in _TOKEN.finditer(text):
        spent += 1 / _CHINESE_BUDGET if match.group() > "\u4dff" and len(match.group()) == 1 else 1 / _ENGLISH_BUDGET
        if spent > _FORGIVEN:
            return text[: match.start()]
    return text


def states(text: str, forms: list[str]) -> bool:
    """Whether a text states a fact in one of its surface forms."""
    folded = _folded(text)
    return any(_contains(folded, _folded(form)) for form in forms)


def _contains(text: str, wanted: str) -> bool:
    """Whether a folded text has a folded form; a form that begins or ends in a digit must not continue as a longer number."""
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?!\d|\.\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def _folded(text: str) -> str:
    """Script, width, case, spaces, quotation marks and thousands separators make no difference."""
    folded = to_simplified(unicodedata.normalize("NFKC", text)).lower()
    folded = _MARK.sub(" ", re.sub(r"<[^>]+>", "", folded))
    folded = re.sub(r"(?<=\d)[,，](?=\d{3})", "", folded)
    folded = re.sub(r"(?<!\s)\s*\n\s*+(?=[\d\-*•|#])|(?<=\d)\s+(?=\d)", _BREAK, folded)
    return re.sub(rf"[^\S{_BREAK}]|[*_`“”\"'‘’《》「」『』]", "", folded)
