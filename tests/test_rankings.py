"""What a table answers though none of its rows says it, and where it stays silent."""

from collections.abc import Callable

import pytest

from gbaqa.answering.row_order import ordered
from gbaqa.answering.superlatives import ends_told, wish_of
from gbaqa.answering.value_tables import ValueTable, value_table
from gbaqa.assistant import Assistant
from gbaqa.language.cells import cell_quantities
from gbaqa.language.script import written_chinese

_PIERS = """\
# 潮信碼頭年報

<!-- page: 1 zh -->

## 各碼頭乘客

三年乘客人次如下：

| 碼頭 | 2021年 | 2022年 | 2023年 |
| --- | --- | --- | --- |
| 珠貝碼頭 | 412,000 | 455,000 | 430,000 |
| 石燕碼頭 | 98,000 | 120,000 | 131,000 |
| 長藤碼頭 | 203,000 | 197,000 | 188,000 |
| 白榕碼頭 | 關閉 | 54,000 | 90,000 |
| 合計 | 713,000 | 826,000 | 839,000 |

## 碼頭設備

| 碼頭 | 啟用年份 | 泊位 | 平台面積（平方米） | 年費 | 清潔評分 |
| --- | --- | --- | --- | --- | --- |
| 珠貝碼頭 | 1968年 | 6 | 2,100 | 30萬港元 | 81 |
| 石燕碼頭 | 1994年 | 3 | 1,450 | 28萬澳門元 | 88 |
| 長藤碼頭 | 1987年 | 4 | 900 | 19萬港元 | 74 |
| 白榕碼頭 | 2022年 | 2 | 1,450 | 22萬港元 | 93 |

## 票價

石燕碼頭的小賣部售出的魚蛋最多，全年有31,000串。

<!-- page: 2 en -->

# Piers of Tidemark, annual report

## Passengers, pier by pier

Passengers of three years:

| Pier | 2021 | 2022 | 2023 |
| --- | --- | --- | --- |
| Cowrie Pier | 412,000 | 455,000 | 430,000 |
| Swift Pier | 98,000 | 120,000 | 131,000 |
| Longvine Pier | 203,000 | 197,000 | 188,000 |
| Banyan Pier | closed | 54,000 | 90,000 |
| Total | 713,000 | 826,000 | 839,000 |

## Equipment of the piers

| Pier | Opened | Berths | Deck (square metres) | Annual fee | Cleanliness score |
| --- | --- | --- | --- | --- | --- |
| Cowrie Pier | 1968 | 6 | 2,100 | HK$300,000 | 81 |
| Swift Pier | 1994 | 3 | 1,450 | MOP280,000 | 88 |
| Longvine Pier | 1987 | 4 | 900 | HK$190,000 | 74 |
| Banyan Pier | 2022 | 2 | 1,450 | HK$220,000 | 93 |

## Snacks

The kiosk of Swift Pier sold the most fishballs, 31,000 skewers in the year.
"""


_ORDINANCES = """\
# 灯湾法令汇编 Ordinances of Lantern Bay

<!-- page: 11 zh -->

## 渔业法令一览

| 岛屿 | 法令 | 类别 | 颁布日期 |
| --- | --- | --- | --- |
| 南屿 | 网目规定 | 捕捞 | 2031年3月 |
| 南屿 | 夜航守则 | 航行 | 2029年11月 |
| 北屿 | 冷库补贴办法 | 补贴 | 2031年9月 |
| 北屿 | 学徒津贴计划 | 补贴 | 2029年2月 |
| 北屿 | 浮标登记令 | 航行 | 2030年 |

<!-- page: 12 en -->

## Ordinances on fishery

| Island | Ordinance | Sort | Date of issue |
| --- | --- | --- | --- |
| South Isle | Rule on the mesh of nets | Catching | March 2031 |
| South Isle | Code of sailing at night | Sailing | November 2029 |
| North Isle | Grant for cold stores | Grants | September 2031 |
| North Isle | Scheme of allowances for apprentices | Grants | February 2029 |
| North Isle | Order on registering buoys | Sailing | 2030 |
"""


