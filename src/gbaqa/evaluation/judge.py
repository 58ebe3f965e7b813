"""An optional judge: a strong model says how faithful answers are to their quotes, and how relevant to their questions.

The measures above it need no model and decide; a judge's opinion is told beside them and compared with no baseline.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Judge:
    """A model that judges answers.

    Attributes:
        model: PROVIDER:MODEL.
        faithful, relevant: openevals' evaluators with that model.
    """

    model: str
    faithful: Evaluator
    relevant: Evaluator

    def judge(self, scored: Iterable[Scored]) -> Judgement:
        """Judge the answers that are no refusals.

        Raises:
            EvaluationError: there is nothing to judge, or the judge does not answer.
        """
        rows = [row for row in scored if row.answer.status == "answered"]
        if not rows:
            raise EvaluationError("No question was answered, so there is nothing to judge; leave --judge out.")
        try:
            grounded = [float(self.faithful(context=_quotes(row), outputs=row.answer.answer)["score"]) for row in rows]
            helpful = [float(self.relevant(inputs=row.gold.question, outputs=row.answer.answer)["score"]) for row in rows]
        except Exception as error:  # whatever the provider's library raises
            raise EvaluationError(f"--judge {self.model}: {cause(failure_of(error).reason, 'en')}; try again, or leave it out.") from None
        return Judgement(mean(grounded), mean(helpful), len(rows))


def open_judge(settings: Settings, model: str) -> Judge:
    """A judge, before hours of questions are answered. Nothing is sent yet.

    Args:
        settings: where the model's address and limits come from.
        model: PROVIDER:MODEL of the judge.

    Raises:
        SettingsError: the model cannot be used, or the extra `judge` is not installed.
    """
    try:
        from openevals.llm import create_llm_as_judge
        from openevals.prompts import RAG_GROUNDEDNESS_PROMPT, RAG_HELPFULNESS_PROMPT
    except ImportError as error:
        raise SettingsError("--judge needs openevals, which is not installed; run: pip install 'gbaqa[judge]'.") from error
    opened = open_model(settings.model_copy(update={"llm": model}))
    made = [create_llm_as_judge(prompt=text, judge=opened, continuous=True) for text in (RAG_GROUNDEDNESS_PROMPT, RAG_HELPFULNESS_PROMPT)]
    faithful, relevant = cast("tuple[Evaluator, Evaluator]", tuple(made))
    return Judge(model, faithful, relevant)


def _quotes(row: Scored) -> str:
    """What the answer rests on: its quotes and their twins."""
    return "\n".join(text for c in row.answer.citations for text in (c.quote, c.twin.quote if c.twin else "") if text)
