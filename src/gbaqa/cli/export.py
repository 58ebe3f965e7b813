"""`gbaqa export`: answers as citations, documents and tables."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from gbaqa.cli.app import Corpus, Index, app, out
from gbaqa.cli.prepare import ready
from gbaqa.errors import ExportError

if TYPE_CHECKING:
    from gbaqa.answering.answer import Answer
    from gbaqa.assistant import Assistant
    from gbaqa.language.script import Script
    from gbaqa.publishing.citations import Exported

Format = Literal["footnote", "apa", "gbt7714", "chicago", "bibtex", "ris", "csl-json", "markdown", "docx", "csv", "xlsx"]
_BINARY = ("docx", "xlsx")


@app.command()
def export(
    questions: Annotated[list[str] | None, typer.Argument(help="Questions of one conversation, in their order.")] = None,
    how: Annotated[
        Format, typer.Option("--format", help="Citations, a document (markdown, docx) or a table of figures (csv, xlsx).")
    ] = "footnote",
    answers: Annotated[Path | None, typer.Option("--answers", help="File of Answers, one JSON object a line; - is standard input.")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Where to write; standard output by default.")] = None,
    language: Annotated[Literal["en", "zh-Hans", "zh-Hant"] | None, typer.Option(help="By default the first answer's.")] = None,
    sources: Annotated[bool, typer.Option("--sources", help="List the sources that notes name as works of their own.")] = False,
    corpus: Corpus = None,
    index: Index = None,
) -> None:
    """Ask questions, or read saved answers, and write their citations, a document or a table of their figures."""
    from gbaqa.assistant import Assistant

    if bool(questions) == (answers is not None):
        raise ExportError("Give questions, or a file of answers with --answers; one of the two.")
    if how in _BINARY and output is None and sys.stdout.isatty():
        raise ExportError(f"A {how} file is nothing to print; name a file with --output.")
    given = _read_answers(answers) if answers else None
    assistant = Assistant.open(using=ready(corpus, index))
    exported = _exported(assistant, given if given is not None else _ask(assistant, questions or []), how, language, sources=sources)
    if output is None:
        sys.stdout.buffer.write(exported.content)
    else:
        from gbaqa.publishing.files import write_atomically

        write_atomically(output, exported.content)
        out.print(f"Wrote {output}.", highlight=False, markup=False, soft_wrap=True)


def _exported(assistant: "Assistant", answers: "list[Answer]", how: Format, language: "Script | None", *, sources: bool) -> "Exported":
    from gbaqa.publishing.citations import export_citations
    from gbaqa.publishing.conversation import export_conversation
    from gbaqa.publishing.sheets import export_facts

    documents, script = assistant.index.documents, language or answers[0].language
    citations = [citation for answer in answers for citation in answer.citations]
    match how:
        case "markdown" | "docx":
            return export_conversation(answers, documents, how, script)
        case _ if not citations:
            raise ExportError("The answers cite nothing, so there is nothing to export; a conversation can be with --format markdown.")
        case "csv" | "xlsx":
            return export_facts(citations, documents, how, script)
        case _:
            return export_citations(citations, documents, how, script, sources=sources)


def _ask(assistant: "Assistant", questions: list[str]) -> "list[Answer]":
    """The answers to the questions of one conversation."""
    from gbaqa.assistant import Turn

    turns: list[Turn] = []
    for question in questions:
        turns.append(Turn(question, assistant.ask(question, turns)))
    return [turn.answer for turn in turns]


def _read_answers(path: Path) -> "list[Answer]":
    """Saved answers, as `gbaqa ask --json` prints them.

    Raises:
        ExportError: a line is no Answer, or there is none.
    """
    from pydantic import ValidationError

    from gbaqa.answering.answer import Answer

    name = "standard input" if str(path) == "-" else str(path)
    try:
        text = (sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()).decode("utf-8-sig")
    except OSError as error:
        raise ExportError(f"{name}: cannot be read ({error.strerror}); name a file of answers with --answers.") from error
    except UnicodeDecodeError as error:
        raise ExportError(f"{name}: not UTF-8 at byte {error.start}; save the answers as UTF-8.") from error
    found = []
    for place, answer in _json_objects(text, name):
        try:
            found.append(Answer.model_validate_json(answer))
        except ValidationError as error:
            first = error.errors()[0]
            told = f"{'.'.join(map(str, first['loc']))}: {first['msg']}".removeprefix(": ")
            raise ExportError(f"{name}, {place}: no Answer ({told}); save what `gbaqa ask --json` prints.") from error
    if not found:
        raise ExportError(f"{name}: holds no answer; save what `gbaqa ask --json` prints, one after the other.")
    return found


def _json_objects(text: str, name: str) -> list[tuple[str, str]]:
    """The JSON objects of a text, each with the line it begins on: one a line, or printed over several lines."""
    import json

    decoder, objects, at = json.JSONDecoder(), [], 0
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        place = f"line {text.count(chr(10), 0, at) + 1}"
        try:
            _, end = decoder.raw_decode(text, at)
        except ValueError as error:
            raise ExportError(f"{name}, {place}: not JSON ({error}); save what `gbaqa ask --json` prints.") from error
        objects.append((place, text[at:end]))
        at = end
    return objects
