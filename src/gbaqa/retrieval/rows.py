"""The rows of an index as arrays: what is known of each statement whatever is asked.

What follows from an index at once is there from the start. What has to be read from texts (traits, the words of headings)
is found out when a row is first looked at, so that an index opens in no time.
"""

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.chunk import Chunk
from gbaqa.index.store import SearchIndex
from gbaqa.language.meanings import with_concepts
from gbaqa.retrieval.features import Traits, traits_of
from gbaqa.retrieval.postings import Postings

NOWHERE = -1  # the row of a statement that there is not: the twin of one without a twin, what stands before the first
Rows = NDArray[np.int64]

_TRAITS = np.dtype([(name, np.float64) for name in Traits._fields])


class IndexRows:
    """What is known of the rows of an index.

    Arrays with "+ 1" in their shape have a last element for NOWHERE, so that a row without a twin needs no case of its own.

    Attributes:
        twin: (rows,) the row of the same statement in the other language, or NOWHERE.
        before, after: (rows,) the row of the sentence before and after it in its passage, or NOWHERE.
        chunk: (rows + 1,) its chunk.
        first_of_chunk: (chunks,) the row of each chunk's first statement.
        is_english, is_item, has_notes: (rows,) of what language and kind it is, and whether a note backs it.
        postings: the rows that each search term stands in.
        contexts: the headings of statements, each path once.
        context: (rows + 1,) the number of its headings among `contexts`; len(contexts) for NOWHERE.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        chunks, count = index.chunks, len(index.statements)
        sizes = [len(chunk.statements) for chunk in chunks]
        self.twin = np.asarray(index.alignment.twin, dtype=np.int64)
        self.chunk = np.append(np.repeat(np.arange(len(chunks)), sizes), NOWHERE)
        self.first_of_chunk = np.array(index.first_statement, dtype=np.int64)
        goes_on = np.ones(count + 1, dtype=np.bool_)  # whether the passage of the row before goes on in a row
        goes_on[0] = goes_on[count] = False
        goes_on[self.first_of_chunk[1:]] = [_passage(one) == _passage(other) for one, other in pairwise(chunks)]
        self.before = np.where(goes_on[:-1], np.arange(count) - 1, NOWHERE)
        self.after = np.where(goes_on[1:], np.arange(count) + 1, NOWHERE)
        self.is_english = np.repeat([chunk.language == "en" for chunk in chunks], sizes)
        blocks = (index.documents[chunk.document].blocks[statement.block] for chunk, statement in index.statements)
        self.is_item = np.array([block.kind == "item" for block in blocks])
        self.has_notes = np.array([bool(statement.notes) for _, statement in index.statements])
        self.postings = Postings(index.terms)
        numbers: dict[str, int] = {}
        context_of_chunk = [numbers.setdefault(chunk.context, len(numbers)) for chunk in chunks]
        self.contexts = list(numbers)
        self.context = np.append(np.repeat(context_of_chunk, sizes), len(numbers))
        self._context_terms: dict[int, frozenset[str]] = {len(numbers): frozenset()}
        self._traits = np.zeros(count, dtype=_TRAITS)
        self._has_traits = np.zeros(count, dtype=np.bool_)

    def traits(self, rows: Rows) -> NDArray[np.void]:
        """The traits of rows, as an array with a field for each trait."""
        for row in rows[~self._has_traits[rows]].tolist():
            chunk, statement = self._index.statements[row]
            self._traits[row] = traits_of(statement.text, chunk.language == "zh")
            self._has_traits[row] = True
        return self._traits[rows]

    def terms(self, row: int) -> frozenset[str]:
        """The words of a statement and of its twin."""
        twin = self.twin[row]
        return self._index.terms[row] | self._index.terms[twin] if twin >= 0 else self._index.terms[row]

    def heading_terms(self, row: int) -> frozenset[str]:
        """The words of the headings above a statement and above its twin."""
        return self.context_terms(int(self.context[row])) | self.context_terms(int(self.context[self.twin[row]]))

    def context_terms(self, context: int) -> frozenset[str]:
        """The words of one of `contexts`; none for NOWHERE's."""
        if context not in self._context_terms:
            self._context_terms[context] = frozenset(with_concepts(self.contexts[context]))
        return self._context_terms[context]


def _passage(chunk: Chunk) -> tuple[object, ...]:
    """What the chunks of one passage have in common."""
    return chunk.document, chunk.language, chunk.section, chunk.header
