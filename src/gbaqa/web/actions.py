"""The buttons below an answer, a source and a conversation. Their data stands in the page, escaped; page.js, exports.js and
basket.js do what they say.
"""

from html import escape

from gbaqa.answering.answer import Answer, Citation
from gbaqa.web.chat_texts import CHAT_TEXTS, ChatTexts
from gbaqa.web.export_menu import citations_menu, conversation_menu
from gbaqa.web.plain import plain_source, plain_text

_THUMB_UP = "M7 11v9H4v-9zl4-8c1.5 0 2.5 1 2.5 2.5V9H19a2 2 0 0 1 2 2.3l-1.2 7A2 2 0 0 1 17.8 20H7"
_STATUS = '<span role="status"></span>'


def actions_html(answer: Answer, question: str, *, newest: bool, rated: bool) -> str:
    """Copy, ask again (the newest answer only), and thumbs where the server keeps them."""
    words = CHAT_TEXTS[answer.language]
    parts = [
        _copy(plain_text(answer), words.copy if answer.citations else words.copy_source, words),
        citations_menu(words, "answer") if answer.citations else "",
        again_html(question, words) if newest else "",
        _thumbs(answer, question, words) if rated else "",
    ]
    return f'<div class="actions" role="group" aria-label="{escape(words.actions)}">{"".join(parts)}{_STATUS}{_data(answer)}</div>'


def source_actions_html(citation: Citation, answer: Answer) -> str:
    """What can be done with one source: copy it, cite it, keep it in the basket."""
    words = CHAT_TEXTS[answer.language]
    keep = (
        f'<button type="button" data-keep="{escape(words.keep)}" data-kept="{escape(words.kept)}" '
        f'data-failed="{escape(words.not_kept)}" aria-pressed="false">{escape(words.keep)}</button>'
    )
    parts = [_copy(plain_source(citation, answer), words.copy_source, words), citations_menu(words, "citation"), keep]
    return f'<div class="actions">{"".join(parts)}{_STATUS}</div>'


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


def _copy(text: str, label: str, words: ChatTexts) -> str:
    return (
        f'<button type="button" data-copy="{escape(text)}" data-done="{escape(words.copied)}" '
        f'data-failed="{escape(words.copy_failed)}">{escape(label)}</button>'
    )


def _thumb(rating: str, name: str) -> str:
    """A thumb, which a screen reader reads by its name: in words, the five buttons would not fit a phone's line."""
    unfolds = ' aria-expanded="false"' if rating == "down" else ""
    return (
        f'<button type="button" data-rating="{rating}" aria-pressed="false"{unfolds} aria-label="{escape(name)}" title="{escape(name)}">'
        f'<svg class="thumb" viewBox="0 0 24 24" aria-hidden="true"><path d="{_THUMB_UP}"/></svg></button>'
    )


def _thumbs(answer: Answer, question: str, words: ChatTexts) -> str:
    reasons = "".join(
        f'<label><input type="radio" name="reason" value="{reason}"> {escape(label)}</label>' for reason, label in words.reasons.items()
    )
    return (
        f'<form class="rating" data-question="{escape(question)}" data-answer="{escape(answer.answer)}" '
        f'data-done="{escape(words.thanks)}" data-failed="{escape(words.not_sent)}">'
        f"{_thumb('up', words.good)}{_thumb('down', words.bad)}"
        f"<fieldset hidden><legend>{escape(words.why)}</legend>{reasons}"
        f'<label class="remark">{escape(words.remark)}<textarea name="remark" rows="2" maxlength="1000"></textarea></label>'
        f'<button type="submit">{escape(words.send)}</button></fieldset></form>'
    )
