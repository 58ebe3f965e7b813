"""Two small reports in layouts as publishers set them, written by us about places that do not exist.

`yearbook`: A4, justified serif text in one column, roman front matter, running heads that differ on left and right pages,
boxed tables, notes at the end. `bilingual`: A4 landscape, Chinese and English side by side, a summary in three columns,
notes at the foot, numbers in the upper corner.
"""

from pathlib import Path

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, FrameBreak, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus.flowables import Flowable
from small_pdfs import CHINESE

_SERIF = ParagraphStyle("serif", fontName="Times-Roman", fontSize=11, leading=15, alignment=TA_JUSTIFY, firstLineIndent=16)
_HEAD = ParagraphStyle("head", fontName="Times-Bold", fontSize=17, leading=22, spaceBefore=8, spaceAfter=10)
_SUB = ParagraphStyle("sub", fontName="Times-Bold", fontSize=13, leading=17, spaceBefore=10, spaceAfter=6)
_SANS = ParagraphStyle("sans", fontName="Helvetica", fontSize=9, leading=12.5, spaceAfter=6)
_SONG = ParagraphStyle("song", fontName=CHINESE, fontSize=9, leading=13, spaceAfter=6, wordWrap="CJK")
_LARGE = ParagraphStyle("large", fontName="Helvetica-Bold", fontSize=15, leading=19, spaceAfter=8, textColor=colors.darkblue)
_LARGE_SONG = ParagraphStyle("largesong", parent=_LARGE, fontName=CHINESE)

_COUNT = "https://council.lantern.example/households/count?year=2031"
_NOTES = ((52, "3", "Tide Power Company, https://power.tide.example/en/capacity"), (43, "4", "Island register of 2031"))
_SUBJECTS = ("kite makers", "ferry crews", "lamp keepers", "salt farmers", "boat menders", "tide readers")
_PLACES = ("Yunhe", "Port Maren", "Stonebridge")


def _story(topic: str, first: int, count: int) -> list[Flowable]:
    """So many paragraphs on a topic, each with a figure of its own."""
    return [
        Paragraph(
            f"The {_SUBJECTS[n % 6]} of {_PLACES[n % 3]} reported on {topic} in the autumn, when the harbours were quiet and there was "
            f"time to count. They found that {1200 + 37 * n} households took part, which is {3 + n} per cent more than in the year before; "
            f"the council of the bay has taken note of it and will come back to the matter when the accounts are closed.",
            _SERIF,
        )
        for n in range(first, first + count)
    ]


def yearbook(path: Path) -> Path:
    """The report in one column."""
    height, width = A4[1], A4[0]
    names = ["i", "ii", *map(str, range(1, 20))]

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Times-Italic", 9)
        if document.page % 2:
            canvas.drawRightString(width - 70, height - 40, f"Yearbook of the bay   {names[document.page - 1]}")
        else:
            canvas.drawString(70, height - 40, f"{names[document.page - 1]}   The council of Lantern Bay")

    frame = Frame(70, 70, width - 140, height - 140, id="one")
    document = BaseDocTemplate(str(path), pagesize=A4, pageTemplates=[PageTemplate("one", [frame], onPage=decorate)])
    grid = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("FONTNAME", (0, 0), (-1, -1), "Times-Roman")]
    rows = [["City", "Households", "Boats"], ["Yunhe", "1,274", "88"], ["Port Maren", "2,310", "412"], ["Stonebridge", "903", "17"]]
    document.build(
        [
            Paragraph("Foreword", _HEAD), *_story("the foreword", 0, 5), PageBreak(),
            Paragraph("On this book", _HEAD), *_story("this book", 5, 5), PageBreak(),
            Paragraph("Households of the bay", _HEAD), *_story("households", 10, 3),
            Paragraph("Who took part", _SUB),
            Paragraph("In all, 4,487 households took part in the count<super>1</super>, and 517 boats were seen<super>2</super>.", _SERIF),
            Spacer(1, 10), Table(rows, style=grid, hAlign="LEFT"), Spacer(1, 10), *_story("boats", 13, 12), PageBreak(),
            Paragraph("Harbours", _HEAD), *_story("harbours", 25, 9), PageBreak(),
            Paragraph("Notes", _HEAD),
            Paragraph(f"1. Council of the bay, <i>Count of households</i>, {_COUNT}", _SANS),
            Paragraph("2. Keeper of the boat register, letter to the council.", _SANS),
        ]
    )  # fmt: skip
    return path


def bilingual(path: Path) -> Path:
    """The report in columns of two languages."""
    width, height = landscape(A4)

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawRightString(width - 40, height - 30, f"Tide report 2031 | {document.page + 20}")
        if document.page == 1:
            canvas.line(50, 62, 200, 62)
            canvas.setFont("Helvetica", 6.5)
            for y, number, text in (
                (52, "3", "Tide Power Company, https://power.tide.example/en/capacity"),
                (43, "4", "Island register of 2031"),
            ):
                line = canvas.beginText(50, y)
                line.setFont("Helvetica", 4.5)
                line.setRise(2.5)
                line.textOut(number)
                line.setFont("Helvetica", 6.5)
                line.setRise(0)
                line.textOut(f" {text}")
                canvas.drawText(line)

    half, third = (width - 130) / 2, (width - 140) / 3
    two = PageTemplate("two", [Frame(50, 70, half, height - 130), Frame(80 + half, 70, half, height - 130)], onPage=decorate)
    wide = [Frame(50, height - 170, width - 100, 110), *(Frame(50 + n * (third + 20), 70, third, height - 250) for n in range(3))]
    document = BaseDocTemplate(str(path), pagesize=landscape(A4), pageTemplates=[two, PageTemplate("three", wide, onPage=decorate)])
    chinese = [
        Paragraph(
            f"潮汐群岛的第{n}座电站于203{n}年建成，装机容量为{40 + 7 * n}兆瓦，"
            f"每年供电给{2 + n}万户居民，并为附近的船坞和灯塔提供照明用电。",
            _SONG,
        )
        for n in range(1, 8)
    ]
    english = [
        Paragraph(
            f"Power station {n} of the Tide Islands was finished in 203{n}. Its capacity is {40 + 7 * n} MW, and it supplies {2 + n}0,000 "
            f"households a year, as well as light for the docks and lighthouses near by"
            + ("<super size=5>3</super>." if n == 1 else "<super size=5>4</super>." if n == 2 else "."),
            _SANS,
        )
        for n in range(1, 8)
    ]
    columns = [
        [Paragraph(f"In {place}, {100 + n} of the docks use tidal power, and the others will follow in the winter of 2034.", _SANS)
         for n in range(k, k + 5)]
        for k, place in ((1, "Heron"), (11, "Gannet"), (21, "Curlew"))
    ]  # fmt: skip
    document.build(
        [
            Paragraph("潮汐能", _LARGE_SONG), *chinese, FrameBreak(), Paragraph("Tidal energy", _LARGE), *english,
            NextPageTemplate("three"), PageBreak(),
            Paragraph("Summary of all islands", _LARGE),
            Paragraph("Docks on all three islands have begun to use tidal power, as is told for each of them in three columns.", _SANS),
            FrameBreak(), *columns[0], FrameBreak(), *columns[1], FrameBreak(), *columns[2],
            NextPageTemplate("two"), PageBreak(),
            Paragraph("灯塔", _LARGE_SONG), *chinese[:3], FrameBreak(), Paragraph("Lighthouses", _LARGE), *english[2:5],
        ]
    )  # fmt: skip
    return path
