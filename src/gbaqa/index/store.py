"""The index on disk: built beside the old one, put in its place by one rename.

    index/current            name of the generation in use
    index/<generation>/      manifest.json, documents.json, chunks.json, terms.json, twins.npy, vectors.faiss, bm25/

A build writes a new generation and then replaces `current`; killed at any moment it leaves the old one in use. Nothing
is pickled.
"""

import json
import os
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import faiss
import numpy as np
from pydantic import BaseModel, TypeAdapter, ValidationError

from gbaqa.config import Settings
from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus
from gbaqa.errors import SearchIndexError
from gbaqa.index.alignment import Alignment, align
from gbaqa.index.chunk import Chunk, Statement, chunk_documents
from gbaqa.index.embeddings import Progress, Vectors, count_tokens_with, embed_passages, open_embeddings
from gbaqa.language.words import search_terms

FORMAT_VERSION = 3  # raised whenever documents are read, cut or stored differently
_CURRENT = "current"
_BUILDING = ".building-"
_STALE_BUILD_SECONDS = 24 * 3600  # what a killed build left behind is cleared by the next one after a day

# BM25's saturation and length normalisation: chunks are short and of like length, so both weigh less than by default.
_BM25_K1, _BM25_B = 1.2, 0.6
_SIMILARITY_SAMPLE = 400

_DOCUMENTS = TypeAdapter(list[Document])
_CHUNKS = TypeAdapter(list[Chunk])
_TERMS = TypeAdapter(list[list[str]])


class Manifest(BaseModel):
    """What an index was built from and with. An index is used only where all of this still holds."""

    format_version: int
    embeddings: str
    dimension: int
    chunk_tokens: int
    corpus: dict[str, str]
    chunks: int
    statements: int
    similarity_spread: float
    built_at: float


@dataclass(frozen=True)
class SearchIndex:
    """An index in memory. Its rows are statements.

    Attributes:
        statements: the chunk and the statement of each row.
        first_statement: the row of each chunk's first statement.
        terms: the search terms of each row's statement.
        alignment: the row of each row's twin in the other language.
        vectors: FAISS index of the rows' embeddings.
        bm25: over the chunks.
    """

    manifest: Manifest
    documents: dict[str, Document]
    chunks: list[Chunk]
    statements: list[tuple[Chunk, Statement]]
    first_statement: list[int]
    terms: list[frozenset[str]]
    alignment: Alignment
    vectors: Any
    bm25: bm25s.BM25

    @property
    def owner(self) -> list[int]:
        """Chunk id of each statement."""
        return [chunk.id for chunk, _ in self.statements]


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    manifest: Manifest
    embedded: int
    reused: int
    seconds: float
    unchanged: bool = False


def build_index(settings: Settings, progress: Progress | None = None, *, rebuild: bool = False) -> BuildReport:
    """Build or update the index of a corpus. Statements that an index of the same model already holds are not embedded again.

    Raises:
        CorpusError: the corpus cannot be read.
        SearchIndexError: the index folder cannot be written.
        SettingsError: the embeddings cannot be loaded.
    """
    started = time.perf_counter()
    documents = load_corpus(settings.corpus)
    hashes = {document.id: document.sha256 for document in documents}
    previous = None if rebuild else _readable_manifest(settings.index)
    if previous and _matches(previous, settings) and previous.corpus == hashes:
        return BuildReport(previous, 0, previous.statements, time.perf_counter() - started, unchanged=True)
    embeddings = open_embeddings(settings.embeddings, settings.device)
    chunks = chunk_documents(documents, count_tokens_with(embeddings), settings.chunk_tokens)
    texts = [embedded_text(chunk, statement) for chunk in chunks for statement in chunk.statements]
    known = {} if rebuild else _known_vectors(settings, previous)
    new = [text for text in dict.fromkeys(texts) if text not in known]
    if new:
        known.update(zip(new, embed_passages(embeddings, new, progress), strict=True))
    vectors = np.stack([known[text] for text in texts])
    manifest = Manifest(
        format_version=FORMAT_VERSION,
        embeddings=settings.embeddings,
        dimension=vectors.shape[1],
        chunk_tokens=settings.chunk_tokens,
        corpus=hashes,
        chunks=len(chunks),
        statements=len(texts),
        similarity_spread=_similarity_spread(vectors),
        built_at=time.time(),
    )
    _write(settings.index, manifest, documents, chunks, vectors)
    return BuildReport(manifest, len(new), len(texts) - len(new), time.perf_counter() - started)


