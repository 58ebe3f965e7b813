"""What the city board says, in the interface's three scripts."""

from dataclasses import dataclass

from gbaqa.language.indicators import Indicator
from gbaqa.language.script import Language, Script


@dataclass(frozen=True, slots=True)
class BoardTexts:
    """All strings of the board in one script; those with braces are filled by `str.format`."""

    title: str
    intro: str
    years: str
    digest: str
    currencies_apart: str
    city: str
    pages: str
    indicators: dict[Indicator, str]
    currencies: dict[str, str]
    table: str
    sort_up: str
    sort_down: str
    alone: str
    differs: dict[Language, str]
    download: str
    absent: str


BOARD_TEXTS: dict[Script, BoardTexts] = {
    "en": BoardTexts(
        title="The cities in figures",
        intro="As the documents' tables give them. Each figure leads to its page.",
        years="Data of {years}.",
        digest="The figures are taken from a digest in our own words; check the original before you cite them.",
        currencies_apart="Amounts in different currencies are not converted: each currency is ranked and drawn by itself.",
        city="City",
        pages="Page",
        indicators={
            "area": "Land area",
            "population": "Population",
            "gdp": "GDP",
            "gdp_per_capita": "GDP per capita",
            "trade": "Merchandise trade",
        },
        currencies={"RMB": "In RMB", "HKD": "In Hong Kong dollars", "MOP": "In Macau patacas", "USD": "In US dollars"},
        table="Cities and their indicators",
        sort_up="sort ascending",
        sort_down="sort descending",
        alone="the only one in this currency",
        differs={"zh": "The Chinese text has {value}, {page}", "en": "The English text has {value}, {page}"},
        download="Download:",
        absent="The documents here have no table of cities, so there is no city board; ask about them in the chat instead.",
    ),
    "zh-Hans": BoardTexts(
        title="各城市数据",
        intro="数据取自文件中的表格，点按数字可查看所在页面。",
        years="数据年份：{years}年。",
        digest="数据取自我们自己撰写的摘要；引用前请核对原文。",
        currencies_apart="不同货币的金额未作换算，按货币分别排序和绘图。",
        city="城市",
        pages="页码",
        indicators={
            "area": "面积",
            "population": "人口",
            "gdp": "地区生产总值",
            "gdp_per_capita": "人均地区生产总值",
            "trade": "货物贸易总额",
        },
        currencies={"RMB": "人民币", "HKD": "港元", "MOP": "澳门元", "USD": "美元"},
        table="各城市的指标",
        sort_up="升序排列",
        sort_down="降序排列",
        alone="此货币仅此一项",
        differs={"zh": "中文版为{value}，{page}", "en": "英文版为{value}，{page}"},
        download="下载：",
        absent="这里的文件没有城市数据表，因此没有城市数据页；可以在问答页提问。",
    ),
    "zh-Hant": BoardTexts(
        title="各城市數據",
        intro="數據取自文件中的表格，點按數字可查看所在頁面。",
        years="數據年份：{years}年。",
        digest="數據取自我們自己撰寫的摘要；引用前請核對原文。",
        currencies_apart="不同貨幣的金額未作換算，按貨幣分別排序和繪圖。",
        city="城市",
        pages="頁碼",
        indicators={
            "area": "面積",
            "population": "人口",
            "gdp": "地區生產總值",
            "gdp_per_capita": "人均地區生產總值",
            "trade": "貨物貿易總額",
        },
        currencies={"RMB": "人民幣", "HKD": "港元", "MOP": "澳門元", "USD": "美元"},
        table="各城市的指標",
        sort_up="升序排列",
        sort_down="降序排列",
        alone="此貨幣僅此一項",
        differs={"zh": "中文版為{value}，{page}", "en": "英文版為{value}，{page}"},
        download="下載：",
        absent="這裏的文件沒有城市數據表，因此沒有城市數據頁；可以在問答頁提問。",
    ),
}
