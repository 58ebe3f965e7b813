"""The features of the candidates of a question, computed for all of them at once: a column of values for each feature."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from gbaqa.index.navigation import both_texts
from gbaqa.index.store import SearchIndex
from gbaqa.index.token_vectors import AskedTokens
from gbaqa.language.periods import years
from gbaqa.language.places import CITIES, places
from gbaqa.language.quantities import quantity_keys
from gbaqa.retrieval.features import FEATURES, Wants, beside_number, is_of_same_part
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.rows import NOWHERE, IndexRows, Rows

Values = NDArray[np.float64]
Flags = NDArray[np.bool_]
Columns = Mapping[str, ArrayLike]  # of a feature: a value for each candidate, or one for all of them

_RAREST = 3  # meanings of a question that rare_coverage looks for
_TOKEN_SCALE = 10.0  # so that differences are about as large as those of other features
_TOKENS_A_DEVIATION = 1.2  # what a standard deviation of similarity stands for where tokens tell nothing,
_TOKENS_A_SIMILARITY = 24.0  # and what a similarity of one does
# How far a statement is of the other language where no counterpart of its section would have to come before it. At 0 it would be
# found most often, and would most often come before what the question's own language says of something else.
_UNTRANSLATED = 0.3
_TWIN_SCORES_LESS = 0.5  # what a candidate loses against a hit that holds its twin only


@dataclass(frozen=True, slots=True)
class Found:
    """What the retriever found. Of rows and chunks that no hit holds, that of no row included, the least is taken.

    Attributes:
        nearness: of rows, similarity in standard deviations below the best.
        nearest: of chunks, that of its nearest row.
        scores: of chunks, those of the hits.
        raised: of chunks, by how much of similarity those were raised that only the other language has.
        best_score: that of the first hit.
        asked: vectors of the question's tokens; None where the embeddings have none.
    """

    nearness: "Known"
    nearest: "Known"
    scores: "Known"
    raised: "Known"
    best_score: float
    asked: AskedTokens | None

    @classmethod
    def of(cls, hits: Sequence[Hit], index: SearchIndex) -> "Found":
        """The hits of one search, best first; at least one."""
        similarities = np.concatenate([hit.similarities for hit in hits])
        best, least, spread = similarities.max(), similarities.min(), index.manifest.similarity_spread
        chunks = np.array([hit.chunk.id for hit in hits])
        nearest = np.array([max(hit.similarities) for hit in hits])
        return cls(
            Known.of(rows_of(hits, index), (similarities - best) / spread, (least - best) / spread),
            Known.of(chunks, (nearest - best) / spread, (least - best) / spread),
            Known.of(chunks, np.array([hit.score for hit in hits]), hits[-1].score),
            Known.of(chunks, np.array([hit.raised for hit in hits]), 0.0),
            hits[0].score,
            hits[0].asked.tokens if hits[0].asked is not None else None,
        )


@dataclass(frozen=True, slots=True)
class Known:
    """Values that are known of some rows or chunks, and what holds of all others: small whatever there is of these."""

    keys: NDArray[np.int64]
    values: Values
    otherwise: float

    @classmethod
    def of(cls, keys: NDArray[np.int64], values: Values, otherwise: float) -> "Known":
        """The values of keys in any order; at least one."""
        order = np.argsort(keys)
        return cls(keys[order], values[order], otherwise)

    def __getitem__(self, wanted: NDArray[np.integer[Any]]) -> Values:
        at = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[at] == wanted, self.values[at], self.otherwise)


def rows_of(hits: Sequence[Hit], index: SearchIndex) -> Rows:
    """The rows of the hits' statements, hit by hit."""
    firsts = [(index.first_statement[hit.chunk.id], len(hit.similarities)) for hit in hits]
    return np.concatenate([np.arange(first, first + count) for first, count in firsts])