def embedded_text(chunk: Chunk, statement: Statement) -> str:
    """A statement under its headings: what is embedded."""
    return f"{chunk.context}\n{statement.text}" if chunk.context else statement.text


def open_index(settings: Settings) -> SearchIndex:
    """Read the index of these settings.

    Raises:
        SearchIndexError: there is none, it is damaged, of another version, or of another embedding model.
    """
    folder, manifest = _current(settings.index)
    if not _matches(manifest, settings):
        raise SearchIndexError(
            f"{settings.index}: this index was built with {manifest.embeddings} and chunks of {manifest.chunk_tokens} tokens, "
            f"the settings ask for {settings.embeddings} and {settings.chunk_tokens}; run: gbaqa index"
        )
    try:
        documents = _DOCUMENTS.validate_json((folder / "documents.json").read_bytes())
        chunks = _CHUNKS.validate_json((folder / "chunks.json").read_bytes())
        terms = [frozenset(words) for words in _TERMS.validate_json((folder / "terms.json").read_bytes())]
        twins = np.load(folder / "twins.npy", allow_pickle=False)
        vectors = faiss.read_index(str(folder / "vectors.faiss"))
        bm25 = bm25s.BM25.load(str(folder / "bm25"))
    except (OSError, ValidationError, RuntimeError, ValueError) as error:
        raise SearchIndexError(f"{folder}: the index is damaged ({type(error).__name__}); run: gbaqa index --rebuild") from error
    statements = [(chunk, statement) for chunk in chunks for statement in chunk.statements]
    first = list(np.cumsum([0] + [len(chunk.statements) for chunk in chunks[:-1]]))
    if not vectors.ntotal == len(statements) == len(terms) == twins.shape[-1]:
        raise SearchIndexError(f"{folder}: the index is damaged (vectors and text differ in number); run: gbaqa index --rebuild")
    alignment = Alignment(twins[0].astype(np.int32), twins[1].astype(np.float32))
    by_id = {document.id: document for document in documents}
    return SearchIndex(manifest, by_id, chunks, statements, [int(n) for n in first], terms, alignment, vectors, bm25)


def is_current(settings: Settings) -> bool:
    """Whether the index exists and was built from this corpus with these settings."""
    manifest = _readable_manifest(settings.index)
    if manifest is None or not _matches(manifest, settings):
        return False
    return manifest.corpus == {document.id: document.sha256 for document in load_corpus(settings.corpus)}


def _matches(manifest: Manifest, settings: Settings) -> bool:
    return (manifest.format_version, manifest.embeddings, manifest.chunk_tokens) == (
        FORMAT_VERSION,
        settings.embeddings,
        settings.chunk_tokens,
    )


