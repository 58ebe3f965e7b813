"""Chunks: what is embedded and ranked; Statements: what is quoted.

A Statement is a sentence, a table row or an info-graphic figure. A Chunk is a run of statements under one heading path
that fits a token budget. Nothing is cut inside a statement unless the statement alone exceeds the budget; then it is
cut at clause ends, never inside a word, a number with its unit, or a URL.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache

from gbaqa.corpus.document import Block, Document
from gbaqa.language.cells import CELL_SEPARATOR, row_quantities
from gbaqa.language.quantities import Quantity, stated_quantities
from gbaqa.language.script import Language
from gbaqa.language.segment import Span, split_to_fit

TokenCounter = Callable[[str], int]

# Of multilingual models with a SentencePiece vocabulary, on running text.
_CHARACTERS_PER_TOKEN: dict[Language, float] = {"en": 4.2, "zh": 1.4}


@dataclass(frozen=True, slots=True)
class Statement:
    """The smallest text that can be cited alone.

    Attributes:
        text: as printed.
        page: printed label of the page it starts on, "" without pages.
        notes: numbers of the note marks that back it, in its own language's numbering.
        block: index of its block in the document.
        span: characters of the block's text.
    """

    text: str
    page: str
    notes: tuple[int, ...]
    block: int
    span: Span


@dataclass(frozen=True, slots=True)
class Chunk:
    """A passage of one document, in one language, under one heading path.

    Attributes:
        id: position in the index.
        document: id of its document.
        section: headings above it, outermost first.
        header: column names of the table it is part of, or the title of the info-graphic, "" for running text.
        span: characters of the source file `source`.
    """

    id: int
    document: str
    language: Language
    section: tuple[str, ...]
    header: str
    statements: tuple[Statement, ...]
    source: str
    span: Span
    pages: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The passage as printed."""
        return _glue(self.language).join(statement.text for statement in self.statements)

    @property
    def context(self) -> str:
        """Heading path and table header: they travel with the passage into its embedding and its words."""
        return " › ".join(filter(None, [*self.section, self.header]))

    @property
    def embedded_text(self) -> str:
        """The text that is embedded and indexed."""
        return f"{self.context}\n{self.text}" if self.context else self.text

    @property
    def notes(self) -> tuple[int, ...]:
        """Numbers of all notes that back a statement of this chunk."""
        return tuple(dict.fromkeys(number for statement in self.statements for number in statement.notes))


def quantities_of(chunk: Chunk, statement: Statement) -> tuple[Quantity, ...]:
    """All that a statement of a chunk states in numbers; figures of a table with the units in its labels."""
    is_row = CELL_SEPARATOR in statement.text
    return row_quantities(statement.text, chunk.header) if is_row else stated_quantities(statement.text)


def _glue(language: Language) -> str:
    return "" if language == "zh" else " "


@dataclass(frozen=True, slots=True)
class _Group:
    """Statements that may share a chunk."""

    key: tuple[object, ...]
    header: str
    statements: list[Statement]


def chunk_documents(documents: Iterable[Document], count_tokens: TokenCounter, budget: int) -> list[Chunk]:
    """Cut documents into chunks whose embedded text has at most `budget` tokens where their statements allow it."""
    chunks: list[Chunk] = []
    count_heading = cache(count_tokens)  # a long heading stands over many groups
    for document in documents:
        for group in _groups(document, budget):
            if document.is_digest:
                _carry_notes_back(group.statements)
            for statements in _fill(group, _room(group, document, count_heading, budget), count_tokens):
                chunks.append(_chunk(len(chunks), document, group, statements))
    return chunks


