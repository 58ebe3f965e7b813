"""Questions after who says so: the source of a statement, or whose finding it is, in English and in (Simplified) Chinese."""

import re

# Whom or what a claim may come from, and what it may be called.
_TELLER = (
    r"(?:newspaper|outlet|agenc(?:y|ies)|departments?|bureau|ministry|institut(?:e|ion)s?|bod(?:y|ies)|organi[sz]ations?|compan(?:y|ies)"
    r"|firms?|consultanc(?:y|ies)|platforms?|websites?|reports?|surveys?|stud(?:y|ies)|databases?|yearbooks?|bulletins?|publications?"
    r"|documents?|papers?|think[ -]tanks?)(?:['’]s|s?['’])?"
)
_WHICH = rf"(?:which|what) (?:[\w'’-]+ ){{0,3}}?{_TELLER}"
_CLAIM = (
    r"(?:that|this|the|those|these|it|its)"
    r"(?: (?:\w+ ){0,3}?(?:claim|figure|number|statistic|stat|statement|percentage|ranking|estimate|finding|chart|table|graph|data)s?)?"
)
_RELEASED = "(?:released|published|issued|put out|reported|announced|compiled|gave|gives)"
# The sources of energy or of income name nobody.
_NO_CLAIMS = "energy power water fuel income revenue funding funds capital money growth light food heat talent talents pollution emissions"
_SOURCES = (
    rf"\b{''.join(f'(?<!{word} )' for word in _NO_CLAIMS.split())}sources?"
    rf"(?! of (?:\w+ )?(?:{_NO_CLAIMS.replace(' ', '|')}|customers|visitors|tourists|students|strength)\b)\b"
)
_ASKED = re.compile(
    rf"{_SOURCES}|"
    r"\b(?:cited|cites?|credited|(?:photo|picture|image|map) credits?|attributed|according to whom|footnote|reference[ds]?|citation|where (?:does|did|do) (?:that|the|this|it)"
    r" .{0,60}(?:come|figure|number)|(?:figures?|data|numbers?|claim|stat\w*) (?:come|came) from|based on (?:whose|(?:which|what) (?:report|data|survey|study|figures|numbers|statistics))|whose (?:data|figures?|numbers?))\b"
    r"|\bwhose (?:\w+ ){0,3}(?:report|survey|study|data|picture|photo|figures?|estimate|newsletter|bulletin|yearbook|website|database|press release|statistics?|tally|census)|\bwho (?:wrote|authored|drafted|penned) (?:the|that|this) (?:\w+ )?(?:report|study|paper|survey|article)\b|\bwho (?:published|compiled|reported|issued|produced|provided) (?:the|that|this) (?:data|figure|report|number|stat)"
    r"|\bwhere (?:does|did|do|is) (?!(?:\w+ ){0,2}(?:money|fund(?:s|ing)|capital|cash|water|power|energy|people|visitors|students|staff|workers)\b).{3,120}? come from|\bwhich \w*\s?(?:newspaper|outlet|agency|publication|website|media|organi[sz]ation|institution|bureau|paper) .{0,40}(?:report|say|said|cite|behind|source)"
    r"|\b(?:which|what) (?:document|report|publication|paper|survey|note|study)s? (?:supports?|backs?(?: up)?|stands? behind|is behind|underl(?:ies|ay|ie))\b"
    r"|\bwho says\b|\bwho said (?:so|this|that)\b|\b(?:body|agency|institution|outlet|name|source) behind (?:the|that|this|it)\b|\b(?:lifted|taken|borrowed|quoted|drawn) from\b|\bfootnoted\b"
    r"|哪[份个家间本] ?(?:newspaper|paper|department|dept|institute|bureau|platform|website|media|报纸?|网站|平台|研究院|研究所|部门)|从哪个?(?:网站|平台|地方)"
    r"|(?:data|数据|数字|这个数|figure|number|chart|图).{0,12}(?:哪个|哪家|哪间|谁).{0,12}(?:出|给|做|发|的)|引(?:的|了|用)?[那这哪𠮶]?份(?:文件|报告)|\bquote ?(?=[\u4e00-\u9fff])|\bquoted? (?:from|by)\b"
    r"|谁家的|谁的(?:报告|数据|调研|统计|说法|资料)|依据的?是?谁|哪家(?:报纸|媒体|网站)|哪个(?:网站|媒体)(?:出|的|发|公布|统计|提供)|引的是|跟谁.{0,6}(?:发布|出)|哪[家间个](?:公司|机构|企业|单位)(?:一起|联合|共同)(?:发布|出版|publish)|(?:跟|survey.{0,8}[与和同])哪[家间个](?:公司|机构|企业|单位)?.{0,8}(?:发布|出版|publish)|哪份(?:报告|资料)"
    r"|(?<!按)来源|出处|出自|引自|引用|援引|注释|脚注|注脚|依据谁|谁的数据|哪家的数据|数据来自|资料来自|根据哪|(?:基于|based on) ?哪[^，。？?]{0,8}(?:报告|数据|资料|统计|调查|研究|report|data|survey)|哪来的|边度嚟|从哪[儿里]?[来引]|哪里来|标注|注明"
    r"|谁(?:发布|公布|统计|提供)的?(?:数据|数字)|(?:数据|数字|资料).{0,12}(?:边度|(?<![卡难错差好贵强弱]在)哪[里儿]|哪个机构|哪家)"
    # Which report is that figure from, whose data is used, who released that claim, with whom was a report published.
    rf"|\b{_WHICH}(?: \w+){{0,2}} (?:is|are|was|were) {_CLAIM} (?:based on|(?:\w+ )?from)\b"
    rf"|\b(?:{_WHICH}|whose (?:\w+ ){{0,3}}?{_TELLER}) (?:\w+ )?(?:data|figures|numbers|statistics|reports?|surveys?) (?:is|are|was|were)"
    r" (?:used|cited|quoted|shown|behind)\b"
    rf"|\b{_WHICH} {_RELEASED} {_CLAIM}(?=\W|$)"
    rf"|\b{_WHICH} (?:did|does|do) .{{1,40}} (?:get|take|quote|draw|pull|lift) (?:it|that|this|them|the) [^?]{{0,20}}\bfrom\b"
    r"|\bwhere (?:is|are|was|were) (?:each|both|all) of .{1,60} (?:cited|from|taken)\b"
    rf"|\b(?:claim|figure|number|statistic)s?\b.{{1,120}}[,:;–—-] ?{_WHICH} {_RELEASED} (?:it|that|this|them)\b"
    r"|\b(?:publish|released|releases|co-?author)\w* .{0,40}\b(?:(?:jointly|together) with|in partnership with|with (?:who|whom|which))\b"
    r"|\b(?:who|whom|which (?:\w+ ){1,3}) ?(?:did|has|had|was|were|is) .{0,40}(?:publish|releas|co-?author)\w* .{0,40}\bwith\b",
    re.IGNORECASE,
)
# Who found something out may be said in the text, or be the source in its note: either answers these.
_WHOSE = re.compile(
    r"\bwho (?:was it (?:that|who) |has |had )?(?:put out|publish\w*|compiled?|report(?:s|ed)|issue[ds]|test(?:s|ed)|check(?:s|ed)|found|counted|estimate[sd]|measure[sd]|survey(?:s|ed)|work(?:s|ed) out|calculate[sd]|says?|said|claim(?:s|ed)|audit(?:s|ed)|assess(?:es|ed)|stud(?:ies|ied)|research(?:es|ed)|came up with|drew up|did (?:the|that|this) (?:research|survey|study|count\w*|work))\b"
    r"|\bsays who\b|\bwhose (?:are|is) (?:they|these|those|it|this|that)\b"
    r"|\b(?:which|what) (?:[\w'’-]+ ){0,2}(?:watchdog|ministry|bod(?:y|ies)|agency|publication|journal|magazine|document|study|survey|notice|circular|organi[sz]ation|institute|institution|think[ -]tank|pollsters?|report)\b|\bwhose (?:notice|survey|study|estimate|count|ruling|decision|order)"
    r"|\bwhere (?:is|was|are|were) .{3,120}\bfrom\W*$"
    r"|(?:谁|哪[个份家本间期]\s?(?:刊物|文件|团体|机构|组织|单位|媒体|杂志|报告|调查|研究|部门|document|report|publication|body|agency)?).{0,8}(?:调查|统计|发布|公布|发表|评估|测算|计算|估计|披露|刊登|登过|出的|讲的|说的|做的|得出|评出|查的|publish|report|issue|survey|announce|release|compile)"
    r"|哪个(?:机构|部门|单位)(?:出|的|发|公布|统计|提供)|哪[份本期]\s?(?:刊物|文件|报告|杂志|document|report|publication)|(?:调查|统计|数据|数字|评估|评核|report|figure)\w*?[^，。？?]{0,8}是谁|(?:这话|说法|讲法)[^，。？?]{0,8}(?:哪里|哪儿|边度)"
    r"|是谁去?(?:查|评|量|数)|(?:是|系)[^，。？?]{1,24}(?:定|还是|抑或)[^，。？?]{1,12}(?:出|发|统计|公布)的?\W*$",
    re.IGNORECASE,
)


def asks_for_source(text: str) -> bool:
    """Whether a question asks for the source of a statement, a table or a picture."""
    return _ASKED.search(text) is not None


def asks_whose(text: str) -> bool:
    """Whether it asks who found something out, published or said it: the note of what is stated may tell."""
    return _WHOSE.search(text) is not None
