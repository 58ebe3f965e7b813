"""The questions that a question puts together: "how big is it, and who runs it?" asks two."""

import re

from gbaqa.language.words import search_terms
from gbaqa.retrieval.cues import asks, refers_back

_ASKING = r"(?:(?:by|at|in|to|for|of|from|on|under|with) )?(?:how|what|which|who(?:se|m)?|where|when|why)"
_VERB = r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|may|must) (?:it|they|there|this|that|these|those|any|the|its|their)"
_BREAK = re.compile(
    rf"[?？;；!！。]+|[,，:：–—-]\s(?=(?:(?:and|or|but) )?{_ASKING}\b)|\s(?=(?:and|or|but|plus) (?:{_ASKING}|{_VERB})\b)"
    r"|[,，](?=[^,，?？;；!！。]*(?:多少|几(?!乎)|哪|谁|什么|啥|怎|为何|何时|吗|多[大长久快高远]))",
    re.IGNORECASE,
)
_MOST = 3
_SAYS_LITTLE = 2  # words


def clauses(text: str) -> tuple[str, ...]:
    """The questions in a text, in English or written Simplified Chinese; none where it asks only one.

    One that hangs on the first ("who runs it?") has the first before it.
    """
    asked: list[str] = []
    lead = ""
    for part in filter(None, (part.strip(" ,，") for part in _BREAK.split(text))):
        if asks(part):
            asked.append(f"{lead} {part}".strip())
            lead = ""
        else:
            lead = f"{lead} {part}".strip()
    if len(asked) < 2:
        return ()
    first = asked[0]
    hanging = (f"{first} {part}" if refers_back(part) or len(search_terms(part)) < _SAYS_LITTLE else part for part in asked[1:_MOST])
    return (first, *hanging)