APPRENTICES, STORES = "North Isle – Scheme of allowances for apprentices", "North Isle – Grant for cold stores"
NETS, NIGHT = "South Isle – Rule on the mesh of nets", "South Isle – Code of sailing at night"


@pytest.fixture(scope="module")
def ordinances(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("ordinances", _ORDINANCES)


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which ordinance on fishery is the oldest?", [APPRENTICES]),
        ("Which ordinance on fishery is the most recent?", [STORES]),
        (
            "In the table of fishery ordinances, which entry is the oldest and which the newest?",
            [APPRENTICES, STORES],
        ),
        ("Which of South Isle's fishery ordinances came out earliest?", [NIGHT]),
        ("Put the fishery ordinances of North Isle in date order.", [APPRENTICES, "North Isle – Order on registering buoys", STORES]),
        ("List South Isle's fishery ordinances, newest first.", [NETS, NIGHT]),
        ("邊項漁業法令最早頒布？", ["北嶼 – 學徒津貼計劃"]),
        ("南屿的渔业法令按时间先后排列是怎样的？", ["南屿 – 夜航守则", "南屿 – 网目规定"]),
        ("Which ordinance is the largest?", None),
        ("Which ordinance on mining is the oldest?", None),
    ],
)  # fmt: skip
def test_a_table_of_dates_in_groups_answers(ordinances: Assistant, question: str, rows: list[str] | None) -> None:
    assert _rows(ordinances, question) == rows


def test_where_the_languages_differ_in_a_group_only_what_both_say_is_answered(assistant_of: Callable[[str, str], Assistant]) -> None:
    slipped = assistant_of("ordinances", _ORDINANCES.replace("北屿 | 冷库补贴办法", "南屿 | 冷库补贴办法"))
    assert _rows(slipped, "Which of North Isle's fishery ordinances is the newest?") is None
    assert _rows(slipped, "Which of North Isle's fishery ordinances is the oldest?") == [APPRENTICES]


def test_a_row_that_the_other_language_puts_into_the_group_asked_about_is_shown(assistant_of: Callable[[str, str], Assistant]) -> None:
    slipped = assistant_of("ordinances", _ORDINANCES.replace("南屿 | 夜航守则", "北屿 | 夜航守则"))
    answer = slipped.ask("List the fishery ordinances on sailing that North Isle has.")
    assert "Code of sailing at night" in answer.answer


def test_a_date_is_said_as_printed_and_cited_to_its_row(ordinances: Assistant) -> None:
    answer = ordinances.ask("Which ordinance on fishery is the oldest?")
    assert answer.answer == "- North Isle – Scheme of allowances for apprentices, Date of issue: February 2029[1]"
    assert answer.citations[0].quote == "North Isle | Scheme of allowances for apprentices | Grants | February 2029"
    assert answer.citations[0].page == "12"


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("piers", _PIERS)


def _rows(assistant: Assistant, question: str) -> list[str] | None:
    """The names of the rows that the table of the answer has; None without a table."""
    table = assistant.ask(question).table
    return None if table is None else [row.name for row in table.rows]


