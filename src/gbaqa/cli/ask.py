"""`gbaqa ask` and `gbaqa search`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from gbaqa.cli.app import Corpus, Index, Mode, app, out, print_json
from gbaqa.cli.prepare import ready, with_mode
from gbaqa.errors import QuestionError

if TYPE_CHECKING:
    from gbaqa.answering.answer import Answer


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="In English or Chinese; - reads it from standard input.")],
    corpus: Corpus = None,
    index: Index = None,
    mode: Mode = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole Answer as JSON.")] = False,
) -> None:
    """Answer a question, with printed pages, notes and quotes."""
    from gbaqa.assistant import Assistant

    settings = with_mode(ready(corpus, index), mode)
    answer = Assistant.open(using=settings).ask(_standard_input() if question == "-" else question)
    if as_json:
        print_json(answer.model_dump(mode="json"))
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

    settings = with_mode(ready(corpus, index), "extractive")
    passages = [passage(hit) for hit in Assistant.open(using=settings).search(query, k)]
    if as_json:
        print_json([p.model_dump(mode="json") for p in passages])
        return
    for rank, found in enumerate(passages, 1):
        out.print(
            f"[bold]{rank}[/]  p. {escape(found.page or '–')}  [dim]{escape(' › '.join(found.section))}  {found.score:.2f}[/]",
            highlight=False,
        )
        out.print(f"   {escape(found.text[:300])}", highlight=False)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(f"Standard input: not UTF-8 at byte {error.start}; send the question as UTF-8.") from error


def _print_answer(answer: "Answer") -> None:
    out.print(escape(answer.answer), highlight=False, style="" if answer.status == "answered" else "yellow")
    if answer.notice:
        out.print(f"[dim]{escape(answer.notice)}[/]", highlight=False)
    for citation in answer.citations:
        about = "" if citation.page_certain else "about "
        digest = " (digest)" if citation.is_digest else ""
        place = f"{about}p. {escape(citation.page or '–')}{digest}"
        section = escape(" › ".join(citation.section))
        out.print(f"\n[bold]{escape(f'[{citation.mark}]')}[/] {place}  [dim]{section}[/]", highlight=False)
        out.print(f"    “{escape(citation.quote)}”", highlight=False)
        for note in citation.footnotes:
            out.print(f"    note {note.number}: {escape(note.text)} {escape(note.url or '')}", highlight=False, soft_wrap=True)
        if citation.twin:
            out.print(f"    [dim]p. {escape(citation.twin.page or '–')}: {escape(citation.twin.quote)}[/]", highlight=False)
