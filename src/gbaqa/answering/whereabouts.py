"""Answers to questions after a place in the document: pages, chapters and what stands there, from its headings and pages."""

from collections.abc import Iterable, Sequence

from gbaqa.answering import place_wording as wording
from gbaqa.answering.citations import with_cited
from gbaqa.answering.contents import MOST_DOCUMENTS, Contents, Told
from gbaqa.answering.wording import ROW_KINDS, block_kind, readable
from gbaqa.index.navigation import with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import with_concepts
from gbaqa.language.script import Language, to_hong_kong
from gbaqa.retrieval.evidence import Evidence, share_said
from gbaqa.retrieval.lookups import Lookup, lookup_of, sought_by
from gbaqa.retrieval.outline import Section
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.retriever import Hit

_LOOKED_AT = 30  # of the ranked statements, whose chapters are counted
_RANK_COUNTS_FROM = 3  # a chapter weighs the sum of 1 / (3 + rank) of its statements, as a share of that of all
_SAYS_IT = 0.8  # share of a subject's words, by rarity, that a heading must have to stand for it
_SAYS_IT_INSIDE = 0.6  # and one inside the chapter that the subject is of
_FITS = 0.4  # and that a statement with its headings must have for the subject to be there at all
_TRUST = 0.3  # how much less of them than _SAYS_IT are needed for each standard deviation that the subject is nearer than everyday topics
_BEST = 5  # ranked statements of which one must fit
_MOST_PLACES = 3

# How often they are right, measured on some 60 questions of our own after places in two corpora.
_SURE = 0.95  # what the structure alone tells
_SOUGHT = 0.9  # where headings say the subject
_STATED = 0.75  # where only statements do, or nothing does


