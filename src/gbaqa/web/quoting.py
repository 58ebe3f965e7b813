"""Where on a page the words stand that an address quotes."""

import re
from dataclasses import dataclass

from gbaqa.corpus.document import Block, Document
from gbaqa.language.segment import Span


@dataclass(frozen=True, slots=True)
class Quoted:
    """The passage that is quoted: a block and a span of its text."""

    block: Block
    span: Span


def find_quote(document: Document, label: str, quote: str) -> Quoted | None:
    """The quoted passage on a page, None where its words do not stand there.

    A quote that begins a statement stands for all of it: addresses carry only the beginning of a long one. Where
    the words stand several times, the first is meant.
    """
    words = quote.split()
    if not words:
        return None
    pattern = re.compile(r"\s*".join(re.escape(word) for word in words))
    for block in document.blocks_on(label):
        for match in pattern.finditer(block.text):
            if label in (block.page_at(match.start()), block.page_at(match.end() - 1)):
                return Quoted(block, _whole_statement(block, match.span()))
    return None


def _whole_statement(block: Block, span: Span) -> Span:
    """The statement that the span begins; the span itself where it begins none."""
    start, end = span
    return next(((start, max(end, to)) for begin, to in block.statement_spans if begin == start), span)
