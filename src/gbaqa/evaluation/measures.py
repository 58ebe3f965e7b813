"""What makes an answer good, measured against a gold question.

The definitions are those of the project's independent scorer, written anew: where both see the same predictions they
give the same figures.
"""

import re
import unicodedata

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.language.script import to_simplified

_MARK = re.compile(r"\[\^?\d+\]")
_LONG_KINDS = frozenset({"list", "table", "comparison"})
_LONG_BUDGET = 2400  # characters
_ENGLISH_BUDGET, _CHINESE_BUDGET, _FORGIVEN = 120, 250, 1.25
_BREAK = "\x1f"  # stands where two numbers must not run together
_TOKEN = re.compile(r"[\u4e00-\u9fff]|[A-Za-z0-9][\w.,%'-]*")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")

MEASURES = (
    "fact_recall", "all_facts", "page_recall", "first_page", "page_precision", "footnote_recall", "refusal_right", "false_refusal",
    "hit@1", "hit@5", "mrr@10", "language_right", "numbers_grounded", "answer_chars", "latency_ms",
)  # fmt: skip


def measure(gold: GoldTurn, answer: Answer) -> dict[str, float]:
    """Every measure that applies to this question."""
    refused = answer.status != "answered"
    if not gold.answerable:
        corrected = bool(gold.facts) and all(states(answer.answer, fact) for fact in gold.facts)
        return {"refusal_right": float(refused or corrected), "latency_ms": answer.elapsed_ms}
    found = {"false_refusal": float(refused), "latency_ms": answer.elapsed_ms}
    found |= _facts(gold, answer, refused)
    if gold.pages:
        found |= _pages(gold, answer, refused)
    if gold.footnotes:
        resolved = {note.number for c in answer.citations for note in [*c.footnotes, *(c.twin.footnotes if c.twin else [])]}
        found["footnote_recall"] = 0.0 if refused else len(resolved & set(gold.footnotes)) / len(gold.footnotes)
    if not refused and answer.answer:
        found |= _form(gold, answer)
    return found


def _facts(gold: GoldTurn, answer: Answer, refused: bool) -> dict[str, float]:
    if not gold.facts:
        return {}
    counted = within_budget(answer.answer, gold.type)
    stated = [states(counted, fact) and not refused for fact in gold.facts]
    return {"fact_recall": sum(stated) / len(stated), "all_facts": float(all(stated))}


def _pages(gold: GoldTurn, answer: Answer, refused: bool) -> dict[str, float]:
    cited = [citation.page for citation in answer.citations]
    twins = [citation.twin.page for citation in answer.citations if citation.twin]
    found = {
        "page_recall": float(not refused and bool(gold.pages & {*cited, *twins})),
        "page_precision": 0.0 if refused or not cited else sum(page in gold.pages for page in cited) / len(cited),
        "first_page": float(not refused and bool(cited) and cited[0] in gold.pages),
    }
    ranked = [passage.page in gold.pages for passage in answer.passages]
    if ranked:
        found["hit@1"] = float(ranked[0])
        found["hit@5"] = float(any(ranked[:5]))
        found["mrr@10"] = next((1 / rank for rank, right in enumerate(ranked[:10], 1) if right), 0.0)
    return found


def _form(gold: GoldTurn, answer: Answer) -> dict[str, float]:
    quotes = " ".join(f"{c.quote} {c.twin.quote if c.twin else ''}" for c in answer.citations)
    stated = _numbers(answer.answer)
    found = {
        "numbers_grounded": len(stated & (_numbers(quotes) | _numbers(gold.question))) / len(stated) if stated else 1.0,
        "answer_chars": float(len(answer.answer)),
    }
    if gold.lang != "mixed":
        han = len(re.findall(r"[\u4e00-\u9fff]", answer.answer))
        latin = len(re.findall(r"[A-Za-z]+", answer.answer))
        found["language_right"] = float((han > latin) == gold.lang.startswith("zh"))
    return found


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
    return any(_contains(text, form) for form in forms)


def _contains(text: str, form: str) -> bool:
    """Whether a text has a surface form; a form that begins or ends in a digit must not continue as a longer number."""
    wanted = _folded(form)
    if not wanted:
        return False
    before = r"(?<![\d.])" if wanted[0].isdigit() else ""
    after = r"(?!\d|\.\d)" if wanted[-1].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, _folded(text)) is not None


def _folded(text: str) -> str:
    """Script, width, case, spaces, quotation marks and thousands separators make no difference."""
    folded = to_simplified(unicodedata.normalize("NFKC", text)).lower()
    folded = _MARK.sub(" ", re.sub(r"<[^>]+>", "", folded))
    folded = re.sub(r"(?<=\d)[,，](?=\d{3})", "", folded)
    folded = re.sub(r"\s*\n+\s*(?=[\d\-*•|#])|(?<=\d)\s+(?=\d)", _BREAK, folded)
    return re.sub(rf"[^\S{_BREAK}]|[*_`“”\"'‘’《》「」『』]", "", folded)


def _numbers(text: str) -> set[str]:
    plain = _MARK.sub(" ", unicodedata.normalize("NFKC", text))
    return {match.group().replace(",", "") for match in _NUMBER.finditer(plain)}
