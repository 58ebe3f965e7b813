"""Evidence for a further question on the same subject: near the last answer, and with the words that are new."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gbaqa.index.navigation import with_twin
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import to_simplified
from gbaqa.retrieval.evidence import Evidence, share_said
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.ranker import EvidenceRanker

# In the ranker's units.
_SAME_PAGE = 1.0
_SAME_SECTION = 1.0
_NEW_WORDS = 3.0  # for a statement that has all words of the follow-up

_GIVES_A_REASON = re.compile(
    r"\b(?:because|due to|owing to|thanks to|driven by|attribut\w+|results? (?:of|from|in)|resulting"
    r"|caused?|reasons?|benefit\w* from|given|since the)\b"
    r"|由于|因为|因此|得益于?|受益于?|受.{0,12}影响|带动|推动下|原因|源于|归因",
    re.IGNORECASE,
)


def near_last(
    index: SearchIndex, ranker: EvidenceRanker, evidence: Sequence[Evidence], cited: Sequence[int], detail: Question
) -> list[Evidence]:
    """The evidence anew, best first: what stands where the cited rows or their twins stand, and has the detail's words, gains."""
    rows = {row for one in cited for row in with_twin(index, one)}
    pages = {(index.statements[row][0].document, index.statements[row][1].page) for row in rows}
    sections = {(index.statements[row][0].document, index.statements[row][0].section) for row in rows}
    rarity = ranker.rarity_of(detail)

    def gain(found: Evidence) -> float:
        document, terms = found.chunk.document, ranker.terms_of(found.row)
        near = _SAME_PAGE * ((document, found.statement.page) in pages) + _SAME_SECTION * ((document, found.chunk.section) in sections)
        return near + _NEW_WORDS * share_said(rarity, terms)

    return sorted((replace(found, score=found.score + gain(found)) for found in evidence), key=lambda found: -found.score)


def reasons_near(index: SearchIndex, evidence: Sequence[Evidence], cited: Sequence[int]) -> list[Evidence]:
    """The evidence that gives a reason on the pages of the cited rows or of their twins."""
    rows = {row for one in cited for row in with_twin(index, one)}
    pages = {(index.statements[row][0].document, index.statements[row][1].page) for row in rows}
    return [
        found
        for found in evidence
        if (found.chunk.document, found.statement.page) in pages and _GIVES_A_REASON.search(to_simplified(found.statement.text))
    ]
