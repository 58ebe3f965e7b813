"""Whether something is done or still to come, where one language says the one and the other the other."""

import re

from gbaqa.bilingual.turned_meaning import as_printed
from gbaqa.language.cutting import cutter
from gbaqa.language.script import to_simplified

_ZH_WILL = re.compile(r"(?<![即行])将(?!来)(?=[\u4e00-\u9fff])|拟(?=[\u4e00-\u9fff])(?![订定人])|即将|有望|力争")
_ZH_DONE = re.compile(r"(?<!时)已经|(?<![早而时])已(?=[\u4e00-\u9fff])(?![久知故])")
_ZH_TO_COME = re.compile(
    "将|拟|计划|有望|力争|争取|预计|预期|预测|估计|未来|目标|旨在|明年|届时|规划|展望|准备|打算|希望|致力|[会要应须可能欲]|[到至]20|以后|之后|今后"
)
_EN_DONE = re.compile(
    r"\balready\b|\b(?:has|have) (?:also |now |recently )?(?:been \w+|\w+ed|become|begun|made|set up|built|grown|shown|seen)\b",
    re.IGNORECASE,
)
_EN_WILL = re.compile(r"\b(?:will|shall|(?:is|are) (?:expected|planned|due|set|scheduled) to|plans? to|intends? to)\b", re.IGNORECASE)
_EN_TO_COME = re.compile(
    r"\b(?:will|would|shall|can|could|may|might|should|must|to \w+|plan\w*|aim\w*|expect\w*|forecast\w*|projected|propos\w*|intend\w*"
    r"|seek\w*|striv\w*|target\w*|hope\w*|upcoming|future|due|forthcoming|by 20\d\d|until|ahead|prospect\w*|estimat\w*|goal\w*|likely"
    r"|predict\w*|envisag\w*|anticipat\w*|soon|next|promis\w*|consider\w*|once|scheduled|coming|poised|about to|drafted)\b|'ll\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"^\W*(?:As|Since|While|After|Although|Having|Because)\b")  # what is done is said beside what the sentence is about
_TAKES_AN_OBJECT = re.compile(r"[其该此这那它他她各两全本一二三四五六七八九十数几部另]")


def tenses_apart(zh: str, en: str) -> tuple[str, str] | None:
    """The words that say "to come" in one language and "done" in the other: 将 and "already", 已 and "will".

    Only where that side says nothing of the other kind: a plan may have been announced already.
    """
    simplified = to_simplified(zh)
    if (done := _EN_DONE.search(en)) and not (_EN_TO_COME.search(en) or _BESIDE.search(en)) and (coming := _planned(simplified)):
        return as_printed(coming, zh), done.group()
    planned = _EN_WILL.search(en)
    if planned and not _EN_DONE.search(en) and not _ZH_TO_COME.search(simplified) and (done := _ZH_DONE.search(simplified)):
        return done.group(), planned.group()
    return None


def _planned(simplified: str) -> re.Match[str] | None:
    """The first word that says that something is to come; 将 in front of a noun only marks an object (将技术用于…)."""
    for found in _ZH_WILL.finditer(simplified):
        following = cutter().cut(simplified[found.end() : found.end() + 8])
        if found.group() != "将" or not (cutter().is_noun(following[0]) or _TAKES_AN_OBJECT.match(following[0])):
            return found
    return None
