"""An evaluation from gold files to tables: what is asked, checked beforehand, answered, measured, compared and written."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.progress import track

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.evaluation.baseline import Baseline, baseline_of, compare, read_baseline, save_baseline
from gbaqa.evaluation.calibration import calibrate
from gbaqa.evaluation.gold import GoldItem, read_gold
from gbaqa.evaluation.groups import group
from gbaqa.evaluation.output import check_writable, write_atomically, write_predictions
from gbaqa.evaluation.report import report_page
from gbaqa.evaluation.results import Evaluation
from gbaqa.evaluation.scored import Scored, answer_item
from gbaqa.evaluation.tables import WIDTH, calibration_line, change_table, group_table, latency_line, overall_table, verdict_line
from gbaqa.evaluation.writing import writing_lines

_REPORT = "report.html"


@dataclass(frozen=True)
class Files:
    """What an evaluation reads and writes besides the gold questions; None is left out.

    Attributes:
        predictions: where the answers are written, one a line.
        report: folder for the report's page.
        baseline: the means to compare with; `save_baseline` where to write today's.
    """

    predictions: Path | None = None
    report: Path | None = None
    baseline: Path | None = None
    save_baseline: Path | None = None


@dataclass(frozen=True)
class Task:
    """Gold questions to be answered, and what to do with the answers; everything that can be checked beforehand is."""

    items: list[GoldItem]
    files: Files
    baseline: Baseline | None


def prepare(gold: Sequence[Path], files: Files) -> Task:
    """Read gold questions and baseline, and find out whether what is asked for can be written.

    Raises:
        EvaluationError: a gold file or the baseline cannot be used, or a file cannot be written.
    """
    items = read_gold(*gold)
    baseline = None if files.baseline is None else read_baseline(files.baseline, items)
    _check_writable(files)
    return Task(items, files, baseline)


def run_task(task: Task, settings: Settings, console: Console) -> Evaluation:
    """Answer the questions, print how well, and write what is asked for. After a regression no baseline is saved.

    Raises:
        EvaluationError: a question is none, or a file cannot be written any more.
    """
    assistant = Assistant.open(using=settings)
    scored = _answer(assistant, task.items)
    groups = group(scored)
    evaluation = Evaluation(
        scored=scored,
        groups=groups,
        calibration=calibrate(groups["all"].rows),
        corpus=sorted(assistant.index.documents),
        changes=None if task.baseline is None else compare(task.baseline, groups),
    )
    if task.files.predictions is not None:
        write_predictions(task.files.predictions, task.items, scored)
    _print(evaluation, console, task.baseline)
    if task.files.report is not None:
        page = task.files.report / _REPORT
        write_atomically(page, report_page(evaluation), "report")
        console.print(f"Report: {escape(str(page))}", soft_wrap=True, highlight=False)
    if task.files.save_baseline is not None:
        if evaluation.has_regressed:
            console.print("The baseline is not saved; to accept what is worse, save it without --baseline.", highlight=False)
        else:
            save_baseline(task.files.save_baseline, baseline_of(groups, task.items, evaluation.corpus))
    return evaluation


def _check_writable(files: Files) -> None:
    report = None if files.report is None else files.report / _REPORT
    for path, what in ((files.predictions, "predictions"), (report, "report"), (files.save_baseline, "baseline")):
        if path is not None:
            check_writable(path, what)


def _answer(assistant: Assistant, items: Sequence[GoldItem]) -> list[Scored]:
    progress = Console(stderr=True)
    tracked = track(items, "Answering", console=progress, transient=True, disable=not progress.is_terminal)
    return [row for item in tracked for row in answer_item(assistant, item)]


def _print(evaluation: Evaluation, console: Console, baseline: Baseline | None) -> None:
    if not console.is_terminal:
        console.width = max(console.width, WIDTH)  # a pipe or a log has no width of its own, and tables must not be cut to 80
    everything = evaluation.groups["all"]
    console.print(overall_table(everything))
    console.print(group_table(evaluation.groups))
    for line in (calibration_line(evaluation.calibration), latency_line(everything), *writing_lines(everything)):
        console.print(line, highlight=False)
    if baseline is not None and evaluation.changes is not None:
        console.print()
        if baseline.corpus != evaluation.corpus:
            asked = f"{', '.join(baseline.corpus)} then, {', '.join(evaluation.corpus)} now"
            console.print(f"[yellow]Other documents were asked: {escape(asked)}.[/]", highlight=False)
        console.print(change_table(evaluation.changes))
        console.print(verdict_line(evaluation.changes), highlight=False)
