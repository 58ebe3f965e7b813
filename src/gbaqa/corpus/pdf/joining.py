"""Lines as running text: words cut at line ends made whole, spaces as each script has them, note marks with their offsets."""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence

from gbaqa.corpus.document import Mark
from gbaqa.corpus.inline import Inline
from gbaqa.corpus.pdf.lines import Line, Part, needs_space
from gbaqa.corpus.pdf.sheet import Run
from gbaqa.language.script import HAN, clean

_WORD = re.compile(r"[A-Za-z]+(?:-[A-Za-z]+)*")
_CUT_WORD = re.compile(r"(?<![A-Za-z])([A-Za-z]+)-$")
_GOES_ON = re.compile(r"^([a-z]+)")
_OPEN_ADDRESS = re.compile(r"https?://[^\s<>，。；（）\u4e00-\u9fff]*$")
_REST_OF_ADDRESS = re.compile(r"^[A-Za-z0-9%/?=&#._~:+@!$*;-]+")
_LOOKS_LIKE_ADDRESS = re.compile(r"[/?=&#%_.]|\d|-")
_ENDS_OPEN = "/-_=?&.%#:+~"
_TIGHT = "，、；：。！？）》”』」"
_TIGHT_OPENING = "（《“『「"
_ENGLISH = re.compile(r"^[A-Z“\"][A-Za-z,.’'&”\"-]*(?: (?:[A-Za-z,.’'&-]+|–)){2}")
_NUMBERS = re.compile(r"\d{1,4}")
_IN_BRACKETS = re.compile(r" ?\[\d{1,3}(?:, ?\d{1,3})*\]")
_MARK = re.compile(r"^[\s\d,，、*()\[\]–-]+$")
_UNIT = re.compile(r"(?<![A-Za-z])[kcdm]?m$")
_SPACES = re.compile(r"[ \u3000]+")
_ESCAPE = re.compile(r"\\(?=[_$%&#~*])")  # left over where a text was converted: nobody means to print it
_EXTENSIONS = ("htm", "html", "shtm", "shtml", "xhtml", "pdf", "asp", "aspx", "jsp", "php", "docx", "xlsx", "pptx", "jspx")
_LONGEST_RANGE = 10


