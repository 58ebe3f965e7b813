"""Meanings: the words of a question, each with all that says the same."""

import pytest

from gbaqa.language.meanings import Meaning, meanings, with_concepts
from gbaqa.language.script import to_hong_kong
from gbaqa.language.thesaurus import concepts
from gbaqa.language.words import search_terms


def marked(text: str) -> set[str]:
    """The concepts that a text stands for, as they stand among its terms."""
    return set(with_concepts(text)) - set(search_terms(text))


def matches(meaning: Meaning, text: str) -> bool:
    """Whether a text says what a word of a question means."""
    return not meaning.isdisjoint(with_concepts(text))


def meets(question: str, text: str) -> bool:
    """Whether a text says everything that a question's words mean."""
    return all(matches(meaning, text) for meaning in meanings(question))


# --- terms and concepts


def test_terms_come_first_and_concepts_are_no_terms() -> None:
    text = "The rents of Yunhe rose"
    found = with_concepts(text)
    assert found[: len(search_terms(text))] == search_terms(text)
    assert marked(text)
    assert not marked(text) & {term for form in ("rent", "rise", "租金", *marked(text)) for term in search_terms(form)}


@pytest.mark.parametrize(
    ("one", "other"),
    [("skyrocketing rents", "租金飙升"), ("physicians", "医生"), ("人工", "薪酬"), ("樓價", "housing prices"), ("unemployment", "失业")],
)
def test_words_of_both_languages_have_concepts_in_common(one: str, other: str) -> None:
    assert marked(one) & marked(other)


@pytest.mark.parametrize("text", ["", "？！", "Stonebridge 2031", "的了吗"])
def test_a_text_without_a_concept_has_its_terms_alone(text: str) -> None:
    assert with_concepts(text) == search_terms(text)


# --- where a word is no part of another


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("企业有多少家", "企业家"),
        ("企業有幾多家", "企業家"),
        ("企业的家", "企业家"),
        ("这家企业，家在云禾", "企业家"),
        ("企业 家", "企业家"),
    ],
)
def test_words_that_others_part_do_not_make_one(text: str, word: str) -> None:
    assert concepts(search_terms(word))
    assert not marked(text) & marked(word)


@pytest.mark.parametrize("text", ["企业家有多少", "云禾的企业家", "有哪些企業家？", "企业家，协会"])
def test_a_word_is_found_beside_others(text: str) -> None:
    assert marked("企业家") <= marked(text)


def test_english_words_are_joined_across_the_words_between_that_say_nothing() -> None:
    assert marked("the cost of living") == marked("cost living") >= marked("生活成本")


# --- the words of a question


def test_each_word_of_a_question_is_a_meaning_in_its_order() -> None:
    found = meanings("Do the rents of Stonebridge exceed those of Yunhe?")
    assert [next(term for term in meaning if term.isascii() and term.isalpha()) for meaning in found if len(meaning) == 1] == [
        "stonebridg",
        "yunh",
    ]
    assert matches(found[0], "租金")


def test_a_word_is_found_as_itself_and_as_what_it_stands_for() -> None:
    (meaning,) = meanings("physicians")
    assert matches(meaning, "physician")
    assert matches(meaning, "医生")
    assert not matches(meaning, "律师")


def test_a_form_of_several_words_is_one_meaning_and_its_words_alone_do_not_match() -> None:
    (meaning,) = meanings("artificial intelligence")
    assert matches(meaning, "AI")
    assert matches(meaning, "人工智能")
    assert not matches(meaning, "artificial flowers")
    assert not matches(meaning, "一般工人的人工")


def test_a_long_chinese_word_that_is_no_form_means_itself_and_its_parts() -> None:
    whole = [meaning for meaning in meanings("经济危机") if "经济危机" in meaning]
    assert whole == [frozenset({"经济危机"})]
    assert meets("经济危机", "经济危机")
    assert any(matches(meaning, "crisis") for meaning in meanings("经济危机"))


def test_a_word_said_twice_is_one_meaning() -> None:
    assert meanings("rents and rents") == meanings("rents")


@pytest.mark.parametrize("question", ["", "what is the", "有没有？", "？！"])
def test_a_question_without_a_subject_has_no_meaning(question: str) -> None:
    assert meanings(question) == []


@pytest.mark.parametrize("question", ["企业家有多少", "云禾的楼价涨了吗", "人工智能与养老金", "失业率是多少"])
def test_script_makes_no_difference(question: str) -> None:
    assert meanings(to_hong_kong(question)) == meanings(question) != []
    assert with_concepts(to_hong_kong(question)) == with_concepts(question)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Have salaries risen?", "薪酬上升。"),
        ("有多少医生？", "There are 900 physicians."),
        ("How do SMEs borrow?", "中小企业借钱。"),
    ],
)
def test_a_text_in_the_other_language_says_what_a_question_means(question: str, text: str) -> None:
    assert meets(question, text)
    assert not any(matches(meaning, "鲸鱼 whales") for meaning in meanings(question))
