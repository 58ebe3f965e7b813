"""How many honest sentences the verification of a model's answer shows, and how many made-up errors.

usage: python benchmarks/verification.py [GOLD.jsonl …] [--corpus CORPUS] [--index INDEX] [--statements N] [--show]

Honest sentences:

- ideal: the ideal answers of the gold questions (evals/gold by default), cut into sentences and offered without marks, where the
  chain would ask a model. They are written by people who knew the document, not only the evidence that is found, so not all can
  pass.
- as printed: statements of the index, evenly taken; then each with a lead word before it, each with a word exchanged for another of
  the thesaurus, and each drawn together with another statement of the evidence.

Errors: copies of those statements with one error each. See `errors.py` for the kinds. Offered with the mark of the statement they
are made of, among the statements that are nearest to it, so that an error has every chance to rest on another one.

`--show` prints the honest sentences that fail and the errors that pass. The index has to be there (`gbaqa index`).
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from errors import ERRORS, HONEST, Made
from machine import machine
from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.config import Settings, settings
from gbaqa.evaluation.gold import read_gold
from gbaqa.generation.evidence import number_evidence
from gbaqa.generation.gathering import Gatherer
from gbaqa.generation.material import Asked, Material, Sentence
from gbaqa.generation.sentences import read_sentences
from gbaqa.generation.verification import Verifier
from gbaqa.index.embeddings import open_embeddings
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import language_of
from gbaqa.retrieval.question import LONGEST_QUESTION, analyse

GOLD = Path(__file__).parents[1] / "evals" / "gold"
EVIDENCE_TOKENS = Settings.model_fields["llm_evidence_tokens"].default
SHORTEST, LONGEST = 30, 400  # characters of a statement that is copied
NEIGHBOURS = 2  # statements of the evidence that one is mixed with


@dataclass
class Count:
    """What became of the sentences of a kind."""

    offered: int = 0
    shown: int = 0
    failures: Counter[str] = field(default_factory=Counter)


class Bench:
    """Offers sentences to the verifier of an index and counts what becomes of them."""

    def __init__(self, chosen: Settings) -> None:
        self.assistant = Assistant.open(using=chosen)
        self.ranker = self.assistant._ranker
        self.verifier = Verifier(self.assistant.index, self.ranker, open_embeddings(chosen.embeddings))
        self.counts: dict[str, Count] = defaultdict(Count)
        self.told: list[tuple[str, str, str]] = []

    def offer(self, kind: str, sentence: Sentence, material: Material, *, is_honest: bool) -> bool:
        """Whether a sentence would be shown."""
        verdict = self.verifier.verify(sentence, material, language_of(sentence.text))
        count = self.counts[kind]
        count.offered += 1
        count.shown += verdict.failure is None
        if verdict.failure is not None:
            count.failures[verdict.failure] += 1
        if is_honest != (verdict.failure is None):
            self.told.append((kind, verdict.failure or "shown", sentence.text))
        return verdict.failure is None

    def ideal(self, gold: Iterable[Path]) -> tuple[int, int]:
        """Offer the ideal answers. How many were offered, and of how many every sentence was shown."""
        gatherer = Gatherer(self.assistant.index, self.assistant.retriever, self.ranker, EVIDENCE_TOKENS)
        turns = [item.turns[0] for item in read_gold(*gold) if not item.is_dialogue]
        offered = whole = 0
        for turn in track(turns, "Ideal answers", transient=True):
            base = self.assistant.ask(turn.question)
            if not turn.answerable or turn.lang == "mixed" or base.status != "answered":
                continue
            material = gatherer.retrieve(gatherer.condense(Asked(turn.question, (), base)))
            if material.question is None:
                continue
            shown = [self.offer("ideal", sentence, material, is_honest=True) for sentence in read_sentences([turn.answer])]
            offered += bool(shown)
            whole += bool(shown) and all(shown)
        return offered, whole

    def copies(self, statements: int) -> None:
        """Offer statements as they are printed, honest rewordings and copies with an error."""
        for row in track(list(_evenly(self.assistant.index, statements)), "Statements", transient=True):
            text = self.assistant.index.statements[row][1].text
            material = self._material(row)
            if not self.offer("as printed", Sentence(text, (1,)), material, is_honest=True):
                continue
            others = [other for item in material.numbered[1:] if (other := self._comparable(row, item.row)) is not None][:NEIGHBOURS]
            for kinds, is_honest in ((HONEST, True), (ERRORS, False)):
                for kind, make in kinds.items():
                    for made in dict.fromkeys(make(Made(text, other)) for other in (others or [""])):
                        if made is not None and made != text:
                            self.offer(kind, Sentence(made, (1,)), material, is_honest=is_honest)

    def _comparable(self, row: int, other: int) -> str | None:
        """The text of another statement in the language of a row, None where it says the same or is in the other language."""
        one, two = self.assistant.index.statements[row], self.assistant.index.statements[other]
        return two[1].text if one[0].language == two[0].language and two[1].text != one[1].text and _is_whole(two[1].text) else None

    def _material(self, row: int) -> Material:
        """A statement as the first of the evidence, among those that are nearest to it."""
        text = self.assistant.index.statements[row][1].text
        question = analyse(text[:LONGEST_QUESTION])
        hits = self.assistant.retriever.search(question, 40)
        ranked = self.ranker.rank(question, hits)
        numbered = number_evidence(self.assistant.index, (row,), ranked, (), question, EVIDENCE_TOKENS)
        base = Answer(question="", language=question.script, status="answered", answer="", confidence=1)
        return Material(Asked("", (), base), question, (row,), tuple(hits), tuple(ranked), numbered)


def _evenly(index: SearchIndex, count: int) -> Iterator[int]:
    """Rows of whole sentences, evenly over the index."""
    rows = [row for row, (_, statement) in enumerate(index.statements) if _is_whole(statement.text)]
    step = max(1, len(rows) // count)
    yield from rows[::step][:count]


def _is_whole(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and text[-1] in ".。" and "|" not in text and "http" not in text


def table(title: str, counts: dict[str, Count], kinds: Iterable[str]) -> Table:
    """A kind a row: offered, shown, and why the others were not."""
    found = Table("kind", "offered", "shown", "share", "dropped for", title=title)
    total = Count()
    for kind in kinds:
        count = counts[kind]
        total.offered, total.shown = total.offered + count.offered, total.shown + count.shown
        found.add_row(kind, *_figures(count))
    if len(found.rows) > 1:
        found.add_section()
        found.add_row("all", *_figures(total))
    return found


def _figures(count: Count) -> tuple[str, str, str, str]:
    reasons = ", ".join(f"{name} {times}" for name, times in count.failures.most_common())
    return str(count.offered), str(count.shown), f"{count.shown / (count.offered or 1):.3f}", reasons


def main() -> None:
    """Offer, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[GOLD])
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--index", type=Path)
    parser.add_argument("--statements", type=int, default=150, help="how many are copied (default 150; 0 for none)")
    parser.add_argument("--show", action="store_true", help="print what was judged wrongly")
    options = parser.parse_args()
    given = {name: value for name in ("corpus", "index") if (value := getattr(options, name)) is not None}
    bench = Bench(settings().model_copy(update=given))
    console = Console()
    offered, whole = bench.ideal(options.gold)
    if options.statements:
        bench.copies(options.statements)
    console.print(machine())
    console.print(table("Honest sentences", bench.counts, ("ideal", "as printed", *HONEST)))
    console.print(f"Of {offered} ideal answers {whole} were shown whole.")
    console.print(table("Errors", bench.counts, ERRORS))
    if options.show:
        for kind, verdict, text in bench.told:
            console.print(f"{kind} · {verdict} · {text}", highlight=False, markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
