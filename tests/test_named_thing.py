"""A thing asked after by its name alone is taken by the letter: what has the name answers, and what explains it comes first."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant
from gbaqa.retrieval.named_thing import NamedThing, named_thing
from gbaqa.retrieval.question import analyse

KELP = """\
# 海藻报告 Report on kelp

<!-- page: 2 zh -->

## 海藻交易

自2029年启用以来，海藻通的成交额增长了两成。海藻通是港口之间买卖海藻的平台，由七家海藻行共同管理。2028年的合格晒藻场（QKD）计划让晒藻场可以对外租用。灯笼湾在雾港以东。

<!-- page: 3 en -->

## Kelp trading

Since its launch in 2029 the turnover of Kelp Link has grown by a fifth.
Kelp Link is a platform on which harbours buy and sell kelp, run by seven houses.
The scheme of Qualified Kelp Drying (QKD) of 2028 lets drying grounds be rented out.
Zhuhai lies west of Lantern Bay.
"""


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("kelp", KELP)


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("What is Kelp Link?", NamedThing("Kelp Link")),
        ("what's QKD", NamedThing("QKD")),
        ("kelp link meaning", NamedThing("kelp link")),
        ("how does the Kelp Link work", NamedThing("Kelp Link")),
        ("海藻通是什么？", NamedThing("海藻通")),
        ("海藻通係咩嚟㗎", NamedThing("海藻通")),
        ("“海藻通”说白了是做什么的？", NamedThing("海藻通")),
        ("tell me about Kelp Link", NamedThing("Kelp Link")),
        ("介紹下海藻通", NamedThing("海藻通")),
        ("Where is Lantern Bay?", NamedThing("Lantern Bay", wants_place=True)),
        ("燈籠灣喺邊度？", NamedThing("灯笼湾", wants_place=True)),
        ("Kelp Link?", NamedThing("Kelp Link", is_alone=True)),
        ("Give me a quick explanation of Kelp Link.", NamedThing("Kelp Link")),
        ("What does the abbreviation QKD stand for?", NamedThing("QKD")),
        ("What on earth is Kelp Link?", NamedThing("Kelp Link")),
        ("Which city is Lantern Bay in?", NamedThing("Lantern Bay", wants_place=True)),
        ("Lantern Bay: in which place is it?", NamedThing("Lantern Bay", wants_place=True)),
        ("What is Kelp Link, and who runs it?", NamedThing("Kelp Link", with_more=True)),
        ("海藻通是什么，由谁管理？", NamedThing("海藻通", with_more=True)),
        ("What is the turnover of Kelp Link?", None),
        ("What is Kelp Link's turnover?", None),
        ("What is a drying ground?", None),
        ("海藻通的成交额是多少？", None),
        ("Why did Kelp Link grow?", None),
    ],
)
def test_a_name_and_nothing_else_is_asked_after(question: str, thing: NamedThing | None) -> None:
    assert named_thing(analyse(question)) == thing


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What is Kelp Link?", "Kelp Link is a platform"),
        ("what is kelp link", "Kelp Link is a platform"),
        ("海藻通係咩嚟㗎", "海藻通是港口之間買賣海藻的平台"),
        ("What is QKD?", "Qualified Kelp Drying (QKD)"),
        ("QKD是什么", "合格晒藻场（QKD）"),
        ("Where is Lantern Bay?", "west of Lantern Bay"),
    ],
)
def test_what_explains_the_name_comes_first(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert said in answer.answer.partition("[1]")[0]


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is Barley Link?", "Barley Link"),
        ("大麦通是什么", "大麦通"),
        ("barley link meaning", "barley link"),
        ("大麥灣喺邊度", "大麥灣"),
    ],
)
def test_a_name_that_is_not_there_is_missing(assistant: Assistant, question: str, name: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "refused"
    assert name in answer.answer
