"""The chain as LangChain users know chains: condense | retrieve | write, where writing streams verified text with its citations."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, cast

from langchain_core.runnables import Runnable, RunnableConfig, RunnableLambda

from gbaqa.answering.answer import Answer
from gbaqa.config import Settings
from gbaqa.generation.gathering import Gatherer
from gbaqa.generation.material import Asked, Material
from gbaqa.generation.model import open_model
from gbaqa.generation.provider import Limits, Provider
from gbaqa.generation.usage import price
from gbaqa.generation.verification import Verifier
from gbaqa.generation.writer import Writer
from gbaqa.index.embeddings import open_embeddings
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.retriever import HybridRetriever

_END = object()


def open_chain(settings: Settings, index: SearchIndex, retriever: HybridRetriever, ranker: EvidenceRanker) -> Runnable[Asked, Answer]:
    """The chain of the model that the settings name.

    Raises:
        SettingsError: the model cannot be used as it is set.
    """
    provider = Provider(open_model(settings), Limits.of(settings))
    verifier = Verifier(index, ranker, open_embeddings(settings.embeddings, settings.device))
    writer = Writer(index, ranker, verifier, provider, settings.llm, price(settings.llm_price))
    return chain_of(Gatherer(index, retriever, ranker, settings.llm_evidence_tokens), writer)


def chain_of(gatherer: Gatherer, writer: Writer) -> Runnable[Asked, Answer]:
    """A chain of its parts. Its stream yields whole answers, each longer than the one before; `invoke` gives the last."""

    def write(material: Material, config: RunnableConfig) -> Iterator[Answer]:
        yield from writer.write(material, config)

    async def awrite(material: Material, config: RunnableConfig) -> AsyncIterator[Answer]:
        async for answer in in_thread(writer.write(material, config)):
            yield answer

    # LangChain streams what a generator yields and lets `invoke` give its last item, but types it as if it gave the generator.
    writing: Runnable[Material, Answer] = RunnableLambda(cast("Any", write), afunc=cast("Any", awrite), name="write")
    gathering = RunnableLambda(gatherer.condense, name="condense") | RunnableLambda(gatherer.retrieve, name="retrieve")
    return (gathering | writing).with_config(run_name="gbaqa")


async def in_thread(answers: Iterator[Answer]) -> AsyncIterator[Answer]:
    """The items of an iterator that waits, without keeping the event loop waiting."""
    while isinstance(answer := await asyncio.to_thread(next, answers, _END), Answer):
        yield answer
