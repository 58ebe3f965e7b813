"""Footnotes: do the citations resolve the notes that back the facts?"""

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn


def footnote_recall(gold: GoldTurn, answer: Answer) -> float | None:
    """Share of the attached notes that the citations or their twins resolve; a refusal resolves none."""
    if not gold.footnotes:
        return None
    if answer.status != "answered":
        return 0.0
    resolved = {note.number for c in answer.citations for note in [*c.footnotes, *(c.twin.footnotes if c.twin else [])]}
    return len(resolved & set(gold.footnotes)) / len(gold.footnotes)
