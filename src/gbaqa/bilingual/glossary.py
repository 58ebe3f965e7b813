"""A bilingual glossary: which term of one language the other renders by which, mined from the twins.

Terms that stand in the same groups of twins, hardly without each other, and are near in meaning render each other (the
surest pair first, each term then taken: Melamed's competitive linking). Cells of table rows with as many cells pair one by one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from langchain_core.embeddings import Embeddings

from gbaqa.bilingual.candidates import chinese_candidates, english_candidates, long_names, titles
from gbaqa.bilingual.groups import Group, bilingual_passages
from gbaqa.index.embeddings import embed_passages
from gbaqa.index.store import SearchIndex
from gbaqa.language.cells import CELL_SEPARATOR
from gbaqa.language.script import HAN, clean, to_simplified

_LEAST_DICE = 0.3
_LIKELIEST = 4  # pairs of a term that are looked at
_LEAST_NEARNESS, _SURE_NEARNESS = 1.8, 4.5  # in standard deviations
_FEW_TERMS, _NEAR_OF_FEW = 8, 3.0  # so few terms tell nothing of how near others are: then being together decides
_LEAST_NEARNESS_OF_TITLES = 2.5
_LEAST_SURENESS = 0.5
_LEAST_GROUPS = 2
_MOST_STATEMENTS = 8  # of a group that says which term stands for which
_LEAST_SCORE = 1.5  # of its alignment
_LONGEST_CELL = 90


@dataclass(frozen=True, slots=True)
class Term:
    """A term in both languages.

    Attributes:
        zh: Simplified Chinese. en: the most frequent rendering first.
        places: in how many passages both stand.
        sureness: 0 to 1.
        zh_pages, en_pages: printed pages of these passages, in order.
    """

    zh: str
    en: tuple[str, ...]
    places: int
    sureness: float
    zh_pages: tuple[str, ...]
    en_pages: tuple[str, ...]


class Glossary:
    """The terms of an index. Empty for documents in one language."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = list(terms)

    @classmethod
    def from_index(cls, index: SearchIndex, embeddings: Embeddings) -> "Glossary":
        """Mine the terms of all bilingual documents of an index; takes seconds for hundreds of pages."""
        groups = [group for passages in bilingual_passages(index) for group in passages.groups if _is_telling(group)]
        return cls(_terms(index, groups, embeddings)) if groups else cls([])

    def renderings(self, text: str) -> list[str]:
        """What the terms in a text are called in the other language, the longest term first; a part of a term found is left out."""
        found: list[str] = []
        if HAN.search(text):
            rest = to_simplified(clean(text))
            for term in sorted(self.terms, key=lambda term: -len(term.zh)):
                if term.zh in rest:
                    rest = rest.replace(term.zh, "\u0001")
                    found += term.en
            return found
        rest = f" {clean(text).lower()} "
        for rendering, zh in sorted(((e, term.zh) for term in self.terms for e in term.en), key=lambda pair: -len(pair[0])):
            if f" {rendering.lower()} " in rest.replace("?", " ").replace(",", " ").replace(".", " "):
                rest = rest.replace(rendering.lower(), "\u0001")
                found.append(zh)
        return found


def _is_telling(group: Group) -> bool:
    return bool(group.zh and group.en) and len(group.zh) + len(group.en) <= _MOST_STATEMENTS and group.score >= _LEAST_SCORE


def _terms(index: SearchIndex, groups: list[Group], embeddings: Embeddings) -> list[Term]:
    texts = [tuple(" ".join(index.statements[row][1].text for row in rows) for rows in (group.zh, group.en)) for group in groups]
    zh = chinese_candidates(text for text, _ in texts)
    en = english_candidates(text for _, text in texts)
    links = _linked(zh, en, embeddings)
    terms = [_term(index, groups, zh_term, renderings, at, sureness) for zh_term, renderings, at, sureness in links]
    known = {term.zh for term in terms}
    more = [*_cells(index, groups, texts), *_titles(index, groups, texts, embeddings)]
    terms += list({term.zh: term for term in more if term.zh not in known}.values())
    return sorted(terms, key=lambda term: (-term.places, -term.sureness, term.zh))


def _term(index: SearchIndex, groups: list[Group], zh: str, en: tuple[str, ...], at: set[int], sureness: float) -> Term:
    pages: list[tuple[str, ...]] = []
    for side in (0, 1):
        rows = (row for position in sorted(at) for row in ((groups[position].zh, groups[position].en)[side]))
        wanted = (zh,) if side == 0 else en
        found = (index.statements[row][1] for row in rows)
        pages.append(tuple(dict.fromkeys(s.page for s in found if s.page and any(w in to_simplified(clean(s.text)) for w in wanted))))
    return Term(zh, en, len(at), round(sureness, 3), pages[0], pages[1])


