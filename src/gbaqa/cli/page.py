"""`gbaqa page`: a printed page as a picture, with a quote marked."""

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from gbaqa.cli.app import Corpus, Index, app, out
from gbaqa.cli.prepare import ready
from gbaqa.errors import CorpusError


@app.command()
def page(
    label: Annotated[str, typer.Argument(help="The printed page: 13, iv.")],
    corpus: Corpus = None,
    index: Index = None,
    quote: Annotated[list[str] | None, typer.Option("--quote", help="What to mark on it; may be given several times.")] = None,
    document: Annotated[str | None, typer.Option("--document", help="Which document, where several have this page.")] = None,
    picture: Annotated[Path | None, typer.Option("--out", help="Where to write it; by default page-LABEL.png.")] = None,
    scale: Annotated[float, typer.Option("--scale", min=0.2, max=8, help="Pixels a point.")] = 2.0,
) -> None:
    """Draw a page of a PDF with a quote marked."""
    from gbaqa.corpus.pdf.picture import page_picture
    from gbaqa.index.store import open_index

    documents = list(open_index(ready(corpus, index)).documents.values())
    having = [d for d in documents if (document is None or d.id == document) and any(p.label == label for p in d.pages)]
    if len(having) > 1:
        having = [d for d in having if d.file] or having
    if not having:
        ranges = "; ".join(f"{d.id}: {d.pages[0].label} to {d.pages[-1].label}" for d in documents)
        raise CorpusError(f"No document{f' {document}' if document else ''} has a page {label} ({ranges}); give one of these.")
    if len(having) > 1:
        raise CorpusError(f"Several documents have a page {label} ({', '.join(d.id for d in having)}); choose one with --document.")
    path = picture or Path(f"page-{label.replace('/', '-')}.png")
    _write(path, page_picture(having[0], label, quote or [], scale))
    out.print(f"Wrote {escape(str(path))}.", highlight=False)


def _write(path: Path, data: bytes) -> None:
    """Write a file as a whole or not at all. Raises CorpusError where it cannot be written."""
    half = path.with_name(f".{path.name}.part")
    try:
        half.write_bytes(data)
        half.replace(path)
    except OSError as error:
        half.unlink(missing_ok=True)
        raise CorpusError(f"{path}: cannot be written ({error.strerror}); choose another file with --out.") from error
