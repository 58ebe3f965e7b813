"""Which pages outside the numbered ones are worth reading: a back cover tells something, a front cover and a table of contents do not."""

import re
from collections.abc import Iterable

from gbaqa.language.script import count_words

FULL_STOP = re.compile(r"[.!?。！？]\W*$")
_WORDS_OF_A_SENTENCE = 8


def is_running_text(paragraphs: Iterable[str]) -> bool:
    """Whether most words stand in sentences, and not in titles or in a list of chapters and page numbers."""
    counted = [(sum(count_words(paragraph)), FULL_STOP.search(paragraph) is not None) for paragraph in paragraphs]
    in_sentences = sum(words for words, ends_as_one in counted if ends_as_one and words >= _WORDS_OF_A_SENTENCE)
    return 2 * in_sentences > sum(words for words, _ in counted)
