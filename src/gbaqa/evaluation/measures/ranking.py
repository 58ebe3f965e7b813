"""Ranking: how early does a right page stand among the passages? It counts for a refused question too."""

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn

_DEPTH = 10


def hit_at_1(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether the first passage is of a right page."""
    rank = first_right_rank(gold, answer)
    return None if rank is None else float(rank == 1)


def hit_at_5(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether one of the first five passages is of a right page."""
    rank = first_right_rank(gold, answer)
    return None if rank is None else float(1 <= rank <= 5)


def reciprocal_rank(gold: GoldTurn, answer: Answer) -> float | None:
    """One over the rank of the first right page among ten passages, 0 where there is none."""
    rank = first_right_rank(gold, answer)
    return None if rank is None else 1 / rank if 1 <= rank <= _DEPTH else 0.0


def first_right_rank(gold: GoldTurn, answer: Answer) -> int | None:
    """Rank of the first passage of a right page, 0 where there is none, None where nothing can be ranked."""
    if not gold.pages or not answer.passages:
        return None
    return next((rank for rank, passage in enumerate(answer.passages, 1) if passage.page in gold.pages), 0)
