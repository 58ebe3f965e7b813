"""Which statements make up an answer: the best one, and those that belong to it or complete it."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence

from gbaqa.answering.completion import Completer
from gbaqa.answering.lists import ListFinder
from gbaqa.answering.units import UnitFinder
from gbaqa.answering.wording import heading_over
from gbaqa.index.navigation import twin_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.periods import years
from gbaqa.language.places import CITIES, places
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.script import count_as_read, to_simplified
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.expected import expected_types, stated_types
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.kinds import items_asked
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.region_key_figures import asks_of_whole_region, is_of_a_city
from gbaqa.retrieval.sides import sets_beside, spoken_of

# A short answer: what a reader takes in at a glance. Lists may be longer.
_SHORT = (120, 250)  # English words, Chinese characters
_MEDIUM = (150, 330)
_LONG = (320, 700)
_WORTH_SAYING = 0.01  # probability of adding a fact that was asked for
_BESIDE_A_LIST = 4  # times as probable where a whole list is said already
_ONCE_ANSWERED = 3  # times as probable where the best statement already answers a question of one part


class Selector:
    """Chooses the statements of an answer from ranked evidence."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._completer = Completer(index, ranker)
        self._lists = ListFinder(index)
        self._units = UnitFinder(index, self._lists)

    def choose(self, question: Question, evidence: Sequence[Evidence], said: Collection[int] = ()) -> list[int]:
        """Rows of the index in the order in which they are said: the best first, then by their place in the document.

        Nothing is completed by rows that were `said` before.
        """
        best = evidence[0]
        beside = sets_beside(question)
        if question.kind == "list" and not beside and (group := self._lists.list_around(best.row)):
            rank = {found.row: at for at, found in enumerate(evidence)}
            best_first = sorted(group, key=lambda row: rank.get(row, len(rank)))  # of a list too long to be told whole
            listed = sorted(_within([row for row in best_first if not self._is_of_another(row, best.row, question)], self._index, _LONG))
            return [*listed, *sorted(self._completing(question, evidence, listed, _BESIDE_A_LIST * _WORTH_SAYING, _LONG, said))]
        if not beside and (group := self._lists.beginnings_around(best.row, items_asked(question.normalized))):
            listed = sorted({*group, best.row})
            completing = self._completing(question, evidence, listed, _BESIDE_A_LIST * _WORTH_SAYING, _MEDIUM, said)
            return _within([*listed, *completing], self._index, _MEDIUM, together=len(listed))
        # A lead-in or a title says nothing without what it leads to.
        introduced = self._lists.introduced_by(best.row) or self._lists.only_printed_in_the_other_language(best.row)
        most = _MEDIUM if introduced or beside or question.kind in ("list", "comparison") else _SHORT
        rows = [best.row, *introduced, *self._other_sides(question, evidence, beside=beside)]
        is_answered = len(rows) > len(introduced) + 1 if beside else _is_answered(question, best)
        stricter = _ONCE_ANSWERED if is_answered else 1
        completing = self._completing(question, evidence, rows, stricter * _WORTH_SAYING, most, said)
        return _within([*rows, *completing], self._index, most, together=len(rows))

    def _completing(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        rows: Sequence[int],
        probability: float,
        most: tuple[int, int],
        said: Collection[int],
    ) -> list[int]:
        """What completes an answer of some rows with at least that probability, most probable first, within its length."""
        best, added = evidence[0], list[int]()
        for candidate in self._completer.candidates(question, evidence):
            if candidate.probability < probability:
                break
            unit = self._units.unit(candidate.row, {*rows, *added})
            if (
                set(unit) & {*rows, *added, *said}
                or self._is_of_another(candidate.row, best.row, question)
                or self._is_elsewhere(candidate.row, best, question)
            ):
                continue
            if self._says_more(unit, [*rows, *added]) and _share(self._index, [*rows, *added, *unit], most) <= 1:
                added += unit
        return added

    def _other_sides(self, question: Question, evidence: Sequence[Evidence], *, beside: bool) -> list[int]:
        """For each place that a question sets beside another: the first statement that speaks of it, where the best one does not.

        Statements about cities set `beside` each other may say the same of each: "33 unicorns" of one and "22 unicorns" of another.
        """
        best = evidence[0]
        if len(question.places) < 2 or not (beside or question.kind == "comparison" or question.parts > 1):
            return []
        unmet = question.places - spoken_of(best)
        rows: list[int] = []
        for found in evidence[1:]:
            if (
                found.chunk.language == best.chunk.language
                and unmet & spoken_of(found)
                and (beside or self._says_more([found.row], [best.row, *rows]))
            ):
                rows.append(found.row)
                unmet -= spoken_of(found)
        return rows

    def _is_of_another(self, row: int, best: int, question: Question) -> bool:
        """Whether a row of the best row's table is of another year than the question names, or in a group that it does not name.

        Of a group only where it names that of the best row, and where the other language does not put both into one: a cell that spans
        rows is easily read a row too far.
        """
        table = self._index.columns.table
        if row == best or table[best] < 0 or table[row] != table[best] or question.kind == "comparison":
            return False
        dated = [years(self._index.statements[each][1].text) for each in (row, best)]
        if question.years & dated[1] and dated[0] and not question.years & dated[0]:
            return True
        own, named, *firsts = (self._first_cell(each) for each in (row, best, *self._rows_of_table(best)))
        asked = question.normalized.lower()
        stand_in_groups = len(set(firsts)) < len(firsts)
        return stand_in_groups and named in asked and own not in asked and not self._twins_stand_together(row, best)

    def _twins_stand_together(self, row: int, other: int) -> bool:
        """Whether the other language has two rows in one group."""
        one, two = (twin_of(self._index, each) for each in (row, other))
        return one is not None and two is not None and self._first_cell(one) == self._first_cell(two)

    def _is_elsewhere(self, row: int, best: Evidence, question: Question) -> bool:
        """Whether a statement is of another city than the question names: its sales where a figure is asked for, its jobless rate.

        One that names no place is of the city whose chapter it stands in. Where the best statement names another city too, or stands
        under the same heading of another city's chapter, others of that city may follow. No city's follows one of the region.
        """
        chunk, statement = self._index.statements[row]
        if not question.places:
            return asks_of_whole_region(question) and is_of_a_city(chunk, statement)
        if not question.places <= set(CITIES):
            return False
        others = set(CITIES) - question.places - places(best.statement.text)
        if named := places(statement.text):
            return question.kind == "figure" and question.parts == 1 and named | self._places_of_twin(row) <= others
        of_chapter = places(chunk.context) & set(CITIES)
        return len(of_chapter) == 1 and of_chapter <= others and chunk.context != best.chunk.context

    def _places_of_twin(self, row: int) -> frozenset[str]:
        """The places that the same statement names in the other language; of a table's row, those that it is of."""
        twin = twin_of(self._index, row)
        return places(self._first_cell(twin)) if twin is not None else frozenset()

    def _first_cell(self, row: int) -> str:
        return to_simplified(self._index.statements[row][1].text.partition(CELL_SEPARATOR)[0]).lower()

    def _rows_of_table(self, row: int) -> Iterator[int]:
        """The rows of the index that are of the same table, which follow each other."""
        table = self._index.columns.table
        yield from itertools.takewhile(lambda each: table[each] == table[row], range(row, len(table)))
        yield from itertools.takewhile(lambda each: table[each] == table[row], range(row - 1, -1, -1))

    def _says_more(self, unit: Sequence[int], rows: Sequence[int]) -> bool:
        """Whether a statement, with the list that it introduces, adds something to those already chosen."""
        chunk, statement = self._index.statements[unit[0]]
        traits = traits_of(statement.text, chunk.language == "zh")
        if len(unit) == 1 and (traits.is_fragment or traits.is_source_line):
            return False
        terms = frozenset().union(*(self._index.terms[row] for row in unit))
        table = self._index.columns.table
        in_table = table[unit[0]]  # whose rows may differ in a word and a date alone, and be of two things
        figures = (quantity_keys(self._index.statements[row][1].text) for row in rows)
        if in_table >= 0 and quantity_keys(statement.text).difference(*figures):
            return True
        return all((in_table >= 0 and table[other] == in_table) or len(terms - self._index.terms[other]) > len(terms) / 4 for other in rows)


