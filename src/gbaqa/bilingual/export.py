"""Disagreements and glossaries as JSON, CSV, TBX and tables."""

import csv
import io
import xml.etree.ElementTree as ET
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from gbaqa.bilingual.disagreement import Disagreement, Side
from gbaqa.bilingual.glossary import Term

_TBX_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def disagreements_json(found: Sequence[Disagreement]) -> list[dict[str, object]]:
    """A ranked list: {"kind", "material", "zh": {"page", "quote", "value"}, "en": {…}}, a silent side null."""
    return [{"kind": one.kind, "material": one.material, "zh": _side_json(one.zh), "en": _side_json(one.en)} for one in found]


def _side_json(side: Side | None) -> dict[str, object] | None:
    return {"page": side.page, "quote": side.quote, "value": side.value} if side else None


def disagreements_csv(found: Sequence[Disagreement]) -> str:
    """One disagreement a line, under a line of column names."""
    header = ["kind", "material", "zh_page", "zh_value", "zh_quote", "en_page", "en_value", "en_quote"]
    rows = [[one.kind, one.material, *_side_cells(one.zh), *_side_cells(one.en)] for one in found]
    return _csv(header, rows)


def _side_cells(side: Side | None) -> list[str]:
    return [side.page or "", side.value or "", side.quote] if side else ["", "", ""]


def print_disagreements(found: Sequence[Disagreement], console: Console) -> None:
    """A table: kind, both values with their pages, both quotes."""
    table = Table("", "kind", "Chinese", "English", show_lines=True)
    for rank, one in enumerate(found, 1):
        table.add_row(str(rank), f"{one.kind}\n[dim]{one.material:.2f}[/]", _side_text(one.zh), _side_text(one.en))
    console.print(table)


def _side_text(side: Side | None) -> str:
    if side is None:
        return "[dim]–[/]"
    return f"[bold]{escape(side.value or '–')}[/] [dim]p. {escape(side.page or '–')}[/]\n{escape(side.quote)}"


def glossary_json(terms: Sequence[Term]) -> list[dict[str, object]]:
    """One object a term: zh, en (a list), places, sureness, zh_pages, en_pages."""
    return [
        {
            "zh": term.zh,
            "en": list(term.en),
            "places": term.places,
            "sureness": term.sureness,
            "zh_pages": list(term.zh_pages),
            "en_pages": list(term.en_pages),
        }
        for term in terms
    ]


def glossary_csv(terms: Sequence[Term]) -> str:
    """One term a line, under a line of column names; several renderings or pages are parted by semicolons."""
    header = ["zh", "en", "places", "sureness", "zh_pages", "en_pages"]
    rows = [[t.zh, "; ".join(t.en), t.places, t.sureness, "; ".join(t.zh_pages), "; ".join(t.en_pages)] for t in terms]
    return _csv(header, rows)


def glossary_tbx(terms: Sequence[Term]) -> str:
    """TBX-Basic (ISO 30042:2019, DCA style), which translation tools import."""
    root = ET.Element("tbx", {"type": "TBX-Basic", "style": "dca", _TBX_LANGUAGE: "en", "xmlns": "urn:iso:std:iso:30042:ed-2"})
    file_description = ET.SubElement(ET.SubElement(root, "tbxHeader"), "fileDesc")
    source = ET.SubElement(ET.SubElement(file_description, "sourceDesc"), "p")
    source.text = "Mined from aligned passages by gbaqa; to be checked by a person."
    body = ET.SubElement(ET.SubElement(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        concept = ET.SubElement(body, "conceptEntry", {"id": f"c{number}"})
        for language, renderings, pages in (("zh-Hans", (term.zh,), term.zh_pages), ("en", term.en, term.en_pages)):
            section = ET.SubElement(concept, "langSec", {_TBX_LANGUAGE: language})
            for rendering in renderings:
                entry = ET.SubElement(section, "termSec")
                ET.SubElement(entry, "term").text = rendering
                if pages:
                    ET.SubElement(entry, "note").text = f"p. {', '.join(pages)}"
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def print_glossary(terms: Sequence[Term], console: Console) -> None:
    """A table of terms with their pages."""
    table = Table("Chinese", "English", "places", "pages")
    for term in terms:
        pages = f"zh {', '.join(term.zh_pages[:6])}; en {', '.join(term.en_pages[:6])}"
        table.add_row(escape(term.zh), escape(" / ".join(term.en)), str(term.places), f"[dim]{escape(pages)}[/]")
    console.print(table)


def _csv(header: list[str], rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
