"""From a question to its ranked evidence."""

from collections.abc import Sequence

import numpy as np

from gbaqa.retrieval.claim import claimed
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.named_chapter import named_chapter
from gbaqa.retrieval.named_thing import explaining_first
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

    What the chapter that a question names has comes first; or what is said of each city that it sets beside another.
    """
    question = claimed(question)
    hits = retriever.search(question, candidates)
    evidence = explaining_first(question, ranker.rank(question, hits), retriever.index)
    there = _in_named_chapter(retriever, ranker, question, hits, candidates)
    if there is None:
        return of_each_city(retriever, ranker, question, hits, evidence)
    hits_there, evidence_there = there
    chunks, rows = {hit.chunk.id for hit in hits_there}, {found.row for found in evidence_there}
    all_hits = [*hits_there, *(hit for hit in hits if hit.chunk.id not in chunks)]
    return all_hits, [*evidence_there, *(found for found in evidence if found.row not in rows)]


def _in_named_chapter(
    retriever: HybridRetriever, ranker: EvidenceRanker, question: Question, hits: Sequence[Hit], candidates: int
) -> tuple[list[Hit], list[Evidence]] | None:
    """What was found in the chapter that a question names; None where it names none that a document of the hits has."""
    named = named_chapter(question)
    if named is None:
        return None
    documents = dict.fromkeys(hit.chunk.document for hit in hits)
    chapters = named.among([chapter for document in documents for chapter in ranker.outline.of(document).chapters])
    if not chapters:
        return None
    chunks = np.unique(retriever.index.columns.owner[np.concatenate([chapter.rows for chapter in chapters])])
    found = retriever.search(named.question, candidates, chunks.tolist())
    ranked = ranker.rank(named.question, found)
    return (found, ranked) if ranked else None
