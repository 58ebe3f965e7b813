"""Misses: questions that were not answered rightly, and what went wrong."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gbaqa.evaluation.measures.facts import facts_stated
from gbaqa.evaluation.scored import Scored


class Cause(StrEnum):
    """Why an answer is not right, the first that holds."""

    NOT_REFUSED = "answered, though the document does not say"
    REFUSED = "refused, though the document says"
    NOT_FOUND = "facts missing, no right page among the first five passages"
    NOT_CHOSEN = "facts missing, though a right page is among the first five passages"
    NOT_CITED = "facts stated, but no right page cited"


@dataclass(frozen=True)
class Miss:
    """A question not answered rightly. `stated` tells of each required fact whether the answer has it."""

    row: Scored
    cause: Cause
    stated: list[bool]


def find_misses(scored: Sequence[Scored]) -> dict[Cause, list[Miss]]:
    """The questions that are not right, by cause; causes without any are left out."""
    misses = [_miss(row) for row in scored if row.measures.get("right") == 0]
    by_cause = {cause: [miss for miss in misses if miss.cause is cause] for cause in Cause}
    return {cause: found for cause, found in by_cause.items() if found}


def _miss(row: Scored) -> Miss:
    return Miss(row, _cause(row), facts_stated(row.gold, row.answer))


def _cause(row: Scored) -> Cause:
    if not row.gold.answerable:
        return Cause.NOT_REFUSED
    if row.answer.status != "answered":
        return Cause.REFUSED
    if row.measures.get("all_facts", 1):
        return Cause.NOT_CITED
    return Cause.NOT_CHOSEN if row.measures.get("hit@5", 1) else Cause.NOT_FOUND
