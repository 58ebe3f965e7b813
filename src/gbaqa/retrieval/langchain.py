"""The hybrid retriever as LangChain knows retrievers. Imported only by those who use LangChain: it takes a second."""

from collections.abc import Callable
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from gbaqa.retrieval.retriever import Hit


class GbaqaRetriever(BaseRetriever):
    """Returns chunks as LangChain Documents; the metadata carry what a citation needs."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    search: Callable[[str, int], list[Hit]]
    k: int = 10

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        return [as_langchain_document(hit) for hit in self.search(query, self.k)]


def as_langchain_document(hit: Hit) -> Document:
    """A hit as a LangChain Document."""
    chunk = hit.chunk
    metadata: dict[str, Any] = {
        "document": chunk.document,
        "pages": list(chunk.pages),
        "language": chunk.language,
        "section": list(chunk.section),
        "notes": list(chunk.notes),
        "score": hit.score,
        "source": chunk.source,
        "span": list(chunk.span),
    }
    return Document(page_content=chunk.text, metadata=metadata, id=str(chunk.id))
