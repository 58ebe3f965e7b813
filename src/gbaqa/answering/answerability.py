"""Whether the evidence answers the question, judged by what is asked for and what is stated.

Similarity says nothing about this: unanswerable questions echo the document's words as well as answerable ones do. What
tells is whether the places, periods and things asked about stand in the best evidence, and whether a number, an amount
or a date that is asked for stands beside them. The weights are learned from gold questions (evals/train_refusal.py)
and kept in answerability.json.
"""

import json
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files

from gbaqa.index.store import SearchIndex
from gbaqa.language.places import CITIES, places
from gbaqa.language.words import search_terms
from gbaqa.retrieval.evidence import Evidence, EvidenceRanker
from gbaqa.retrieval.focus import focus_terms
from gbaqa.retrieval.question import Question

# What speaks for an answer may only lower the probability of refusing, all else only raise it: a training set's habits
# (its unanswerable questions are short and echo the document) must not become a rule.
SPEAKS_FOR_AN_ANSWER = frozenset({"place_match", "is_source", "parts", "focus_share"})
LACKS = (
    "place_conflict", "city_absent", "year_absent", "year_not_in_best", "money_missing", "date_missing", "focus_absent", "count_beside_no_number",
    "unknown_otherwise", "words_missing",
)  # fmt: skip
REFUSED_ABOVE = 0.55  # probability of having no answer
_TOP = 5
_NEARLY_ALL = 0.9
_MONEY_ASKED = re.compile(
    r"\b(?:costs?|price|earns?|salar(?:y|ies)|wages?|paid|pay|worth|spen[dt]|invest\w*|revenue|fund\w*|budget|capital|how much)\b"
    r"|薪|工资|费用|造价|花了|成本|多少钱|金额|投资额|资金|总额|多少亿|产值|收入",
    re.IGNORECASE,
)
_DATE_ASKED = re.compile(r"\bwhen\b|\bwh(?:at|ich) (?:year|date|month)\b|哪年|何时|什么时候|哪一年|几时|哪月", re.IGNORECASE)
_DATE_STATED = re.compile(r"(?:19|20)\d{2}|\d月|January|February|March|April|May|June|July|August|September|October|November|December")
_COUNT_ASKED = re.compile(r"\bhow many\b|多少(?!亿|万|钱)|几多?[个家间种张项条座人名]", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,.]*")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WINDOW = {True: (25, 12), False: (25, 45)}  # characters before and after a number, in Chinese and in English


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a question can be answered.

    Attributes:
        unanswerable: probability that the document gives no answer.
        lacks: whether the evidence lacks anything that was asked for; a refusal needs such a reason.
        missing: the places and years asked about that the best evidence does not name.
    """

    unanswerable: float
    lacks: bool
    missing: tuple[str, ...]

    @property
    def refused(self) -> bool:
        """Whether to refuse."""
        return self.lacks and self.unanswerable > REFUSED_ABOVE


class AnswerabilityJudge:
    """Judges questions by features of the question and of its best evidence."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._ranker = ranker
        stored: dict[str, float] = json.loads(files("gbaqa.answering").joinpath("answerability.json").read_text("utf-8"))
        self._bias = stored.pop("bias")
        self._weights = stored

    def judge(self, question: Question, evidence: Sequence[Evidence]) -> Judgement:
        """Judge a question by its ranked evidence."""
        if not evidence:
            return Judgement(1.0, True, ())
        values = self.features(question, evidence)
        logit = self._bias + sum(weight * values[name] for name, weight in self._weights.items())
        lacks = any(values[name] for name in LACKS)
        return Judgement(1 / (1 + math.exp(-logit)), lacks, self._missing(question, evidence[0]))

    def features(self, question: Question, evidence: Sequence[Evidence]) -> dict[str, float]:
        """The features by name; each is a flag, a share or a small number."""
        best = evidence[0]
        both = self._both_languages(best)
        near_best = frozenset().union(*(places(found.statement.text) | places(found.chunk.context) for found in evidence[:3]))
        terms = self._ranker.terms_of(best.row)
        focus = focus_terms(question.normalized)
        unknown = any(not self._ranker.knows(term) for term in focus)
        counts = _COUNT_ASKED.search(question.normalized) is not None
        return {
            "place_conflict": best.feature("place_conflict"),
            "place_match": best.feature("place_match"),
            "city_absent": float(bool(question.places & set(CITIES) - near_best)),
            "year_absent": float(bool(question.years) and not self._names_year(question, best, both)),
            "year_not_in_best": float(bool(question.years) and not any(year in both for year in question.years)),
            "money_missing": float(_lacks(question, both, _MONEY_ASKED, _NUMBER)),
            "date_missing": float(_lacks(question, both, _DATE_ASKED, _DATE_STATED)),
            "focus_absent": float(bool(focus) and not any(term in terms for term in focus)),
            "count_beside_no_number": float(counts and bool(focus) and not beside_number(focus, both)),
            "unknown_otherwise": float(not counts and unknown),
            "words_missing": float(self._coverage(question, evidence[:_TOP]) < _NEARLY_ALL),
            "wants_number": float(question.wants_number),
            "is_source": float(question.kind == "source"),
            "parts": float(question.parts),
            "focus_share": sum(term in terms for term in focus) / len(focus) if focus else 0.5,
        }

    def _coverage(self, question: Question, evidence: Sequence[Evidence]) -> float:
        """Share of the question's words, by rarity, that stand in some evidence."""
        found = frozenset().union(*(self._ranker.terms_with_context(e.row) for e in evidence))
        rarity = self._ranker.rarity_of(question)
        return sum(weight for meaning, weight in rarity.items() if meaning & found) / (sum(rarity.values()) or 1.0)

    def _both_languages(self, found: Evidence) -> str:
        twin = int(self._index.alignment.twin[found.row])
        other = f"\n{self._index.statements[twin][1].text}" if twin >= 0 else ""
        return found.statement.text + other

    @staticmethod
    def _names_year(question: Question, best: Evidence, both: str) -> bool:
        text = f"{both} {best.chunk.text} {best.chunk.context}"
        return any(year in text for year in question.years)

    def _missing(self, question: Question, best: Evidence) -> tuple[str, ...]:
        both = self._both_languages(best)
        here = places(both) | places(best.chunk.context)
        text = f"{both} {best.chunk.text} {best.chunk.context}"
        return (*sorted(question.places & set(CITIES) - here), *sorted(year for year in question.years if year not in text))


def beside_number(focus: Sequence[str], text: str) -> bool:
    """Whether a number stands beside one of the words."""
    for line in text.split("\n"):
        before, after = _WINDOW[_HAN.search(line) is not None]
        for match in _NUMBER.finditer(line):
            window = set(search_terms(line[max(0, match.start() - before) : match.end() + after]))
            if any(term in window for term in focus):
                return True
    return False


def _lacks(question: Question, text: str, asked: re.Pattern[str], stated: re.Pattern[str]) -> bool:
    return asked.search(question.normalized) is not None and stated.search(text) is None
