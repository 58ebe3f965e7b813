"""Numbers that a sentence gives itself, and figures that a statement tells of several things "respectively" (分别).

Both can be proved by counting: the number of a list by its items, a figure of several by its place in the row.
"""

import re

from gbaqa.language.script import clean, to_simplified

_CHINESE_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_ENGLISH_NUMBERS = dict(zip("two three four five six seven eight nine ten".split(), range(2, 11), strict=True))

_LABEL = re.compile(r"(?:^|(?<=[\s:：;；,，、。]))[(（]?(?P<number>\d{1,2}|[一二三四五六七八九十])[)）、.](?!\d)\s*")
# "Four areas: …", 三方面：…
_ANNOUNCED = re.compile(
    rf"\b(?P<english>{'|'.join(_ENGLISH_NUMBERS)})\b(?=[^:;.,]{{0,40}}:)|(?P<chinese>[两二三四五六七八九十])(?=[个大项方类条点种家][^：；。，]{{0,12}}[：:])",
    re.IGNORECASE,
)
_ITEM = re.compile(r"[;；]|[,，、](?=\s|[^\d\s])")

_CHINESE_ROW = re.compile(r"(?P<names>[^，。；,;：:]+)分别(?P<verb>[^\d、，。；]{0,8})(?P<figures>\d[^。；;]*)")
_ENGLISH_ROW = re.compile(
    r"(?:^|(?<=[.;:] ))[^A-Za-z.;:]{0,20}(?P<names>[A-Za-z][^.;:]*?) "
    r"(?P<verb>had|have|reached|grew|rose|fell|increased|decreased|were|are|recorded|registered|saw)\b"
    r"(?P<figures>(?:[^.;]|\.\d)*?),? respectively",
    re.IGNORECASE,
)
_WHEN = re.compile(r"(?:in|as of|by|during|since|from|for|at|of|among|at the end of)\b", re.IGNORECASE)  # no thing that has a figure
_FIGURE = re.compile(
    r"(?:(?:RMB|MOP|HK\$|US\$)\s?)?\d[\d,]*(?:\.\d+)?"
    r"(?:\s?(?:%|percent|billion|million|trillion|万亿|亿|万)[元人]?[^\d、，,和及与]{0,6}?)?(?=[、，,和及与。\s]|$)"
)


def without_own_numbers(text: str) -> str:
    """A sentence without the labels of its list, where they run from one, and without the count of it, where it is right."""
    source = to_simplified(clean(text))
    labels = list(_LABEL.finditer(source))
    is_numbered = len(labels) > 1 and list(map(_number, labels)) == list(range(1, len(labels) + 1))
    if is_numbered:
        for found in reversed(labels):
            source = f"{source[: found.start()]};{source[found.end() :]}"
        source = source.lstrip(";")
    announced = _ANNOUNCED.search(source)
    if announced is not None:
        said = announced["chinese"] or announced["english"].lower()
        listed = re.split("[:：]", source[announced.end() :], maxsplit=1)[1]
        if (_CHINESE_NUMBERS | _ENGLISH_NUMBERS)[said] in _counts(listed):
            return source[: announced.start()] + source[announced.end() :]
    return source if is_numbered else text


def distributed(quote: str) -> tuple[str, ...]:
    """A statement that tells figures of several things respectively: what else it says, and a clause for each thing.

    Only itself where it does not, or where things and figures are not of one number.
    """
    source = to_simplified(clean(quote))
    found = _CHINESE_ROW.search(source) or _ENGLISH_ROW.search(source)
    if found is None:
        return (quote,)
    figures = [figure.group() for figure in _FIGURE.finditer(found["figures"])]
    *names, last = re.split(r"、|,\s(?:and\s)?", found["names"])
    # The last two may be joined by a word, which may also stand within a name.
    names += re.split(r"以及|和|及|与|\sand\s", last, maxsplit=1) if len(names) + 1 < len(figures) else [last]
    if not 1 < len(figures) == len(names) or any(map(_WHEN.match, names)):
        return (quote,)
    clauses = (f"{name.strip()} {found['verb']} {figure}" for name, figure in zip(names, figures, strict=True))
    return (source[: found.start()] + source[found.end() :], *clauses)


def _number(label: re.Match[str]) -> int:
    return _CHINESE_NUMBERS[label["number"]] if label["number"] in _CHINESE_NUMBERS else int(label["number"])


def _counts(listed: str) -> set[int]:
    """How many items a list may be said to have: those between its semicolons, where it has any, else between its commas.

    What stands behind the last comma may be two items joined by a word.
    """
    marks = [found.group() for found in _ITEM.finditer(listed)]
    if any(mark in ";；" for mark in marks):
        return {sum(mark in ";；" for mark in marks) + 1}
    count = len(marks) + 1
    last = re.split(r"[,，、]", listed)[-1]
    return {count, count + 1} if re.search(r"\w\s+and\s|\w[和及与同]", last) else {count}
