"""Sentences of a reply as it comes in, wherever it is cut into pieces."""

import pytest

from gbaqa.generation.failures import ProviderError
from gbaqa.generation.material import Sentence
from gbaqa.generation.sentences import read_sentences

_REPLY = (
    "The ferries carry 94,000 passengers a day. [1] The crossing takes 3.5 hours[2][3]. Is it far? No [4].\n"
    "- kites【1】\n- wind power, etc. [2, 3]\n"
)
_SENTENCES = [
    Sentence("The ferries carry 94,000 passengers a day.", (1,)),
    Sentence("The crossing takes 3.5 hours.", (2, 3)),
    Sentence("Is it far?"),
    Sentence("No.", (4,)),
    Sentence("kites", (1,), is_item=True),
    Sentence("wind power, etc.", (2, 3), is_item=True),
]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 11, 1000])
def test_pieces_of_any_size_give_the_same_sentences(size: int) -> None:
    pieces = [_REPLY[start : start + size] for start in range(0, len(_REPLY), size)]
    assert list(read_sentences(pieces)) == _SENTENCES


@pytest.mark.parametrize("size", [1, 4, 1000])
def test_chinese_sentences_keep_their_marks(size: int) -> None:
    reply = "渡轮每天运送9.4万名乘客。[1]轮渡需要35分钟[2]。共有26条航线！【3】"
    pieces = [reply[start : start + size] for start in range(0, len(reply), size)]
    assert [(found.text, found.marks) for found in read_sentences(pieces)] == [
        ("渡轮每天运送9.4万名乘客。", (1,)),
        ("轮渡需要35分钟。", (2,)),
        ("共有26条航线！", (3,)),
    ]


@pytest.mark.parametrize("size", [1, 6, 1000])
def test_thinking_headings_and_emphasis_are_left_out(size: int) -> None:
    reply = "<think>It may be 7. Or 8.</think>\n## Answer\n**The bridge** is *long*. [1]\n"
    pieces = [reply[start : start + size] for start in range(0, len(reply), size)]
    assert list(read_sentences(pieces)) == [Sentence("The bridge is long.", (1,))]


def test_half_a_pair_of_quotation_marks_is_left_out() -> None:
    reply = 'It says: "One is long. Two is short." They call it "Three"[1]. “四很长。五很短。”六叫「小六」。'
    said = ["It says: One is long.", "Two is short.", 'They call it "Three".', "四很长。", "五很短。", "六叫「小六」。"]
    assert [found.text for found in read_sentences([reply])] == said


def test_a_sentence_is_handed_on_as_soon_as_it_is_complete() -> None:
    def pieces():
        yield "One is said[1]. Two"
        raise ProviderError("cut")

    read = read_sentences(pieces())
    assert next(read) == Sentence("One is said.", (1,))
    with pytest.raises(ProviderError):  # and the half sentence is not handed on
        next(read)
