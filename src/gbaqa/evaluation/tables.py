"""The measures as tables for a terminal or a log, at most 100 columns wide."""

from collections.abc import Iterable, Mapping, Sequence

from rich.box import SIMPLE_HEAD
from rich.markup import escape
from rich.table import Table

from gbaqa.evaluation.baseline import Change
from gbaqa.evaluation.calibration import Calibration
from gbaqa.evaluation.groups import Group
from gbaqa.evaluation.measures import CONFIDENT, MEASURES

WIDTH = 100
_CHIEF = MEASURES[:12]  # as many columns as fit; the others are in the table of all questions
_STYLES = {"worse": "bold red", "same": "", "better": "green"}


def overall_table(all_questions: Group) -> Table:
    """Every measure of all questions, a row a measure, with its 95 % interval."""
    table = Table("measure", title=f"{len(all_questions.rows)} questions", box=SIMPLE_HEAD, title_justify="left", padding=(0, 1, 0, 0))
    for heading in ("mean", "95 %", "n"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("what it is", style="dim")
    for known in MEASURES:
        if (interval := all_questions.interval(known.name)) is not None:
            between = f"{known.shown(interval.low)}–{known.shown(interval.high)}"
            n = str(len(all_questions.values(known.name)))
            table.add_row(known.title, known.shown(all_questions.mean(known.name)), between, n, known.says)
    return table


def group_table(groups: Mapping[str, Group]) -> Table:
    """The chief measures by turn, language, kind and chapter, a row a group."""
    table = Table(box=SIMPLE_HEAD, padding=0, pad_edge=False, show_edge=False)
    table.add_column("group", no_wrap=True, max_width=23)
    for heading in ("n", *(known.heading for known in _CHIEF)):
        table.add_column(heading, justify="right", no_wrap=True)
    dimension = ""
    for name, found in groups.items():
        if dimension not in ("", _dimension(name)):
            table.add_section()
        dimension = _dimension(name)
        table.add_row(escape(name), str(len(found.rows)), *(known.shown(found.mean(known.name)) for known in _CHIEF))
    return table


def change_table(changes: Iterable[Change]) -> Table:
    """All questions against the baseline, and of the groups what is worse or better."""
    table = Table("group", "measure", title="Against the baseline", box=SIMPLE_HEAD, title_justify="left")
    for heading in ("then", "now", "difference", "tolerance"):
        table.add_column(heading, justify="right", no_wrap=True)
    table.add_column("")
    for change in shown_changes(changes):
        then, now = change.measure.shown(change.before), change.measure.shown(change.now)
        figures = (then, now, change.shown_difference, f"{change.tolerance:.3f}")
        table.add_row(escape(change.group), change.measure.title, *figures, change.verdict, style=_STYLES[change.verdict])
    return table


def shown_changes(changes: Iterable[Change]) -> list[Change]:
    """The changes that are worth a reader's time: of all questions every one, of a group those beyond the tolerance."""
    return [change for change in changes if change.group == "all" or change.verdict != "same"]


def verdict_line(changes: Sequence[Change]) -> str:
    """What the comparison comes to."""
    worse = sum(change.verdict == "worse" for change in changes)
    better = sum(change.verdict == "better" for change in changes)
    return f"Against the baseline, {worse} of {len(changes)} means are worse and {better} better."


def calibration_line(found: Calibration) -> str:
    """How far a confidence can be trusted."""
    if found.confident_right is None:
        confident = f"No answer has a confidence of {CONFIDENT} or more"
    else:
        confident = f"Of {found.confident} answers with a confidence of {CONFIDENT} or more, {found.confident_right:.3f} are right"
    return f"{confident}; expected calibration error {found.error:.3f}."


def latency_line(all_questions: Group) -> str:
    """How long answers take."""
    return f"Answered within {all_questions.latency(0.5):.0f} ms (p50), {all_questions.latency(0.95):.0f} ms (p95)."


def _dimension(name: str) -> str:
    label = name.partition("=")[0]
    return label if label in ("lang", "type", "chapter") else "whole"
