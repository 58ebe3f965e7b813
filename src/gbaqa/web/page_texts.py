"""What the pages beside the chat say, in the interface's three scripts: their frame, and the view of a document's page."""

from dataclasses import dataclass

from gbaqa.language.script import Language, Script


@dataclass(frozen=True, slots=True)
class PageTexts:
    """All strings of the frame and of the page view in one script; those with braces are filled by `str.format`."""

    languages: str
    theme: str
    themes: dict[str, str]
    skip: str
    previous: str
    following: str
    pages: str
    other_language: dict[Language, str]
    digest: str
    uncertain: str
    notes: str
    on_page: str
    continued: str
    as_printed: str
    quoted: str
    quote_missing: str
    empty: str
    unknown_document: str
    unknown_page: str


PAGE_TEXTS: dict[Script, PageTexts] = {
    "en": PageTexts(
        languages="Language",
        theme="Appearance",
        themes={"light": "Light", "dark": "Dark", "system": "As the system has it"},
        skip="Skip to the text",
        previous="Previous: {page}",
        following="Next: {page}",
        pages="Pages",
        other_language={"zh": "The same in Chinese: {page}", "en": "The same in English: {page}"},
        digest="This is a digest of the page in our own words, not its text. Check the original before you quote it.",
        uncertain="The number of this page is inferred from its neighbours.",
        notes="Notes",
        on_page="printed on {page}",
        continued="(continued)",
        as_printed="The page as printed",
        quoted="Quoted passage",
        quote_missing="The quoted words are not on this page as they stand.",
        empty="This page has no text.",
        unknown_document="There is no document “{name}” here.",
        unknown_page="“{title}” has no page “{page}”.",
    ),
    "zh-Hans": PageTexts(
        languages="语言",
        theme="外观",
        themes={"light": "浅色", "dark": "深色", "system": "跟随系统"},
        skip="跳到正文",
        previous="上一页：{page}",
        following="下一页：{page}",
        pages="页",
        other_language={"zh": "对应的中文：{page}", "en": "对应的英文：{page}"},
        digest="这是我们自己撰写的该页摘要，并非原文；引用前请核对原件。",
        uncertain="此页的页码由前后页推定。",
        notes="注释",
        on_page="印于{page}",
        continued="（续）",
        as_printed="印刷页面",
        quoted="引用的段落",
        quote_missing="此页没有与所引文字完全相同的内容。",
        empty="此页没有文字。",
        unknown_document="这里没有文件“{name}”。",
        unknown_page="《{title}》没有第“{page}”页。",
    ),
    "zh-Hant": PageTexts(
        languages="語言",
        theme="外觀",
        themes={"light": "淺色", "dark": "深色", "system": "跟隨系統"},
        skip="跳到正文",
        previous="上一頁：{page}",
        following="下一頁：{page}",
        pages="頁",
        other_language={"zh": "對應的中文：{page}", "en": "對應的英文：{page}"},
        digest="這是我們自己撰寫的該頁摘要，並非原文；引用前請核對原件。",
        uncertain="此頁的頁碼由前後頁推定。",
        notes="註釋",
        on_page="印於{page}",
        continued="（續）",
        as_printed="印刷頁面",
        quoted="引用的段落",
        quote_missing="此頁沒有與所引文字完全相同的內容。",
        empty="此頁沒有文字。",
        unknown_document="這裏沒有文件「{name}」。",
        unknown_page="《{title}》沒有第「{page}」頁。",
    ),
}
