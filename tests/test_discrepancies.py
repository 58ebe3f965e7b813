"""Disagreements: differences planted in a small document are listed, ways of saying the same are not."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from typer.testing import CliRunner

from gbaqa.answering.citations import Citer
from gbaqa.bilingual.disagreement import Disagreement
from gbaqa.bilingual.disagreements import Disagreements
from gbaqa.bilingual.export import disagreements_csv, disagreements_json
from gbaqa.bilingual.tense import tenses_apart
from gbaqa.bilingual.turned_meaning import extents_apart, names_apart, negations_apart
from gbaqa.cli import app
from gbaqa.config import Settings
from gbaqa.index.alignment import Alignment
from gbaqa.index.store import SearchIndex, build_index, open_index

# Every second pair of paragraphs differs; the others say the same in another way.
KELP = """\
# 海藻海岸 The Kelp Coast

<!-- page: 1 zh -->

## 补贴

潜水学校的新学员可获得最高12万元的装备补贴。

海藻海岸共有186家养殖场，雇用约4,300人。

灯塔岛的渡轮票价在去年冬天上涨了8.5%。

全年的降雨量为1.33万亿升，比往年多三分之一。

## 养殖

海藻产量达到近300万吨，由二十二家合作社收购。

龙虾养殖面积扩大到5公顷，为期半年的试点已经结束。

鲍鱼出口额超过人民币6.2亿元，其中两成销往邻国。

牡蛎协会的会员比例为41.6%。

## 港口

南港在2029年6月启用新码头，造价约港币9亿元。

北港的仓库将于2033年底完工，有三层楼。

渔民的平均收入同比增长4.2%。

冬季的客流量减少了2.8%。

造船厂去年交付14艘渡轮，增长1.6倍。

| 渔村 | 人口（万） | 防波堤（公里） |
| --- | --- | --- |
| 东村 | 3.9 | 16.3 |
| 西村 | 10.3 | 7.5 |

渔民中有三成五住在船上，十年间的补贴总额为1.2亿元。

<!-- page: 2 en -->

## Subsidies

New pupils of the diving school receive an equipment subsidy of at most RMB12,000.

The Kelp Coast has a total of 186 farms, which employ some 4,300 people.

Fares of the ferry to Lighthouse Island rose by 8.5% last winter.

Rainfall over the year was 1.33 trillion litres, one third more than in former years.

## Farming

The harvest of kelp came to more than 3 million tonnes and was bought by 22 cooperatives.

The area of lobster farming was extended to 50,000 square metres; a pilot of six months has ended.

Exports of abalone were more than RMB620 million, of which 20% went to neighbouring countries.

The membership rate of the oyster association is 41.9%.

## Harbours

South Harbour opened its new quay in June 2030 at a cost of about HK$900 million.

The warehouse of North Harbour will be finished by the end of 2033 and has three storeys.

The average income of fishers grew by 4.2% year on year.

Passenger numbers in winter increased by 2.8%.

The shipyard delivered fourteen ferries last year, an increase of 160%.

| Village | Population | Breakwater (metres) |
| --- | --- | --- |
| East Village | 39,000 | 16,300 |
| West Village | 103,000 | 7,600 |

Of the fishers 35% live aboard; subsidies come to RMB120 million over ten years.
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("kelp")
    (folder / "kelp.md").write_text(KELP, "utf-8")
    chosen = Settings(corpus=folder / "kelp.md", index=folder / "index", _env_file=None)
    build_index(chosen)
    return chosen


@pytest.fixture(scope="module")
def index(settings: Settings) -> SearchIndex:
    return open_index(settings)


@pytest.fixture(scope="module")
def found(index: SearchIndex) -> list[Disagreement]:
    return Disagreements(index).all()


def values(found: list[Disagreement]) -> set[tuple[str, str | None, str | None]]:
    return {(one.kind, one.zh.value if one.zh else None, one.en.value if one.en else None) for one in found}


