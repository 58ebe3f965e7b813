"""Whether the document answers a question at all, judged by what is asked for and what the evidence states."""

import math
from collections.abc import Sequence

from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question

_EVIDENCE_READ = 12


def missing_parts(question: Question, evidence: Sequence[Evidence]) -> list[str] | None:
    """What the question asks about and the evidence lacks; [] where nothing fits; None where it is answered."""
    if not evidence:
        return []
    text = " ".join(f"{found.chunk.context} {found.statement.text}" for found in evidence[:_EVIDENCE_READ])
    absent = sorted(year for year in question.years if year not in text)
    return absent or None


def confidence(question: Question, evidence: Sequence[Evidence]) -> float:
    """How likely the answer is right, 0 to 1."""
    return round(1 / (1 + math.exp(-(4 * evidence[0].coverage - 0.5))), 3)
