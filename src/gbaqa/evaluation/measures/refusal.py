"""Refusals: is what the document does not say refused, and nothing else?"""

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.evaluation.measures.facts import states


def refusal_right(gold: GoldTurn, answer: Answer) -> float:
    """Whether an unanswerable question is refused, or its false premise corrected by stating the facts."""
    corrected = bool(gold.facts) and all(states(answer.answer, fact) for fact in gold.facts)
    return float(answer.status != "answered" or corrected)


def false_refusal(gold: GoldTurn, answer: Answer) -> float:
    """Whether an answerable question is refused."""
    return float(answer.status != "answered")
