"""Languages and scripts: which one a text is in, and the way from one to another."""

import pytest

from gbaqa.language.script import (
    clean,
    count_words,
    is_traditional,
    language_of,
    script_of_question,
    to_hong_kong,
    to_simplified,
    written_chinese,
)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("⼈⼝", "人口"),  # Kangxi radicals, as PDFs hold them
        ("ﬁnance and oﬃce", "finance and office"),
        ("１２３％", "123%"),
        ("Ｈａｒｂｏｕｒ", "Harbour"),
        ("a\u00a0b", "a b"),
        ("har\u00adbour\u200b \ufeffcity\u2060", "harbour city"),
        ("\u202ereversed\u202c", "reversed"),
    ],
)
def test_look_alikes_and_invisible_characters_are_read_as_plain_text(written: str, read: str) -> None:
    assert clean(written) == read


@pytest.mark.parametrize("mark", "，：；！？（）…～。、“”《》")
def test_chinese_punctuation_stays_as_printed(mark: str) -> None:
    assert clean(f"港{mark}湾") == f"港{mark}湾"


@pytest.mark.parametrize("text", ["人口⼈", "ﬁve １２", "a\u200bb", "", "潮汐：１２％！"])
def test_cleaning_twice_changes_nothing_more(text: str) -> None:
    assert clean(clean(text)) == clean(text)


def test_traditional_chinese_is_simplified_and_the_rest_is_kept() -> None:
    assert to_simplified("燈塔灣 Lantern Bay 2031：渡輪、風電。") == "灯塔湾 Lantern Bay 2031：渡轮、风电。"


def test_hong_kongs_own_forms_of_characters_are_simplified() -> None:
    assert to_simplified("衞生署敍述枱燈") == to_simplified("衛生署敘述台燈") == "卫生署叙述台灯"


@pytest.mark.parametrize(("simplified", "in_hong_kong"), [("数码", "數碼"), ("里面", "裏面"), ("干部", "幹部"), ("公里", "公里")])
def test_traditional_answers_use_the_forms_and_terms_of_hong_kong(simplified: str, in_hong_kong: str) -> None:
    assert to_hong_kong(simplified) == in_hong_kong


@pytest.mark.parametrize(
    ("cantonese", "written"),
    [
        ("灯塔桥有冇开通?", "灯塔桥有没有开通?"),
        ("喺邊度搭渡輪?", "在哪里搭渡轮?"),
        ("邊個城市嘅人口最多?", "哪个城市的人口最多?"),
        ("呢份報告係邊個寫嘅?", "这份报告是哪个写的?"),
        ("邊兩座城市簽咗約? 係邊年簽?", "哪两座城市签了约? 是哪年签?"),
        ("有邊幾項建議?", "有哪几项建议?"),
        ("边年通过? 条例系咩?", "哪年通过? 条例是什么?"),
        ("渡輪幾多錢?", "渡轮多少钱?"),
        ("點解唔起橋?", "为什么不起桥?"),
        ("what does 唔該 mean", "what does 不该 mean"),
    ],
)
def test_cantonese_questions_become_written_chinese(cantonese: str, written: str) -> None:
    assert written_chinese(cantonese) == written


@pytest.mark.parametrize(
    ("traditional", "simplified"),
    [
        ("雲禾與石橋的關係如何？", "云禾与石桥的关系如何？"),
        ("這個系統嘅成本係幾多?", "这个系统的成本是多少?"),
        ("聯繫方式係咩?", "联系方式是什么?"),
        ("馬倫港周邊有什麼配套？", "马伦港周边有什么配套？"),
        ("馬倫港周邊有咩配套？", "马伦港周边有什么配套？"),
        ("邊境口岸在何處？", "边境口岸在何处？"),
        ("海邊嘅燈塔有幾多座?", "海边的灯塔有多少座?"),
    ],
)
def test_words_that_only_look_cantonese_are_kept(traditional: str, simplified: str) -> None:
    """係 and 邊 are Cantonese words, and parts of ordinary ones: 關係, 周邊."""
    assert written_chinese(traditional) == simplified


@pytest.mark.parametrize("text", ["灯塔湾周边的系统在哪里？", "Where is Port Maren?", "羊毛呢大衣", "啦啦队", ""])
def test_written_chinese_and_english_are_left_alone(text: str) -> None:
    assert written_chinese(text) == text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("灯塔湾有三座城市。", "zh"),
        ("燈塔灣有三座城市。", "zh"),
        ("Lantern Bay has three cities.", "en"),
        ("《灯塔湾展望》由 Kite Institute 编写", "zh"),
        ("The Lantern Bay outlook (灯塔湾展望) was written by the Kite Institute", "en"),
        ("2031", "en"),
        ("", "en"),
        ("！？…", "en"),
    ],
)
def test_a_text_is_in_the_language_most_of_it_is_in(text: str, language: str) -> None:
    assert language_of(text) == language


def test_words_are_counted_by_script() -> None:
    assert count_words("灯塔湾's 3 ferries don't 停航") == (5, 3)


@pytest.mark.parametrize(
    ("question", "script"),
    [
        ("How many ferries are there?", "en"),
        ("渡轮有多少条航线？", "zh-Hans"),
        ("渡輪有多少條航線？", "zh-Hant"),
        ("渡輪有幾多條航線", "zh-Hant"),
        ("What is 灯塔湾海洋科技合作创新区?", "en"),
        ("When does 燈塔大橋 open and how long is it?", "en"),
        ("Yunhe 的 GDP 是多少？", "zh-Hans"),
        ("馬倫港的 ferry 每天運多少人？", "zh-Hant"),
        ("Lantern Bay 人口", "zh-Hans"),
        ("Tell me about 灯塔湾海洋科技合作区", "en"),
        ("GDP 2031", "en"),
        ("???", "en"),
        ("云禾", "zh-Hans"),
        ("雲禾", "zh-Hant"),
        ("石山", "zh-Hans"),  # the same in both scripts
        ("石山有咩要求", "zh-Hant"),  # and Cantonese
        ("石山呢个计划有咩要求", "zh-Hans"),
    ],
)
def test_a_question_is_answered_in_the_language_and_script_of_its_grammar(question: str, script: str) -> None:
    assert script_of_question(question) == script


@pytest.mark.parametrize(
    ("text", "traditional"),
    [("燈塔灣", True), ("灯塔湾", False), ("石山", False), ("皇后大道里面", False), ("雲禾的GDP", True), ("Lantern", False), ("", False)],
)
def test_traditional_text_is_told_by_characters_that_exist_only_there(text: str, traditional: bool) -> None:
    assert is_traditional(text) is traditional


@pytest.mark.parametrize(
    ("cantonese", "written"),
    [
        ("老闆點睇風箏？", "老板怎么看风筝？"),
        ("嗰篇前言點講渡輪", "那篇前言怎么讲渡轮"),
        ("由幾點睇到幾點？", "由几点看到几点？"),
        ("佢有一點睇法", "他有一点看法"),
        ("港口嘅重點做法係咩", "港口的重点做法是什么"),
    ],
)
def test_how_is_told_from_hours_and_points(cantonese: str, written: str) -> None:
    assert written_chinese(cantonese) == written
