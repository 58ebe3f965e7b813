"""Citations: page, notes, quote and twin of a statement, all taken from the index."""

from collections.abc import Iterable, Sequence

from gbaqa.answering.answer import Citation, Footnote, Passage, Twin
from gbaqa.answering.differences import Differences
from gbaqa.corpus.document import Block, Document, Mark, Note
from gbaqa.index.chunk import Chunk, Statement
from gbaqa.index.navigation import twin_of
from gbaqa.index.store import SearchIndex
from gbaqa.language.script import Language, Script, language_of_script
from gbaqa.retrieval.retriever import Hit

_MOST_PASSAGES = 10  # shown with an answer


class Citer:
    """Makes citations of statements."""

    def __init__(self, index: SearchIndex) -> None:
        self._index = index
        self.differences = Differences(index)

    def cite(self, row: int, mark: int, script: Script) -> Citation:
        """The citation of the statement in that row of the index, for an answer in that script."""
        chunk, statement = self._index.statements[row]
        document = self._index.documents[chunk.document]
        page = document.page(statement.page)
        return Citation(
            mark=mark,
            document=document.id,
            title=document.title_in(language_of_script(script)),
            is_digest=document.is_digest,
            page=page.label or None,
            page_certain=page.certain,
            sheet=page.sheet,
            language=chunk.language,
            section=list(chunk.section),
            quote=statement.text,
            footnotes=footnotes(document, statement),
            twin=self._twin(row, document, script),
        )

    def cite_note(self, document_id: str, note: Note, mark: int, language: Language) -> Citation:
        """The citation of a note itself, as printed at the foot of its page."""
        document = self._index.documents[document_id]
        page = document.page(note.page)
        return Citation(
            mark=mark,
            document=document.id,
            title=document.title_in(language),
            is_digest=document.is_digest,
            page=page.label or None,
            page_certain=page.certain,
            sheet=page.sheet,
            language=note.language,
            quote=" ".join(filter(None, [str(note.number), note.text, note.url])),
            footnotes=[_footnote(note)],
        )

    def _twin(self, row: int, document: Document, script: Script) -> Twin | None:
        """The twin of a row; of several the one that differs."""
        differences = self.differences.of(row, script)
        twin_row = differences[0].twin if differences else twin_of(self._index, row)
        if twin_row is None:
            return None
        chunk, statement = self._index.statements[twin_row]
        return Twin(
            page=statement.page or None,
            language=chunk.language,
            quote=statement.text,
            footnotes=footnotes(document, statement),
            agrees=self.differences.agree(row),
            disagreement=("" if script != "en" else " ").join(one.sentence for one in differences) or None,
        )


def notes_behind(document: Document, statement: Statement) -> list[Note]:
    """The notes on a statement or on its heading; a mark without a note gives none."""
    return _resolved(document, statement, statement.notes)


def notes_of_lead_in(document: Document, statement: Statement) -> list[Note]:
    """The notes on the sentence that leads into the list or table of a statement."""
    return _resolved(document, statement, document.blocks[statement.block].lead_in_marks)


def footnotes(document: Document, statement: Statement) -> list[Footnote]:
    """The notes that back a statement, as citations show them."""
    return [_footnote(note) for note in notes_behind(document, statement) or notes_of_lead_in(document, statement)]


def _resolved(document: Document, statement: Statement, numbers: Iterable[int]) -> list[Note]:
    block: Block = document.blocks[statement.block]
    notes = (document.resolve(Mark(statement.span[1], number), block) for number in numbers)
    return [note for note in notes if note is not None]


def _footnote(note: Note) -> Footnote:
    return Footnote(number=note.number, text=note.text, url=note.url, language=note.language)


def with_cited(index: SearchIndex, hits: Sequence[Hit], rows: Iterable[int]) -> list[Hit]:
    """The passages that an answer rests on, whether or not a search has found them, then the others; as many as are shown."""
    found = {hit.chunk.id: hit for hit in hits}
    cited: dict[int, Hit] = {}
    for row in rows:
        chunk, cited_one = index.statements[row]
        nearness = tuple(float(statement is cited_one) for statement in chunk.statements)
        cited.setdefault(chunk.id, found.get(chunk.id, Hit(chunk, 0.0, nearness)))
    return list({**cited, **found}.values())[:_MOST_PASSAGES]


def passages(index: SearchIndex, hits: Iterable[Hit]) -> list[Passage]:
    """Retrieval results as every interface shows them: the first of each page in their order, then what else these pages have.

    Who looks through a few of them sees as many pages.
    """
    firsts: list[Passage] = []
    further: list[Passage] = []
    pages: set[tuple[str, str]] = set()
    for passage in (_passage(hit, index.documents[hit.chunk.document]) for hit in hits):
        page = (passage.document, passage.page) if passage.page else None
        (further if page in pages else firsts).append(passage)
        if page:
            pages.add(page)
    return firsts + further


def _passage(hit: Hit, document: Document) -> Passage:
    """The page is that of its best statement: as evidence, or else in similarity."""
    best = hit.best if hit.best is not None else max(range(len(hit.similarities)), key=hit.similarities.__getitem__)
    chunk: Chunk = hit.chunk
    page = document.page(chunk.statements[best].page)
    return Passage(
        page=page.label or None,
        page_certain=page.certain,
        sheet=page.sheet,
        is_digest=document.is_digest,
        language=chunk.language,
        score=round(hit.score, 4),
        text=chunk.text,
        section=list(chunk.section),
        document=chunk.document,
    )
