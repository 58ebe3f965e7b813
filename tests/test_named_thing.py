"""A thing asked after by its name alone is taken by the letter: what has the name answers, and what explains it comes first."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant
from gbaqa.retrieval.named_thing import NamedThing, is_dated, named_thing
from gbaqa.retrieval.question import analyse

KELP = """\
# 海藻报告 Report on kelp

<!-- page: 2 zh -->

## 海藻交易

自2029年启用以来，海藻通的成交额增长了两成。海藻通是港口之间买卖海藻的平台，由七家海藻行共同管理。2028年的合格晒藻场（QKD）计划让晒藻场可以对外租用。灯笼湾在雾港以东。2026年，海藻行推出晒藻税。2012年，海藻行成立，现有七家。

<!-- page: 3 en -->

## Kelp trading

Since its launch in 2029 the turnover of Kelp Link has grown by a fifth.
Kelp Link is a platform on which harbours buy and sell kelp, run by seven houses.
The scheme of Qualified Kelp Drying (QKD) of 2028 lets drying grounds be rented out.
Zhuhai lies west of Lantern Bay.
In 2026 the Kelp House launched a drying levy.
In 2012 the Kelp House was founded, of which there are seven now.
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
        ("QKD 这个缩写 mean 什么？", NamedThing("QKD")),
        ("QKD 呢個 term 係指咩？", NamedThing("QKD")),
        ("QKD 中文全名係咩？", NamedThing("QKD")),
        ("QKD的英文全称是什么", NamedThing("QKD")),
        ("What's QKD's full name?", NamedThing("QKD")),
        ("full name of QKD?", NamedThing("QKD")),
        ('What\'s meant by "one quay, three kelps"?', NamedThing("one quay, three kelps")),
        ("「一港、三藻」係咩嚟？", NamedThing("一港、三藻")),
        ("Please brief me on Kelp Link: its purpose and who runs it.", NamedThing("Kelp Link", with_more=True)),
        ("「海藻通」refer to 咩嚟㗎？", NamedThing("海藻通")),
        ("請解釋一下何謂「海藻通」。", NamedThing("海藻通")),
        ("可否解释一下“海藻通”是什么？", NamedThing("海藻通")),
        ("Where is Lantern Bay?", NamedThing("Lantern Bay", wants_place=True)),
        ("燈籠灣喺邊度？", NamedThing("灯笼湾", wants_place=True)),
        ("When was Kelp Link launched?", NamedThing("Kelp Link", wants_date=True)),
        ("When did the Kelp Link start?", NamedThing("Kelp Link", wants_date=True)),
        ("海藻通係幾時啟用㗎？", NamedThing("海藻通", wants_date=True)),
        ("海藻通哪年开通", NamedThing("海藻通", wants_date=True)),
        ("When did Kelp Link grow?", None),
        ("Kelp Link?", NamedThing("Kelp Link", is_alone=True)),
        ("Give me a quick explanation of Kelp Link.", NamedThing("Kelp Link")),
        ("What does the abbreviation QKD stand for?", NamedThing("QKD")),
        ("What on earth is Kelp Link?", NamedThing("Kelp Link")),
        ("Which city is Lantern Bay in?", NamedThing("Lantern Bay", wants_place=True)),
        ("Lantern Bay: in which place is it?", NamedThing("Lantern Bay", wants_place=True)),
        ("What is Kelp Link, and who runs it?", NamedThing("Kelp Link", with_more=True)),
        ("海藻通是什么，由谁管理？", NamedThing("海藻通", with_more=True)),
        ("kelp link - whats that", NamedThing("kelp link")),
        ("Kelp Link, what's that?", NamedThing("Kelp Link")),
        ("可唔可以 explain 下 what QKD is?", NamedThing("QKD")),
        ("能说说《海藻通章程》是部什么规定吗", NamedThing("海藻通章程")),
        ("想識下海藻通", NamedThing("海藻通")),
        ("想搵燈籠灣嘅位置", NamedThing("灯笼湾", wants_place=True)),
        ('Explain the "3+5+K" formula', NamedThing("3+5+K")),
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
        ("QKD 中文全名係咩？", "合格曬藻場（QKD）"),
        ("What's QKD's full name?", "Qualified Kelp Drying (QKD)"),
        ("Where is Lantern Bay?", "west of Lantern Bay"),
        ("What is Kelp Link, and who runs it?", "Kelp Link is a platform"),
        ("When was the Kelp House founded?", "In 2012 the Kelp House was founded"),
        ("海藻行哪年成立？", "2012年，海藻行成立"),
    ],
)
def test_what_explains_the_name_comes_first(assistant: Assistant, question: str, said: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert said in answer.answer.partition("[1]")[0]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("Kelp Link", "In March 2029, after two trials, Kelp Link was launched.", True),
        ("Kelp Link", "Since its launch in 2029, Kelp Link has grown.", True),
        ("Kelp Link", "Kelp Link opened in the spring of 2029.", True),
        ("Kelp Link", "In 2029 the harbour launched Kelp Link.", True),
        ("Kelp Link", "In 2029 Kelp Link launched a levy.", False),
        ("Kelp Link", "Kelp Link had grown by a fifth in 2030.", False),
        ("海藻通", "自2029年3月海藻通启用以来，成交额增长。", True),
        ("海藻通", "2029年3月，港口正式推出“海藻通”。", True),
        ("海藻通", "海藻通于2029年推出。", True),
        ("海藻通", "海藻通2029年3月启用以来，成交额增长。", True),
        ("海藻通", "海藻通2029年推出新税。", False),
        ("海藻通", "2029年，海藻通推出新税。", False),
        ("海藻通", "2030年，海藻通增长两成。", False),
    ],
)
def test_a_date_beside_a_name_is_that_of_its_own_beginning(name: str, text: str, *, told: bool) -> None:
    assert is_dated(text, name) is told


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


_ELSEWHERE = """\
# Harbour projects

<!-- page: 1 en -->

## Trials

The purpose of a trial is told by the parties that run it.
Trials have proved to the parties that the ferries do the job.
The parties that run the ferries brief the council on the purpose of each trial.

# Money

<!-- page: 2 en -->

Five banks of the islands have joined in a common ledger of shells named kLedger.
"""


def test_what_has_the_name_comes_first_whatever_else_is_asked_about_it(assistant_of: Callable[[str, str], Assistant]) -> None:
    assistant = assistant_of("projects", _ELSEWHERE)
    answer = assistant.ask(
        "Brief me on kLedger: its purpose, the parties that run it, and whether trials have proved that it does the job."
    )
    assert "kLedger" in answer.citations[0].quote