class Whereabouts:
    """Answers questions after places in the documents of an index."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker) -> None:
        self._index = index
        self._ranker = ranker
        self._outline = ranker.outline
        self._contents = Contents(index, self._outline)

    def answer(self, question: Question, hits: Sequence[Hit], evidence: Sequence[Evidence]) -> Told | None:
        """Where that is, from what was found and ranked for what is sought; None if the question asks for no place."""
        lookup = lookup_of(question)
        if lookup is None:
            return None
        told = Told(certainty=_SURE if lookup.sought is None else _SOUGHT)
        if lookup.wanted == "page":
            told.text = self._contents.on_page(lookup.page, question, told)
        elif lookup.wanted == "pages":
            told.text = self._contents.how_far(question, told)
        elif lookup.wanted == "chapters":
            told.text = self._contents.all_chapters(question, told)
        elif lookup.wanted == "chapter":
            told.text = self._chapter(lookup, question, evidence, told)
        else:
            nearness = hits[0].on_topic if hits else 0.0
            needed = min(max(_SAYS_IT - _TRUST * nearness, _FITS), _SAYS_IT)
            told.text = self._places(lookup, question, evidence, needed, told)
        if not told.rows and lookup.sought is not None:
            told.certainty = _STATED  # it may be there in other words
        if question.script == "zh-Hant":
            told.text = to_hong_kong(told.text)
        return told

    def shown(self, told: Told, question: Question, hits: Sequence[Hit]) -> list[Hit]:
        """The passages to show: those cited, and where a subject was sought what was found for it."""
        return with_cited(self._index, hits if sought_by(question) is not question else [], told.rows)

    def _chapter(self, lookup: Lookup, question: Question, evidence: Sequence[Evidence], told: Told) -> str:
        language = question.language
        if lookup.sought is None:
            documents = self._looked_in(())
            chapter = self._at_page(lookup.page, language, documents)
        else:
            documents = self._looked_in(evidence)
            chapter = self._about(lookup.sought, evidence, documents)
        chapter = self._beside(chapter, lookup.step) if chapter else None
        if chapter is None:
            return (wording.NO_SUCH_CHAPTER if lookup.step or lookup.page else wording.NOT_SPOKEN_OF)[language]
        if chapter.other is not None and chapter.language != language:
            chapter = chapter.other
        text = self._named(chapter, question, told)
        inner = self._headed(lookup.sought, documents, within=chapter) if lookup.sought and not lookup.step else None
        if inner is not None and inner is not chapter:
            place = self._contents.pages_of(inner, language)
            said = wording.IN_IT[language].format(heading=wording.quoted(inner.heading, question.script), place=place)
            text += f"{wording.NEXT[language]}{said}{told.mark(inner.rows[0])}"
        return text

    def _named(self, section: Section, question: Question, told: Told) -> str:
        """A chapter by its headings, with its pages, citing where it begins in each language."""
        begins = [section.rows[0], *([section.other.rows[0]] if section.other else [])]
        pages = self._contents.pages_of(section, question.language)
        return f"{wording.headings(section, question.script)}{wording.COLON[question.language]}{pages}{told.mark(*begins)}"

    def _looked_in(self, evidence: Sequence[Evidence]) -> list[str]:
        """The documents whose headings are read: all where they are few, else those of the best statements, else the first ones."""
        every = list(self._index.documents)
        if len(every) <= MOST_DOCUMENTS:
            return every
        best = list(dict.fromkeys(found.chunk.document for found in evidence[:_LOOKED_AT]))
        return (best or every)[:MOST_DOCUMENTS]

    def _at_page(self, label: str, language: Language, documents: Sequence[str]) -> Section | None:
        """The chapter that begins on a page, else one that is on it; of several that in the asker's language."""
        on = [chapter for document in documents for chapter in self._outline.of(document).chapters if label in chapter.pages]
        return min(on, key=lambda chapter: (chapter.pages[0] != label, chapter.language != language), default=None)

    def _about(self, sought: Question, evidence: Sequence[Evidence], documents: Sequence[str]) -> Section | None:
        """The chapter whose headings and best statements fit a subject best."""
        weights: dict[Section, float] = {}
        total = sum(1 / (_RANK_COUNTS_FROM + rank) for rank in range(len(evidence[:_LOOKED_AT])))
        for rank, found in enumerate(evidence[:_LOOKED_AT]):
            if (chapter := self._outline.chapter_of(found.row)) is not None:
                weights[chapter] = weights.get(chapter, 0.0) + 1 / (_RANK_COUNTS_FROM + rank) / total
        for chapter in (chapter for document in documents for chapter in self._outline.of(document).chapters):
            if (said := self._share(sought, _words([chapter.heading, chapter.other.heading if chapter.other else ""]))) > 0:
                weights[chapter] = weights.get(chapter, 0.0) + said
        if not weights or not (self._fits(sought, evidence) or max(weights.values()) >= _SAYS_IT):
            return None
        return max(weights, key=lambda chapter: (weights[chapter], chapter.language == sought.language))

    def _beside(self, chapter: Section, step: int) -> Section | None:
        """The chapter before or after it in its language; itself without a step."""
        alike = [one for one in self._outline.of(chapter.document).chapters if one.language == chapter.language]
        at = alike.index(chapter) + step
        return alike[at] if 0 <= at < len(alike) else None

    def _places(self, lookup: Lookup, question: Question, evidence: Sequence[Evidence], needed: float, told: Told) -> str:
        """Where each subject is: the section whose heading says it, else the statements with the needed share of its words."""
        language = question.language
        lines = []
        documents = self._looked_in(evidence)
        for subject in lookup.subjects:
            known = {found.row: self._share(subject, self._ranker.terms_with_context(found.row)) for found in evidence}
            drawn = [found for found in evidence if block_kind(self._index, found.row) in ROW_KINDS] if lookup.is_drawn else []
            fitting = [found for found in drawn[:_BEST] if known[found.row] >= needed]
            best = max(fitting, key=lambda found: known[found.row], default=None)
            section = self._headed(subject, documents)
            if section is not None and (best is None or known[best.row] < _SAYS_IT):
                lines.append(self._named(section, question, told))
                continue
            best = best or next((found for found in evidence[:_BEST] if known[found.row] >= needed), None)
            if best is not None:
                told.certainty = _STATED
                lines += [self._statement(found, question, told) for found in self._on_other_pages([best, *evidence], known)]
        return "\n".join(lines) or wording.NOT_SPOKEN_OF[language]

    def _on_other_pages(self, fitting: Sequence[Evidence], share: dict[int, float]) -> list[Evidence]:
        """The best statement, and those of other pages that say as much of the subject."""
        chosen: list[Evidence] = []
        for found in fitting:
            pages = {page for one in chosen for page in self._both_pages(one.row).values()}
            whole = not chosen or (share[found.row] >= share[chosen[0].row] and share[found.row] >= _SAYS_IT)
            if whole and found.statement.page not in pages and len(chosen) < _MOST_PLACES:
                chosen.append(found)
        return chosen

    def _statement(self, found: Evidence, question: Question, told: Told) -> str:
        """The pages of a statement, the heading it stands under, and what it says where that is in the asker's language."""
        language = question.language
        document = self._index.documents[found.chunk.document]
        pages = {of: [label] for of, label in self._both_pages(found.row).items() if label}
        text = wording.in_both(document, pages, language)
        if found.chunk.section and block_kind(self._index, found.row) not in ROW_KINDS:
            text = wording.UNDER[language].format(place=text, heading=wording.quoted(found.chunk.section[-1], question.script))
        if found.chunk.language == language:
            text += f"{wording.COLON[language]}{readable(self._index, found.row, question.script)}"
        return text + told.mark(found.row)

    def _headed(self, sought: Question, documents: Sequence[str], *, within: Section | None = None) -> Section | None:
        """The section, outer ones first, whose heading says the subject best, if it says nearly all of it."""
        best, most = None, _SAYS_IT if within is None else _SAYS_IT_INSIDE
        for section in (section for document in documents for section in self._outline.of(document).sections):
            if section.language != sought.language or (within is not None and not set(section.rows) <= set(within.rows)):
                continue
            said = self._share(sought, _words([section.heading, section.other.heading if section.other else ""]))
            if said > most or (best is None and said >= most) or (best is not None and said == most and len(section.path) < len(best.path)):
                best, most = section, said
        return best

    def _fits(self, sought: Question, evidence: Sequence[Evidence]) -> bool:
        return any(self._share(sought, self._ranker.terms_with_context(found.row)) >= _FITS for found in evidence[:_LOOKED_AT])

    def _share(self, sought: Question, words: frozenset[str]) -> float:
        """Share of a subject's words, by rarity, that are among these words."""
        return share_said(self._ranker.rarity_of(sought), words)

    def _both_pages(self, row: int) -> dict[Language, str]:
        """The page of a row and that of its twin, by their language."""
        both = (self._index.statements[each] for each in with_twin(self._index, row))
        return {chunk.language: statement.page for chunk, statement in both}


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(term for text in texts for term in with_concepts(text))
