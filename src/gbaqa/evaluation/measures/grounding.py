"""Grounding: does every number of the answer stand in a quote?"""

import re
import unicodedata

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn

_MARK = re.compile(r"\[\^?\d+\]")
_NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?")


def numbers_grounded(gold: GoldTurn, answer: Answer) -> float | None:
    """Share of the answer's numbers that stand in its quotes or in the question; 1 where it states none."""
    if answer.status != "answered" or not answer.answer:
        return None
    stated = _numbers(answer.answer)
    quotes = " ".join(f"{c.quote} {c.twin.quote if c.twin else ''}" for c in answer.citations)
    return len(stated & (_numbers(quotes) | _numbers(gold.question))) / len(stated) if stated else 1.0


def _numbers(text: str) -> set[str]:
    plain = _MARK.sub(" ", unicodedata.normalize("NFKC", text))
    return {match.group().replace(",", "") for match in _NUMBER.finditer(plain)}
