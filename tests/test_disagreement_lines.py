"""The line that says in what the other language differs: from the cited statement only, in the reader's script, grounded."""

import re
from pathlib import Path

import pytest

from gbaqa.answering.answer import Answer
from gbaqa.answering.citations import Citer
from gbaqa.answering.differences import Differences
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.corpus.load import load_corpus
from gbaqa.index.store import SearchIndex, build_index
from gbaqa.language.script import Script

_HARBOURS = """\
# 浅湾港口 Harbours of Shallow Bay

<!-- page: 21 zh -->

## 灯塔

北岬灯塔的守塔人可获得最高12万元的安家补贴。

南礁灯塔去年接待了近300名访客。

西滩灯塔的灯光射程自2020年以来增长4倍。

## 渔业

牡蛎协会的会员比例为41.6%。

冬季的渔获量减少了2.8%。

海鲜市场在2031年6月重新开放。

渔船队共有约740艘船，其中大部分使用风帆。

虾塘面积扩大到95公顷，由两家公司经营。

## 码头

造船厂每年修理64艘驳船，雇用510名工人。

<!-- page: 22 en -->

## Lighthouses

Keepers of the North Cape lighthouse receive a settling subsidy of at most RMB12,000.

The South Reef lighthouse received more than 300 visitors last year.

The beam of the West Strand lighthouse reaches four times as far as in 2020.

## Fisheries

The membership rate of the oyster association is 41.9%.

The catch in winter increased by 2.8%.

The seafood market opened again in August 2031.

The fishing fleet has 740 boats, almost all of which use sails.

The area of the shrimp ponds was extended to 95 hectares; they are run by two companies.

## Quays

The shipyard repairs 64 barges a year and has 510 workers.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("harbours")
    (folder / "harbours.md").write_text(_HARBOURS, "utf-8")
    settings = Settings(corpus=folder / "harbours.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.fixture(scope="module")
def index(assistant: Assistant) -> SearchIndex:
    return assistant.index


def row_of(index: SearchIndex, words: str) -> int:
    return next(row for row, (_, statement) in enumerate(index.statements) if words in statement.text)


def sentence(index: SearchIndex, words: str, script: Script) -> str:
    return " / ".join(one.sentence for one in Differences(index).of(row_of(index, words), script))


@pytest.mark.parametrize(
    ("words", "script", "said"),
    [
        ("North Cape", "en", "The Chinese text, p.21, says “最高12万元” (万: ten thousand) instead of RMB12,000."),
        ("北岬", "zh-Hans", "英文版第22页作“RMB12,000”，而非“最高12万元”。"),
        ("北岬", "zh-Hant", "英文版第22頁作「RMB12,000」，而非「最高12萬元」。"),
        ("South Reef", "en", "The Chinese text, p.21, says nearly 300 (近300) instead of more than 300."),
        ("南礁", "zh-Hans", "英文版第22页作超过300（more than 300），而非“近300”。"),
        ("oyster", "en", "The Chinese text, p.21, says “比例为41.6%” instead of 41.9%."),
        ("winter", "en", "The Chinese text, p.21, says a fall of 2.8% instead of a rise of 2.8%."),
        ("冬季", "zh-Hans", "英文版第22页作上升2.8%，而非下降2.8%。"),
        ("seafood", "en", "The Chinese text, p.21, says “在2031年6月” instead of August 2031."),
        ("海鲜", "zh-Hant", "英文版第22頁作「August 2031」，而非「在2031年6月」。"),
    ],
)
def test_what_the_other_language_says_is_said_in_the_readers_script(index: SearchIndex, words: str, script: Script, said: str) -> None:
    assert sentence(index, words, script) == said


def test_a_multiple_says_whether_it_is_added_or_reached(index: SearchIndex) -> None:
    assert "“增长4倍” (grown by that multiple) instead of “four times” (grown to that multiple)" in sentence(index, "West Strand", "en")
    assert "“four times”（增至该倍数），而非“增长4倍”（增加该倍数）" in sentence(index, "西滩", "zh-Hans")


def test_a_statement_may_differ_twice_the_most_material_first(index: SearchIndex) -> None:
    first, second = Differences(index).of(row_of(index, "fleet"), "en")
    assert "about 740 (约740) instead of 740" in first.sentence
    assert "“大部分” (大部分: most) instead of almost all" in second.sentence
    assert first.material >= second.material


@pytest.mark.parametrize("words", ["shrimp", "虾塘", "shipyard", "造船厂"])
def test_statements_that_agree_have_no_line(index: SearchIndex, words: str) -> None:
    assert Differences(index).of(row_of(index, words), "en") == []


def test_the_twin_of_a_citation_carries_the_line(index: SearchIndex) -> None:
    citer = Citer(index)
    twin = citer.cite(row_of(index, "North Cape"), 1, "en").twin
    assert twin
    assert not twin.agrees
    assert twin.disagreement == sentence(index, "North Cape", "en")
    agreeing = citer.cite(row_of(index, "shrimp"), 1, "en").twin
    assert agreeing
    assert agreeing.agrees
    assert agreeing.disagreement is None


def first_line(answer: Answer) -> str:
    """The first line after what the answer states."""
    return answer.answer.split("\n\n")[1]


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("How large is the settling subsidy for keepers of the North Cape lighthouse?", "The Chinese text, p.21, says “最高12万元”"),
        ("北岬灯塔的守塔人可以获得多少安家补贴？", "英文版第22页作“RMB12,000”，而非“最高12万元”。"),
        ("北岬燈塔嘅守塔人有幾多安家補貼？", "英文版第22頁作「RMB12,000」，而非「最高12萬元」。"),
    ],
)
def test_an_answer_ends_with_the_line_and_the_mark_of_its_citation(assistant: Assistant, question: str, line: str) -> None:
    answer = assistant.ask(question)
    assert first_line(answer).startswith(line)
    mark = int(re.findall(r"\[(\d+)\]$", first_line(answer))[0])
    cited = next(citation for citation in answer.citations if citation.mark == mark)
    assert cited.twin
    assert first_line(answer) == f"{cited.twin.disagreement}[{mark}]"
    assert {cited.page, cited.twin.page} == {"21", "22"}


def figures(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:[.,]\d+)*", text))


def test_its_figures_stand_in_the_quotes(assistant: Assistant) -> None:
    for row, (chunk, statement) in enumerate(assistant.index.statements):
        script: Script = "en" if chunk.language == "en" else "zh-Hans"
        twin = Citer(assistant.index).cite(row, 1, script).twin
        if twin and twin.disagreement:
            said = re.sub(r"p\.\d+|第\d+页", "", twin.disagreement)
            assert figures(said) <= figures(f"{statement.text} {twin.quote}")


def test_an_answer_whose_statements_agree_has_no_line(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("How many passengers do the ferries of Port Maren carry a day?")
    assert "94,000" in answer.answer
    assert "\n\n" not in answer.answer


def test_a_small_difference_of_what_is_said_beside_the_answer_is_left_to_its_card(index: SearchIndex, assistant: Assistant) -> None:
    answer = assistant.ask("Which lighthouse received visitors, and how many workers does the shipyard have?")
    said = answer.answer.split("\n\n")[1:]
    for line in said:
        mark = int(re.findall(r"\[(\d+)\]$", line)[0])
        row = row_of(index, answer.citations[mark - 1].quote)
        assert mark == 1 or Differences(index).of(row, "en")[0].material >= 0.6


def test_where_one_of_two_equal_values_differs_nothing_is_said(tmp_path: Path) -> None:
    text = (
        "# 桥 Bridges\n\n<!-- page: 1 zh -->\n\n东桥的通行费为30克朗，限高4.5米，西桥的限高也是4.5米。\n\n"
        "<!-- page: 2 en -->\n\nThe East Bridge has a toll of 30 crowns and a clearance of 4.5 metres, the West Bridge one of 4.7 metres.\n"
    )
    (tmp_path / "bridges.md").write_text(text, "utf-8")
    settings = Settings(corpus=tmp_path / "bridges.md", index=tmp_path / "index", _env_file=None)
    build_index(settings)
    index = Assistant.open(using=settings).index
    assert Differences(index).of(row_of(index, "东桥"), "zh-Hans") == []


def test_a_digest_is_called_one(tmp_path: Path) -> None:
    folder = tmp_path / "harbours"
    folder.mkdir()
    (folder / "harbours.md").write_text(_HARBOURS, "utf-8")
    (folder / "document.toml").write_text('id = "harbours"\nkind = "digest"\n[title]\nen = "Harbours"\nzh = "港口"\n', "utf-8")
    settings = Settings(corpus=tmp_path / "harbours", index=tmp_path / "index", _env_file=None)
    assert load_corpus(folder)[0].metadata.kind == "digest"
    build_index(settings)
    index = Assistant.open(using=settings).index
    assert sentence(index, "seafood", "en").startswith("The Chinese text (our digest of p.21) says “在2031年6月”")
    assert sentence(index, "海鲜", "zh-Hans").startswith("英文版（第22页摘要）作“August 2031”")
