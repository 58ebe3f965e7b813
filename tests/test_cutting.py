"""Chinese text is cut into the words that jieba itself cuts it into."""

import logging
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

import pytest

from gbaqa.language.cutting import Cutter, cutter
from gbaqa.language.dictionary import Dictionary

TEXTS = [
    "灯塔湾的渡轮每天运送一千名乘客",
    "人工智能与经济危机",
    "燈塔灣的風力發電",
    "珊瑚基金在2030年批出了45.6%的项目，T恤和B超不算在内",
    "港澳居民在内地就业创业，享受同等待遇吗？",
    "The observatory 天文台 opened in 2023.\r\nIts mirror 镜面 is 6 m wide",
    "一条没有空格的很长的句子里面有研究生命起源的南京市长江大桥和中华人民共和国香港特别行政区",
    "鿏㐀𠀀龥",  # characters that the dictionary has no word of
    "C++与c#",
    "++..%%",
    " \n\t ",
    "",
]


@pytest.fixture(scope="module")
def jieba():
    import jieba

    jieba.setLogLevel(logging.WARNING)
    return jieba


@pytest.mark.parametrize("text", TEXTS)
def test_texts_are_cut_as_jieba_cuts_them(jieba, text: str) -> None:
    assert cutter().cut(text) == list(jieba.cut(text, HMM=False))
    assert cutter().cut_for_search(text) == list(jieba.cut_for_search(text, HMM=False))


def test_the_whole_dictionary_is_read_as_jieba_reads_it(jieba) -> None:
    jieba.initialize()
    content = Path(find_spec("jieba").submodule_search_locations[0], "dict.txt").read_text("utf-8")
    dictionary = Dictionary(content)
    assert dictionary.total == jieba.dt.total
    dictionary.read("".join(line.split(" ")[0] for line in content.splitlines()))
    assert {word: n for word, n in dictionary.frequency.items() if n} == {word: n for word, n in jieba.dt.FREQ.items() if n}


LIGHTHOUSES = "灯 5 n\n灯塔 30 n\n灯塔湾 100000 ns\n塔湾 7 ns\n湾 20 n\nB超 3 n"


def test_only_the_words_that_a_text_may_have_are_read() -> None:
    dictionary = Dictionary(LIGHTHOUSES + "\n")
    assert dictionary.total == 100065
    dictionary.read("塔湾")
    assert dictionary.frequency == {"塔": 0, "塔湾": 7, "湾": 20}
    dictionary.read("灯塔")
    assert dictionary.frequency == {"塔": 0, "塔湾": 7, "湾": 20, "灯": 5, "灯塔": 30, "灯塔湾": 100000}


def test_the_most_probable_words_are_chosen_and_the_shorter_ones_searched_too() -> None:
    lighthouses = Cutter(Dictionary(LIGHTHOUSES + "\n"))
    assert lighthouses.cut("到灯塔湾去") == ["到", "灯塔湾", "去"]
    assert lighthouses.cut_for_search("灯塔湾") == ["灯塔", "塔湾", "灯塔湾"]
    assert lighthouses.cut("灯塔 B超A1") == ["灯塔", " ", "B超", "A1"]


def test_a_word_that_is_to_be_kept_whole_is() -> None:
    lighthouses = Cutter(Dictionary(LIGHTHOUSES + "\n"))
    assert lighthouses.cut("渡轮灯节") == ["渡", "轮", "灯", "节"]
    lighthouses.keep_whole("渡轮灯节")
    assert lighthouses.cut("看渡轮灯节") == ["看", "渡轮灯节"]


def test_threads_share_a_cutter() -> None:
    fresh = Cutter(Dictionary(Path(find_spec("jieba").submodule_search_locations[0], "dict.txt").read_text("utf-8")))
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(fresh.cut, TEXTS * 4)) == [cutter().cut(text) for text in TEXTS] * 4
