"""Questions to begin with, made from what the documents themselves speak of, each asked once to see that it is answered.

Two kinds are made: a comparison of the cities that the documents' tables give figures of, and what the documents say about a
heading, first those whose very words the text uses again and again. A question is shown only if its answer quotes those words
or stands under that heading (or gives those figures), so none leads to a refusal or past its subject.
"""

import atexit
import threading
from collections import Counter
from collections.abc import Iterator
from html import escape
from itertools import islice

from gbaqa.answering.answer import Answer
from gbaqa.answering.city_board import Cell, CityBoard, indicator_name
from gbaqa.assistant import Assistant
from gbaqa.language.indicators import Indicator
from gbaqa.language.places import place_forms
from gbaqa.language.script import Language, Script, language_of_script, script_of_language, to_hong_kong
from gbaqa.web.chat_texts import CHAT_TEXTS

_BLOCKS_LOOKED_THROUGH = 20_000  # of the first documents, some ten reports: each heading is counted in all of their text
_SHOWN = 4
_FROM_HEADINGS = 3
_ASKED_AT_MOST = 12  # headings that are tried in a language
_CITIES_COMPARED = 3
_COMPARED: tuple[Indicator, ...] = ("gdp_per_capita", "gdp", "trade", "population", "area")
# In words, in characters: a heading below the first number names something general, one above the second is a sentence.
_HEADING_LENGTH: dict[Language, tuple[int, int]] = {"en": (3, 6), "zh": (5, 14)}
_ABOUT: dict[Language, str] = {"en": "What does the report say about {subject}?", "zh": "关于{subject}，报告说了什么？"}
_COMPARE: dict[Language, str] = {"en": "Compare the {indicator} of {cities}.", "zh": "比较{cities}的{indicator}。"}
_LANGUAGES: tuple[Language, ...] = ("en", "zh")

_LONGEST_END = 5.0  # seconds that the end of a process waits for it


class Examples:
    """The questions, found beside the server's other work; empty until then."""

    def __init__(self, assistant: Assistant, board: CityBoard) -> None:
        self._assistant = assistant
        self._board = board
        self._found: dict[Language, list[str]] = {language: [] for language in _LANGUAGES}

    def prepare(self) -> threading.Thread:
        """Begin to look for them in a thread, which is returned."""
        thread = threading.Thread(target=self.find, name="example-questions", daemon=True)
        atexit.register(thread.join, _LONGEST_END)  # a process that ends in the middle of the model's threads is aborted
        thread.start()
        return thread

    def find(self) -> None:
        """Look for them now."""
        for language in _LANGUAGES:
            for question in self._answerable(language):
                self._found[language] = [*self._found[language], question]

    def find_anew(self, board: CityBoard) -> None:
        """Look for them in documents that have taken the place of others."""
        self._board = board
        self._found = {language: [] for language in _LANGUAGES}
        self.find()

    def of(self, script: Script) -> list[tuple[Script, str]]:
        """Questions for a reader of that script, each with its own script: one in the other language shows that it may be asked too."""
        own = language_of_script(script)
        other_script: Script = "zh-Hans" if script == "en" else "en"
        foreign = self._found["zh" if own == "en" else "en"][1:2]
        shown = self._found[own][: _SHOWN - len(foreign)]
        return [(script, _written(question, script)) for question in shown] + [(other_script, question) for question in foreign]

    def _answerable(self, language: Language) -> Iterator[str]:
        comparison = self._comparison(language)
        if comparison is not None and self._assistant.ask(comparison).table is not None:
            yield comparison
        found = 0
        for subject in self._subjects(language)[:_ASKED_AT_MOST]:
            question = _ABOUT[language].format(subject=subject)
            if found < _FROM_HEADINGS and _is_about(self._assistant.ask(question), subject):
                found += 1
                yield question

    def _comparison(self, language: Language) -> str | None:
        """The richest cities by an indicator that several have in one currency."""
        for indicator in _COMPARED:
            cells = [cell for (spoken, given, _), cell in self._board.cells.items() if (spoken, given) == (language, indicator)]
            cities = [_city(cell, language) for cell in _of_one_currency(cells)[:_CITIES_COMPARED]]
            if len(cities) > 1:
                name = indicator_name(indicator, script_of_language(language))
                return _COMPARE[language].format(indicator=name, cities=_listed(cities, language))
        return None

    def _subjects(self, language: Language) -> list[str]:
        """Headings, those first whose words the text uses, the specific before the general, of each chapter one before any second."""
        every = (block for document in self._assistant.index.documents.values() for block in document.blocks)
        blocks = [block for block in islice(every, _BLOCKS_LOOKED_THROUGH) if block.language == language]
        text = "\n".join(block.text for block in blocks)
        chapter_of = {block.section[-1]: block.section[0] for block in blocks if block.section and _is_subject(block.section[-1], language)}
        uses = {heading: text.lower().count(heading.lower()) for heading in chapter_of}
        used = sorted(uses, key=lambda heading: (not uses[heading], _is_general(heading, language), -uses[heading]))
        seen: Counter[str] = Counter()
        nth_of_chapter = {}
        for heading in used:
            nth_of_chapter[heading] = seen[chapter_of[heading]]
            seen[chapter_of[heading]] += 1
        ordered = sorted(used, key=lambda heading: (not uses[heading], _is_general(heading, language), nth_of_chapter[heading]))
        return [_as_in_text(heading, text) for heading in ordered]


