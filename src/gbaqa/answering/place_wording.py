"""How answers word places: pages and stretches of pages in each language of a document, chapters by their headings.

All is put together in English or Simplified Chinese and converted whole.
"""

from collections.abc import Sequence

from gbaqa.answering.page_wording import page_as_word
from gbaqa.answering.phrases import LISTING, VERSION
from gbaqa.corpus.document import Document
from gbaqa.language.script import Language, Script, language_of_script, script_of_language
from gbaqa.retrieval.outline import Section

_TO: dict[Language, str] = {"en": " to ", "zh": "至"}
_QUOTED: dict[Script, str] = {"en": "“{text}”", "zh-Hans": "“{text}”", "zh-Hant": "「{text}」"}
_INNER_QUOTES: dict[Script, tuple[str, str]] = {"en": ("‘", "’"), "zh-Hans": ("‘", "’"), "zh-Hant": ("『", "』")}
_ALSO_CALLED: dict[Language, str] = {"en": "{heading} (Chinese: {other})", "zh": "{heading}（英文：{other}）"}
_NUMBERS = (
    "no one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty"
).split()

UNDER: dict[Language, str] = {"en": "{place}, under {heading}", "zh": "{place}，见{heading}"}
COLON: dict[Language, str] = {"en": ": ", "zh": "："}
IN_IT: dict[Language, str] = {"en": "In it, {heading}: {place}", "zh": "其中{heading}：{place}"}
CHAPTERS: dict[Language, str] = {"en": "It has {count} chapters:", "zh": "共{count}章："}
PAGES: dict[Language, str] = {"en": "The pages run from {first} to {last}", "zh": "页码由{first}至{last}"}
WITHOUT: dict[Language, str] = {"en": ", without {pages}", "zh": "（不含{pages}）"}
UNNUMBERED: dict[Language, str] = {"en": "no printed page numbers", "zh": "没有印刷页码"}
BETWEEN: dict[Language, str] = {"en": ", ", "zh": "、"}
NEXT: dict[Language, str] = {"en": ". ", "zh": "。"}
NO_PAGES: dict[Language, str] = {"en": "It has no printed page numbers.", "zh": "没有印刷页码。"}
NO_SUCH_PAGE: dict[Language, str] = {"en": "There is no text of {page} here.", "zh": "这里没有{page}的内容。"}
NOT_SPOKEN_OF: dict[Language, str] = {"en": "The paper does not speak of it on any page.", "zh": "文中没有任何一页谈到这一点。"}
NOT_ALL: dict[Language, str] = {"en": "(There are more documents than these.)", "zh": "（以上只是其中一部分文件。）"}
NO_SUCH_CHAPTER: dict[Language, str] = {"en": "There is no such chapter.", "zh": "没有这样的一章。"}


def page(document: Document, label: str, language: Language) -> str:
    """A page as a word of an answer: "p49", "约第12页" where its number was inferred."""
    return page_as_word(script_of_language(language), label, certain=document.page(label).certain)


def numbered(label: str, language: Language) -> str:
    """A page that no document is known to have, by its number."""
    return page_as_word(script_of_language(language), label)


def stretch(document: Document, labels: Sequence[str], language: Language) -> str:
    """A stretch of pages: "p47 to p53"."""
    ends = dict.fromkeys([labels[0], labels[-1]])
    return _TO[language].join(page(document, label, language) for label in ends)


def in_both(document: Document, pages: dict[Language, list[str]], language: Language) -> str:
    """Pages by the language of their text, the asker's first: "p49 (English), p43 (Chinese)"."""
    printed = sorted(((of, labels) for of, labels in pages.items() if labels), key=lambda entry: entry[0] != language)
    if not printed:
        return UNNUMBERED[language]
    if len({tuple(labels) for _, labels in printed}) == 1 and len(printed) > 1:
        return stretch(document, printed[0][1], language)  # one page in both languages
    script = script_of_language(language)
    return LISTING[script].join(VERSION[script][of].format(page=stretch(document, labels, language)) for of, labels in printed)


def quoted(text: str, script: Script) -> str:
    """A heading in quotation marks; marks inside it become inner ones."""
    opening, closing = _INNER_QUOTES[script]
    return _QUOTED[script].format(text=text.replace("“", opening).replace("”", closing))


def headings(section: Section, script: Script) -> str:
    """The heading of a section and, in brackets, that of the other language."""
    heading = quoted(section.heading, script)
    if section.other is None or section.other.heading == section.heading:
        return heading
    language = language_of_script(script)
    return _ALSO_CALLED[language].format(heading=heading, other=quoted(section.other.heading, script))


def number(count: int, language: Language) -> str:
    """A count, in English as a word where it has a short one."""
    return _NUMBERS[count] if language == "en" and count < len(_NUMBERS) else str(count)
