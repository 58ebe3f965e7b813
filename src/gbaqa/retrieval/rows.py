"""The rows of an index as arrays: what is known of each statement whatever is asked.

What follows from an index at once is there from the start. What has to be read from texts (traits, the words of headings)
is found out when a row is first looked at, so that an index opens in no time.
"""

import numpy as np
from numpy.typing import NDArray

from gbaqa.index.columns import KINDS
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
        contexts: how many different headings statements have.
        context: (rows + 1,) the number of its headings; `contexts` for NOWHERE.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        columns, count = index.columns, len(index.statements)
        self.twin = np.asarray(index.alignment.twin, dtype=np.int64)
        self.chunk = np.append(columns.owner.astype(np.int64), NOWHERE)
        self.first_of_chunk = columns.first
        goes_on = np.ones(count + 1, dtype=np.bool_)  # whether the passage of the row before goes on in a row
        goes_on[0] = goes_on[count] = False
        goes_on[self.first_of_chunk[1:]] = columns.passage[1:] == columns.passage[:-1]
        self.before = np.where(goes_on[:-1], np.arange(count) - 1, NOWHERE)
        self.after = np.where(goes_on[1:], np.arange(count) + 1, NOWHERE)
        self.is_english = columns.rows_where(columns.is_english)
        self.is_item = columns.kind == KINDS.index("item")
        self.has_notes = columns.has_notes
        self.postings = Postings(index.terms)
        self._first_in_context = columns.first_of(columns.context)
        self.contexts = len(self._first_in_context)
        self.context = np.append(np.repeat(columns.context, columns.size), self.contexts)
        self._context_terms: dict[int, frozenset[str]] = {self.contexts: frozenset()}
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
        """The words of the headings of that number; none for NOWHERE's."""
        if context not in self._context_terms:
            self._context_terms[context] = frozenset(with_concepts(self.headings(context)))
        return self._context_terms[context]

    def headings(self, context: int) -> str:
        """The headings of a number below `contexts`."""
        return self._index.chunks[self._first_in_context[context]].context
