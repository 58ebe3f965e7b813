"""The Assistant: an index, a retriever and an answerer behind one small interface."""

import time
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gbaqa.answering.answer import Answer
from gbaqa.answering.extractive import ExtractiveAnswerer
from gbaqa.config import Settings, settings
from gbaqa.index.embeddings import open_embeddings
from gbaqa.index.store import SearchIndex, open_index
from gbaqa.retrieval.evidence import EvidenceRanker, rerank
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.retriever import Hit, HybridRetriever

if TYPE_CHECKING:
    from langchain_core.retrievers import BaseRetriever
    from langchain_core.runnables import Runnable

_CANDIDATES = 40  # chunks whose statements are judged
_PASSAGES = 10


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of a conversation and its answer."""

    question: str
    answer: Answer


class Assistant:
    """Answers questions from an index. Safe to share between threads."""

    def __init__(self, index: SearchIndex, retriever: HybridRetriever) -> None:
        self.index = index
        self.retriever = retriever
        self._ranker = EvidenceRanker(index)
        self._answerer = ExtractiveAnswerer(index, self._ranker)

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
        return cls(opened, retriever)

    def ask(self, question: str, history: Sequence[Turn] = ()) -> Answer:
        """Answer a question.

        Raises:
            QuestionError: it is empty or too long.
        """
        started = time.perf_counter()
        analysed = analyse(question)
        hits = self.retriever.search(analysed, _CANDIDATES)
        evidence = self._ranker.rank(analysed, hits)
        answer = self._answerer.answer(analysed, rerank(hits, evidence, _PASSAGES), evidence)
        answer.elapsed_ms = round((time.perf_counter() - started) * 1000, 2)
        return answer

    def search(self, query: str, k: int = 10) -> list[Hit]:
        """The k best chunks for a query, best first. Raises QuestionError as `ask` does."""
        analysed = analyse(query)
        hits = self.retriever.search(analysed, max(k, _CANDIDATES))
        return rerank(hits, self._ranker.rank(analysed, hits), k)

    async def astream(self, question: str, history: Sequence[Turn] = ()) -> AsyncIterator[Answer]:
        """The answer as it grows: each item is the whole answer so far, the last one complete with sources."""
        import asyncio

        answer = await asyncio.to_thread(self.ask, question, history)
        for end in _sentence_ends(answer.answer):
            yield answer.model_copy(update={"answer": answer.answer[:end], "citations": []})
        yield answer

    def as_retriever(self, k: int = 10) -> "BaseRetriever":
        """A LangChain retriever over this index."""
        from gbaqa.retrieval.langchain import GbaqaRetriever

        return GbaqaRetriever(search=self.search, k=k)

    def as_runnable(self) -> "Runnable[str, Answer]":
        """A LangChain Runnable from a question to an Answer."""
        from langchain_core.runnables import RunnableLambda

        return RunnableLambda(self.ask, name="gbaqa")


def _sentence_ends(text: str) -> list[int]:
    """Where the answer may be cut while it is streamed: after each mark."""
    ends = [position + 1 for position, char in enumerate(text) if char == "]"]
    return [end for end in ends if end < len(text)]