class Words:
    """The words of a document, to tell whether a hyphen at a line end belongs to a word."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._known: Counter[str] = Counter()
        for line in lines:
            text = line.plain
            self._known.update(word.lower() for word in _WORD.findall(text if not text.endswith("-") else text.rpartition(" ")[0]))

    def keeps_hyphen(self, before: str, after: str) -> bool:
        """Whether "before-" at a line end and "after" on the next line make a word with a hyphen."""
        whole, hyphenated = f"{before}{after}".lower(), f"{before}-{after}".lower()
        if self._known[hyphenated] or self._known[whole]:
            return self._known[hyphenated] >= self._known[whole]
        return self._known[before.lower()] > 0 and self._known[after.lower()] > 0


def running_text(lines: Sequence[Line], words: Words) -> Inline:
    """The text of lines that follow each other, and the marks in it."""
    text = ""
    marks: list[Mark] = []
    for line in lines:
        last: Run | None = None
        for part, printed in _whole_parts(line):
            added = _ESCAPE.sub("", clean(printed))
            if part.is_raised and (numbers := _mark_numbers(added)) and not (_UNIT.search(text) and numbers in ([2], [3])):
                marks += [Mark(len(text.rstrip()), number) for number in numbers]
            elif last is None:
                text = joined(text, added, words)
            else:
                text += (" " if needs_space(last, part.run) and not part.is_raised else "") + added
            last = part.run
    return _with_single_spaces(text, marks)


def with_bracketed_marks(content: Inline, notes: Container[int]) -> Inline:
    """Content with each "[7]" on the line that leads to a note taken out as a mark; one that content opens with stays."""
    text = ""
    marks: list[Mark] = []
    waiting = list(content.marks)
    position = 0
    for match in _IN_BRACKETS.finditer(content.text):
        numbers = [int(number) for number in _NUMBERS.findall(match.group())]
        if not match.start() or any(number not in notes for number in numbers):
            continue
        marks += [Mark(mark.offset - position + len(text), mark.number) for mark in waiting if mark.offset <= match.start()]
        waiting = [mark for mark in waiting if mark.offset > match.start()]
        text += content.text[position : match.start()]
        marks += [Mark(len(text), number) for number in numbers]
        position = match.end()
    marks += [Mark(mark.offset - position + len(text), mark.number) for mark in waiting]
    return Inline(text + content.text[position:], tuple(marks))


def _whole_parts(line: Line) -> Iterator[tuple[Part, str]]:
    """The parts of a line with what is printed of each; digits of one mark that are set in pieces come as one."""
    waiting: Part | None = None
    printed = ""
    for part in line.parts:
        if waiting is not None and part.is_raised and not needs_space(waiting.run, part.run):
            printed += part.run.text
            waiting = part
            continue
        if waiting is not None:
            yield waiting, printed
            waiting = None
        if part.is_raised:
            waiting, printed = part, part.run.text
        else:
            yield part, part.run.text
    if waiting is not None:
        yield waiting, printed


def _with_single_spaces(text: str, marks: list[Mark]) -> Inline:
    single = _SPACES.sub(" ", text).rstrip()
    return Inline(single, tuple(Mark(min(len(_SPACES.sub(" ", text[: mark.offset])), len(single)), mark.number) for mark in marks))


def _mark_numbers(text: str) -> list[int]:
    """The notes that a raised text names, none where it is something else."""
    if not _MARK.match(text):
        return []
    found = re.match(r"^\W*(\d{1,4})\s*[–-]\s*(\d{1,4})\W*$", text)
    if found and 0 < int(found[2]) - int(found[1]) <= _LONGEST_RANGE:
        return list(range(int(found[1]), int(found[2]) + 1))
    return [int(number) for number in _NUMBERS.findall(text)]


def joined(text: str, line: str, words: Words) -> str:
    """Text with another line after it, joined as its script and its last word ask."""
    text = text.rstrip()
    if not text or not line:
        return text + line
    if text.endswith("\u00ad"):
        return text[:-1] + line
    if is_inside_address(text, line) or _starts_address(text, line):
        return text + line
    if _OPEN_ADDRESS.search(text):
        return text + " " + line
    cut, rest = _CUT_WORD.search(text), _GOES_ON.match(line)
    if cut and rest:
        return (text if words.keeps_hyphen(cut[1], rest[1]) else text[:-1]) + line
    if text[-1] in "-–/" and text[-2:-1].isalnum() and line[0].isalnum():
        return text + line
    return text + ("" if _is_tight(text[-1], line) else " ") + line


def _is_tight(last: str, line: str) -> bool:
    """Whether no space stands between a line that ends so and the next one: in Chinese, unless English begins."""
    if HAN.match(last):
        return _ENGLISH.match(line) is None
    return bool(last in _TIGHT + _TIGHT_OPENING or line[0] in _TIGHT + _TIGHT_OPENING or HAN.match(line))


def _starts_address(text: str, line: str) -> bool:
    """Whether the line end falls into the "https://" of an address."""
    tail = re.search(r"(?<![A-Za-z])h(?:t(?:t(?:p(?:s?(?::/?)?)?)?)?)?$", text)
    return tail is not None and re.match(r"https?://\S", tail.group() + line) is not None


def is_inside_address(text: str, line: str) -> bool:
    """Whether an address that a line ends with goes on at the start of the next."""
    address = _OPEN_ADDRESS.search(text)
    rest = _REST_OF_ADDRESS.match(line)
    if address is None or rest is None or rest.group().startswith(("http://", "https://")):
        return False
    # A full stop or comma ends a sentence; a word of letters alone is the next word, unless the address stops where none can.
    token = rest.group().rstrip(".,;:")
    stem, dot, ending = address.group().rpartition(".")
    if dot and "/" in stem[8:] and f"{ending}{re.match('[a-z]*', token).group()}" in _EXTENSIONS and ending not in _EXTENSIONS:  # type: ignore[union-attr]
        return True
    return address.group()[-1] in _ENDS_OPEN or (_LOOKS_LIKE_ADDRESS.search(token) is not None and not token.istitle()) or len(token) > 20