@pytest.mark.parametrize(
    ("question", "rows"),
    [
        ("Which pier had the most passengers in 2022?", ["Cowrie Pier"]),
        ("Which pier has the most berths and which the fewest?", ["Cowrie Pier", "Banyan Pier"]),
        ("Which pier had the second-highest number of passengers in 2023?", ["Longvine Pier"]),
        ("Which two piers had the most passengers in 2021?", ["Cowrie Pier", "Longvine Pier"]),
        ("Rank the piers by berths, largest first.", ["Cowrie Pier", "Longvine Pier", "Swift Pier", "Banyan Pier"]),
        ("Which pier's passengers rose most between 2021 and 2022?", ["Cowrie Pier"]),
        ("Which pier's passengers grew fastest between 2021 and 2023?", ["Swift Pier"]),
        ("Which pier lost most passengers from 2022 to 2023?", ["Cowrie Pier"]),
        ("Which pier opened first?", ["Cowrie Pier"]),
        ("Which is the newest pier?", ["Banyan Pier"]),
        ("Which pier has the best marks for cleanliness?", ["Banyan Pier"]),
        ("How do the berths of Swift Pier and Longvine Pier compare?", ["Longvine Pier", "Swift Pier"]),
        ("Which pier has the second-largest deck?", None),  # two are alike
        ("邊個碼頭泊位最多？", ["珠貝碼頭"]),
        ("2023年邊個碼頭乘客最多？", ["珠貝碼頭"]),
        ("哪个码头的平台面积最大？", ["珠貝碼頭"]),
        ("边个码头2022到2023年乘客跌得最多？", ["珠貝碼頭"]),
        ("邊兩個碼頭嘅泊位最少？", ["白榕碼頭", "石燕碼頭"]),
        ("把碼頭按泊位由少到多排列", ["白榕碼頭", "石燕碼頭", "長藤碼頭", "珠貝碼頭"]),
        ("最早启用的码头是哪个？", ["珠貝碼頭"]),
    ],
)
def test_a_table_answers(assistant: Assistant, question: str, rows: list[str] | None) -> None:
    assert _rows(assistant, question) == rows


@pytest.mark.parametrize(
    "question",
    [
        "Which pier charges the highest fee?",  # in two currencies
        "哪個碼頭年費最低？",
        "Which pier is the largest?",  # by berths or by deck
        "Which pier had the fewest passengers in 2021?",  # one was closed
        "Which pier had the most passengers in 2019?",
        "Which pier has the most staff?",
        "Which captain has the most berths?",
        "Which pier in Lisbon has the most berths?",
        "Which pier grew most and which fell most from 2021 to 2022?",
        "Which of the five piers has the most berths?",  # there are four
        "Who has the most berths?",
        "Why does Cowrie Pier have the most berths?",
        "Which pier sold the most fishballs?",  # a sentence says it
        "哪個碼頭賣得最多魚蛋？",
        "How many berths does Swift Pier have?",
        "Which page tells which pier has the most berths?",
        "Which pier has the most passengers per berth?",
    ],
)
def test_it_is_silent_where_it_is_not_plain(assistant: Assistant, question: str) -> None:
    assert _rows(assistant, question) is None


def test_an_answer_is_cited_to_its_rows_and_shown_as_a_table(assistant: Assistant) -> None:
    answer = assistant.ask("Which pier has the most berths and which the fewest?")
    assert answer.answer == "- Cowrie Pier, Berths: 6[1]\n- Banyan Pier, Berths: 2[2]"
    assert [citation.quote.split(" | ")[0] for citation in answer.citations] == ["Cowrie Pier", "Banyan Pier"]
    assert {citation.page for citation in answer.citations} == {"2"}
    assert [citation.twin.quote.split(" | ")[0] for citation in answer.citations if citation.twin] == ["珠貝碼頭", "白榕碼頭"]
    assert answer.confidence >= 0.9
    assert answer.table is not None
    assert answer.table.columns == ["Berths"]
    assert [(cell.text, cell.mark, cell.value) for row in answer.table.rows for cell in row.cells if cell] == [("6", 1, 6.0), ("2", 2, 2.0)]


def test_a_change_is_told_by_both_figures_and_what_they_are_of(assistant: Assistant) -> None:
    answer = assistant.ask("Which pier's passengers rose most between 2021 and 2022?")
    assert answer.answer == "- Cowrie Pier, Passengers, pier by pier: 412,000 → 455,000[1]"
    assert answer.table is not None
    assert answer.table.columns == ["Passengers, pier by pier, 2021", "Passengers, pier by pier, 2022"]