def _is_answered(question: Question, best: Evidence) -> bool:
    """Whether a question of one part gets the type of answer it expects from the best statement alone."""
    expected = expected_types(question.normalized)
    return question.parts == 1 and bool(expected - {"reason"}) and expected <= stated_types(best.statement.text)


def _share(index: SearchIndex, rows: Iterable[int], most: tuple[int, int]) -> float:
    """How much of an answer of that length the statements take; a heading of rows and figures is said once."""
    headings = {heading: None for row in rows if (heading := heading_over(index, row))}
    han, latin = count_as_read("\n".join([*headings, *(index.statements[row][1].text for row in rows)]))
    return latin / most[0] + han / most[1]


def _within(rows: Sequence[int], index: SearchIndex, most: tuple[int, int], together: int = 1) -> list[int]:
    """As many of the rows as an answer may hold, the first always: some that stand together, then the others in reading order.

    Rows of a table that the first one is of come before what stands around it.
    """
    kept: list[int] = []
    for row in dict.fromkeys(rows):
        if not kept or _share(index, [*kept, row], most) <= 1:
            kept.append(row)
    first = [row for row in kept if row in rows[:together]]
    others = sorted(row for row in kept if row not in first)
    table = index.columns.table
    return [*first, *sorted(others, key=lambda row: table[row] < 0 or table[row] != table[kept[0]])]
