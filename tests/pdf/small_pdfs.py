"""Small PDFs, each with one difficulty, drawn with reportlab. Their text is about places that do not exist."""

from collections.abc import Callable, Sequence
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
LEFT = 60.0
CHINESE = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))

Drawn = Callable[[Canvas], None]


def write_pdf(path: Path, pages: Sequence[Drawn], *, password: str = "", labels: Sequence[tuple[int, str, int]] = ()) -> Path:
    """A PDF of these pages. Labels are (first sheet from 0, style, first number)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=A4, encrypt=StandardEncryption(password) if password else None)
    for start, style, first in labels:
        canvas.addPageLabel(start, style, first)
    for draw in pages:
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def spread(left: Drawn, right: Drawn) -> Drawn:
    """Two pages side by side on one sheet, as books are scanned."""

    def draw(canvas: Canvas) -> None:
        canvas.setPageSize((2 * WIDTH, HEIGHT))
        for x, page in ((0, left), (WIDTH, right)):
            canvas.saveState()
            canvas.translate(x, 0)
            page(canvas)
            canvas.restoreState()

    return draw


def lines(canvas: Canvas, texts: Sequence[str], x: float = LEFT, y: float = 760, *, size: float = 10, font: str = "Helvetica") -> float:
    """Draw lines below each other with ordinary leading; "" leaves a gap as between paragraphs. Returns the next y."""
    for text in texts:
        if text:
            canvas.setFont(CHINESE if any(ord(char) > 0x2E80 for char in text) else font, size)
            canvas.drawString(x, y, text)
            y -= 1.25 * size
        else:
            y -= 0.8 * size
    return y


def marked(canvas: Canvas, parts: Sequence[str], x: float = LEFT, y: float = 760, *, size: float = 10) -> None:
    """Draw one line whose every second part is raised and small, as note marks are."""
    text = canvas.beginText(x, y)
    for index, part in enumerate(parts):
        raised = index % 2 == 1
        font = CHINESE if any(ord(char) > 0x2E80 for char in part) else "Helvetica"
        text.setFont(font, 0.6 * size if raised else size)
        text.setRise(0.4 * size if raised else 0)
        text.textOut(part)
    canvas.drawText(text)


def footer(canvas: Canvas, text: str, y: float = 30) -> None:
    """A line at the foot of the page, in its middle."""
    canvas.setFont("Helvetica", 8)
    canvas.drawCentredString(WIDTH / 2, y, text)


def filler(topic: str, number: int = 14) -> list[str]:
    """So many full lines of running text on a topic; its digits are spelt as letters, or pages would be told by numbers alone."""
    topic = topic.translate(str.maketrans("0123456789", "zabcdefghk"))
    return [f"The {topic} of Lantern Bay is told here at some length, line {chr(97 + n)} of many." for n in range(number)]


def simple(text: Sequence[str], foot: str = "") -> Drawn:
    """A page of one column, with a footer."""

    def draw(canvas: Canvas) -> None:
        lines(canvas, text)
        if foot:
            footer(canvas, foot)

    return draw
