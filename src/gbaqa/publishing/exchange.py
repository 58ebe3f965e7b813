"""Works for reference managers: CSL-JSON, BibTeX and RIS."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import rispy

from gbaqa.publishing.references import Reference, place_of
from gbaqa.publishing.works import Work

_CSL_LANGUAGE = {"en": "en", "zh-Hans": "zh-CN", "zh-Hant": "zh-HK"}
_LATEX = str.maketrans(
    {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
    | {character: f"\\{character}" for character in "&%$#_"}
)


class _Ris(rispy.RisWriter):  # type: ignore[misc] # rispy is not typed
    """RIS without the line that counts entries, which not every reader expects."""

    def set_header(self, count: int) -> str:
        return ""


Pages = Mapping[str, Sequence[str]]
"""What is cited of each work, in words, by the work's key."""


def csl_item(work: Work) -> dict[str, Any]:
    """A work as an item of CSL-JSON."""
    item: dict[str, Any] = {"id": work.key, "type": "webpage" if work.is_source else "report", "title": work.title}
    if work.authors:
        item["author"] = [{"literal": name} for name in work.authors]
    if work.year is not None:
        item["issued"] = {"date-parts": [[work.year]]}
    if work.url:
        item["URL"] = work.url
    return item


def pages_of(references: Sequence[Reference]) -> dict[str, list[str]]:
    """The places cited, by the key of their work, each once."""
    found: dict[str, dict[str, None]] = {}
    for reference in references:
        citation, work = reference.citation, reference.work
        if place := place_of(citation, work.script):
            found.setdefault(work.key, {})[place] = None
    return {key: list(places) for key, places in found.items()}


def csl_json(works: Sequence[Work], pages: Pages) -> str:
    """A JSON list of CSL items."""
    items = []
    for work in works:
        note = _note(work, pages)
        items.append(csl_item(work) | {"language": _CSL_LANGUAGE[work.script]} | ({"note": note} if note else {}))
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def bibtex(works: Sequence[Work], pages: Pages) -> str:
    """BibTeX in UTF-8. Names of institutions are braced so that nobody takes them apart; addresses stand as they are."""
    return "\n".join(_bibtex_entry(work, pages) for work in works)


def ris(works: Sequence[Work], pages: Pages) -> str:
    """RIS, as reference managers import it."""
    entries = []
    for work in works:
        entry: dict[str, Any] = {"type_of_reference": "ELEC" if work.is_source else "RPRT", "title": work.title}
        if work.authors:
            entry["authors"] = list(work.authors)
        if work.year is not None:
            entry["year"] = str(work.year)
        if work.url:
            entry["urls"] = [work.url]
        if note := _note(work, pages):
            entry["notes"] = [note]
        entries.append(entry | {"language": _CSL_LANGUAGE[work.script]})
    return str(rispy.dumps(entries, implementation=_Ris))


def _note(work: Work, pages: Pages) -> str:
    """What is cited of a work, and what has to be said of it."""
    cited = ", ".join(pages.get(work.key, ()))
    return " ".join(filter(None, [f"{cited}." if cited else "", work.note]))


def _bibtex_entry(work: Work, pages: Pages) -> str:
    fields = {
        "title": f"{{{_latex(work.title)}}}",
        "author": " and ".join(f"{{{_latex(name)}}}" for name in work.authors),
        "institution": "" if work.is_source else ", ".join(_latex(name) for name in work.authors),
        "year": str(work.year or ""),
        "url": work.url or "",
        "note": _latex(_note(work, pages)),
        "langid": "english" if work.script == "en" else "chinese",
    }
    lines = "".join(f",\n  {name} = {{{value}}}" for name, value in fields.items() if value)
    return f"@{'misc' if work.is_source else 'techreport'}{{{work.key}{lines}\n}}\n"


def _latex(text: str) -> str:
    return text.translate(_LATEX)
