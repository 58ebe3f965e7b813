"""The results of an evaluation, as tables and report show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gbaqa.evaluation.baseline import Change
from gbaqa.evaluation.calibration import Calibration
from gbaqa.evaluation.groups import Group
from gbaqa.evaluation.scored import Scored


@dataclass(frozen=True)
class Evaluation:
    """Questions answered, grouped and measured.

    Attributes:
        corpus: ids of the documents that were asked.
        changes: against a baseline, None where none was given.
    """

    scored: Sequence[Scored]
    groups: Mapping[str, Group]
    calibration: Calibration
    corpus: list[str]
    changes: list[Change] | None = None

    @property
    def has_regressed(self) -> bool:
        """Whether a mean is worse than the baseline's by more than its tolerance."""
        return any(change.verdict == "worse" for change in self.changes or [])