@pytest.mark.parametrize(
    "planted",
    [
        ("figure", "12万元", "RMB12,000"),
        ("qualifier", "近300万吨", "more than 3 million tonnes"),
        ("figure", "41.6%", "41.9%"),
        ("date", "2029年6月", "June 2030"),
        ("polarity", "2.8%", "2.8%"),
        ("figure", "7.5", "7,600"),
    ],
)
def test_a_planted_difference_is_listed(found: list[Disagreement], planted: tuple[str, str, str]) -> None:
    assert planted in values(found)


def test_other_ways_of_saying_the_same_are_not_listed(found: list[Disagreement]) -> None:
    assert len(found) == 6, values(found)


def test_the_most_material_comes_first(found: list[Disagreement]) -> None:
    weights = [one.material for one in found]
    assert weights == sorted(weights, reverse=True)
    assert all(0 < weight <= 1 for weight in weights)
    amounts = next(one.material for one in found if one.zh and one.zh.value == "12万元")
    shares = next(one.material for one in found if one.zh and one.zh.value == "41.6%")
    assert amounts > shares


def test_both_sides_are_quoted_with_their_pages(found: list[Disagreement]) -> None:
    for one in found:
        assert one.zh is not None
        assert one.en is not None
        assert (one.zh.page, one.en.page) == ("1", "2")
        assert one.zh.quote in KELP
        assert one.en.quote in KELP


def test_a_figure_given_a_sentence_later_is_no_omission_but_one_given_nowhere_is(tmp_path: Path) -> None:
    text = (
        "# 贝壳 Shells\n\n<!-- page: 1 zh -->\n\n贝壳博物馆有7,140件藏品，每年有26万人参观。\n\n馆内的餐厅可坐88人，菜单每季更换。\n\n"
        "<!-- page: 2 en -->\n\nThe museum of shells has many exhibits. It shows 7,140 pieces and is visited by 260,000 people a year.\n\n"
        "The restaurant in the museum changes its menu each season.\n"
    )
    (tmp_path / "shells.md").write_text(text, "utf-8")
    chosen = Settings(corpus=tmp_path / "shells.md", index=tmp_path / "index", _env_file=None)
    build_index(chosen)
    (only,) = Disagreements(open_index(chosen)).all()
    assert only.kind == "omission"
    assert only.zh is not None
    assert only.zh.value == "88"
    assert only.en is None or only.en.value is None


def test_a_statement_knows_its_own_disagreements(index: SearchIndex, found: list[Disagreement]) -> None:
    disagreements = Disagreements(index)
    for row, (_, statement) in enumerate(index.statements):
        own = [one for one in found if one.zh and one.en and statement.text in (one.zh.quote, one.en.quote)]
        assert values(disagreements.of(row)) == values(own)


def test_a_twin_agrees_unless_there_is_a_disagreement(index: SearchIndex) -> None:
    citer = Citer(index)
    agrees = {}
    for row, (_, statement) in enumerate(index.statements):
        twin = citer.cite(row, 1, "en").twin
        if twin:
            agrees[statement.text[:5]] = twin.agrees
    assert agrees["潜水学校的"] is False
    assert agrees["Passe"] is False
    assert agrees["鲍鱼出口额"] is True
    assert agrees["The s"] is True


def test_a_document_in_one_language_has_none(tmp_path: Path) -> None:
    (tmp_path / "alone.md").write_text(KELP.partition("<!-- page: 2 en -->")[0], "utf-8")
    chosen = Settings(corpus=tmp_path / "alone.md", index=tmp_path / "index", _env_file=None)
    build_index(chosen)
    assert Disagreements(open_index(chosen)).all() == []


