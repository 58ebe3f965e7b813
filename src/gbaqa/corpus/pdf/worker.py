"""The process that opens a PDF: whatever is in the file can at most end this process.

python -m gbaqa.corpus.pdf.worker read FILE                        a JSON line for the structure, then one for each sheet
python -m gbaqa.corpus.pdf.worker draw FILE SHEET SCALE QUOTE...   a PNG of the sheet, with the quotes marked
"""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pypdfium2 as pdfium

MEMORY = 2 << 30  # bytes of address space; reading 1,000 pages takes a tenth
MOST_SHEETS = 5000
LOCKED, DAMAGED = "locked", "damaged"


def main(arguments: list[str]) -> None:
    """Do one task and write its result to standard output."""
    _limit_memory()
    task, path = arguments[0], Path(arguments[1])
    try:
        document = pdfium.PdfDocument(path)
        sheets = len(document)
    except pdfium.PdfiumError as error:
        _say({"failure": LOCKED if "password" in str(error).lower() else DAMAGED})
        return
    if task == "read":
        _read(document, path, sheets)
    else:
        from gbaqa.corpus.pdf.draw import draw_sheet

        sys.stdout.buffer.write(draw_sheet(document, int(arguments[2]), float(arguments[3]), arguments[4:]))


def _read(document: pdfium.PdfDocument, path: Path, sheets: int) -> None:
    from gbaqa.corpus.pdf.characters import read_sheet
    from gbaqa.corpus.pdf.structure import read_structure

    _say(asdict(read_structure(path, sheets)))
    for number in range(1, min(sheets, MOST_SHEETS) + 1):
        _say(asdict(read_sheet(document, number)))


def _say(value: object) -> None:
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=True).encode() + b"\n")
    sys.stdout.buffer.flush()


def _limit_memory() -> None:
    """Bound this process where the system can (not on Windows)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


if __name__ == "__main__":
    main(sys.argv[1:])
