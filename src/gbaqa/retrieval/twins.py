"""The same passage in the document's other language."""

from dataclasses import dataclass

import numpy as np

from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.store import SearchIndex
from gbaqa.language.quantities import quantity_keys

# In standard deviations of similarity: what a note or a figure in common adds, and what a twin must reach at least.
_SHARED_NOTE = 1.5
_SHARED_FIGURES = 2.0
_LEAST_SCORE = 2.5
_CANDIDATES = 80


@dataclass(frozen=True, slots=True)
class TwinStatement:
    """A statement in the other language that says the same, with its score and whether the figures agree."""

    chunk: Chunk
    statement: Statement
    score: float
    agrees: bool


class TwinFinder:
    """Finds twins by cross-lingual similarity, notes and figures in common, within one document."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        languages = np.array([chunk.language == "en" for chunk, _ in index.statements])
        documents = np.array([chunk.document for chunk, _ in index.statements])
        self._rows = {
            (document, language): np.flatnonzero((documents == document) & (languages == (language == "en")))
            for document in index.documents
            for language in ("zh", "en")
        }
        self._read: dict[int, frozenset[tuple[float, bool]]] = {}
        self._vectors = index.vectors.reconstruct_n(0, index.vectors.ntotal)
        self._mean_similarity = float(np.mean(self._vectors.mean(axis=0) @ self._vectors.T))

    def twin(self, row: int) -> TwinStatement | None:
        """The twin of the statement in that row of the index, None if nothing in the other language says the same."""
        chunk, statement = self._index.statements[row]
        others = self._rows[chunk.document, "zh" if chunk.language == "en" else "en"]
        if not len(others):
            return None
        similarities = self._vectors[others] @ self._vectors[row]
        best: TwinStatement | None = None
        figures = self._figures(row)
        for candidate in np.argsort(-similarities)[:_CANDIDATES]:
            other_chunk, other = self._index.statements[int(others[candidate])]
            score = (float(similarities[candidate]) - self._mean_similarity) / self._index.manifest.similarity_spread
            if set(statement.notes) & set(other.notes):
                score += _SHARED_NOTE
            other_figures = self._figures(int(others[candidate]))
            if figures or other_figures:
                score += _SHARED_FIGURES * (2 * len(figures & other_figures) / (len(figures) + len(other_figures)) - 0.5)
            if best is None or score > best.score:
                best = TwinStatement(other_chunk, other, score, not figures or not other_figures or bool(figures & other_figures))
        return best if best and best.score >= _LEAST_SCORE else None

    def _figures(self, row: int) -> frozenset[tuple[float, bool]]:
        """Quantities of a statement, read once."""
        if row not in self._read:
            self._read[row] = frozenset(quantity_keys(self._index.statements[row][1].text))
        return self._read[row]
