"""Sheets of contents: titles with page numbers, which say nothing that the pages themselves do not."""

import re

from gbaqa.corpus.pdf.lines import Line

_TITLE = re.compile(r"^(?:目\s*[录錄次]|(?:table\s+of\s+)?contents)$", re.IGNORECASE)
_ENTRY = re.compile(r"(?:^|[.…·\s])\d{1,3}(?:\s*[-–]\s*\d{1,3})?$")
_SHARE, _SHARE_WITHOUT_TITLE = 0.25, 0.6
_FEWEST = 5


def is_contents(lines: list[Line], *, follows_contents: bool = False) -> bool:
    """Whether a sheet is a table of contents: titled so, or going on from one, and many of its lines end in a page number."""
    texts = [line.text.strip() for line in lines]
    entries = sum(_ENTRY.search(text) is not None for text in texts)
    titled = any(_TITLE.match(text) for text in texts[:8])
    share = _SHARE if titled else _SHARE_WITHOUT_TITLE
    return (titled or follows_contents) and entries >= _FEWEST and entries >= share * len(texts)
