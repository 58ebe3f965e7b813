"""Vectors in Milvus: one collection for an index, on Milvus Lite (a folder on this machine) or on a cluster, by the same code.

An entity is a text that is embedded: its key (`pk`), the text and the vector, as LangChain's own Milvus store lays them out, so
that any LangChain pipeline can read the collection too. Since a text is known by its key, a build only adds what is new. What a
build no longer needs stays for servers that still answer from the generation before, and is removed by the build after it.
"""

import re
import secrets
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gbaqa.config import Settings
from gbaqa.errors import SearchIndexError, SettingsError
from gbaqa.index.embeddings import Vectors, open_embeddings

Keys = NDArray[np.uint8]  # (n, 16)

KEYS = "vector_keys.npy"  # of each row's text, in a generation's folder
_COLLECTION, _GONE = "milvus.txt", "milvus_gone.npy"
_KEY_FIELD, _TEXT_FIELD, _VECTOR_FIELD = "pk", "text", "vector"
_CREDENTIALS = re.compile(r"//[^/]*@")
_BATCH = 1000  # entities a request: some 3 MB
_MOST_FOUND = 16_384  # results of one search; Milvus gives no more
_WIDTH = 512  # candidates that a search keeps in HNSW's graph, at least
_GRAPH = {"index_type": "HNSW", "metric_type": "IP", "params": {"M": 32, "efConstruction": 200}}
_SECONDS = 30.0  # that one request may take
_QUIET = {"grpc.keepalive_time_ms": 300_000, "grpc.keepalive_permit_without_calls": 0}  # Milvus Lite hangs up on who pings more often


class MilvusVectors:
    """The vectors of an index's rows, with the part of FAISS's interface that gbaqa uses. Safe to share between threads."""

    def __init__(self, collection: "Collection", keys: Keys, dimension: int) -> None:
        self.d = dimension
        self.ntotal = len(keys)
        self._collection = collection
        self._keys = _in_hex(keys)
        self._rows: dict[str, list[int]] = {}
        for row, key in enumerate(self._keys):
            self._rows.setdefault(key, []).append(row)

    def search(self, queries: Vectors, count: int) -> tuple[Vectors, NDArray[np.int64]]:
        """Similarities and rows of the nearest statements, best first: (queries, count) each; row -1 where there are no more."""
        similarities = np.full((len(queries), count), -np.inf, dtype=np.float32)
        rows = np.full((len(queries), count), -1, dtype=np.int64)
        for query, vector in enumerate(queries):
            found = [(near, row) for key, near in self._collection.nearest(vector, count) for row in self._rows.get(key, ())][:count]
            if not found:
                raise SearchIndexError(f"{self._collection.where} holds none of this index's statements; run: gbaqa index --rebuild")
            similarities[query, : len(found)] = [near for near, _ in found]
            rows[query, : len(found)] = [row for _, row in found]
        return similarities, rows

    def reconstruct(self, row: int) -> Vectors:
        """The vector of a row: (dimension,)."""
        vector: Vectors = self.reconstruct_n(row, 1)[0]
        return vector

    def reconstruct_n(self, first: int, count: int) -> Vectors:
        """The vectors of rows that follow each other: (count, dimension). Raises SearchIndexError where Milvus lacks one."""
        keys = self._keys[first : first + count]
        vectors = self._collection.vectors_of(keys)
        if lacking := set(keys) - set(vectors):
            raise SearchIndexError(f"{self._collection.where} lacks {len(lacking)} statements of this index; run: gbaqa index --rebuild")
        return np.stack([vectors[key] for key in keys])


