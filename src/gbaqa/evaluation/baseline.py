"""A saved baseline: the means of an earlier evaluation, and what is worse or better than then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ValidationError

from gbaqa.errors import EvaluationError
from gbaqa.evaluation.gold import GoldItem, fingerprint
from gbaqa.evaluation.groups import Group
from gbaqa.evaluation.measures import MEASURES, Measure
from gbaqa.evaluation.output import write_atomically

TOLERANCE = 0.01
_ROUNDING = 1e-4  # a baseline's figures have four digits
_WHOLE = ("all", "turn=later")
_COMPARED = {known.name: known for known in MEASURES if known.better is not None}


class Baseline(BaseModel):
    """Means by group and measure.

    Attributes:
        gold: fingerprint of the gold questions: means of other questions do not compare.
        questions: how many lines of gold files that is.
        corpus: ids of the documents that were asked.
        means: of each group, its measures; times and lengths are left out, as neither more nor less is a regression.
    """

    format: Literal[1] = 1
    gold: str
    questions: int
    corpus: list[str]
    means: dict[str, dict[str, float]]


@dataclass(frozen=True)
class Change:
    """A group's mean then and now. `now` is None where the measure applies to no answer any more."""

    group: str
    measure: Measure
    before: float
    now: float | None
    tolerance: float

    @property
    def difference(self) -> float | None:
        """Now less then."""
        return None if self.now is None else self.now - self.before

    @property
    def shown_difference(self) -> str:
        """The difference as tables print it."""
        return "–" if self.difference is None else f"{self.difference:+z.3f}"

    @property
    def verdict(self) -> Literal["worse", "same", "better"]:
        """Which way it went; `same` within the tolerance."""
        if self.difference is None:
            return "worse"
        if abs(self.difference) <= self.tolerance + _ROUNDING:
            return "same"
        return "better" if (self.difference > 0) == (self.measure.better == "higher") else "worse"


def baseline_of(groups: Mapping[str, Group], items: Sequence[GoldItem], corpus: list[str]) -> Baseline:
    """The means of an evaluation; chapters are left out, as they are small."""
    kept = [found for name, found in groups.items() if not name.startswith("chapter=")]
    means = {found.name: _means(found) for found in kept}
    return Baseline(gold=fingerprint(items), questions=len(items), corpus=corpus, means=means)


def read_baseline(path: Path, items: Sequence[GoldItem]) -> Baseline:
    """Read a baseline of these gold questions.

    Raises:
        EvaluationError: it cannot be read, is no baseline, or is one of other questions.
    """
    try:
        baseline = Baseline.model_validate_json(path.read_bytes())
    except OSError as error:
        raise EvaluationError(f"{path}: the baseline cannot be read ({error.strerror}); write one with --save-baseline.") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "file"
        raise EvaluationError(f"{path}: not a baseline ({where}: {first['msg']}); write one with --save-baseline.") from error
    if baseline.gold != fingerprint(items):
        raise EvaluationError(
            f"{path}: a baseline of other gold questions ({baseline.questions} lines then, {len(items)} now); "
            "give the files it was made of, or write a new one with --save-baseline."
        )
    return baseline


def save_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline. Atomic. Raises EvaluationError where it cannot be written."""
    write_atomically(path, baseline.model_dump_json(indent=2) + "\n", "baseline")


def compare(baseline: Baseline, groups: Mapping[str, Group]) -> list[Change]:
    """Every mean of the baseline against now's."""
    changes = []
    for name, means in baseline.means.items():
        found = groups.get(name, Group(name, []))
        for measure, before in means.items():
            if measure in _COMPARED:
                changes.append(Change(name, _COMPARED[measure], before, found.mean(measure), tolerance(found, measure)))
    return changes


def tolerance(found: Group, measure: str) -> float:
    """How much worse a mean may be without being a regression.

    Another processor rounds vectors otherwise, which may cost a question: a loss of 0.01 is let pass, and always that of
    one question, of two within a language or kind.
    """
    spare = 1 if found.name in _WHOLE else 2
    return max(TOLERANCE, spare / max(len(found.values(measure)), 1))


def _means(found: Group) -> dict[str, float]:
    means = {name: found.mean(name) for name in _COMPARED}
    return {name: round(value, 4) for name, value in means.items() if value is not None}
