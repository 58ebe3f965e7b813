"""Answers about the last answer: where it comes from, on which pages it stands, and what to say where there is none."""

import re
from collections.abc import Sequence

import numpy as np

from gbaqa.answering.answer import Answer, Citation
from gbaqa.answering.citations import Citer
from gbaqa.answering.page_wording import page_as_word
from gbaqa.answering.phrases import LISTING, VERSION
from gbaqa.answering.sources import NamedSource, introduction, note_in_words, source_of
from gbaqa.corpus.document import Note
from gbaqa.index.columns import text_key
from gbaqa.index.navigation import all_in_language, in_language, twin_of, with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language, Script, language_of_script
from gbaqa.language.segment import leads_on
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.requests import Request

_MOST_SOURCES = 4
_MOST_TRANSLATED = 8  # rows: more are no answer any more

_NEXT: dict[Script, str] = {"en": "; ", "zh-Hans": "；", "zh-Hant": "；"}
_SOURCE_LINE = re.compile(r"^(?:Source: |来源：|來源：)|\[1\]$")
_NO_PAGE: dict[Script, str] = {
    "en": "The document has no printed page numbers there.",
    "zh-Hans": "该处没有印刷页码。",
    "zh-Hant": "該處沒有印刷頁碼。",
}
_NO_SOURCE: dict[Script, str] = {
    "en": "The paper names no source there; it is its own statement.",
    "zh-Hans": "文中此处没有注明来源。",
    "zh-Hant": "文中此處沒有註明來源。",
}
_NOTHING_BEFORE: dict[Script, str] = {
    "en": "There is no answer before this to speak of. Ask a question first.",
    "zh-Hans": "前面还没有可供说明的回答，请先提问。",
    "zh-Hant": "前面還沒有可供說明的回答，請先提問。",
}
_NO_ANSWER: dict[Script, str] = {
    "en": "The paper does not answer the last question, so it has no page and no source to give.",
    "zh-Hans": "文中没有回答上一个问题，因此没有页码或出处可给。",
    "zh-Hant": "文中沒有回答上一個問題，因此沒有頁碼或出處可給。",
}
_NO_MORE: dict[Script, str] = {
    "en": "The paper says no more about it.",
    "zh-Hans": "关于这一点，文中没有更多内容。",
    "zh-Hant": "關於這一點，文中沒有更多內容。",
}
_NO_REASON: dict[Script, str] = {
    "en": "The paper gives no reason there.",
    "zh-Hans": "文中此处没有说明原因。",
    "zh-Hant": "文中此處沒有說明原因。",
}
_WELCOME: dict[Script, str] = {"en": "You're welcome.", "zh-Hans": "不客气。", "zh-Hant": "不客氣。"}
_HELLO: dict[Script, str] = {
    "en": "Hello. What would you like to know from the paper?",
    "zh-Hans": "你好。想了解文中的什么内容？",
    "zh-Hant": "你好。想了解文中的甚麼內容？",
}


