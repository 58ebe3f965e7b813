"""Verification: a sentence of the model is held against the statements it may rest on.

The model's marks are tried first. Where they do not support the sentence, others of the evidence it was given may: what
counts is that a citation supports what it stands behind, not who found it.
"""

import re
from collections.abc import Iterator

import numpy as np
from langchain_core.embeddings import Embeddings

from gbaqa.errors import QuestionError
from gbaqa.generation.binding import falls_apart
from gbaqa.generation.figures import dates_fail, figures_fail
from gbaqa.generation.ground import Ground, digits_in
from gbaqa.generation.instructions import is_instruction
from gbaqa.generation.material import Failure, Material, Sentence, Verdict
from gbaqa.generation.wording import names_fail, polarity_fails
from gbaqa.index.embeddings import embed_passages
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language, count_words
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.question import LONGEST_QUESTION, analyse

# Share of a sentence's words, by rarity, that stand in its evidence; and how near its meaning has to be. Measured on twins
# and on their neighbours: see docs/generation.md.
_WORDS_NEEDED = 0.7
_NEARNESS_NEEDED = 0.86
_MOST_ROWS = 3  # that one sentence may draw together
_MARKUP = re.compile(r"https?://|www\.|\]\(|[<>{}`\\]|&\w+;|!\[|\b[\w-]+\.(?:com|org|net|io|cn|hk|example)\b", re.IGNORECASE)
_FOREIGN_SHARE = {"en": 0.2, "zh": 0.6}  # of the other language's words in a sentence, where names stand in their own script


class Verifier:
    """Holds sentences against the statements of an index. Safe to share between threads."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker, embeddings: Embeddings) -> None:
        self._index = index
        self._ranker = ranker
        self._embeddings = embeddings

    def verify(self, sentence: Sentence, material: Material, language: Language) -> Verdict:
        """Whether a sentence may be shown, and which rows support it."""
        text = sentence.text
        if _MARKUP.search(text):
            return Verdict(failure="markup")
        if not _is_in(text, language):
            return Verdict(failure="language")
        if is_instruction(text):
            return Verdict(failure="support")
        vector = embed_passages(self._embeddings, [text])[0]
        first: Failure | None = None
        for rows in self._candidates(text, sentence, material):
            failure, support = self._check(text, rows, material.asked.question, vector)
            if failure is None:
                needed = self._needed(text, rows, material.asked.question)
                return Verdict(needed, None if any(map(material.is_near, needed)) else "beside", support)
            first = first or failure
        return Verdict(failure=first or "support")

    def _candidates(self, text: str, sentence: Sentence, material: Material) -> Iterator[tuple[int, ...]]:
        """The rows that a sentence may rest on: those it marks, then those that say most of it, one more each time."""
        marked = tuple(dict.fromkeys(row for mark in sentence.marks if (row := material.row_of(mark)) is not None))[:_MOST_ROWS]
        if marked:
            yield marked
        chosen: tuple[int, ...] = ()
        while len(chosen) < _MOST_ROWS:
            others = [item.row for item in material.numbered if item.row not in chosen]
            gains = {row: self._said(text, (*chosen, row)) for row in others}
            best = max(others, key=gains.__getitem__, default=None)
            if best is None or (chosen and gains[best] <= self._said(text, chosen)):
                return
            chosen = (*chosen, best)
            if set(chosen) != set(marked):
                yield chosen

    def _said(self, text: str, rows: tuple[int, ...]) -> float:
        """How much of a sentence some rows say: its words, and its figures twice, since nothing else can stand for them."""
        digits = digits_in(text)
        found = len(digits & Ground.of(self._index, rows).digits) / len(digits) if digits else 1.0
        return self._share(text, rows) + 2 * found

    def _check(self, text: str, rows: tuple[int, ...], asked: str, vector: np.ndarray) -> tuple[Failure | None, float]:
        """Why a sentence does not rest on some rows (None where it does), and how well it is supported by them."""
        ground = Ground.of(self._index, rows)
        failure = figures_fail(text, ground, asked) or dates_fail(text, ground) or names_fail(text, ground)
        if failure is None and falls_apart(text, [Ground.of(self._index, (row,)) for row in rows]):
            failure = "name"
        failure = failure or polarity_fails(text, ground)
        words = self._share(text, rows)
        nearness = max(self._nearness(vector, row) for row in rows)
        is_supported = words >= _WORDS_NEEDED and nearness >= _NEARNESS_NEEDED
        return failure or (None if is_supported else "support"), min(words, nearness)

    def _needed(self, text: str, rows: tuple[int, ...], asked: str) -> tuple[int, ...]:
        """The rows without those that a sentence does as well without: no mark stands where it supports nothing."""
        kept = rows
        for row in reversed(rows):
            rest = tuple(other for other in kept if other != row)
            if (
                rest
                and self._share(text, rest) >= self._share(text, kept) - 1e-9
                and figures_fail(text, Ground.of(self._index, rest), asked) is None
            ):
                kept = rest
        return kept

    def _share(self, text: str, rows: tuple[int, ...]) -> float:
        """Share of a sentence's words, by rarity, that stand in the rows, in their twins or in the headings above them."""
        try:
            analysed = analyse(text[:LONGEST_QUESTION])
        except QuestionError:
            return 0.0
        rarity = self._ranker.rarity_of(analysed)
        terms = frozenset().union(*(self._ranker.terms_with_context(row) for row in rows))
        return sum(weight for meaning, weight in rarity.items() if meaning & terms) / (sum(rarity.values()) or 1.0)

    def _nearness(self, vector: np.ndarray, row: int) -> float:
        """Similarity of meaning to a statement or its twin, whichever is nearer."""
        twin = int(self._index.alignment.twin[row])
        return max(float(vector @ self._index.vectors.reconstruct(own)) for own in (row, twin) if own >= 0)


def _is_in(text: str, language: Language) -> bool:
    han, latin = count_words(text)
    foreign, own = (han / 2, latin) if language == "en" else (latin, han / 2)
    return own > 0 and foreign <= _FOREIGN_SHARE[language] * (own + foreign)
