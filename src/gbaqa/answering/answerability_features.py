"""What a question asks for and the best evidence lacks, as named features of whether there is an answer.

The best evidence is the best statement with its twin, so what only one language says counts too. Where a word or a place may stand beside
it, its headings or its passage are read as well, and where another statement may be the one that answers, some that rank close behind.
"""

import re
from collections.abc import Sequence

import numpy as np

from gbaqa.answering.asked_names import asks_for_names, states_further_name
from gbaqa.answering.premise import contradicts, lacks_superlative, ranks_otherwise
from gbaqa.index.navigation import both_texts
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.periods import years
from gbaqa.language.places import CITIES, city_terms, places
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.script import to_simplified
from gbaqa.retrieval.evidence import Evidence, share_said
from gbaqa.retrieval.expected import AnswerType, expected_types, stated_types
from gbaqa.retrieval.features import Wants, all_beside_number, beside_number, is_of_same_part, wants_of
from gbaqa.retrieval.focus import focus_terms
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.sides import sets_beside

Features = dict[str, float]  # by name: a flag, 0 or 1, a share, or a small number

# What speaks for an answer may only lower the probability of refusing, all else only raise it: a training set's habits
# (its unanswerable questions are short and echo the document) must not become a rule.
SPEAKS_FOR_AN_ANSWER = frozenset(
    {"place_match", "is_source", "is_list", "several_parts", "focus_share", "typed_coverage", "untyped", "counted_here", "asked_in_both"}
)
NEARLY_ALL = 0.9  # of the question's words, by rarity
_MOSTLY = 0.55  # share of the question's words, by rarity, that the document has nowhere: it is about something else
_TOP = 5
_NEARLY_AS_GOOD = 4.0  # behind the best, in score
_PLACES_IN = 3  # of the ranked evidence, or as many as places are asked about
_COUNTED_IN = 3  # of those nearly as good as the best
_TYPED = 20  # of the ranked evidence, where a statement of the expected type is looked for
_FAR_BEHIND = 20.0  # in score
_TYPES_APART: tuple[AnswerType, ...] = ("money", "percent", "date", "duration", "number")
_DISTANCES = 10.0  # so that differences between questions are about as large as those of the other features
_USUAL_DISTANCE = 1.5  # of answerable questions
_USUAL_TOKEN_DISTANCES = {"token_distance": 2.8, "farthest_token": 4.7}
_COUNT_ASKED = re.compile(
    r"\bhow many\b(?! (?:in|out of|of) every\b)|(?:多少|几多)(?!亿|万|钱|年)|(?<![哪边数这那好第])几[个家间种张项条座人名]",
    re.IGNORECASE,
)
_WHOLE_YEAR = re.compile(
    r"\bfull[- ]year\b|\bwhole (?:of|year)|\bentire year\b|全年|整年|(?<!未)成年(?![人男女子后居者])",
    re.IGNORECASE,
)
_PART_OF_YEAR = re.compile(r"Q[1-4]|\b(?:quarter|month|half)\b|[季月]度|[一二三四首]季|\d月|半年", re.IGNORECASE)
_FUTURE = re.compile(
    r"\b(?:will|forecasts?|expect\w*|predict\w*|projected|projections?|targets?|plan(?:ned|s)?|aims?)\b"
    r"|预计|预测|目标|计划|将(?!近)|打算|拟",
    re.IGNORECASE,
)
_ENGLISH_WORD = re.compile(r"(?<![A-Za-z])[a-z]{2,}(?![A-Za-z])")  # no name or abbreviation


