"""How answers bear other ways of putting the same question: thanks and frames, key words, capitals, slips of the keyboard, other scripts.

usage: python evals/wordings.py GOLD.jsonl … --corpus CORPUS --index INDEX [--every N]

Every N-th question that stands alone (5 by default) is asked as it is and in each other wording. The rows should be alike.
"""

import argparse
import random
import re
from collections.abc import Callable
from pathlib import Path

import opencc
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.evaluation.gold import GoldItem, read_gold
from gbaqa.evaluation.groups import group
from gbaqa.evaluation.scored import answer_item
from gbaqa.language.script import HAN, is_traditional, to_simplified
from gbaqa.language.words import CHINESE_STOP_WORDS, ENGLISH_STOP_WORDS, jieba_cut

MEASURES = ("fact_recall", "false_refusal", "refusal_right")
_LEAST_SWAPPED = 7  # letters of a word in which two are swapped


def main() -> None:
    """Ask, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="+", type=Path)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--index", type=Path, required=True)
    parser.add_argument("--every", type=int, default=5)
    options = parser.parse_args()
    items = [item for path in options.gold for item in read_gold(path) if len(item.turns) == 1][:: options.every]
    assistant = Assistant.open(using=Settings(corpus=options.corpus, index=options.index))
    table = Table("wording", *MEASURES, title=f"{len(items)} questions")
    for name, reword in WORDINGS.items():
        scored = [row for item in track(items, name) for row in answer_item(assistant, reworded(item, reword))]
        everything = group(scored)["all"]
        table.add_row(name, *(f"{everything.mean(measure) or 0:.3f}" for measure in MEASURES))
    Console(width=100).print(table)


def reworded(item: GoldItem, reword: Callable[[str], str]) -> GoldItem:
    """A question that stands alone, put otherwise."""
    (turn,) = item.turns
    return item.model_copy(update={"turns": [turn.model_copy(update={"question": reword(turn.question)})]})


def politely(question: str) -> str:
    """With a greeting and thanks."""
    if not HAN.search(question):
        return f"Hi there, could you please tell me: {question[0].lower()}{question[1:]} Thanks a lot!"
    return f"請問{question} 謝謝" if is_traditional(question) else f"你好，请问{question}谢谢！"


def for_somebody(question: str) -> str:
    """As asked for another."""
    return f"我老板想知道：{question}" if HAN.search(question) else f"My client would like to know this for a slide deck. {question}"


def of_the_paper(question: str) -> str:
    """After what the paper says."""
    return f"根据白皮书，{question}" if HAN.search(question) else f"According to the white paper, {question}"


def with_a_slip(question: str) -> str:
    """With two letters swapped in one long English word, always the same one."""
    chance, words = random.Random(question), question.split()  # noqa: S311
    long = [at for at, word in enumerate(words) if len(word) >= _LEAST_SWAPPED and word.isascii() and word.isalpha()]
    if long:
        at = chance.choice(long)
        word, place = words[at], chance.randrange(2, len(words[at]) - 2)
        words[at] = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return " ".join(words)


def in_key_words(question: str) -> str:
    """As typed into a search box: without marks, question words and what else only grammar needs."""
    parts = (jieba_cut(run) if HAN.search(run) else [run] for run in re.findall(rf"{HAN.pattern}+|[^\s{HAN.pattern[1:-1]}]+", question))
    words = [re.sub(r"^\W+|[?？。,，!！:：;；）)]+$|['’]s$", "", word) for part in parts for word in part]
    kept = [word for word in words if word and word.lower() not in ENGLISH_STOP_WORDS and to_simplified(word) not in CHINESE_STOP_WORDS]
    return " ".join(kept) or question


def in_wide_digits(question: str) -> str:
    """With full-width digits."""
    return re.sub(r"[0-9]", lambda digit: chr(ord(digit.group()) + 0xFEE0), question)


def _converted(config: str) -> Callable[[str], str]:
    converter = opencc.OpenCC(config)
    return lambda question: str(converter.convert(to_simplified(question))) if HAN.search(question) else question


WORDINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "politely": politely,
    "for somebody": for_somebody,
    "of the paper": of_the_paper,
    "a slip of the keyboard": with_a_slip,
    "in small letters, without marks": lambda question: re.sub(r"[?？。,，!！]", " ", question).lower().strip(),
    "in key words": in_key_words,
    "in capitals": str.upper,
    "full-width digits": in_wide_digits,
    "as written in Hong Kong": _converted("s2hk"),
    "as written in Taiwan": _converted("s2twp"),
    "Simplified": to_simplified,
}

if __name__ == "__main__":
    main()
