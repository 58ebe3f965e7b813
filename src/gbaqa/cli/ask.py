"""`gbaqa ask` and `gbaqa search`."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from gbaqa.cli.app import Corpus, Index, Mode, app, out, print_json
from gbaqa.cli.prepare import ready, with_mode
from gbaqa.errors import QuestionError

if TYPE_CHECKING:
    from gbaqa.answering.answer import Answer, Citation, Passage


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
    from gbaqa.assistant import Assistant

    settings = with_mode(ready(corpus, index), "extractive")
    found = Assistant.open(using=settings).passages(query, k)
    if as_json:
        print_json([passage.model_dump(mode="json") for passage in found])
        return
    for rank, passage in enumerate(found, 1):
        section = escape(" › ".join(passage.section))
        out.print(f"[bold]{rank}[/]  {_place(passage)}  [dim]{section}  {passage.score:.2f}[/]", highlight=False)
        out.print(f"   {escape(passage.text[:300])}", highlight=False)


def _standard_input() -> str:
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise QuestionError(f"Standard input: not UTF-8 at byte {error.start}; send the question as UTF-8.") from error


def _print_answer(answer: "Answer") -> None:
    from gbaqa.answering.page_wording import page_label

    out.print(escape(answer.answer), highlight=False, style="" if answer.status == "answered" else "yellow")
    if answer.notice:
        out.print(f"[dim]{escape(answer.notice)}[/]", highlight=False)
    for citation in answer.citations:
        section = escape(" › ".join(citation.section))
        out.print(f"\n[bold]{escape(f'[{citation.mark}]')}[/] {_place(citation)}  [dim]{section}[/]", highlight=False)
        quote = escape(citation.quote)
        out.print(f"    {quote if citation.is_digest else f'“{quote}”'}", highlight=False)
        for note in citation.footnotes:
            out.print(f"    note {note.number}: {escape(note.text)} {escape(note.url or '')}", highlight=False, soft_wrap=True)
        if citation.twin:
            place = page_label("en", citation.twin.page, is_digest=citation.is_digest)
            out.print(f"    [dim]{escape(place)}: {escape(citation.twin.quote)}[/]", highlight=False)


def _place(found: "Citation | Passage") -> str:
    """Where it stands, as a citation has it."""
    from gbaqa.answering.page_wording import page_label

    return escape(page_label("en", found.page, certain=found.page_certain, sheet=found.sheet, is_digest=found.is_digest))
