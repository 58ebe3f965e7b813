"""The Assistant: an index, a retriever and an answerer behind one small interface."""

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from cachetools import LRUCache

from gbaqa.answering.about_last import LastAnswer, nothing_to_say, says_nothing, small_talk
from gbaqa.answering.answer import Answer, Passage
from gbaqa.answering.citations import passages
from gbaqa.answering.follow_up import FollowUpAnswerer
from gbaqa.config import Settings, settings
from gbaqa.errors import QuestionError
from gbaqa.index.embeddings import open_embeddings
from gbaqa.index.store import SearchIndex, open_index
from gbaqa.retrieval.conversation import TURNS_REMEMBERED, Contextual, in_context
from gbaqa.retrieval.evidence import Evidence, rerank
from gbaqa.retrieval.finding import CANDIDATES, PASSAGES, find_evidence
from gbaqa.retrieval.lookups import is_whole_lookup, sought_by
from gbaqa.retrieval.nearby import near_last, reasons_near
from gbaqa.retrieval.question import LONGEST_QUESTION, Question, analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.requests import request_in
from gbaqa.retrieval.retriever import Hit, HybridRetriever
from gbaqa.retrieval.spelling import Spelling

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

    from gbaqa.generation.material import Asked

_FAR_OFF_TOPIC = -1.3  # in standard deviations of similarity; the few words of a true follow-up may be somewhat off any topic
_TURNS_KEPT = 512  # answers of conversations that are replayed from their questions


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation and its answer."""

    question: str
    answer: Answer


class Assistant:
    """Answers questions from an index. Safe to share between threads."""

    def __init__(self, index: SearchIndex, retriever: HybridRetriever) -> None:
        self._index = index
        self.retriever = retriever
        self._ranker = EvidenceRanker(index)
        self._spelling = Spelling(index.terms, retriever.embeddings)
        self._answerer = FollowUpAnswerer(index, self._ranker)
        self._last = LastAnswer(index, self._answerer.citer)
        self._kept: LRUCache[tuple[str, ...], Answer] = LRUCache(_TURNS_KEPT)
        self._kept_lock = Lock()
        self._chain: Runnable[Asked, Answer] | None = None

    @property
    def index(self) -> SearchIndex:
        """What it answers from."""
        return self._index

    @classmethod
    def open(cls, index: Path | str | None = None, *, using: Settings | None = None) -> "Assistant":
        """Open an index folder (the configured one by default).

        Raises:
            SearchIndexError: there is no usable index in it.
            SettingsError: its embeddings cannot be loaded.
        """
        chosen = using or settings()
        if index is not None:
            chosen = chosen.model_copy(update={"index": Path(index)})
        opened = open_index(chosen)
        retriever = HybridRetriever(opened, open_embeddings(chosen.embeddings, chosen.device))
        assistant = cls(opened, retriever)
        if chosen.llm:
            from gbaqa.generation.chain import open_chain

            assistant.word_with(open_chain(chosen, opened, retriever, assistant._ranker))
        return assistant

    def word_with(self, chain: "Runnable[Asked, Answer] | None") -> None:
        """Have answers worded by a chain of gbaqa.generation; None: by the document alone."""
        self._chain = chain

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question.

        Raises:
            QuestionError: it is empty or too long.
        """
        answer = self._extract(question, history)
        return answer if self._chain is None else self._chain.invoke(self._asked(question, history, answer))

    def _extract(self, question: str, history: Sequence[Turn]) -> Answer:
        """The answer in the document's own words."""
        started = time.perf_counter()
        asked, before = self._spelt(question, history)
        context = in_context(asked, before)
        if context.detail is not None and (is_whole_lookup(analyse(asked)) or self._is_elsewhere(asked)):
            context = in_context(asked, [])  # it hangs on nothing said: it is about something else altogether
        answer = self._answer(asked, context, history[-TURNS_REMEMBERED:])
        understood = context.understood_as or (asked if asked != question else None)
        elapsed = round((time.perf_counter() - started) * 1000, 2)
        return answer.model_copy(update={"question": question, "understood_as": understood, "elapsed_ms": elapsed})

    def _spelt(self, question: str, history: Sequence[Turn]) -> tuple[str, tuple[str, ...]]:
        """A question and those before it that matter, with slips of the keyboard mended."""
        remembered = history[-TURNS_REMEMBERED:]
        return self._spelling.corrected(question), tuple(self._spelling.corrected(turn.question) for turn in remembered)

    def _asked(self, question: str, history: Sequence[Turn], answer: Answer) -> "Asked":
        """A question for the chain, with its conversation and the extractive answer."""
        from gbaqa.generation.material import Asked

        return Asked(*self._spelt(question, history), answer)

    def converse(self, questions: Sequence[str]) -> Answer:
        """Answer the last of a conversation's questions, the oldest first: for callers who keep no answers.

        Raises:
            QuestionError: the last question is empty or too long.
        """
        answer = self.ask(questions[-1], self.turns(questions[:-1]))
        self._keep(questions, answer)
        return answer

    async def aconverse(self, questions: Sequence[str]) -> AsyncIterator[Answer]:
        """`converse` as it grows: each item is the whole answer so far, the last one complete with sources."""
        import asyncio

        turns = await asyncio.to_thread(self.turns, questions[:-1])
        answer = None
        async for answer in self.astream(questions[-1], turns):
            yield answer
        if answer is not None:
            self._keep(questions, answer)

    def turns(self, questions: Sequence[str]) -> list[Turn]:
        """The turns of a conversation, from its questions alone; a question that could not be answered left none."""
        turns: list[Turn] = []
        questions = _askable(questions)
        for count in range(max(1, len(questions) - TURNS_REMEMBERED + 1), len(questions) + 1):
            asked = _remembered(questions[:count])
            with self._kept_lock:
                answer = self._kept.get(asked)
            if answer is None:
                try:
                    answer = self._extract(asked[-1], turns)  # a model need not word anew what nobody reads
                except QuestionError:
                    continue
                self._keep(asked, answer)
            turns.append(Turn(asked[-1], answer))
        return turns

    def _keep(self, questions: Sequence[str], answer: Answer) -> None:
        with self._kept_lock:
            self._kept[_remembered(questions)] = answer

    def _answer(self, question: str, context: Contextual, history: Sequence[Turn]) -> Answer:
        """The answer to a question as understood after the turns that are remembered."""
        asked, request, script = context.question, context.request, context.script
        if request in ("thanks", "greeting"):
            return small_talk(request, question, script)
        answers = [turn.answer for turn in history if not says_nothing(turn.answer)]
        said = [self._last.rows(answer) for answer in answers]
        rows = said[-1] if said else []
        if asked is None or (request in ("source", "page") and not rows):
            return nothing_to_say(request, question, script, asked_before=context.topic is not None)
        if request in ("source", "page"):
            told = self._last.sources if request == "source" else self._last.pages
            told_of = told(self._last.about(rows, context.about), question, script)
            return told_of.model_copy(update={"confidence": min(told_of.confidence, answers[-1].confidence)})  # no surer than what it is of
        if context.item is not None and (item := self._last.item(rows, context.item)) is not None:
            asked = replace(analyse(item[:LONGEST_QUESTION]), script=script, kind="explanation")
        hits, evidence = self._evidence(sought_by(asked))
        if request in ("language", "repeat") and (tellings := [turn.answer for turn in history if _tells_more_than_where(turn)]):
            translated = self._last.translated(self._last.rows(tellings[-1]), asked.language, evidence)
            return self._answerer.restate(asked, rerank(hits, evidence, PASSAGES), translated, tellings[-1].confidence)
        if request in ("more", "why"):
            known = {row for earlier in said for row in self._last.with_twins(earlier)}
            unsaid = near_last(self.index, self._ranker, [found for found in evidence if found.row not in known], rows, asked)
            chosen = unsaid if request == "more" else reasons_near(self.index, unsaid, rows)
            more = self._answerer.more(asked, rerank(hits, chosen, PASSAGES), chosen, known)
            return more or nothing_to_say(request, question, script, asked_before=context.topic is not None)
        if context.detail is not None:
            detail = asked if context.item is not None else context.detail
            evidence = near_last(self.index, self._ranker, evidence, rows, detail)
            return self._answerer.detail(detail, rerank(hits, evidence, PASSAGES), evidence)
        return self._answerer.answer(asked, rerank(hits, evidence, PASSAGES), evidence, completed=context.completed)

    def _is_elsewhere(self, question: str) -> bool:
        """Whether a question, taken by itself, is far nearer to an everyday topic than to anything that the documents state."""
        hits = self.retriever.search(analyse(question), 1)
        return bool(hits) and hits[0].on_topic < _FAR_OFF_TOPIC

    def _evidence(self, question: Question) -> tuple[list[Hit], list[Evidence]]:
        return find_evidence(self.retriever, self._ranker, question, CANDIDATES)

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The k best chunks for a query, best first. Raises QuestionError as `ask` does."""
        analysed = analyse(self._spelling.corrected(query))
        hits = self.retriever.search(analysed, max(k, CANDIDATES))
        return rerank(hits, self._ranker.rank(analysed, hits), k)

    def passages(self, query: str, k: int = 10) -> list[Passage]:
        """The k best chunks as every interface shows them. Raises QuestionError as `ask` does."""
        return passages(self.index, self.search(query, k))

    async def astream(self, question: str, history: Sequence[Turn] = ()) -> AsyncIterator[Answer]:
        """The answer as it grows: each item is the whole answer so far, the last one complete with sources."""
        import asyncio

        answer = await asyncio.to_thread(self._extract, question, history)
        if self._chain is not None:
            async for written in self._chain.astream(self._asked(question, history, answer)):
                yield written
            return
        for end in _sentence_ends(answer.answer):
            yield answer.model_copy(update={"answer": answer.answer[:end], "citations": []})
        yield answer

    def as_retriever(self, k: int = 10) -> "BaseRetriever":
        """A LangChain retriever over this index."""
        from gbaqa.retrieval.langchain import GbaqaRetriever

        return GbaqaRetriever(search=self.search, k=k)

    def as_runnable(self) -> "Runnable[str, Answer]":
        """A LangChain Runnable from a question to an Answer; with a model, its stream yields the answer as it grows."""
        from langchain_core.runnables import RunnableLambda

        if self._chain is None:
            return RunnableLambda(self.ask, name="gbaqa")
        extracting: Runnable[str, Asked] = RunnableLambda(lambda asked: self._asked(asked, (), self._extract(asked, ())), name="extract")
        return extracting | self._chain


def _remembered(questions: Sequence[str]) -> tuple[str, ...]:
    """A question with as many questions before it as its answer may depend on."""
    return tuple(_askable(questions)[-TURNS_REMEMBERED - 1 :])


def _askable(questions: Sequence[str]) -> list[str]:
    """Questions without those that are too long to be answered: nothing depends on them, and remembered they would fill the memory."""
    return [question for question in questions if len(question) <= LONGEST_QUESTION]


def _sentence_ends(text: str) -> list[int]:
    """Where the answer may be cut while it is streamed: after each mark."""
    ends = [position + 1 for position, char in enumerate(text) if char == "]"]
    return [end for end in ends if end < len(text)]


def _tells_more_than_where(turn: Turn) -> bool:
    """Whether a turn can be said again: it was answered, with more than the source or the page of the answer before it."""
    is_about_an_answer = turn.answer.understood_as is not None and request_in(turn.question)[0] in ("source", "page")
    return bool(turn.answer.citations) and not is_about_an_answer and not says_nothing(turn.answer)
