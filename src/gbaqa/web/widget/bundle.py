"""widget.js: the parts in script/, the style and the words, joined into one script that needs nothing else.

A site includes one address and its policy names one script, so the parts are not loaded as modules. They share one
function scope and are joined in the order below: each uses only what stands above it.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import get_args

from gbaqa.corpus.document import Document
from gbaqa.language.script import Script
from gbaqa.retrieval.question import LONGEST_QUESTION
from gbaqa.web.masthead import titles
from gbaqa.web.widget.texts import strings

_SCRIPT = Path(__file__).parent / "script"
_PARTS = ("nodes.js", "service.js", "prose.js", "sources.js", "turn.js", "panel.js", "element.js", "include.js")
_STYLES = ("frame.css", "answer.css")


Questions = dict[Script, list[tuple[Script, str]]]


def widget_script(documents: Sequence[Document], questions: Questions) -> str:
    """The script for a site, with the titles of the documents that are asked, and questions to begin with, each with its script."""
    given = {
        "texts": {script: strings(script) for script in get_args(Script)},
        "titles": {script: titles(documents, script) for script in get_args(Script)},
        "examples": questions,
        "isDigest": any(document.metadata.kind == "digest" for document in documents),
        "longestQuestion": LONGEST_QUESTION,
        "style": "".join(map(_read, _STYLES)),
    }
    parts = "\n".join(_read(name) for name in _PARTS)
    return f'(() => {{\n"use strict";\nconst GIVEN = {_json(given)};\n\n{parts}}})();\n'


def _read(name: str) -> str:
    return (_SCRIPT / name).read_text("utf-8")


def _json(value: object) -> str:
    """JSON that is JavaScript too: the two line separators that JSON allows and older JavaScript does not are escaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
