"""Whether the evidence answers the question, judged by what is asked for and what is stated.

Similarity says little about this: unanswerable questions echo the document's words as well as answerable ones do. What
tells more is whether the places, periods and things asked about stand in the best evidence, and whether a number, an amount
or a date that is asked for stands beside them (`answerability_features.py`). The weights are learned from gold questions
(evals/train_refusal.py) and kept in answerability.json. What these features do not see, such as a price that is asked for where the
best statement is about the thing that has one, is told by the vectors of question and statement (`doubt.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from gbaqa.answering.answerability_features import NEARLY_ALL, AnswerabilityFeatures
from gbaqa.answering.asked_names import asks_who_somebody_is
from gbaqa.answering.doubt import Doubt
from gbaqa.answering.logistic import Logistic, probability
from gbaqa.answering.one_sided import untold_cities
from gbaqa.answering.premise import is_of_other_places
from gbaqa.answering.unknown_names import unknown_name
from gbaqa.index.embeddings import Vectors
from gbaqa.index.navigation import twin_of, with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.named_thing import named_thing
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.region_key_figures import figures_of_region_asked, given_of_region
from gbaqa.retrieval.retriever import Hit

# Features that are reasons to refuse; without any of them or doubt, no estimate is one.
LACKS = (
    "place_conflict", "place_absent", "year_absent", "year_not_in_best", "part_not_in_best", "types_missing",
    "focus_absent", "focus_not_here", "focus_elsewhere", "count_beside_no_number", "names_missing", "figures_missing", "words_missing",
    "superlative_missing", "contradicted", "mostly_unknown", "count_missing", "name_missing", "reason_missing_here", "ranked_otherwise",
    "whole_year_missing", "future_missing",
)  # fmt: skip
REFUSED_ABOVE = 0.45  # probability of having no answer; cross-validated, 0.58 of those that have none lie above and 0.044 of the others
SAME_SUBJECT = 0.4  # share of the question's words, by rarity, that a statement about the same thing has
# How surely there is no answer where that is told outright.
_NOTHING_FOUND = 1.0
_ABOUT_SOMETHING_ELSE = 0.95
_TOLD_OF_SOME = 0.9
_NAMED_NOWHERE = 0.9
_MOSTLY = 0.55  # of the question's words, by rarity, in a statement that counts what is asked for
_AS_GOOD, _AS_GOOD_WITHIN = 3, 1.0  # statements, of which any may be the one that answers, and how far behind the best, in score


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a question can be answered.

    Attributes:
        unanswerable: probability that the document gives no answer.
        lacks: whether the evidence lacks anything that was asked for; a refusal needs such a reason.
        missing: the places and years asked about that the best evidence does not name, or a name that no document has.
        elsewhere: whether the question is about something else than the document.
        named: whether the best evidence tells of the thing that is asked after by its name.
        counted: whether what is counted stands beside a number in the best evidence.
        contradicted: whether the best evidence says the opposite of what the question takes for granted.
    """

    unanswerable: float
    lacks: bool
    missing: tuple[str, ...] = ()
    contradicted: bool = False
    elsewhere: bool = False
    counted: bool = False
    named: bool = False

    @property
    def refused(self) -> bool:
        """Whether to refuse."""
        return self.lacks and self.unanswerable > REFUSED_ABOVE