def test_the_command_prints_a_ranked_array(settings: Settings, found: list[Disagreement]) -> None:
    arguments = ["discrepancies", "--corpus", str(settings.corpus), "--index", str(settings.index)]
    printed = json.loads(CliRunner().invoke(app, [*arguments, "--format", "json"]).stdout)
    assert printed == disagreements_json(found)
    assert set(printed[0]) == {"kind", "material", "zh", "en"}
    assert set(printed[0]["zh"]) == {"page", "quote", "value"}
    table = CliRunner().invoke(app, arguments)
    assert table.exit_code == 0
    assert "RMB12,000" in table.stdout


def test_csv_has_a_line_a_disagreement(found: list[Disagreement]) -> None:
    lines = disagreements_csv(found).splitlines()
    assert lines[0] == "kind,material,zh_page,zh_value,zh_quote,en_page,en_value,en_quote"
    assert len(lines) == len(found) + 1


@pytest.mark.parametrize(
    ("chinese", "english", "apart"),
    [
        ("大部分渔船停航", "almost all boats stay in port", ("大部分", "almost all")),
        ("大部分渔船停航", "most of the boats stay in port", None),
        ("船长平均工龄8年", "masters with eight years of service", ("平均", "")),
        ("船长平均工龄8年", "masters with eight years of service on average", None),
        ("产值实质上升2.7%", "output rose by 2.7%", ("实质", "")),
        ("产值实际增长2.7%", "output rose by 2.7% in real terms", None),
        ("渔业是优先领域之一", "fishing is the top priority", ("之一", "the top")),
        ("渔业是优先领域之一", "fishing is one of the top priorities", None),
        ("浅湾是最老的渔港之一", "Shallow Bay has the oldest harbour", ("之一", "the oldest")),
        ("渔获量为2029年同期的九成", "the catch was 90% of that in 2029", ("2029年同期", "2029")),
        ("渔获量为2029年同期的九成", "the catch was 90% of that in the same months of 2029", None),
        ("新港基本建成", "the new harbour is completed", ("基本建成", "")),
        ("新港基本建成", "the new harbour is largely completed", None),
        ("两区产值均超过7亿元", "the output of the two districts is above 700 million", ("均", "")),
        ("两区产值均超过7亿元", "the output of each district is above 700 million", None),
        ("有规模的船厂已迁往北港", "most large shipyards have moved to the north harbour", ("", "most large shipyards")),
        ("大型船厂大多已迁往北港", "most large shipyards have moved to the north harbour", None),
        ("船厂是北港的重要雇主", "the shipyard is a most important employer of the north harbour", None),
    ],
)
def test_how_far_a_statement_goes_is_compared(chinese: str, english: str, apart: tuple[str, str] | None) -> None:
    assert extents_apart(chinese, english) == apart


@pytest.mark.parametrize(
    ("chinese", "english", "apart"),
    [
        ("两港将深入合作的领域：", "The harbours have already shown results in:", ("将", "already")),
        ("兩港將深入合作的領域：", "The harbours have already shown results in:", ("將", "already")),
        ("两港将深入合作的领域：", "The harbours have already agreed to work together in:", None),
        ("渔会将声纳技术用于捕捞", "The fishery has introduced sonar", None),
        ("新码头已建成", "The new quay will be built", ("已", "will")),
        ("新码头已动工，将于明年建成", "The new quay will be built", None),
        ("新码头建成时已经太迟", "By then it will be too late", None),
    ],
)
def test_what_is_done_and_what_is_to_come_are_compared(chinese: str, english: str, apart: tuple[str, str] | None) -> None:
    assert tenses_apart(chinese, english) == apart


def test_places_are_compared_cell_by_cell_of_a_row_and_not_in_running_text() -> None:
    assert names_apart("香港 | 渔业计划", "Shenzhen | Fishery scheme") == ("Hong Kong", "Shenzhen")
    assert names_apart("香港 | 渔业计划", "Hong Kong | Fishery scheme") is None
    assert names_apart("香港的渔民", "The fishers of Shenzhen") is None


