"""What a refusal says: that the paper does not say, what is missing, and what stands nearest to it."""

from collections.abc import Sequence

from gbaqa.answering.answer import Answer
from gbaqa.answering.answerability import SAME_SUBJECT, Judgement
from gbaqa.answering.citations import passages
from gbaqa.answering.excerpts import excerpt
from gbaqa.answering.page_wording import page_in_words
from gbaqa.answering.phrases import CONTRADICTED, ELSEWHERE, MISSING, NEAREST, NOT_STATED, OUR
from gbaqa.answering.premise import contradicts, is_of_other_places
from gbaqa.answering.wording import readable
from gbaqa.index.store import SearchIndex
from gbaqa.language.places import place_forms, places
from gbaqa.language.script import Language, Script, to_hong_kong
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.sides import sets_beside

_LONGEST_QUOTE: dict[Language, int] = {
    "en": 280,
    "zh": 120,
}  # characters: what contradicts a question may stand at the end of a long sentence
_LOOKED_AT = 5  # of the best statements: what ranks behind them is not near
_RELATED = 0.2  # share of the question's words, by rarity, below which a statement has nothing to do with it


class Refusals:
    """Words refusals from what was found."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index

    def refuse(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence], judgement: Judgement) -> Answer:
        """A refusal. It cites nothing; the passage of the statement that it quotes comes first among those shown."""
        script = question.script
        if judgement.elsewhere:
            return self._refusal(question, ELSEWHERE[script], judgement, hits)
        lines = [NOT_STATED[script]]
        nearest = self._nearest(question, hits, evidence)
        is_denied = nearest is not None and _denies(nearest, question)
        if judgement.missing and not is_denied:
            lines.append(MISSING[script].format(missing=_named(judgement.missing, script)))
        shown = list(hits)
        if nearest is not None:
            quote = excerpt(readable(self._index, nearest.row, script), _LONGEST_QUOTE[question.language], question.meanings)
            lead = CONTRADICTED if is_denied else NEAREST
            lines.append(lead[script].format(place=self._place(nearest, script), quote=quote))
            shown.sort(key=lambda hit: hit.chunk.id != nearest.chunk.id)
        return self._refusal(question, (" " if question.language == "en" else "").join(lines), judgement, shown)

    def _refusal(self, question: Question, text: str, judgement: Judgement, shown: Sequence[Hit]) -> Answer:
        return Answer(
            question=question.text,
            language=question.script,
            status="refused",
            answer=text,
            confidence=round(judgement.unanswerable, 3),
            passages=passages(self._index, shown),
        )

    def _nearest(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Evidence | None:
        """The best statement in the question's language that stands on its own and is about the same thing.

        One that denies what the question takes for granted comes before any that does not.
        """
        shown = {hit.chunk.id for hit in hits}

        def is_worth_saying(found: Evidence) -> bool:
            has_place = found.chunk.id in shown and bool(found.statement.page)
            return found.chunk.language == question.language and has_place and _is_related(found) and _reads_alone(found)

        near = [found for found in evidence[:_LOOKED_AT] if is_worth_saying(found)]
        return next((found for found in near if _denies(found, question)), next(iter(near), None))

    def _place(self, found: Evidence, script: Script) -> str:
        """The page that people would cite, "p. 13"; of a digest "our digest of p. 13"."""
        document = self._index.documents[found.chunk.document]
        page, is_digest = document.page(found.statement.page), document.is_digest
        place = page_in_words(script, page.label, certain=page.certain, is_digest=is_digest)
        return OUR[script].format(digest=place) if is_digest else place


def _denies(found: Evidence, question: Question) -> bool:
    """Whether a statement about the same thing, and of no other time or place, says the opposite of what a question takes for granted.

    Which of two cities has a higher rate takes no rise for granted.
    """
    if sets_beside(question) or is_of_other_places(question, found.statement.text):
        return False
    is_of_then = not (found.feature("year_conflict") or found.feature("part_conflict"))
    return is_of_then and found.coverage_with_context >= SAME_SUBJECT and contradicts(question.normalized, found.statement.text)


def _is_related(found: Evidence) -> bool:
    return found.coverage_with_context >= _RELATED and not found.feature("place_conflict")


def _reads_alone(found: Evidence) -> bool:
    traits = traits_of(found.statement.text, found.chunk.language == "zh")
    return not (traits.is_fragment or traits.is_source_line or traits.refers_back)


def _named(parts: Sequence[str], script: Script) -> str:
    """What is missing, in the asker's script: places, which are known by their English names, years, words."""
    if script == "en":
        return ", ".join(parts)
    chinese = [place_forms(part)[1][0] if part in places(part) else f"{part}年" if part.isdigit() else part for part in parts]
    return to_hong_kong("、".join(chinese)) if script == "zh-Hant" else "、".join(chinese)
