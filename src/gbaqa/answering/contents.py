"""What the pages and the headings of the documents tell by themselves: what stands on a page, how far they go, which chapters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from gbaqa.answering import place_wording as wording
from gbaqa.answering.excerpts import clipped
from gbaqa.answering.wording import ROW_KINDS, block_kind, readable
from gbaqa.corpus.document import Document
from gbaqa.index.navigation import in_language, twin_of, with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language
from gbaqa.retrieval.outline import Outline, Section
from gbaqa.retrieval.question import Question

_FEWEST_LINES, _MOST_LINES = 4, 10  # of a page, where it has so much text
_MOST_CHAPTERS = 40
MOST_DOCUMENTS = 12  # that are told of one by one, or searched for a place
_LONGEST_LINE: dict[Language, int] = {"en": 160, "zh": 80}  # characters of a statement in a list


@dataclass(slots=True)
class Told:
    """Where something is: the text with its marks and the rows they cite, in order. Without rows it is a refusal."""

    certainty: float
    text: str = ""
    rows: list[int] = field(default_factory=list)

    def mark(self, *rows: int) -> str:
        """The marks that cite these rows."""
        for row in rows:
            if row not in self.rows:
                self.rows.append(row)
        return "".join(f"[{self.rows.index(row) + 1}]" for row in dict.fromkeys(rows))


class Contents:
    """Tells what the pages and headings of an index's documents hold."""

    def __init__(self, index: SearchIndex, outline: Outline) -> None:
        self._index = index
        self._outline = outline

    def on_page(self, label: str, question: Question, told: Told) -> str:
        """What stands on the pages with that label: a line for each heading, with the first statements under it."""
        language = question.language
        lines: list[str] = []
        told_of = 0
        for number, document in enumerate(self._index.documents.values()):
            labelled = [at for at, page in enumerate(document.pages) if page.label == label]
            rows = self._index.columns.rows_on(number, labelled)
            told_of += bool(rows)
            if rows and told_of <= MOST_DOCUMENTS:
                pages = self._pages_of_rows(document, rows, language)
                lines.append(self._title(document, language, before=pages) + wording.COLON[language].rstrip())
                lines += [f"- {self._line(row, question)}{told.mark(row)}" for row in self._telling(rows, language)]
        no_text = wording.NO_SUCH_PAGE[language].format(page=wording.numbered(label, language))
        return "\n".join([*lines, *_left_out_of(told_of, language)]) or no_text

    def _telling(self, rows: Sequence[int], language: Language) -> list[int]:
        """The rows of a page that tell what it is about: the first ones under each heading that the asker can read."""
        under: dict[Section | None, list[int]] = {}
        for row in [row for row in rows if block_kind(self._index, row) != "source"] or rows:
            under.setdefault(self._outline.section_of(row), []).append(row)
        each = max(1, _FEWEST_LINES // max(len(under), 1))
        chosen = [row for of_section in under.values() for row in self._readable_first(of_section, language)[:each]]
        return sorted(chosen[:_MOST_LINES])

    def _readable_first(self, rows: Sequence[int], language: Language) -> list[int]:
        return sorted(rows, key=lambda row: self._index.statements[row][0].language != language and twin_of(self._index, row) is None)

    def _line(self, row: int, question: Question) -> str:
        """A heading with the first statement under it, in the asker's language where it has a twin."""
        language = question.language
        shown = in_language(self._index, row, language)
        section = self._outline.section_of(shown)
        text = clipped(readable(self._index, shown, question.script), _LONGEST_LINE[self._index.statements[shown][0].language])
        if section is None or block_kind(self._index, shown) in ROW_KINDS:
            return text  # a row is worded under its heading
        return f"{wording.quoted(section.heading, question.script)}{wording.COLON[language]}{text}"

    def how_far(self, question: Question, told: Told) -> str:
        """From which page to which each document goes."""
        language = question.language
        lines = []
        columns = self._index.columns
        for number, document in enumerate(islice(self._index.documents.values(), MOST_DOCUMENTS)):
            first_of: dict[str, int] = {}
            rows = columns.rows_of(number)
            for row, page in zip(rows.tolist(), columns.page[rows].tolist(), strict=True):
                if page >= 0:
                    first_of.setdefault(document.pages[page].label, row)
            labels = [one.label for one in document.pages if one.label in first_of]
            if not labels:
                continue
            first, last = (wording.page(document, labels[end], language) for end in (0, -1))
            text = wording.PAGES[language].format(first=first, last=last) + self._left_out(labels, language)
            lines.append(self._title(document, language, before=text) + told.mark(first_of[labels[0]], first_of[labels[-1]]))
        more = _left_out_of(len(self._index.documents), language) if lines else []
        return "\n".join([*lines, *more]) or wording.NO_PAGES[language]

    @staticmethod
    def _left_out(labels: Sequence[str], language: Language) -> str:
        """Which pages are not among them, as far as they are numbered."""
        numbers = {int(label) for label in labels if label.isdigit()}
        missing = [number for number in range(min(numbers, default=0), max(numbers, default=0)) if number not in numbers]
        named = [wording.numbered(str(number), language) for number in missing]
        return wording.WITHOUT[language].format(pages=wording.BETWEEN[language].join(named)) if named else ""

    def all_chapters(self, question: Question, told: Told) -> str:
        """The chapters of each document, in the asker's language where it has any, with their pages."""
        language = question.language
        lines = []
        for document in islice(self._index.documents.values(), MOST_DOCUMENTS):
            every = self._outline.of(document.id).chapters
            own = [chapter for chapter in every if chapter.language == language] or every
            if own:
                lead = wording.CHAPTERS[language].format(count=wording.number(len(own), language))
                lines.append(self._title(document, language, before=lead))
            for chapter in own[:_MOST_CHAPTERS]:
                lines.append(f"- {chapter.heading}{wording.COLON[language]}{self.pages_of(chapter, language)}{told.mark(chapter.rows[0])}")
        more = _left_out_of(len(self._index.documents), language) if lines else []
        return "\n".join([*lines, *more]) or wording.NO_SUCH_CHAPTER[language]

    def _title(self, document: Document, language: Language, *, before: str) -> str:
        """A line about a document, which names it only where there are several."""
        if len(self._index.documents) == 1:
            return before
        return f"{document.title_in(language)}{wording.COLON[language]}{before}"

    def pages_of(self, section: Section, language: Language) -> str:
        """The pages of a section in both languages, worded in one."""
        document = self._index.documents[section.document]
        if section.other is None:
            return self._pages_of_rows(document, section.rows, language)
        return wording.in_both(document, {one.language: one.pages for one in (section, section.other)}, language)

    def _pages_of_rows(self, document: Document, rows: Sequence[int], language: Language) -> str:
        """The page of rows, and those of most of their twins."""
        by_language: dict[Language, list[int]] = {}
        for row in rows:
            for one in with_twin(self._index, row):
                by_language.setdefault(self._index.statements[one][0].language, []).append(one)
        pages = {of: self._outline.pages_of(document.id, those) for of, those in by_language.items()}
        return wording.in_both(document, pages, language)


def _left_out_of(documents: int, language: Language) -> list[str]:
    """A line that not all of so many documents are told of, where they are too many."""
    return [wording.NOT_ALL[language]] if documents > MOST_DOCUMENTS else []