def _groups(document: Document, budget: int) -> Iterator[_Group]:
    """Neighbouring statements under the same heading path, table and language."""
    group: _Group | None = None
    names: tuple[str, ...] = ()
    joined_names = ""
    for index, block in enumerate(document.blocks):
        table = block.table if block.kind == "row" else None
        if block.header is not names:  # which the rows of a table share
            names, joined_names = block.header, CELL_SEPARATOR.join(filter(None, block.header))
        header = joined_names or block.caption
        key = (block.language, block.section, table, header, block.source)
        if block.kind == "source" and group is not None and group.key[:2] == key[:2]:
            group.statements.extend(_statements(block, index, budget))  # a source line stays with what it is the source of
            continue
        if group is None or group.key != key:
            if group is not None:
                yield group
            group = _Group(key, header, [])
        group.statements.extend(_statements(block, index, budget))
    if group is not None:
        yield group


def _carry_notes_back(statements: list[Statement]) -> None:
    """Give statements without a note those of the next one on their page and under their heading that has any.

    A digest says in several statements what the original says in one noted passage; the mark stands on the last.
    """
    for index in range(len(statements) - 2, -1, -1):
        here, following = statements[index], statements[index + 1]
        if not here.notes and here.page == following.page:
            statements[index] = replace(here, notes=following.notes)


def _statements(block: Block, index: int, budget: int) -> Iterator[Statement]:
    for span in block.statement_spans:
        notes = block.notes_for(span)
        for piece in _pieces(block, span, budget):
            yield Statement(block.text[slice(*piece)], block.page_at(piece[0]), notes, index, piece)


def _pieces(block: Block, span: Span, budget: int) -> list[Span]:
    """A statement as it is, or cut at clause ends where it alone exceeds the budget."""
    start, end = span
    fits = int(budget * _CHARACTERS_PER_TOKEN[block.language])
    if end - start <= fits:
        return [span]
    return [(start + a, start + b) for a, b in split_to_fit(block.text[start:end], fits)]


def _room(group: _Group, document: Document, count_heading: TokenCounter, budget: int) -> int:
    """The tokens that a group's headings leave to its statements: half of the budget, however long they are."""
    context = sum(count_heading(part) for part in [*document.blocks[group.statements[0].block].section, group.header] if part)
    return max(budget - context, budget // 2)


def _fill(group: _Group, room: int, count_tokens: TokenCounter) -> Iterator[list[Statement]]:
    """Fill chunks with statements in order; a block (paragraph, list item) is kept together where it fits."""
    sizes = [count_tokens(statement.text) for statement in group.statements]
    chunk: list[Statement] = []
    used = 0
    for statement, size, block_size in zip(group.statements, sizes, _sizes_of_blocks(group.statements, sizes), strict=True):
        new_block = bool(chunk) and statement.block != chunk[-1].block
        if chunk and (used + size > room or (new_block and used + block_size > room >= block_size)):
            yield chunk
            chunk, used = [], 0
        chunk.append(statement)
        used += size
    if chunk:
        yield chunk


def _sizes_of_blocks(statements: list[Statement], sizes: list[int]) -> list[int]:
    """For each statement, the size of its block from there on."""
    from_here: list[int] = []
    for statement, size, following in zip(reversed(statements), reversed(sizes), [None, *reversed(statements)], strict=False):
        same = following is not None and following.block == statement.block
        from_here.append(size + from_here[-1] if same else size)
    return from_here[::-1]


def _chunk(chunk_id: int, document: Document, group: _Group, statements: list[Statement]) -> Chunk:
    blocks = [document.blocks[statement.block] for statement in statements]
    pages = tuple(dict.fromkeys(page for s in statements for page in _pages_of(document.blocks[s.block], s.span) if page))
    return Chunk(
        id=chunk_id,
        document=document.id,
        language=blocks[0].language,
        section=blocks[0].section,
        header=group.header,
        statements=tuple(statements),
        source=blocks[0].source,
        span=(min(block.span[0] for block in blocks), max(block.span[1] for block in blocks)),
        pages=pages,
    )


def _pages_of(block: Block, span: Span) -> list[str]:
    return list(dict.fromkeys([block.page_at(span[0]), block.page_at(max(span[1] - 1, span[0]))]))
