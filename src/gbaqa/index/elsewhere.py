"""Everyday topics, to tell questions about something else from questions about the documents.

Similarities alone do not tell: how near "near" is depends on the model, the language and the length of a text. What
tells is a contrast, whether a question is nearer to some everyday topic than to anything the documents state.
"""

from importlib.resources import files


def everyday_topics() -> list[str]:
    """The topics, in both languages."""
    lines = files("gbaqa.index").joinpath("elsewhere.txt").read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]
