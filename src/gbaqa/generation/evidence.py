"""The evidence a model is given: which statements, in which order, as which text."""

import re
from collections.abc import Sequence

from gbaqa.answering.wording import readable
from gbaqa.generation.instructions import is_instruction
from gbaqa.generation.material import NumberedEvidence
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import clean, count_words
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.question import Question

_MOST = 12  # statements; what ranks behind them seldom answers, and a small model loses its way among many
# Of the best statement's share of the question's words; a sentence that rests on less is beside the question. Of several parts
# of a question a statement answers one.
_NEAR = 0.8
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
    index: SearchIndex, rows: Sequence[int], ranked: Sequence[Evidence], question: Question, budget: int
) -> tuple[NumberedEvidence, ...]:
    """The statements of the extractive answer, then the best-ranked others, numbered, within a budget of tokens.

    What speaks to a model is left out, and so is what says nothing by itself or says the same in the other language.
    """
    coverage = {found.row: found.coverage for found in reversed(ranked)}
    needed = _NEAR * max(coverage.values(), default=0.0) / question.parts
    chosen: list[NumberedEvidence] = []
    said: set[int] = set()
    spent = 0
    for row in dict.fromkeys([*rows, *(found.row for found in ranked if _reads_alone(found))]):
        twin = int(index.alignment.twin[row])
        text = plain(readable(index, row, question.script))
        cost = tokens_in(text)
        if row in said or is_instruction(index.statements[row][1].text) or (chosen and spent + cost > budget):
            continue
        said |= {row, twin}
        spent += cost
        chosen.append(NumberedEvidence(len(chosen) + 1, row, text, row in rows or coverage[row] >= needed))
        if len(chosen) == max(_MOST, len(rows)):
            break
    return tuple(chosen)


def _reads_alone(found: Evidence) -> bool:
    traits = traits_of(found.statement.text, found.chunk.language == "zh")
    return not (traits.is_fragment or traits.is_source_line)
