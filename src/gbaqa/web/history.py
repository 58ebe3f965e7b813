"""A conversation as a browser keeps it: the server holds none, so a reload or a restart loses nothing.

What comes back from a browser is checked like any input, and nothing in it is trusted: it is escaped wherever it is shown,
and what an answer cited is looked up in the index again.
"""

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel, Field, TypeAdapter, ValidationError

from gbaqa.answering.answer import Answer, Passage
from gbaqa.assistant import Turn
from gbaqa.retrieval.question import LONGEST_QUESTION

_TURNS_KEPT = 40  # some 5 kB each, of the 5 MB that a browser gives
_NEAREST_KEPT = 6  # passages that a refusal points to


class _Kept(BaseModel):
    """A turn in the browser's storage."""

    question: str = Field(max_length=LONGEST_QUESTION)
    answer: Answer


_CONVERSATION = TypeAdapter(list[_Kept])


def kept(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """The newest turns as plain data, without passages that no card shows."""
    return [_Kept(question=turn.question, answer=_shortened(turn.answer)).model_dump(mode="json") for turn in turns[-_TURNS_KEPT:]]


def restored(data: Any) -> list[Turn]:
    """The turns of such data; none where it is damaged or of another version."""
    try:
        return [Turn(one.question, one.answer) for one in _CONVERSATION.validate_python(data or [])]
    except ValidationError:
        return []


def _shortened(answer: Answer) -> Answer:
    if answer.status == "refused":
        return answer.model_copy(update={"passages": answer.passages[:_NEAREST_KEPT]})
    return answer.model_copy(update={"passages": [passage for passage in answer.passages if _is_cited(passage, answer)]})


def _is_cited(passage: Passage, answer: Answer) -> bool:
    return any(citation.quote in passage.text for citation in answer.citations)
