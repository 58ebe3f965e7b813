"""An optional judge: a strong model says how faithful answers are to their quotes, and how relevant to their questions.

The measures above it need no model and decide; a judge's opinion is told beside them and compared with no baseline.
"""

from collections.abc import Callable, Iterable
from statistics import mean
from typing import Any, NamedTuple, cast

from gbaqa.config import Settings
from gbaqa.errors import EvaluationError, SettingsError
from gbaqa.evaluation.scored import Scored
from gbaqa.generation.failures import failure_of
from gbaqa.generation.model import open_model
from gbaqa.generation.notices import cause

Evaluator = Callable[..., Any]


class Judgement(NamedTuple):
    """Means over the answers judged, 0 to 1."""

    faithfulness: float
    relevance: float
    answers: int

    @property
    def line(self) -> str:
        """The judgement as a report says it."""
        return f"Judged by a model, {self.answers} answers: faithfulness {self.faithfulness:.3f}, relevance {self.relevance:.3f}."


def judge(scored: Iterable[Scored], settings: Settings, model: str) -> Judgement:
    """Have a model judge the answers that are no refusals.

    Args:
        scored: questions with their answers.
        settings: where the model's address and limits come from.
        model: PROVIDER:MODEL of the judge.

    Raises:
        SettingsError: the model cannot be used, or the extra `judge` is not installed.
        EvaluationError: there is nothing to judge, or the judge does not answer.
    """
    faithful, relevant = _evaluators(settings.model_copy(update={"llm": model}))
    rows = [row for row in scored if row.answer.status == "answered"]
    if not rows:
        raise EvaluationError("No question was answered, so there is nothing to judge; leave --judge out.")
    try:
        grounded = [float(faithful(context=_quotes(row), outputs=row.answer.answer)["score"]) for row in rows]
        helpful = [float(relevant(inputs=row.gold.question, outputs=row.answer.answer)["score"]) for row in rows]
    except Exception as error:  # whatever the provider's library raises
        raise EvaluationError(f"--judge {model}: {cause(failure_of(error).reason, 'en')}; try again, or leave it out.") from None
    return Judgement(mean(grounded), mean(helpful), len(rows))


def _evaluators(settings: Settings) -> tuple[Evaluator, Evaluator]:
    try:
        from openevals.llm import create_llm_as_judge
        from openevals.prompts import RAG_GROUNDEDNESS_PROMPT, RAG_HELPFULNESS_PROMPT
    except ImportError as error:
        raise SettingsError("--judge needs openevals, which is not installed; run: pip install 'gbaqa[judge]'.") from error
    model = open_model(settings)
    made = [create_llm_as_judge(prompt=text, judge=model, continuous=True) for text in (RAG_GROUNDEDNESS_PROMPT, RAG_HELPFULNESS_PROMPT)]
    return cast("tuple[Evaluator, Evaluator]", tuple(made))


def _quotes(row: Scored) -> str:
    """What the answer rests on: its quotes and their twins."""
    return "\n".join(text for c in row.answer.citations for text in (c.quote, c.twin.quote if c.twin else "") if text)
