"""Answers without a language model: the document's own statements that answer the question, or a refusal."""

from gbaqa.answering.answer import Answer, Citation
from gbaqa.answering.answerability import AnswerabilityJudge, Judgement
from gbaqa.answering.citations import Citer, passage
from gbaqa.answering.indicators import CityBoard, comparison_text
from gbaqa.answering.phrases import MISSING, NEAREST, NOT_STATED, ONLY_OTHER_LANGUAGE
from gbaqa.answering.selection import Selector
from gbaqa.answering.sources import source_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.places import CITIES, place_forms
from gbaqa.language.script import Script, to_hong_kong
from gbaqa.retrieval.evidence import Evidence, EvidenceRanker
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit

_ROW_KINDS = ("row", "figure")


class ExtractiveAnswerer:
    """Composes short answers from the best-supported statements of the ranked chunks."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._citer = Citer(index)
        self._selector = Selector(index, ranker)
        self._judge = AnswerabilityJudge(index, ranker)
        self._board = CityBoard.from_index(index)

    def answer(self, question: Question, hits: list[Hit], evidence: list[Evidence]) -> Answer:
        """Answer from ranked evidence, or refuse. `elapsed_ms` is left to the caller."""
        if (comparison := self._board.answer(question)) is not None:
            rows = [cell.row for cell in comparison.cells]
            return self._answered(question, hits, rows, self._cite(question, rows), comparison_text(comparison, question.script), 0.95)
        judgement = self._judge.judge(question, evidence)
        if judgement.refused:
            return self._refuse(question, hits, judgement)
        certainty = round(1 - judgement.unanswerable, 3)
        if question.kind == "source" and (source := source_of(self._index, evidence, question.script)) is not None:
            document = self._index.statements[source.row][0].document
            notes = [self._citer.cite_note(document, note, mark, question.language) for mark, note in enumerate(source.notes, 2)]
            citations = [*self._cite(question, [source.row]), *notes]
            return self._answered(question, hits, [source.row], citations, source.sentence, certainty)
        rows = self._selector.choose(question, evidence)
        citations = self._cite(question, rows)
        return self._answered(question, hits, rows, citations, self._prose(question, rows, citations), certainty)

    def _cite(self, question: Question, rows: list[int]) -> list[Citation]:
        return [self._citer.cite(row, mark, question.language) for mark, row in enumerate(rows, 1)]

    def _prose(self, question: Question, rows: list[int], citations: list[Citation]) -> str:
        """The statements with their marks, in the question's script; items of a list on lines of their own."""
        pieces = [f"{self._readable(question, row)}[{citation.mark}]" for row, citation in zip(rows, citations, strict=True)]
        listed = [self._kind(row) in (*_ROW_KINDS, "item") for row in rows]
        if sum(listed) > 1 and question.kind in ("list", "comparison"):
            text = "\n".join(f"- {piece}" if is_item else piece for piece, is_item in zip(pieces, listed, strict=True))
        else:
            text = " ".join(pieces) if question.language == "en" else "".join(pieces)
        if citations[0].language != question.language:
            return f"{ONLY_OTHER_LANGUAGE[question.script]} {text}"
        return text

    def _readable(self, question: Question, row: int) -> str:
        """A statement as an answer says it: rows and figures under the heading that says what they are of."""
        chunk, statement = self._index.statements[row]
        text = statement.text
        if self._kind(row) in _ROW_KINDS and chunk.section:
            text = f"{chunk.section[-1]}{'：' if chunk.language == 'zh' else ': '}{text.replace(' | ', ' – ', 1).replace(' | ', '; ')}"
        if question.script == "zh-Hant" and chunk.language == "zh":
            return to_hong_kong(text)
        return text

    def _kind(self, row: int) -> str:
        chunk, statement = self._index.statements[row]
        return self._index.documents[chunk.document].blocks[statement.block].kind

    def _refuse(self, question: Question, hits: list[Hit], judgement: Judgement) -> Answer:
        lines = [NOT_STATED[question.script]]
        if judgement.missing:
            lines.append(MISSING[question.script].format(missing=_named(judgement.missing, question.script)))
        nearest = next((hit.chunk for hit in hits if hit.chunk.language == question.language and hit.chunk.section), None)
        if nearest and nearest.pages:
            section = nearest.section[-1]
            section = to_hong_kong(section) if question.script == "zh-Hant" else section
            lines.append(NEAREST[question.script].format(page=nearest.pages[0], section=section))
        return Answer(
            question=question.text,
            language=question.script,
            status="refused",
            answer=(" " if question.language == "en" else "").join(lines),
            confidence=round(judgement.unanswerable, 3),
            passages=[passage(hit) for hit in hits],
        )

    def _answered(
        self, question: Question, hits: list[Hit], rows: list[int], citations: list[Citation], text: str, certainty: float
    ) -> Answer:
        """An answer; the passages it rests on come first among those shown."""
        cited = list(dict.fromkeys(self._index.statements[row][0].id for row in rows))
        shown = sorted(hits, key=lambda hit: cited.index(hit.chunk.id) if hit.chunk.id in cited else len(cited))
        return Answer(
            question=question.text,
            language=question.script,
            status="answered",
            answer=text,
            confidence=certainty,
            citations=citations,
            passages=[passage(hit) for hit in shown],
        )


def _named(parts: tuple[str, ...], script: Script) -> str:
    """Places and years in the asker's script."""
    if script == "en":
        return ", ".join(parts)
    chinese = "、".join(place_forms(part)[1][0] if part in CITIES else part for part in parts)
    return to_hong_kong(chinese) if script == "zh-Hant" else chinese
