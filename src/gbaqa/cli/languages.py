"""`gbaqa discrepancies` and `gbaqa glossary`: the two languages of a document beside each other."""

import sys
from typing import Annotated, Literal

import typer

from gbaqa.cli.app import Corpus, Index, app, out, print_json
from gbaqa.cli.prepare import ready


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

    found = Disagreements(open_index(ready(corpus, index))).all()
    if output == "json":
        print_json(disagreements_json(found))
    elif output == "csv":
        sys.stdout.write(disagreements_csv(found))
    else:
        print_disagreements(found, out)


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

    settings = ready(corpus, index)
    terms = Glossary.from_index(open_index(settings), open_embeddings(settings.embeddings, settings.device)).terms
    if output == "json":
        print_json(glossary_json(terms))
    elif output in ("csv", "tbx"):
        sys.stdout.write(glossary_csv(terms) if output == "csv" else glossary_tbx(terms))
    else:
        print_glossary(terms, out)
