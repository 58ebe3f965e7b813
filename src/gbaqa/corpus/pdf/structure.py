"""What a PDF says of itself, read with pypdf: title, page labels, bookmarks, scripts."""

from pathlib import Path
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from gbaqa.corpus.pdf.sheet import Bookmark, Structure

_MOST_BOOKMARKS = 5000


def read_structure(path: Path, sheets: int) -> Structure:
    """Title, labels and bookmarks of a file of so many sheets.

    A file can be drawn and yet be broken here; `Structure.problem` then says so, and its pages are still read.
    """
    structure = Structure(sheets)
    try:
        with PdfReader(path, strict=False) as reader:
            if reader.is_encrypted:
                reader.decrypt("")
            root = reader.root_object
            structure.has_script = _has_script(root)
            structure.title = str((reader.metadata and reader.metadata.title) or "")
            if "/PageLabels" in root and len(reader.pages) == sheets:
                structure.labels = list(reader.page_labels)
            if "/Outlines" in root:
                structure.bookmarks = list(_bookmarks(reader, reader.outline, 1))[:_MOST_BOOKMARKS]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, NotImplementedError, OSError) as error:
        # What pypdf raises on broken objects is of many kinds; none of it is needed to read the pages.
        structure.problem = type(error).__name__
    return structure


def _has_script(root: DictionaryObject) -> bool:
    names = root.get("/Names")
    action = root.get("/OpenAction")
    named = isinstance(names := _solved(names), DictionaryObject) and "/JavaScript" in names
    opened = isinstance(action := _solved(action), DictionaryObject) and action.get("/S") == "/JavaScript"
    return named or opened


def _solved(value: Any) -> Any:
    return value.get_object() if value is not None else None


def _bookmarks(reader: PdfReader, outline: list[Any], depth: int) -> list[Bookmark]:
    found: list[Bookmark] = []
    for entry in outline:
        if isinstance(entry, list):
            found += _bookmarks(reader, entry, depth + 1)
        else:
            sheet = reader.get_destination_page_number(entry)
            if sheet is not None and entry.title:
                found.append(Bookmark(str(entry.title), depth, sheet + 1))
    return found
