"""Asking whether both languages agree asks for nothing that a statement says: the words are taken off, the rest is asked."""

import pytest

from gbaqa.language.both_versions import without_versions
from gbaqa.language.script import written_chinese


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("How much is the kite grant? The English and Chinese versions seem to differ.", "How much is the kite grant?"),
        ("what's the kite grant worth - the chinese and english versions don't match", "what's the kite grant worth"),
        ("What is the grant worth, and do the two languages agree?", "What is the grant worth?"),
        ("Do the Chinese and English versions give the same figure for the kite grant?", "the kite grant?"),
        ("Why do the two versions differ on the kite tax?", "the kite tax?"),
        ("放風箏津貼幾多錢？中文版同English版個數好似唔夾", "放风筝津贴多少钱?"),
        ("風箏津貼幾多？兩個版本數字一樣嗎？", "风筝津贴多少?"),
        ("1786只风筝的价格，中文版同English version各写几多？", "1786只风筝的价格，多少?"),
        ("中英文版對風箏津貼嘅講法係咪一致？", "风筝津贴?"),
    ],
)
def test_the_rest_is_asked(text: str, asked: str) -> None:
    assert without_versions(written_chinese(text)) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Is the English version free?",
        "Which English and Chinese newspapers are cited?",
        "Do both texts agree?",
        "How do the two cities differ?",
        "Do Chinese and English courts agree on this?",
        "中文和英文一样好的人才有多少",
        "广州和深圳有没有分别",
        "为什么中英文版不同",
    ],
)
def test_other_questions_stay_as_they_are(text: str) -> None:
    assert without_versions(text) == text
