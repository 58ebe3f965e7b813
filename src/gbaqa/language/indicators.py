"""The indicators that tables of cities give, and the words by which people ask for them."""

import re
from collections.abc import Iterable
from typing import Literal

from gbaqa.language.places import PLACES_IN_A_ROW

Indicator = Literal["area", "population", "gdp", "gdp_per_capita", "trade"]
INDICATORS: tuple[Indicator, ...] = ("area", "population", "gdp", "gdp_per_capita", "trade")


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"


_WHOSE = r"(?:(?:the|its|their|whole|entire|overall|local|city['’]s|" + PLACES_IN_A_ROW + r"(?:['’]s?)?) )+"  # economy; not "digital"
# What else is given per head.
_NOT_INCOME = "(?<!income )(?<!incomes )(?<!earnings )(?<!spending )(?<!consumption )(?<!emissions )"
_OF_NOTHING_ELSE = (
    r"(?! (?:disposable |household |annual )?(?:incomes?|earnings|wages?|spending|expenditure|consumption|emissions?|savings?|debt)\b)"
)
_PER_HEAD_ZH = "的?(?:年?可支配|年?收入|消费|支出|工资|薪|储蓄|寿命|预期|住房|居住|用水|用电|碳)"
_OTHERS = ("population", "pop", "headcount", "gdp", "gross domestic", "domestic product", "per capita", "trade")
_JOINTS = (", ", " and ", ", and ", " plus ", " & ")
# "Area" is asked for beside another indicator; alone it may be anything's, and the Bay Area's name. (A look behind is of one length.)
_AREA_BESIDE = (
    rf"(?<!bay )\barea(?={_either(_JOINTS)}{_either(_OTHERS)}\b)"
    rf"|{_either(f'(?<={other}{joint})' for other in _OTHERS for joint in _JOINTS)}(?<!bay )area\b(?! of\b)"
)
# Tried in this order: what is asked "per head" is not the total.
_ASKED: dict[Indicator, re.Pattern[str]] = {
    "gdp_per_capita": re.compile(
        rf"{_NOT_INCOME}per[- ]?(?:capita|head|person|resident)(?:\s+(?:gdp|output))?{_OF_NOTHING_ELSE}|gdp\s+(?:a|per)\s+(?:head|person|capita)|(?:output|gdp) per (?:head|person|resident)|(?:output|gdp) for each|rich(?:est|er)|poor(?:est|er)|wealth(?:iest|ier)"
        r"|\bspread (?:[\w'’]+ ){0,3}(?:gdp|output) (?:over|across|among)(?: (?:all|each|every|its|the|their|one|of)\b)*(?: (?:population|people|residents?|inhabitants?|heads?|person))"
        r"|\b(?:gdp|output)\b[^,.?]{0,12}\b(?:divided (?:by|among|between)|spread (?:over|across|among)|shared out (?:over|among|between))\b(?: (?:all|each|every|its|the|their|one|of)\b)*(?: (?:population|people|residents|inhabitants|heads?|person|resident|inhabitant))"
        rf"|人均(?!{_PER_HEAD_ZH})(?:的)?(?:gdp|地区生产总值|生产总值|产值|产出|国内生产总值)?|最富|最穷"
        r"|(?:产出|产值|生产总值|gdp|经济总量)[^，。；？?]{0,4}(?:平?摊|分|除|落)[^，。；？?]{0,4}(?:每(?:个|一)?人|人头|人口)(?:头上|身上)?|(?:平均|average) ?每(?:个|一)?人(?:的|的经济)?(?:产出|产值|生产总值|gdp|output)|每(?:个|一)?人(?:平均|均)(?:的)?(?:产出|产值|生产总值|gdp)",
        re.IGNORECASE,
    ),
    "population": re.compile(r"\bpopulations?\b|\bpop\b\.?|\bpopulous\b|\binhabitants?\b|\bresidents\b|\bmillion people\b|\b(?:most|fewest|least|more|fewer) people\b|\bhead[- ]?counts?\b|\bhow many (?:people|souls|folks?|persons|individuals) (?:are there|call)|\bhow many (?:folks?|persons|individuals) (?:live|lived|reside|resided|are|inhabit)\b|\bhow many people (?:live|lived|reside|resided)\b|\bhow many people(?: (?:are )?(?:in|does|do|has|have) (?:the )?" + PLACES_IN_A_ROW + r")?(?= ?(?:have|has)?\W*(?:$|[?,.;]|and\b))|人口|(?:住|居住|常住)的?人(?:数|最[多少])|人最[多少]|[哪边谁][个座]?(?:城市?)?人[更较]?多|住(?:了|着)?(?:多少|几多)人|多少人(?![次才口]|民币)|几多人(?![次才口])|(?:几多|多少) ?people", re.IGNORECASE),
    "area": re.compile(r"\b(?:land|surface|total) areas?\b|\b(?:largest|biggest|smallest|greatest|most|least) (?:land area|area|land|territory|size)\b|\b(?:by|in) area\b|\barea(?= ?[\u4e00-\u9fff])|\barea (?:is|does|was|in square)\b|" + _AREA_BESIDE + r"|(?:\b(?:the|and)|^|[,:;&]) ?area of (?=" + PLACES_IN_A_ROW + r")|\bland (?:size|mass)\b|\bhow much (?:land|ground|territory)\b|\bhow (?:big|large) is\b(?!.{0,30}\beconom)|\bsquare kilomet\w*|\bsq\.? ?km\b|\bkm2\b|\b(?:largest|biggest|smallest)(?: [\w-]+){0,3} by (?:land|size|territory)|\bterritory\b|(?:'s|’s|their|its) (?:size|area)\b|\bsize,|面积|区域(?:有?[多几]大|大小)|(?:占地|湾区(?:一共|总共)?)有?[多几]大|" + PLACES_IN_A_ROW + r" ?有?[多几]大|(?:^|[，、,])[\u4e00-\u9fff]{2,3}有?[多几]大|平方公里|地方最[大小]", re.IGNORECASE),
    "trade": re.compile(r"\b(?:merchandise|goods|foreign|total) trade\b|\bgoods traded\b|\btrade in goods\b|\btrade (?:volume|total|in goods)\b|(?<!services )(?<!service )\btrades?\b(?! (?:center|centre|hub|fair|war|union|in services))|\bimports? and exports?\b|\b(?:ships?|sells?) and (?:buys?|imports?)\b|\bbuys? and (?:sells?|ships?)\b|\bgoods (?:moved |going |that go |that went )?in and out\b|外贸|(?<!服务)(?:货物|商务|商品)?贸易(?:总额|额|量)?|进出口", re.IGNORECASE),
    "gdp": re.compile(r"\bgdp\b|\bgross domestic product\b|\beconom(?:y|ies)\b(?= (?:size|in|of|was|is|by)|\s*[?,]|$)|\b(?:biggest|largest|smallest) econom(?:y|ies)\b|\beconomic output\b|\b(?:joint|annual|yearly|overall|combined|total) output\b(?! of\b(?! (?:(?:all|the) )*(?:11|eleven|GBA|(?:Greater )?Bay Area)\b))|\b(?:size|scale) of " + _WHOSE + r"econom\w*|\bhow (?:big|large) (?:is|was|are|were) " + _WHOSE + r"econom\w*|地区生产总值|国内生产总值|生产总值|经济总量|经济规模|经济产出|经济体量|经济大小|经济(?=最[大强小])|经济体(?=最[大强小])|最[大小]的?经济体|经济(?:总共)?(?:有|是)?[多几]大|gdp", re.IGNORECASE),
}  # fmt: skip
# "Area" may be told by "per capita" beside it.
_FIRST: tuple[Indicator, ...] = ("gdp_per_capita", "area")
# All of them at once; of "the key figures of the port" a word is left that names none.
_ALL = re.compile(
    r"\b(?:key|basic|main|core|headline|essential|vital|important) (?:facts?|figures?|stat(?:istic)?s|data|numbers|indicators)(?: and (?:facts|figures|numbers))?\b"
    r"|\bfacts and figures\b|\b(?:fact|data) ?(?:box|sheet|file)\b|\bcity profile\b|\bat a glance\b"
    r"|(?:基本|主要|核心|关键|重要|各项)(?:数据|指标|数字|资料)|基本概况|基本情况|数据一览",
    re.IGNORECASE,
)
_LABELS: tuple[tuple[Indicator, re.Pattern[str]], ...] = (
    ("gdp_per_capita", re.compile(r"^(?:per[- ]capita gdp|gdp per (?:capita|head)|人均.*(?:gdp|生产总值))", re.IGNORECASE)),
    ("population", re.compile(r"^(?:(?:permanent |resident |total )?population|(?:常住|总)?人口)", re.IGNORECASE)),
    ("area", re.compile(r"^(?:(?:total |land )*area|(?:总|土地)?面积)", re.IGNORECASE)),
    ("trade", re.compile(r"^(?:total )?(?:merchandise|goods|foreign) trade|^(?:商务)?(?:贸易|进出口)总额|^外贸", re.IGNORECASE)),
    ("gdp", re.compile(r"^(?:gdp|gross domestic product|(?:地区|国内)?生产总值)", re.IGNORECASE)),
)


