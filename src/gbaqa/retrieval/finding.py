"""From a question to its ranked evidence."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.navigation import with_twin
from gbaqa.language.meanings import meanings
from gbaqa.retrieval.claim import claimed
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.named_author import may_name_author, named_author
from gbaqa.retrieval.named_chapter import named_chapter
from gbaqa.retrieval.named_thing import explaining_first, has_name, named_thing
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.retriever import Hit, HybridRetriever
from gbaqa.retrieval.sides import of_each_city

CANDIDATES = 40  # chunks whose statements are ranked for an answer
PASSAGES = 10  # shown with it


def find_evidence(
    retriever: HybridRetriever, ranker: EvidenceRanker, question: Question, candidates: int
) -> tuple[list[Hit], list[Evidence]]:
    """The best chunks for a question, `candidates` of them and those looked up besides, and their ranked evidence.

    What the chapter or the foreword that a question names has comes first; or what is said of each city that it sets beside another.
    """
    question = claimed(question)
    hits, evidence = _ranked(retriever, ranker, question, candidates)
    there = _in_named_place(retriever, ranker, question, hits, candidates)
    if there is None:
        return of_each_city(retriever, ranker, question, hits, evidence)
    hits_there, evidence_there = there
    chunks, rows = {hit.chunk.id for hit in hits_there}, {found.row for found in evidence_there}
    all_hits = [*hits_there, *(hit for hit in hits if hit.chunk.id not in chunks)]
    return all_hits, [*evidence_there, *(found for found in evidence if found.row not in rows)]


def _ranked(retriever: HybridRetriever, ranker: EvidenceRanker, question: Question, candidates: int) -> tuple[list[Hit], list[Evidence]]:
    """The best chunks and their ranked evidence. What has the name of a thing that is asked after is among it, and explains it first."""
    hits = retriever.search(question, candidates)
    ranked = ranker.rank(question, hits)
    thing = named_thing(question)
    if thing is None:
        return hits, ranked
    if not thing.is_alone and not any(has_name(retriever.index, found.row, thing) for found in ranked):
        named = [row for row in ranker.rows_saying(meanings(thing.name)) if has_name(retriever.index, row, thing)]
        chunks = np.unique(retriever.index.columns.owner[named]).tolist()
        hits_named = retriever.search(question, candidates, chunks) if chunks else []
        hits += [hit for hit in hits_named if hit.chunk.id not in {other.chunk.id for other in hits}]
        either = {each for row in named for each in with_twin(retriever.index, row)}
        of_name = [found for found in ranker.rank(question, hits_named) if found.row in either]
        ranked = [*of_name, *(found for found in ranked if found.row not in either)]
    return hits, explaining_first(thing, ranked, retriever.index)


def _in_named_place(
    retriever: HybridRetriever, ranker: EvidenceRanker, question: Question, hits: Sequence[Hit], candidates: int
) -> tuple[list[Hit], list[Evidence]] | None:
    """What was found in the place that a question names; None where it names none that a document of the hits has."""
    place = _named_place(question, hits, ranker)
    if place is None:
        return None
    sought, rows = place
    chunks = np.unique(retriever.index.columns.owner[rows])
    found = retriever.search(sought, candidates, chunks.tolist())
    there = frozenset(rows.tolist())
    ranked = [evidence for evidence in ranker.rank(sought, found) if evidence.row in there]
    return (found, ranked) if ranked else None


def _named_place(question: Question, hits: Sequence[Hit], ranker: EvidenceRanker) -> tuple[Question, NDArray[np.int64]] | None:
    """What a question asks beside the foreword or the chapter that it names, and the rows of that; None where it names none."""
    if may_name_author(question):
        author = named_author(question, ranker.signed.of_best(hits))
        if author is not None and (rows := [row for row in author[0].rows if row not in author[0].bylines]):
            return author[1], np.asarray(rows)
    named = named_chapter(question)
    if named is None:
        return None
    documents = dict.fromkeys(hit.chunk.document for hit in hits)
    chapters = named.among([chapter for document in documents for chapter in ranker.outline.of(document).chapters])
    return (named.question, np.concatenate([chapter.rows for chapter in chapters])) if chapters else None
