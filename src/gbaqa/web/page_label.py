"""A page as people cite it, in the words of a script."""

from gbaqa.web.texts import Texts


def page_label(words: Texts, page: str | None, *, certain: bool = True, sheet: int | None = None, is_digest: bool = False) -> str:
    """A page as people cite it: "p. 13", "about p. 73", "Digest of p. 13"."""
    if page:
        label = (words.page if certain else words.about_page).format(page=page)
    elif sheet:
        label = words.sheet.format(sheet=sheet)
    else:
        return words.digest_without_page if is_digest else words.no_page
    return words.digest.format(page=label) if is_digest else label
