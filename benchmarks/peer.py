"""The pipeline that gbaqa is compared with: LangChain's, plain. One vector a text, the nearest ones are what is found.

It embeds with the same model and searches a flat FAISS index, as LangChain's own FAISS store does (that store's package is
being sunset, so its search is written out here). It finds passages and words no answer: nothing of what gbaqa does after
retrieval has a counterpart in it.
"""

from typing import Any

import faiss
import numpy as np
from langchain_core.documents import Document
from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore


class PlainStore(VectorStore):
    """Texts in memory, their vectors in a flat FAISS index."""

    def __init__(self, embeddings: Embeddings) -> None:
        self._embeddings = embeddings
        self._texts: list[str] = []
        self._index: faiss.Index | None = None

    def add_texts(self, texts: Any, metadatas: Any = None, *, ids: Any = None, **kwargs: Any) -> list[str]:
        """Embed texts and keep them."""
        added = list(texts)
        return self.add_vectors(added, np.asarray(self._embeddings.embed_documents(added), dtype=np.float32))

    def add_vectors(self, texts: list[str], vectors: np.ndarray) -> list[str]:
        """Keep texts whose vectors (n, dimension) are known."""
        first = len(self._texts)
        self._texts += texts
        self._index = self._index or faiss.IndexFlatIP(vectors.shape[1])
        self._index.add(vectors)
        return [str(row) for row in range(first, len(self._texts))]

    def similarity_search(self, query: str, k: int = 4, **kwargs: Any) -> list[Document]:
        """The k texts nearest to a question."""
        vector = np.asarray([self._embeddings.embed_query(query)], dtype=np.float32)
        return [Document(self._texts[row]) for row in self._index.search(vector, k)[1][0] if row >= 0]

    @classmethod
    def from_texts(cls, texts: list[str], embedding: Embeddings, metadatas: Any = None, *, ids: Any = None, **kwargs: Any) -> "PlainStore":
        """A store of texts."""
        store = cls(embedding)
        store.add_texts(texts)
        return store
