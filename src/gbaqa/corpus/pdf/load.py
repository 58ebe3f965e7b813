"""A PDF file as what a Document is made of."""

import re
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from gbaqa.corpus.document import Block, Note, Page
from gbaqa.corpus.markdown import assemble
from gbaqa.corpus.pdf.sandbox import read_sheets
from gbaqa.corpus.pdf.sheet import Sheet, Structure
from gbaqa.corpus.pdf.understand import Understood, has_text, understand
from gbaqa.errors import CorpusError

_MOST_UNMAPPED = 0.3  # of the characters of a sheet: with more, its text is noise
_NO_TITLE = re.compile(
    r"^(?:untitled|document\d*|\(.*\)|microsoft \w+ - .*)$|\.(?:docx?|indd|qxd|pptx?|xlsx?|pdf|html?|tex)$",
    re.IGNORECASE,
)
_STRAIGHT = 0.4  # of the font size: how far a character below another may stand aside
_BELOW = (0.7, 1.9)  # of the font size: from a character to the one below it in the same vertical line
_MOST_BELOW = 0.5  # of the characters of a sheet
_SCAN = 0.4  # of a sheet under one picture, and no text
_BEGINNING = 4000  # characters in which a document is recognised


@dataclass(frozen=True, slots=True)
class PdfDocument:
    """What a PDF holds.

    Attributes:
        title: as printed or as the file says; empty where neither does.
        beginning: the text of its first pages.
        problems: what of it could not be read, a line each.
    """

    title: str
    beginning: str
    pages: list[Page]
    blocks: list[Block]
    notes: list[Note]
    problems: list[str]


def read_pdf(path: Path) -> PdfDocument:
    """Read a PDF.

    Raises:
        CorpusError: it cannot be read, or there is no text in it.
    """
    structure, sheets = read_sheets(path)
    problems = _problems(path, structure, sheets)
    for sheet in sheets:
        if _is_noise(sheet) or _is_vertical(sheet):
            sheet.runs = []
    beginning = " ".join(run.text for sheet in sheets[:8] for run in sheet.runs)[:_BEGINNING]
    understood = understand(sheets, structure)
    blocks, notes = assemble(understood.pieces)
    if not blocks:
        raise CorpusError(problems[0] if problems else f"{path}: no text in it; remove the file.")
    if understood.unlabelled:
        problems.append(f"{path}: {_sheets(understood.unlabelled)} outside the numbered pages: not indexed.")
    return PdfDocument(understood.title or _own_title(structure), beginning, _pages(understood), blocks, notes, problems)


def _pages(understood: Understood) -> list[Page]:
    return [
        Page(label.text, ("zh", "en") if language == "both" else (language,), label.certain, sheet)
        for sheet, label, language in understood.pages
    ]


def _own_title(structure: Structure) -> str:
    """The title that a file gives itself, unless it is what a program filled in."""
    return "" if _NO_TITLE.search(structure.title) else structure.title


def _is_noise(sheet: Sheet) -> bool:
    return sheet.unmapped > _MOST_UNMAPPED * sum(len(run.text) for run in sheet.runs)


def _is_vertical(sheet: Sheet) -> bool:
    """Whether most characters of a sheet stand each below the last one: read as lines, they would make nonsense."""
    below = sum(
        len(above.text) == len(run.text) == 1
        and abs(run.x0 - above.x0) < _STRAIGHT * run.size
        and _BELOW[0] * run.size < run.y - above.y < _BELOW[1] * run.size
        for above, run in pairwise(sheet.runs)
    )
    return below > _MOST_BELOW * sum(len(run.text) for run in sheet.runs)


def _problems(path: Path, structure: Structure, sheets: list[Sheet]) -> list[str]:
    """One line for each kind of thing that is wrong with a file that can be read."""
    noise = [sheet.number for sheet in sheets if sheet.unmapped and _is_noise(sheet)]
    vertical = [sheet.number for sheet in sheets if _is_vertical(sheet)]
    scanned = [sheet.number for sheet in sheets if sheet.image_share >= _SCAN and not has_text(sheet)]
    unreadable = [sheet.number for sheet in sheets if sheet.unreadable]
    found = []
    if scanned:
        found.append(f"{path}: {_sheets(scanned)} scanned, without text: not indexed; run the file through OCR (ocrmypdf IN OUT) first.")
    if noise:
        found.append(f"{path}: {_sheets(noise)} set in fonts that do not tell their letters: not indexed; run the file through OCR first.")
    if vertical:
        found.append(f"{path}: {_sheets(vertical)} set in vertical lines: not indexed; put its text (.md, .txt) in its place.")
    if unreadable:
        found.append(f"{path}: {_sheets(unreadable)} damaged: not indexed; download or save the file anew.")
    if structure.has_script:
        found.append(f"{path}: holds JavaScript, which gbaqa never runs.")
    if structure.problem:
        found.append(f"{path}: its page labels and bookmarks cannot be read ({structure.problem}); printed page numbers are used.")
    return found


def _sheets(numbers: list[int]) -> str:
    """The beginning of a sentence about sheets: sheets 3-5, 9 are."""
    spans: list[list[int]] = []
    for number in numbers:
        if spans and number == spans[-1][-1] + 1:
            spans[-1].append(number)
        else:
            spans.append([number])
    named = ", ".join(str(span[0]) if len(span) == 1 else f"{span[0]}-{span[-1]}" for span in spans)
    return f"sheet {named} is" if len(numbers) == 1 else f"sheets {named} are"
