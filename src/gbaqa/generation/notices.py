"""The line that says why an answer is not the model's, in the reader's language."""

from gbaqa.generation.failures import Reason
from gbaqa.language.script import Script, to_hong_kong

_CAUSE: dict[Reason, tuple[str, str]] = {
    "timeout": ("The language model took too long", "语言模型未能及时回应"),
    "limit": ("The language model is over its limit of requests", "语言模型的请求次数已达上限"),
    "server": ("The language model's server failed", "语言模型的服务器出错"),
    "unreachable": ("The language model cannot be reached", "无法连接语言模型"),
    "key": ("The language model refused the key", "语言模型不接受所设的密钥"),
    "rejected": ("The language model did not accept the request", "语言模型没有接受请求"),
    "cut": ("The language model's reply broke off", "语言模型的回复中断"),
    "shortened": ("The language model's reply ended at its limit of length", "语言模型的回复达到长度上限"),
    "empty": ("The language model's reply was empty", "语言模型的回复为空"),
    "too_long": ("The language model's reply was too long", "语言模型的回复过长"),
    "busy": ("The language model is busy with other questions", "语言模型正忙于其他问题"),
    "paused": ("The language model failed several times and is not asked for a minute", "语言模型接连出错，暂停使用一分钟"),
    "unsupported": ("What the language model wrote is not supported by the paper", "语言模型所写的内容在文中没有依据"),
    "declined": ("The language model found no answer", "语言模型没有找到答案"),
}
_ALL = ("so this answer is in the paper's own words.", "因此以原文作答。")
_REST = ("so part of this answer is in the paper's own words.", "因此部分内容以原文作答。")


def cause(reason: Reason, script: Script) -> str:
    """What went wrong, without what follows from it."""
    said = _CAUSE[reason][0 if script == "en" else 1]
    return to_hong_kong(said) if script == "zh-Hant" else said


def notice(reason: Reason, script: Script, *, is_partial: bool) -> str:
    """One sentence: what went wrong, and what the reader sees instead."""
    effect = (_REST if is_partial else _ALL)[0 if script == "en" else 1]
    if script == "en":
        return f"{cause(reason, script)}, {effect}"
    return f"{cause(reason, script)}，{to_hong_kong(effect) if script == 'zh-Hant' else effect}"
