"""What a sentence may rest on: the words, figures, dates and names of some statements and of their twins."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from gbaqa.index.navigation import with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.dates import Date, dates
from gbaqa.language.meanings import with_concepts
from gbaqa.language.places import places
from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import clean, to_simplified

_DIGITS = re.compile(r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")


def digits_in(text: str) -> frozenset[str]:
    """The figures of a text as written in digits, without thousands separators."""
    return frozenset(found.group().replace(",", "") for found in _DIGITS.finditer(unicodedata.normalize("NFKC", text)))


@dataclass(frozen=True)
class Ground:
    """Some statements of an index as evidence.

    Attributes:
        rows: of the statements.
        quotes: their texts and those of their twins, as printed: what a citation shows.
        headings: the headings above them and the titles of their documents. They name what a statement is about, but a
            citation does not quote them, so no figure may rest on them alone.
        with_twins: the rows and those of their twins.
    """

    rows: tuple[int, ...]
    quotes: tuple[str, ...]
    headings: tuple[str, ...]
    with_twins: frozenset[int] = frozenset()

    @classmethod
    def of(cls, index: SearchIndex, rows: tuple[int, ...]) -> "Ground":
        """The ground of the statements in these rows."""
        with_twins = [each for row in rows for each in with_twin(index, row)]
        chunks = [index.statements[row][0] for row in with_twins]
        titles = {title for chunk in chunks for title in index.documents[chunk.document].metadata.title.values()}
        quotes = tuple(index.statements[row][1].text for row in with_twins)
        headings = tuple(dict.fromkeys([*(chunk.context for chunk in chunks), *titles]))
        return cls(rows, quotes, headings, frozenset(with_twins))

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        return tuple(quantity for quote in self.quotes for quantity in stated_quantities(quote))

    @cached_property
    def dates(self) -> tuple[Date, ...]:
        """The dates of the quotes; where these name no year, those of the headings too."""
        quoted = tuple(date for quote in self.quotes for date in dates(quote))
        return quoted if any(date.year for date in quoted) else (*quoted, *(date for heading in self.headings for date in dates(heading)))

    @cached_property
    def places(self) -> frozenset[str]:
        """The places that the quotes name, else those that the headings name: a statement about one place is not about the other."""
        return frozenset().union(*map(places, self.quotes)) or frozenset().union(*map(places, self.headings))

    @cached_property
    def digits(self) -> frozenset[str]:
        return frozenset().union(*map(digits_in, self.quotes))

    @cached_property
    def heading_digits(self) -> frozenset[str]:
        return frozenset().union(*map(digits_in, self.headings))

    @cached_property
    def terms(self) -> frozenset[str]:
        """The words of quotes and headings, and the concepts they stand for."""
        return frozenset().union(*map(_terms, (*self.quotes, *self.headings)))

    @cached_property
    def text(self) -> str:
        """Quotes and headings, in Simplified Chinese and small letters, to look words up in."""
        return to_simplified(clean("\n".join((*self.quotes, *self.headings)))).casefold()


@lru_cache(maxsize=20_000)
def _terms(text: str) -> frozenset[str]:
    return frozenset(with_concepts(text))
