"""Sentence ends, and pieces of text that are never cut."""

import pytest

from gbaqa.language.segment import atoms, sentence_spans, sentences, split_to_fit


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Trade grew. Fishing fell.", ["Trade grew.", "Fishing fell."]),
        ("潮位上升。渡轮停航！何时恢复？", ["潮位上升。", "渡轮停航！", "何时恢复？"]),
        ("Is it open? Yes! Go.", ["Is it open?", "Yes!", "Go."]),
        ("真的吗？！是。", ["真的吗？！", "是。"]),
        ("他说：“好。”她走了。", ["他说：“好。”", "她走了。"]),
        ("She said “Yes.” He left.", ["She said “Yes.”", "He left."]),
        ("(See above.) The next one.", ["(See above.)", "The next one."]),
        ("云禾增长了。Yunhe grew. 马伦港也是。", ["云禾增长了。", "Yunhe grew.", "马伦港也是。"]),
        ("first line\nsecond line\n\nthird", ["first line", "second line", "third"]),
        ("  spaces around.  And between.  ", ["spaces around.", "And between."]),
        ("No stop at the end", ["No stop at the end"]),
        ("It grew 6.5%. In 2031. 12 boats left.", ["It grew 6.5%.", "In 2031.", "12 boats left."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_a_text_is_cut_at_the_ends_of_its_sentences(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Dr. Wren of Kite Co. Ltd. said so.",
        "It grew by 3.5 percent.",
        "The U.S. Coast Guard came.",
        "See Fig. 3 and pp. 12 of vol. 2 for No. 7.",
        "Small islands, e.g. Heron, are poor.",
        "A. Smith and J. K. Brown wrote it.",
        "Read https://kite.example/a.b?c=1!d=2.E before.",
        "Boats, nets, etc. are made there.",
        "1. First item",
        "(2) Second item",
        "价格为3.5万元。",
        "版本1.2.3已发布。",
        "Version 2.0 opened at 5 p.m. on Monday.",
    ],
)
def test_stops_inside_a_sentence_do_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Yunhe is a city of art. It has 12 museums.", ["Yunhe is a city of art.", "It has 12 museums."]),
        ("The answer was no. They built it later.", ["The answer was no.", "They built it later."]),
        ("They sell nets, etc. The rest is bought.", ["They sell nets, etc.", "The rest is bought."]),
        ("He holds a PhD. His sister sails.", ["He holds a PhD.", "His sister sails."]),
    ],
)
def test_a_word_that_may_be_an_abbreviation_still_ends_a_sentence(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts


@pytest.mark.parametrize("text", ["共有两个项目：1. 灯塔大桥；2. 海洋大学。", "There are two: 1. Lantern Bridge; 2. the university."])
def test_numbers_of_a_list_inside_a_sentence_do_not_end_it(text: str) -> None:
    assert sentences(text) == [text]


def test_spans_point_at_the_sentences_and_leave_out_only_white_space() -> None:
    text = "  Trade grew.\n\n渡轮停航。 “Why?”  Nobody knows\u3000"
    spans = sentence_spans(text)
    assert [text[start:end] for start, end in spans] == sentences(text)
    gaps = [text[a:b] for a, b in zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)], strict=True)]
    assert not "".join(gaps).strip()


@pytest.mark.parametrize(
    "whole",
    [
        "RMB 1.33 trillion",
        "人民币1.33万亿元",
        "HK$556 billion",
        "US$3.38 trillion",
        "20+%",
        "-3.5%",
        "1,997平方公里",
        "90,000 tonnes",
        "11.3 km",
        "846 square kilometers",
        "30 kilometers",
        "240 MW",
        "18.5万人次",
        "2034年",
        "12个月",
        "5G",
        "COVID-19",
        "e-commerce",
        "Stonebridge's",
        "https://a.example/x_y?id=7&b=2#c",
    ],
)
@pytest.mark.parametrize("frame", ["有{}的", "about {} of it", "({})", "{}，{}"])
def test_words_and_numbers_with_their_units_are_never_cut(whole: str, frame: str) -> None:
    text = frame.format(whole, whole)
    start = text.index(whole)
    inner = range(start + 1, start + len(whole))
    assert not [text[a:b] for a, b in atoms(text) if a in inner or b in inner]


def test_chinese_words_are_never_cut() -> None:
    assert [a for a, _ in atoms("发展海洋经济")] == [0, 2, 4]


ODD_TEXTS = [
    "灯塔湾 Lantern Bay：6.2%，见 https://a.example/x。",
    "a\r\nb\t甲\u3000乙",
    "甲😀乙 𠮷野家 e\u0301",
    "\x00\x01甲",
    "。。。,,,   ",
    "",
]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_atoms_cover_the_text_in_order(text: str) -> None:
    assert "".join(text[a:b] for a, b in atoms(text)) == text


LONG = (
    "云禾的风力发电量占全湾的58%，马伦港渡轮每天运送9.4万名乘客；Lantern Bridge cost RMB12.8 billion, "
    "see https://a.example/plan?id=7 for it, and 石桥有1,997平方公里"
)


@pytest.mark.parametrize("fits", [1, 5, 10, 20, 33, 50, 400])
@pytest.mark.parametrize("text", [LONG, "甲，" + "b" * 7 + "12345678" + "，c" * 9, *ODD_TEXTS])
def test_split_text_fits_unless_a_single_atom_does_not(text: str, fits: int) -> None:
    spans = split_to_fit(text, fits)
    starts, ends = {a for a, _ in atoms(text)}, {b for _, b in atoms(text)}
    whole = {(a, b) for a, b in atoms(text)}
    assert all(end - start <= fits or (start, end) in whole for start, end in spans), [text[a:b] for a, b in spans]
    assert all(start in starts and end in ends for start, end in spans)
    assert "".join("".join(text[a:b] for a, b in spans).split()) == "".join(text.split())


def test_a_long_text_is_split_at_the_ends_of_clauses() -> None:
    text = "第一个分句在这里，第二个分句在这里，第三个分句在这里"
    assert [text[a:b] for a, b in split_to_fit(text, 20)] == ["第一个分句在这里，第二个分句在这里，", "第三个分句在这里"]
