"""Language: is the answer in the language of the question?"""

import re

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn


def language_right(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether the answer's script is the question's; questions in both languages are answered in either."""
    if gold.lang == "mixed" or answer.status != "answered" or not answer.answer:
        return None
    han = len(re.findall(r"[\u4e00-\u9fff]", answer.answer))
    latin = len(re.findall(r"[A-Za-z]+", answer.answer))
    return float((han > latin) == gold.lang.startswith("zh"))
