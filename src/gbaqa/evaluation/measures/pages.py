"""Pages: do the citations name printed pages that state the facts? A refusal cites none."""

from gbaqa.answering.answer import Answer
from gbaqa.evaluation.gold import GoldTurn


def page_recall(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether a citation or its twin is of a right page."""
    if not gold.pages:
        return None
    twins = {citation.twin.page for citation in answer.citations if citation.twin}
    return float(answer.status == "answered" and bool(gold.pages & {*cited_pages(answer), *twins}))


def first_page(gold: GoldTurn, answer: Answer) -> float | None:
    """Whether the first citation is of a right page."""
    if not gold.pages:
        return None
    cited = cited_pages(answer)
    return float(answer.status == "answered" and bool(cited) and cited[0] in gold.pages)


def page_precision(gold: GoldTurn, answer: Answer) -> float | None:
    """Share of the citations that are of a right page."""
    if not gold.pages:
        return None
    cited = cited_pages(answer)
    return sum(page in gold.pages for page in cited) / len(cited) if cited and answer.status == "answered" else 0.0


def cited_pages(answer: Answer) -> list[str | None]:
    """The printed page of each citation, None where the document has none."""
    return [citation.page for citation in answer.citations]
