"""What exported citations and documents say in words of their own, in three scripts."""

from dataclasses import dataclass

from gbaqa.language.script import Script


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one script; those with braces are filled by `str.format`. `columns` head a table of facts."""

    digest: str
    digest_note: str
    title_with_subtitle: str
    note: str
    as_cited_in: str
    in_brackets: str
    between: str
    listing: str
    in_text: str
    notes: str
    references: str
    named_in_notes: str
    quoted: str
    colon: str
    twin: str
    conversation: str
    question: str
    understood_as: str
    refused: str
    differs: str
    figures: str
    quotes: str
    columns: tuple[str, ...]


WORDING: dict[Script, Wording] = {
    "en": Wording(
        digest="{title} [digest]",
        digest_note="A digest by gbaqa in its own words, not the publication's text; check the publication before you cite it.",
        title_with_subtitle="{title}: {subtitle}",
        note="note {number}: {source}",
        as_cited_in="{source}, as cited in ",
        in_brackets=" ({text})",
        between="; ",
        listing=", ",
        in_text="In the text",
        notes="Notes",
        references="References",
        named_in_notes="Sources named in the notes",
        quoted="“{quote}”",
        colon=": ",
        twin="In the other language: {page}",
        conversation="Questions and answers",
        question="Question",
        understood_as="Understood as: {question}",
        refused="Not answered by the documents.",
        differs="The two languages differ.",
        figures="Figures",
        quotes="Quotes",
        columns=(
            *("value", "unit", "as written", "period", "place", "quote", "document", "page", "note", "source", "URL"),
            *("page in the other language", "difference of the languages"),
        ),
    ),
    "zh-Hans": Wording(
        digest="{title}（摘要）",
        digest_note="这是gbaqa自己撰写的摘要，不是出版物原文；引用前请核对原文。",
        title_with_subtitle="{title}：{subtitle}",
        note="注{number}：{source}",
        as_cited_in="{source}，转引自",
        in_brackets="（{text}）",
        between="；",
        listing="，",
        in_text="文中引用",
        notes="注释",
        references="参考文献",
        named_in_notes="注释所列来源",
        quoted="“{quote}”",
        colon="：",
        twin="另一语言：{page}",
        conversation="问答记录",
        question="问题",
        understood_as="理解为：{question}",
        refused="文件没有回答这个问题。",
        differs="两种语言的内容不一致。",
        figures="数字",
        quotes="引文",
        columns=tuple("数值|单位|原文写法|时间|地点|引文|文件|页码|注|来源|网址|另一语言页码|两种语言的差别".split("|")),
    ),
    "zh-Hant": Wording(
        digest="{title}（摘要）",
        digest_note="這是gbaqa自己撰寫的摘要，不是出版物原文；引用前請核對原文。",
        title_with_subtitle="{title}：{subtitle}",
        note="註{number}：{source}",
        as_cited_in="{source}，轉引自",
        in_brackets="（{text}）",
        between="；",
        listing="，",
        in_text="文中引用",
        notes="註釋",
        references="參考文獻",
        named_in_notes="註釋所列來源",
        quoted="「{quote}」",
        colon="：",
        twin="另一語言：{page}",
        conversation="問答記錄",
        question="問題",
        understood_as="理解為：{question}",
        refused="文件沒有回答這個問題。",
        differs="兩種語言的內容不一致。",
        figures="數字",
        quotes="引文",
        columns=tuple("數值|單位|原文寫法|時間|地點|引文|文件|頁碼|註|來源|網址|另一語言頁碼|兩種語言的差別".split("|")),
    ),
}
