"""No regular expression of the package takes time out of proportion to the text, however hostile.

Every pattern that a module keeps, and every one written out in a call of `re`, searches long runs of what patterns stumble
over: spaces, digits, marks, capitals, words of its own. Time is never compared with a clock, only with itself: patterns that
read whole files may take in proportion to the text, those that read a question or a statement with its square at most,
since these are never longer than a few thousand characters.
"""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import gbaqa

SOURCE = Path(gbaqa.__file__).parent
READ_FILES = ("corpus", "language", "index", "publishing", "web")
IN_A_FILE, IN_A_STATEMENT = 20_000, 2_000  # characters
LINEAR, SQUARE = 3.2, 6.0  # what twice the text may take; 4 and 8 are the next power, the rest is the machine's noise
# In times of what a simple pattern takes. A square of so short a text is still no time at all.
WORTH_A_LOOK = {LINEAR: 15, SQUARE: 40}
HOPELESS = 10_000
SIMPLE = re.compile(r"[a-z]+\d")
PIECES = (
    " ", "\n", "\t", "\u3000", "a", "A", "Aa ", "A.", "a-", "a' ", "1", "1,", "1.", "1 ", "1-", "(", ")", "[", "]", "[^1]", "<", "<a", "<<",
    "*", "_", "**", "|", "| ", "-", ".", ",", "/", "\\", "$", "%", "#", "http://", "http://a.b/", "www.", "and ", "of ", "the ", "what is ",
    "中", "一", "百", "万", "年", "第", "和", "，", "。", "、", "《", "》", "（", "“", "的", "吗", "2031年", "12亿元", "GDP ", "\u202e",
    "\u200b", "é", "a\n", " \n",
)  # fmt: skip
WRITTEN_OUT = frozenset({"compile", "sub", "subn", "search", "match", "fullmatch", "findall", "finditer", "split"})

Reading = Callable[[str], object]


def all_of(pattern: re.Pattern[str]) -> Reading:
    """Finds every match."""
    return lambda text: [None for _ in pattern.finditer(text)]


def kept(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """The patterns in a value of a module: itself, or within containers and dataclasses."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif depth < 4 and isinstance(value, dict):
        for item in [*value, *value.values()]:
            yield from kept(item, depth + 1)
    elif depth < 4 and isinstance(value, (tuple, list, set, frozenset)):
        for item in value:
            yield from kept(item, depth + 1)
    elif depth < 4 and hasattr(type(value), "__dataclass_fields__"):
        for name in type(value).__dataclass_fields__:
            yield from kept(getattr(value, name, None), depth + 1)


def of_modules() -> Iterator[tuple[str, re.Pattern[str], Reading]]:
    """Patterns that modules keep, with where they stand and how they read."""
    for info in pkgutil.walk_packages([str(SOURCE)], "gbaqa."):
        for name, value in vars(importlib.import_module(info.name)).items():
            for pattern in kept(value):
                yield f"{info.name.removeprefix('gbaqa.')}.{name}", pattern, all_of(pattern)


def of_calls() -> Iterator[tuple[str, re.Pattern[str], Reading]]:
    """Patterns written out in calls, read as the call does."""
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITTEN_OUT):
                continue
            if getattr(node.func.value, "id", "") == "re" and node.args and isinstance(node.args[0], ast.Constant):
                pattern = re.compile(node.args[0].value)
                reading = getattr(pattern, node.func.attr) if "match" in node.func.attr else all_of(pattern)
                where = f"{'.'.join(path.relative_to(SOURCE).with_suffix('').parts)}:{node.lineno}"
                yield where, pattern, reading


def patterns() -> dict[str, tuple[re.Pattern[str], Reading]]:
    """Every pattern once, by where it stands."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str], Reading]] = {}
    for where, pattern, reading in [*of_modules(), *of_calls()]:
        found.setdefault((pattern.pattern, pattern.flags), (f"{where} {len(found)}", pattern, reading))
    return {where: (pattern, reading) for where, pattern, reading in found.values()}


def hostile(pattern: re.Pattern[str], length: int) -> Iterator[str]:
    """Long runs of general pieces and of the pattern's own words, ending in what lets the last step fail."""
    own = dict.fromkeys(re.findall(r"[A-Za-z]{2,}|[\u4e00-\u9fff]{1,4}", pattern.pattern))
    for piece in [*PIECES, *[word + between for word in list(own)[:8] for between in ("", " ")]]:
        yield (piece * (length // len(piece) + 1))[:length] + "\x00"


def seconds(reading: Reading, text: str, tries: int = 1) -> float:
    """What reading a text takes, the least of several tries."""
    taken = []
    for _ in range(tries):
        started = time.process_time()
        reading(text)
        taken.append(time.process_time() - started)
    return min(taken)


def grows_too_fast(pattern: re.Pattern[str], reading: Reading, length: int, most: float) -> str | None:
    """The run whose doubling takes too long, if any; short runs first, so that a hopeless pattern does not keep us."""
    for screened in (20, length // 16):
        usual = max(seconds(all_of(SIMPLE), "a1 " * (screened // 3), 5), 1e-6)
        for text, short in zip(hostile(pattern, length), hostile(pattern, screened), strict=True):
            taken = seconds(reading, short)
            if taken > HOPELESS * usual:
                return f"{text[:8]!r}… of {screened}: {taken:.3f} s"
            if screened == 20 or taken < WORTH_A_LOOK[most] * usual:
                continue
            half, whole = seconds(reading, text[: length // 2] + "\x00", 2), seconds(reading, text, 2)
            if whole > most * half:
                return f"{text[:8]!r}… of {length}: {whole:.3f} s, half of it {half:.3f} s"
    return None


def too_slow(length: int, most: float, *, in_files: bool) -> dict[str, str]:
    slow = {}
    for where, (pattern, reading) in patterns().items():
        reads_files = where.split(".", 1)[0].split(":", 1)[0] in READ_FILES
        if reads_files == in_files and (told := grows_too_fast(pattern, reading, length, most)):
            slow[where] = f"{pattern.pattern[:80]!r} on {told}"
    return slow


def test_all_modules_give_their_patterns() -> None:
    assert len(patterns()) > 400


@pytest.mark.slow
def test_patterns_that_read_files_take_time_in_proportion() -> None:
    assert too_slow(IN_A_FILE, LINEAR, in_files=True) == {}


@pytest.mark.slow
def test_patterns_that_read_statements_take_no_more_than_the_square() -> None:
    assert too_slow(IN_A_STATEMENT, SQUARE, in_files=False) == {}


@pytest.mark.parametrize(("written", "most"), [(r"\s+$", LINEAR), (r"\w+:", LINEAR), (r"\w*\s*\w*\s*:", SQUARE), (r"(?:\w+ ?)+:", SQUARE)])
def test_the_test_itself_finds_patterns_that_do(written: str, most: float) -> None:
    """The last two take the third power, and a power of two."""
    pattern = re.compile(written)
    assert grows_too_fast(pattern, all_of(pattern), 800 if most == SQUARE else 8_000, most)
