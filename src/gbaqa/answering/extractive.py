"""Answers without a language model: the document's own statements that answer the question, or a refusal."""

from dataclasses import replace

from gbaqa.answering.answer import Answer, Citation, Table
from gbaqa.answering.answerability import AnswerabilityJudge, Judgement
from gbaqa.answering.answerability_features import NEARLY_ALL
from gbaqa.answering.bylines import bylines
from gbaqa.answering.citations import Citer, passages, with_cited
from gbaqa.answering.city_board import CityBoard, Comparison, comparison_table, comparison_text
from gbaqa.answering.confidence import Confidence
from gbaqa.answering.counted_of_each import counted_of_each
from gbaqa.answering.growth_table import GrowthTable
from gbaqa.answering.phrases import ONLY_OTHER_LANGUAGE, OTHERWISE, UNSURE
from gbaqa.answering.rankings import TableBoard, ranking_table, ranking_text
from gbaqa.answering.refusal import Refusals
from gbaqa.answering.region_figures import region_figures
from gbaqa.answering.selection import Selector
from gbaqa.answering.sources import NamedSource, source_answer, source_beside
from gbaqa.answering.whereabouts import Whereabouts
from gbaqa.answering.wording import ROW_KINDS, block_kind, laid_out
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Script
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.source_cues import asks_whose

SURE_OF_A_TABLE = 0.95  # the confidence of what indicators of cities or other tables of figures answer
_SURE_OF_COUNTS = 0.85  # of what is counted in the same words of each city, and of the region's key figures
_TOO_UNSURE = 0.25
_ANOTHER_FIGURE = 0.9  # probability of having no answer where the best statement is a key figure of another kind than is asked for
_MOST_DIFFERENCES = 2  # said at the end of an answer
_UNSURE = 0.4  # an answer with less confidence, which is a cautious one, is as often wrong as right, and says so
_WORTH_SAYING_ASIDE = 0.6  # how material a difference must be of what is said beside the best statement