def asked_indicators(text: str) -> list[Indicator]:
    """The indicators that a question asks for, each once; all where it asks for the key figures and names none."""
    named = {indicator for _, _, indicator in named_indicators(text)}
    found = [indicator for indicator in _ASKED if indicator in named]
    return found or ([*INDICATORS] if _ALL.search(text) else [])


def indicator_beside(text: str, place: int) -> Indicator | None:
    """The indicator that a text names nearest to a place in it; None where it names none."""
    found = [(min(abs(start - place), abs(end - place)), indicator) for start, end, indicator in named_indicators(text)]
    return min(found)[1] if found else None


def named_indicators(text: str) -> list[tuple[int, int, Indicator]]:
    """Where a text names indicators, in its order: start, end and which."""
    found = [(*match.span(), indicator) for indicator in _FIRST for match in _ASKED[indicator].finditer(text)]
    for start, end, _ in [span for span in found if span[2] == "gdp_per_capita"]:  # its GDP is not the total's
        text = text[:start] + " " * (end - start) + text[end:]
    found += [(*match.span(), indicator) for indicator in _ASKED if indicator not in _FIRST for match in _ASKED[indicator].finditer(text)]
    return sorted(found)


def without_indicators(text: str) -> str:
    """The text without the words that name indicators."""
    for start, end, _ in named_indicators(text):
        text = text[:start] + " " * (end - start) + text[end:]
    return _ALL.sub(" ", text)


def indicator_of_label(label: str) -> Indicator | None:
    """The indicator that a table row of this name gives, None for any other row."""
    return next((indicator for indicator, pattern in _LABELS if pattern.search(label.strip())), None)
