"""The evidence a model is given: which statements, in which order, as which text."""

import re
from collections.abc import Sequence

from gbaqa.answering.wording import readable
from gbaqa.generation.instructions import is_instruction
from gbaqa.generation.material import NumberedEvidence
from gbaqa.index.navigation import with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import clean, count_words
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.question import Question

_MOST = 12  # statements; what ranks behind them seldom answers, and a small model loses its way among many
# In score behind the best statement, for each part of the question; a sentence that rests on less is beside the question. Of our
# questions' statements 20 % are right from 1 to 2 behind, 12 % from 3 to 4.
_NEAR = 1.5
_A_TOKEN = (0.75, 0.8)  # English words and Chinese characters to a token, on the safe side for most vocabularies
_MARK_LIKE = re.compile(r"[\[【［〔]\s*\^?\s*(\d{1,3})\s*[\]】］〕]")
_MARKUP = str.maketrans({"<": "‹", ">": "›", "`": "'", "*": "", "#": "", "|": ",", "\n": " ", "\t": " "})


def tokens_in(text: str) -> int:
    """About how many tokens a text is, whatever the model."""
    han, latin = count_words(text)
    others = sum(char.isdigit() for char in text) // 2
    return round(latin / _A_TOKEN[0] + han / _A_TOKEN[1]) + others + 1


def plain(text: str) -> str:
    """A text as data: on one line, without markup, and without numbers in brackets that could pass for marks."""
    return " ".join(_MARK_LIKE.sub(r"(\1)", clean(text)).translate(_MARKUP).split())


def number_evidence(
    index: SearchIndex, rows: Sequence[int], whole: Sequence[Evidence], by_part: Sequence[Evidence], question: Question, budget: int
) -> tuple[NumberedEvidence, ...]:
    """The statements of the extractive answer, then the best for each part of the question and for the whole, within a budget of tokens.

    What speaks to a model is left out, and so is what says nothing by itself or says the same in the other language.
    """
    near = _near(index, whole, question.parts)
    ranked = [*by_part, *whole]
    chosen: list[NumberedEvidence] = []
    said: set[int] = set()
    spent = 0
    for row in dict.fromkeys([*rows, *(found.row for found in ranked if _reads_alone(found))]):
        text = plain(readable(index, row, question.script))
        cost = tokens_in(text)
        if row in said or is_instruction(index.statements[row][1].text) or (chosen and spent + cost > budget):
            continue
        said.update(with_twin(index, row))
        spent += cost
        chosen.append(NumberedEvidence(len(chosen) + 1, row, text, row in rows or row in near))
        if len(chosen) == max(_MOST, len(rows)):
            break
    return tuple(chosen)


def _near(index: SearchIndex, ranked: Sequence[Evidence], parts: int) -> frozenset[int]:
    """The rows that rank nearly as well as the best, and their twins."""
    rows = (found.row for found in ranked if ranked[0].score - found.score <= _NEAR * parts)
    return frozenset(each for row in rows for each in with_twin(index, row))


def _reads_alone(found: Evidence) -> bool:
    traits = traits_of(found.statement.text, found.chunk.language == "zh")
    return not (traits.is_fragment or traits.is_source_line)