class ExtractiveAnswerer:
    """Composes short answers from the best-supported statements of the ranked chunks.

    Attributes:
        citer: makes its citations; it knows how the two languages of the documents belong together, which takes memory to know twice.
        judge: tells whether there is an answer; another one may take its place.
    """

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self.citer = Citer(index)
        self._selector = Selector(index, ranker)
        self.judge = AnswerabilityJudge(index, ranker)
        self._confidence = Confidence(index, ranker)
        self._whereabouts = Whereabouts(index, ranker)
        self._board = CityBoard.from_index(index)
        self._growth = GrowthTable(index)
        self._ranker = ranker
        self._tables = TableBoard(index)
        self._refusals = Refusals(index)

    def answer(self, question: Question, hits: list[Hit], evidence: list[Evidence], *, completed: bool = False) -> Answer:
        """Answer from ranked evidence, or refuse. `elapsed_ms` is left to the caller.

        A question that the conversation `completed` is about what was spoken of, so it is not refused for want of confidence.
        """
        if (told := self._whereabouts.answer(question, hits, evidence)) is not None:
            shown = self._whereabouts.shown(told, question, hits)
            answer = self._answered(question, shown, told.rows, self._cite(question, told.rows), told.text, told.certainty)
            return answer if told.rows else answer.model_copy(update={"status": "refused"})
        if (read_off := self._read_off(question, hits, evidence, completed=completed)) is not None:
            return read_off
        judgement = self.judge.judge(question, hits, evidence)
        if evidence and self._board.gives_another_figure(question, evidence[0].row):
            judgement = replace(judgement, unanswerable=max(judgement.unanswerable, _ANOTHER_FIGURE), lacks=True)
        if judgement.refused:
            return self._refusals.refuse(question, hits, evidence, judgement)
        if question.kind == "source" and (source := source_answer(self._index, evidence, question)) is not None:
            named = list(source.rows)
            citations = [*self._cite(question, named), *self._cite_notes(source, len(named) + 1, question)]
            text = self._with_differences(question, named, source.sentence)
            return self._answered(question, hits, named, citations, text, self._confidence.of(question, evidence, named, judgement))
        chosen = self._selector.choose(question, evidence)
        certainty = self._confidence.of(question, evidence, chosen, judgement)
        if not completed and _is_of_something_else(certainty, judgement, evidence[0]):
            unanswerable = max(judgement.unanswerable, round(1 - certainty, 3))
            return self._refusals.refuse(question, hits, evidence, replace(judgement, unanswerable=unanswerable))
        rows, citations = list(chosen), self._cite(question, chosen)
        text = self._prose(question, rows, citations)
        if asks_whose(question.normalized) and (beside := source_beside(self._index, rows, question.script)) is not None:
            text = f"{text}\n\n{beside.sentence}"
            if not beside.notes:  # a source line, which is cited as itself
                rows.append(beside.row)
                citations.append(self.citer.cite(beside.row, len(rows), question.script))
            citations += self._cite_notes(beside, len(rows) + 1, question)
        is_denied = judgement.contradicted
        text = _after(OTHERWISE[question.script], text) if is_denied else said_with_care(text, certainty, question.script)
        return self._answered(question, hits, rows, citations, text, certainty)

    def _read_off(self, question: Question, hits: list[Hit], evidence: list[Evidence], *, completed: bool) -> Answer | None:
        """An answer by tables, bylines, counts of each city or key figures of the whole region; None where none of these has it."""
        if (comparison := self._compared(question)) is not None:
            rows, text = [cell.row for cell in comparison.cells], comparison_text(comparison, question.script)
            return self._tabled(question, hits, rows, text, comparison_table(comparison, question.script), SURE_OF_A_TABLE)
        if (ranking := self._tables.answer(question, evidence, self._ranker.rarity_of)) is not None:
            rows, text = [row.row for row in ranking.rows], ranking_text(ranking, question.script)
            return self._tabled(question, hits, rows, text, ranking_table(ranking, question.script), SURE_OF_A_TABLE)
        if signers := bylines(question, hits, self._ranker.signed, self._index):
            text = laid_out(self._index, signers, question.script, as_list=len(signers) > 1)
            return self._tabled(question, hits, signers, text, None, SURE_OF_A_TABLE)
        if counted := counted_of_each(question, evidence, self._ranker):
            text = laid_out(self._index, counted, question.script, as_list=True)
            return self._tabled(question, hits, counted, text, None, _SURE_OF_COUNTS)
        if not completed and (of_region := region_figures(question, evidence)):  # what completes it may not be all that is asked
            text = laid_out(self._index, of_region, question.script, as_list=False)
            return self._tabled(question, hits, of_region, text, None, _SURE_OF_COUNTS)
        return None

    def _compared(self, question: Question) -> Comparison | None:
        """What is computed of all cities: from their key figures, or from their growth; None for any other question."""
        return self._board.answer(question) or self._growth.answer(question)

    def _cite(self, question: Question, rows: list[int]) -> list[Citation]:
        return [self.citer.cite(row, mark, question.script) for mark, row in enumerate(rows, 1)]

    def _cite_notes(self, source: NamedSource, first_mark: int, question: Question) -> list[Citation]:
        document = self._index.statements[source.row][0].document
        return [self.citer.cite_note(document, note, mark, question.language) for mark, note in enumerate(source.notes, first_mark)]

    def _prose(self, question: Question, rows: list[int], citations: list[Citation]) -> str:
        """The statements with their marks, in the question's script, and what must be said of them."""
        is_listed = (
            question.kind in ("list", "comparison") and sum(block_kind(self._index, row) in (*ROW_KINDS, "item") for row in rows) > 1
        )
        text = laid_out(self._index, rows, question.script, as_list=is_listed)
        if citations[0].language != question.language and citations[0].twin is None:
            text = _after(ONLY_OTHER_LANGUAGE[question.script], text)
        return self._with_differences(question, rows, text)

    def _with_differences(self, question: Question, rows: list[int], text: str) -> str:
        """A text that states these rows, with a line for each of the most material ways in which their twins differ."""
        found: dict[str, tuple[float, int]] = {}
        for mark, row in enumerate(rows, 1):
            for one in self.citer.differences.of(row, question.script):
                if mark == 1 or one.material >= _WORTH_SAYING_ASIDE:
                    found.setdefault(one.sentence, (one.material, mark))
        most = sorted(found.items(), key=lambda difference: -difference[1][0])[:_MOST_DIFFERENCES]
        return "\n\n".join([text, *(f"{sentence}[{mark}]" for sentence, (_, mark) in most)])

    def _tabled(self, question: Question, hits: list[Hit], rows: list[int], text: str, table: Table | None, certainty: float) -> Answer:
        """An answer read off rows of figures, with the table of them, if they make one."""
        shown = with_cited(self._index, hits, rows)
        answer = self._answered(question, shown, rows, self._cite(question, rows), self._with_differences(question, rows, text), certainty)
        return answer.model_copy(update={"table": table})

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
            passages=passages(self._index, shown),
        )


def _is_of_something_else(certainty: float, judgement: Judgement, best: Evidence) -> bool:
    """Whether an answer most likely belongs to another question.

    It does where there is hardly any confidence in it, something that is asked for was found lacking, and the best statement does not
    have nearly all words of the question. What contradicts the question or gives the count asked for belongs to it all the same.
    """
    unsure = certainty < _TOO_UNSURE and judgement.lacks and not (judgement.contradicted or judgement.counted)
    return unsure and best.coverage_with_context < NEARLY_ALL


def said_with_care(text: str, certainty: float, script: Script) -> str:
    """A text that says first that it may be no answer, where it is given with little certainty."""
    return _after(UNSURE[script], text) if certainty < _UNSURE else text


def _after(introduction: str, text: str) -> str:
    """A text after a few words of ours; a list begins on a line of its own."""
    return (
        f"{introduction}\n{text}" if text.startswith("- ") else f"{introduction} {text}" if introduction.isascii() else introduction + text
    )
