"""A conversation as Markdown and as a Word document, each with the references of all its answers in one list."""

import io
import re
from collections.abc import Mapping, Sequence
from itertools import count, groupby
from typing import TYPE_CHECKING, Literal

from gbaqa.answering.answer import Answer
from gbaqa.corpus.document import Document
from gbaqa.language.script import Script
from gbaqa.publishing.citations import Exported, footnote
from gbaqa.publishing.markup import Run, TextBlock, blocks_of
from gbaqa.publishing.references import CitedAnswer, Reference, cited_answers, place_of_twin, quote_of
from gbaqa.publishing.wording import WORDING, Wording
from gbaqa.publishing.works import printable, web_address

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.table import Table
    from docx.text.paragraph import Paragraph

ConversationFormat = Literal["markdown", "docx"]

# What would be read as Markdown: anywhere, and at the beginning of a line.
_SPECIAL = re.compile(r"([\\`*_\[\]<>#|~])")
_SPECIAL_FIRST = re.compile(r"^(\d+)([.)])(?=\s)|^([-+=])")
_WORD_FONTS: dict[Script, str] = {"en": "SimSun", "zh-Hans": "SimSun", "zh-Hant": "PMingLiU"}


def export_conversation(answers: Sequence[Answer], documents: Mapping[str, Document], how: ConversationFormat, script: Script) -> Exported:
    """A conversation as a file.

    Args:
        answers: oldest first.
        documents: what is known of the works, by id.
        how: Markdown with footnotes, or a Word document.
        script: the language and script of headings and references.
    """
    cited = cited_answers(answers, documents, script)
    return _markdown(cited, script) if how == "markdown" else _word(cited, script)


def _numbers(one: CitedAnswer) -> dict[int, int]:
    return {reference.citation.mark: reference.number for reference in one.references}


def _said_of(answer: Answer, words: Wording) -> str:
    """How a follow-up was understood; empty where the question stood alone."""
    return words.understood_as.format(question=printable(answer.understood_as)) if answer.understood_as else ""


def _quote_of(reference: Reference, script: Script) -> str:
    """The quote behind a reference, and where the other language says the same."""
    words, citation = WORDING[script], reference.citation
    twin = place_of_twin(citation, script)
    return quote_of(citation, script) + (words.in_brackets.format(text=words.twin.format(page=twin)) if twin else "")


def _markdown(cited: Sequence[CitedAnswer], script: Script) -> Exported:
    words = WORDING[script]
    parts = [f"# {words.conversation}"]
    for one in cited:
        parts.append(f"## {_escaped(printable(one.answer.question)) or words.question}")
        if said := _said_of(one.answer, words):
            parts.append(f"*{_escaped(said)}*")
        parts.append(_markdown_answer(one))
    references = [reference for one in cited for reference in one.references]
    if references:
        parts.append(f"## {words.references}")
        parts.append("\n".join(f"[^{one.number}]: {_markdown_reference(one, script)}" for one in references))
    return Exported(("\n\n".join(parts) + "\n").encode(), "text/markdown; charset=utf-8", "md")


def _markdown_answer(one: CitedAnswer) -> str:
    numbers = _numbers(one)
    if one.answer.mode == "generative":  # Markdown already; only its marks are counted on
        return re.sub(
            r"\[(\d{1,3})\]", lambda mark: f"[^{numbers[int(mark[1])]}]" if int(mark[1]) in numbers else mark[0], one.answer.answer
        )
    return "\n\n".join(_markdown_group(list(blocks)) for _, blocks in groupby(blocks_of(one.answer, numbers), key=lambda block: block.kind))


def _markdown_group(blocks: Sequence[TextBlock]) -> str:
    """Blocks of one kind."""
    match blocks[0].kind:
        case "bullet":
            return "\n".join(f"- {_markdown_runs(block.cells[0])}" for block in blocks)
        case "row":
            head, *rows = [f"| {' | '.join(map(_markdown_runs, block.cells))} |" for block in blocks]
            return "\n".join([head, "|" + " --- |" * len(blocks[0].cells), *rows])
        case _:
            return "\n\n".join(_markdown_runs(block.cells[0]) for block in blocks)


def _markdown_runs(runs: Sequence[Run]) -> str:
    return "".join(f"[^{run.text}]" if run.is_mark else _escaped(run.text, first=at == 0) for at, run in enumerate(runs))


def _markdown_reference(reference: Reference, script: Script) -> str:
    addresses = _addresses(reference)
    note = "".join(f"*{_linked(text, addresses)}*" if italic else _linked(text, addresses) for text, italic in footnote(reference, script))
    return f"{note} {_escaped(_quote_of(reference, script), first=False)}"


def _linked(text: str, addresses: set[str]) -> str:
    """Text that Markdown shows as it is, with these addresses as links."""
    return "".join(f"<{piece}>" if piece in addresses else _escaped(piece, first=False) for piece in _parted(text, addresses))


def _addresses(reference: Reference) -> set[str]:
    return {address for note in reference.citation.footnotes if (address := web_address(note.url))}


def _parted(text: str, addresses: set[str]) -> list[str]:
    """A text parted before and after each of these addresses."""
    return re.split(f"({'|'.join(map(re.escape, sorted(addresses, key=len, reverse=True)))})", text) if addresses else [text]