class AnswerabilityFeatures:
    """Computes the features of questions and of their evidence in an index."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._ranker = ranker

    def of(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Features:
        """The features of a question, of what was found, best first, and of its ranked evidence: at least one of each."""
        best = evidence[0]
        text, around = self.text_of(best), self._terms_around(best)
        wants = wants_of(question, self._ranker.rarity_of(question))
        return {
            **self._unknown(wants),
            **_places(question, evidence),
            **self._periods(question, evidence, text),
            **self._types(question, evidence, text),
            **self._focus(question, wants, best, around),
            **self._counts(question, wants, evidence, text),
            **_spans(question, text),
            **self._words(wants, evidence, text, around),
            **_kinds(question),
            **self._distances(hits, best),
            **_premises(question, best, text),
        }

    def text_of(self, found: Evidence) -> str:
        """A statement and its twin, on lines of their own."""
        return "\n".join(both_texts(self._index, found.row))

    def missing(self, question: Question, evidence: Sequence[Evidence]) -> tuple[str, ...]:
        """The cities asked about that no statement nearly as good as the best speaks of, and the years if none names any."""
        here = frozenset().union(*(places(self.text_of(found)) | places(found.chunk.context) for found in _nearly_best(evidence)))
        absent = question.years if not self._names_year(question, evidence) else frozenset()
        return (*sorted(question.places & set(CITIES) - here), *sorted(absent))

    def covered_where_counted(self, question: Question, evidence: Sequence[Evidence]) -> float:
        """The largest share of a question's words in a statement as good as the best with a number beside all words for what is counted."""
        focus = focus_terms(question.normalized) if _asks_count(question) else ()
        as_good = (found for found in _nearly_best(evidence)[:_COUNTED_IN] if focus and not found.feature("place_conflict"))
        counting = (found for found in as_good if all_beside_number(focus, self.text_of(found)))
        return max((found.coverage_with_context for found in counting), default=0.0)

    def _unknown(self, wants: Wants) -> Features:
        """How much of the question, by rarity, no document has a word for."""
        unknown = sum(weight for weight in wants.rarity.values() if weight == self._ranker.most_rare) / _all_of(wants)
        return {"unknown_share": unknown, "mostly_unknown": float(unknown > _MOSTLY)}

    def _periods(self, question: Question, evidence: Sequence[Evidence], text: str) -> Features:
        """Whether the evidence is of the years, and the best statement of the parts of a year, that the question names."""
        best = evidence[0]
        of_then = f"{_period_before(best)}\n{text}"
        with_headings = f"{of_then} {best.chunk.context}"
        return {
            "year_absent": float(bool(question.years) and not self._names_year(question, evidence)),
            "year_not_in_best": float(bool(question.years) and not any(year in with_headings for year in question.years)),
            "part_not_in_best": float(bool(question.year_parts or question.months) and not is_of_same_part(question, of_then)),
        }

    def _names_year(self, question: Question, evidence: Sequence[Evidence]) -> bool:
        """Whether a statement nearly as good as the best names a year asked about, or its passage or headings do."""
        texts = [f"{self.text_of(found)} {found.chunk.text} {found.chunk.context}" for found in _nearly_best(evidence)]
        return any(year in text for year in question.years for text in texts)

    def _types(self, question: Question, evidence: Sequence[Evidence], text: str) -> Features:
        """Whether the best evidence states answers of the types that the question expects, and how far behind it some evidence does."""
        # A reason needs no word that says so; who ranks first is to be seen from figures set beside each other.
        expected = expected_types(question.normalized) - {"reason"} - ({"rank"} if sets_beside(question) else set())
        best = evidence[0]
        missing = expected - stated_types(text)
        typed = next((found for found in evidence[:_TYPED] if expected <= stated_types(self.text_of(found))), None)
        return {
            "untyped": float(not expected),
            "types_missing": float(len(missing)),
            "types_missing_here": float(len(missing - stated_types(_with_passage(text, best)))),
            "typed_behind": min(best.score - typed.score, _FAR_BEHIND) / _FAR_BEHIND if typed else 1.0,
            "typed_coverage": (typed.feature("coverage_with_before") if typed else 0.0) if expected else 0.5,
            **{f"{kind}_missing": float(kind in missing) for kind in _TYPES_APART},
        }

    def _focus(self, question: Question, wants: Wants, best: Evidence, around: frozenset[str]) -> Features:
        """Whether the best statement, or what stands around it, has words for what the question is after."""
        meant = [meaning for meaning in question.meanings if not meaning.isdisjoint(wants.focus) and meaning.isdisjoint(city_terms())]
        own = self._ranker.terms_of(best.row)
        return {
            "focus_absent": float(bool(wants.focus) and not any(meaning & own for meaning in meant)),
            "focus_not_here": float(bool(wants.focus) and not any(meaning & around for meaning in meant)),
            "focus_elsewhere": float(self._is_elsewhere(question, meant)),
            "focus_share": sum(bool(meaning & own) for meaning in meant) / len(meant) if meant else 0.5,
        }

    def _is_elsewhere(self, question: Question, meant: Sequence[Meaning]) -> bool:
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

    def _counts(self, question: Question, wants: Wants, evidence: Sequence[Evidence], text: str) -> Features:
        """Whether what is to be counted stands beside a number, where a count is asked for."""
        is_asked = _asks_count(question)
        return {
            "count_beside_no_number": float(is_asked and bool(wants.focus) and not beside_number(wants.focus, text)),
            "counted_here": float(self.covered_where_counted(question, evidence) > NEARLY_ALL),
            "count_missing": float(is_asked and "number" not in stated_types(text)),
        }

    def _words(self, wants: Wants, evidence: Sequence[Evidence], text: str, around: frozenset[str]) -> Features:
        """Which of the question's words, names and figures the best evidence does not have."""
        lacking = [weight for meaning, weight in wants.rarity.items() if not meaning & around]
        said = frozenset().union(*(self._ranker.terms_with_context(found.row) for found in evidence[:_TOP]))
        return {
            "words_missing_share": sum(lacking) / _all_of(wants),
            "rarest_missing": max(lacking, default=0.0) / self._ranker.most_rare,
            "names_missing": sum(name not in around for name in wants.names) / len(wants.names) if wants.names else 0.0,
            "figures_missing": float(bool(wants.quantities) and not wants.quantities & quantity_keys(text)),
            "words_missing": float(share_said(wants.rarity, said) < NEARLY_ALL),
        }

    def _terms_around(self, best: Evidence) -> frozenset[str]:
        """The words of the best statement, of its headings, of its neighbours in the passage and of their twins."""
        first = self._index.first_statement[best.chunk.id]
        passage = range(first, first + len(best.chunk.statements))
        return self._ranker.terms_with_context(best.row).union(*(self._ranker.terms_of(row) for row in passage))

    def _distances(self, hits: Sequence[Hit], best: Evidence) -> Features:
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

    def _token_distances(self, best: Evidence) -> Features:
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


