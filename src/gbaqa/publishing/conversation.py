"""A conversation as Markdown and as a Word document, each with the references of all its answers in one list."""

import io
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from gbaqa.answering.answer import Answer
from gbaqa.corpus.document import Document
from gbaqa.language.script import Script
from gbaqa.publishing.citations import Exported, footnote
from gbaqa.publishing.markup import Run, TextBlock, blocks_of
from gbaqa.publishing.references import CitedAnswer, Reference, cited_answers, place_in_words
from gbaqa.publishing.wording import WORDING, Wording
from gbaqa.publishing.works import printable, web_address

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
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
    """The quote behind a reference, and where the other language says the same. A digest's words are no quotation."""
    words, citation = WORDING[script], reference.citation
    twin = place_in_words(citation.twin.page, script, is_digest=citation.is_digest) if citation.twin else ""
    quote = printable(citation.quote) if citation.is_digest else words.quoted.format(quote=printable(citation.quote))
    return quote + (words.in_brackets.format(text=words.twin.format(page=twin)) if twin else "")


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
    groups = groupby(blocks_of(one.answer, numbers), key=lambda block: block.kind)
    return "\n\n".join(
        "\n".join(f"- {_markdown_runs(block)}" for block in blocks)
        if kind == "bullet"
        else "\n\n".join(_markdown_runs(block) for block in blocks)
        for kind, blocks in groups
    )


def _markdown_runs(block: TextBlock) -> str:
    return "".join(f"[^{run.text}]" if run.is_mark else _escaped(run.text, first=at == 0) for at, run in enumerate(block.cells[0]))


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
    document.add_heading(words.conversation, level=1)
    for one in cited:
        document.add_heading(printable(one.answer.question) or words.question, level=2)
        if said := _said_of(one.answer, words):
            document.add_paragraph().add_run(said).italic = True
        _add_blocks(document, blocks_of(one.answer, _numbers(one)))
    references = [reference for one in cited for reference in one.references]
    if references:
        document.add_heading(words.references, level=2)
    for reference in references:
        paragraph = document.add_paragraph(f"[{reference.number}] ")
        for text, is_italic in footnote(reference, script):
            _add_linked(paragraph, text, _addresses(reference), is_italic=is_italic)
        paragraph.add_run(f" {_quote_of(reference, script)}")
    file = io.BytesIO()
    document.save(file)
    return Exported(file.getvalue(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx")


def _add_linked(paragraph: "Paragraph", text: str, addresses: set[str], *, is_italic: bool) -> None:
    """Text with these addresses as links, which Word does not make by itself."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for piece in filter(None, _parted(text, addresses)):
        run = paragraph.add_run(piece)
        run.italic = is_italic
        if piece in addresses:
            run.font.underline = True
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), paragraph.part.relate_to(piece, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            run._r.addprevious(link)  # python-docx reads links but has no way to write one
            link.append(run._r)


def _set_font(document: "WordDocument", script: Script) -> None:
    """Word takes Chinese characters from a font of their own; without one 繁體 may be set in the mainland's glyphs."""
    from docx.oxml.ns import qn

    for name in ("Normal", "Heading 1", "Heading 2"):
        fonts = document.styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        fonts.set(qn("w:eastAsia"), _WORD_FONTS[script])


def _add_blocks(document: "WordDocument", blocks: Sequence[TextBlock]) -> None:
    styles = {"paragraph": None, "bullet": "List Bullet", "numbered": "List Number", "heading": "Heading 3"}
    for kind, same in groupby(blocks, key=lambda block: block.kind):
        if kind != "row":
            for block in same:
                _add_runs(document.add_paragraph(style=styles[kind]), block.cells[0])
            continue
        rows = list(same)
        table = document.add_table(rows=len(rows), cols=max(len(row.cells) for row in rows), style="Table Grid")
        for row, block in zip(table.rows, rows, strict=True):
            for place, cell in zip(row.cells, block.cells, strict=False):
                _add_runs(place.paragraphs[0], cell)


def _add_runs(paragraph: "Paragraph", runs: Sequence[Run]) -> None:
    for run in runs:
        added = paragraph.add_run(f"[{run.text}]" if run.is_mark else run.text)
        added.bold, added.italic = run.bold or None, run.italic or None
        if run.is_mark:
            added.font.superscript = True
