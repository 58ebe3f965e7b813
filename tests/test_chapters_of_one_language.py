"""A report of which some chapters stand in one language only is answered from in both, and says so."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant

REPORT = """\
# 磐湾年报 Rockbay annual report

<!-- page: 1 en -->

## The museum

The museum shows 230 model ships and had 88,000 visitors. It is closed on Mondays, and its director is Orla Finch. The
new wing cost 12 million crowns.

<!-- page: 2 zh -->

## 港口

2034年，磐湾港处理货物620万吨，比上年增长4%。港口雇用3,100人，其中四成住在对岸。码头每天早上六点开门。

港口管理局计划在2038年以前把吊机全部换成电动。

<!-- page: 3 en -->

## The port

In 2034 the port of Rockbay handled 6.2 million tonnes of goods, 4% more than the year before. The port employs 3,100
people, two fifths of whom live on the other shore. The quays open at six every morning.

The Port Authority plans to replace all cranes with electric ones by 2038.

<!-- page: 4 zh -->

## 学校

磐湾有28所学校，学生共9,400人。学校每周三下午教游泳，费用由市政府承担。

<!-- page: 5 en -->

## Schools

Rockbay has 28 schools with 9,400 pupils. On Wednesday afternoons the schools teach swimming, which the city council pays for.

<!-- page: 6 zh -->

## 图书馆

图书馆每年借出图书41万册。馆方雇用57人，每天晚上九点关门。图书馆的屋顶在2031年的风暴中被掀走，修缮花了1,800万元。
"""


@pytest.fixture(scope="module")
def rockbay(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("rockbay", REPORT)


@pytest.mark.parametrize(
    ("question", "states", "page", "introduction"),
    [
        ("How many people does the library employ?", "57人", "6", "Only the Chinese text says so:"),
        ("How many books does the library lend a year?", "41万册", "6", "Only the Chinese text says so:"),
        ("How much did it cost to repair the roof of the library?", "1,800万元", "6", "Only the Chinese text says so:"),
        ("博物馆有多少艘船模？", "230", "1", "仅英文原文提及："),
        ("博物館新翼用咗幾多錢？", "12 million crowns", "1", "僅英文原文提及："),
    ],
)
def test_what_one_language_alone_says_is_said_to_readers_of_the_other(
    rockbay: Assistant, question: str, states: str, page: str, introduction: str
) -> None:
    answer = rockbay.ask(question)
    assert answer.status == "answered"
    assert introduction in answer.answer
    assert states in answer.answer
    assert answer.citations[0].page == page


@pytest.mark.parametrize(
    ("question", "states", "page"),
    [
        ("How many people does the port employ?", "3,100", "3"),
        ("When do the quays open?", "six every morning", "3"),
        ("How many pupils are there?", "9,400", "5"),
        ("港口雇用多少人？", "3,100人", "2"),
        ("誰付游泳嘅錢？", "市政府", "4"),
    ],
)
def test_what_both_say_is_said_in_the_readers_own(rockbay: Assistant, question: str, states: str, page: str) -> None:
    answer = rockbay.ask(question)
    assert states in answer.answer
    assert answer.citations[0].page == page
