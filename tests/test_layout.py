"""How an answer says rows of tables: under their heading, which is said once, with the city that they are of."""

from collections.abc import Callable

import pytest

from gbaqa.answering.selection import Selector
from gbaqa.answering.wording import laid_out, readable
from gbaqa.assistant import Assistant
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker

_ATLAS = """\
# Atlas of harbours 港口图册

<!-- page: 5 en -->

## Zhuhai – City of piers

Kites fly over the bay of Zhuhai.

### Harbour in figures

| Thing | Count |
| --- | --- |
| Ferries | 12 |
| Lighthouses | 4 |

## Foshan – City of kilns

### Harbour in figures

| Thing | Count |
| --- | --- |
| Ferries | 31 |
| Cranes | 9 |

## Rules of the coast

| Isle | Rule | Sort | Issued |
| --- | --- | --- | --- |
| South Isle | Rule on the mesh of nets | Catching | March 2031 |
| South Isle | Rule on the length of nets | Catching | April 2031 |
| South Isle | Rule on the lamps of boats | Sailing | May 2029 |
| North Isle | Rule on the colour of nets | Catching | May 2031 |

<!-- page: 6 zh -->

## 珠海 – 码头之城

### 港口数字

| 事物 | 数量 |
| --- | --- |
| 渡轮 | 12艘 |
| 灯塔 | 4座 |
"""


@pytest.fixture(scope="module")
def atlas(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("atlas", _ATLAS)


def _row(assistant: Assistant, text: str) -> int:
    return next(row for row, (_, statement) in enumerate(assistant.index.statements) if text in statement.text)


def test_rows_that_follow_each_other_are_a_list_under_their_heading(atlas: Assistant) -> None:
    rows = [_row(atlas, "Ferries | 12"), _row(atlas, "Lighthouses"), _row(atlas, "Kites")]
    said = laid_out(atlas.index, rows, "en", as_list=False)
    assert said == "Zhuhai – Harbour in figures:\n- Ferries – 12[1]\n- Lighthouses – 4[2]\nKites fly over the bay of Zhuhai.[3]"


def test_rows_of_two_cities_are_told_apart(atlas: Assistant) -> None:
    rows = [_row(atlas, "Ferries | 12"), _row(atlas, "Ferries | 31")]
    said = laid_out(atlas.index, rows, "en", as_list=False)
    assert said == "Zhuhai – Harbour in figures: Ferries – 12[1] Foshan – Harbour in figures: Ferries – 31[2]"


def test_prose_goes_on_behind_a_single_row(atlas: Assistant) -> None:
    rows = [_row(atlas, "Ferries | 12"), _row(atlas, "Kites")]
    assert laid_out(atlas.index, rows, "en", as_list=False) == (
        "Zhuhai – Harbour in figures: Ferries – 12[1] Kites fly over the bay of Zhuhai.[2]"
    )
    assert laid_out(atlas.index, rows, "en", as_list=True) == (
        "- Zhuhai – Harbour in figures: Ferries – 12[1]\nKites fly over the bay of Zhuhai.[2]"
    )


def test_a_row_is_said_in_the_script_of_the_question(atlas: Assistant) -> None:
    assert readable(atlas.index, _row(atlas, "灯塔"), "zh-Hant") == "珠海 – 港口數字：燈塔 – 4座"


def test_a_heading_that_names_a_place_or_stands_over_one_is_left_alone(atlas: Assistant) -> None:
    assert readable(atlas.index, _row(atlas, "mesh"), "en") == (
        "Rules of the coast: South Isle – Rule on the mesh of nets; Catching; March 2031"
    )


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("When were the rules on nets of South Isle issued?", ["mesh", "length"], ["colour"]),
        ("When were the rules on nets of North Isle issued?", ["colour"], ["mesh", "length"]),
        ("Which rules of South Isle were issued in 2029?", ["lamps"], ["mesh", "length", "colour"]),
        ("Which rules of South Isle were issued in 2031?", ["mesh", "length"], ["lamps", "colour"]),
    ],
)
def test_rows_of_a_group_or_year_that_is_not_asked_about_stay_away(
    atlas: Assistant, question: str, said: list[str], unsaid: list[str]
) -> None:
    ranker = EvidenceRanker(atlas.index)
    asked = analyse(question)
    evidence = ranker.rank(asked, atlas.retriever.search(asked, 40))
    named = [found for found in evidence if said[0] in found.statement.text]
    others = [found for found in evidence if found not in named]
    rows = Selector(atlas.index, ranker).choose(asked, [*named, *others])
    text = " ".join(atlas.index.statements[row][1].text for row in rows)
    assert all(word in text for word in said)
    assert not any(word in text for word in unsaid)


def test_items_that_follow_each_other_are_a_list_whatever_is_asked(assistant_of: Callable[[str, str], Assistant]) -> None:
    duties = "The harbour master has three duties:\n\n- to light the lamps\n- to count the boats\n- to ring the bell\n"
    index = assistant_of("quays", f"# Quays\n\n<!-- page: 2 en -->\n\n## Duties\n\n{duties}").index
    assert laid_out(index, [0, 1, 2, 3], "en", as_list=False) == (
        "The harbour master has three duties:[1]\n- to light the lamps[2]\n- to count the boats[3]\n- to ring the bell[4]"
    )
    assert laid_out(index, [0, 2], "en", as_list=False) == "The harbour master has three duties:[1] to count the boats[2]"
