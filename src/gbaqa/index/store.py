"""The index on disk: documents, chunks, terms, twins, vectors of statements and of their tokens, and BM25. Nothing is pickled."""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

import bm25s
import faiss
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, TypeAdapter, ValidationError

from gbaqa.config import Settings
from gbaqa.corpus.document import Block, Document
from gbaqa.corpus.load import fingerprint, load_corpus
from gbaqa.errors import SearchIndexError
from gbaqa.index.alignment import Alignment, align
from gbaqa.index.chunk import Chunk, Statement, chunk_documents
from gbaqa.index.columns import Columns
from gbaqa.index.elsewhere import everyday_topics
from gbaqa.index.embeddings import (
    TUNED_E5,
    Progress,
    Vectors,
    count_tokens_with,
    embed_passages,
    embed_texts,
    has_tokens,
    model_of,
    open_embeddings,
)
from gbaqa.index.generations import checksums, current_generation, new_generation, refuse_foreign
from gbaqa.index.locking import OnWait, only_builder
from gbaqa.index.milvus import KEYS, check_milvus, read_milvus, write_milvus
from gbaqa.index.records import Part, Records, write_records
from gbaqa.index.reuse import ELSEWHERE, VECTORS, Known, key_of, known_vectors, topics_key
from gbaqa.index.spread import embed_spread
from gbaqa.index.statements import Statements
from gbaqa.index.terms import Terms
from gbaqa.index.token_vectors import IN_MEMORY_UP_TO, TOKENS_UP_TO, TokenVectors
from gbaqa.index.vectors import EXACT_UP_TO, VectorIndex, make_vector_index, read_vector_index
from gbaqa.language.meanings import with_concepts
from gbaqa.language.script import to_simplified

FORMAT_VERSION = 29  # raised whenever documents are read, cut or stored differently

# BM25's saturation and length normalisation: chunks are short and of like length, so both weigh less than by default.
_BM25_K1, _BM25_B = 1.2, 0.6
_SIMILARITY_SAMPLE = 400
_NO_WORD = "\u2205"

_DOCUMENTS = TypeAdapter(list[Document])
_BLOCK, _CHUNK = TypeAdapter(Block), TypeAdapter(Chunk)
_BLOCKS_KEPT, _CHUNKS_KEPT = 4096, 2048  # in memory, once decoded: what some tens of questions look at, a few megabytes
_FIRST_BLOCKS = "first_blocks.npy"


class Manifest(BaseModel):
    """What an index was built from and with. An index is used only where all of this still holds."""

    format_version: int
    embeddings: str
    dimension: int
    chunk_tokens: int
    fingerprint: str
    corpus: dict[str, str]
    chunks: int
    statements: int
    similarity_spread: float
    topics: str
    built_at: float
    vector_store: str = "faiss"
    files: dict[str, str] = {}

    @property
    def is_tuned(self) -> bool:
        """Whether the vectors are of our own tuning of the bundled model, whose similarities are on a scale of their own."""
        return self.embeddings.startswith(TUNED_E5)


@dataclass(frozen=True)
class SearchIndex:
    """An index. Its rows are statements. Texts stay on disk, and are read when a chunk or a block is looked at.

    Attributes:
        statements: the chunk and the statement of each row.
        columns: what is known of chunks and rows in numbers.
        terms: the search terms of each row's statement, and the concepts they stand for.
        alignment: the row of each row's twin in the other language.
        vectors: index of the rows' embeddings, FAISS's or in Milvus.
        tokens: vectors of the rows' tokens; None where the embeddings have none.
        elsewhere: embeddings of everyday topics: (topics, dimension).
        bm25: over the chunks.
    """

    manifest: Manifest
    documents: dict[str, Document]
    chunks: Records[Chunk]
    statements: Statements
    columns: Columns
    terms: Terms
    alignment: Alignment
    vectors: VectorIndex
    tokens: TokenVectors | None
    elsewhere: Vectors
    bm25: bm25s.BM25

    @property
    def first_statement(self) -> NDArray[np.int64]:
        """The row of each chunk's first statement."""
        return self.columns.first

    @cached_property
    def is_translated(self) -> NDArray[np.bool_]:
        """Whether any statement of each chunk's section has a twin: (chunks,). What is not, only one language says.

        A single statement without a twin is as often one that the alignment has missed.
        """
        of_chunks = np.logical_or.reduceat(np.asarray(self.alignment.twin) >= 0, self.first_statement)
        of_sections = np.bincount(self.columns.passage, weights=of_chunks) > 0
        return np.asarray(of_sections[self.columns.passage], dtype=np.bool_)


