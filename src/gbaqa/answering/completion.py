"""What completes an answer: how likely a statement adds a fact that was asked for to what the best statement says.

The best statement seldom says all: the sentence after it goes on, a second part of the question is answered elsewhere. Where
a statement stands, how it ranks and what it adds tell how likely it is wanted; the weights are learned from gold
questions (evals/train_completion.py) and kept in completion.json.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gbaqa.answering.lists import ListFinder
from gbaqa.corpus.document import Block
from gbaqa.index.navigation import block_of, in_same_section, twin_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.periods import years
from gbaqa.language.places import places
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.script import count_words
from gbaqa.language.segment import leads_on
from gbaqa.retrieval.evidence import Evidence, share_said
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.scoring import Scorer

_REACH = 6  # statements around the best one that are looked at
_RANKED = 25  # of the ranked evidence
_FARTHEST = 6.0  # in score: what is farther behind, or not ranked at all, counts as this far
_TOKEN_SCALE = 10.0  # so that differences are about as large as those of other features
_FULL_LENGTH = (112, 235)  # English words and Chinese characters of a short answer

FEATURES = (
    "bias", "behind", "rank", "next", "previous", "after", "before", "same_block", "same_section", "same_page", "same_twin",
    "gain", "gain_of_parts", "coverage", "names_place", "names_year", "new_number", "number_wanted", "items_wanted", "next_refers_back",
    "best_ends_open", "introduces", "list_introduced", "same_table", "alike", "length", "best_length", "is_fragment",
    "explanation_here", "list_here", "fact_here", "figure_here", "comparison", "list", "figure", "parts",
    "best_ahead", "best_coverage", "token_gain", "token_similarity",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Candidate:
    """A statement that may complete an answer.

    Attributes:
        row: in the index.
        probability: that it states something asked for which the best statement does not.
        features: values of FEATURES.
    """

    row: int
    probability: float
    features: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class _Best:
    """The best statement, and what it leaves unsaid of the question.

    Attributes:
        ahead: of the next one in the ranking, in score.
        terms: its words and those of its twin.
        rarity: the weight of each meaning of the question; `unmet_rarity` of those that it does not state.
        length: as a share of a short answer.
    """

    found: Evidence
    row: int
    twin: int | None
    block: Block
    terms: frozenset[str]
    rarity: dict[Meaning, float]
    unmet_rarity: dict[Meaning, float]
    unmet_places: frozenset[str]
    unmet_years: frozenset[str]
    length: float
    ends_open: bool
    ahead: float


class Completer:
    """Finds the statements that complete an answer."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._ranker = ranker
        self.lists = ListFinder(index)
        self._logit = Scorer.read("gbaqa.answering", "completion.json", FEATURES)

    def candidates(self, question: Question, evidence: Sequence[Evidence]) -> list[Candidate]:
        """The statements near the best one and the best-ranked others, most probable first."""
        best = self._best(question, evidence)
        near = range(max(0, best.row - _REACH), min(len(self._index.statements), best.row + _REACH + 1))
        rows = [row for row in near if row != best.row and in_same_section(self._index, row, best.row)]
        rows += [found.row for found in evidence[1:_RANKED] if found.row not in rows and found.chunk.language == best.found.chunk.language]
        features = np.array([[values[name] for name in FEATURES] for values in self._values_of(question, best, rows, evidence)])
        probabilities = 1 / (1 + np.exp(-self._logit(features.reshape(-1, len(FEATURES)))))
        found = [Candidate(row, float(p), tuple(map(float, own))) for row, p, own in zip(rows, probabilities, features, strict=True)]
        return sorted(found, key=lambda candidate: -candidate.probability)

    def _values_of(
        self, question: Question, best: "_Best", rows: Sequence[int], evidence: Sequence[Evidence]
    ) -> Iterator[dict[str, float]]:
        ranked = {found.row: position for position, found in enumerate(evidence)}
        for row, gain, similarity in zip(rows, *self._token_values(best, rows), strict=True):
            place = ranked.get(row)
            values = self._values(question, best, row, evidence[place] if place is not None else None, place)
            yield {**values, "token_gain": gain, "token_similarity": similarity}

    def _best(self, question: Question, evidence: Sequence[Evidence]) -> "_Best":
        found = evidence[0]
        text, said = found.statement.text, self._ranker.terms_of(found.row)
        rarity = self._ranker.rarity_of(question)
        return _Best(
            found=found,
            row=found.row,
            twin=twin_of(self._index, found.row),
            block=block_of(self._index, found.row),
            terms=said,
            rarity=rarity,
            unmet_rarity={meaning: weight for meaning, weight in rarity.items() if not meaning & said},
            unmet_places=question.places - places(text) - places(found.chunk.context),
            unmet_years=question.years - years(text),
            length=_share_of_an_answer(text),
            ends_open=leads_on(text),
            ahead=min(max(found.score - evidence[1].score, 0.0), _FARTHEST) if len(evidence) > 1 else _FARTHEST,
        )

    def _values(self, question: Question, best: "_Best", row: int, found: Evidence | None, rank: int | None) -> dict[str, float]:
        chunk, statement = self._index.statements[row]
        block, best_chunk, best_statement = block_of(self._index, row), best.found.chunk, best.found.statement
        traits = traits_of(statement.text, chunk.language == "zh")
        distance = row - best.row
        introduces = bool(self.lists.introduced_by(row))
        same_section = in_same_section(self._index, row, best.row)
        here = same_section and abs(distance) <= _REACH
        adds = self._ranker.terms_of(row)
        total = sum(best.rarity.values()) or 1.0
        gain = sum(weight for meaning, weight in best.unmet_rarity.items() if meaning & adds) / total
        twin = twin_of(self._index, row)
        own_numbers = quantity_keys(statement.text) - quantity_keys(best_statement.text)
        return {
            "bias": 1.0,
            "behind": min(best.found.score - found.score, _FARTHEST) / _FARTHEST if found else 1.0,
            "rank": 1 / (1 + rank) if rank is not None else 0.0,
            "next": float(here and distance == 1),
            "previous": float(here and distance == -1),
            "after": float(here and distance > 0) / max(distance, 1),
            "before": float(here and distance < 0) / max(-distance, 1),
            "same_block": float(chunk.document == best_chunk.document and statement.block == best_statement.block),
            "same_section": float(same_section),
            "same_page": float(statement.page == best_statement.page),
            "same_twin": float(twin is not None and twin == best.twin),
            "gain": gain,
            "gain_of_parts": gain * (question.parts > 1),
            "coverage": share_said(best.rarity, adds),
            "names_place": float(bool(best.unmet_places) and bool(best.unmet_places & (places(statement.text) | places(chunk.context)))),
            "names_year": float(bool(best.unmet_years & years(statement.text))),
            "new_number": float(bool(own_numbers)),
            "number_wanted": float(bool(own_numbers) and question.wants_number),
            "items_wanted": traits.items if question.kind == "list" else 0.0,
            "next_refers_back": float(distance == 1 and traits.refers_back),
            "best_ends_open": float(distance == 1 and best.ends_open),
            "introduces": float(introduces),
            "list_introduced": float(introduces and question.kind == "list"),
            "same_table": float(block.kind in ("row", "figure") and block.kind == best.block.kind and here),
            "alike": len(adds & best.terms) / max(len(adds), 1),
            "length": _share_of_an_answer(statement.text),
            "best_length": best.length,
            "is_fragment": float((traits.is_fragment and not introduces) or traits.is_source_line),
            "explanation_here": float(here and question.kind == "explanation"),
            "list_here": float(here and question.kind == "list"),
            "fact_here": float(here and question.kind == "fact"),
            "figure_here": float(here and question.kind == "figure"),
            "comparison": float(question.kind == "comparison"),
            "list": float(question.kind == "list"),
            "figure": float(question.kind == "figure"),
            "parts": (question.parts - 1) / 3,
            "best_ahead": best.ahead / _FARTHEST,
            "best_coverage": best.found.coverage_with_context,
        }

    def _token_values(self, best: "_Best", rows: Sequence[int]) -> tuple[list[float], list[float]]:
        """How much nearer the question's tokens come to each statement than to the best one: those that do, and all of them."""
        asked = best.found.asked
        similarities = self._ranker.token_similarities(asked, np.array([best.row, *rows]))
        if asked is None or similarities is None:
            return [0.0] * len(rows), [0.0] * len(rows)
        nearer = similarities[:, 1:] - similarities[:, :1]
        gain, similarity = (_TOKEN_SCALE * (asked.weights @ values) for values in (np.maximum(nearer, 0), nearer))
        return gain.tolist(), similarity.tolist()


def _share_of_an_answer(text: str) -> float:
    """Length as a share of a short answer."""
    han, latin = count_words(text)
    return latin / _FULL_LENGTH[0] + han / _FULL_LENGTH[1]
