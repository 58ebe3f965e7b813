"""What the stages of a written answer hand on: the question as asked, the material, a sentence of the model, the verdict on it."""

from dataclasses import dataclass, field
from typing import Literal

from gbaqa.answering.answer import Answer
from gbaqa.retrieval.conversation import Contextual
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit

Failure = Literal["markup", "language", "figure", "date", "name", "polarity", "support", "beside", "repeated"]
"""Why a sentence of the model is not shown; "beside" is one that is true and beside the question."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with what is known before a model is asked.

    Attributes:
        history: the earlier questions of the conversation, the oldest first.
        base: the extractive answer. It decides whether there is an answer, and is given where the model fails.
    """

    question: str
    history: tuple[str, ...]
    base: Answer


@dataclass(frozen=True, slots=True)
class Condensed:
    """A question as the conversation completes it."""

    asked: Asked
    context: Contextual


@dataclass(frozen=True, slots=True)
class NumberedEvidence:
    """A statement as the model is shown it.

    Attributes:
        number: the mark by which the model names it.
        row: of the index.
        text: in the question's script, without anything that looks like a mark or markup.
        is_near: whether it ranks nearly as well as the best statement, or the extractive answer says it.
    """

    number: int
    row: int
    text: str
    is_near: bool = True


@dataclass(frozen=True, slots=True)
class Material:
    """Everything that an answer may be written from.

    Attributes:
        question: as analysed; None where the extractive answer stands as it is and no model is asked.
        rows: of the index, what the extractive answer says, in its order.
        numbered: the evidence given to the model, the best first.
    """

    asked: Asked
    question: Question | None
    rows: tuple[int, ...] = ()
    hits: tuple[Hit, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    numbered: tuple[NumberedEvidence, ...] = ()

    def row_of(self, number: int) -> int | None:
        """The row that a mark names, None where no such number was given."""
        return self.numbered[number - 1].row if 0 < number <= len(self.numbered) else None

    def is_near(self, row: int) -> bool:
        """Whether a row of the evidence is near to what is asked."""
        return any(item.is_near for item in self.numbered if item.row == row)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the model wrote it.

    Attributes:
        text: without its marks and without bullet or emphasis.
        marks: the numbers it names, which may be invented.
        is_item: whether it stands in a list.
    """

    text: str
    marks: tuple[int, ...] = ()
    is_item: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may be shown.

    Attributes:
        rows: that support it; empty where nothing does.
        failure: why it may not be shown, None where it may.
    """

    rows: tuple[int, ...] = ()
    failure: Failure | None = None


@dataclass(slots=True)
class Tally:
    """What became of the sentences that the model wrote."""

    written: int = 0
    kept: int = 0
    invented_marks: int = 0
    dropped: dict[str, int] = field(default_factory=dict)

    def drop(self, failure: Failure) -> None:
        self.dropped[failure] = self.dropped.get(failure, 0) + 1