@dataclass(frozen=True)
class BuildReport:
    """What a build did."""

    manifest: Manifest
    embedded: int
    reused: int
    seconds: float
    unchanged: bool = False


def build_index(
    settings: Settings, progress: Progress | None = None, *, rebuild: bool = False, on_wait: OnWait | None = None
) -> BuildReport:
    """Build or update the index of a corpus. Statements that an index of the same model already holds are not embedded again.

    One process builds an index at a time. Another one waits for it (`on_wait` is called before), and then most often finds
    the index up to date.

    Raises:
        CorpusError: the corpus cannot be read.
        SearchIndexError: the index folder cannot be written, or Milvus not be reached.
        SettingsError: the embeddings cannot be loaded.
    """
    started = time.perf_counter()
    refuse_foreign(settings.index)
    read_from = fingerprint(settings.corpus)
    if not rebuild and (known := _unchanged(settings, read_from, started)):
        return known
    with only_builder(settings.index, on_wait):
        if not rebuild and (known := _unchanged(settings, read_from, started)):  # by whom we waited for
            return known
        return _build(settings, progress, read_from, started, rebuild=rebuild)


def _unchanged(settings: Settings, read_from: str, started: float) -> BuildReport | None:
    """The report on an index that is up to date already."""
    manifest = _readable_manifest(settings.index)
    if manifest is None or not _matches(manifest, settings) or manifest.fingerprint != read_from:
        return None
    return BuildReport(manifest, 0, manifest.statements, time.perf_counter() - started, unchanged=True)


def _build(settings: Settings, progress: Progress | None, read_from: str, started: float, *, rebuild: bool) -> BuildReport:
    if settings.vector_store == "milvus":
        check_milvus(settings)  # before anything is embedded in vain
    documents = load_corpus(settings.corpus)
    embeddings = open_embeddings(settings.embeddings, settings.device)
    chunks = chunk_documents(documents, count_tokens_with(embeddings), settings.chunk_tokens)
    texts = [embedded_text(chunk, statement) for chunk in chunks for statement in chunk.statements]
    keys = [key_of(text) for text in texts]
    known, elsewhere = (Known(), None) if rebuild else known_vectors(settings)
    with_tokens = has_tokens(embeddings) and len(texts) <= TOKENS_UP_TO
    known_keys = known.vectors.keys() & known.tokens.keys() if with_tokens else known.vectors.keys()
    new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known_keys}
    if new:
        embed = partial(embed_spread, settings) if settings.dask else partial(embed_texts, embeddings)
        known.add(list(new), embed(list(new.values()), progress, tokens=with_tokens))
    vectors = np.stack([known.vectors[key] for key in keys])
    tokens = TokenVectors.of(known.tokens[key] for key in keys) if with_tokens else None
    if elsewhere is None:
        elsewhere = embed_passages(embeddings, everyday_topics())
    manifest = Manifest(
        format_version=FORMAT_VERSION,
        embeddings=model_of(settings.embeddings),
        dimension=vectors.shape[1],
        chunk_tokens=settings.chunk_tokens,
        fingerprint=read_from,
        corpus={document.id: document.sha256 for document in documents},
        chunks=len(chunks),
        statements=len(texts),
        similarity_spread=_similarity_spread(vectors),
        topics=topics_key(),
        built_at=time.time(),
        vector_store=settings.vector_store,
    )
    _write(settings, manifest, documents, chunks, keys, vectors, tokens, elsewhere, anew=rebuild)
    return BuildReport(manifest, len(new), len(texts) - len(new), time.perf_counter() - started)


def embedded_text(chunk: Chunk, statement: Statement) -> str:
    """A statement under its headings, in Simplified characters as questions are: what is embedded."""
    return to_simplified(f"{chunk.context}\n{statement.text}" if chunk.context else statement.text)


