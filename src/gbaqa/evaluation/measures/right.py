"""Right as a whole: what a reader would accept, which is what a confidence promises."""

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.evaluation.measures.facts import all_facts
from gbaqa.evaluation.measures.pages import page_recall
from gbaqa.evaluation.measures.refusal import refusal_right

CONFIDENT = 0.9


def right(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether all facts are stated and a right page is cited, or a question that has no answer is rightly refused."""
    if not gold.answerable:
        return refusal_right(gold, answer)
    asked = [value for value in (all_facts(gold, answer), page_recall(gold, answer)) if value is not None]
    return min(asked) if asked else None


def right_when_confident(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether a confident answer or refusal is right; None where it is not confident."""
    return right(gold, answer) if answer.confidence >= CONFIDENT else None
