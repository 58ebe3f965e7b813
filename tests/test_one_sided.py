"""What is told of one city only is no comparison of two: a refusal says of which one nothing is told."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant

PORTS = """\
# 两座城市 Two cities

<!-- page: 3 zh -->

## 香港

今年3至5月，香港失业率降至3.0%。香港有独角兽企业12家。

## 深圳

深圳有独角兽企业33家，机场旅客超过3,000万人次。澳门工艺品占展馆的20%。

<!-- page: 4 en -->

## Hong Kong

Between March and May the unemployment rate of Hong Kong fell to 3.0%. Hong Kong has 12 unicorns.

## Shenzhen

Shenzhen has 33 unicorns, and its airport had over 30 million passengers. Handicrafts of Macau fill 20% of the pavilion.
"""


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("ports", PORTS)


@pytest.mark.parametrize(
    ("question", "missing"),
    [
        ("Compare the unemployment rates of Hong Kong and Shenzhen.", "nothing for Shenzhen"),
        ("Is unemployment higher in Hong Kong or Shenzhen?", "nothing for Shenzhen"),
        ("香港和深圳哪个失业率高些？", "没有关于深圳的内容"),
        ("香港同深圳邊個失業率高啲？", "沒有關於深圳的內容"),
    ],
)
def test_the_city_of_which_nothing_is_told_is_named(assistant: Assistant, question: str, missing: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "refused"
    assert missing in answer.answer
    assert "3.0%" in answer.answer
    assert "otherwise" not in answer.answer  # which one is higher takes no rise for granted
    assert "并非如此" not in answer.answer


@pytest.mark.parametrize("question", ["Which has more unicorns, Hong Kong or Shenzhen?", "香港和深圳各有多少家独角兽企业？"])
def test_what_is_told_of_both_is_compared(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert "33" in answer.answer
    assert "12" in answer.answer


def test_what_is_told_of_the_one_city_asked_about_is_no_comparison(assistant: Assistant) -> None:
    assert assistant.ask("What is the unemployment rate of Hong Kong?").status == "answered"


def test_what_stands_under_a_citys_heading_is_told_of_it_too(assistant: Assistant) -> None:
    assert "nothing for Shenzhen" not in assistant.ask("Compare the handicrafts of Macau and Shenzhen.").answer
