"""Whether the evidence answers the question, judged by what is asked for and what is stated.

Similarity says little about this: unanswerable questions echo the document's words as well as answerable ones do. What
tells more is whether the places, periods and things asked about stand in the best evidence, and whether a number, an amount
or a date that is asked for stands beside them. The weights are learned from gold questions (evals/train_refusal.py)
and kept in answerability.json. What these features do not see, such as a price that is asked for where the best statement is about
the thing that has one, is told by the vectors of question and statement (`doubt.py`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from gbaqa.answering.asked_names import asks_for_names, asks_who_somebody_is, states_further_name
from gbaqa.answering.doubt import Doubt
from gbaqa.answering.logistic import Logistic, probability
from gbaqa.answering.one_sided import untold_cities
from gbaqa.answering.premise import contradicts, is_of_other_places, lacks_superlative, ranks_otherwise
from gbaqa.answering.unknown_names import unknown_name
from gbaqa.index.embeddings import Vectors
from gbaqa.index.navigation import both_texts, twin_of, with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.periods import years
from gbaqa.language.places import CITIES, city_terms, places
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.script import to_simplified
from gbaqa.retrieval.evidence import Evidence, share_said
from gbaqa.retrieval.expected import AnswerType, expected_types, stated_types
from gbaqa.retrieval.features import all_beside_number, beside_number, is_of_same_part, wants_of
from gbaqa.retrieval.focus import focus_terms
from gbaqa.retrieval.named_thing import named_thing
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.region_key_figures import figures_of_region_asked, given_of_region
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.sides import sets_beside

# What speaks for an answer may only lower the probability of refusing, all else only raise it: a training set's habits
# (its unanswerable questions are short and echo the document) must not become a rule.
SPEAKS_FOR_AN_ANSWER = frozenset(
    {"place_match", "is_source", "is_list", "several_parts", "focus_share", "typed_coverage", "untyped", "counted_here", "asked_in_both"}
)
LACKS = (
    "place_conflict", "place_absent", "year_absent", "year_not_in_best", "part_not_in_best", "types_missing", "focus_absent", "focus_not_here", "focus_elsewhere",
    "count_beside_no_number", "names_missing", "figures_missing", "words_missing", "superlative_missing", "contradicted",
    "mostly_unknown", "count_missing", "name_missing", "reason_missing_here", "ranked_otherwise", "whole_year_missing", "future_missing",
)  # fmt: skip
REFUSED_ABOVE = 0.45  # probability of having no answer; cross-validated, 0.58 of those that have none lie above and 0.044 of the others
_DISTANCES = 10.0  # so that differences between questions are about as large as those of the other features
_USUAL_DISTANCE = 1.5  # of answerable questions
_USUAL_TOKEN_DISTANCES = {"token_distance": 2.8, "farthest_token": 4.7}
_TOP = 5
_TYPED = 20  # of the ranked evidence, where a statement of the expected type is looked for
_FAR_BEHIND = 20.0  # in score
NEARLY_ALL = 0.9  # of the question's words, by rarity
_ABOUT_SOMETHING_ELSE = 0.95
_TOLD_OF_SOME = 0.9
_NAMED_NOWHERE = 0.9
_MOSTLY = 0.55  # share of the question's words, by rarity, that the document has nowhere: it is about something else
SAME_SUBJECT = 0.4  # share of the question's words, by rarity, that a statement about the same thing has
_TYPES_APART: tuple[AnswerType, ...] = ("money", "percent", "date", "duration", "number")
_NEARLY_AS_GOOD = 4.0  # behind the best, in score
_AS_GOOD, _AS_GOOD_WITHIN = 3, 1.0  # statements, of which any may be the one that answers
_COUNT_ASKED = re.compile(
    r"\bhow many\b(?! (?:in|out of|of) every\b)|(?:多少|几多)(?!亿|万|钱|年)|(?<![哪边数这那好第])几[个家间种张项条座人名]", re.IGNORECASE
)
_WHOLE_YEAR = re.compile(r"\bfull[- ]year\b|\bwhole (?:of|year)|\bentire year\b|全年|整年|(?<!未)成年(?![人男女子后居者])", re.IGNORECASE)
_PART_OF_YEAR = re.compile(r"Q[1-4]|\b(?:quarter|month|half)\b|[季月]度|[一二三四首]季|\d月|半年", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|forecasts?|expect\w*|predict\w*|projected|projections?|targets?|plan(?:ned|s)?|aims?)\b|预计|预测|目标|计划|将(?!近)|打算|拟",
    re.IGNORECASE,
)
_ENGLISH_WORD = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")  # no name or abbreviation


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a question can be answered.

    Attributes:
        unanswerable: probability that the document gives no answer.
        lacks: whether the evidence lacks anything that was asked for; a refusal needs such a reason.
        missing: the places and years asked about that the best evidence does not name, or a name that no document has.
        elsewhere: whether the question is about something else than the document.
        named: whether the best evidence has the name of the thing that is asked after, and nothing else is asked.
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
        self._weights = weights or Logistic.read(files("gbaqa.answering").joinpath("answerability.json"))
        self._doubt = (doubt or Doubt.read()) if index.manifest.is_tuned else None  # learned with the tuned embeddings

    def judge(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Judgement:
        """Judge a question by what was found and its ranked evidence."""
        if not evidence:
            return Judgement(1.0, lacks=True)
        if hits[0].on_topic < 0 and evidence[0].coverage_with_context < SAME_SUBJECT:
            return Judgement(_ABOUT_SOMETHING_ELSE, lacks=True, elsewhere=True)
        if untold := untold_cities(question, self._index, self._ranker):
            return Judgement(_TOLD_OF_SOME, lacks=True, missing=tuple(sorted(untold)))
        if self._is_in_language(evidence[0], question) and (name := unknown_name(question, evidence[0], self._ranker)) is not None:
            return Judgement(_NAMED_NOWHERE, lacks=True, missing=(name,))
        covered = self._covered_where_counted(question, evidence)
        values = self._features(question, hits, evidence, covered)
        doubt = self._doubt_of(hits[0], evidence)
        best = evidence[0]
        is_given = bool(figures_of_region_asked(question) & given_of_region(best.chunk, best.statement, question.years)) or (
            asks_who_somebody_is(question.normalized) and best.coverage_with_context >= NEARLY_ALL
        )
        thing = named_thing(question)
        named = thing is not None and thing.is_told_by(best, self._both_languages(best))
        lacks = not named and ((doubt > 0 and not is_given) or any(values[name] for name in LACKS))
        is_same = best.coverage_with_context >= SAME_SUBJECT and not is_of_other_places(question, best.statement.text)
        contradicted = bool(values["contradicted"]) and is_same
        missing = self._missing(question, evidence)
        unanswerable = probability(self._weights.logit(values) + doubt)
        return Judgement(unanswerable, lacks, missing, contradicted, counted=covered > _MOSTLY, named=named)

    def _is_in_language(self, found: Evidence, question: Question) -> bool:
        """Whether a statement is said in the question's language: another language has other names."""
        return found.chunk.language == question.language or twin_of(self._index, found.row) is not None

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

    def features(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> dict[str, float]:
        """The features by name; each is a flag, a share or a small number."""
        return self._features(question, hits, evidence, self._covered_where_counted(question, evidence))

    def _features(
        self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence], covered_where_counted: float
    ) -> dict[str, float]:
        best = evidence[0]
        both = self._both_languages(best)
        near_best = frozenset().union(
            *(places(found.statement.text) | places(found.chunk.context) for found in evidence[: max(3, len(question.places))])
        )
        of_then = f"{self._period_before(best)}\n{both}"
        terms = self._ranker.terms_of(best.row)
        focus = focus_terms(question.normalized)
        meant = [meaning for meaning in question.meanings if not meaning.isdisjoint(focus) and meaning.isdisjoint(city_terms())]
        rarity = self._ranker.rarity_of(question)
        counts = _COUNT_ASKED.search(question.normalized) is not None
        here = self._terms_around(best)
        missing = {meaning: weight for meaning, weight in rarity.items() if not meaning & here}
        total = sum(rarity.values()) or 1.0
        wants = wants_of(question, rarity)
        unknown = sum(weight for weight in rarity.values() if weight == self._ranker.most_rare) / total
        return {
            "unknown_share": unknown,
            "mostly_unknown": float(unknown > _MOSTLY),
            "place_conflict": best.feature("place_conflict"),
            "place_match": best.feature("place_match"),
            "place_absent": float(bool(question.places - near_best)),
            "year_absent": float(bool(question.years) and not self._names_year(question, evidence)),
            "year_not_in_best": float(
                bool(question.years) and not any(year in f"{of_then} {best.chunk.context}" for year in question.years)
            ),
            "part_not_in_best": float(bool(question.year_parts or question.months) and not is_of_same_part(question, of_then)),
            **self._types(question, evidence),
            "focus_absent": float(bool(focus) and not any(meaning & terms for meaning in meant)),
            "focus_not_here": float(bool(focus) and not any(meaning & here for meaning in meant)),
            "focus_elsewhere": float(self._focus_is_elsewhere(question, meant)),
            "focus_share": sum(bool(meaning & terms) for meaning in meant) / len(meant) if meant else 0.5,
            "count_beside_no_number": float(counts and bool(focus) and not beside_number(focus, both)),
            "counted_here": float(covered_where_counted > NEARLY_ALL),
            "count_missing": float(counts and "number" not in stated_types(both)),
            "whole_year_missing": float(_asks_for_more_than(question.normalized, both)),
            "future_missing": float(bool(_FUTURE.search(question.normalized)) and not _FUTURE.search(both)),
            "words_missing_share": sum(missing.values()) / total,
            "rarest_missing": max(missing.values(), default=0.0) / self._ranker.most_rare,
            "names_missing": sum(name not in here for name in wants.names) / len(wants.names) if wants.names else 0.0,
            "figures_missing": float(bool(wants.quantities) and not wants.quantities & quantity_keys(both)),
            "words_missing": float(self._coverage(question, evidence[:_TOP]) < NEARLY_ALL),
            "is_source": float(question.kind == "source"),
            "is_list": float(question.kind == "list"),
            "asked_in_both": float(question.script != "en" and _ENGLISH_WORD.search(question.normalized) is not None),
            "several_parts": float(question.parts > 1),
            **self._distances(hits, best),
            **self._premises(question, best, both),
        }

    def _distances(self, hits: Sequence[Hit], best: Evidence) -> dict[str, float]:
        """How far the question is from the nearest statement of all, and from the best evidence.

        Our own model is tuned to keep questions without an answer far from every statement. Of another's nothing is known.
        """
        if not self._index.manifest.is_tuned:
            return {"distance": _USUAL_DISTANCE, "distance_of_best": _USUAL_DISTANCE, **_USUAL_TOKEN_DISTANCES}
        nearest = hits[0].nearest
        of_best = nearest + best.feature("twin_similarity") * self._index.manifest.similarity_spread
        return {
            "distance": _DISTANCES * (1 - nearest),
            "distance_of_best": _DISTANCES * (1 - of_best),
            **(self._token_distances(best) if hits[0].asked is not None else _USUAL_TOKEN_DISTANCES),
        }

    def _token_distances(self, best: Evidence) -> dict[str, float]:
        """How far the question's tokens are from those of the best evidence on average, and how far is the farthest that counts."""
        nearest = self._ranker.token_similarities(best.asked, np.array([best.row]))
        if nearest is None or best.asked is None:
            return _USUAL_TOKEN_DISTANCES
        similarities, weights = nearest[:, 0], best.asked.weights
        counting = similarities[weights >= weights.mean()]
        return {
            "token_distance": _DISTANCES * (1 - float(weights @ similarities)),
            "farthest_token": _DISTANCES * (1 - float(counting.min())),
        }

    def _premises(self, question: Question, best: Evidence, both: str) -> dict[str, float]:
        """What the question asks for or takes for granted that the best evidence lacks or contradicts."""
        asked = question.normalized
        asks_reason = "reason" in expected_types(asked)
        passage = _with_passage(both, best)
        return {
            "superlative_missing": float(not sets_beside(question) and lacks_superlative(asked, passage)),
            "name_missing": float(asks_for_names(asked) and not states_further_name(question, to_simplified(passage))),
            "reason_missing": float(asks_reason and "reason" not in stated_types(passage)),
            "reason_missing_here": float(asks_reason and "reason" not in stated_types(both)),
            "contradicted": float(contradicts(asked, both)),
            "ranked_otherwise": float(ranks_otherwise(asked, both)),
        }

    def _types(self, question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
        """Whether the best evidence states answers of the types that the question expects."""
        # A reason needs no word that says so; who ranks first is to be seen from figures set beside each other.
        expected = expected_types(question.normalized) - {"reason"} - ({"rank"} if sets_beside(question) else set())
        best = evidence[0]
        both = self._both_languages(best)
        stated = stated_types(both) if expected else frozenset()
        missing = expected - stated
        typed = (
            next((found for found in evidence[:_TYPED] if expected <= stated_types(self._both_languages(found))), None) if missing else best
        )
        return {
            "untyped": float(not expected),
            "types_missing": float(len(missing)),
            "types_missing_here": float(len(missing - stated_types(_with_passage(both, best)))) if missing else 0.0,
            "typed_behind": min(best.score - typed.score, _FAR_BEHIND) / _FAR_BEHIND if typed else 1.0,
            "typed_coverage": (typed.feature("coverage_with_before") if typed else 0.0) if expected else 0.5,
            **{f"{kind}_missing": float(kind in expected and kind not in stated) for kind in _TYPES_APART},
        }

    def _period_before(self, best: Evidence) -> str:
        """The last statement before the best one in its passage that names a year, if that one names none: what follows is of that time."""
        if years(best.statement.text):
            return ""
        before = best.chunk.statements[: best.chunk.statements.index(best.statement)]
        return next((statement.text for statement in reversed(before) if years(statement.text)), "")

    def _terms_around(self, best: Evidence) -> frozenset[str]:
        """The words of the best statement, of its headings, of its neighbours in the passage and of their twins."""
        first = self._index.first_statement[best.chunk.id]
        passage = range(first, first + len(best.chunk.statements))
        return self._ranker.terms_with_context(best.row).union(*(self._ranker.terms_of(row) for row in passage))

    def _coverage(self, question: Question, evidence: Sequence[Evidence]) -> float:
        """Share of the question's words, by rarity, that stand in some evidence."""
        found = frozenset().union(*(self._ranker.terms_with_context(e.row) for e in evidence))
        return share_said(self._ranker.rarity_of(question), found)

    def _covered_where_counted(self, question: Question, evidence: Sequence[Evidence]) -> float:
        """The largest share of a question's words in a statement as good as the best with a number beside all words for what is counted."""
        focus = focus_terms(question.normalized) if _COUNT_ASKED.search(question.normalized) else ()
        as_good = (found for found in _nearly_best(evidence)[:_AS_GOOD] if focus and not found.feature("place_conflict"))
        counting = (found for found in as_good if all_beside_number(focus, self._both_languages(found)))
        return max((found.coverage_with_context for found in counting), default=0.0)

    def _both_languages(self, found: Evidence) -> str:
        return "\n".join(both_texts(self._index, found.row))

    def _focus_is_elsewhere(self, question: Question, meant: Sequence[Meaning]) -> bool:
        """Whether what is asked about stands only where other cities are spoken of: their jobless rate is not this city's."""
        asked = question.places & set(CITIES)
        known = [meaning for meaning in meant if self._ranker.is_known(meaning)]
        rows = self._ranker.rows_saying(known) if asked and known else []
        spoken_of = (self._cities_of(row) for row in rows)  # most often the first few tell
        return bool(rows) and all(cities and cities.isdisjoint(asked) for cities in spoken_of)

    def _cities_of(self, row: int) -> frozenset[str]:
        """The cities that a statement names, or else those of its headings."""
        chunk, statement = self._index.statements[row]
        return (places(statement.text) & set(CITIES)) or (places(chunk.context) & set(CITIES))

    def _names_year(self, question: Question, evidence: Sequence[Evidence]) -> bool:
        """Whether a statement nearly as good as the best names a year asked about, or its passage or headings do."""
        texts = [f"{self._both_languages(found)} {found.chunk.text} {found.chunk.context}" for found in _nearly_best(evidence)]
        return any(year in text for year in question.years for text in texts)

    def _missing(self, question: Question, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """The cities that none of the best statements speaks of, and the years."""
        here = frozenset().union(*(places(self._both_languages(found)) | places(found.chunk.context) for found in _nearly_best(evidence)))
        absent = question.years if not self._names_year(question, evidence) else frozenset()
        return (*sorted(question.places & set(CITIES) - here), *sorted(absent))


def _with_passage(both: str, best: Evidence) -> str:
    """The best statement in both languages, and its passage."""
    return "\n".join([both, *(statement.text for statement in best.chunk.statements)])


def _nearly_best(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best statement and those nearly as good."""
    return [found for found in evidence[:_TOP] if evidence[0].score - found.score < _NEARLY_AS_GOOD]


def _asks_for_more_than(question: str, text: str) -> bool:
    """Whether a whole year is asked about, and the text tells of a part of one."""
    return bool(_WHOLE_YEAR.search(question)) and not _WHOLE_YEAR.search(text) and bool(_PART_OF_YEAR.search(text))
