"""Verification: a sentence of the model is held against the statements it may rest on.

The model's marks are tried first. Where they do not support the sentence, others of the evidence it was given may: what
counts is that a citation supports what it stands behind, not who found it.
"""

import re
from collections.abc import Iterator

from langchain_core.embeddings import Embeddings

from gbaqa.generation.binding import (
    Clause,
    begins_anew,
    bound_clauses,
    goes_round,
    is_about_same,
    is_cut_short,
    joins_nouns,
    keeps_order,
    stands_in,
)
from gbaqa.generation.figures import dates_fail, figures_fail
from gbaqa.generation.ground import Ground, digits_in
from gbaqa.generation.instructions import is_instruction
from gbaqa.generation.leads import without_leads
from gbaqa.generation.material import Failure, Material, Sentence, Verdict
from gbaqa.generation.names import names_fail
from gbaqa.generation.polarity import polarity_fails
from gbaqa.generation.support import SupportMeter
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language, count_words
from gbaqa.retrieval.ranker import EvidenceRanker

_MOST_ROWS = 3  # that one sentence may draw together
_MARKUP = re.compile(r"https?://|www\.|\]\(|[<>{}`\\]|&\w+;|!\[|\b[\w-]+\.(?:com|org|net|io|cn|hk|example)\b", re.IGNORECASE)
# A question asked back, and talk of the evidence instead of from it.
_STATES_NOTHING = re.compile(
    r"[?？:：][”’\"'」』]?$|^(?:the |this |these )?(?:statements?|evidence|question|answer)\b.{0,20}(?:is|are|says?|states?)\b"
    r"|^(?:以下|上述|这些|該|该)?(?:陈述|陳述|证据|證據|问题|問題|答案)[是为為说說：:]",
    re.IGNORECASE,
)
_FOREIGN_SHARE = {"en": 0.2, "zh": 0.6}  # of the other language's words in a sentence, where names stand in their own script


class Verifier:
    """Holds sentences against the statements of an index. Safe to share between threads."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker, embeddings: Embeddings) -> None:
        self._index = index
        self._support = SupportMeter(index, ranker, embeddings)

    def verify(self, sentence: Sentence, material: Material, language: Language) -> Verdict:
        """Whether a sentence may be shown, and which rows support it."""
        text = without_leads(sentence.text)
        if _MARKUP.search(sentence.text):
            return Verdict(failure="markup")
        if not _is_in(text, language):
            return Verdict(failure="language")
        if is_instruction(sentence.text) or _STATES_NOTHING.search(text):
            return Verdict(failure="support")
        first: Failure | None = None
        for rows in self._candidates(text, sentence, material):
            failure = self._check(text, rows, material, language)
            if failure is None:
                needed = self._needed(text, rows, material.asked.question)
                return Verdict(needed, None if any(map(material.is_near, needed)) else "beside")
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
        return self._support.by_words(text, rows).words + 2 * found

    def _check(self, text: str, rows: tuple[int, ...], material: Material, language: Language) -> Failure | None:
        """Why a sentence does not rest on some rows, None where it does. What is quick to tell is looked at first."""
        failure = self._claims_fail(text, rows, material.asked.question)
        if failure is not None:
            return failure
        if not (self._support.by_words(text, rows).suffices(language) and self._support.is_quoted(text, rows)):
            return "support"
        ground = Ground.of(self._index, rows)
        if goes_round(text, ground) or joins_nouns(text, ground) or is_cut_short(text, ground):
            return "support"
        if not self._is_unmixed(text, rows, material, language):
            return "support"
        return None if self._support.is_near(text, rows, language) else "support"

    def _is_unmixed(self, text: str, rows: tuple[int, ...], material: Material, language: Language) -> bool:
        """Whether each clause rests on one of the rows, and takes its subject from there: what stands in two must not be mixed."""
        before = frozenset(rows)
        for clause in bound_clauses(text):
            if not self._support.says_something(clause.text):
                continue
            resting_on = frozenset(row for row in rows if self._rests_on(clause, row, material, language))
            if not (resting_on & before or any(begins_anew(clause, Ground.of(self._index, (row,))) for row in resting_on)):
                return False
            before = resting_on
        return True

    def _rests_on(self, clause: Clause, row: int, material: Material, language: Language) -> bool:
        """Whether a row says a clause, and what the clause is about."""
        ground = Ground.of(self._index, (row,))
        if not (stands_in(clause, ground) and self._support.by_words(clause.text, (row,)).suffices(language)):
            return False
        others = tuple(item.row for item in material.numbered if item.row not in ground.with_twins)
        return is_about_same(clause, ground, Ground.of(self._index, others))

    def _claims_fail(self, text: str, rows: tuple[int, ...], asked: str) -> Failure | None:
        """Why what a sentence claims (figures, dates, names, polarity) does not rest on some rows, None where it does."""
        ground = Ground.of(self._index, rows)
        failure = figures_fail(text, ground, asked) or dates_fail(text, ground) or names_fail(text, ground)
        if failure is None and not keeps_order(text, ground):
            return "figure"
        return failure or polarity_fails(text, ground)

    def _needed(self, text: str, rows: tuple[int, ...], asked: str) -> tuple[int, ...]:
        """The rows without those that a sentence does as well without: no mark stands where it supports nothing."""
        kept = rows
        for row in reversed(rows):
            rest = tuple(other for other in kept if other != row)
            if (
                rest
                and self._support.by_words(text, rest).words >= self._support.by_words(text, kept).words - 1e-9
                and figures_fail(text, Ground.of(self._index, rest), asked) is None
            ):
                kept = rest
        return kept


def _is_in(text: str, language: Language) -> bool:
    han, latin = count_words(text)
    foreign, own = (han / 2, latin) if language == "en" else (latin, han / 2)
    return own > 0 and foreign <= _FOREIGN_SHARE[language] * (own + foreign)
