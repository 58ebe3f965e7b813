"""How questions after a thing by its name alone fare: every name of a document's glossary, and as many of other documents.

usage: python evals/names.py CORPUS INDEX [CORPUS INDEX …]

"What is X?", "what is x" and X是什么 for up to NAMES names each: terms of the glossary that English writes in capitals. A document should
answer after its own names, beginning with a statement that has the name, and refuse after those that only the others have.
"""

import argparse
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.bilingual.glossary import Glossary
from gbaqa.config import Settings
from gbaqa.language.script import to_simplified

NAMES = 25  # of a document, in each language
FOREIGN = 6  # of each other document
FORMS = {"What is X?": "What is {}?", "what is x": "what is {}", "X是什么？": "{}是什么？"}
_ENGLISH_NAME = re.compile(r"[A-Z][a-z]+(?: (?:of |and |the )?[A-Z][a-z]+){1,3}")


@dataclass(frozen=True, slots=True)
class Named:
    """A document with its names: in English as printed, in small letters, in Chinese; and all of its text, in small letters."""

    assistant: Assistant
    names: dict[str, list[str]]
    text: str


def main() -> None:
    """Ask each document after its own names and after those of the others; print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="+", type=Path, metavar="CORPUS INDEX")
    paths = parser.parse_args().paths
    pairs = zip(paths[::2], paths[1::2], strict=True)
    documents = [named(corpus, index) for corpus, index in pairs]
    chosen = random.Random(0)  # noqa: S311  (a sample, no secret)
    counted: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for document in track(documents, "documents"):
        for form, wording in FORMS.items():
            for name in document.names[form]:
                answer = document.assistant.ask(wording.format(name))
                counted[form, "own: answered"].append(answer.status == "answered")
                counted[form, "own: the first quote has the name"].append(begins_with(answer, name))
            for other in documents:
                unknown = [name for name in other.names[form] if name.lower() not in document.text]
                for name in chosen.sample(unknown, min(FOREIGN, len(unknown))):
                    counted[form, "others': refused"].append(document.assistant.ask(wording.format(name)).status == "refused")
    table = Table("", *FORMS, title=f"{len(documents)} documents")
    for measure in dict.fromkeys(measure for _, measure in counted):
        shares = (counted[form, measure] for form in FORMS)
        table.add_row(measure, *(f"{sum(share) / len(share):.3f} of {len(share)}" if share else "-" for share in shares))
    Console(width=140).print(table)


def named(corpus: Path, index: Path) -> Named:
    """A document and the names of its glossary."""
    assistant = Assistant.open(using=Settings(corpus=corpus, index=index))
    terms = Glossary.from_index(assistant.index, assistant.retriever.embeddings).terms
    english = [name for term in terms for name in term.en if _ENGLISH_NAME.fullmatch(name)][:NAMES]
    chinese = [term.zh for term in terms if 3 <= len(term.zh) <= 8 and any(name in english for name in term.en)][:NAMES]
    names = dict(zip(FORMS, (english, [name.lower() for name in english], chinese), strict=True))
    return Named(assistant, names, to_simplified("\n".join(statement.text for _, statement in assistant.index.statements)).lower())


def begins_with(answer: Answer, name: str) -> bool:
    """Whether the first quote of an answer, in either language, has a name."""
    if not answer.citations:
        return False
    first = answer.citations[0]
    quotes = f"{first.quote} {first.twin.quote if first.twin else ''}"
    return name.lower() in to_simplified(quotes).lower()


if __name__ == "__main__":
    main()