def _places(question: Question, evidence: Sequence[Evidence]) -> Features:
    """Whether the best statements speak of the places that the question names."""
    best = evidence[0]
    first = evidence[: max(_PLACES_IN, len(question.places))]
    spoken_of = frozenset().union(*(places(found.statement.text) | places(found.chunk.context) for found in first))
    return {
        "place_conflict": best.feature("place_conflict"),
        "place_match": best.feature("place_match"),
        "place_absent": float(bool(question.places - spoken_of)),
    }


def _spans(question: Question, text: str) -> Features:
    """Whether a whole year is asked about and a text tells of a part of one, or what is to come and it tells of nothing that is."""
    asked = question.normalized
    is_part = not _WHOLE_YEAR.search(text) and _PART_OF_YEAR.search(text) is not None
    return {
        "whole_year_missing": float(_WHOLE_YEAR.search(asked) is not None and is_part),
        "future_missing": float(_FUTURE.search(asked) is not None and not _FUTURE.search(text)),
    }


def _kinds(question: Question) -> Features:
    """What kind of question it is, whatever was found."""
    return {
        "is_source": float(question.kind == "source"),
        "is_list": float(question.kind == "list"),
        "asked_in_both": float(question.script != "en" and _ENGLISH_WORD.search(question.normalized) is not None),
        "several_parts": float(question.parts > 1),
    }


def _premises(question: Question, best: Evidence, text: str) -> Features:
    """What the question asks for or takes for granted that the best evidence lacks or contradicts."""
    asked = question.normalized
    asks_reason = "reason" in expected_types(asked)
    passage = _with_passage(text, best)
    return {
        "superlative_missing": float(not sets_beside(question) and lacks_superlative(asked, passage)),
        "name_missing": float(asks_for_names(asked) and not states_further_name(question, to_simplified(passage))),
        "reason_missing": float(asks_reason and "reason" not in stated_types(passage)),
        "reason_missing_here": float(asks_reason and "reason" not in stated_types(text)),
        "contradicted": float(contradicts(asked, text)),
        "ranked_otherwise": float(ranks_otherwise(asked, text)),
    }


def _asks_count(question: Question) -> bool:
    return _COUNT_ASKED.search(question.normalized) is not None


def _all_of(wants: Wants) -> float:
    """All of the question's words, by rarity; 1 where it has none, to divide by."""
    return sum(wants.rarity.values()) or 1.0


def _period_before(best: Evidence) -> str:
    """The last statement before the best one in its passage that names a year, if that one names none: what follows is of that time."""
    if years(best.statement.text):
        return ""
    before = best.chunk.statements[: best.chunk.statements.index(best.statement)]
    return next((statement.text for statement in reversed(before) if years(statement.text)), "")


def _with_passage(text: str, best: Evidence) -> str:
    """The best statement in both languages, and its passage."""
    return "\n".join([text, *(statement.text for statement in best.chunk.statements)])


def _nearly_best(evidence: Sequence[Evidence]) -> list[Evidence]:
    """The best statement and those nearly as good."""
    return [found for found in evidence[:_TOP] if evidence[0].score - found.score < _NEARLY_AS_GOOD]
