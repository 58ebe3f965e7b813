"""Answer a gold file, write the predictions, print the measures."""

import io
import json
import os
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant, Turn
from gbaqa.config import Settings
from gbaqa.errors import EvaluationError, QuestionError
from gbaqa.evaluation.gold import GoldItem, GoldTurn, read_gold
from gbaqa.evaluation.measures import MEASURES, measure


@dataclass(frozen=True)
class Scored:
    """A gold question with the answer it got and how good that is."""

    item: GoldItem
    turn: int
    gold: GoldTurn
    answer: Answer
    measures: dict[str, float]

    @property
    def id(self) -> str:
        """The question's id; turns of a dialogue are numbered."""
        return self.item.id if not self.item.is_dialogue else f"{self.item.id}.{self.turn + 1}"


def evaluate_file(
    gold: Path, settings: Settings, console: Console, *, predictions: Path | None = None, report: Path | None = None
) -> list[Scored]:
    """Answer every question of a gold file and print a table of measures by language and kind.

    Raises:
        EvaluationError: the gold file cannot be read, or the predictions cannot be written.
    """
    items = read_gold(gold)
    assistant = Assistant.open(using=settings)
    progress = Console(stderr=True)
    scored = [
        row
        for item in track(items, "Answering", console=progress, transient=True, disable=not progress.is_terminal)
        for row in answer_item(assistant, item)
    ]
    if predictions is not None:
        write_predictions(predictions, items, scored)
    table = summary_table(scored)
    console.print(table)
    if report is not None:
        write_report(report, table)
    return scored


def write_report(folder: Path, table: Table) -> None:
    """The table of measures as a page, `report.html`, in a folder."""
    page = Console(record=True, width=260, file=io.StringIO())
    page.print(table)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "report.html").write_text(page.export_html(inline_styles=True), "utf-8")
    except OSError as error:
        raise EvaluationError(f"{folder}: the report cannot be written ({error.strerror}); choose another folder.") from error


def answer_item(assistant: Assistant, item: GoldItem) -> list[Scored]:
    """Answer a question, or the turns of a dialogue in order, each with the turns before it."""
    history: list[Turn] = []
    rows = []
    for number, gold in enumerate(item.turns):
        try:
            answer = assistant.ask(gold.question, history)
        except QuestionError as error:
            raise EvaluationError(f"Question {item.id}: {error}") from error
        history.append(Turn(gold.question, answer))
        rows.append(Scored(item, number, gold, answer, measure(gold, answer)))
    return rows


def write_predictions(path: Path, items: list[GoldItem], scored: list[Scored]) -> None:
    """One line a gold line, in the same order: the Answer with the id, or the Answers of a dialogue's turns. Atomic."""
    answers: dict[str, list[dict[str, object]]] = defaultdict(list)
    for row in scored:
        answers[row.item.id].append(row.answer.model_dump(mode="json"))
    lines = []
    for item in items:
        given = answers[item.id]
        lines.append({"id": item.id, "turns": given} if item.is_dialogue else {"id": item.id, **given[0]})
    unfinished = path.with_name(f".{path.name}.unfinished")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
        os.replace(unfinished, path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise EvaluationError(f"{path}: the predictions cannot be written ({error.strerror}); choose another place.") from error


def group_means(scored: Iterable[Scored]) -> dict[str, dict[str, float]]:
    """Mean of each measure for all questions and for each language and kind; `strict_bilingual` ones only in a row of their own.

    Of a dialogue the first turn needs no memory, so `all` holds the later turns only.
    """
    groups: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for row in scored:
        dialogue = row.item.is_dialogue
        whole = ["strict_bilingual"] if row.gold.strict_bilingual else ["all"] if not dialogue or row.turn else []
        turn = [f"turn={'later' if row.turn else 'first'}"] if dialogue else []
        for group in [*whole, *turn, f"lang={row.gold.lang}", f"type={row.gold.type}"]:
            for name, value in row.measures.items():
                groups[group][name].append(value)
    return {
        group: {name: mean(values) for name, values in found.items()} | {"n": float(max(map(len, found.values())))}
        for group, found in groups.items()
    }


def summary_table(scored: list[Scored]) -> Table:
    """The measures as a table, a row a group."""
    table = Table(
        "group", *(name.replace("_", " ") for name in MEASURES), "n", title=f"p50 {median(s.answer.elapsed_ms for s in scored):.0f} ms"
    )
    for group, means in group_means(scored).items():
        table.add_row(group, *(_cell(name, means.get(name)) for name in MEASURES), f"{means['n']:.0f}")
    return table


def _cell(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.0f}" if name in ("answer_chars", "latency_ms") else f"{value:.3f}"