def open_index(settings: Settings) -> SearchIndex:
    """Read the index of these settings.

    Raises:
        SearchIndexError: there is none, it is damaged, of another version, or of another embedding model.
    """
    while True:
        folder = current_generation(settings.index)
        try:
            return _open(folder, settings)
        except SearchIndexError:
            if current_generation(settings.index) == folder:
                raise
            # a build put a new generation in use and removed this one while it was read


def _open(folder: Path, settings: Settings) -> SearchIndex:
    """Read a generation that these settings ask for. Raises SearchIndexError as `open_index` does."""
    manifest = _manifest(folder)
    if not _matches(manifest, settings):
        raise SearchIndexError(
            f"{settings.index}: this index was built with {manifest.embeddings}, chunks of {manifest.chunk_tokens} tokens and vectors in "
            f"{manifest.vector_store}, the settings ask for {model_of(settings.embeddings)}, {settings.chunk_tokens} and "
            f"{settings.vector_store}; run: gbaqa index"
        )
    try:
        return _read(folder, manifest, settings)
    except (OSError, ValidationError, RuntimeError, ValueError, EOFError, KeyError, TypeError, AttributeError) as error:
        raise SearchIndexError(f"{folder}: the index is damaged ({type(error).__name__}); run: gbaqa index --rebuild") from error


def _read(folder: Path, manifest: Manifest, settings: Settings) -> SearchIndex:
    """Read a generation. Raises ValueError where its files are not those that were written, else what reading raises."""
    if checksums(folder) != manifest.files:
        raise ValueError("a file is not as it was written")
    documents = _read_documents(folder)
    chunks = Records(folder, "chunks", _CHUNK, _CHUNKS_KEPT)
    columns = Columns.read(folder)
    in_place = manifest.statements > EXACT_UP_TO
    terms = Terms.read(folder, in_place=in_place)
    twins = np.load(folder / "twins.npy", allow_pickle=False)
    in_milvus = manifest.vector_store == "milvus"
    vectors = read_milvus(settings, folder, manifest.dimension) if in_milvus else read_vector_index(folder / VECTORS)
    tokens = TokenVectors.read(folder, in_place=manifest.statements > IN_MEMORY_UP_TO) if TokenVectors.are_in(folder) else None
    elsewhere = np.load(folder / ELSEWHERE, allow_pickle=False)
    bm25 = bm25s.BM25.load(str(folder / "bm25"), mmap=in_place)
    statements = Statements(chunks, columns)
    counted = (len(chunks), len(statements), vectors.d)
    if counted != (manifest.chunks, manifest.statements, manifest.dimension) or not vectors.ntotal == len(terms) == len(statements):
        raise ValueError("the files do not fit each other")
    if len(columns.size) != len(chunks) or (tokens is not None and len(tokens) != len(statements)):
        raise ValueError("the chunks do not fit their numbers")
    alignment = Alignment(twins[0].astype(np.int32), twins[1].astype(np.float32))
    return SearchIndex(manifest, documents, chunks, statements, columns, terms, alignment, vectors, tokens, elsewhere, bm25)


def _read_documents(folder: Path) -> dict[str, Document]:
    """The documents in their order; their blocks stay on disk."""
    documents = _DOCUMENTS.validate_json((folder / "documents.json").read_bytes())
    blocks = Records(folder, "blocks", _BLOCK, _BLOCKS_KEPT)
    first = np.load(folder / _FIRST_BLOCKS, allow_pickle=False).tolist()
    if len(first) != len(documents) + 1 or first[-1] != len(blocks):
        raise ValueError("the blocks do not fit the documents")
    return {one.id: replace(one, blocks=Part(blocks, *first[at : at + 2])) for at, one in enumerate(documents)}


def _write_documents(folder: Path, documents: Sequence[Document]) -> None:
    (folder / "documents.json").write_bytes(_DOCUMENTS.dump_json([replace(document, blocks=[]) for document in documents]))
    write_records(folder, "blocks", _BLOCK, (block for document in documents for block in document.blocks))
    np.save(folder / _FIRST_BLOCKS, np.cumsum([0, *(len(document.blocks) for document in documents)]), allow_pickle=False)


def is_current(settings: Settings) -> bool:
    """Whether the index exists and was built from this corpus with these settings."""
    manifest = _readable_manifest(settings.index)
    if manifest is None or not _matches(manifest, settings):
        return False
    return manifest.fingerprint == fingerprint(settings.corpus)


