"""Writing an answer: the model's sentences are verified one by one, and only those that pass are ever shown."""

import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field

from langchain_core.runnables import RunnableConfig

from gbaqa.answering.answer import Answer, Generation
from gbaqa.answering.answerability import Judgement
from gbaqa.answering.citations import Citer
from gbaqa.answering.refusal import Refusals
from gbaqa.generation.failures import ProviderError, Reason
from gbaqa.generation.material import Failure, Material, Sentence, Tally
from gbaqa.generation.notices import notice
from gbaqa.generation.prompts import NOT_STATED, Prompt, prompt_for, prompt_to_rewrite
from gbaqa.generation.provider import Provider
from gbaqa.generation.sentences import read_sentences
from gbaqa.generation.usage import Price, Usage
from gbaqa.generation.verification import Verifier
from gbaqa.generation.written import WrittenAnswer
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker

_DOUBTFUL = 0.5  # confidence of an extractive answer below which the model's "not stated" decides
_MOST_REWRITTEN = 4  # sentences
_MOST_REPEATED = 3  # sentences, after which a model goes round in circles


@dataclass(slots=True)
class _Draft:
    """What is written so far, and what became of the rest."""

    written: WrittenAnswer
    prompt: Prompt
    question: Question
    started: float
    usage: Usage = field(default_factory=Usage)
    tally: Tally = field(default_factory=Tally)
    failed: list[tuple[Sentence, Failure]] = field(default_factory=list)
    first_text: float | None = None
    is_declined: bool = False
    reason: Reason | None = None


class Writer:
    """Writes answers from material with a model. Safe to share between threads."""

    def __init__(
        self, index: SearchIndex, ranker: EvidenceRanker, verifier: Verifier, provider: Provider, model: str, price: Price | None = None
    ) -> None:
        self._index = index
        self._ranker = ranker
        self._verifier = verifier
        self._provider = provider
        self._citer = Citer(index)
        self._refusals = Refusals(index)
        self._model = model
        self._price = price

    def write(self, material: Material, config: RunnableConfig | None = None) -> Iterator[Answer]:
        """The answer as it grows: first without text but with the passages found, each further item longer by verified text."""
        question = material.question
        if question is None or not material.numbered:
            yield material.asked.base
            return
        written = WrittenAnswer(self._index, self._ranker, self._citer, material, question)
        prompt = prompt_for(question.text, material.numbered, question.script)
        draft = _Draft(written, prompt, question, time.perf_counter() - material.asked.base.elapsed_ms / 1000)
        yield written.answer(elapsed_ms=_since(draft.started))
        try:
            yield from self._verified(draft, prompt, material, config)
            if draft.failed and not draft.is_declined and not written.suffices():
                yield from self._rewritten(draft, material, config)
        except ProviderError as failure:
            draft.reason = failure.reason
        yield self._final(draft, material)

    def _rewritten(self, draft: _Draft, material: Material, config: RunnableConfig | None) -> Iterator[Answer]:
        """Have the sentences that failed written anew, once."""
        failed = [(sentence, failure) for sentence, failure in draft.failed if failure != "repeated"][:_MOST_REWRITTEN]
        draft.failed = []
        if failed:
            prompt = prompt_to_rewrite(draft.prompt, failed, draft.question.script)
            yield from self._verified(draft, prompt, material, config)

    def _verified(self, draft: _Draft, prompt: Prompt, material: Material, config: RunnableConfig | None) -> Iterator[Answer]:
        """The answer so far after each sentence of a reply that may be shown."""
        with closing(self._provider.stream(prompt.messages(), draft.usage, config)) as pieces:
            for sentence in read_sentences(pieces):
                if NOT_STATED in sentence.text.upper():
                    draft.is_declined = True
                    continue
                draft.tally.written += 1
                draft.tally.invented_marks += sum(material.row_of(mark) is None for mark in sentence.marks)
                if self._take(draft, sentence, material):
                    draft.first_text = draft.first_text or _since(draft.started)
                    yield draft.written.answer(elapsed_ms=_since(draft.started))
                if draft.written.is_full or draft.tally.dropped.get("repeated", 0) > _MOST_REPEATED:
                    break

    def _take(self, draft: _Draft, sentence: Sentence, material: Material) -> bool:
        """Add a sentence to the answer if it may be shown."""
        if draft.written.repeats(sentence):
            draft.tally.drop("repeated")
            return False
        verdict = self._verifier.verify(sentence, material, draft.question.language)
        if verdict.failure is not None:
            draft.tally.drop(verdict.failure)
            draft.failed.append((sentence, verdict.failure))
            return False
        draft.written.add(sentence, verdict.rows)
        draft.tally.kept += 1
        return True

    def _final(self, draft: _Draft, material: Material) -> Answer:
        """The whole answer: what the model left unsaid is added, or the extractive answer given, and the reader told why."""
        draft.usage.end()
        base = material.asked.base
        if draft.tally.kept:
            added = [] if draft.written.suffices() else draft.written.unsaid()
            for row in added:
                draft.written.add_statement(row)
            draft.written.add_differences()
            reason = (draft.reason or "unsupported") if added and (draft.reason or draft.tally.dropped) else None
            return draft.written.answer(**self._about(draft, reason, added=len(added)))
        is_told = draft.reason and not (draft.reason == "shortened" and draft.tally.written)
        reason = draft.reason if is_told else ("declined" if draft.is_declined else "empty" if not draft.tally.written else "unsupported")
        if reason == "declined" and base.confidence < _DOUBTFUL:
            doubt = Judgement(1 - base.confidence, True, ())
            refused = self._refusals.refuse(draft.question, list(material.hits), list(material.evidence), doubt)
            about = self._about(draft, None)
            return refused.model_copy(update=about | {"question": base.question, "understood_as": base.understood_as})
        if len(material.rows) == len({(c.document, c.page, c.quote) for c in base.citations}):
            return base.model_copy(update=self._about(draft, reason, added=len(material.rows)))
        for row in material.rows:  # what speaks to a model is not quoted either
            draft.written.add_statement(row)
        draft.written.add_differences()
        return draft.written.answer(**self._about(draft, reason, added=len(material.rows)), mode="extractive")

    def _about(self, draft: _Draft, reason: Reason | None, added: int = 0) -> dict[str, object]:
        """The fields of an answer that say how it came about."""
        usage, tally = draft.usage, draft.tally
        generation = Generation(
            model=self._model,
            calls=usage.calls,
            input_tokens=usage.input_tokens,
            output_tokens=usage.output_tokens,
            is_estimated=usage.is_estimated,
            cost=None if self._price is None else round(self._price.of(usage), 6),
            first_text_ms=draft.first_text,
            written=tally.written,
            kept=tally.kept,
            dropped=tally.dropped,
            invented_marks=tally.invented_marks,
            added=added,
            fallback=reason,
        )
        said = None if reason is None else notice(reason, draft.question.script, is_partial=tally.kept > 0)
        return {"notice": said, "generation": generation, "elapsed_ms": _since(draft.started)}


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1000, 2)
