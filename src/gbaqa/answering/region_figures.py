"""Key figures of the whole Greater Bay Area, where a question asks for these and for nothing else.

They stand in running text rather than in a table, often in one sentence with others. What no statement gives of the region, or not of the
year that is asked about, is left to the ranked statements.
"""

from collections.abc import Sequence

from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.region_key_figures import asks_only_for_its_figures, figures_of_region_asked, given_of_region, names_region


def region_figures(question: Question, evidence: Sequence[Evidence]) -> list[int]:
    """Rows that give all figures asked for, best first, those that name the region before others; none where any is not given."""
    if not asks_only_for_its_figures(question):
        return []
    unmet, rows = figures_of_region_asked(question), list[int]()
    for found in sorted(evidence, key=lambda found: not names_region(found.statement)):
        given = given_of_region(found.chunk, found.statement, question.years) & unmet
        if given and found.chunk.language == question.language:
            rows.append(found.row)
            unmet -= given
    return [] if unmet else rows
