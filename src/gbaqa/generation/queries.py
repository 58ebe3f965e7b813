"""The parts of a question that asks several things, as questions of their own: each is looked up by itself."""

import re

from gbaqa.language.script import HAN, clean
from gbaqa.retrieval.question import Question

_MOST_PARTS = 4
_ENGLISH_JOINT = re.compile(
    r"[?;]\s+|,?\s+and (?=(?:how|what|when|who|whom|whose|where|which|why|is|are|was|were|does|do|did|can|by)\b)", re.IGNORECASE
)
_CHINESE_JOINT = re.compile(r"[？?；;，,]\s*|(?:以及|还有|另外|同时|并且)")
_CHINESE_ASKS = re.compile(
    "多少|几[个家项年成座条间]|哪|什么|甚麼|什麼|谁|誰|何时|何時|何地|为何|為何|怎[么样樣麼]|如何|吗|嗎|多[长大久高远長遠]|幾"
)


def parts_of(question: Question) -> list[str]:
    """The parts of a question, each with the places and years of the whole; empty where it asks one thing."""
    if question.parts < 2:
        return []
    text = clean(question.text)
    parts = _chinese_parts(text) if HAN.search(text) and question.language == "zh" else _split(_ENGLISH_JOINT, text)
    if len(parts) < 2:
        return []
    about = " ".join([*sorted(question.places), *sorted(question.years)])
    return [f"{part} {about}".strip() for part in parts[:_MOST_PARTS]]


def _split(joint: re.Pattern[str], text: str) -> list[str]:
    return [part.strip() for part in joint.split(text) if any(char.isalnum() for char in part)]


def _chinese_parts(text: str) -> list[str]:
    """Clauses that ask; one that does not ask says what the next is about."""
    parts: list[str] = []
    before = ""
    for clause in _split(_CHINESE_JOINT, text):
        if _CHINESE_ASKS.search(clause):
            parts.append(before + clause)
            before = ""
        else:
            before += f"{clause}，"
    return parts
