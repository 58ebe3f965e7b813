"""The sources of an answer as a few lines of Markdown, for clients that show text and nothing else."""

from gbaqa.answering.answer import Answer, Citation, Footnote
from gbaqa.language.script import to_hong_kong
from gbaqa.web.page_label import page_label
from gbaqa.web.texts import TEXTS, Texts

_SECTIONS_SHOWN = 2  # the nearest headings above a quote


def source_list(answer: Answer) -> str:
    """A heading and a line for each place: its marks, page, headings, notes, and where the other language differs.

    Empty for an answer without sources.
    """
    if not answer.citations:
        return ""
    words = TEXTS[answer.language]
    marks: dict[str, list[str]] = {}
    for citation in answer.citations:
        marks.setdefault(_place(citation, words, answer), []).append(f"[{citation.mark}]")
    return "\n".join([f"**{words.sources}**", "", *(f"- {' '.join(of)} {place}" for place, of in marks.items())])


def _place(citation: Citation, words: Texts, answer: Answer) -> str:
    title = to_hong_kong(citation.title) if answer.language == "zh-Hant" else citation.title
    page = page_label(words, citation.page, certain=citation.page_certain, sheet=citation.sheet, is_digest=citation.is_digest)
    parts = [page, title, " › ".join(citation.section[-_SECTIONS_SHOWN:]), *(_note(note, words) for note in citation.footnotes)]
    if citation.twin and not citation.twin.agrees:
        differs = citation.twin.disagreement or words.differs
        parts.append("" if differs in answer.answer else differs)
    return " · ".join(filter(None, map(_one_line, parts)))


def _note(note: Footnote, words: Texts) -> str:
    address = f"<{note.url}>" if note.url and note.url.startswith(("http://", "https://")) else ""
    return " ".join(filter(None, [words.note.format(number=note.number), note.text, address]))


def _one_line(text: str) -> str:
    return " ".join(text.split())