def examples_html(questions: list[tuple[Script, str]], script: Script) -> str:
    """The questions as buttons that ask them."""
    if not questions:
        return ""
    heading = escape(CHAT_TEXTS[script].examples)
    buttons = "".join(
        f'<li><button type="button" lang="{written}" data-do="submit" data-question="{escape(question)}">{escape(question)}</button></li>'
        for written, question in questions
    )
    return f'<section class="examples" lang="{script}" aria-label="{heading}"><h2>{heading}</h2><ul>{buttons}</ul></section>'


def _is_subject(heading: str, language: Language) -> bool:
    """Whether a heading reads as the subject of a question rather than as a sentence of its own."""
    return _length(heading, language) <= _HEADING_LENGTH[language][1] and not any(
        char.isdigit() or char in ":：,，;；?？" for char in heading
    )


def _is_general(heading: str, language: Language) -> bool:
    return _length(heading, language) < _HEADING_LENGTH[language][0]


def _length(heading: str, language: Language) -> int:
    return len(heading.split()) if language == "en" else len(heading)


def _as_in_text(heading: str, text: str) -> str:
    """A heading without the capital of its first letter, where running text writes it so."""
    lowered = heading[:1].lower() + heading[1:]
    return lowered if text.count(lowered) > text.count(heading) else heading


def _is_about(answer: Answer, subject: str) -> bool:
    """Whether an answer begins with a statement that names the subject, or stands under it."""
    if answer.status == "refused" or not answer.citations:
        return False
    first = answer.citations[0]
    return subject.lower() in first.quote.lower() or subject.lower() in [heading.lower() for heading in first.section]


def _of_one_currency(cells: list[Cell]) -> list[Cell]:
    """The cells of the currency that most are in, the greatest figure first."""
    most = Counter(cell.currency for cell in cells).most_common(1)
    return sorted((cell for cell in cells if cell.currency == most[0][0]), key=lambda cell: -cell.value)


def _city(cell: Cell, language: Language) -> str:
    return cell.city if language == "en" else place_forms(cell.city)[1][0]


def _listed(names: list[str], language: Language) -> str:
    if language == "zh":
        return "、".join(names[:-1]) + "和" + names[-1]
    return ", ".join(names[:-1]) + " and " + names[-1]


def _written(question: str, script: Script) -> str:
    return to_hong_kong(question) if script == "zh-Hant" else question
