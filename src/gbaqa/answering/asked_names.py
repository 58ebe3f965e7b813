"""Whether a question asks for names, and whether a text has any that the question does not say itself.

A text may be about just what is asked and still lack the names: it tells how many laboratories there are, not what they are called.
"""

import re

from gbaqa.language.dates import MONTHS
from gbaqa.language.places import places
from gbaqa.language.words import search_terms
from gbaqa.retrieval.question import Question

_KINDS = (
    r"compan(?:y|ies)|firms?|banks?|brands?|makers?|manufacturers?|universit(?:y|ies)|colleges?|hospitals?|institut(?:e|ion)s?|bod(?:y|ies)"
    r"|agenc(?:y|ies)|departments?|bureaus?|ministr(?:y|ies)|organi[sz]ations?|countr(?:y|ies)|persons?|people|authors?|developers?|contractors?"
    r"|investors?|partners?|multinationals?|operators?|suppliers?|funds?|schools?|minister|director|chair(?:man|woman)?"
)
_ASKS_NAMES = re.compile(
    rf"\bname(?:s|d)?\b|\bcalled\b|\b(?:which|what) (?:[\w'’-]+ ){{0,3}}(?:{_KINDS})\b"
    r"|叫(?:做|作)?(?:什么|啥)|(?:什么|哪些|哪几个)名|名字|名称|名单|哪[几些]?(?:家|间|位|所|国)"
    r"|(?:哪[些个几]*|什么)(?:公司|企业|机构|银行|大学|医院|国家|部门|单位|学校|品牌|厂|车企)",
    re.IGNORECASE,
)
_ASKS_WHO_IS = re.compile(
    r"\s*(?i:who(?:'s| is| was)) [A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}\W*|\s*(?:谁是[\u4e00-\u9fff·]{2,8}|[\u4e00-\u9fff·]{2,8}是谁)\W*"
)
_ENGLISH_NAME = re.compile(r"(?<![.!?:;–\n] )(?<!^)(?<![\w'’-])[A-Z][\w&'’-]*(?: (?:of |for |and |the )*[A-Z][\w&'’-]*)*", re.MULTILINE)
_CHINESE_NAME = re.compile(
    r"[《“「『][^》”」』]{2,30}[》”」』]"
    r"|[\u4e00-\u9fff]{2,12}(?<![家间所个些座的多])(?:公司|集团|大学|学院|银行|医院|研究院|委员会|协会|基金会|交易所|管理局|总局|事务所)"
)


def asks_for_names(question: str) -> bool:
    """Whether a question (in written Simplified Chinese or English) asks what something or somebody is called."""
    return _ASKS_NAMES.search(question) is not None


def asks_who_somebody_is(question: str) -> bool:
    """Whether a question (as above) gives a name and asks whose it is, and nothing more."""
    return _ASKS_WHO_IS.fullmatch(question) is not None


def states_further_name(question: Question, text: str) -> bool:
    """Whether a text (English, or Simplified Chinese) has a name, no city's, that the question does not say in either language."""
    said = frozenset().union(*question.meanings)
    names = (match.group() for pattern in (_ENGLISH_NAME, _CHINESE_NAME) for match in pattern.finditer(text))
    return any(name not in MONTHS and not places(name) and any(term not in said for term in search_terms(name)) for name in names)
