"""What was understood of a document, for a person to check."""

from collections import Counter

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gbaqa.corpus.document import Document
from gbaqa.language.cells import CELL_SEPARATOR


def print_document(document: Document, console: Console) -> None:
    """Counts of pages, blocks and notes by language; numbers without a note; marks that lead to none."""
    kinds = Counter(block.kind for block in document.blocks)
    uncertain = sum(not page.certain for page in document.pages)
    console.print(f"[bold]{escape(document.id)}[/]  {escape(' / '.join(dict.fromkeys(document.metadata.title.values())))}", highlight=False)
    console.print(
        f"{_numbered(document)} printed pages ({uncertain} of them inferred), {len(document.blocks)} blocks: "
        + ", ".join(f"{n} {kind}" for kind, n in kinds.most_common())
    )
    table = Table("language", "pages", "blocks", "notes", "numbers without a note")
    numbers = {note.number for note in document.notes}
    for language in ("zh", "en"):
        own = {note.number for note in document.notes if note.language == language}
        table.add_row(
            language,
            str(sum(page.languages[0] == language for page in document.pages)),
            str(sum(block.language == language for block in document.blocks)),
            str(len(own)),
            ", ".join(map(str, sorted(numbers - own))) or "–",
        )
    console.print(table)
    console.print(f"{len(document.notes)} notes, {len(numbers)} numbers")
    missing = document.marks_without_note()
    console.print(f"Marks without a note in their own language: {len(missing)}")
    for page, language, number in missing:
        console.print(f"  p. {escape(page)} ({language}): mark {number}", highlight=False)


def print_page(document: Document, label: str, console: Console) -> None:
    """The blocks of a page with their marks, then its notes."""
    page = document.page(label)
    console.print(
        f"[bold]{escape(document.id)}, p. {escape(label)}[/] ({', '.join(page.languages)}){'' if page.certain else ', inferred'}",
        highlight=False,
    )
    section: tuple[str, ...] = ()
    for block in document.blocks_on(label):
        if block.section != section:
            section = block.section
            console.print(f"\n[dim]{escape(' › '.join(section))}[/]", highlight=False)
        above = block.marks_above
        marks = " ".join(str(mark.number) for mark in block.marks) + (" | " + " ".join(map(str, above)) if above else "")
        pages = " ".join(dict.fromkeys(p for _, p in block.pages)) if len(block.pages) > 1 else ""
        about = ", ".join(
            filter(
                None, [block.kind, block.caption, CELL_SEPARATOR.join(block.header), pages and f"pages {pages}", marks and f"notes {marks}"]
            )
        )
        console.print(f"  [cyan]{escape(about)}[/]: {escape(block.text)}", highlight=False)
    for note in document.notes:
        if note.page == label:
            console.print(f"  [green]note {note.number}[/] {escape(note.text)} {escape(note.url or '')}", highlight=False, soft_wrap=True)


def _numbered(document: Document) -> int:
    return sum(bool(page.label) for page in document.pages)
