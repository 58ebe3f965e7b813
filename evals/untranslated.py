"""How questions fare whose answers stand in the other language alone.

usage: python evals/untranslated.py DOCUMENT …

A document is a folder with a `corpus` of files named *.en.md and *.zh.md beside `gold.jsonl` and, where there are any,
`readers.jsonl`, as in evals/other. It is indexed without one language of every other chapter, and without one language at
all, each time for either language. Questions in the language taken away are asked: those whose answer only the other has
left, and, in the first case, all others, which should be answered as before. Takes a minute or two a document.
"""

import argparse
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.evaluation.gold import GoldItem, read_gold
from gbaqa.evaluation.groups import group
from gbaqa.evaluation.scored import Scored, answer_item
from gbaqa.index.store import build_index

MEASURES = ("fact_recall", "hit@1", "hit@5", "refusal_right", "false_refusal")
LANGUAGES = ("en", "zh")
_PAGE = re.compile(r"<!-- page: (\S+)")
ALONE, OTHERS, WHOLE = "chapters in the other language alone", "the other chapters", "all in the other language"


def main() -> None:
    """Index, ask, measure, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", nargs="+", type=Path)
    documents: list[Path] = parser.parse_args().documents
    rows: defaultdict[str, list[Scored]] = defaultdict(list)
    cases = [(document, language) for document in documents for language in LANGUAGES]
    for document, language in track(cases, "asking"):
        items = questions(document)
        files = sorted((document / "corpus").glob(f"*.{language}.md"))
        taken = files[::2]
        pages = frozenset(page for file in taken for page in _PAGE.findall(file.read_text("utf-8")))
        alone = [item for item in items if _asks_in(item, language) and item.turns[0].pages & pages]
        rest = [item for item in items if not item.turns[0].pages & pages]
        with tempfile.TemporaryDirectory() as folder:
            assistant = read_without(document / "corpus", taken, Path(folder) / "chapters")
            rows[ALONE] += answers(assistant, alone)
            rows[OTHERS] += answers(assistant, rest)
            assistant = read_without(document / "corpus", files, Path(folder) / "whole")
            rows[WHOLE] += answers(assistant, (item for item in items if _asks_in(item, language)))
    table = Table("questions about", "n", *MEASURES)
    for name, scored in rows.items():
        means = group(scored)["all"]
        table.add_row(name, str(len(scored)), *("–" if (mean := means.mean(measure)) is None else f"{mean:.3f}" for measure in MEASURES))
    Console(width=120).print(table)


def questions(document: Path) -> list[GoldItem]:
    """A document's questions that stand alone; not those about how its languages differ."""
    files = [path for path in (document / "gold.jsonl", document / "readers.jsonl") if path.exists()]
    return [item for item in read_gold(*files) if not item.is_dialogue and not item.turns[0].strict_bilingual]


def read_without(corpus: Path, taken: Iterable[Path], folder: Path) -> Assistant:
    """An assistant that has read a corpus without some of its files."""
    shutil.copytree(corpus, folder / "corpus")
    for file in taken:
        (folder / "corpus" / file.name).unlink()
    settings = Settings(corpus=folder / "corpus", index=folder / "index")
    build_index(settings)
    return Assistant.open(using=settings)


def answers(assistant: Assistant, items: Iterable[GoldItem]) -> Iterator[Scored]:
    """The answers to questions, measured."""
    return (row for item in items for row in answer_item(assistant, item))


def _asks_in(item: GoldItem, language: str) -> bool:
    return item.turns[0].lang.startswith(language)


if __name__ == "__main__":
    main()
