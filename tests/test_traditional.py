"""A document in Traditional Chinese is read as a Simplified one is; who found a thing out is told from its note."""

from pathlib import Path

import pytest

from gbaqa.answering.premise import lacks_superlative
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.corpus.load import load_corpus
from gbaqa.index.store import build_index
from gbaqa.language.quantities import quantity_keys
from gbaqa.language.script import written_chinese
from gbaqa.language.segment import split_to_fit
from gbaqa.retrieval.expected import expected_types, stated_types
from gbaqa.retrieval.features import traits_of
from gbaqa.retrieval.requests import split_language
from gbaqa.retrieval.source_cues import asks_whose

LIBRARY = """\
# 燈塔圖書館年報 Report of the Lighthouse Library

<!-- page: 3 zh -->

## 讀者

去年讀者由於新開夜間時段而增至4萬餘人[^1]。館方將於2031年前添置三艘書船。

| 分館 | 藏書（萬冊） |
| --- | --- |
| 東灣 | 12 |
| 西灣 | 9 |

資料來源：燈塔圖書館編目組

[^1]: 海島閱讀學會《夜讀調查》

<!-- page: 4 en -->

## Readers

Readers rose to more than 40,000 last year, thanks to the new night hours[^1]. The library will add three book boats by 2031.

| Branch | Books (10,000) |
| --- | --- |
| East Bay | 12 |
| West Bay | 9 |

Source: Lighthouse Library cataloguers

[^1]: Island Reading Society, Survey of Night Readers
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("library")
    (folder / "library.md").write_text(LIBRARY, "utf-8")
    settings = Settings(corpus=folder / "library.md", index=folder / "index")
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.mark.parametrize(
    ("trait", "text"),
    [
        ("has_money", "造價85萬港幣"),
        ("gives_reason", "由於燈油昂貴"),
        ("aims", "應於年內完成"),
        ("is_source_line", "資料來源：編目組"),
        ("refers_back", "該館逢一休息"),
    ],
)
def test_a_traditional_statement_has_the_traits_of_a_simplified_one(trait: str, text: str) -> None:
    assert getattr(traits_of(text, True), trait)


@pytest.mark.parametrize(
    ("kind", "text"), [("money", "285萬嵐元"), ("percent", "3個百分點"), ("area", "三十畝，即2萬平方米"), ("law", "《燈塔條例》")]
)
def test_a_traditional_statement_states_its_type(kind: str, text: str) -> None:
    assert kind in stated_types(text)


def test_traditional_figures_are_read_whole() -> None:
    assert quantity_keys("4萬餘人") == quantity_keys("4万余人") == {(40000.0, False)}
    assert split_to_fit("全年收入為6億5千萬澳門元，另有3萬噸貨物", 8) == split_to_fit("全年收入为6亿5千万澳门元，另有3万吨货物", 8)


def test_traditional_source_lines_and_columns_are_understood(library: Assistant) -> None:
    (document,) = library.index.documents.values()
    assert [block.kind for block in document.blocks_on("3")] == [block.kind for block in document.blocks_on("4")]


@pytest.mark.parametrize(
    ("question", "page", "fact"),
    [
        ("去年有幾多讀者？", "3", "4萬餘人"),
        ("去年有多少读者？", "3", "4萬餘人"),
        ("点解读者多咗？", "3", "夜間時段"),
        ("东湾有几多藏书？", "3", "12"),
    ],
)
def test_questions_in_either_script_find_traditional_statements(library: Assistant, question: str, page: str, fact: str) -> None:
    answer = library.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].page == page
    assert any(fact in citation.quote for citation in answer.citations)


@pytest.mark.parametrize(
    ("question", "named"),
    [
        ("Who found that readers rose last year?", "Island Reading Society"),
        ("Which society's survey says readers rose?", "Island Reading Society"),
        ("讀者增至四萬，係邊份刊物講㗎？", "海島閱讀學會"),
        ("读者增加是谁调查出来的？", "海島閱讀學會"),
    ],
)
def test_who_found_a_thing_out_is_told_from_the_note(library: Assistant, question: str, named: str) -> None:
    answer = library.ask(question)
    assert named in answer.answer
    note = next(citation for citation in answer.citations if named in citation.quote)
    assert f"[{note.mark}]" in answer.answer


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("Which watchdog warned about the tolls?", True),
        ("Who tested the chatbot?", True),
        ("Where is the claim about biogas from?", True),
        ("呢份评核系边个团体出嘅？", True),
        ("The figures on ferry noise, whose are they?", True),
        ("Ferries are quieter now. Says who?", True),
        ("Ferries are quieter now: who did that research?", True),
        ("Which ministry drew up the list of ferries?", True),
        ("渡轮安静了，这话依据的是哪里的数据？", True),
        ("渡轮的噪音是谁去量的？", True),
        ("渡輪噪音嘅數字係船公司定統計處出？", True),
        ("Who did the cooking on the ferry?", False),
        ("渡轮是新的还是旧的？", False),
        ("How many readers were there?", False),
        ("哪个分馆最大？", False),
        ("Who is the chairwoman?", False),
    ],
)
def test_it_is_known_whether_a_question_asks_who_found_it_out(question: str, asks: bool) -> None:
    assert asks_whose(written_chinese(question)) == asks


@pytest.mark.parametrize(
    ("question", "kind", "expected"),
    [
        ("How far may the borrowing go?", "distance", False),
        ("How far is the pier from the station?", "distance", True),
        ("它算是第几个口岸？", "number", False),
        ("有几个口岸？", "number", True),
        ("How many in every hundred were out of work?", "percent", True),
        ("How many in every hundred were out of work?", "number", False),
        ("隔了多少年？", "number", False),
    ],
)
def test_what_looks_like_a_type_is_not_always_one(question: str, kind: str, expected: bool) -> None:
    assert (kind in expected_types(question)) == expected


@pytest.mark.parametrize(
    ("question", "text", "lacks"),
    [
        ("哪家分館最大？", "東灣有藏書12萬冊。", True),
        ("哪家分館最大？", "東灣是各館之首。", False),
        ("全国排名第几？", "规模居全国第三位。", False),
        ("What is the least that must be kept?", "It keeps the largest share.", False),
        ("At least how much must be kept?", "It keeps sixty days.", False),
        ("每日最多可以买多少？", "每日額度為260億。", False),
    ],
)
def test_a_limit_is_no_superlative_and_a_rank_is_one(question: str, text: str, lacks: bool) -> None:
    assert lacks_superlative(question, text) == lacks


def test_a_figure_in_a_currency_of_its_own_is_one_figure(tmp_path: Path) -> None:
    (tmp_path / "report.md").write_text(
        "# Report\n\n## In figures\n\n4,857 billion cowries\n\noutput\n\n49\n\nschools\n\nSource: Union\n", "utf-8"
    )
    (document,) = load_corpus(tmp_path)
    assert [block.text for block in document.blocks if block.kind == "figure"] == ["4,857 billion cowries output", "49 schools"]


@pytest.mark.parametrize(
    ("asked", "rest", "script"),
    [
        ("Answer in Chinese: how many ferries run?", "how many ferries run", "zh-Hans"),
        ("Tell me in traditional Chinese how many ferries run", "Tell me how many ferries run", "zh-Hant"),
        ("traditional please", "", "zh-Hant"),
        ("in English this time", "this time", "en"),
        ("用英文回答", "", "en"),
    ],
)
def test_a_language_is_wished_for(asked: str, rest: str, script: str) -> None:
    assert split_language(asked) == (rest, script)


@pytest.mark.parametrize(
    "asked",
    [
        "Which traditional industries are left in Dongguan?",
        "How many firms are in the Traditional Chinese Medicine park?",
        "How much money was put in Chinese medicine?",
        "How many ferries run from Macau to Chinese ports?",
        "Since when is there a simplified procedure?",
        "有多少学校以英语授课？",
        "用中文的网站有多少？",
    ],
)
def test_what_only_bears_a_languages_name_is_answered_in_the_language_it_is_asked_in(asked: str) -> None:
    assert split_language(asked) == (asked, None)
