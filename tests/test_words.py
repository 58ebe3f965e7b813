"""Words as BM25 counts them."""

import pytest

from gbaqa.language.words import add_words, jieba_cut, search_terms


def test_script_and_width_make_no_difference() -> None:
    assert search_terms("燈塔灣的風力發電") == search_terms("灯塔湾的风力发电") != []
    assert search_terms("ＧＤＰ　２０３１") == search_terms("GDP 2031") == ["gdp", "2031"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ferries", "ferry"),
        ("growing", "grows"),
        ("BRIDGE", "bridge"),
        ("Stonebridge's", "Stonebridge"),
        ("1,234,567", "1234567"),
        ("wind-power", "wind power"),
        ("ﬁnance", "finance"),
        ("São Tomé", "Sao Tome"),
    ],
)
def test_forms_of_a_word_are_one_term(one: str, other: str) -> None:
    assert search_terms(one) == search_terms(other) != []


def test_letters_with_accents_do_not_break_a_word() -> None:
    assert len(search_terms("café")) == 1
    assert len(search_terms("Guimarães")) == 1


def test_numbers_keep_their_decimals_and_lose_their_separators() -> None:
    assert search_terms("RMB 3,238.8 and 6.5%") == ["rmb", "3238.8", "6.5"]


@pytest.mark.parametrize("text", ["in 2030,2031", "2030，2031年", "pages 2030, 2031"])
def test_numbers_of_a_list_are_terms_of_their_own(text: str) -> None:
    assert [term for term in search_terms(text) if term.isdigit()] == ["2030", "2031"]


@pytest.mark.parametrize("text", ["", "   ", "？！...", "what is the", "的 了 吗", "請問有沒有", "https://"])
def test_text_without_a_subject_has_no_terms(text: str) -> None:
    assert [term for term in search_terms(text) if term != "https"] == []


def test_long_chinese_words_count_with_their_parts() -> None:
    terms = search_terms("人工智能")
    assert {"人工", "智能", "人工智能"} <= set(terms)


@pytest.mark.parametrize("text", ["灯塔湾发展海洋经济", "a\r\n甲\t乙", "甲😀𠮷", "plain ascii", "", "甲\x00乙"])
def test_cut_words_joined_give_the_text_again(text: str) -> None:
    assert "".join(jieba_cut(text)) == text


def test_added_words_are_kept_whole() -> None:
    import jieba

    name = "潮汐鹭岛湾"
    assert jieba_cut(name) != [name]
    add_words([name])
    try:
        assert jieba_cut(f"在{name}建造") == ["在", name, "建造"]
    finally:
        jieba.del_word(name)
