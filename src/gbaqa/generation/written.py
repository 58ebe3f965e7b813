"""An answer as it is written: verified sentences, then what they leave unsaid in the document's own words.

It only ever grows: a text once shown, and the marks in it, stay as they are.
"""

from dataclasses import dataclass

from gbaqa.answering.answer import Answer, Citation
from gbaqa.answering.citations import Citer, passages
from gbaqa.answering.wording import ROW_KINDS, block_kind, readable
from gbaqa.generation.ground import digits_in
from gbaqa.generation.material import Material, Sentence
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import with_concepts
from gbaqa.language.script import Script, count_words, to_hong_kong, to_simplified
from gbaqa.retrieval.evidence import share_said
from gbaqa.retrieval.expected import expected_types, stated_types
from gbaqa.retrieval.question import LONGEST_QUESTION, Question, analyse
from gbaqa.retrieval.ranker import EvidenceRanker

_LONGEST_PROSE = (120, 250)  # English words, Chinese characters
_LONGEST_LIST = (320, 700)
_SAID = 0.6  # share of a statement's words, by rarity, that say it
_MOST_DIFFERENCES = 2
_WORTH_SAYING_ASIDE = 0.6  # as extractive answers have it: how material a difference of what is not said first must be
_STOPS = '.!?。！？…:：;；”’"」』）)'


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    rows: tuple[int, ...]
    is_item: bool = False
    begins_paragraph: bool = False


class WrittenAnswer:
    """The answer to one question while it grows."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker, citer: Citer, material: Material, question: Question) -> None:
        self._index = index
        self._ranker = ranker
        self._citer = citer
        self._material = material
        self._question = question
        self._script: Script = question.script
        self._pieces: list[_Piece] = []
        self._marks: dict[int, int] = {}
        self._citations: list[Citation] = []
        self._said: set[str] = set()

    def add(self, sentence: Sentence, rows: tuple[int, ...]) -> None:
        """Say a verified sentence with the marks of the rows that support it."""
        text = self._in_script(sentence.text)
        if not sentence.is_item and text[-1] not in _STOPS:
            text += "." if self._script == "en" else "。"
        self._append(_Piece(text, rows, sentence.is_item))
        self._said.add(_bare(sentence.text))

    def add_statement(self, row: int) -> None:
        """Say a statement in the document's own words."""
        is_item = self._question.kind in ("list", "comparison") and block_kind(self._index, row) in (*ROW_KINDS, "item")
        self._append(_Piece(readable(self._index, row, self._script), (row,), is_item))

    def add_differences(self) -> None:
        """Say where the other language differs materially from what is cited."""
        found: dict[str, tuple[float, int]] = {}
        for at, row in enumerate(self._marks):
            for one in self._citer.differences.of(row, self._script):
                if at == 0 or one.material >= _WORTH_SAYING_ASIDE:
                    found.setdefault(one.sentence, (one.material, row))
        for sentence, (_, row) in sorted(found.items(), key=lambda item: -item[1][0])[:_MOST_DIFFERENCES]:
            self._append(_Piece(sentence, (row,), begins_paragraph=True))

    def repeats(self, sentence: Sentence) -> bool:
        """Whether a sentence has been said."""
        return _bare(sentence.text) in self._said

    @property
    def is_full(self) -> bool:
        """Whether the answer is as long as one may be."""
        most = _LONGEST_LIST if self._question.kind in ("list", "comparison") else _LONGEST_PROSE
        han, latin = count_words(" ".join(piece.text for piece in self._pieces))
        return han / most[1] + latin / most[0] >= 1

    def unsaid(self) -> list[int]:
        """The statements of the extractive answer that are not said yet, or only in part."""
        prose = "\n".join(piece.text for piece in self._pieces)
        terms, digits = frozenset(with_concepts(to_simplified(prose))), digits_in(prose)
        return [row for row in self._material.rows if not self._is_said(row, terms, digits)]

    def suffices(self) -> bool:
        """Whether what is said answers the question as far as the extractive answer does.

        The best statement is cited, the type of answer that is expected is given, each part has a sentence, and of a list
        every item is said.
        """
        unsaid = self.unsaid()
        if not unsaid:
            return True
        if self._question.kind in ("list", "comparison", "explanation") or self._material.rows[0] in unsaid:
            return False
        prose = "\n".join(piece.text for piece in self._pieces)
        expected = expected_types(self._question.normalized)
        return bool(expected) and expected <= stated_types(prose) and len(self._pieces) >= self._question.parts

    def answer(self, **fields: object) -> Answer:
        """The answer so far."""
        base = self._material.asked.base
        cited = [self._index.statements[row][0].id for row in self._marks]
        hits = sorted(self._material.hits, key=lambda hit: cited.index(hit.chunk.id) if hit.chunk.id in cited else len(cited))
        return base.model_copy(
            update={
                "answer": self._text(),
                "mode": "generative",
                "citations": list(self._citations),
                "passages": passages(self._index, hits),
                **fields,
            }
        )

    def _append(self, piece: _Piece) -> None:
        self._pieces.append(piece)
        for row in piece.rows:
            if row not in self._marks:
                self._marks[row] = len(self._marks) + 1
                self._citations.append(self._citer.cite(row, self._marks[row], self._script))

    def _text(self) -> str:
        text = ""
        before: _Piece | None = None
        for piece in self._pieces:
            marks = "".join(f"[{mark}]" for mark in sorted(self._marks[row] for row in piece.rows))
            if before is not None:
                text += self._joint(before, piece)
            text += f"{'- ' if piece.is_item else ''}{piece.text}{marks}"
            before = piece
        return text

    def _joint(self, before: _Piece, piece: _Piece) -> str:
        if piece.begins_paragraph or before.begins_paragraph:
            return "\n\n"
        if piece.is_item or before.is_item:
            return "\n"
        return " " if self._script == "en" else ""

    def _is_said(self, row: int, terms: frozenset[str], digits: frozenset[str]) -> bool:
        own = self._index.statements[row][1].text
        rarity = self._ranker.rarity_of(analyse(own[:LONGEST_QUESTION])) if any(map(str.isalnum, own)) else {}
        share = share_said(rarity, terms)
        return share >= _SAID and digits_in(own) <= digits

    def _in_script(self, text: str) -> str:
        if self._script == "en":
            return text
        simplified = to_simplified(text)
        return to_hong_kong(simplified) if self._script == "zh-Hant" else simplified


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()
