"""Who signs the forewords, and as what: the bylines themselves, where a question asks for these and for nothing else."""

import re
from collections.abc import Sequence

from gbaqa.index.store import SearchIndex
from gbaqa.language.words import search_terms
from gbaqa.retrieval.named_author import signed_by
from gbaqa.retrieval.question import Question
from gbaqa.retrieval.retriever import Hit
from gbaqa.retrieval.signed_texts import FOREWORD, FOREWORD_ZH, SignedText, SignedTexts

_TEXTS = rf"(?:(?:opening|introductory) )?(?:{FOREWORD}|opening letters?|opening messages?)"
_TEXTS_ZH = rf"(?:{FOREWORD_ZH}|序文?(?![列号章幕曲]))"
_WROTE = r"(?:signs?|signed|wrote|writes|written|authored|penned|contributed)"
_WROTE_ZH = r"(?:写|撰写?|署名|签署?|执笔)"
_WHO_SIGNS = re.compile(
    rf"\bwho (?:\w+ ){{0,2}}?{_WROTE}\b[^?.,]{{0,30}}\b{_TEXTS}\b"
    rf"|\b{_TEXTS}\b[^?.,]{{0,30}}\b{_WROTE} by (?:whom|who)?\b"
    rf"|\b(?:authors?|writers?|signatory|signatories) of [^?.,]{{0,30}}\b{_TEXTS}\b"
    rf"|(?:谁|哪[几两些]?[位个]?人?)[^，。？?]{{0,4}}{_WROTE_ZH}[^，。？?]{{0,12}}{_TEXTS_ZH}"
    rf"|{_TEXTS_ZH}(?:的?作者|[^，。？?]{{0,8}}(?:谁|哪[几两些]?[位个]))",
    re.IGNORECASE,
)
# All words of such a question but those for a person or an organisation.
_ASKING = re.compile(
    rf"\b{_TEXTS}\b|{_TEXTS_ZH}|\b{_WROTE}\b|{_WROTE_ZH}|作者"
    r"|\b(?:who|whom|by|authors?|writers?|signatory|signatories|what(?:['’]s)?|names?|full|jobs?|titles?|positions?|posts?|roles?|offices?"
    r"|affiliations?|organi[sz]ations?|his|her|their|two|both|each|white|paper|report)\b"
    r"|谁|哪[几两些]?[位个]?|什么|分别|各自|姓名|名字|职务|职位|职衔|头衔|身份|机构|[两那这][篇位]|白皮书|报告|开头|卷首|人|由",
    re.IGNORECASE,
)


def bylines(question: Question, hits: Sequence[Hit], signed: SignedTexts, index: SearchIndex) -> list[int]:
    """Rows of the bylines asked for, in the question's language; none for any other question."""
    text = question.normalized
    if not _WHO_SIGNS.search(text):
        return []
    texts = signed.of_best(hits)
    of_whom = _ASKING.sub(" ", text)
    if search_terms(of_whom):
        author = signed_by(of_whom, texts)
        texts = [author] if author is not None else []
    return [row for each in texts for row in _in_language(each, question, index)]


def _in_language(signed: SignedText, question: Question, index: SearchIndex) -> list[int]:
    own = [row for row in signed.bylines if index.statements[row][0].language == question.language]
    return own or list(signed.bylines)
