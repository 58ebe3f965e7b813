"""The sentence that leads into a list or a table: the note printed on it is the source of what follows.

“The causes were:⁹” says nothing that could be looked up itself; the falls and the chest infections below it are what note 9 backs.
"""

import re
from dataclasses import replace
from itertools import groupby

from gbaqa.corpus.document import Block
from gbaqa.language.segment import leads_on

# Neither "in the following year" nor "60% or below", 六成以下.
_POINTS_DOWN = re.compile(
    r"\bthe following (?!(?:years?|months?|weeks?|days?|quarters?|decades?|mornings?)\b)|\bas follows\b"
    r"|\b(?:table|list|figures?|shown|listed|given|set out) below\b|(?<![\d一二三四五六七八九十百千万亿成元岁米级%％])以下|如下|下[表列述]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.;。；！？!?:：]")
_LONGEST_TITLE = 70  # characters of a table's title, which may stand between


def with_notes_of_lead_ins(blocks: list[Block]) -> list[Block]:
    """Blocks in which the items or rows behind a lead-in have its notes as `lead_in_marks`."""
    result: list[Block] = []
    for (kind, _table, language), run in groupby(blocks, key=lambda block: (block.kind, block.table, block.language)):
        members = list(run)
        notes = _notes_of_lead_in(result) if kind in ("item", "row") and result and result[-1].language == language else ()
        if notes:
            members = [replace(member, lead_in_marks=notes) for member in members]
        result += members
    return result


def _notes_of_lead_in(before: list[Block]) -> tuple[int, ...]:
    """The notes on the sentence that leads into what follows those blocks: its last one with a colon, or one that points down."""
    lead_in = before[-2] if len(before) > 1 and _is_title(before[-1]) and before[-2].language == before[-1].language else before[-1]
    if lead_in.kind not in ("paragraph", "item") or not lead_in.marks:
        return ()
    *_, last = spans = lead_in.statement_spans
    notes: list[int] = []
    for start, end in spans:
        said = lead_in.text[start:end]
        if _POINTS_DOWN.search(said) or ((start, end) == last and leads_on(said)):
            notes += [mark.number for mark in lead_in.marks if start < mark.offset <= end]
    return tuple(notes)


def _is_title(block: Block) -> bool:
    return block.kind == "paragraph" and not block.marks and len(block.text) <= _LONGEST_TITLE and not _SENTENCE.search(block.text)
