"""The chat model of the settings, through LangChain's `init_chat_model`."""

import os
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from langchain_core.language_models import BaseChatModel

from gbaqa.config import Settings
from gbaqa.errors import SettingsError

# Environment variable of the key, by provider; others name their own where it is missing.
KEYS = {
    "openai": "OPENAI_API_KEY",
    "anthropic": "ANTHROPIC_API_KEY",
    "deepseek": "DEEPSEEK_API_KEY",
    "google_genai": "GOOGLE_API_KEY",
    "groq": "GROQ_API_KEY",
    "mistralai": "MISTRAL_API_KEY",
    "openrouter": "OPENROUTER_API_KEY",
    "xai": "XAI_API_KEY",
}
_EXAMPLE = "openai:gpt-5-mini, ollama:qwen3:4b or anthropic:claude-haiku-4-5"


@dataclass(frozen=True, slots=True)
class ModelName:
    """A model as configured: "ollama:qwen3:4b" is the provider ollama and its model qwen3:4b."""

    provider: str
    model: str

    @property
    def key(self) -> str | None:
        """The environment variable its key stands in, None where it needs none that we know of."""
        return KEYS.get(self.provider)


def model_name(settings: Settings) -> ModelName:
    """Provider and model of a setting.

    Raises:
        SettingsError: none is set, or not in the form PROVIDER:MODEL.
    """
    provider, _, model = settings.llm.strip().partition(":")
    if not provider or not model:
        given = f"GBAQA_LLM={settings.llm!r} does not name a model" if settings.llm else "No language model is set"
        raise SettingsError(f"{given}; set GBAQA_LLM to PROVIDER:MODEL, such as {_EXAMPLE}.")
    return ModelName(provider.lower().replace("-", "_"), model)


def open_model(settings: Settings) -> BaseChatModel:
    """The chat model of these settings. Nothing is sent yet.

    Raises:
        SettingsError: the provider is unknown, its package or its key is missing.
    """
    name = model_name(settings)
    try:
        from langchain.chat_models import init_chat_model
    except ImportError as error:
        raise SettingsError(
            f"GBAQA_LLM={settings.llm!r} needs LangChain, which is not installed; run: pip install 'gbaqa[llm]'."
        ) from error
    is_local = bool(settings.llm_base_url) and name.provider == "openai"
    if name.key and not os.environ.get(name.key) and not is_local:
        raise SettingsError(f"GBAQA_LLM={settings.llm!r}: no key is set; put it into the environment variable {name.key}.")
    try:
        model: Any = init_chat_model(name.model, model_provider=name.provider, **_parameters(settings, name))
    except ImportError as error:
        package = error.name or f"langchain-{name.provider}"
        raise SettingsError(
            f"GBAQA_LLM={settings.llm!r} needs a package that is not installed; run: pip install {package.replace('_', '-')}."
        ) from error
    except Exception:  # a provider's own checks raise anything, and their words may hold a key
        raise SettingsError(f"GBAQA_LLM={settings.llm!r} cannot be used; check the name of provider and model, and the key.") from None
    if not isinstance(model, BaseChatModel):
        raise SettingsError(f"GBAQA_LLM={settings.llm!r} is no chat model; set PROVIDER:MODEL, such as {_EXAMPLE}.")
    return model


def address(settings: Settings) -> str:
    """The host a model is asked at, without anything secret that an address may hold."""
    if not settings.llm_base_url:
        return "the provider's own address"
    parts = urlsplit(settings.llm_base_url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname or ''}{port}"


def _parameters(settings: Settings, name: ModelName) -> dict[str, Any]:
    """What the provider is given: retries and time-outs are ours, so its own retries are off."""
    common: dict[str, Any] = {} if settings.llm_temperature is None else {"temperature": settings.llm_temperature}
    if settings.llm_base_url:
        common["base_url"] = settings.llm_base_url
    if name.provider == "ollama":
        return common | {"num_predict": settings.llm_answer_tokens, "client_kwargs": {"timeout": settings.llm_timeout}}
    common |= {"max_tokens": settings.llm_answer_tokens, "timeout": settings.llm_timeout, "max_retries": 0}
    if name.provider == "openai":
        common["stream_usage"] = True
        if not os.environ.get("OPENAI_API_KEY"):
            common["api_key"] = "none"  # servers of one's own ask for no key, the client does
    return common
