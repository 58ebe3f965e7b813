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

NOWHERE = -1  # the row of a statement that there is not: the twin of one without a twin, what stands before the first
Rows = NDArray[np.int64]

_TRAITS = np.dtype([(name, np.float64) for name in Traits._fields])


class IndexRows:
    """What is known of the rows of an index.

    NOWHERE may stand for a row wherever rows are asked about, so that one without a twin needs no case of its own.

    Attributes:
        first_of_chunk: (chunks,) the row of each chunk's first statement.
        is_english, is_item, has_notes: (rows,) of what language and kind it is, and whether a note backs it.
        is_translated: (rows,) whether its section says anything that the other language says as well.
    """

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        columns, count = index.columns, len(index.statements)
        self._twin = np.append(index.alignment.twin, np.int32(NOWHERE))
        self._chunk = np.append(columns.owner, np.int32(NOWHERE))
        self.first_of_chunk = columns.first
        # Whether the passage of the row before goes on in a row; it does not in the first one, nor beyond the last.
        self._goes_on = np.ones(count + 1, dtype=np.bool_)
        self._goes_on[0] = self._goes_on[count] = False
        self._goes_on[self.first_of_chunk[1:]] = columns.passage[1:] == columns.passage[:-1]
        self.is_english = columns.rows_where(columns.is_english)
        self.is_item = columns.kind == KINDS.index("item")
        self.has_notes = columns.has_notes
        self.is_translated = columns.rows_where(index.is_translated)
        self._first_in_context = columns.first_of(columns.context)
        self._context_terms: dict[int, frozenset[str]] = {NOWHERE: frozenset()}
        self._traits = np.zeros(count, dtype=_TRAITS)
        self._has_traits = np.zeros(count, dtype=np.bool_)

    def twin(self, rows: Rows) -> Rows:
        """The rows of the same statements in the other language, or NOWHERE."""
        return self._twin[rows].astype(np.int64)

    def before(self, rows: Rows) -> Rows:
        """The rows of the sentences before them in their passages, or NOWHERE."""
        return np.where(self._goes_on[rows], rows - 1, NOWHERE)

    def after(self, rows: Rows) -> Rows:
        """The rows of the sentences after them in their passages, or NOWHERE."""
        return np.where(self._goes_on[rows + 1], rows + 1, NOWHERE)

    def chunk(self, rows: Rows) -> NDArray[np.int32]:
        """The chunks of rows; NOWHERE's is NOWHERE."""
        return self._chunk[rows]

    def context(self, rows: Rows) -> NDArray[np.int32]:
        """The numbers of the headings of rows; NOWHERE's is NOWHERE."""
        return np.where(rows == NOWHERE, NOWHERE, self._index.columns.context[self._chunk[rows]])

    def traits(self, rows: Rows) -> NDArray[np.void]:
        """The traits of rows, as an array with a field for each trait."""
        for row in rows[~self._has_traits[rows]].tolist():
            chunk, statement = self._index.statements[row]
            self._traits[row] = traits_of(statement.text, chunk.language == "zh")
            self._has_traits[row] = True
        return self._traits[rows]

    def terms(self, row: int) -> frozenset[str]:
        """The words of a statement and of its twin."""
        twin = int(self._twin[row])
        return self._index.terms[row] | self._index.terms[twin] if twin >= 0 else self._index.terms[row]

    def heading_terms(self, row: int) -> frozenset[str]:
        """The words of the headings above a statement and above its twin."""
        own, of_twin = self.context(np.array([row, self._twin[row]])).tolist()
        return self.context_terms(own) | self.context_terms(of_twin)

    def context_terms(self, context: int) -> frozenset[str]:
        """The words of the headings of that number; none for NOWHERE's."""
        if context not in self._context_terms:
            self._context_terms[context] = frozenset(with_concepts(self.headings(context)))
        return self._context_terms[context]

    def headings(self, context: int) -> str:
        """The headings of a number."""
        return self._index.chunks[self._first_in_context[context]].context
