"""Source cards: where each statement of an answer comes from, as HTML.

Everything here is text of a document that anybody may have written, so all of it is escaped.
"""

from html import escape

from gbaqa.answering.answer import Answer, Citation, Footnote, Passage, Twin
from gbaqa.answering.page_wording import page_label
from gbaqa.language.script import Language, language_of_script, to_hong_kong
from gbaqa.web.actions import source_actions_html
from gbaqa.web.chat_texts import CHAT_TEXTS
from gbaqa.web.links import outside_link, page_address
from gbaqa.web.texts import TEXTS, Texts

_NEAREST_SHOWN = 3
_CARDS_SHOWN = 4  # the others are unfolded by the reader, or by the mark that leads to one of them


def card_id(turn: int, mark: int) -> str:
    """Element id of the card of a mark. Every answer counts its marks from 1, so the turn is part of it."""
    return f"turn-{turn}-source-{mark}"


def sources_html(answer: Answer, turn: int) -> str:
    """The cards beside an answer, or beside a refusal the passages that come closest; empty if there is neither."""
    words = TEXTS[answer.language]
    if answer.status == "refused":
        return _nearest(answer, words)
    if not answer.citations:
        return ""
    titles = list(dict.fromkeys(_title(answer, citation) for citation in answer.citations))
    several = len(titles) > 1
    heading = f"<h3>{escape(words.sources)}</h3>{'' if several else _title_line(titles[0])}"
    cards = [_card(citation, turn, answer, _title(answer, citation) if several else "") for citation in answer.citations]
    return f"{heading}{_folded(cards, CHAT_TEXTS[answer.language].more_sources)}"


def _folded(cards: list[str], label: str) -> str:
    """The cards, those beyond the first few folded together: on a phone a long answer's sources fill many screens."""
    if len(cards) <= _CARDS_SHOWN + 1:
        return "".join(cards)
    more = escape(label.format(count=len(cards) - _CARDS_SHOWN))
    shown, folded = "".join(cards[:_CARDS_SHOWN]), "".join(cards[_CARDS_SHOWN:])
    return f'{shown}<details class="more"><summary>{more}</summary>{folded}</details>'


def _title(answer: Answer, citation: Citation) -> str:
    return to_hong_kong(citation.title) if answer.language == "zh-Hant" else citation.title


def _title_line(title: str) -> str:
    return f'<p class="title">{escape(title)}</p>' if title else ""


def _card(citation: Citation, turn: int, answer: Answer, title: str) -> str:
    words = TEXTS[answer.language]
    page = page_label(words.script, citation.page, certain=citation.page_certain, sheet=citation.sheet, is_digest=citation.is_digest)
    label = escape(words.source.format(mark=citation.mark))
    context = _context(citation, answer)
    return (
        f'<section class="card" id="{card_id(turn, citation.mark)}" data-mark="{citation.mark}" tabindex="-1" aria-label="{label}">'
        f'<h4><span class="number" aria-hidden="true">{citation.mark}</span> '
        f"{page_link(page, page_address(citation.document, citation.page, citation.quote))}</h4>"
        f"{_title_line(title)}{_section(citation.section, citation.language)}"
        f"{_passage(citation.quote, citation.language, is_digest=citation.is_digest)}{context}"
        f"{_footnotes(citation.footnotes, citation.language, words)}"
        f"{_twin(citation, citation.twin, words) if citation.twin else ''}"
        f"{source_actions_html(citation, answer)}</section>"
    )


def page_link(page: str, address: str | None) -> str:
    """A page by its name, leading to its view where it has one; in a tab of its own, for the conversation stays open beside it."""
    name = f'<span class="page">{escape(page)}</span>'
    return f'<a class="open" href="{escape(address)}" target="_blank" rel="noopener">{name}</a>' if address else name


def _section(path: list[str], language: Language) -> str:
    return f'<p class="section" lang="{language}">{escape(" › ".join(path))}</p>' if path else ""


def _passage(text: str, language: Language, *, is_digest: bool) -> str:
    """The document's words as a quotation; a digest's words as a paragraph, since they are not the paper's."""
    if is_digest:
        return f'<p class="digest" lang="{language}">{escape(text)}</p>'
    return f'<blockquote lang="{language}">{escape(text)}</blockquote>'


def _context(citation: Citation, answer: Answer) -> str:
    """The passage that the quote is taken from, with the quote marked, to be unfolded; empty where the quote is all of it."""
    found = (one for one in answer.passages if (one.document, one.language) == (citation.document, citation.language))
    passage = next((one.text for one in found if citation.quote in one.text and citation.quote != one.text), None)
    if passage is None:
        return ""
    before, after = passage.split(citation.quote, 1)
    text = f"{escape(before)}<mark>{escape(citation.quote)}</mark>{escape(after)}"
    summary = escape(CHAT_TEXTS[answer.language].in_context)
    return f'<details class="context"><summary>{summary}</summary><p lang="{citation.language}">{text}</p></details>'


def _footnotes(footnotes: list[Footnote], language: Language, words: Texts) -> str:
    if not footnotes:
        return ""
    items = []
    for note in footnotes:
        number = f'<span class="note-number">{escape(words.note.format(number=note.number))}</span>'
        text = f'<span lang="{note.language}">{escape(note.text)}</span>'
        elsewhere = f"<i>{escape(words.note_elsewhere[note.language])}</i>" if note.language != language else ""
        items.append(f"<li>{' '.join(filter(None, [number, text, outside_link(note.url), elsewhere]))}</li>")
    return f'<ul class="notes">{"".join(items)}</ul>'


def _twin(citation: Citation, twin: Twin, words: Texts) -> str:
    is_digest = citation.is_digest
    place = words.version[twin.language].format(page=page_label(words.script, twin.page, is_digest=is_digest))
    link = page_link(place, page_address(citation.document, twin.page, twin.quote))
    differs = "" if twin.agrees else f'<p class="differs">{escape(twin.disagreement or words.differs)}</p>'
    return (
        f'<div class="twin"><h5>{link}</h5>'
        f"{_passage(twin.quote, twin.language, is_digest=is_digest)}{_footnotes(twin.footnotes, twin.language, words)}</div>{differs}"
    )


def _nearest(answer: Answer, words: Texts) -> str:
    """Where to look instead: pages and headings, no text, since nothing on them answers the question."""
    language = language_of_script(answer.language)
    own = [passage for passage in answer.passages if passage.language == language]
    places = list(dict.fromkeys(_place(passage, words) for passage in own or answer.passages))[:_NEAREST_SHOWN]
    return f'<h3>{escape(words.nearest)}</h3><ul class="nearest">{"".join(places)}</ul>' if places else ""


def _place(passage: Passage, words: Texts) -> str:
    page = page_label(words.script, passage.page, certain=passage.page_certain, sheet=passage.sheet, is_digest=passage.is_digest)
    return f"<li>{page_link(page, page_address(passage.document, passage.page))}{_section(passage.section, passage.language)}</li>"
