"""Questions that set cities beside each other: asked of each city by itself, since one city's figures crowd out another's."""

import re
from collections.abc import Sequence
from dataclasses import replace

from gbaqa.language.places import CITIES, are_named_in_a_row, city_terms, places
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.retriever import Hit, HybridRetriever
from gbaqa.retrieval.slots import with_places

_CANDIDATES = 20  # chunks for each city
_MOST_CITIES = 4  # each costs an embedding
_NO_ANSWER = 9.0  # in score: a statement so far behind the best one for its city says something else
_CHOICES = 8  # statements for each city
_SAME = 0.8  # of the words of two statements: they give the same figure
_WORTH_OF_LIKENESS = 8.0  # of statements with the same words, in score
_SET_BESIDE = re.compile(
    r"\beach\b|\brespectively\b|\bbetween\b|\bor\b|\bv\.?\b|\bvs\b|\bversus\b|\brank\b|\bcompar\w+|\bboth\b"
    r"|各|分别|还是|定系|对比|相比|排|(?:谁|哪[个座边])(?=[^，。？?]{0,12}(?<![加增扩减缩])[高低大小快慢强弱](?:一?[些点])?[？?。]?$)",
    re.IGNORECASE,
)

_HOW_MANY = re.compile(
    r"\bhow (?:many|much|big|large|high|fast)\b|\b(?:has|have|had) (?:more|fewer)\b"
    r"|\bor\b[^,.;?]{0,60}\b(?:more|fewer)\b(?! than)|\b(?:more|fewer)\b(?! than)[^.;?]{0,60}\bor\b"
    r"|多少|几多?(?=[个家间座所条项名人亿万])|[谁哪][个座边]?(?:城市)?的?[^，。？?]{0,10}(?:[更较][多少]|[多少](?=[些点一]*[？?。]?$))",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"\bhow far (?:ahead|behind)\b|\bby what margin\b|\bbeats?\b|\b(?:lead|edge) over\b|\b(?:lags?|trails?|outnumber\w*|outstrip\w*)\b"
    r"|领先|落后|差距|相差",
    re.IGNORECASE,
)
_HOW_MANY_MORE = re.compile(
    r"\bhow (?:many|much) (?:more|fewer|less)\b[^?]{1,60}\bthan\b|\bhow many\b[^?]{1,60}\b(?:more|fewer) than\b"
    r"|比[^，。？?]{1,12}[多少](?:出|了)?(?:多少|几)",
    re.IGNORECASE,
)
_COMPARING = re.compile(  # what is left of comparing beside the words above
    r"\b(?:how many|numbers?|please|more|fewer|than|ahead|behind|higher|lower|larger|smaller|bigger|greater|faster|slower)\b"
    r"|\b(?:when it comes to|in terms of|as regards|regarding)\b"
    r"|[哪谁边][个座边]?(?:城市)?|[多少](?:出|了)?(?=多少|几)|(?:多少|几多?)[家间个座所条项名]?"
    r"|[更较]?[多少高低大小快慢强弱](?:一?[些点]|的)*(?=[？?。，,]?$)|而言|来说|来讲|比",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[,，;；:：?？]|\b(?:and|but|while|whereas)\b", re.IGNORECASE)
_TOGETHER = re.compile(
    r"\b(?:total|combined|together|joint(?:ly)?|altogether|sum|shared|cross-\w+|cooperat\w+|zone)\b|[合总一]共|合计|加起来|之间|共同|携手|合作|跨境",
    re.IGNORECASE,
)


def sets_beside(question: Question) -> bool:
    """Whether a question sets several cities beside each other, rather than asking what they do together."""
    several = len(question.places & set(CITIES)) > 1
    is_told = question.kind == "comparison" or _SET_BESIDE.search(question.normalized) is not None
    return several and question.kind != "source" and (is_told or asks_of_each(question.normalized))


def asks_of_each(asked: str) -> bool:
    """Whether a number is asked for that each of some cities has: how many of something A and B have, or which has more."""
    if _TOGETHER.search(asked):
        return False
    if _LEADS.search(asked) or _HOW_MANY_MORE.search(asked):
        return True
    return _HOW_MANY.search(asked) is not None and (are_named_in_a_row(asked) or len(_cities_asked_by_turns(asked)) > 1)


def _cities_asked_by_turns(asked: str) -> set[frozenset[str]]:
    """The city of each clause that asks for a number of one: how many A has, and how many B."""
    cities = (places(clause) & set(CITIES) for clause in _CLAUSE.split(asked) if _HOW_MANY.search(clause))
    return {named for named in cities if len(named) == 1}


def spoken_of(found: Evidence) -> frozenset[str]:
    """The places of a statement, or else those of its headings."""
    return places(found.statement.text) or places(found.chunk.context)


def of_each_city(
    retriever: HybridRetriever, ranker: EvidenceRanker, question: Question, hits: list[Hit], evidence: list[Evidence]
) -> tuple[list[Hit], list[Evidence]]:
    """What was found and ranked, with the best statement about each city in front where the question sets cities beside each other.

    Chunks found for one city alone come last. All stays as it is where the best statement speaks of all of them, unless each has a better
    one of its own, or one that says the same of it in the same words.
    """
    cities = [city for city in CITIES if city in question.places]
    if not evidence or not sets_beside(question) or len(cities) > _MOST_CITIES:
        return hits, evidence
    is_of_all = set(cities) <= spoken_of(evidence[0])
    if is_of_all and not asks_of_each(question.normalized):
        return hits, evidence
    found = {hit.chunk.id: hit for hit in hits}
    nearest = [hit.nearest for hit in hits[:1]]
    sides: list[list[Evidence]] = []
    for city in cities:
        asked = replace(analyse(with_places(question.normalized, (city,))), script=question.script, kind=question.kind)
        hits_of_side = retriever.search(asked, _CANDIDATES)
        nearest += [hit.nearest for hit in hits_of_side[:1]]
        sides.append(_about(city, set(cities), ranker.rank(asked, hits_of_side)))
        found |= {hit.chunk.id: _nearer(hit, found.get(hit.chunk.id)) for hit in hits_of_side}
    chosen = _most_alike([side for side in sides if side], ranker)
    if len(chosen) < 2:
        return hits, evidence
    if is_of_all and not say_the_same(chosen, ranker) and min(side.score for side in chosen) <= evidence[0].score:
        return hits, evidence
    best = max(evidence[0].score, *(side.score for side in chosen))
    first = [replace(side, score=best, asked=evidence[0].asked) for side in sorted(chosen, key=lambda side: -side.score)]
    rows = {side.row for side in first}
    all_hits = [replace(hit, nearest=max(nearest)) for hit in found.values()]
    return all_hits, [*first, *(other for other in evidence if other.row not in rows)]


def say_the_same(found: Sequence[Evidence], ranker: EvidenceRanker) -> bool:
    """Whether statements give the same figure of different cities, in the same words: "33 unicorns" of one, "12 unicorns" of another."""
    words = [_words(ranker.terms_of(each.row)) for each in found]
    return all(_alike(words[0], other) >= _SAME for other in words[1:])


def without_comparing(asked: str) -> str:
    """A question without the words that set things beside each other, or ask how many there are of them."""
    return _COMPARING.sub(" ", _LEADS.sub(" ", _SET_BESIDE.sub(" ", asked)))


def _nearer(hit: Hit, known: Hit | None) -> Hit:
    """What was found, with its similarities to the question about one city where that is nearer to it than the question about all."""
    if known is None:
        return hit
    return replace(known, similarities=hit.similarities, raised=hit.raised) if max(hit.similarities) > max(known.similarities) else known


def _about(city: str, cities: set[str], ranked: Sequence[Evidence]) -> list[Evidence]:
    """The best statements that speak of one city and of no other that was asked about."""
    near = [found for found in ranked if ranked[0].score - found.score < _NO_ANSWER and spoken_of(found) & cities == {city}]
    return near[:_CHOICES]


def _most_alike(sides: Sequence[Sequence[Evidence]], ranker: EvidenceRanker) -> list[Evidence]:
    """A statement for each city: those that rank well and say the same thing of each, which can be set beside each other."""
    terms = {found.row: _words(ranker.terms_of(found.row)) for side in sides for found in side}

    def alike(one: Evidence, other: Evidence) -> float:
        return _alike(terms[one.row], terms[other.row])

    best: list[Evidence] = []
    best_worth = float("-inf")
    for anchor in (found for side in sides for found in side):
        picked = [max(side, key=lambda found: found.score + _WORTH_OF_LIKENESS * alike(found, anchor)) for side in sides]
        worth = sum(found.score + _WORTH_OF_LIKENESS * alike(found, anchor) for found in picked)
        if worth > best_worth:
            best, best_worth = picked, worth
    return best


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the words of either that are in both (Jaccard)."""
    return len(one & other) / max(len(one | other), 1)


def _words(terms: frozenset[str]) -> frozenset[str]:
    """Terms without figures and names of cities, which differ between the sides."""
    return frozenset(term for term in terms if not term[0].isdigit()) - city_terms()
