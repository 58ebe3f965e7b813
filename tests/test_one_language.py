"""English words among Chinese ones, said in Chinese."""

from importlib.resources import files

import pytest

from gbaqa.language.indicators import asked_indicators
from gbaqa.language.one_language import in_chinese
from gbaqa.language.thesaurus import entries
from gbaqa.retrieval.question import analyse


@pytest.mark.parametrize(
    ("mixed", "said"),
    [
        ("Foshan 的 population 有多少？", "佛山的人口有多少？"),
        ("哪个 city 的 ferries 最多？", "哪个城市的渡轮最多？"),
        ("政府采购还是 government purchasing？", "政府采购还是政府采购？"),  # the nearest form of the concept, not its first
        ("赚了6.1 billion 吗？", "赚了6.1 billion吗？"),
        ("“风筝税”refer to 什么？", "“风筝税”refer to什么？"),  # "to" is no toy
        ("billion-dollar start-ups 有几家？", "独角兽有几家？"),  # the longest form, of several words
    ],
)
def test_words_and_places_are_said_in_chinese(mixed: str, said: str) -> None:
    assert in_chinese(mixed) == said


@pytest.mark.parametrize(
    "text",
    [
        "How many ferries are there?",  # nothing to say it in
        "渡轮有多少艘？",
        "Harbour Growth Fund有多少钱？",  # a capital tells a name
        "zorbing有多少人玩？",  # the thesaurus does not know it
    ],
)
def test_all_else_stays_as_it_is(text: str) -> None:
    assert in_chinese(text) == text


def test_only_a_question_to_be_answered_in_chinese_is_said_in_chinese() -> None:
    assert analyse("How many ferries does 佛山 have in the harbour?").in_one_language == "How many ferries does 佛山 have in the harbour?"
    assert analyse("佛山有幾多架 ferries？").in_one_language == "佛山有多少架渡轮？"


def test_no_rendering_changes_which_key_figures_are_asked_for() -> None:
    first = {form.lower(): chinese[0] for _, english, chinese in reversed(list(entries())) for form in english}
    nearer = dict(line.split("\t") for line in files("gbaqa.language").joinpath("renderings.tsv").read_text("utf-8").splitlines())
    assert nearer
    assert [form for form, chinese in nearer.items() if asked_indicators(chinese) != asked_indicators(first[form])] == []
