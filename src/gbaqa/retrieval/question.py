"""What a question says of itself: language, words, places, periods, and the kind of answer it wants."""

import re
from dataclasses import dataclass
from functools import lru_cache, reduce

from gbaqa.errors import QuestionError
from gbaqa.language.both_versions import without_versions
from gbaqa.language.framing import spoken_softly, with_measure_apart, without_aside, without_emphasis, without_frame
from gbaqa.language.meanings import Meaning, meanings, with_concepts
from gbaqa.language.one_language import in_chinese
from gbaqa.language.periods import months, with_months_in_full, year_parts, years
from gbaqa.language.places import places
from gbaqa.language.region import WHOLE_REGION, as_whole_region
from gbaqa.language.script import Language, Script, clean, is_traditional, language_of_script, script_of_question, written_chinese
from gbaqa.retrieval.kinds import Kind, count_parts, kind_of, wants_number, wants_percent

LONGEST_QUESTION = 2000  # characters
# What is asked, without all that is said around it: each takes what the one before has made.
_PUT_PLAINLY = (
    without_emphasis, without_frame, without_aside, written_chinese, without_versions, spoken_softly, as_whole_region, with_months_in_full,
    with_measure_apart,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Question:
    """A question, analysed.

    Attributes:
        text: as asked.
        normalized: in NFKC and written Simplified Chinese, without greetings, thanks and the like around it; the region's cities
            together by its name, months by their full ones.
        in_one_language: the same without English words among Chinese ones, as far as that goes; what is embedded.
        script: the language and script to answer in.
        terms: what BM25 looks for: words and the concepts they stand for.
        meanings: what its words mean, each with all that says the same.
        places: English names of the places it names; 粤港澳大湾区 names none.
        years: the years it names.
        year_parts: the quarters and halves it names.
        months: the months it names, 1 to 12.
        kind: the kind of answer it wants.
        parts: how many things it asks ("how many … and when …" asks two).
        wants_number, wants_percent: whether a figure, or a rate, would answer it.
    """

    text: str
    normalized: str
    in_one_language: str
    script: Script
    terms: tuple[str, ...]
    meanings: tuple[Meaning, ...]
    places: frozenset[str]
    years: frozenset[str]
    year_parts: frozenset[str]
    months: frozenset[int]
    kind: Kind
    parts: int
    wants_number: bool
    wants_percent: bool

    @property
    def language(self) -> Language:
        """The language to answer in."""
        return language_of_script(self.script)


def tidy(text: str) -> str:
    """A question as it is read: in NFKC, without unprintable characters, with single spaces."""
    return re.sub(r"\s+", " ", "".join(c for c in clean(text) if c.isprintable() or c.isspace())).strip()


@lru_cache(maxsize=256)  # the earlier questions of a conversation are read again with every turn
def analyse(text: str) -> Question:
    """Analyse a question.

    Raises:
        QuestionError: it is empty or longer than LONGEST_QUESTION characters.
    """
    cleaned = tidy(text)
    if not any(char.isalnum() for char in cleaned):
        raise QuestionError("The question is empty; ask something, in English or Chinese. 问题为空，请输入中文或英文问题。")
    if len(cleaned) > LONGEST_QUESTION:
        raise QuestionError(
            f"The question has {len(cleaned)} characters; at most {LONGEST_QUESTION} are read. Ask it more shortly. "
            f"问题过长（{len(cleaned)}字），请缩短至{LONGEST_QUESTION}字以内。"
        )
    normalized = reduce(lambda said, put_plainly: put_plainly(said), _PUT_PLAINLY, cleaned)
    script = script_asked_in(cleaned)
    kind = kind_of(normalized)
    return Question(
        text=text,
        normalized=normalized,
        in_one_language=normalized if script == "en" else in_chinese(normalized),
        script=script,
        terms=tuple(dict.fromkeys(with_concepts(normalized))),
        meanings=tuple(meanings(normalized)),
        places=places(WHOLE_REGION.sub(" ", normalized)),
        years=years(normalized),
        year_parts=year_parts(normalized),
        months=months(normalized),
        kind=kind,
        parts=count_parts(normalized),
        wants_number=wants_number(normalized),
        wants_percent=wants_percent(normalized),
    )


def script_asked_in(text: str) -> Script:
    """The script of what is asked; of a greeting or thanks only whether its Chinese is Traditional."""
    script = script_of_question(without_frame(text))
    return "zh-Hant" if script == "zh-Hans" and is_traditional(text) else script
