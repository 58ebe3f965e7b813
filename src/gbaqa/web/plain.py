"""An answer as plain text with its sources, as people paste it into a report."""

from gbaqa.answering.answer import Answer, Citation, Footnote
from gbaqa.publishing.wording import WORDING
from gbaqa.web.page_label import page_label
from gbaqa.web.texts import TEXTS, Texts


def plain_text(answer: Answer) -> str:
    """The answer, then a line a source: "[1] GBA optics, p. 13: “…” (Note 7: Statistics Bureau, https://…; In Chinese · p. 11)"."""
    sources = [f"[{citation.mark}] {plain_source(citation, answer)}" for citation in answer.citations]
    return "\n\n".join(filter(None, [answer.answer, "\n".join(sources)]))


def plain_source(citation: Citation, answer: Answer) -> str:
    """One source on one line: title, page, the words of the page, the notes behind them and the other language's page."""
    words = TEXTS[answer.language]
    chinese = answer.language != "en"
    page = page_label(words, citation.page, certain=citation.page_certain, sheet=citation.sheet, is_digest=citation.is_digest)
    place = ("，" if chinese else ", ").join(filter(None, [citation.title, page]))
    told = [_note(note, words, chinese=chinese) for note in citation.footnotes]
    if citation.twin and citation.twin.page:
        other = page_label(words, citation.twin.page, is_digest=citation.is_digest)
        told.append(words.version[citation.twin.language].format(page=other))
    told_shown = ("；" if chinese else "; ").join(told)
    # A digest's words are not the document's, so they are not put in quotation marks.
    quote = citation.quote if citation.is_digest else WORDING[answer.language].quoted.format(quote=citation.quote)
    behind = (f"（{told_shown}）" if chinese else f" ({told_shown})") if told else ""
    return f"{place}{'：' if chinese else ': '}{quote}{behind}"


def _note(note: Footnote, words: Texts, *, chinese: bool) -> str:
    named = words.note.format(number=note.number) + ("：" if chinese else ": ") + note.text
    return f"{named}{'，' if chinese else ', '}{note.url}" if note.url else named