def _matches(manifest: Manifest, settings: Settings) -> bool:
    return (manifest.format_version, manifest.embeddings, manifest.chunk_tokens, manifest.vector_store) == (
        FORMAT_VERSION,
        model_of(settings.embeddings),
        settings.chunk_tokens,
        settings.vector_store,
    )


def _manifest(folder: Path) -> Manifest:
    path = folder / "manifest.json"
    try:
        raw = json.loads(path.read_text("utf-8"))
        version = raw.get("format_version")
        if version != FORMAT_VERSION:
            raise SearchIndexError(f"{folder}: this index has format {version}, this gbaqa reads format {FORMAT_VERSION}; run: gbaqa index")
        return Manifest.model_validate(raw)
    except (OSError, ValueError, AttributeError) as error:
        raise SearchIndexError(f"{path}: not a gbaqa index, or damaged; run: gbaqa index --rebuild") from error


def _readable_manifest(index: Path) -> Manifest | None:
    try:
        return _manifest(current_generation(index))
    except SearchIndexError:
        return None


def _similarity_spread(vectors: Vectors) -> float:
    """Standard deviation of the similarity of statements picked evenly: the scale on which a difference means something."""
    sample = vectors[:: max(1, len(vectors) // _SIMILARITY_SAMPLE)]
    similarities = (sample @ sample.T)[np.triu_indices(len(sample), 1)]
    return max(float(similarities.std()), 1e-3) if len(similarities) else 1.0


def _write(
    settings: Settings,
    manifest: Manifest,
    documents: list[Document],
    chunks: list[Chunk],
    keys: list[bytes],
    vectors: Vectors,
    tokens: TokenVectors | None,
    elsewhere: Vectors,
    *,
    anew: bool,
) -> None:
    before = _before(settings, manifest)
    statements = [(chunk, statement) for chunk in chunks for statement in chunk.statements]
    terms = Terms.of(with_concepts(statement.text) for _, statement in statements)
    bm25 = bm25s.BM25(k1=_BM25_K1, b=_BM25_B)
    # A word that no text has keeps a corpus of stop words and signs alone from being no corpus at all.
    bm25.index([with_concepts(chunk.embedded_text) or [_NO_WORD] for chunk in chunks], show_progress=False)
    with new_generation(settings.index) as folder:
        known_by = np.frombuffer(b"".join(keys), dtype=np.uint8).reshape(len(keys), -1)
        np.save(folder / KEYS, known_by, allow_pickle=False)
        if settings.vector_store == "milvus":
            texts = [embedded_text(chunk, statement) for chunk, statement in statements]
            write_milvus(settings, folder, before, known_by, texts, vectors, anew=anew)
        else:
            faiss.write_index(make_vector_index(vectors), str(folder / VECTORS))
        if tokens is not None:
            tokens.write(folder)
        write_rest(folder, manifest, documents, chunks, terms, align(statements, vectors), elsewhere, bm25)
        _read(folder, _manifest(folder), settings)  # what cannot be read again is not put in use


def write_rest(
    folder: Path,
    manifest: Manifest,
    documents: Sequence[Document],
    chunks: Sequence[Chunk],
    terms: Terms,
    alignment: Alignment,
    elsewhere: Vectors,
    bm25: bm25s.BM25,
) -> None:
    """Write all of a generation but vectors, those of tokens too, which are there already; the manifest, last, has checksums of all."""
    _write_documents(folder, documents)
    write_records(folder, "chunks", _CHUNK, chunks)
    Columns.write(folder, documents, chunks)
    terms.write(folder)
    np.save(folder / "twins.npy", np.stack([alignment.twin.astype(np.float64), alignment.score.astype(np.float64)]), allow_pickle=False)
    np.save(folder / ELSEWHERE, elsewhere, allow_pickle=False)
    bm25.save(str(folder / "bm25"), show_progress=False)
    manifest = manifest.model_copy(update={"files": checksums(folder)})
    (folder / "manifest.json").write_text(manifest.model_dump_json(indent=2), "utf-8")


def _before(settings: Settings, manifest: Manifest) -> Path | None:
    """The generation in use, where it has the same model."""
    used = _readable_manifest(settings.index)
    same = used is not None and (used.embeddings, used.dimension) == (manifest.embeddings, manifest.dimension)
    return current_generation(settings.index) if same else None