def test_a_negation_that_nothing_answers_is_noticed() -> None:
    assert negations_apart("尚未开放", "is open") == ("尚未", "")
    assert negations_apart("尚未开放", "is not yet open") is None
    assert negations_apart("全年关闭", "does not open at any time") == ("", "not")
    assert negations_apart("全年不开放", "does not open at any time") is None


SAME = [  # the same in other words
    ("每亩多花90元买鱼苗。", "Fry costs RMB1,350 more per hectare."),
    ("年满60岁的渔民每月领取津贴。", "Fishers aged 60 draw an allowance each month."),
    ("未满12岁者不得上船。", "Children under 12 may not go aboard."),
    ("码头由两村按七比三出资。", "The two villages share the cost of the quay 70 to 30."),
    ("仓库由两村四六分担，西村占六成。", "Both villages share the store four to six, the West bearing 60%."),
    ("村民缴费，合作社按1比3配套。", "The villagers pay in, and the cooperative adds three yuan for every one."),
    ("航道的宽度由40米增至90米。", "The channel was widened from 40 to 90 metres."),
    ("渡轮运力由500万人次提高到800万。", "Ferries can now carry eight million people, up from five million."),
    ("年运力由500万人次提高到800万。", "The capacity rises from 5 to 8 million passengers a year."),
    ("虾塘2.4万亩，蟹塘1.5万亩。", "Shrimp ponds cover 1,600 hectares and crab ponds 1,000."),
    ("新户可得渔塘15亩。", "Newcomers are given a hectare of pond."),
    ("五人中有四人会游泳，其中一半常去。", "Four out of five can swim, and of these half do so often."),
    ("新屋不得小于26平方米。", "No new house may have less than 26 square metres."),
    ("贷款上限是3万元，最长六年还清。", "Loans are at most RMB30,000, to be repaid within a maximum of six years."),
    ("租期最长九年。", "The lease is for nine years at most."),
    ("租金比四年前便宜了一成。", "Rents are 10% less than four years ago."),
    ("款项分五年支付。", "The sum is payable over five years."),
    ("在三座以上灯塔工作过的人占14%。", "Those who have served in three lighthouses or more are 14%."),
    ("收益的三成分给东村。", "30% of the return goes to East Village."),
    ("第五座灯塔建成。", "A fifth lighthouse was built."),
    ("见第九页的图表。", "See the chart on page 14."),
    ("去年四月开渔。", "Fishing opened last April."),
    ("委员会全年开会8次。", "The committee met eight times this year."),
    ("七岁以下免费。", "Admission is free for under-7s."),
    ("首次突破300万人次。", "Visits passed 3 million for the first time."),
    ("出口占三分之一强。", "Exports are a little over a third."),
    ("批次增加了一半。", "Half as many lots again were tested."),
    ("截至2031年底有船90艘。", "In December 2031 there were 90 boats."),
    ("合約只限兩年，其後沒有續約。", "The contract ran for two years and was not renewed."),
    ("末班渡輪22時40分開出。", "The last ferry leaves at 22.40."),
    ("每十個漁民便有一個會潛水。", "One fisher in ten dives."),
    ("五宗求助有兩宗來自遊客，即五宗有兩宗。", "Of the calls for help, two out of five come from visitors."),
    ("每十一個職位有一個靠碼頭。", "One job in eleven depends on the quay."),
    ("新網的價錢是舊網的二十分之一。", "The new nets cost a twentieth of the old ones."),
    ("最窮的五分之一住戶付得最多。", "The poorest fifth pay most."),
    ("九人中有四人賣了船。", "Of the owners, four of the nine sold their boats."),
    ("灌溉戶多用了一百萬立方米。", "The irrigators overdrew a million cubic metres."),
    ("賬戶會增至25萬個。", "Accounts will rise to a quarter of a million."),
    ("7.5公噸以上的貨車不得駛入。", "Lorries heavier than 7.5 tonnes are banned."),
    ("租金加幅不得高出上一手10%以上。", "Rents may rise by no more than 10%."),
    ("水溫不得高於24度。", "The water must be no warmer than 24 degrees."),
    ("貨值以80,000貝元為限。", "Goods are worth up to 80,000 cowries."),
    ("50萬貝元以下的索償由一人審理。", "Claims below 500,000 cowries are heard by one person."),
    ("過半漁船沒有冰庫。", "More than half of the boats have no ice store."),
    ("差不多三成漁民超過六十歲。", "Almost three in ten fishers are over sixty."),
    ("魚價約為去年的兩倍半。", "Fish costs some two and a half times what it did."),
    ("水母多見於七、八兩月。", "Jellyfish come in July and August."),
    ("2022至2023學年有八百人報名。", "In 2022–23 eight hundred enrolled."),
    ("委員會以四比一通過。", "The committee passed it by four to one."),
    ("回收率須達九成。", "At least 90% has to be recovered."),
    ("一方可提前十二個月通知。", "Either side may give twelve months' notice."),
    ("1.6億公升之外，損耗為70萬至250萬公升。", "Beside 160 million litres, losses run from 0.7 to 2.5 million."),
]
DIFFERENT = [
    ("過半漁船沒有冰庫。", "Fewer than half of the boats have no ice store."),
    ("每十個漁民便有一個會潛水。", "One fisher in twelve dives."),
    ("7.5公噸以上的貨車不得駛入。", "Lorries of 7.5 tonnes are banned."),
    ("末班渡輪22時40分開出。", "The last ferry leaves at 21.40."),
    ("採購獲批120萬貝元以下。", "Purchases of more than 1.2 million cowries were approved."),
    ("每亩多花90元买鱼苗。", "Fry costs RMB90 more per hectare."),
    ("码头由两村按七比三出资。", "The two villages share the cost of the quay 60 to 40."),
    ("年满60岁的渔民每月领取津贴。", "Fishers aged 65 draw an allowance each month."),
    ("委员会全年开会8次。", "The committee met nine times this year."),
    ("養殖場去年四月關閉，並未重開。", "The farm closed last May."),
    ("东村是我社最大的市场。", "East Village is one of our largest markets."),
    ("船长资格在五村均已承认。", "Masters' tickets are accepted in four of the five villages."),
]


