"""The buttons below an answer and below a conversation. What they do is in page.js; their data stands in the page, escaped."""

from html import escape

from gbaqa.answering.answer import Answer
from gbaqa.web.chat_texts import CHAT_TEXTS, ChatTexts
from gbaqa.web.export_menu import citations_menu, conversation_menu
from gbaqa.web.plain import plain_text

_STATUS = '<span role="status"></span>'


def actions_html(answer: Answer, question: str, *, newest: bool, rated: bool) -> str:
    """Copy, ask again (the newest answer only), and thumbs where the server keeps them."""
    words = CHAT_TEXTS[answer.language]
    parts = [
        _copy(answer, words),
        citations_menu(words) if answer.citations else "",
        again_html(question, words) if newest else "",
        _thumbs(answer, question, words) if rated else "",
    ]
    return f'<div class="actions" role="group" aria-label="{escape(words.actions)}">{"".join(parts)}{_STATUS}{_data(answer)}</div>'


def again_html(question: str, words: ChatTexts) -> str:
    """A button that asks the question again."""
    return f'<button type="button" data-do="submit" data-question="{escape(question)}">{escape(words.again)}</button>'


def stop_html(words: ChatTexts) -> str:
    """A button that ends the wait for an answer."""
    return f'<div class="actions waiting"><button type="button" data-do="stop">{escape(words.stop)}</button></div>'


def tools_html(words: ChatTexts) -> str:
    """What can be done with the whole conversation."""
    clear = f'<button type="button" data-do="clear" data-confirm="{escape(words.clear_sure)}">{escape(words.clear)}</button>'
    return f'<div class="tools" role="group" aria-label="{escape(words.conversation)}">{conversation_menu(words)}{clear}{_STATUS}</div>'


def _data(answer: Answer) -> str:
    """The answer as the export API takes it."""
    return f'<data class="turn-data" hidden value="{escape(answer.model_copy(update={"passages": []}).model_dump_json())}"></data>'


def _copy(answer: Answer, words: ChatTexts) -> str:
    return (
        f'<button type="button" data-copy="{escape(plain_text(answer))}" data-done="{escape(words.copied)}" '
        f'data-failed="{escape(words.copy_failed)}">{escape(words.copy)}</button>'
    )


def _thumbs(answer: Answer, question: str, words: ChatTexts) -> str:
    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{reason}"> {escape(label)}</label>' for reason, label in words.reasons.items()
    )
    return (
        f'<form class="rating" data-question="{escape(question)}" data-answer="{escape(answer.answer)}" '
        f'data-done="{escape(words.thanks)}" data-failed="{escape(words.not_sent)}">'
        f'<button type="button" data-rating="up" aria-pressed="false">{escape(words.good)}</button>'
        f'<button type="button" data-rating="down" aria-pressed="false" aria-expanded="false">{escape(words.bad)}</button>'
        f"<fieldset hidden><legend>{escape(words.why)}</legend>{reasons}"
        f'<label class="remark">{escape(words.remark)}<textarea name="remark" rows="2" maxlength="1000"></textarea></label>'
        f'<button type="submit">{escape(words.send)}</button></fieldset></form>'
    )