class FeatureExtractor:
    """Computes FEATURES for rows of an index."""

    def __init__(self, index: SearchIndex) -> None:
        self.rows = IndexRows(index)
        self._index = index
        self._statements = index.statements
        self._terms = index.terms
        self._tokens = index.tokens

    def matrix(self, question: Question, wants: Wants, found: Found, rows: Rows) -> Values:
        """The features of rows: (rows, FEATURES)."""
        columns: Columns = {
            **self._nearness(found, rows),
            **self._token_nearness(found, rows),
            **self._coverage(wants, rows),
            **self._places(question, rows),
            **self._periods(question, rows),
            **self._figures(question, wants, rows),
            **self._traits(question, wants, rows),
        }
        matrix = np.empty((len(rows), len(FEATURES)))
        for position, name in enumerate(FEATURES):
            matrix[:, position] = columns[name]
        return matrix

    def _nearness(self, found: Found, rows: Rows) -> Columns:
        near, twin = found.nearness, self.rows.twin(rows)
        chunk, chunk_of_twin = self.rows.chunk(rows), self.rows.chunk(twin)
        beside_twin = np.where(twin >= 0, found.scores[chunk_of_twin] - _TWIN_SCORES_LESS, found.scores.otherwise)
        return {
            "similarity": near[rows],
            "twin_similarity": np.maximum(near[rows], near[twin]),
            "before_similarity": near[self.rows.before(rows)],
            "after_similarity": near[self.rows.after(rows)],
            "section_similarity": found.nearest[chunk],
            "chunk_score": np.maximum(found.scores[chunk], beside_twin) - found.best_score,
        }

    def _token_nearness(self, found: Found, rows: Rows) -> Columns:
        """How near the question's tokens come to a statement's, to its or its twin's, to its and those around it; below the best."""
        around = (rows, self.rows.twin(rows), self.rows.before(rows), self.rows.after(rows))
        if found.asked is None or self._tokens is None:
            own, twin, before, after = (_TOKENS_A_DEVIATION * found.nearness[some] for some in around)
            return {
                "token_similarity": own,
                "twin_token_similarity": np.maximum(own, twin),
                "neighbour_token_similarity": np.maximum(np.maximum(own, before), after),
            }
        looked_at = np.unique(np.concatenate(around))
        looked_at = looked_at[looked_at != NOWHERE]
        nearest = np.concatenate([np.full((len(found.asked.weights), 1), -1.0), self._tokens.nearest(found.asked, looked_at)], axis=1)
        own, twin, before, after = (nearest[:, np.where(some == NOWHERE, 0, 1 + np.searchsorted(looked_at, some))] for some in around)
        raised = _TOKENS_A_SIMILARITY * found.raised[self.rows.chunk(rows)]
        alone, either, together = (
            _TOKEN_SCALE * (found.asked.weights @ similarities) + raised
            for similarities in (own, np.maximum(own, twin), np.maximum(np.maximum(own, before), after))
        )
        best = either.max()
        # Rounded, since sums of the same numbers differ in their last bits by where they stand in a matrix.
        return {
            "token_similarity": np.round(alone - best, 3),
            "twin_token_similarity": np.round(either - best, 3),
            "neighbour_token_similarity": np.round(together - best, 3),
        }

    def _coverage(self, wants: Wants, rows: Rows) -> Columns:
        """Shares of the question's meanings, by rarity, that a statement, its headings and the sentence before have."""
        meanings = list(wants.rarity)
        weights = list(wants.rarity.values())
        total = sum(weights) or 1.0
        rarest = sorted(range(len(weights)), key=lambda meaning: -weights[meaning])[:_RAREST]

        def share(has: Flags) -> ArrayLike:
            """One meaning after the other: statements that have the same ones get the same share to the last bit."""
            covered: ArrayLike = sum(weight * having for weight, having in zip(weights, has, strict=True)) / total
            return covered

        words = [*meanings, *({name} for name in wants.names), *({term} for term in wants.focus)]
        said, before = self._said(words, rows)
        headed = self._headed(words[: len(meanings) + len(wants.names)], rows)
        of_meanings, of_names = slice(len(meanings)), slice(len(meanings), len(meanings) + len(wants.names))
        here = said[of_meanings] | headed[of_meanings]
        return {
            "coverage": share(said[of_meanings]),
            "coverage_with_context": share(here),
            "coverage_with_before": share(here | before[of_meanings]),
            "heading_coverage": share(headed[of_meanings]),
            "rare_coverage": _share_of(here[rarest]),
            "name_coverage": _share_of(said[of_names] | headed[of_names]),
            "focus_share": _share_of(said[of_names.stop :]),
        }

    def _said(self, words: Sequence[AbstractSet[str]], rows: Rows) -> tuple[Flags, Flags]:
        """Which statements, or their twins, have a form of each word, and which have one before them that does: (words, rows) each."""
        having = self._terms.having(words, np.concatenate((rows, self.rows.twin(rows), self.rows.before(rows))))
        own, of_twin, before = (having[:, part * len(rows) : (part + 1) * len(rows)] for part in range(3))
        return own | of_twin, before

    def _headed(self, words: Sequence[AbstractSet[str]], rows: Rows) -> Flags:
        """Which statements stand under a heading, or have a twin under one, with a form of each word: (words, rows)."""
        contexts, place = np.unique(self.rows.context(np.stack((rows, self.rows.twin(rows)))), return_inverse=True)
        terms = [self.rows.context_terms(context) for context in contexts.tolist()]
        having = np.array([[not forms.isdisjoint(above) for above in terms] for forms in words], dtype=np.bool_)
        own, of_twin = place.reshape(2, -1)
        having = having.reshape(len(words), len(terms))
        return having[:, own] | having[:, of_twin]

    def _places(self, question: Question, rows: Rows) -> Columns:
        """Whether statements speak of the places that the question names, or of other ones."""
        if not question.places:
            return dict.fromkeys(("place_match", "place_conflict", "place_unnamed"), 0.0)
        wanted, cities = question.places, question.places & set(CITIES)
        here = [places(self._statements[row][1].text) for row in rows.tolist()]
        contexts = self.rows.context(rows).tolist()
        headed = {context: places(self.rows.headings(context)) for context in set(contexts)}
        above = [headed[context] for context in contexts]
        named = [own or over for own, over in zip(here, above, strict=True)]
        return {
            "place_match": [not wanted.isdisjoint(own | over) for own, over in zip(here, above, strict=True)],
            "place_conflict": [bool(cities) and wanted.isdisjoint(one) and not one.isdisjoint(CITIES) for one in named],
            "place_unnamed": [not one for one in named],
        }

    def _periods(self, question: Question, rows: Rows) -> Columns:
        """Whether statements speak of the years, quarters and months that the question names, or of other ones."""
        if not question.years and not question.year_parts and not question.months:
            return dict.fromkeys(("year_match", "year_conflict", "part_match", "part_conflict"), 0.0)
        texts = [self._statements[row][1].text for row in rows.tolist()]
        own_years = [years(text) for text in texts]
        names_part = bool(question.year_parts or question.months)
        same_part = [is_of_same_part(question, text) for text in texts]
        return {
            "year_match": [not question.years.isdisjoint(own) for own in own_years],
            "year_conflict": [bool(question.years) and bool(own) and question.years.isdisjoint(own) for own in own_years],
            "part_match": same_part,
            "part_conflict": [names_part and bool(own) and not same for own, same in zip(own_years, same_part, strict=True)],
        }

    def _figures(self, question: Question, wants: Wants, rows: Rows) -> Columns:
        """Whether statements, or their twins, state the question's figures, and a number beside what it asks for."""
        columns: dict[str, ArrayLike] = {"quantity_match": 0.0, "focus_beside_number": 0.0}
        if wants.quantities or (question.wants_number and wants.focus):
            texts = [both_texts(self._index, row) for row in rows.tolist()]
            if wants.quantities:
                stated = [frozenset().union(*map(quantity_keys, both)) for both in texts]
                columns["quantity_match"] = [len(wants.quantities & keys) / len(wants.quantities) for keys in stated]
            if question.wants_number and wants.focus:
                columns["focus_beside_number"] = [any(beside_number(wants.focus, text) for text in both) for both in texts]
        return columns

    def _traits(self, question: Question, wants: Wants, rows: Rows) -> Columns:
        """What statements show by themselves, where the question wants it."""
        traits, is_item = self.rows.traits(rows), self.rows.is_item[rows]
        is_list, is_source = question.kind == "list", question.kind == "source"
        return {
            "number_wanted": question.wants_number * traits["has_number"],
            "number_missing": question.wants_number * (1 - traits["has_number"]),
            "percent_wanted": question.wants_percent * traits["has_percent"],
            "money_wanted": wants.money * traits["has_money"],
            "date_wanted": wants.date * traits["has_date"],
            "reason_wanted": wants.reason * traits["gives_reason"],
            "definition_wanted": wants.definition * traits["defines"],
            "items_wanted": is_list * traits["items"],
            "aim_wanted": wants.aim * traits["aims"],
            "is_row": traits["is_row"],
            "row_and_number": question.wants_number * traits["is_row"],
            "is_item": is_item,
            "item_wanted": is_list * is_item,
            "is_source_line": traits["is_source_line"],
            "source_wanted": is_source * traits["is_source_line"],
            "note_wanted": is_source * self.rows.has_notes[rows],
            "is_fragment": traits["is_fragment"],
            "refers_back": traits["refers_back"],
            "other_language": np.where(self.rows.is_translated[rows], 1.0, _UNTRANSLATED)
            * (self.rows.is_english[rows] != (question.language == "en")),
            "length": traits["length"],
            "first_in_chunk": rows == self.rows.first_of_chunk[self.rows.chunk(rows)],
        }


def _share_of(has: Flags) -> Values:
    """Share of the words that each row has, 0 where there are none: (words, rows) to (rows,)."""
    share: Values = has.sum(axis=0) / max(len(has), 1)
    return share
