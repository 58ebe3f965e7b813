"""The sentences in a reply as it comes in, each handed on as soon as it is complete."""

import re
from collections.abc import Iterable, Iterator

from gbaqa.generation.material import Sentence
from gbaqa.language.script import clean
from gbaqa.language.segment import sentences

_MARK = r"[\[【［〔]\s*\^?\s*\d{1,3}(?:\s*[,，、;]\s*\^?\d{1,3})*\s*[\]】］〕]"
_MARKS = re.compile(_MARK)
# "… a day. [1]" becomes "… a day[1]." so that a mark stays with its sentence.
_AFTER_STOP = re.compile(rf"([.!?。！？]+[”’\"'」』）)]*)((?:\s*{_MARK})+)")
_BULLET = re.compile(r"^\s*(?:[-*•·–]\s+|\(?\d{1,2}[.)、）]\s*(?=\D))")
_HEADING = re.compile(r"^\s*(?:#{1,6}\s|\*\*[^*]+\*\*:?\s*$)")
_EMPHASIS = re.compile(r"(\*\*|__|\*)(?=\S)(.+?)(?<=\S)\1")
_THINKING = re.compile(r"^\s*<think(?:ing)?>.*?</think(?:ing)?>", re.DOTALL)
_THINKS = re.compile(r"^\s*<think(?:ing)?>")
_QUOTES = (('"', '"'), ("“", "”"), ("「", "」"), ("『", "』"))
_OPEN_MARK = re.compile(r"[\[【［〔][^\]】］〕]{0,20}$")


def read_sentences(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Sentences of a reply that comes in pieces. One without an end is handed on when the reply ends.

    A model's thinking aloud, headings and emphasis are left out. A reply that is cut is the caller's to tell: the error is
    raised through this iterator, and the unfinished sentence is not handed on.
    """
    pending = ""
    is_begun = False
    for piece in pieces:
        pending += piece
        if not is_begun:
            pending = _THINKING.sub("", pending)
            if _THINKS.match(pending) or not pending.strip() or "<thinking>".startswith(pending.strip()):
                continue
            is_begun = True
        *lines, pending = pending.split("\n")
        for line in lines:
            yield from _sentences_of(line)
        if _OPEN_MARK.search(pending) or _HEADING.match(pending):
            continue  # half a mark belongs to the sentence before it
        *complete, rest = _cut(pending) or [""]
        if complete:
            is_item = _BULLET.match(pending) is not None
            yield from (found for part in complete if (found := _sentence(part, is_item=is_item)))
            pending = ("- " if is_item else "") + rest
    if is_begun:
        yield from _sentences_of(pending)


def _sentences_of(line: str) -> Iterator[Sentence]:
    if _HEADING.match(line):
        return
    is_item = _BULLET.match(line) is not None
    for part in _cut(line):
        if (found := _sentence(part, is_item=is_item)) is not None:
            yield found


def _cut(line: str) -> list[str]:
    """The sentences of a line with their marks; its bullet stays with the first, spaces at its end with the last."""
    text = _AFTER_STOP.sub(lambda found: _marks_before(found[1], found[2]), line)
    parts = sentences(text)
    if parts and (tail := text[len(text.rstrip()) :]):
        parts[-1] += tail
    return parts


def _marks_before(stop: str, marks: str) -> str:
    return "".join(_MARKS.findall(marks)) + stop + " "


def _sentence(part: str, *, is_item: bool) -> Sentence | None:
    marks = tuple(dict.fromkeys(int(number) for mark in _MARKS.findall(part) for number in re.findall(r"\d+", mark)))
    text = _EMPHASIS.sub(r"\2", _BULLET.sub("", _MARKS.sub("", clean(part))))
    text = _without_half_quotes(re.sub(r"\s+(?=[.,;:!?。，；：！？])", "", " ".join(text.split())))
    return Sentence(text, marks, is_item) if any(char.isalnum() for char in text) else None


def _without_half_quotes(text: str) -> str:
    """Without quotation marks of which the sentence has only one of two: what they enclose is several sentences."""
    for opened, closed in _QUOTES:
        is_half = text.count(opened) % 2 == 1 if opened == closed else text.count(opened) != text.count(closed)
        if is_half:
            text = text.translate(dict.fromkeys(map(ord, opened + closed)))
    return text
