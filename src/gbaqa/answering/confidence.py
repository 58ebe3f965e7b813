"""How likely an answer is right: all that was asked for is stated, and from a right page.

An answer that says much of what the question says, in the form that it asks for, well ahead of other evidence, is more
often right. The weights are learned from gold questions (evals/train_confidence.py) and kept in confidence.json, with a little
caution: of the answers given with 0.8 more than four in five are right.
"""

import math
from collections.abc import Sequence
from importlib.resources import files

from gbaqa.answering.answerability import Judgement
from gbaqa.answering.logistic import Logistic, probability
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.evidence import Evidence, share_said
from gbaqa.retrieval.expected import expected_types, stated_types
from gbaqa.retrieval.kinds import Kind
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker

_KINDS: tuple[Kind, ...] = ("source", "comparison", "figure", "explanation", "list")
_FAR_AHEAD = 8.0  # in score
_SIXTH = 5
_MANY = 6  # statements
_SURE = 0.01  # no judgement is surer than this


class Confidence:
    """Estimates the probability that an answer is right."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._ranker = ranker
        self._weights = Logistic.read(files("gbaqa.answering").joinpath("confidence.json"))

    def of(self, question: Question, evidence: Sequence[Evidence], rows: Sequence[int], judgement: Judgement) -> float:
        """The probability that an answer of these rows is right, between 0 and 1."""
        values = self.features(question, evidence, rows, judgement)
        return round(probability(self._weights.logit(values)), 3)

    def features(self, question: Question, evidence: Sequence[Evidence], rows: Sequence[int], judgement: Judgement) -> dict[str, float]:
        """What tells right answers from wrong ones, by name."""
        best = evidence[0]
        said = frozenset().union(*(self._ranker.terms_with_context(row) for row in rows))
        expected = expected_types(question.normalized)
        return {
            "doubt": math.log((judgement.unanswerable + _SURE) / (1 + _SURE - judgement.unanswerable)),
            "said": share_said(self._ranker.rarity_of(question), said),
            "best_said": best.coverage_with_context,
            "rare_said": best.feature("rare_coverage"),
            "ahead": min(best.score - evidence[min(_SIXTH, len(evidence) - 1)].score, _FAR_AHEAD) / _FAR_AHEAD,
            "typed": float(bool(expected)),
            "type_stated": float(bool(expected) and expected <= stated_types(best.statement.text)),
            "named": float(judgement.named),
            "further_parts": float(question.parts - 1),
            "statements": min(len(rows), _MANY) / _MANY,
            "further_pages": float(len({self._index.statements[row][1].page for row in rows}) - 1),
            **{kind: float(question.kind == kind) for kind in _KINDS},
        }
