"""gbaqa: questions about a bilingual document, answered with the printed page and the footnote.

>>> from gbaqa import Assistant
>>> assistant = Assistant.open("index")
>>> assistant.ask("What was Shenzhen's GDP in Q1 2023?").citations[0].page
'13'
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gbaqa.answering.answer import Answer, Citation
    from gbaqa.assistant import Assistant, Turn
    from gbaqa.errors import GbaqaError

__version__ = "0.1.0"
__all__ = ["Answer", "Assistant", "Citation", "GbaqaError", "Turn", "__version__"]

# Imported when first used: `gbaqa --help` needs none of it.
_HOMES = {
    "Answer": "gbaqa.answering.answer",
    "Assistant": "gbaqa.assistant",
    "Citation": "gbaqa.answering.answer",
    "GbaqaError": "gbaqa.errors",
    "Turn": "gbaqa.assistant",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'gbaqa' has no attribute {name!r}")