@pytest.fixture(scope="module")
def listed(tmp_path_factory: pytest.TempPathFactory) -> list[list[Disagreement]]:
    """What is listed of each pair, where the two are known to be twins."""
    folder = tmp_path_factory.mktemp("pairs")
    for number, (chinese, english) in enumerate(SAME + DIFFERENT):
        (folder / f"pair{number:02}.md").write_text(f"# 渔港 Harbour\n\n{chinese}\n\n{english}\n", "utf-8")
    chosen = Settings(corpus=folder, index=folder.parent / "pairs-index", _env_file=None)
    build_index(chosen)
    index = open_index(chosen)
    rows = [[row for row, (chunk, _) in enumerate(index.statements) if chunk.document == name] for name in sorted(index.documents)]
    twin = np.full(len(index.statements), -1, dtype=np.int32)
    for one, other in rows:
        twin[one], twin[other] = other, one
    found = Disagreements(replace(index, alignment=Alignment(twin, np.full(len(twin), 4.0, dtype=np.float32)))).all()
    return [[one for one in found if any(set(pair) & set(side.rows) for side in (one.zh, one.en) if side)] for pair in rows]


@pytest.mark.parametrize("at", range(len(SAME)), ids=[english for _, english in SAME])
def test_what_is_the_same_in_other_words_is_not_listed(listed: list[list[Disagreement]], at: int) -> None:
    assert values(listed[at]) == set()


@pytest.mark.parametrize("at", range(len(DIFFERENT)), ids=[english for _, english in DIFFERENT])
def test_what_is_alike_but_not_the_same_is_listed(listed: list[list[Disagreement]], at: int) -> None:
    assert listed[len(SAME) + at]
