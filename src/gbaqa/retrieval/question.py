"""What a question says of itself: language, script, words, years, places, numbers."""

import re
from dataclasses import dataclass

from gbaqa.errors import QuestionError
from gbaqa.language.script import Language, Script, clean, script_of_question, written_chinese
from gbaqa.language.words import search_terms

LONGEST_QUESTION = 2000  # characters
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_ASKS_FOR_NUMBER = re.compile(
    r"\bhow (?:many|much|large|big|long|old|far|fast|high|often)\b|\bwhat (?:percentage|share|proportion|fraction|number|amount)\b"
    r"|多少|几(?!乎)|多大|多长|多高|多快|百分之|占比|比例|规模|总额|数额|金额|增速|人口|面积|GDP",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Question:
    """A question, analysed.

    Attributes:
        text: as asked.
        normalized: in NFKC and written Simplified Chinese; what is embedded.
        script: the language and script to answer in.
        terms: what BM25 looks for.
        years: the years it names.
        wants_number: whether it asks for a figure.
    """

    text: str
    normalized: str
    script: Script
    terms: tuple[str, ...]
    years: frozenset[str]
    wants_number: bool

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return "en" if self.script == "en" else "zh"


def analyse(text: str) -> Question:
    """Analyse a question.

    Raises:
        QuestionError: it is empty or longer than LONGEST_QUESTION characters.
    """
    cleaned = re.sub(r"\s+", " ", "".join(c for c in clean(text) if c.isprintable() or c.isspace())).strip()
    if not any(char.isalnum() for char in cleaned):
        raise QuestionError("The question is empty; ask something, in English or Chinese. 问题为空，请输入中文或英文问题。")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned)} characters; at most {LONGEST_QUESTION} are read. Ask it more shortly. "
            f"问题过长（{len(cleaned)}字），请缩短至{LONGEST_QUESTION}字以内。"
        )
    normalized = written_chinese(cleaned)
    return Question(
        text=text,
        normalized=normalized,
        script=script_of_question(cleaned),
        terms=tuple(search_terms(normalized)),
        years=frozenset(_YEAR.findall(normalized)),
        wants_number=_ASKS_FOR_NUMBER.search(normalized) is not None,
    )
