"""What an older index knows of texts by their keys, so that nothing is embedded twice."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import faiss
import numpy as np

from gbaqa.config import Settings
from gbaqa.errors import SearchIndexError, SettingsError
from gbaqa.index.elsewhere import everyday_topics
from gbaqa.index.embeddings import Embedded, Vectors, model_of
from gbaqa.index.generations import checksums, current_generation
from gbaqa.index.milvus import KEYS, collection_of, known_to_milvus
from gbaqa.index.token_vectors import Numbers, TokenVectors
from gbaqa.index.vectors import all_vectors

VECTORS, ELSEWHERE = "vectors.faiss", "elsewhere.npy"


@dataclass(frozen=True)
class Known:
    """What is known of texts by their keys: their vectors, and those of their tokens, none where the embeddings have none."""

    vectors: dict[bytes, Vectors] = field(default_factory=dict)
    tokens: dict[bytes, Numbers] = field(default_factory=dict)

    def add(self, keys: Sequence[bytes], embedded: Embedded) -> None:
        """Remember what was embedded."""
        self.vectors.update(zip(keys, embedded.vectors, strict=True))
        if embedded.tokens:
            self.tokens.update(zip(keys, embedded.tokens, strict=True))


def known_vectors(settings: Settings) -> tuple[Known, Vectors | None]:
    """Vectors by the key of their text, and those of today's everyday topics, from an older index of the same model, of whatever format."""
    try:
        folder = current_generation(settings.index)
        built_with = json.loads((folder / "manifest.json").read_text("utf-8"))
        if built_with["embeddings"] != model_of(settings.embeddings) or built_with["files"] != checksums(folder):
            return Known(), None
        elsewhere = np.load(folder / ELSEWHERE, allow_pickle=False) if built_with.get("topics") == topics_key() else None
        keys = [key.tobytes() for key in np.load(folder / KEYS, allow_pickle=False)]
        tokens = TokenVectors.read(folder, in_place=True) if TokenVectors.are_in(folder) else None
        if collection_of(folder):
            vectors = known_to_milvus(settings, folder)
        else:
            vectors = dict(zip(keys, all_vectors(faiss.read_index(str(folder / VECTORS))), strict=True))
        return Known(vectors, dict(zip(keys, tokens, strict=True)) if tokens else {}), elsewhere
    except (SearchIndexError, SettingsError, OSError, ValueError, RuntimeError, EOFError, KeyError, TypeError):
        return Known(), None  # nothing to reuse: all is embedded anew


def topics_key() -> str:
    """What today's everyday topics are known by."""
    return key_of("\n".join(everyday_topics())).hex()


def key_of(text: str) -> bytes:
    """What an embedded text is known by: 128 bits of BLAKE2b."""
    return hashlib.blake2b(text.encode(), digest_size=16).digest()
