"""Questions that name who says something are answered from what that person signs; who signs is told by the bylines."""

from pathlib import Path

import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index

_ABOVE = """\
# 前言

<!-- page: 1 zh -->

## 航运的话

**温晓**
霍尔比航运公司董事长

港口要先增加夜班渡轮，船员的工资其次。

## 学校的话

**罗宁**
潮汐学院院长

港口要先建一所船员学校，渡轮其次。

# 渡轮与港口

<!-- page: 2 zh -->

港口要先修的是三号码头，夜班渡轮每晚开12班。

董事长温晓2019年上任。

# Forewords

<!-- page: 3 en -->

## From the shipping line

**Wen Xiao**
Chairwoman, Holby Shipping

What the port must do first is to add night ferries; the wages of the crews come second.

## From the school

**Dr Ning Luo**
Principal, Tideway College

What the port must do first is to build a school for crews; ferries come second.

# Ferries and the port

<!-- page: 4 en -->

What the port must do first is to mend Quay 3; night ferries leave 12 times a night.

Chairwoman Wen Xiao took office in 2019.
"""
_BELOW = """\
# Opening letters

<!-- page: 1 en -->

## A harbour for everybody

What the harbour needs most is a lift for wheelchairs.

Ada Brook

Chair, Quayside Trust

## A harbour for traders

What the harbour needs most is a cold store.

Ben Marsh

Director, Traders' Union

# The harbour

<!-- page: 2 en -->

What the harbour needs most is dredging.
"""


def _assistant(folder: Path, text: str) -> Assistant:
    path = folder / "harbour.md"
    path.write_text(text, "utf-8")
    settings = Settings(corpus=path, index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _assistant(tmp_path_factory.mktemp("above"), _ABOVE)


@pytest.fixture(scope="module")
def below(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return _assistant(tmp_path_factory.mktemp("below"), _BELOW)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("According to Holby Shipping's chairwoman, what must the port do first?", "night ferries"),
        ("What must the port do first, according to Wen Xiao?", "night ferries"),
        ("What does the principal of Tideway College say the port must do first?", "school"),
        ("What must the port do first, in Tideway College's foreword?", "school"),
        ("In the view of Ning Luo, what must the port do first?", "school"),
        ("What must the port do first, says the boss of Holby Shipping?", "night ferries"),
        ("The chairwoman who opens this report says the port must do what first?", "night ferries"),
        ("霍尔比航运的老板认为港口要先做什么？", "夜班渡轮"),
        ("罗宁觉得港口要先做什么？", "学校"),
        ("潮汐學院院長話港口要先做乜？", "學校"),
        ("学校那篇前言说港口要先做什么？", "学校"),
    ],
)
def test_what_somebody_says_is_looked_for_where_that_person_signs(above: Assistant, question: str, said: str) -> None:
    assert said in above.ask(question).answer.split("[1]")[0]


def test_a_question_about_a_person_is_none_about_what_that_person_says(above: Assistant) -> None:
    assert "2019" in above.ask("When did Wen Xiao take office?").answer.split("[1]")[0]


@pytest.mark.parametrize(
    ("question", "names", "others"),
    [
        ("Who signed the forewords, and what are their job titles?", ("Wen Xiao", "Chairwoman", "Ning Luo", "Principal"), ()),
        ("Who wrote the foreword from Tideway College?", ("Ning Luo",), ("Wen Xiao",)),
        ("前言分别由谁撰写？", ("温晓", "罗宁"), ()),
        ("航运公司的前言是谁写的？", ("温晓",), ("罗宁",)),
    ],
)
def test_who_signs_is_told_by_the_bylines(above: Assistant, question: str, names: tuple[str, ...], others: tuple[str, ...]) -> None:
    answer = above.ask(question)
    assert answer.status == "answered"
    assert all(name in answer.answer for name in names)
    assert not any(name in answer.answer for name in others)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What does Ada Brook say the harbour needs most?", "lift"),
        ("According to the director of the Traders' Union, what does the harbour need most?", "cold store"),
    ],
)
def test_a_byline_below_a_text_signs_what_stands_above_it(below: Assistant, question: str, said: str) -> None:
    assert said in below.ask(question).answer.split("[1]")[0]


def test_a_byline_of_two_paragraphs_is_told_whole(below: Assistant) -> None:
    answer = below.ask("Who wrote the forewords?").answer
    assert "Ada Brook" in answer
    assert "Chair, Quayside Trust" in answer
    assert "Ben Marsh" in answer