def test_a_simplified_document_is_told_in_the_script_of_the_question(assistant_of: Callable[[str, str], Assistant]) -> None:
    rows = "\n".join(f"| {name} | {count} |" for name, count in (("东门", 31), ("西门", 44), ("北门", 27)))
    answer = assistant_of("gates", f"# 城门\n\n## 城门与岗亭\n\n| 城门 | 岗亭 |\n| --- | --- |\n{rows}\n").ask("邊個城門嘅崗亭最多？")
    assert answer.answer == "- 西門，崗亭：44[1]"
    assert answer.table is not None
    assert answer.table.rows[0].name == "西門"
    assert answer.citations[0].quote == "西门 | 44"


def tables_of(assistant: Assistant) -> list[ValueTable]:
    numbers = {int(number) for number in assistant.index.columns.table if number >= 0}
    return [table for number in sorted(numbers) if (table := value_table(assistant.index, number, 0)) is not None]


def test_totals_are_no_rows_and_columns_need_one_unit(assistant: Assistant) -> None:
    tables = tables_of(assistant)
    passengers = next(table for table in tables if table.language == "en" and "2021" in table.header)
    assert [row.label for row in passengers.rows] == ["Cowrie Pier", "Swift Pier", "Longvine Pier", "Banyan Pier"]
    assert len(passengers.statements) == 5
    equipment = next(table for table in tables if table.language == "en" and "Berths" in table.header)
    assert [equipment.header[column] for column in equipment.columns] == ["Opened", "Berths", "Deck (square metres)", "Cleanliness score"]


@pytest.mark.parametrize(
    ("text", "order", "count", "nth", "change"),
    [
        ("which branch is the largest", "highest", 1, 0, ""),
        ("the three smallest of which", "lowest", 3, 0, ""),
        ("which top two", "highest", 2, 0, ""),
        ("which is the third-lowest", "lowest", 1, 3, ""),
        ("which rose most", "highest", 1, 0, "rise"),
        ("邊個跌得最多", "highest", 1, 0, "fall"),
        ("哪三个最高", "highest", 3, 0, ""),
        ("前三名是哪些", "highest", 3, 0, ""),
        ("第二高的是哪座", "highest", 1, 2, ""),
        ("最多同最少係邊兩個", "both", 1, 0, ""),
        ("由大到小排", "ranking", 1, 0, ""),
        ("list them from largest to smallest", "ranking", 1, 0, ""),
        ("put the rules in date order", "ranking", 1, 0, ""),
        ("按时间先后排列", "ranking", 1, 0, ""),
        ("which rule was the earliest to be issued", "lowest", 1, 0, ""),
    ],
)
def test_what_is_asked_of_rows(text: str, order: str, count: int, nth: int, change: str) -> None:
    wish = wish_of(written_chinese(text))
    assert wish is not None
    assert (wish.order, wish.count, wish.nth, wish.change) == (order, count, nth, change)


@pytest.mark.parametrize(
    "text",
    [
        "how many are there",
        "what must it be at least",
        "how is most of the water used",
        "最少要多少钱",
        "前三年发生了什么",
        "which is the oldest and which the largest",
        "which rose and which fell most",
    ],
)
def test_nothing_is_asked_of_rows(text: str) -> None:
    assert wish_of(text) is None


def test_which_ends_a_sentence_tells_of() -> None:
    assert ends_told("the lowest wage") == {"lowest"}
    assert ends_told("最大的和最小的") == {"highest", "lowest"}
    assert ends_told("at least three") == frozenset()


def test_quantities_cell_by_cell() -> None:
    assert [[quantity.value for quantity in cell] for cell in cell_quantities("Pier 9 | none | 4", "Pier | Fee | Berths (thousand)")] == [
        [9.0],
        [],
        [4000.0],
    ]


def test_rows_in_order(assistant: Assistant) -> None:
    table = next(table for table in tables_of(assistant) if table.language == "en" and "Berths" in table.header)
    wish = wish_of("which is the highest")
    assert wish is not None
    (row,) = ordered(table.rows, (table.header.index("Berths"),), wish)
    assert row.label == "Cowrie Pier"
    assert ordered(table.rows[:1], (2,), wish) == []