class Collection:
    """A collection of Milvus. Every method raises SearchIndexError where Milvus cannot do what is asked."""

    def __init__(self, settings: Settings, name: str) -> None:
        """Connect.

        Raises:
            SettingsError: the extra is not installed.
            SearchIndexError: Milvus cannot be reached.
        """
        try:
            from langchain_milvus import Milvus
            from pymilvus.exceptions import MilvusException
        except ImportError as error:
            raise SettingsError("GBAQA_VECTOR_STORE asks for milvus, which is not installed; run: pip install 'gbaqa[milvus]'.") from error
        self.name = name
        uri = settings.milvus_uri or str(settings.index / "milvus.db")
        self.where = f"Milvus at {_CREDENTIALS.sub('//', uri)}, collection {name},"
        self._failures = (MilvusException, OSError, RuntimeError, ValueError)
        with self._told():
            self._store: Any = Milvus(
                open_embeddings(settings.embeddings, settings.device),
                collection_name=name,
                connection_args={"uri": uri, "token": settings.milvus_token, "timeout": _SECONDS, "grpc_options": _QUIET},
                consistency_level="Bounded",
                index_params=_GRAPH,
            )

    def add(self, keys: Sequence[str], texts: Sequence[str], vectors: Vectors, *, anew: bool = False) -> int:
        """Add the texts that are not there yet, or all of them anew; how many these were."""
        with self._told():
            first = next(iter(zip(texts, vectors.tolist(), keys, strict=True)), None)
            if first and not self._store.client.has_collection(self.name):
                self._store.add_embeddings([first[0]], [first[1]], ids=[first[2]])
            there = set() if anew else set(self._fetched(keys, [_KEY_FIELD]))
            lacking = [row for row, key in enumerate(keys) if key not in there]
            for batch in _batches(lacking):
                entities = [{_KEY_FIELD: keys[row], _TEXT_FIELD: texts[row], _VECTOR_FIELD: vectors[row].tolist()} for row in batch]
                self._store.client.upsert(self.name, entities, timeout=_SECONDS)
            return len(lacking)

    def remove(self, keys: Sequence[str]) -> None:
        """Remove texts by their keys."""
        with self._told():
            for batch in _batches(keys):
                self._store.client.delete(self.name, ids=batch, timeout=_SECONDS)

    def vectors_of(self, keys: Sequence[str]) -> dict[str, Vectors]:
        """The vectors of those keys that are there."""
        with self._told():
            found = self._fetched(keys, [_KEY_FIELD, _VECTOR_FIELD])
        return {key: np.asarray(entity[_VECTOR_FIELD], dtype=np.float32) for key, entity in found.items()}

    def nearest(self, vector: Vectors, count: int) -> list[tuple[str, float]]:
        """Keys of the texts nearest to a vector, with their similarities, best first."""
        count = min(count, _MOST_FOUND)
        search = {"metric_type": _GRAPH["metric_type"], "params": {"ef": max(count, _WIDTH)}}
        with self._told():
            found = self._store.client.search(
                self.name, [vector.tolist()], limit=count, anns_field=_VECTOR_FIELD, search_params=search, timeout=_SECONDS
            )
        return [(hit[_KEY_FIELD], float(hit["distance"])) for hit in found[0]]

    def _fetched(self, keys: Sequence[str], fields: list[str]) -> dict[str, dict[str, Any]]:
        """Entities by key, as new as they are."""
        if not self._store.client.has_collection(self.name):
            return {}
        found: dict[str, dict[str, Any]] = {}
        for batch in _batches(list(dict.fromkeys(keys))):
            entities = self._store.client.query(self.name, ids=batch, output_fields=fields, consistency_level="Strong", timeout=_SECONDS)
            found.update((entity[_KEY_FIELD], entity) for entity in entities)
        return found

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Say in one line what Milvus could not do."""
        try:
            yield
        except self._failures as error:
            reason = (str(getattr(error, "message", error)).splitlines() or [type(error).__name__])[0][:200]
            raise SearchIndexError(f"{self.where} does not answer ({reason}); see that it runs, and GBAQA_MILVUS_URI.") from error


def write_milvus(
    settings: Settings, folder: Path, before: Path | None, keys: Keys, texts: Sequence[str], vectors: Vectors, *, anew: bool = False
) -> None:
    """Put the vectors of a generation into Milvus, and what tells where into its folder.

    Args:
        settings: where Milvus is.
        folder: the new generation.
        before: the generation in use, where it has the same model; its collection is used again.
        keys: of each row's text: (rows, 16).
        texts: what each row's vector embeds.
        vectors: (rows, dimension).
        anew: whether what Milvus holds already is written over.
    """
    name = collection_of(before) if before else ""
    collection = Collection(settings, name or f"gbaqa_{secrets.token_hex(8)}")
    new = {key: row for row, key in enumerate(_in_hex(keys))}
    last: set[str] = set()
    if before and name:
        last = set(_in_hex(np.load(before / KEYS, allow_pickle=False)))
        gone = set(_in_hex(np.load(before / _GONE, allow_pickle=False)))
        collection.remove(sorted(gone - set(new) - last))
    rows = list(new.values())
    collection.add(list(new), [texts[row] for row in rows], vectors[rows], anew=anew)
    (folder / _COLLECTION).write_text(collection.name + "\n", "utf-8")
    unneeded = b"".join(map(bytes.fromhex, sorted(last - set(new))))
    np.save(folder / _GONE, np.frombuffer(unneeded, dtype=np.uint8).reshape(-1, keys.shape[1]), allow_pickle=False)


def read_milvus(settings: Settings, folder: Path, dimension: int) -> MilvusVectors:
    """The vectors of a generation. Raises SearchIndexError where Milvus cannot be reached, or lacks the statements."""
    vectors = MilvusVectors(Collection(settings, collection_of(folder)), np.load(folder / KEYS, allow_pickle=False), dimension)
    vectors.reconstruct_n(0, min(_BATCH, vectors.ntotal))
    return vectors


def known_to_milvus(settings: Settings, folder: Path) -> dict[bytes, Vectors]:
    """The vectors of a generation by the key of their text. Raises as `read_milvus` does."""
    keys = _in_hex(np.load(folder / KEYS, allow_pickle=False))
    return {bytes.fromhex(key): vector for key, vector in Collection(settings, collection_of(folder)).vectors_of(keys).items()}


def check_milvus(settings: Settings) -> None:
    """Raise SearchIndexError where Milvus cannot be reached, SettingsError where the extra is missing."""
    Collection(settings, "gbaqa")


def collection_of(folder: Path) -> str:
    """The name of a generation's collection; empty where its vectors are not in Milvus."""
    path = folder / _COLLECTION
    return path.read_text("utf-8").strip() if path.exists() else ""


def _in_hex(keys: Keys) -> list[str]:
    return [key.tobytes().hex() for key in keys]


def _batches(items: Sequence[Any]) -> Iterator[list[Any]]:
    for start in range(0, len(items), _BATCH):
        yield list(items[start : start + _BATCH])