def _current(index: Path) -> tuple[Path, Manifest]:
    pointer = index / _CURRENT
    try:
        name = pointer.read_text("utf-8").strip()
    except FileNotFoundError as error:
        raise SearchIndexError(f"{index}: no index here yet; build it with: gbaqa index --index {index}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise SearchIndexError(f"{pointer}: cannot be read; check its permissions or run: gbaqa index --rebuild") from error
    if not name or Path(name).name != name:
        raise SearchIndexError(f"{pointer}: does not name a generation of the index; run: gbaqa index --rebuild")
    path = index / name / "manifest.json"
    try:
        raw = json.loads(path.read_text("utf-8"))
        version = raw.get("format_version")
        if version != FORMAT_VERSION:
            raise SearchIndexError(f"{index}: this index has format {version}, this gbaqa reads format {FORMAT_VERSION}; run: gbaqa index")
        return index / name, Manifest.model_validate(raw)
    except (OSError, ValueError, AttributeError) as error:
        raise SearchIndexError(f"{path}: not a gbaqa index, or damaged; run: gbaqa index --rebuild") from error


def _readable_manifest(index: Path) -> Manifest | None:
    try:
        return _current(index)[1]
    except SearchIndexError:
        return None


def _known_vectors(settings: Settings, previous: Manifest | None) -> dict[str, Vectors]:
    """Vectors by embedded text from an older index of the same embedding model."""
    if previous is None or previous.embeddings != settings.embeddings:
        return {}
    try:
        old = open_index(settings.model_copy(update={"chunk_tokens": previous.chunk_tokens}))
    except SearchIndexError:
        return {}
    vectors = old.vectors.reconstruct_n(0, old.vectors.ntotal)
    return {embedded_text(chunk, statement): vectors[row] for row, (chunk, statement) in enumerate(old.statements)}


def _similarity_spread(vectors: Vectors) -> float:
    """Standard deviation of the similarity of statements picked evenly: the scale on which a difference means something."""
    sample = vectors[:: max(1, len(vectors) // _SIMILARITY_SAMPLE)]
    similarities = (sample @ sample.T)[np.triu_indices(len(sample), 1)]
    return max(float(similarities.std()), 1e-3) if len(similarities) else 1.0


def _write(index: Path, manifest: Manifest, documents: list[Document], chunks: list[Chunk], vectors: Vectors) -> None:
    name = f"{int(manifest.built_at)}-{secrets.token_hex(4)}"
    building = index / f"{_BUILDING}{name}"
    try:
        index.mkdir(parents=True, exist_ok=True)
        _clear_stale(index)
        building.mkdir()
        (building / "documents.json").write_bytes(_DOCUMENTS.dump_json(documents))
        (building / "chunks.json").write_bytes(_CHUNKS.dump_json(chunks))
        statements = [(chunk, statement) for chunk in chunks for statement in chunk.statements]
        terms = [sorted(set(search_terms(statement.text))) for _, statement in statements]
        (building / "terms.json").write_bytes(_TERMS.dump_json(terms))
        alignment = align(statements, vectors)
        np.save(
            building / "twins.npy", np.stack([alignment.twin.astype(np.float64), alignment.score.astype(np.float64)]), allow_pickle=False
        )
        flat = faiss.IndexFlatIP(manifest.dimension)
        flat.add(vectors)
        faiss.write_index(flat, str(building / "vectors.faiss"))
        bm25 = bm25s.BM25(k1=_BM25_K1, b=_BM25_B)
        bm25.index([search_terms(chunk.embedded_text) for chunk in chunks], show_progress=False)
        bm25.save(str(building / "bm25"), show_progress=False)
        (building / "manifest.json").write_text(manifest.model_dump_json(indent=2), "utf-8")
        _sync(building)
        building.rename(index / name)
        pointer = index / f".{_CURRENT}-{name}"
        pointer.write_text(name + "\n", "utf-8")
        _sync(pointer)
        before = _generation_in_use(index)
        os.replace(pointer, index / _CURRENT)
    except OSError as error:
        shutil.rmtree(building, ignore_errors=True)
        raise SearchIndexError(
            f"{index}: the index cannot be written ({error.strerror or error}); free space or choose another folder with --index."
        ) from error
    if before and before != name:
        shutil.rmtree(index / before, ignore_errors=True)


def _generation_in_use(index: Path) -> str | None:
    try:
        return _current(index)[0].name
    except SearchIndexError:
        return None


def _sync(path: Path) -> None:
    """Have the operating system write a file, or all files below a folder, to disk before they are relied on."""
    for file in path.rglob("*") if path.is_dir() else [path]:
        if file.is_file():
            with file.open("rb") as handle:
                os.fsync(handle.fileno())


def _clear_stale(index: Path) -> None:
    for leftover in index.glob(f"{_BUILDING}*"):
        if time.time() - leftover.stat().st_mtime > _STALE_BUILD_SECONDS:
            shutil.rmtree(leftover, ignore_errors=True)
