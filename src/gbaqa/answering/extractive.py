"""Answers without a language model: the document's own statements that answer the question, or a refusal."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from gbaqa.answering.answer import Answer
from gbaqa.answering.citations import Citer, passage
from gbaqa.answering.phrases import MISSING, NEAREST, NOT_STATED, ONLY_OTHER_LANGUAGE
from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import count_words, to_hong_kong
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit

_HITS_READ = 6
_MOST_STATEMENTS = 3
_MOST_ENGLISH_WORDS, _MOST_CHINESE_CHARACTERS = 110, 230
# Weights of a statement's score, in standard deviations of similarity.
_COVERAGE = 4.0
_HAS_NUMBER = 0.6
_HAS_YEAR = 1.0
_OTHER_YEAR = -0.8
_OTHER_LANGUAGE = -3.0
_CHUNK = 0.5
_FOLLOWS_WITHIN = 1.2  # how far behind the best statement another may be and still be said
_LEAST_COVERAGE = 0.12


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A statement with its score and the share of the question's words (by rarity) that it covers."""

    row: int
    chunk: Chunk
    statement: Statement
    score: float
    coverage: float


class ExtractiveAnswerer:
    """Composes short answers from the best-supported statements of the ranked chunks."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self._citer = Citer(index)
        self._rarity = _term_rarity(index)
        self._terms = lru_cache(maxsize=50_000)(lambda text: frozenset(search_terms(text)))

    def answer(self, question: Question, hits: list[Hit]) -> Answer:
        """Answer from the hits, or refuse. `elapsed_ms` is left to the caller."""
        candidates = self._candidates(question, hits[:_HITS_READ])
        missing = self._missing(question, candidates)
        if not candidates or missing:
            return self._refuse(question, hits, missing)
        chosen = self._choose(candidates)
        return self._compose(question, chosen, hits)

    def _candidates(self, question: Question, hits: list[Hit]) -> list[_Candidate]:
        """Every statement of the hits, best first."""
        weights = {term: self._rarity.get(term, self._rarity[""]) for term in question.terms}
        total = sum(weights.values()) or 1.0
        spread = self._index.manifest.similarity_spread
        candidates = []
        for hit in hits:
            context = self._terms(hit.chunk.context)
            for position, statement in enumerate(hit.chunk.statements):
                own = self._terms(statement.text)
                coverage = sum(weights[t] * (1.0 if t in own else 0.5 if t in context else 0.0) for t in weights) / total
                score = (hit.similarities[position] - hits[0].similarities[0]) / spread
                score += _COVERAGE * coverage + _CHUNK * (hit.score - hits[0].score)
                if question.wants_number and re.search(r"\d", statement.text):
                    score += _HAS_NUMBER
                if question.years:
                    years = set(re.findall(r"(?<!\d)(?:19|20)\d{2}(?!\d)", statement.text))
                    score += _HAS_YEAR if years & question.years else _OTHER_YEAR if years else 0.0
                if hit.chunk.language != question.language:
                    score += _OTHER_LANGUAGE
                row = self._index.first_statement[hit.chunk.id] + position
                candidates.append(_Candidate(row, hit.chunk, statement, score, coverage))
        return sorted(candidates, key=lambda candidate: -candidate.score)

    def _missing(self, question: Question, candidates: list[_Candidate]) -> list[str]:
        """What the question asks about and no evidence mentions: years, so far."""
        text = " ".join(f"{c.chunk.context} {c.statement.text}" for c in candidates)
        absent = sorted(year for year in question.years if year not in text)
        if not absent and candidates and max(c.coverage for c in candidates) < _LEAST_COVERAGE and question.language == "zh":
            return [""]
        return absent

    def _choose(self, candidates: list[_Candidate]) -> list[_Candidate]:
        """The best statement and those hardly behind it, in reading order, within the length of a short answer."""
        best = candidates[0]
        chosen: list[_Candidate] = []
        length = 0.0
        for candidate in candidates:
            if len(chosen) == _MOST_STATEMENTS or candidate.score < best.score - _FOLLOWS_WITHIN:
                break
            if candidate.chunk.language != best.chunk.language or any(candidate.statement.text == c.statement.text for c in chosen):
                continue
            han, latin = count_words(candidate.statement.text)
            share = han / _MOST_CHINESE_CHARACTERS + latin / _MOST_ENGLISH_WORDS
            if chosen and length + share > 1:
                continue
            chosen.append(candidate)
            length += share
        return [best, *sorted((c for c in chosen if c is not best), key=lambda c: c.row)]

    def _compose(self, question: Question, chosen: list[_Candidate], hits: list[Hit]) -> Answer:
        citations = [self._citer.cite(c.row, mark, question.language) for mark, c in enumerate(chosen, 1)]
        sentences = []
        for candidate, citation in zip(chosen, citations, strict=True):
            text = _readable(candidate)
            if question.script == "zh-Hant" and candidate.chunk.language == "zh":
                text = to_hong_kong(text)
            sentences.append(f"{text}[{citation.mark}]")
        joined = " ".join(sentences) if question.language == "en" else "".join(sentences)
        if chosen[0].chunk.language != question.language:
            joined = f"{ONLY_OTHER_LANGUAGE[question.script]} {joined}"
        return Answer(
            question=question.text,
            language=question.script,
            status="answered",
            answer=joined,
            confidence=_confidence(chosen[0]),
            citations=citations,
            passages=[passage(hit) for hit in hits],
        )

    def _refuse(self, question: Question, hits: list[Hit], missing: list[str]) -> Answer:
        lines = [NOT_STATED[question.script]]
        if named := [part for part in missing if part]:
            lines.append(MISSING[question.script].format(missing=", ".join(named)))
        nearest = next((hit.chunk for hit in hits if hit.chunk.language == question.language and hit.chunk.section), None)
        if nearest and nearest.pages:
            section = nearest.section[-1]
            section = to_hong_kong(section) if question.script == "zh-Hant" else section
            lines.append(NEAREST[question.script].format(page=nearest.pages[0], section=section))
        return Answer(
            question=question.text,
            language=question.script,
            status="refused",
            answer=(" " if question.language == "en" else "").join(lines),
            confidence=0.5,
            passages=[passage(hit) for hit in hits],
        )


def _readable(candidate: _Candidate) -> str:
    """A statement as an answer says it: rows and figures under the heading that says what they are of."""
    text = candidate.statement.text.replace(" | ", ": ", 1).replace(" | ", "; ")
    if text != candidate.statement.text and candidate.chunk.section:
        return f"{candidate.chunk.section[-1]}: {text}"
    return text


def _confidence(best: _Candidate) -> float:
    return round(1 / (1 + math.exp(-(4 * best.coverage - 0.5))), 3)


def _term_rarity(index: SearchIndex) -> dict[str, float]:
    """Inverse document frequency of each term over the chunks; "" is that of a term no chunk has."""
    frequency: dict[str, int] = {}
    for chunk in index.chunks:
        for term in set(search_terms(chunk.embedded_text)):
            frequency[term] = frequency.get(term, 0) + 1
    count = len(index.chunks)
    rarity = {term: math.log(1 + (count - n + 0.5) / (n + 0.5)) for term, n in frequency.items()}
    return {**rarity, "": math.log(1 + count)}
