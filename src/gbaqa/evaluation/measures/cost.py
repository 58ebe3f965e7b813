"""What an answer costs its reader: length and time."""

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn


def answer_chars(gold: GoldTurn, answer: Answer) -> float | None:
    """Length of an answer in characters; refusals are not counted."""
    return float(len(answer.answer)) if answer.status == "answered" and answer.answer else None


def latency_ms(gold: GoldTurn, answer: Answer) -> float:
    """Time to the answer in milliseconds."""
    return answer.elapsed_ms
