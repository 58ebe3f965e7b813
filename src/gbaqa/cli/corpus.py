"""`gbaqa index` and `gbaqa inspect`: what is read, and what was understood of it."""

from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from gbaqa.cli.app import Corpus, Index, app, out
from gbaqa.cli.prepare import build, settings_from
from gbaqa.errors import CorpusError

if TYPE_CHECKING:
    from gbaqa.index.store import BuildReport


@app.command()
def index(
    corpus: Corpus = None,
    index: Index = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Embed everything anew.")] = False,
) -> None:
    """Build the index, or bring it up to date with the corpus."""
    report = build(settings_from(corpus, index), rebuild=rebuild)
    manifest = report.manifest
    if report.unchanged:
        out.print(f"The index is up to date: {_size(report)}.")
    else:
        work = f"{report.embedded} embedded, {report.reused} reused, {report.seconds:.1f} s"
        out.print(f"Indexed {escape(', '.join(manifest.corpus))}: {_size(report)}; {work}.")


@app.command()
def inspect(
    corpus: Corpus = None,
    page: Annotated[str | None, typer.Option("--page", help="A printed page: its blocks, notes and marks.")] = None,
) -> None:
    """Print what was understood of the documents: pages, blocks, notes, marks without a note."""
    from gbaqa.corpus.load import load_corpus
    from gbaqa.corpus.report import print_document, print_page

    documents = load_corpus(settings_from(corpus, None).corpus)
    if page is None:
        for document in documents:
            print_document(document, out)
        return
    having = [document for document in documents if any(known.label == page for known in document.pages)]
    if not having:
        ranges = "; ".join(f"{d.id}: {d.pages[0].label or 'no pages'} to {d.pages[-1].label or 'none'}" for d in documents)
        raise CorpusError(f"No document has a page {page} ({ranges}); give one of these with --page.")
    for document in having:
        print_page(document, page, out)


def _size(report: "BuildReport") -> str:
    return f"{report.manifest.chunks} chunks, {report.manifest.statements} statements"
