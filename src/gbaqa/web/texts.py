"""What the chat itself says, in its three scripts.

The page follows the reader's browser; the cards of an answer follow the answer, so that a Chinese question asked in an
English browser reads as one piece.
"""

from dataclasses import dataclass

from gbaqa.bilingual.disagreement import Kind
from gbaqa.language.script import Language, Script


@dataclass(frozen=True, slots=True)
class Texts:
    """All strings of the interface in one script; those with braces are filled by `str.format`."""

    script: Script
    promise: str
    digest_notice: str
    question: str
    placeholder: str
    ask: str
    pending: str
    understood_as: str
    sources: str
    source: str
    note: str
    note_elsewhere: dict[Language, str]
    version: dict[Language, str]
    differs: str
    nearest: str
    refused_hint: str
    listing: str
    discrepancies: str
    discrepancies_intro: str
    kinds: dict[Kind, str]
    all_kinds: str
    filter: str
    language: dict[Language, str]
    not_given: str
    no_discrepancies: str
    one_language: str
    back: str


TEXTS: dict[Script, Texts] = {
    "en": Texts(
        script="en",
        promise="Every statement comes with its printed page and its footnotes, if any. Where the document is silent, you are told so.",
        digest_notice="Answers come from a digest in our own words, not from the paper itself. Check the original before you cite it.",
        question="Your question",
        placeholder="Ask in English or Chinese",
        ask="Ask",
        pending="Looking it up…",
        understood_as="Understood as: {question}",
        sources="Sources",
        source="Source {mark}",
        note="Note {number}",
        note_elsewhere={"zh": "from the Chinese pages", "en": "from the English pages"},
        version={"zh": "In Chinese · {page}", "en": "In English · {page}"},
        differs="The Chinese and the English text differ here. Compare both before you cite.",
        nearest="Closest to your question",
        refused_hint="You could name a place, a year or an indicator, or see what comes closest.",
        listing=", ",
        discrepancies="Where the two languages differ",
        discrepancies_intro="Found by comparing the two texts sentence by sentence, the most material first. Compare both before you cite.",
        kinds={
            "figure": "Figure",
            "qualifier": "More or less",
            "date": "Date",
            "name": "Name",
            "omission": "Left out",
            "polarity": "Opposite",
        },
        all_kinds="All",
        filter="Kind of difference",
        language={"zh": "Chinese", "en": "English"},
        not_given="Says nothing of it",
        no_discrepancies="No differences were found.",
        one_language="There is nothing to compare: no document here is in both languages.",
        back="Back to the questions",
    ),
    "zh-Hans": Texts(
        script="zh-Hans",
        promise="每句话都附有印刷页码，原有脚注一并列出；文件没有提到的，会直接告诉你。",
        digest_notice="目前依据的是我们自己撰写的摘要，并非原文；引用前请核对原文。",
        question="你的问题",
        placeholder="用中文或英文提问",
        ask="提问",
        pending="正在查阅……",
        understood_as="理解为：{question}",
        sources="出处",
        source="出处{mark}",
        note="注{number}",
        note_elsewhere={"zh": "见于中文版", "en": "见于英文版"},
        version={"zh": "中文版：{page}", "en": "英文版：{page}"},
        differs="此处中英文内容不一致，引用前请核对两种文本。",
        nearest="与问题最接近的内容",
        refused_hint="可以写明地点、年份或指标再问一次，也可以看看最接近的内容。",
        listing="、",
        discrepancies="中英文不一致之处",
        discrepancies_intro="由逐句比对两种文本得出，差别最大的在前。引用前请核对两种文本。",
        kinds={"figure": "数字", "qualifier": "约数", "date": "日期", "name": "名称", "omission": "缺漏", "polarity": "意思相反"},
        all_kinds="全部",
        filter="差别的种类",
        language={"zh": "中文版", "en": "英文版"},
        not_given="没有提到",
        no_discrepancies="没有发现不一致之处。",
        one_language="没有可比对的内容：这里没有同时具备中英文的文件。",
        back="返回提问",
    ),
    "zh-Hant": Texts(
        script="zh-Hant",
        promise="每句話都附有印刷頁碼，原有註腳一併列出；文件沒有提到的，會直接告訴你。",
        digest_notice="目前依據的是我們自己撰寫的摘要，並非原文；引用前請核對原文。",
        question="你的問題",
        placeholder="用中文或英文提問",
        ask="提問",
        pending="正在查閱……",
        understood_as="理解為：{question}",
        sources="出處",
        source="出處{mark}",
        note="註{number}",
        note_elsewhere={"zh": "見於中文版", "en": "見於英文版"},
        version={"zh": "中文版：{page}", "en": "英文版：{page}"},
        differs="此處中英文內容不一致，引用前請核對兩種文本。",
        nearest="與問題最接近的內容",
        refused_hint="可以寫明地點、年份或指標再問一次，也可以看看最接近的內容。",
        listing="、",
        discrepancies="中英文不一致之處",
        discrepancies_intro="由逐句比對兩種文本得出，差別最大的在前。引用前請核對兩種文本。",
        kinds={"figure": "數字", "qualifier": "約數", "date": "日期", "name": "名稱", "omission": "缺漏", "polarity": "意思相反"},
        all_kinds="全部",
        filter="差別的種類",
        language={"zh": "中文版", "en": "英文版"},
        not_given="沒有提到",
        no_discrepancies="沒有發現不一致之處。",
        one_language="沒有可比對的內容：這裏沒有同時具備中英文的文件。",
        back="返回提問",
    ),
}

_TRADITIONAL = {"hant", "tw", "hk", "mo"}


def browser_script(accept_language: str) -> Script:
    """The script of the first language of an Accept-Language header that the interface speaks; English without one."""
    weighted = []
    for entry in accept_language.split(","):
        tag, _, parameter = entry.partition(";")
        weighted.append((_weight(parameter), tag.strip().lower().split("-")))
    for weight, subtags in sorted(weighted, key=lambda choice: -choice[0]):
        if weight > 0 and subtags[0] == "zh":
            return "zh-Hant" if _TRADITIONAL.intersection(subtags) and "hans" not in subtags else "zh-Hans"
        if weight > 0 and subtags[0] == "en":
            return "en"
    return "en"


def _weight(parameter: str) -> float:
    """The q of a language range: 1 where it has none, 0 where it cannot be read."""
    name, _, value = parameter.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