class LastAnswer:
    """What the last answer of a conversation rests on, and what can be said of it without asking again."""

    def __init__(self, index: SearchIndex, citer: Citer | None = None) -> None:
        self._index = index
        self._citer = citer or Citer(index)

    def rows(self, answer: Answer) -> list[int]:
        """The rows of the index that an answer cites, in its order; notes that it cites are none."""
        found = []
        for citation in answer.citations:
            rows = self._rows_of(citation.document, citation.quote)
            found += [row for row in rows if self._index.statements[row][1].page == (citation.page or "")][:1] or rows[:1]
        return list(dict.fromkeys(found))

    def _rows_of(self, document: str, quote: str) -> list[int]:
        """The rows of a document that read so, in order."""
        alike = np.flatnonzero(self._index.columns.text == text_key(document, quote)).tolist()
        statements = self._index.statements
        return [row for row in alike if statements[row][0].document == document and statements[row][1].text == quote]

    def twins(self, rows: Sequence[int], language: Language) -> list[int]:
        """The rows in a language: those in another one give way to their twins, where they have any."""
        return [in_language(self._index, row, language) for row in rows]

    def translated(self, rows: Sequence[int], language: Language, ranked: Sequence[Evidence]) -> list[int]:
        """The rows in a language: those in another one give way to all that say the same; of too many, to the best ranked."""
        of_each = [all_in_language(self._index, row, language) for row in rows]
        said = list(dict.fromkeys(row for own in of_each for row in own))
        rank = {found.row: at for at, found in enumerate(ranked)}
        by_rank = sorted(said, key=lambda row: rank.get(row, len(rank)))
        best_of_each = {min(own, key=by_rank.index) for own in of_each}
        others = [row for row in by_rank if row not in best_of_each]
        kept = best_of_each | set(others[: max(0, _MOST_TRANSLATED - len(best_of_each))])
        return [row for row in said if row in kept]

    def with_twins(self, rows: Sequence[int]) -> list[int]:
        """The rows and their twins."""
        return [*rows, *(twin for row in rows if (twin := twin_of(self._index, row)) is not None)]

    def item(self, rows: Sequence[int], place: int) -> str | None:
        """The item of a list that an answer gave, by its place (-1: the last); None if it gave no such list."""
        texts = [self._index.statements[row][1].text for row in rows]
        items = [text for text in texts if not leads_on(text) or len(texts) == 1]
        return items[place] if len(items) > 1 and place < len(items) else None

    def about(self, rows: Sequence[int], words: Sequence[str]) -> list[int]:
        """The rows that say most of the words ("the source for the exports"); all of them where none says any."""
        if not words:
            return list(rows)
        said = {row: len(set(words) & self._terms_of(row)) for row in rows}
        best = max(said.values())
        return [row for row in rows if said[row] == best]

    def _terms_of(self, row: int) -> frozenset[str]:
        """The words of a statement and, where it has one, of its twin."""
        return frozenset().union(*(self._index.terms[each] for each in with_twin(self._index, row)))

    def sources(self, rows: Sequence[int], question: str, script: Script) -> Answer:
        """The notes or source lines behind the rows."""
        language = language_of_script(script)
        shown = self.twins(rows, language)[:_MOST_SOURCES]
        told: dict[str, tuple[int, NamedSource, Note | None]] = {}  # each source once, with the first row that has it
        for row in shown:
            if (source := self._source(row, script)) is None:
                continue
            if not source.notes:  # a source line under a table
                told.setdefault(_SOURCE_LINE.sub("", source.sentence), (row, source, None))
            for note in source.notes:
                told.setdefault(note_in_words(note, script), (row, source, note))
        if not told:
            return _answer(question, script, f"{_NO_SOURCE[script]}[1]", [self._citer.cite(shown[0], 1, script)])
        rows_told = list(dict.fromkeys(row for row, _, _ in told.values()))
        citations = [self._citer.cite(row, mark, script) for mark, row in enumerate(rows_told, 1)]
        pieces: list[str] = []
        for named, (row, source, noted) in told.items():
            mark, own = rows_told.index(row) + 1, len(citations) + 1
            document = citations[mark - 1].document
            citations.append(
                self._citer.cite(source.row, own, script) if noted is None else self._citer.cite_note(document, noted, own, language)
            )
            pieces.append(f"{named}[{mark}][{own}]")
        notes = [note for _, _, note in told.values() if note is not None]
        return _answer(question, script, introduction(notes, script) + _NEXT[script].join(pieces), citations)

    def pages(self, rows: Sequence[int], question: str, script: Script) -> Answer:
        """The printed pages of the rows, in both languages where the document has both."""
        language = language_of_script(script)
        citations = [self._citer.cite(row, mark, script) for mark, row in enumerate(self.twins(rows, language), 1)]
        marks: dict[str, list[int]] = {}
        for citation in citations:
            if place := _places(citation, script):
                marks.setdefault(place, []).append(citation.mark)
        if not marks:
            return _answer(question, script, f"{_NO_PAGE[script]}[1]", citations[:1])
        return _answer(
            question, script, _NEXT[script].join(place + "".join(f"[{mark}]" for mark in of) for place, of in marks.items()), citations
        )

    def _source(self, row: int, script: Script) -> NamedSource | None:
        """The source of a row: its own, else the next one named in its paragraph or table, else that of its twin."""
        row, *twin = with_twin(self._index, row)
        for candidate in (row, *self._after_in_block(row), *twin):
            chunk, statement = self._index.statements[candidate]
            if (source := source_of(self._index, [Evidence(candidate, chunk, statement, (), 0.0)], script)) is not None:
                return source
        return None

    def _after_in_block(self, row: int) -> list[int]:
        chunk, statement = self._index.statements[row]
        following = []
        for other in range(row + 1, len(self._index.statements)):
            other_chunk, other_statement = self._index.statements[other]
            if (other_chunk.document, other_statement.block) != (chunk.document, statement.block):
                break
            following.append(other)
        return following

    def _language(self, row: int) -> Language:
        return self._index.statements[row][0].language


def small_talk(request: Request, question: str, script: Script) -> Answer:
    """A greeting or thanks answered."""
    return _answer(question, script, (_WELCOME if request == "thanks" else _HELLO)[script], [])


def says_nothing(answer: Answer) -> bool:
    """Whether an answer came without a look into the paper: small talk, or nothing to say about the answer before it."""
    return not answer.citations and not answer.passages


def nothing_to_say(request: Request | None, question: str, script: Script, *, asked_before: bool) -> Answer:
    """The refusal of a request about an answer that is not there."""
    missing = {"more": _NO_MORE, "why": _NO_REASON} if asked_before and request else {}
    said = missing.get(str(request), _NO_ANSWER if asked_before else _NOTHING_BEFORE)
    return Answer(question=question, language=script, status="refused", answer=said[script], confidence=1.0)


def _places(citation: Citation, script: Script) -> str:
    """Where a citation and its twin are printed: "p17 (English), p15 (Chinese)"; empty without a page."""
    both = [(citation.language, citation.page)]
    if citation.twin:
        both.append((citation.twin.language, citation.twin.page))
    certain = citation.page_certain
    printed = [VERSION[script][language].format(page=page_as_word(script, page, certain=certain)) for language, page in both if page]
    return LISTING[script].join(printed)


def _answer(question: str, script: Script, text: str, citations: list[Citation]) -> Answer:
    return Answer(question=question, language=script, status="answered", answer=text, confidence=1.0, citations=citations)
