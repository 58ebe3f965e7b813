"""What is said of a question that cannot be answered as it stands, in the reader's language."""

from gbaqa.errors import GbaqaError, QuestionError
from gbaqa.language.script import Script
from gbaqa.retrieval.question import LONGEST_QUESTION
from gbaqa.web.api.problems import RequestError

_EMPTY: dict[Script, str] = {
    "en": "The question is empty. Ask something, in English or Chinese.",
    "zh-Hans": "问题为空，请用中文或英文提问。",
    "zh-Hant": "問題為空，請用中文或英文提問。",
}
_LONG: dict[Script, str] = {
    "en": f"The question is too long: ask in at most {LONGEST_QUESTION} characters.",
    "zh-Hans": f"问题太长，请控制在{LONGEST_QUESTION}字以内。",
    "zh-Hant": f"問題太長，請控制在{LONGEST_QUESTION}字以內。",
}


_BUSY: dict[Script, str] = {
    "en": "The server has too much to do just now. Ask again in a moment.",
    "zh-Hans": "服务器此刻太忙，请稍后再问。",
    "zh-Hant": "伺服器此刻太忙，請稍後再問。",
}


def problem(error: GbaqaError, question: str, script: Script) -> str:
    """The message of an error; of what people meet in the chat, in their own language."""
    if isinstance(error, RequestError):  # of those, the chat meets only that there is no place
        return _BUSY[script]
    if not isinstance(error, QuestionError):
        return str(error)
    return (_LONG if len(question) > LONGEST_QUESTION else _EMPTY)[script]
