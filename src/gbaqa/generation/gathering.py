"""From a question in its conversation to the material of an answer: condense, then retrieve for each part of the question."""

from collections.abc import Iterable
from itertools import zip_longest

from gbaqa.answering.about_last import LastAnswer
from gbaqa.answering.answer import Answer
from gbaqa.answering.phrases import OTHERWISE
from gbaqa.errors import QuestionError
from gbaqa.generation.evidence import number_evidence
from gbaqa.generation.instructions import is_instruction
from gbaqa.generation.material import Asked, Condensed, Material
from gbaqa.generation.queries import parts_of
from gbaqa.index.store import SearchIndex
from gbaqa.retrieval.conversation import in_context
from gbaqa.retrieval.evidence import Evidence, rerank
from gbaqa.retrieval.finding import CANDIDATES, PASSAGES, find_evidence
from gbaqa.retrieval.lookups import lookup_of
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.retriever import Hit, HybridRetriever

_OF_EACH_PART = 4  # statements


class Gatherer:
    """Gathers what an answer may be written from. Safe to share between threads."""

    def __init__(self, index: SearchIndex, retriever: HybridRetriever, ranker: EvidenceRanker, evidence_tokens: int) -> None:
        self._index = index
        self._retriever = retriever
        self._ranker = ranker
        self._last = LastAnswer(index)
        self._evidence_tokens = evidence_tokens

    @staticmethod
    def condense(asked: Asked) -> Condensed:
        """The question as a whole one. The conversation is read by rules: a model's rewriting would have to be verified itself.

        Raises:
            QuestionError: it is empty or too long.
        """
        context = in_context(asked.question, asked.history)
        if context.understood_as is not None and context.understood_as != asked.base.understood_as:
            context = in_context(asked.question, [])  # it was answered as one that hangs on nothing said
        return Condensed(asked, context)

    def retrieve(self, condensed: Condensed) -> Material:
        """Evidence for the question and for each of its parts, numbered; what the extractive answer rests on comes first."""
        asked, question = condensed.asked, condensed.context.question
        rows = self._last.rows(asked.base)
        if question is None or condensed.context.request is not None or not _is_to_be_worded(asked.base, question, rows):
            return Material(asked, None)
        hits, ranked = self._search(question)
        by_part = [found[:_OF_EACH_PART] for part in _analysed(parts_of(question)) if (found := self._search(part)[1])]
        safe = tuple(row for row in rows if not is_instruction(self._index.statements[row][1].text))
        numbered = number_evidence(self._index, safe, ranked, _alternating(by_part), question, self._evidence_tokens)
        return Material(asked, question, safe, tuple(rerank(hits, ranked, PASSAGES)), tuple(ranked), numbered)

    def _search(self, question: Question) -> tuple[list[Hit], list[Evidence]]:
        return find_evidence(self._retriever, self._ranker, question, CANDIDATES)


def _is_to_be_worded(base: Answer, question: Question, rows: list[int]) -> bool:
    """Whether an answer is the document's statements and no more: it cites nothing else, such as the source of one of them.

    Refusals, corrections of what a question takes for granted, sources, places in the document and what is computed from a
    table stand as they are: what they say is said by code, and no sentence of a model could be held against a statement.
    """
    if base.status != "answered" or not rows or base.table is not None or base.answer.startswith(OTHERWISE[question.script]):
        return False
    cited = {(citation.document, citation.page, citation.quote) for citation in base.citations}
    return len(cited) <= len(rows) and question.kind != "source" and lookup_of(question) is None


def _analysed(parts: Iterable[str]) -> list[Question]:
    questions = []
    for part in parts:
        try:
            questions.append(analyse(part))
        except QuestionError:
            continue  # a part without a word in it asks nothing
    return questions


def _alternating(by_part: list[list[Evidence]]) -> list[Evidence]:
    """The best of each part, then the second best of each."""
    return [found for rank in zip_longest(*by_part) for found in rank if found is not None]
