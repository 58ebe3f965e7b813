"""`gbaqa eval`: answers to gold questions, measured."""

from pathlib import Path
from typing import Annotated

import typer

from gbaqa.cli.app import Corpus, Index, Mode, app, out
from gbaqa.cli.prepare import ready, with_mode

_REGRESSION = 3  # exit code of an evaluation that is worse than its baseline


@app.command(name="eval")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Files of gold questions, one JSON object a line, or folders of them.")],
    corpus: Corpus = None,
    index: Index = None,
    mode: Mode = None,
    predictions: Annotated[Path | None, typer.Option("--predictions", help="Where to write the answers, one a line.")] = None,
    report: Annotated[Path | None, typer.Option("--report", help="Folder for a report as a page, report.html.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Compare with these saved means.")] = None,
    save_baseline: Annotated[Path | None, typer.Option("--save-baseline", help="Where to save today's means.")] = None,
    judge: Annotated[str | None, typer.Option("--judge", help="A strong model, PROVIDER:MODEL, that judges the answers.")] = None,
) -> None:
    """Answer gold questions and print how well. Exit code 3: worse than the baseline."""
    from gbaqa.evaluation.run import Files, prepare, run_task

    task = prepare(gold, Files(predictions=predictions, report=report, baseline=baseline, save_baseline=save_baseline))
    settings = with_mode(ready(corpus, index), mode)
    opened = None
    if judge is not None:
        from gbaqa.evaluation.judge import open_judge

        opened = open_judge(settings, judge)
    evaluation = run_task(task, settings, out)
    if opened is not None:
        out.print(opened.judge(evaluation.scored).line, highlight=False)
    if evaluation.has_regressed:
        raise typer.Exit(_REGRESSION)
