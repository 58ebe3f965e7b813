"""Gold questions answered and measured."""

from dataclasses import dataclass

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant, Turn
from gbaqa.errors import EvaluationError, QuestionError
from gbaqa.evaluation.gold import GoldItem, GoldTurn
from gbaqa.evaluation.measures import measure


@dataclass(frozen=True)
class Scored:
    """A gold question with the answer it got and how good that is. `turn` counts a dialogue's questions from 0."""

    item: GoldItem
    turn: int
    gold: GoldTurn
    answer: Answer
    measures: dict[str, float]

    @property
    def id(self) -> str:
        """The question's id; turns of a dialogue are numbered."""
        return self.item.id if not self.item.is_dialogue else f"{self.item.id}.{self.turn + 1}"

    @property
    def chapter(self) -> str:
        """The chapter it asks about; where none is named, what its id begins with."""
        return "dialogues" if self.item.is_dialogue else self.item.chapter or self.item.id.rsplit("-", 1)[0]


def answer_item(assistant: Assistant, item: GoldItem) -> list[Scored]:
    """Answer a question, or the turns of a dialogue in order, each with the turns before it."""
    history: list[Turn] = []
    rows = []
    for number, gold in enumerate(item.turns):
        try:
            answer = assistant.ask(gold.question, history)
        except QuestionError as error:
            raise EvaluationError(f"Question {item.id}: {error}") from error
        history.append(Turn(gold.question, answer))
        rows.append(Scored(item, number, gold, answer, measure(gold, answer)))
    return rows
