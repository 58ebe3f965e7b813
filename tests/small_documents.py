"""Two small bilingual documents about places that do not exist.

`lantern-bay.md` is written as corpus/ is: page markers, `[^1]` notes, pipe tables. `tide-survey.md` looks like text that
was extracted from a PDF: a page map beside it, raised marks, bare note lines, tab tables, cells in HTML, loose numbers,
sentences cut by page breaks.
"""

from pathlib import Path

LANTERN_BAY = """\
# 灯塔湾展望 Lantern Bay outlook

<!-- page: 1 zh -->

## 序言

《灯塔湾展望》由纸鸢研究所编写。灯塔湾由云禾、马伦港和石桥三座城市组成。

灯塔湾的人口在2031年达到412万人，比十年前多出37万人[^1]。

[^1]: 灯塔湾统计处，《人口公报》，https://stats.lantern.example/zh/population_2031.html

<!-- page: 2 en -->

## Foreword

The *Lantern Bay outlook* is written by the Kite Institute. Lantern Bay consists of three cities: Yunhe, Port Maren and Stonebridge.

The population of Lantern Bay reached 4.12 million in 2031, which is 370,000 more than ten years before[^1].

[^1]: Lantern Bay Statistics Office, *Population Bulletin*, https://stats.lantern.example/en/population_2031.html

<!-- page: 3 zh -->

# 云禾：纸鸢之城

## 主要指标

| 指标 | 数值 |
| --- | --- |
| 面积 | 846平方公里 |
| 人口 | 168万 |
| 地区生产总值 | 2,915亿元 |

数据来源：云禾市统计局，2031年数据

## 经济概览

2031年，云禾的地区生产总值增长6.2%[^2]。云禾的三大支柱产业是：

- 纸鸢制造
- 风力发电
- 海洋物流

云禾的风力发电量占全湾的58%[^3]。

[^2]: 云禾市统计局，https://stats.yunhe.example/zh/gdp
[^3]: 《风能年鉴》

<!-- page: 4 en -->

# Yunhe: city of kites

## Key figures

| Indicator | Value |
| --- | --- |
| Land area | 846 square kilometers |
| Population | 1.68 million |
| GDP | RMB291.5 billion |

Source: Yunhe Statistics Bureau, data of 2031

## Economic overview

In 2031, Yunhe's GDP grew by 6.2%[^2]. The three pillar industries of Yunhe are:

- kite making
- wind power
- marine logistics

Yunhe generates 58% of the wind power of the whole bay[^3].

[^2]: Yunhe Statistics Bureau, https://stats.yunhe.example/en/gdp

<!-- page: 5 zh -->

# 马伦港：渡轮之都

## 交通

马伦港渡轮每天运送9.4万名乘客，共有26条航线[^4]。从马伦港到云禾的轮渡需要35分钟。

- 灯塔大桥将于2034年通车，全长11.3公里[^5]。
- 灯塔大桥的总投资为128亿元。

[^4]: 马伦港海事局
[^5]: 灯塔湾建设厅，《大桥工程简介》，https://bridge.lantern.example/zh/plan?id=7&lang=zh

<!-- page: 6 en -->

# Port Maren: capital of ferries

## Transport

The ferries of Port Maren carry 94,000 passengers a day on 26 routes[^4]. The crossing from Port Maren to Yunhe takes 35 minutes.

- Lantern Bridge will open to traffic in 2034 and is 11.3 km long[^5].
- The total investment in Lantern Bridge is RMB12.8 billion.

[^4]: Port Maren Maritime Authority
[^5]: Lantern Bay Department of Works, *Outline of the Bridge*, https://bridge.lantern.example/en/plan?id=7&lang=en

<!-- page: 7 both -->

# 结论 Final remarks

三座城市将共建一所海洋大学。

The three cities will found a marine university together.
"""

# (printed page, language, confidence, text) of each page; the page map is made from it.
_TIDE_SURVEY_PAGES = [
    ("", "both", "certain", "# 潮汐调查 Tide survey\n\n盐滩出版社\n\nSaltmarsh Press\n\n© 2032\n"),
    (
        "11",
        "zh",
        "certain",
        """\
# 珊瑚基金 The Coral Fund

## 资金规模

- ▶ **珊瑚基金资助青年创业。** 2030年，珊瑚基金批出86个项目<sup>1</sup>，资助总额为人民币4.3亿元<sup>2</sup>。申请人的年龄须在18至40岁之间，

2024\t2027\t2030
12个\t41个\t86个

<sup>1</sup> 珊瑚基金秘书处, <https://coral.tide.example/zh/report_2030.html>
""",
    ),
    (
        "12",
        "zh",
        "likely",
        """\
并且须在潮汐群岛居住满三年。

2 潮汐财政署，[https://finance.tide.example/zh/coral\\\\_fund](https://finance.tide.example/zh/coral_fund)

孵化器一览

7

孵化器

320家

初创企业

资料来源：珊瑚基金秘书处
""",
    ),
    (
        "13",
        "en",
        "certain",
        """\
## Size of the fund

- ▶ **The Coral Fund supports young founders.** In 2030, the Coral Fund approved 86 projects<sup>1</sup> with grants of RMB430
million in all<sup>2</sup>. Applicants must be between 18 and 40 years old and must have lived

1 Coral Fund Secretariat, <https://coral.tide.example/en/report_2030.html>
""",
    ),
    (
        "14",
        "en",
        "guess",
        """\
in the Tide Islands for three years.

<sup>2</sup> Tide Treasury, [https://finance.tide.example/en/coral\\\\_fund](https://finance.tide.example/en/coral_fund)

Incubators at a glance

7

Incubators

320

Start-ups

Source: Coral Fund Secretariat

Island\tPolicy\tEffect
Heron\t<p><b>Rent:</b> Founders pay no rent for two years.</p> <p>Then half.</p>\t<p>It has 214 workshops.</p> <p>Most build boats.</p>
Gannet\t<p>Founders get a loan of up to HK\\$750,000<sup>3</sup>.</p> <p>It is free of interest.</p>\tLoans went to 65 founders.
""",
    ),
    (
        "15",
        "both",
        "certain",
        """\
# 潮汐能 Tidal energy

潮汐群岛的潮汐电站装机容量为240兆瓦<sup>4</sup>。电站每年减少碳排放约9万吨。

The tidal power stations of the Tide Islands have a capacity of 240 MW<sup>4</sup>. They save about 90,000 tonnes of carbon a year.

4 潮汐电力公司，《年报》

4 Tide Power Company, *Annual Report*
""",
    ),
]  # fmt: skip

TIDE_SURVEY = "".join(text + "\n" for _, _, _, text in _TIDE_SURVEY_PAGES)


def tide_survey_map() -> str:
    """The page map of TIDE_SURVEY."""
    rows = ["start_line\tpage\tlanguage\tconfidence"]
    line = 1
    for label, language, confidence, text in _TIDE_SURVEY_PAGES:
        rows.append(f"{line}\t{label}\t{language}\t{confidence}")
        line += text.count("\n") + 1
    return "\n".join(rows) + "\n"


def write_small_corpus(folder: Path) -> Path:
    """Write both documents into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "lantern-bay.md").write_text(LANTERN_BAY, "utf-8")
    (folder / "tide-survey.md").write_text(TIDE_SURVEY, "utf-8")
    (folder / "tide-survey.pages.tsv").write_text(tide_survey_map(), "utf-8")
    return folder
