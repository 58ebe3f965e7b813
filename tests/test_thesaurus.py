"""The thesaurus: words of two languages and three usages meet in concepts, and opposites do not."""

from collections import Counter, defaultdict

import pytest

from gbaqa.language.script import HAN, to_hong_kong, to_simplified
from gbaqa.language.thesaurus import Concept, concepts, entries
from gbaqa.language.words import search_terms


def concepts_of(text: str) -> frozenset[Concept]:
    return concepts(search_terms(text))


def test_each_concept_stands_once_with_forms_in_both_languages() -> None:
    assert [concept for concept, times in Counter(concept for concept, _, _ in entries()).items() if times > 1] == []
    for concept, english, chinese in entries():
        assert all(english), concept
        assert not any(HAN.search(form) for form in english), concept
        assert all(all(map(HAN.match, form)) for form in chinese), concept
        assert all(chinese), concept


def test_every_form_is_found_as_its_concept() -> None:
    lost = [(concept, form) for concept, english, chinese in entries() for form in english + chinese if concept not in concepts_of(form)]
    assert lost == []


def test_no_form_of_several_words_is_left_with_one_by_stop_words() -> None:
    english = [form for _, forms, _ in entries() for form in forms]
    assert [form for form in english if len(form.replace("-", " ").split()) > 1 and len(search_terms(form)) == 1] == []


def test_no_form_stands_twice_in_a_concept_or_in_more_than_two() -> None:
    homes: dict[str, list[str]] = defaultdict(list)
    for concept, english, chinese in entries():
        for form in (*(" ".join(search_terms(form)) for form in english), *chinese):
            homes[form].append(concept)
    assert [form for form, found in homes.items() if len(found) > 2 or len(set(found)) < len(found)] == []


def test_chinese_forms_are_simplified() -> None:
    assert [form for _, _, chinese in entries() for form in chinese if to_simplified(form) != form] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("薪酬", "salaries"),
        ("人工", "薪酬"),
        ("打工", "employment"),
        ("樓價", "housing prices"),
        ("搭車", "交通"),
        ("過關", "border crossing"),
        ("the border", "口岸"),
        ("開舖", "开业"),
        ("細路", "children"),
        ("睇醫生", "medical treatment"),
        ("physicians", "执业医师"),
        ("trash", "固体废物"),
        ("Who foots the bill?", "出资"),
        ("搵工", "job seekers"),
        ("執笠", "went bankrupt"),
        ("bosses", "董事长"),
        ("R&D spending", "研发经费"),
        ("YoY", "同比"),
        ("SMEs", "中小企"),
        ("GDP", "地区生产总值"),
        ("assets under management", "资产管理规模"),
        ("IPO", "上市"),
        ("EVs", "新能源汽车"),
        ("skyrocketed", "飙升"),
        ("shrank", "缩水"),
        ("lure founders", "吸引人才"),
        ("poached", "挖角"),
        ("the stock market watchdog", "证监会"),
        ("the number crunchers", "统计局"),
        ("the finance ministry", "财政厅"),
        ("alleviate", "纾缓"),
        ("bear fruit", "成效显著"),
        ("rolled", "推出"),
        ("the stingiest", "最低"),
        ("bigger", "规模庞大"),
        ("a nutshell", "概述"),
        ("eleven", "十一项"),
        ("two", "两类"),
        ("重啟", "resumed"),
        ("挨着", "毗邻"),
        ("盯", "监测"),
        ("执药", "prescriptions"),
        ("孤寒", "stingy"),
        ("大耳窿", "loan shark"),
        ("加油站", "petrol stations"),
        ("自驾游", "road trip"),
    ],
)
def test_words_for_the_same_thing_meet(one: str, other: str) -> None:
    assert concepts_of(one) & concepts_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("imports", "exports"),
        ("imports", "an important question"),
        ("进口", "出口"),
        ("rise", "fall"),
        ("上升", "下降"),
        ("buyer", "seller"),
        ("border", "board"),
        ("surplus", "deficit"),
        ("顺差", "逆差"),
        ("流入", "流出"),
        ("landlord", "tenant"),
        ("加息", "减息"),
        ("employer", "employee"),
        ("public hospital", "private hospital"),
        ("improve", "worsen"),
        ("便宜", "昂贵"),
        ("开业", "结业"),
        ("universities", "universal"),
        ("customs", "customers"),
        ("general counsel", "general opinion"),
        ("the most expensive", "最便宜"),
        ("the slowest growth", "增速最高"),
        ("one-way", "双向"),
        ("customised", "customers"),
        ("commercialise", "commercial"),
        ("the growth rate", "the credit rating"),
        ("information sharing", "shares in a company"),
        ("a mobile phone", "mobilise"),
        ("boarding school", "board of directors"),
        ("wait to see a doctor", "犹豫"),
        ("accounted for a tenth", "会计"),
        ("accept", "reject"),
        ("second place", "三名"),
    ],
)
def test_words_for_different_things_do_not_meet(one: str, other: str) -> None:
    assert not concepts_of(one) & concepts_of(other)


@pytest.mark.parametrize("form", ["樓價", "養老金", "開舖", "執法", "電動車"])
def test_script_makes_no_difference(form: str) -> None:
    assert concepts_of(form) == concepts_of(to_simplified(form)) == concepts_of(to_hong_kong(to_simplified(form))) != frozenset()


def test_longest_form_wins() -> None:
    assert concepts_of("artificial intelligence") == concepts_of("AI") == concepts_of("人工智能")
    assert not concepts_of("人工智能") & concepts_of("人工")
    assert not concepts_of("square kilometres") & concepts_of("square")


def test_long_chinese_word_counts_by_its_parts_where_it_is_no_form() -> None:
    assert search_terms("经济危机") == ["经济", "危机", "经济危机"]
    assert concepts_of("经济危机") == concepts_of("经济") | concepts_of("危机")


def test_forms_are_found_in_a_sentence_whatever_the_words_around_them() -> None:
    asked = concepts_of("How long do old folks in Port Maren wait to see a doctor, and who foots the bill?")
    written = concepts_of("马伦港的长者轮候就医的时间为三周，费用由基金出资。")
    assert asked & written >= concepts_of("elderly") | concepts_of("就医") | concepts_of("出资")


def test_terms_may_come_one_by_one() -> None:
    text = "云禾的楼价 rose faster than salaries"
    assert concepts(iter(search_terms(text))) == concepts_of(text)


@pytest.mark.parametrize("text", ["", "？！", "Stonebridge", "2031", "的了吗"])
def test_text_without_a_form_has_no_concept(text: str) -> None:
    assert concepts_of(text) == frozenset()
