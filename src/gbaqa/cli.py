"""The command line: a function a command. Heavy parts are imported by the command that needs them."""

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer
from rich.console import Console
from rich.markup import escape

from gbaqa.errors import CorpusError, GbaqaError, QuestionError

if TYPE_CHECKING:
    from gbaqa.answering.answer import Answer
    from gbaqa.config import Settings
    from gbaqa.index.store import BuildReport

app = typer.Typer(
    help="Questions about a bilingual document, answered with the printed page and the footnote.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
_out = Console()
_err = Console(stderr=True)
_REGRESSION = 3  # exit code of an evaluation that is worse than its baseline

Corpus = Annotated[Path | None, typer.Option("--corpus", help="Folder of documents, or one document. [env: GBAQA_CORPUS]")]
Index = Annotated[Path | None, typer.Option("--index", help="Folder the index lies in. [env: GBAQA_INDEX]")]


def run() -> None:
    """Entry point: errors meant for people are one line on standard error, with their exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that lacks a character shows a sign in its place
    try:
        app()
    except GbaqaError as error:
        _err.print(f"[bold red]gbaqa:[/] {escape(str(error))}", soft_wrap=True, highlight=False)
        sys.exit(error.exit_code)
    except BrokenPipeError:  # the reader of our output (head, less) has left
        sys.stderr.close()
        sys.exit(0)


@app.command()
def index(
    corpus: Corpus = None,
    index: Index = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Embed everything anew.")] = False,
) -> None:
    """Build the index, or bring it up to date with the corpus."""
    report = _build(_settings(corpus, index), rebuild=rebuild)
    manifest = report.manifest
    if report.unchanged:
        _out.print(f"The index is up to date: {_size(report)}.")
    else:
        work = f"{report.embedded} embedded, {report.reused} reused, {report.seconds:.1f} s"
        _out.print(f"Indexed {escape(', '.join(manifest.corpus))}: {_size(report)}; {work}.")


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="In English or Chinese; - reads it from standard input.")],
    corpus: Corpus = None,
    index: Index = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole Answer as JSON.")] = False,
) -> None:
    """Answer a question, with printed pages, notes and quotes."""
    from gbaqa.assistant import Assistant

    settings = _ready(corpus, index)
    answer = Assistant.open(using=settings).ask(_standard_input() if question == "-" else question)
    if as_json:
        _print_json(answer.model_dump(mode="json"))
    else:
        _print_answer(answer)


@app.command()
def search(
    query: str,
    corpus: Corpus = None,
    index: Index = None,
    k: Annotated[int, typer.Option("-k", min=1, max=100, help="How many passages.")] = 10,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Print the passages that rank first for a query."""
    from gbaqa.answering.citations import passage
    from gbaqa.assistant import Assistant

    settings = _ready(corpus, index)
    passages = [passage(hit) for hit in Assistant.open(using=settings).search(query, k)]
    if as_json:
        _print_json([p.model_dump(mode="json") for p in passages])
        return
    for rank, found in enumerate(passages, 1):
        _out.print(
            f"[bold]{rank}[/]  p. {escape(found.page or '–')}  [dim]{escape(' › '.join(found.section))}  {found.score:.2f}[/]",
            highlight=False,
        )
        _out.print(f"   {escape(found.text[:300])}", highlight=False)


@app.command()
def inspect(
    corpus: Corpus = None,
    page: Annotated[str | None, typer.Option("--page", help="A printed page: its blocks, notes and marks.")] = None,
) -> None:
    """Print what was understood of the documents: pages, blocks, notes, marks without a note."""
    from gbaqa.corpus.load import load_corpus
    from gbaqa.corpus.report import print_document, print_page

    documents = load_corpus(_settings(corpus, None).corpus)
    if page is None:
        for document in documents:
            print_document(document, _out)
        return
    having = [document for document in documents if any(known.label == page for known in document.pages)]
    if not having:
        ranges = "; ".join(f"{d.id}: {d.pages[0].label or 'no pages'} to {d.pages[-1].label or 'none'}" for d in documents)
        raise CorpusError(f"No document has a page {page} ({ranges}); give one of these with --page.")
    for document in having:
        print_page(document, page, _out)


@app.command()
def discrepancies(
    corpus: Corpus = None,
    index: Index = None,
    output: Annotated[Literal["table", "csv", "json"], typer.Option("--format")] = "table",
) -> None:
    """List where the two languages of a document differ, the most material first."""
    from gbaqa.bilingual.disagreements import Disagreements
    from gbaqa.bilingual.export import disagreements_csv, disagreements_json, print_disagreements
    from gbaqa.index.store import open_index

    found = Disagreements(open_index(_ready(corpus, index))).all()
    if output == "json":
        _print_json(disagreements_json(found))
    elif output == "csv":
        sys.stdout.write(disagreements_csv(found))
    else:
        print_disagreements(found, _out)


@app.command()
def glossary(
    corpus: Corpus = None,
    index: Index = None,
    output: Annotated[Literal["table", "csv", "json", "tbx"], typer.Option("--format", help="tbx is for translation tools.")] = "table",
) -> None:
    """List the terms of a bilingual document in both languages, with their pages."""
    from gbaqa.bilingual.export import glossary_csv, glossary_json, glossary_tbx, print_glossary
    from gbaqa.bilingual.glossary import Glossary
    from gbaqa.index.embeddings import open_embeddings
    from gbaqa.index.store import open_index

    settings = _ready(corpus, index)
    terms = Glossary.from_index(open_index(settings), open_embeddings(settings.embeddings, settings.device)).terms
    if output == "json":
        _print_json(glossary_json(terms))
    elif output in ("csv", "tbx"):
        sys.stdout.write(glossary_csv(terms) if output == "csv" else glossary_tbx(terms))
    else:
        print_glossary(terms, _out)


@app.command(name="eval")
def evaluate(
    gold: Annotated[list[Path], typer.Argument(help="Files of gold questions, one JSON object a line, or folders of them.")],
    corpus: Corpus = None,
    index: Index = None,
    predictions: Annotated[Path | None, typer.Option("--predictions", help="Where to write the answers, one a line.")] = None,
    report: Annotated[Path | None, typer.Option("--report", help="Folder for a report as a page, report.html.")] = None,
    baseline: Annotated[Path | None, typer.Option("--baseline", help="Compare with these saved means.")] = None,
    save_baseline: Annotated[Path | None, typer.Option("--save-baseline", help="Where to save today's means.")] = None,
) -> None:
    """Answer gold questions and print how well. Exit code 3: worse than the baseline."""
    from gbaqa.evaluation.run import Files, prepare, run_task

    task = prepare(gold, Files(predictions=predictions, report=report, baseline=baseline, save_baseline=save_baseline))
    if run_task(task, _ready(corpus, index), _out).has_regressed:
        raise typer.Exit(_REGRESSION)


@app.command()
def serve(
    corpus: Corpus = None,
    index: Index = None,
    host: Annotated[str | None, typer.Option("--host", help="[env: GBAQA_HOST]")] = None,
    port: Annotated[int | None, typer.Option("--port", min=0, max=65535, help="[env: GBAQA_PORT]")] = None,
) -> None:
    """Start the chat, building the index first where it is not up to date."""
    from gbaqa.web.server import check_port, serve_chat

    settings = _settings(corpus, index)
    settings = settings.model_copy(update={"host": host or settings.host, "port": settings.port if port is None else port})
    check_port(settings.host, settings.port)
    _build(settings)
    serve_chat(settings, _out)


@app.command()
def version() -> None:
    """Print the version."""
    from gbaqa import __version__

    _out.print(__version__)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(f"Standard input: not UTF-8 at byte {error.start}; send the question as UTF-8.") from error


def _settings(corpus: Path | None, index: Path | None) -> "Settings":
    from pydantic import ValidationError

    from gbaqa.config import Settings
    from gbaqa.errors import SettingsError

    try:
        settings = Settings()
        given = {"corpus": corpus or settings.corpus, "index": index or settings.index}
        return settings.model_copy(update=given)
    except UnicodeDecodeError as error:
        raise SettingsError(".env: not UTF-8; save the settings file as UTF-8.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"GBAQA_{str(first['loc'][0]).upper()}: {first['msg']}; correct the setting.") from error


def _ready(corpus: Path | None, index: Path | None) -> "Settings":
    """Settings whose index is there and fits: built where it is missing or the corpus it was built from has changed."""
    from gbaqa.index.generations import check_pointer
    from gbaqa.index.store import is_current

    settings = _settings(corpus, index)
    check_pointer(settings.index)
    if not is_current(settings):
        _build(settings)
    return settings


def _build(settings: "Settings", *, rebuild: bool = False) -> "BuildReport":
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from gbaqa.index.store import build_index

    columns = (TextColumn("Embedding"), BarColumn(), MofNCompleteColumn(), TextColumn("statements"), TimeRemainingColumn())
    with Progress(*columns, console=_err, transient=True, disable=not _err.is_terminal) as bar:
        task = bar.add_task("embed", total=None, visible=False)
        return build_index(settings, lambda done, total: bar.update(task, completed=done, total=total, visible=True), rebuild=rebuild)


def _size(report: "BuildReport") -> str:
    return f"{report.manifest.chunks} chunks, {report.manifest.statements} statements"


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _print_answer(answer: "Answer") -> None:
    _out.print(escape(answer.answer), highlight=False, style="" if answer.status == "answered" else "yellow")
    for citation in answer.citations:
        about = "" if citation.page_certain else "about "
        digest = " (digest)" if citation.is_digest else ""
        place = f"{about}p. {escape(citation.page or '–')}{digest}"
        section = escape(" › ".join(citation.section))
        _out.print(f"\n[bold]{escape(f'[{citation.mark}]')}[/] {place}  [dim]{section}[/]", highlight=False)
        _out.print(f"    “{escape(citation.quote)}”", highlight=False)
        for note in citation.footnotes:
            _out.print(f"    note {note.number}: {escape(note.text)} {escape(note.url or '')}", highlight=False, soft_wrap=True)
        if citation.twin:
            _out.print(f"    [dim]p. {escape(citation.twin.page or '–')}: {escape(citation.twin.quote)}[/]", highlight=False)