def _escaped(text: str, *, first: bool = True) -> str:
    """Text that Markdown shows as it is."""
    escaped = _SPECIAL.sub(r"\\\1", text)
    return _SPECIAL_FIRST.sub(lambda match: f"{match[1]}\\{match[2]}" if match[1] else f"\\{match[3]}", escaped) if first else escaped


def _word(cited: Sequence[CitedAnswer], script: Script) -> Exported:
    import docx  # only who asks for a Word document waits for it

    words = WORDING[script]
    document = docx.Document()
    document.core_properties.author = "gbaqa"
    document.core_properties.title = words.conversation
    _set_font(document, script)
    body = _Body(document)
    body.add_paragraph(words.conversation, "Heading 1")
    for one in cited:
        body.add_paragraph(printable(one.answer.question) or words.question, "Heading 2")
        if said := _said_of(one.answer, words):
            body.add_paragraph().add_run(said).italic = True
        _add_blocks(body, blocks_of(one.answer, _numbers(one)))
    references = [reference for one in cited for reference in one.references]
    if references:
        body.add_paragraph(words.references, "Heading 2")
    for reference in references:
        paragraph = body.add_paragraph(f"[{reference.number}] ")
        for text, is_italic in footnote(reference, script):
            _add_linked(body, paragraph, text, _addresses(reference), is_italic=is_italic)
        paragraph.add_run(f" {_quote_of(reference, script)}")
    body.close()
    file = io.BytesIO()
    document.save(file)
    return Exported(file.getvalue(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")


class _Body:
    """What a Word document has in it, added to at its end.

    A document looks for its end through all that it has, for each paragraph once more. What is added before a last
    paragraph has its place at once, so a long answer takes a time in proportion to its length. `close` takes that
    paragraph away again.
    """

    def __init__(self, document: "WordDocument") -> None:
        self._document = document
        self._width = document._block_width  # looked for through the whole document too
        self._end = document.add_paragraph()
        self._links: dict[str, str] = {}  # by address; the document compares a new one with each that it has

    def add_paragraph(self, text: str = "", style: str | None = None) -> "Paragraph":
        return self._end.insert_paragraph_before(text, style)

    def add_table(self, rows: int, columns: int) -> "Table":
        from docx.oxml.table import CT_Tbl
        from docx.table import Table

        table = Table(CT_Tbl.new_tbl(rows, columns, self._width), self._document)
        self._end._p.addprevious(table._tbl)
        table.style = "Table Grid"
        return table

    def link_to(self, address: str) -> str:
        """The document's id of an address that it links to."""
        from docx.opc.constants import RELATIONSHIP_TYPE

        if address not in self._links:
            known = self._document.part.rels
            free = next(name for name in (f"rId{number}" for number in count(len(known) + 1)) if name not in known)
            self._links[address] = known.add_relationship(RELATIONSHIP_TYPE.HYPERLINK, address, free, is_external=True).rId
        return self._links[address]

    def close(self) -> None:
        self._document.element.body.remove(self._end._p)


def _add_linked(body: _Body, paragraph: "Paragraph", text: str, addresses: set[str], *, is_italic: bool) -> None:
    """Text with these addresses as links, which Word does not make by itself."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for piece in filter(None, _parted(text, addresses)):
        run = paragraph.add_run(piece)
        run.italic = is_italic
        if piece in addresses:
            run.font.underline = True
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), body.link_to(piece))
            run._r.addprevious(link)  # python-docx reads links but has no way to write one
            link.append(run._r)


def _set_font(document: "WordDocument", script: Script) -> None:
    """Word takes Chinese characters from a font of their own; without one 繁體 may be set in the mainland's glyphs."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _WORD_FONTS[script])


def _add_blocks(body: _Body, blocks: Sequence[TextBlock]) -> None:
    styles = {"paragraph": None, "bullet": "List Bullet", "numbered": "List Number", "heading": "Heading 3"}
    rows: list[TextBlock] = []
    for block in blocks:
        if rows and (block.begins or block.kind != "row"):
            _add_table(body, rows)
            rows = []
        if block.kind == "row":
            rows.append(block)
        else:
            _add_runs(body.add_paragraph(style=styles[block.kind]), block.cells[0])
    if rows:
        _add_table(body, rows)


def _add_table(body: _Body, rows: Sequence[TextBlock]) -> None:
    """A table and, as tables touch what stands below them, a little room."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    table = body.add_table(len(rows), max(len(row.cells) for row in rows))
    for row, block in zip(table.rows, rows, strict=True):
        for place, cell in zip(row.cells, block.cells, strict=False):
            _add_runs(place.paragraphs[0], cell)
        if block.begins:
            row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated where the table goes on on another page
    body.add_paragraph().paragraph_format.space_after = Pt(0)


def _add_runs(paragraph: "Paragraph", runs: Sequence[Run]) -> None:
    for run in runs:
        added = paragraph.add_run(f"[{run.text}]" if run.is_mark else run.text)
        added.bold, added.italic = run.bold or None, run.italic or None
        if run.is_mark:
            added.font.superscript = True
