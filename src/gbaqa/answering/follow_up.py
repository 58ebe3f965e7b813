"""Answers to follow-ups: the last answer said in another language, and further details of the same subject."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from gbaqa.answering.answer import Answer
from gbaqa.answering.extractive import ExtractiveAnswerer, said_with_care
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit

# A follow-up has few words, and other ones than the paper, so the judge knows less of it than of a whole question.
_DETAIL_REFUSED_ABOVE = 0.75  # probability of having no answer


class FollowUpAnswerer(ExtractiveAnswerer):
    """Answers whole questions as its base does, and follow-ups to them."""

    def restate(self, question: Question, hits: list[Hit], rows: Sequence[int], certainty: float) -> Answer:
        """The statements of an earlier answer, given with that certainty, in the script of the question, which is what it was about."""
        if self._compared(question) is not None:
            return self.answer(question, hits, [])
        return self._said(question, hits, list(rows), certainty)  # what was wrong is no better in other words

    def detail(self, question: Question, hits: list[Hit], evidence: list[Evidence]) -> Answer:
        """Answer a further question on the same subject from evidence ranked for it; slower to refuse than `answer`."""
        if question.kind == "source":
            return self.answer(question, hits, evidence)
        # The vector of the search is that of the completed question, which is not what the detail asks.
        judgement = self.judge.judge(question, [replace(hit, asked=None) for hit in hits], evidence)
        if not evidence or (judgement.refused and judgement.unanswerable > _DETAIL_REFUSED_ABOVE):
            return self._refusals.refuse(question, hits, evidence, judgement)
        rows = self._selector.choose(question, evidence)
        return self._said(question, hits, rows, self._confidence.of(question, evidence, rows, judgement))

    def more(self, question: Question, hits: list[Hit], evidence: list[Evidence], said: Collection[int] = ()) -> Answer | None:
        """What else stands near the last answer, from evidence without what was said (rows); None if nothing does."""
        if not evidence:
            return None
        rows = self._selector.choose(replace(question, kind="figure"), evidence, said)
        judgement = self.judge.judge(question, [replace(hit, asked=None) for hit in hits], evidence)
        return self._said(question, hits, rows, self._confidence.of(question, evidence, rows, judgement))

    def _said(self, question: Question, hits: list[Hit], rows: list[int], certainty: float) -> Answer:
        citations = self._cite(question, rows)
        text = self._prose(question, rows, citations)
        return self._answered(question, hits, rows, citations, said_with_care(text, certainty, question.script), certainty)
