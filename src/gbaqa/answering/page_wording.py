"""A page as people cite it, in three scripts: how answers, cards, exports, the widget and the command line word it."""

from gbaqa.language.script import Script

PAGE: dict[Script, str] = {"en": "p. {page}", "zh-Hans": "第{page}页", "zh-Hant": "第{page}頁"}
ABOUT_PAGE: dict[Script, str] = {"en": "about p. {page}", "zh-Hans": "约第{page}页", "zh-Hant": "約第{page}頁"}
SHEET: dict[Script, str] = {"en": "PDF sheet {sheet}", "zh-Hans": "PDF第{sheet}张", "zh-Hant": "PDF第{sheet}張"}
DIGEST_OF: dict[Script, str] = {"en": "digest of {page}", "zh-Hans": "{page}摘要", "zh-Hant": "{page}摘要"}

DIGEST: dict[Script, str] = {"en": "Digest, no page number", "zh-Hans": "摘要，无页码", "zh-Hant": "摘要，無頁碼"}
NO_PAGE: dict[Script, str] = {"en": "No page number", "zh-Hans": "无页码", "zh-Hant": "無頁碼"}

_AS_WORD: dict[Script, str] = {**PAGE, "en": "p{point}{page}"}
_ABOUT_AS_WORD: dict[Script, str] = {**ABOUT_PAGE, "en": "about p{point}{page}"}


def page_in_words(script: Script, page: str | None, *, certain: bool = True, sheet: int | None = None, is_digest: bool = False) -> str:
    """Where something stands: "p. 13", "about p. 73", "digest of p. 13", "PDF sheet 4"; empty where no page is known.

    Args:
        script: of the words.
        page: the printed label, None or empty where there is none.
        certain: whether the label is printed rather than inferred.
        sheet: of a PDF, named where no label is known.
        is_digest: whether the text is our digest of the page.
    """
    if page:
        place = (PAGE if certain else ABOUT_PAGE)[script].format(page=page)
    elif sheet:
        place = SHEET[script].format(sheet=sheet)
    else:
        return ""
    return DIGEST_OF[script].format(page=place) if is_digest else place


def page_as_word(script: Script, page: str, *, certain: bool = True, has_point: bool = False) -> str:
    """A page as one word within the text of an answer: "p13", "about p73"; with a point "p.13".

    The figures of an answer are held against its quotes, and no quote says its page. In "p. 13" the 13 stands alone and would count as
    such a figure (see evaluation/measures/grounding.py); in one word it does not.
    """
    return (_AS_WORD if certain else _ABOUT_AS_WORD)[script].format(point="." if has_point else "", page=page)


def page_label(script: Script, page: str | None, *, certain: bool = True, sheet: int | None = None, is_digest: bool = False) -> str:
    """The same as a label of its own, which says too that no page is known: "Digest of p. 13", "No page number"."""
    place = page_in_words(script, page, certain=certain, sheet=sheet, is_digest=is_digest)
    if not place:
        return (DIGEST if is_digest else NO_PAGE)[script]
    return place[0].upper() + place[1:] if is_digest else place
