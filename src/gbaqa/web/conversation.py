"""The turns of a conversation as HTML: the question, its answer, and its sources beside it."""

from collections.abc import Sequence
from html import escape

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Turn
from gbaqa.language.script import Script, script_of_question
from gbaqa.web.actions import actions_html, again_html, stop_html, tools_html
from gbaqa.web.chat_texts import CHAT_TEXTS
from gbaqa.web.prose import answer_html
from gbaqa.web.readers_script import script_to_answer_in
from gbaqa.web.sources import card_id, sources_html
from gbaqa.web.texts import TEXTS

_QUESTION_SHOWN = 400  # characters of a question that its heading repeats


def past_html(turns: Sequence[Turn], *, rated: bool = False) -> str:
    """All turns before the newest."""
    return "".join(turn_html(turn.question, turn.answer, number, rated=rated) for number, turn in enumerate(turns, 1))


def newest_html(inside: str, *, busy: bool = False, tools: Script | None = None) -> str:
    """The newest turn, which a screen reader announces once it is complete. `data-newest` is what the page scrolls to.

    `tools` is the reader's script where there is a conversation to do something with.
    """
    below = tools_html(CHAT_TEXTS[tools]) if tools else ""
    return f'<div class="newest" data-newest aria-live="polite" aria-busy="{"true" if busy else "false"}">{inside}</div>{below}'


def turn_html(question: str, answer: Answer, number: int, *, complete: bool = True, newest: bool = False, rated: bool = False) -> str:
    """A question with its answer; with buttons once it is complete, those for thumbs where they are `rated`."""
    words = TEXTS[answer.language]
    cards = {citation.mark: card_id(number, citation.mark) for citation in answer.citations}
    body = _understood(answer) + answer_html(answer, cards)
    if answer.status == "refused":
        body += f'<p class="hint">{escape(words.refused_hint)}</p>'
    body += _how_made(answer) if complete else ""
    said = f'<div class="answer {answer.status}">{body}</div>'
    if complete:
        said += actions_html(answer, question, newest=newest, rated=rated)
    return _turn(question, said, sources_html(answer, number), number, answer.language)


def pending_html(question: str, number: int, reader: Script | None = None) -> str:
    """A question that is being looked up; `reader` is the script of the reader's interface."""
    script = script_to_answer_in(question, reader)
    said = f'<div class="answer pending"><p>{escape(TEXTS[script].pending)}</p></div>{stop_html(CHAT_TEXTS[script])}'
    return _turn(question, said, "", number, script)


def stopped_html(question: str, number: int) -> str:
    """A question whose answer was not waited for."""
    return _unanswered(question, CHAT_TEXTS[script_of_question(question)].stopped, number, "pending")


def failed_html(question: str, number: int) -> str:
    """A question at which the server failed."""
    return _unanswered(question, CHAT_TEXTS[script_of_question(question)].failed, number, "problem")


def _unanswered(question: str, message: str, number: int, kind: str) -> str:
    script = script_of_question(question)
    again = f'<div class="actions">{again_html(question, CHAT_TEXTS[script])}</div>'
    return _turn(question, f'<div class="answer {kind}"><p role="alert">{escape(message)}</p></div>{again}', "", number, script)


def problem_html(question: str, message: str, number: int) -> str:
    """A question that cannot be answered as it stands, and why."""
    said = f'<div class="answer problem"><p role="alert">{escape(message)}</p></div>'
    return _turn(question, said, "", number, script_of_question(question))


def _how_made(answer: Answer) -> str:
    """Whether a language model wrote the answer, or why it could not."""
    worded = CHAT_TEXTS[answer.language].worded if answer.mode == "generative" else ""
    return "".join(f'<p class="hint">{escape(line)}</p>' for line in (worded, answer.notice or "") if line)


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
