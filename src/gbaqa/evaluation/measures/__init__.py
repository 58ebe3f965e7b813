"""What makes an answer good: every measure of one answer against its gold question, a family a module.

The definitions are those of the project's independent scorer, written anew: where both know a measure and see the same
predictions, they give the same figures.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn
from gbaqa.evaluation.measures.cost import answer_chars, latency_ms
from gbaqa.evaluation.measures.facts import all_facts, fact_recall, states, within_budget
from gbaqa.evaluation.measures.footnotes import footnote_recall
from gbaqa.evaluation.measures.grounding import numbers_grounded
from gbaqa.evaluation.measures.language import language_right
from gbaqa.evaluation.measures.pages import first_page, page_precision, page_recall
from gbaqa.evaluation.measures.ranking import hit_at_1, hit_at_5, reciprocal_rank
from gbaqa.evaluation.measures.refusal import false_refusal, refusal_right
from gbaqa.evaluation.measures.right import CONFIDENT, right, right_when_confident

__all__ = ["CONFIDENT", "MEASURES", "Measure", "measure", "states", "within_budget"]


@dataclass(frozen=True, slots=True)
class Measure:
    """A measure as tables and baselines know it.

    Attributes:
        name: as the scorer writes it; `heading` heads a narrow column, `says` explains it to a reader.
        of: its value for a question and the answer, None where it does not apply.
        asked: the questions it is taken of.
        better: which way is better; None where neither is, and then baselines do not compare it.
    """

    name: str
    heading: str
    says: str
    of: Callable[[GoldTurn, Answer], float | None]
    asked: Literal["answerable", "unanswerable", "any"] = "answerable"
    better: Literal["higher", "lower"] | None = "higher"

    @property
    def title(self) -> str:
        """The name as a person reads it."""
        return self.name.replace("_", " ")

    def shown(self, value: float | None) -> str:
        """A value as tables print it."""
        if value is None:
            return "–"
        return f"{value:.0f}" if self.better is None else f"{value:.3f}"


MEASURES = (
    Measure("right", "right", "all facts and a right page, or rightly refused", right, "any"),
    Measure("fact_recall", "facts", "share of the required facts that are stated", fact_recall),
    Measure("all_facts", "all", "the answer states every required fact", all_facts),
    Measure("page_recall", "page", "a citation or its twin is of a right page", page_recall),
    Measure("first_page", "first", "the first citation is of a right page", first_page),
    Measure("page_precision", "prec.", "share of the citations that are of a right page", page_precision),
    Measure("footnote_recall", "notes", "share of the attached notes that are resolved", footnote_recall),
    Measure("refusal_right", "refus", "an unanswerable question is refused or corrected", refusal_right, "unanswerable"),
    Measure("false_refusal", "false", "an answerable question is refused", false_refusal, better="lower"),
    Measure("hit@1", "hit@1", "the first passage is of a right page", hit_at_1),
    Measure("hit@5", "hit@5", "one of five passages is of a right page", hit_at_5),
    Measure("mrr@10", "mrr", "one over the rank of the first right page, of ten", reciprocal_rank),
    Measure("language_right", "lang", "the answer is in the question's language", language_right),
    Measure("numbers_grounded", "nums", "share of its numbers that stand in its quotes", numbers_grounded),
    Measure("right_when_confident", "sure", f"right, with a confidence of {CONFIDENT} or more", right_when_confident, "any"),
    Measure("answer_chars", "chars", "length in characters", answer_chars, better=None),
    Measure("latency_ms", "ms", "time in milliseconds", latency_ms, "any", better=None),
)


def measure(gold: GoldTurn, answer: Answer) -> dict[str, float]:
    """Every measure that applies to a question and its answer, by name."""
    asked = {"any", "answerable" if gold.answerable else "unanswerable"}
    values = {known.name: known.of(gold, answer) for known in MEASURES if known.asked in asked}
    return {name: value for name, value in values.items() if value is not None}