class AnswerabilityJudge:
    """Judges questions by features of the question and of its best evidence, and by their vectors.

    The weights are the package's own where none are given.
    """

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker, weights: Logistic | None = None, doubt: Doubt | None = None) -> None:
        self._index = index
        self._ranker = ranker
        self._features = AnswerabilityFeatures(index, ranker)
        self._weights = weights or Logistic.read(files("gbaqa.answering").joinpath("answerability.json"))
        self._doubt = (doubt or Doubt.read()) if index.manifest.is_tuned else None  # learned with the tuned embeddings

    def judge(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Judgement:
        """Judge a question by what was found, best first, and its ranked evidence: outright where that is plain, else by an estimate."""
        return self._told_outright(question, hits, evidence) or self._estimated(question, hits, evidence)

    def _told_outright(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Judgement | None:
        """A judgement for one plain reason, the first that holds; None without any."""
        if not evidence:
            return Judgement(_NOTHING_FOUND, lacks=True)
        best = evidence[0]
        if hits[0].on_topic < 0 and best.coverage_with_context < SAME_SUBJECT and not self._has_abbreviation(question, best):
            return Judgement(_ABOUT_SOMETHING_ELSE, lacks=True, elsewhere=True)
        if untold := untold_cities(question, self._index, self._ranker):
            return Judgement(_TOLD_OF_SOME, lacks=True, missing=tuple(sorted(untold)))
        if self._is_in_language(best, question) and (name := unknown_name(question, best, self._ranker)) is not None:
            return Judgement(_NAMED_NOWHERE, lacks=True, missing=(name,))
        return None

    def _estimated(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Judgement:
        """A judgement by features and vectors. What tells of the thing that is asked after by its name lacks nothing."""
        best = evidence[0]
        values = self._features.of(question, hits, evidence)
        doubt = self._doubt_of(hits[0], evidence)
        thing = named_thing(question)
        is_named = thing is not None and thing.is_told_by(best, self._features.text_of(best))
        is_undated = thing is not None and thing.wants_date and not is_named
        is_doubted = doubt > 0 and not _is_given(question, best)
        return Judgement(
            unanswerable=probability(self._weights.logit(values) + doubt),
            lacks=not is_named and (is_undated or is_doubted or any(values[name] for name in LACKS)),
            missing=self._features.missing(question, evidence),
            contradicted=bool(values["contradicted"]) and _is_about_the_same(question, best),
            counted=self._features.covered_where_counted(question, evidence) > _MOSTLY,
            named=is_named,
        )

    def _is_in_language(self, found: Evidence, question: Question) -> bool:
        """Whether a statement is said in the question's language: another language has other names."""
        return found.chunk.language == question.language or twin_of(self._index, found.row) is not None

    def _has_abbreviation(self, question: Question, best: Evidence) -> bool:
        """Whether the best statement has the abbreviation that is asked after: whose letters tell embeddings nothing."""
        thing = named_thing(question)
        return thing is not None and thing.name.isupper() and thing.is_told_by(best, self._features.text_of(best))

    def _doubt_of(self, hit: Hit, evidence: Sequence[Evidence]) -> float:
        """What the vectors of the question and of a statement that ranks as well as the best add to the logit of having no answer."""
        if self._doubt is None or hit.asked is None:
            return 0.0
        as_good = [found for found in evidence[:_AS_GOOD] if evidence[0].score - found.score <= _AS_GOOD_WITHIN]
        return min(self._doubt(hit.asked.vector, self.vectors_of(found)) for found in as_good)

    def vectors_of(self, found: Evidence) -> Vectors:
        """The vectors of a statement and of its twin, or of the statement twice where it has none: (2, dimension)."""
        rows = with_twin(self._index, found.row)
        return np.stack([self._index.vectors.reconstruct(row) for row in (rows[0], rows[-1])])


def _is_given(question: Question, best: Evidence) -> bool:
    """Whether the best statement gives what is asked for, by the letter: a key figure of the region, or who it is that bears a name."""
    of_region = figures_of_region_asked(question) & given_of_region(best.chunk, best.statement, question.years)
    return bool(of_region) or (asks_who_somebody_is(question.normalized) and best.coverage_with_context >= NEARLY_ALL)


def _is_about_the_same(question: Question, best: Evidence) -> bool:
    """Whether the best statement is about what the question is about, and of no other place."""
    return best.coverage_with_context >= SAME_SUBJECT and not is_of_other_places(question, best.statement.text)
