"""The turns of a conversation as HTML: the question, its answer, and its sources beside it."""

from collections.abc import Sequence
from html import escape

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Turn
from gbaqa.language.script import script_of_question
from gbaqa.web.prose import answer_html
from gbaqa.web.sources import card_id, sources_html
from gbaqa.web.texts import TEXTS

_QUESTION_SHOWN = 400  # characters of a question that its heading repeats


def past_html(turns: Sequence[Turn]) -> str:
    """All turns before the newest."""
    return "".join(turn_html(turn.question, turn.answer, number) for number, turn in enumerate(turns, 1))


def newest_html(inside: str, *, busy: bool = False) -> str:
    """The newest turn, which a screen reader announces once it is complete. `data-newest` is what the page scrolls to."""
    return f'<div class="newest" data-newest aria-live="polite" aria-busy="{"true" if busy else "false"}">{inside}</div>'


def turn_html(question: str, answer: Answer, number: int) -> str:
    """A question with its answer, complete or still growing."""
    words = TEXTS[answer.language]
    cards = {citation.mark: card_id(number, citation.mark) for citation in answer.citations}
    body = _understood(answer) + answer_html(answer, cards)
    if answer.status == "refused":
        body += f'<p class="hint">{escape(words.refused_hint)}</p>'
    return _turn(question, f'<div class="answer {answer.status}">{body}</div>', sources_html(answer, number), number, answer.language)


def pending_html(question: str, number: int) -> str:
    """A question that is being looked up."""
    script = script_of_question(question)
    return _turn(question, f'<div class="answer pending"><p>{escape(TEXTS[script].pending)}</p></div>', "", number, script)


def problem_html(question: str, message: str, number: int) -> str:
    """A question that cannot be answered as it stands, and why."""
    said = f'<div class="answer problem"><p role="alert">{escape(message)}</p></div>'
    return _turn(question, said, "", number, script_of_question(question))


def _understood(answer: Answer) -> str:
    """How a follow-up was completed from the conversation, in small print: a wrong guess is to be seen."""
    if answer.understood_as is None:
        return ""
    said = TEXTS[answer.language].understood_as.format(question=_shortened(answer.understood_as))
    return f'<p class="hint understood">{escape(said)}</p>'


def _shortened(question: str) -> str:
    asked = " ".join(question.split())
    return asked if len(asked) <= _QUESTION_SHOWN else asked[:_QUESTION_SHOWN] + "…"


def _turn(question: str, answer: str, sources: str, number: int, language: str) -> str:
    shown = _shortened(question)
    heading = f"<h2>{escape(shown)}</h2>" if shown else ""
    aside = f'<aside class="sources">{sources}</aside>' if sources else ""
    return f'<article class="turn" id="turn-{number}" lang="{language}"><div class="said">{heading}{answer}</div>{aside}</article>'
