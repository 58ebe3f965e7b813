"""How well statements support a sentence: by its words, weighed by how rare they are, and by its meaning."""

import re
from dataclasses import dataclass, replace

from langchain_core.embeddings import Embeddings

from gbaqa.errors import QuestionError
from gbaqa.generation.ground import Ground, digits_in
from gbaqa.index.embeddings import embed_passages
from gbaqa.index.navigation import in_language
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import Meaning
from gbaqa.language.script import HAN, Language, clean, to_simplified
from gbaqa.retrieval.question import LONGEST_QUESTION, analyse
from gbaqa.retrieval.ranker import EvidenceRanker

_RARE = 0.7  # of the rarity of a word that stands nowhere: some ten of five thousand statements have it

# Share of the words needed, where all that is missing is common, and where a rare word is missing. In Chinese a rare word may
# be a name or a slip of the pen, and nothing tells; none may be missing. Measured: see docs/generation.md.
_NEEDED = 0.7
_NEEDED_WITHOUT_RARE: dict[Language, float] = {"en": 0.9, "zh": 1.0}
_QUOTED = 0.5  # share of the words that the quotes alone have to have, where they have no figure of the sentence
# Similarity needed. Ours is tuned to tell statements apart: 93 % of statements without their last clause pass, and 30 % of their
# neighbours under the same heading; of E5 as it comes 96 % and 52 %. What other models need is not known.
_NEARNESS_NEEDED, _NEARNESS_NEEDED_TUNED = 0.92, 0.86
_PIECE = re.compile(r"[,;:](?!\d)|[，；：、。]|\band\b|以及|和|及|与")


@dataclass(frozen=True, slots=True)
class Support:
    """How well some rows support a sentence.

    Attributes:
        words: share of its words, by rarity, that stand in the rows, in their twins or in the headings above them.
        lacks_rare: whether a rare word of it is not among them.
    """

    words: float
    lacks_rare: bool

    def suffices(self, language: Language) -> bool:
        """Whether the words are support enough."""
        return self.words >= (_NEEDED_WITHOUT_RARE[language] if self.lacks_rare else _NEEDED)


class SupportMeter:
    """Measures support by the statements of an index. Safe to share between threads."""

    def __init__(self, index: SearchIndex, ranker: EvidenceRanker, embeddings: Embeddings) -> None:
        self._index = index
        self._ranker = ranker
        self._embeddings = embeddings
        self._nearness_needed = _NEARNESS_NEEDED_TUNED if index.manifest.is_tuned else _NEARNESS_NEEDED

    def by_words(self, text: str, rows: tuple[int, ...]) -> Support:
        """The support that the words of the rows give."""
        rarity = self._rarity_of(text)
        ground = Ground.of(self._index, rows)
        missing = [weight for meaning, weight in rarity.items() if not meaning & ground.terms and not _stands_in(meaning, ground.text)]
        words = 1 - sum(missing) / (sum(rarity.values()) or 1.0) if rarity else 0.0
        return Support(words, max(missing, default=0.0) > _RARE * self._ranker.most_rare)

    def says_something(self, text: str) -> bool:
        """Whether a text has a word that is more than grammar."""
        return bool(self._rarity_of(text)) or bool(digits_in(text))

    def is_quoted(self, text: str, rows: tuple[int, ...]) -> bool:
        """Whether what a citation quotes says enough of a sentence, without the headings, which it does not quote."""
        rarity = self._rarity_of(text)
        quoted = replace(Ground.of(self._index, rows), headings=())
        said = sum(weight for meaning, weight in rarity.items() if meaning & quoted.terms or _stands_in(meaning, quoted.text))
        return bool(digits_in(text) & quoted.digits) or said >= _QUOTED * sum(rarity.values())

    def is_near(self, text: str, rows: tuple[int, ...], language: Language) -> bool:
        """Whether the meaning is near to that of one of the rows, all read under the heading of that row.

        A list whose items stand in one row word for word means what it means there, however little of the row it takes.
        """
        pieces = [bare for piece in _PIECE.split(text) if self.says_something(piece) and (bare := _bare(piece))]
        if len(pieces) > 1 and any(all(piece in said for piece in pieces) for said in map(self._bare_row, rows)):
            return True
        return self.nearness(text, rows, language) >= self._nearness_needed

    def nearness(self, text: str, rows: tuple[int, ...], language: Language) -> float:
        """Similarity of meaning to the nearest of the rows, or to its twin where that is in the sentence's language."""
        own = [in_language(self._index, row, language) for row in rows]
        contexts = [self._index.statements[row][0].context for row in own]
        vectors = embed_passages(self._embeddings, [f"{context}\n{text}" if context else text for context in contexts])
        return max(float(vector @ self._index.vectors.reconstruct(row)) for vector, row in zip(vectors, own, strict=True))

    def _bare_row(self, row: int) -> str:
        return "|".join(map(_bare, Ground.of(self._index, (row,)).quotes))

    def _rarity_of(self, text: str) -> dict[Meaning, float]:
        try:
            return self._ranker.rarity_of(analyse(text[:LONGEST_QUESTION]))
        except QuestionError:  # not a word in it
            return {}


def _stands_in(meaning: Meaning, printed: str) -> bool:
    """Whether a Chinese word stands in a text that was cut into other words, or both halves of one of four characters do."""
    return any(
        HAN.match(term) and (term in printed or (len(term) == 4 and term[:2] in printed and term[2:] in printed)) for term in meaning
    )


def _bare(text: str) -> str:
    return "".join(filter(str.isalnum, to_simplified(clean(text)))).casefold()
