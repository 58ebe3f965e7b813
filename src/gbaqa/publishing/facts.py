"""Facts: what quotes state in numbers, each with its unit, period, place and source, as rows of a table.

A fact is read from its quote, and what the quote leaves open from where it stands: the headings above it, and the year
that the rest of its section names. What neither says stays empty.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gbaqa.answering.answer import Citation
from gbaqa.corpus.document import Document
from gbaqa.language.dates import Date, dates
from gbaqa.language.periods import years
from gbaqa.language.places import place_forms, places
from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import Script, clean, to_hong_kong
from gbaqa.language.segment import Span
from gbaqa.publishing.references import place_in_words
from gbaqa.publishing.wording import WORDING
from gbaqa.publishing.works import printable, web_address, work_of

_CLAUSE_END = re.compile(r"[，；。！？]|[,;](?=\s)|[.!?](?=\s|$)")
_COMPARED_WITH = re.compile(r"(?:\b(?:compared (?:with|to)|than|versus|relative to)\b|[较較比])[^,，;；。]{0,40}$", re.IGNORECASE)
# Names of currencies have places in them that the fact is not about: HK$, 澳门元.
_CURRENCY = re.compile(r"HK\$|MOP\$|港[元币幣]|香港元|澳[门門](?:元|币|幣)|(?:Hong Kong|Singapore) dollars?|Macau patacas?", re.IGNORECASE)
# A quantity's base unit and factor, as the unit it was stated in.
_UNITS = {
    ("m2", 1e6): "km²", ("m2", 1e4): "ha", ("m2", 2000 / 3): "mu", ("m2", 1.0): "m²",
    ("m", 1e3): "km", ("m", 1852.0): "nmi", ("m", 1.0): "m", ("t", 1.0): "t", ("t", 1e-3): "kg",
    ("W", 1e9): "GW", ("W", 1e6): "MW", ("W", 1e3): "kW",
    ("second", 1e-3): "ms", ("second", 1.0): "s", ("second", 60.0): "min", ("second", 3600.0): "h",
    ("day", 1.0): "d", ("day", 7.0): "wk", ("month", 1.0): "mo", ("month", 12.0): "yr", ("times", 1.0): "×",
}  # fmt: skip
_SMALL_COUNT = 10
_SHARES = {"%": "%", "pp": "pp"}
_BARE_YUAN = "元"  # which currency's is not said


@dataclass(frozen=True, slots=True)
class Fact:
    """A number that a quote states, or a quote that states none.

    Attributes:
        value: None where the quote states no number; shares are in per cent.
        unit: a currency's code, "%", "pp" (percentage points), a unit's symbol, or "".
        as_written: the number with its unit as the quote has it, with the words that qualify it ("more than 200").
        period: "2022", "2023-Q1", "2023-05", "2015/2020", or "".
        place: in the table's script, several joined by "; ", or "".
        page, twin_page: the printed label; in words where it is not certain or a digest's. The twin's is where the other
            language says the same, "" where it does not.
        notes, sources, urls: of the notes behind the quote, as many of each.
        disagreement: in what the other language differs, or "".
    """

    value: float | None
    unit: str
    as_written: str
    period: str
    place: str
    quote: str
    document: str
    page: str
    notes: tuple[str, ...]
    sources: tuple[str, ...]
    urls: tuple[str, ...]
    twin_page: str
    disagreement: str


def facts_of(citations: Iterable[Citation], documents: Mapping[str, Document], script: Script) -> list[Fact]:
    """The facts that the quotes of citations state, in their order, none twice."""
    facts = (fact for citation in citations for fact in _facts_of(citation, documents, script))
    return list(dict.fromkeys(facts))


def _facts_of(citation: Citation, documents: Mapping[str, Document], script: Script) -> list[Fact]:
    text = clean(printable(citation.quote))
    stated: list[Quantity | None] = [quantity for quantity in stated_quantities(text) if not _is_way_of_speaking(quantity)]
    document = documents.get(citation.document)
    return [_fact(quantity, text, citation, document, documents, script) for quantity in stated or [None]]


def _fact(
    quantity: Quantity | None, text: str, citation: Citation, document: Document | None, documents: Mapping[str, Document], script: Script
) -> Fact:
    value, unit = _measure(quantity) if quantity else (None, "")
    span = quantity.span if quantity else (0, len(text))
    words = WORDING[script]
    twin = citation.twin
    disagreement = (twin.disagreement or words.differs) if twin and not twin.agrees else ""
    return Fact(
        value=value,
        unit=unit,
        as_written=printable(quantity.wording or quantity.text) if quantity else "",
        period=_period(text, span) or _period_of_section(citation, document),
        place=_place(text, span, [printable(heading) for heading in citation.section], script),
        quote=printable(citation.quote),
        document=work_of(citation, documents, script).title,
        page=_page(citation.page, script, certain=citation.page_certain, sheet=citation.sheet, is_digest=citation.is_digest),
        notes=tuple(str(note.number) for note in citation.footnotes),
        sources=tuple(printable(note.text) for note in citation.footnotes),
        urls=tuple(web_address(note.url) or "" for note in citation.footnotes),
        twin_page=_page(twin.page, script, is_digest=citation.is_digest) if twin else "",
        disagreement=printable(disagreement),
    )


def _page(page: str | None, script: Script, *, certain: bool = True, sheet: int | None = None, is_digest: bool) -> str:
    if page and certain and not is_digest:
        return printable(page)
    return place_in_words(page, script, certain=certain, sheet=sheet, is_digest=is_digest)


def _is_way_of_speaking(quantity: Quantity) -> bool:
    """Ranks, and small counts in words: 两地, "one-stop", "in three respects"."""
    is_small_count = quantity.in_words and quantity.kind == "number" and quantity.value <= _SMALL_COUNT
    return quantity.kind == "rank" or (is_small_count and not quantity.unit and not quantity.currency)


def _measure(quantity: Quantity) -> tuple[float, str]:
    """The value and the unit it is in."""
    if quantity.unit in _SHARES:
        return _rounded(quantity.amount * 100), _SHARES[quantity.unit]
    currency = _BARE_YUAN if quantity.currency == "YUAN" else quantity.currency
    return _rounded(quantity.value), currency or _UNITS.get((quantity.unit, quantity.factor), "")


def _rounded(value: float) -> float:
    """Without what floating point adds to a number that was written in decimals."""
    return float(f"{value:.12g}")


def _period(text: str, span: Span) -> str:
    """The period of what stands at `span`: the date of its clause, else the last one before it, else the first one after.

    A date that something is only compared with is not its period.
    """
    found = [date for date in dates(text) if not _COMPARED_WITH.search(text[: date.span[0]])]
    if not found:
        return ""
    start, end = _clause(text, span)
    inside = [date for date in found if start <= date.span[0] < end]
    before = [date for date in found if date.span[0] < span[0]]
    chosen = inside[-1] if inside else before[-1] if before else found[0]
    ends = [date for date in found if date.span == chosen.span]  # both ends of a range were read from the same words
    return "/".join(dict.fromkeys(map(_written, ends)))


def _written(date: Date) -> str:
    part = date.part.removeprefix("M")
    day = f"{date.day:02}" if date.day else ""
    return "-".join(filter(None, [str(date.year or ""), part, day]))


def _period_of_section(citation: Citation, document: Document | None) -> str:
    """The year of a row or figure that names none: the only one that its section names, as under "data of 2031"."""
    section = tuple(citation.section)
    blocks = [block for block in document.blocks if block.section == section] if document and section else []
    if not any(block.kind in ("row", "figure") and block.text == citation.quote for block in blocks):
        return ""
    named = {year for block in blocks for year in years(f"{block.caption} {block.text}")}
    return named.pop() if len(named) == 1 else ""


def _place(text: str, span: Span, section: Sequence[str], script: Script) -> str:
    """The place of what stands at `span`: that of its clause, else of the text around, else of the one heading that names one."""
    start, end = _clause(text, span)
    text = _CURRENCY.sub(lambda match: " " * len(match.group()), text)
    named = next(filter(None, map(places, (text[start:end], text[: span[0]], text))), frozenset[str]())
    if not named:
        named = next((found for heading in reversed(section) if len(found := places(heading)) == 1), named)
    return "; ".join(sorted(_in_script(name, script) for name in named))


def _in_script(name: str, script: Script) -> str:
    if script == "en":
        return name
    chinese = place_forms(name)[1][0]
    return to_hong_kong(chinese) if script == "zh-Hant" else chinese


def _clause(text: str, span: Span) -> Span:
    """The clause that a span stands in."""
    ends = [match.end() for match in _CLAUSE_END.finditer(text)]
    start = max((end for end in ends if end <= span[0]), default=0)
    return start, min((end for end in ends if end >= span[1]), default=len(text))
