"""Words of a sentence that only lead from one to the next: they claim nothing, and no statement has to have them."""

import re

_DOCUMENT = "white ?paper|paper|document|report|text"
_ENGLISH = (
    rf"(?:according to|as stated in|as per|based on) (?:the|this|these) (?:{_DOCUMENT}|evidence|statements?|source)"
    r"|in addition|additionally|furthermore|moreover|also|meanwhile|at the same time|in particular|specifically|for (?:example|instance)"
    r"|overall|in short|in summary|to sum up|in other words|first(?:ly)?|second(?:ly)?|third(?:ly)?|finally|lastly"
)
_CHINESE = (
    r"(?:根据|据|按照|依据)(?:该|这份|此)?(?:白皮书|文件|报告|文中|原文|资料|陈述)(?:所述|的说法|指出)?"
    r"|(?:该|这份)?(?:白皮书|文件|报告|文中|原文)(?:中)?(?:指出|提到|提及|表示|说|写道|称)|此外|另外|同时|与此同时|其中|具体而言|具体来说|总体而言|总的来说|总之"
    r"|简言之|换言之|例如|比如|首先|其次|再次|最后|一方面|另一方面|其一|其二|其三"
)
# At the beginning of a sentence or of a clause behind a semicolon, with the comma behind it or, of what "says", without.
_LEAD = re.compile(
    rf"(?P<before>^|[;；]\s*)(?:(?:{_ENGLISH})\s*[,:]\s*|(?:the|this) (?:{_DOCUMENT}) (?:says|states|notes|reports|adds|explains) that\s+"
    rf"|(?:{_CHINESE})\s*[，,：:]\s*)",
    re.IGNORECASE,
)
_TRADITIONAL = str.maketrans("據書報陳說體總來簡換後與時稱該這寫為資", "据书报陈说体总来简换后与时称该这写为资")


def without_leads(text: str) -> str:
    """A sentence without the words that lead into it and into its clauses; the sentence itself where it is nothing else."""
    read = text.translate(_TRADITIONAL)
    rest = text
    while (found := _LEAD.search(read)) is not None:
        start, end = found.end("before"), found.end()
        read, rest = read[:start] + read[end:], rest[:start] + rest[end:]
    return rest if any(map(str.isalnum, rest)) else text
