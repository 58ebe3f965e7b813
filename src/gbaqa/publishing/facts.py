"""Facts: what quotes state in numbers, each with its unit, period, place and source, as rows of a table.

A fact is read from its quote, and what the quote leaves open from where it stands: the headings above it, and the year
that the rest of its section names. What neither says stays empty.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import accumulate, groupby, pairwise
from operator import itemgetter, or_

from gbaqa.answering.answer import Citation
from gbaqa.corpus.document import Document
from gbaqa.language.dates import Date, dates
from gbaqa.language.periods import years
from gbaqa.language.places import place_forms, places
from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import Script, clean, to_hong_kong
from gbaqa.language.segment import Span
from gbaqa.publishing.references import place_of, place_of_twin
from gbaqa.publishing.wording import WORDING
from gbaqa.publishing.works import printable, web_address, work_of

_CLAUSE_END = re.compile(r"[，；。！？]|[,;](?=\s)|[.!?](?=\s|$)")
_COMPARED_WITH = re.compile(r"(?:\b(?:compared (?:with|to)|than|versus|relative to)\b|[较較比])[^,，;；。]{0,40}$", re.IGNORECASE)
_LONGEST_COMPARISON = 60  # characters, a few more than the pattern can take
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
    quote = _Quote(citation, documents.get(citation.document), script)
    of_each = _fact_without_number(citation, documents, script)
    stated: list[Quantity | None] = [quantity for quantity in stated_quantities(quote.text) if not _is_way_of_speaking(quantity)]
    return [_fact(quantity, quote, of_each) for quantity in stated or [None]]


def _fact(quantity: Quantity | None, quote: "_Quote", of_each: Fact) -> Fact:
    value, unit = _measure(quantity) if quantity else (None, "")
    span = quantity.span if quantity else (0, len(quote.text))
    return replace(
        of_each,
        value=value,
        unit=unit,
        as_written=printable(quantity.wording or quantity.text) if quantity else "",
        period=quote.period(span),
        place=quote.place(span),
    )


def _fact_without_number(citation: Citation, documents: Mapping[str, Document], script: Script) -> Fact:
    """What all facts of a citation have in common."""
    twin = citation.twin
    disagreement = (twin.disagreement or WORDING[script].differs) if twin and not twin.agrees else ""
    return Fact(
        value=None,
        unit="",
        as_written="",
        period="",
        place="",
        quote=printable(citation.quote),
        document=work_of(citation, documents, script).title,
        page=_page(citation, script),
        notes=tuple(str(note.number) for note in citation.footnotes),
        sources=tuple(printable(note.text) for note in citation.footnotes),
        urls=tuple(web_address(note.url) or "" for note in citation.footnotes),
        twin_page=_page_of_twin(citation, script),
        disagreement=printable(disagreement),
    )


def _page(citation: Citation, script: Script) -> str:
    is_plain = citation.page and citation.page_certain and not citation.is_digest
    return printable(citation.page or "") if is_plain else place_of(citation, script)


def _page_of_twin(citation: Citation, script: Script) -> str:
    if citation.twin is None or citation.is_digest:
        return place_of_twin(citation, script)
    return printable(citation.twin.page or "")


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


def _in_script(name: str, script: Script) -> str:
    if script == "en":
        return name
    chinese = place_forms(name)[1][0]
    return to_hong_kong(chinese) if script == "zh-Hant" else chinese


class _Quote:
    """The words of a quote, with the period and the place of what stands in them.

    Dates, clauses and their places are read once for all figures of the quote: whoever sends one of any length gets its
    facts in a time in proportion to it.
    """

    def __init__(self, citation: Citation, document: Document | None, script: Script) -> None:
        self.text = clean(printable(citation.quote))
        self._citation, self._document, self._script = citation, document, script
        self._clause_ends = [0, *(match.end() for match in _CLAUSE_END.finditer(self.text))]
        named = [date for date in dates(self.text) if not _is_compared_with(date, self.text)]
        # Both ends of a range were read from the same words.
        self._periods = [(span[0], _joined_dates(ends)) for span, ends in groupby(named, key=lambda date: date.span)]
        self._places: dict[Span, str] = {}  # by clause

    def period(self, span: Span) -> str:
        """The period of what stands at `span`, else that of the section."""
        return self._stated_period(span) or self._period_of_section

    def place(self, span: Span) -> str:
        """The place of what stands at `span`, which is the same for all of a clause."""
        clause = self._clause(span)
        if clause not in self._places:
            self._places[clause] = self._place_of(clause)
        return self._places[clause]

    def _clause(self, span: Span) -> Span:
        """The clause that a span stands in."""
        ends = self._clause_ends
        end = bisect_left(ends, span[1])
        return ends[bisect_right(ends, span[0]) - 1], ends[end] if end < len(ends) else len(self.text)

    def _stated_period(self, span: Span) -> str:
        """The date of its clause, else the last one before it, else the first one after."""
        if not self._periods:
            return ""
        start, end = self._clause(span)
        last = self._last_before(end)
        if last is None or self._periods[last][0] < start:
            last = self._last_before(span[0])
        return self._periods[last or 0][1]

    def _last_before(self, position: int) -> int | None:
        """Which date is the last one that begins before a position."""
        return bisect_left(self._periods, position, key=itemgetter(0)) - 1 if self._periods[0][0] < position else None

    @cached_property
    def _period_of_section(self) -> str:
        return _period_of_section(self._citation, self._document)

    def _place_of(self, clause: Span) -> str:
        """The place of a clause, else of what stands before it, else of the whole quote, else of the one heading that names one."""
        start, end = clause
        named = places(self._without_currencies[start:end]) or self._named_before[start] or places(self._without_currencies)
        if not named:
            headings = map(printable, reversed(self._citation.section))
            named = next((found for heading in headings if len(found := places(heading)) == 1), named)
        return "; ".join(sorted(_in_script(name, self._script) for name in named))

    @cached_property
    def _without_currencies(self) -> str:
        return _CURRENCY.sub(lambda match: " " * len(match.group()), self.text)

    @cached_property
    def _named_before(self) -> dict[int, frozenset[str]]:
        """The places named before the end of each clause. No name goes on from one clause to the next."""
        clauses = (places(self._without_currencies[start:end]) for start, end in pairwise(self._clause_ends))
        return dict(zip(self._clause_ends, accumulate(clauses, or_, initial=frozenset[str]()), strict=True))


def _is_compared_with(date: Date, text: str) -> bool:
    """Whether something is only compared with a date, which is not its period then."""
    start = date.span[0]
    return _COMPARED_WITH.search(text, max(0, start - _LONGEST_COMPARISON), start) is not None


def _joined_dates(ends: Iterable[Date]) -> str:
    return "/".join(dict.fromkeys(map(_written, ends)))
