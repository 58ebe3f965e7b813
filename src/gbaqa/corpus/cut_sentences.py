"""Sentences that a column or page break cut in two, joined."""

import re
from dataclasses import replace
from itertools import pairwise

from gbaqa.corpus.bylines import is_said_in_both_languages
from gbaqa.corpus.document import Block, Mark
from gbaqa.language.script import HAN

SENTENCE_END = re.compile(r"[。！？!?…:：][”’」』）)\"']*$|[.;；][”’)\"']*$")
CONTINUES_ENGLISH = re.compile(r"^[a-z(,;&]")
_SENTENCE_INSIDE = re.compile(r"[。！？]|[a-z)”][.!?] [A-Z]")
# A cut sentence goes on at most so many blocks later: tables, figures and notes stand between.
_CONTINUES_WITHIN_BLOCKS = 6
_SHORTEST_CUT_HAN = 16
_SHORTEST_CUT_LATIN = 40


def join_cut_sentences(blocks: list[Block], *, only_at_page_breaks: bool = False) -> list[Block]:
    """Join each sentence that a column or page break cut in two; the block then remembers both pages.

    A text that a person wrote has no columns: its paragraphs end where they end, unless the page does.
    """
    joined: list[Block] = []
    taken: set[int] = set()
    for index, block in enumerate(blocks):
        if index in taken:
            continue
        parts = [block]
        last, length = index, len(block.text)
        while (rest := _continuation(blocks, last, length, taken, only_at_page_breaks)) is not None:
            taken.add(rest)
            parts.append(blocks[rest])
            last, length = rest, length + len(" ") + len(blocks[rest].text)
        joined.append(_concatenated(parts))
    return joined


def _continuation(blocks: list[Block], last: int, length: int, taken: set[int], only_at_page_breaks: bool) -> int | None:
    """Index of the block that goes on where a block stops in mid-sentence, None if it stops at an end.

    A text in parts is asked after by the last of them and its whole length: nothing else of it is looked at again.
    """
    block = blocks[last]
    if block.kind not in ("paragraph", "item") or block.table is not None or SENTENCE_END.search(block.text):
        return None
    if length < (_SHORTEST_CUT_HAN if block.language == "zh" else _SHORTEST_CUT_LATIN) or is_said_in_both_languages(block.text):
        return None
    for index in range(last + 1, min(last + 1 + _CONTINUES_WITHIN_BLOCKS, len(blocks))):
        rest = blocks[index]
        if rest.language != block.language:
            continue
        if index in taken:
            return None
        if rest.section != block.section:
            return index if not only_at_page_breaks and _goes_on_under_a_caption(blocks, last, index) else None
        if rest.kind != "paragraph" or rest.table is not None:
            if rest.kind == "item":
                return None
            continue
        if only_at_page_breaks and rest.pages[0][1] == block.pages[-1][1]:
            return None
        return index if _goes_on(block, rest, length, is_like_others=_ends_as_items_before(blocks, last)) else None
    return None


def _goes_on(block: Block, rest: Block, length: int, *, is_like_others: bool) -> bool:
    """Whether a text without an end goes on in another; `is_like_others` says that its end is that of the items before it."""
    whole = SENTENCE_END.search(rest.text) is not None
    if block.language == "zh":
        starts_as_rest = HAN.match(rest.text) and (whole or len(rest.text) >= _SHORTEST_CUT_HAN)
        return not is_like_others and bool(starts_as_rest or (rest.text[0].isdigit() and whole))
    # Running text may simply stop after a word, and go on with a name.
    is_long = length > 3 * _SHORTEST_CUT_LATIN or _SENTENCE_INSIDE.search(block.text) is not None
    stops_after_a_word = is_long and block.text[-1].isalnum() and not is_like_others
    return stops_after_a_word or bool(CONTINUES_ENGLISH.match(rest.text)) or _open_ended(block.text)


def _goes_on_under_a_caption(blocks: list[Block], last: int, index: int) -> bool:
    """Whether running text stops in mid-sentence and the next of its language goes on, though a heading parts them.

    The heading is the title of a chart, then, with nothing under it but the rest of that text.
    """
    block, rest = blocks[last], blocks[index]
    if block.kind != "paragraph" or rest.kind != "paragraph" or not _SENTENCE_INSIDE.search(block.text) or not block.text[-1].isalnum():
        return False
    if block.language == "en":
        return rest.text[0].islower()
    following = (blocks[at] for at in range(index + 1, len(blocks)))
    alone = next((other.section != rest.section for other in following if other.language == rest.language), True)
    return alone and HAN.match(rest.text) is not None and SENTENCE_END.search(rest.text) is not None


def _ends_as_items_before(blocks: list[Block], last: int) -> bool:
    """Whether a block is the item of a list whose items end without any sign, so that its end may be one."""
    block, before = blocks[last], blocks[last - 1]
    return (
        last > 0
        and block.kind == before.kind == "item"
        and (block.language, block.section) == (before.language, before.section)
        and before.text[-1].isalnum()
        and not _open_ended(before.text)
    )


def _open_ended(text: str) -> bool:
    """Whether English text stops where no sentence can: after a comma, a conjunction, an article or a preposition."""
    return re.search(r"(?:,|-|\b(?:and|or|the|a|an|of|in|to|for|with|by|on|at|from|that|which|as|its|their))$", text) is not None


def _concatenated(parts: list[Block]) -> Block:
    """One block made of those that a sentence goes through."""
    texts, pages, marks = [parts[0].text], list(parts[0].pages), list(parts[0].marks)
    offset = len(parts[0].text)
    for before, part in pairwise(parts):
        glue = "" if before.language == "zh" and not before.text[-1].isascii() else " "
        offset += len(glue)
        last_page = pages[-1][1]
        pages += [(start + offset, page) for start, page in part.pages if page != last_page]
        marks += [Mark(mark.offset + offset, mark.number) for mark in part.marks]
        texts += glue, part.text
        offset += len(part.text)
    span = parts[0].span[0], parts[-1].span[1]
    return replace(parts[0], text="".join(texts), pages=tuple(pages), marks=tuple(marks), span=span)
