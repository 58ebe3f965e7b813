"""Notes of the two languages that bear one number and name different sources: another body, place or year."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from gbaqa.bilingual.disagreement import Disagreement, Kind, Side
from gbaqa.corpus.document import Document, Note
from gbaqa.language.periods import years
from gbaqa.language.places import places
from gbaqa.language.script import to_simplified


class _Body(NamedTuple):
    """A kind of body: the words that name one, and the words of the other language that may stand for them."""

    zh: re.Pattern[str]
    en: re.Pattern[str]
    zh_answers: re.Pattern[str]
    en_answers: re.Pattern[str]


_BODIES = tuple(
    _Body(re.compile(zh), re.compile(rf"\b(?:{en})\b"), re.compile(zh_answers), re.compile(en_answers, re.IGNORECASE))
    for zh, en, zh_answers, en_answers in (
        ("统计[局处署厅]", "Statistics|Census", "统计", "statistic|census"),
        ("海关", "Customs", "海关|关", "customs"),
        ("税务", "Tax|Taxation|Revenue", "税", "tax|revenue|duty"),
        ("银行", "Bank", "银行|行|金", "bank|monetary"),
        ("交易所", "(?:Stock|Data|Futures) Exchange", "交易|交所|联交", "exchange|stock"),
        ("大学", "University", "大学|学院|理工|科大|港大|中大", "universit|college|institute|polytechnic|school|HK"),
        ("研究[院所]", "Research Institute|Academy", "研究|院|所|智库|中心", "research|institut|academ|cent(?:er|re)|council"),
        (
            "[协商学公]会", "Association|Chamber|Society|Federation|Guild",
            "会|联盟", "associat|chamber|societ|federat|union|institut|guild|club|council",
        ),
        (
            "(?:报|报社|周刊|新闻网|通讯社|电视台)(?=$|[，,。；、《“「 ])", "News|Daily|Times|Weekly|Herald|Gazette|Television",
            "报|新闻|刊|媒|社|视|网|台",
            r"news|daily|times|week|post|herald|gazette|evening|paper|press|media|tele|\btv\b|magazine|journal|net|\.com",
        ),
        (
            "[局厅署]$", "Bureau|Department|Ministry|Commission",
            "[局厅部委署处司办]",
            "bureau|department|ministry|commission|authorit|administrat|office|service|agency|board|council|secretar|government",
        ),
        (
            "政府|市府", "Government",
            "政府|市府|管委|政", "govern|council|municip|people|state|authorit|HKSAR|administrat|office|gov",
        ),
        ("省(?:人民)?政府", "Province|Provincial", "省", "provinc"),
        ("市(?:人民)?政府", "Municipality|Municipal", "市", "municip|city|govern"),
    )
)  # fmt: skip
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_TITLE = re.compile("《[^》]*》|“[^”]*”|「[^」]*」")
_ENOUGH_ALIKE = 0.75  # of the notes that can be compared; below it the languages number their notes each for itself
_FEWEST = 3
_NAME, _YEAR = 0.45, 0.4
_LONGEST = 90  # characters of a note that is shown whole as the value


def differing_note(document: Document, note: Note) -> Note | None:
    """The note of the same number in the other language, if it names another source."""
    other = document.counterpart(note)
    if other is None:
        return None
    zh, en = (note, other) if note.language == "zh" else (other, note)
    return other if _apart(zh.text, en.text) and _numbered_alike(document) else None


def note_disagreements(document: Document) -> Iterator[Disagreement]:
    """The notes of a document that name different sources in its two languages."""
    found = [(kind, zh, en) for zh, en in _pairs(document) if (kind := _apart(zh.text, en.text))]
    if found and _numbered_alike(document):
        for kind, zh, en in found:
            yield Disagreement(kind, _NAME if kind == "name" else _YEAR, _side(zh), _side(en), document.id)


def _pairs(document: Document) -> Iterator[tuple[Note, Note]]:
    for note in document.notes:
        if note.language == "zh" and (other := document.counterpart(note)) is not None:
            yield note, other


def _numbered_alike(document: Document) -> bool:
    """Whether notes of one number belong together: most of those that can be compared are alike."""
    alike = [_apart(zh.text, en.text) is None for zh, en in _pairs(document) if _tells(zh.text) and _tells(en.text)]
    return len(alike) >= _FEWEST and sum(alike) >= _ENOUGH_ALIKE * len(alike)


def _apart(zh: str, en: str) -> Kind | None:
    """In what two notes differ; what only one of them tells is no difference."""
    ours, theirs = _ADDRESS.sub(" ", to_simplified(zh)), _ADDRESS.sub(" ", en)
    here, there = places(ours), places(theirs)
    if here and there and not here & there:
        return "name"
    issuer = _TITLE.sub(" ", ours).strip()
    is_ours = any(body.zh.search(issuer) and not body.en_answers.search(theirs) for body in _BODIES)
    is_theirs = any(body.en.search(theirs) and not body.zh_answers.search(ours) for body in _BODIES)
    if is_ours and is_theirs:
        return "name"
    when, then = years(ours), years(theirs)
    return "date" if when and then and not when & then else None


def _tells(text: str) -> bool:
    """Whether a note names anything that is compared."""
    plain = _ADDRESS.sub(" ", to_simplified(text))
    return bool(places(plain) or years(plain) or any(body.zh.search(plain) or body.en.search(plain) for body in _BODIES))


def _side(note: Note) -> Side:
    value = note.text if len(note.text) <= _LONGEST else note.text[:_LONGEST].rstrip() + " …"
    return Side(note.page or None, f"{note.number} {note.text}", value)
