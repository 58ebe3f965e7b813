"""The report: one HTML page with tables, plots and the misses, which needs nothing from anywhere."""

from datetime import datetime
from functools import cache
from importlib.resources import files

from jinja2 import Environment, StrictUndefined, Template

from gbaqa.evaluation.groups import Group
from gbaqa.evaluation.measures import MEASURES
from gbaqa.evaluation.misses import find_misses
from gbaqa.evaluation.report.plots import PLOTTED, calibration_plot, latency_plot, measures_plot
from gbaqa.evaluation.results import Evaluation
from gbaqa.evaluation.tables import calibration_line, latency_line, shown_changes, verdict_line
from gbaqa.evaluation.writing import writing_lines

_SHOWN_PASSAGES = 3


def report_page(evaluation: Evaluation) -> str:
    """The report as HTML, in one file. What questions, answers and passages say stays text."""
    everything = evaluation.groups["all"]
    figures = [
        ("By kind of question", measures_plot(_of(evaluation, "type="), "Measures by kind of question"), True),
        ("By language", measures_plot(_of(evaluation, "lang="), "Measures by language"), True),
        ("Confidence against correctness", calibration_plot(evaluation.calibration), False),
        ("Latency", latency_plot(everything), False),
    ]
    return _template().render(
        style=_resource("report.css"),
        made=datetime.now().astimezone().strftime("%Y-%m-%d %H:%M %Z"),
        corpus=evaluation.corpus,
        measures=MEASURES,
        titles={known.name: known.title for known in MEASURES},
        everything=everything,
        groups=list(evaluation.groups.values()),
        lines=[calibration_line(evaluation.calibration), latency_line(everything), *writing_lines(everything)],
        figures=figures,
        plotted=PLOTTED,
        changes=None if evaluation.changes is None else shown_changes(evaluation.changes),
        verdict="" if evaluation.changes is None else verdict_line(evaluation.changes),
        misses=find_misses(evaluation.scored),
        passages=_SHOWN_PASSAGES,
    )


def _of(evaluation: Evaluation, prefix: str) -> list[Group]:
    return [group for name, group in evaluation.groups.items() if name.startswith(prefix)]


@cache
def _template() -> Template:
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(_resource("report.html"))


def _resource(name: str) -> str:
    return files(__name__).joinpath(name).read_text("utf-8")