def _linked(
    zh: list[frozenset[str]], en: list[frozenset[str]], embeddings: Embeddings
) -> list[tuple[str, tuple[str, ...], set[int], float]]:
    """Terms with their renderings, the positions where both stand, and how sure that is: the surest pairs first."""
    zh_at, en_at = _positions(zh), _positions(en)
    together: Counter[tuple[str, str]] = Counter((z, e) for ours, theirs in zip(zh, en, strict=True) for z in ours for e in theirs)
    dice = {
        (z, e): 2 * count / (len(zh_at[z]) + len(en_at[e]))
        for (z, e), count in together.items()
        if count >= _LEAST_GROUPS and 2 * count >= _LEAST_DICE * (len(zh_at[z]) + len(en_at[e]))
    }
    pairs = sorted(_likeliest(dice, 0) | _likeliest(dice, 1))
    scored = []
    for (z, e), nearness in zip(pairs, _nearness(pairs, embeddings), strict=True):
        sureness = (dice[z, e] + min(1.0, nearness / _SURE_NEARNESS)) / 2
        if nearness >= _LEAST_NEARNESS and sureness >= _LEAST_SURENESS:
            # Of equally sure pairs the longer: a name rather than a word of it.
            scored.append((round(sureness, 2), len(z) + len(e) / 4, z, e))
    scored.sort(reverse=True)
    links: dict[str, tuple[str, set[int], float]] = {}
    taken: set[str] = set()
    for sureness, _, z, e in scored:
        if z not in links and e not in taken:
            links[z] = (e, zh_at[z] & en_at[e], sureness)
            taken.add(e)
        elif z in links and e not in taken and len((zh_at[z] & en_at[e]) - links[z][1]) >= _LEAST_GROUPS and " " in e:
            links[z] = (f"{links[z][0]}\n{e}", links[z][1] | (zh_at[z] & en_at[e]), links[z][2])
            taken.add(e)
    return [(z, tuple(e.split("\n")), at, sureness) for z, (e, at, sureness) in links.items()]


def _likeliest(dice: dict[tuple[str, str], float], side: int) -> set[tuple[str, str]]:
    """The few pairs of each term of one side that are found together the most."""
    of_term: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pair in dice:
        of_term[pair[side]].append(pair)
    return {pair for found in of_term.values() for pair in sorted(found, key=lambda pair: (-dice[pair], pair))[:_LIKELIEST]}


def _nearness(pairs: list[tuple[str, str]], embeddings: Embeddings) -> list[float]:
    """How much nearer in meaning each pair is than its terms are to others, in standard deviations."""
    ours, theirs = (list(dict.fromkeys(pair[side] for pair in pairs)) for side in (0, 1))
    if min(len(ours), len(theirs)) < _FEW_TERMS:
        return [_NEAR_OF_FEW] * len(pairs)
    left, right = embed_passages(embeddings, ours), embed_passages(embeddings, theirs)
    sample = left[:: max(1, len(left) // 500)] @ right[:: max(1, len(right) // 500)].T
    spread = max(float(sample.std()), 1e-6)
    hub_left, hub_right = left @ right.mean(axis=0), right @ left.mean(axis=0)
    place = {term: at for terms in (ours, theirs) for at, term in enumerate(terms)}
    found = [(place[z], place[e]) for z, e in pairs]
    return [float((left[z] @ right[e] - (hub_left[z] + hub_right[e]) / 2) / spread) for z, e in found]


def _positions(candidates: list[frozenset[str]]) -> dict[str, set[int]]:
    at: dict[str, set[int]] = defaultdict(set)
    for position, found in enumerate(candidates):
        for run in found:
            at[run].add(position)
    return at


def _titles(index: SearchIndex, groups: list[Group], texts: list[tuple[str, ...]], embeddings: Embeddings) -> list[Term]:
    """Titles of documents and plans with the names in the same group that are nearest in meaning and order, even if they occur once."""
    at: dict[tuple[str, str], int] = {}
    order: list[float] = []
    for position, (zh, en) in enumerate(texts):
        ours, theirs = titles(zh), long_names(en)
        for i, z in enumerate(ours):
            for j, e in enumerate(theirs):
                if (z, e) not in at:
                    at[z, e] = position
                    order.append(abs(i / len(ours) - j / len(theirs)))
    near = {pair: nearness - apart for pair, nearness, apart in zip(at, _nearness(list(at), embeddings), order, strict=True)}
    best: dict[str, str] = {}
    for z, e in sorted(near, key=lambda pair: -near[pair]):
        if near[z, e] >= _LEAST_NEARNESS_OF_TITLES and z not in best and e not in best.values():
            best[z] = e
    return [_term(index, groups, z, (e,), {at[z, e]}, min(1.0, near[z, e] / (2 * _LEAST_NEARNESS_OF_TITLES))) for z, e in best.items()]


def _cells(index: SearchIndex, groups: list[Group], texts: list[tuple[str, ...]]) -> list[Term]:
    """Cells of rows that pair one by one and say something in words."""
    at: dict[tuple[str, str], set[int]] = defaultdict(set)
    for position, (zh, en) in enumerate(texts):
        ours, theirs = (text.split(CELL_SEPARATOR) for text in (to_simplified(clean(zh)), clean(en)))
        if len(ours) == len(theirs) > 1 and len(groups[position].zh) == len(groups[position].en) == 1:
            for one, other in zip(ours, theirs, strict=True):
                if HAN.search(one) and not any(char.isdigit() for char in one + other) and 1 < len(other) <= _LONGEST_CELL and len(one) > 1:
                    at[one.strip(), other.strip()].add(position)
    best: dict[str, tuple[str, set[int]]] = {}
    for (one, other), positions in sorted(at.items(), key=lambda item: -len(item[1])):
        best.setdefault(one, (other, positions))
    return [_term(index, groups, one, (other,), positions, 0.8) for one, (other, positions) in best.items()]
