"""An answer as plain text with its sources, as people paste it into a report."""

from gbaqa.answering.answer import Answer, Citation, Footnote
from gbaqa.web.sources import page_label
from gbaqa.web.texts import TEXTS, Texts


def plain_text(answer: Answer) -> str:
    """The answer, then a line a source: "[1] GBA optics, p. 13: “…” (Note 7: Statistics Bureau, https://…)"."""
    words = TEXTS[answer.language]
    sources = [_source(citation, answer, words) for citation in answer.citations]
    return "\n\n".join(filter(None, [answer.answer, "\n".join(sources)]))


def _source(citation: Citation, answer: Answer, words: Texts) -> str:
    chinese = answer.language != "en"
    page = page_label(words, citation.page, certain=citation.page_certain, sheet=citation.sheet, is_digest=citation.is_digest)
    place = ("，" if chinese else ", ").join(filter(None, [citation.title, page]))
    notes = ("；" if chinese else "; ").join(_note(note, words, chinese=chinese) for note in citation.footnotes)
    # A digest's words are not the document's, so they are not put in quotation marks.
    quote = citation.quote if citation.is_digest else f"「{citation.quote}」" if chinese else f"“{citation.quote}”"
    behind = (f"（{notes}）" if chinese else f" ({notes})") if notes else ""
    return f"[{citation.mark}] {place}{'：' if chinese else ': '}{quote}{behind}"


def _note(note: Footnote, words: Texts, *, chinese: bool) -> str:
    named = words.note.format(number=note.number) + ("：" if chinese else ": ") + note.text
    return f"{named}{'，' if chinese else ', '}{note.url}" if note.url else named
