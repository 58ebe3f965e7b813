"""What stands outside the numbered pages: a back cover is read and cited by no page, a front cover and the contents are not read."""

from pathlib import Path

import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus
from gbaqa.corpus.running_text import is_running_text
from gbaqa.index.store import build_index

REPORT = """\
# 雾港航运年报 Fog Harbour shipping review

Published by the Kestrel Pilots' Society

## 目录 Contents

渡轮 Ferries
1-2

## 渡轮 Ferries

渡轮由红隼引航会经营，每天开四十班，票价为12克朗。

The ferries are run by the Kestrel Pilots' Society, which sails forty times a day; a crossing costs 12 crowns.

## 关于红隼引航会

红隼引航会是一家注册于雾港的互助社，不向会员以外的人提供引航服务。

本年报只供一般参考，不能当作航行指示或法律意见。
This review is for general information only and must not be taken for sailing orders or legal advice.

## About the Society

The Kestrel Pilots' Society is a mutual association registered in Fog Harbour and pilots no ships but those of its members.
"""
PAGE_MAP = """\
start_line\tpage\tlanguage\tconfidence
1\t\tboth\tcertain
5\t\tboth\tcertain
10\t1\tzh\tcertain
14\t2\ten\tcertain
16\t\tboth\tcertain
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("fog-harbour") / "fog-harbour.md"
    path.write_text(REPORT, "utf-8")
    path.with_suffix(".pages.tsv").write_text(PAGE_MAP, "utf-8")
    return path


@pytest.fixture(scope="module")
def document(report: Path) -> Document:
    return load_corpus(report)[0]


@pytest.fixture(scope="module")
def assistant(report: Path) -> Assistant:
    settings = Settings(corpus=report, index=report.with_name("index"), _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


def test_a_back_cover_is_read_and_neither_a_front_cover_nor_the_contents(document: Document) -> None:
    outside = [block.text for block in document.blocks_on("")]
    assert outside[0].startswith("红隼引航会是一家")
    assert outside[-1].startswith("The Kestrel Pilots' Society is")
    assert [block.text for block in document.blocks if "Published by" in block.text or "1-2" in block.text] == []


def test_it_is_no_printed_page_and_belongs_to_no_chapter(document: Document) -> None:
    assert [page.label for page in document.pages] == ["1", "2"]
    assert document.page("").label == ""
    assert {block.section for block in document.blocks_on("")} == {("关于红隼引航会",), ("About the Society",), ()}


def test_a_sentence_and_its_translation_on_the_next_line_are_two_paragraphs(document: Document) -> None:
    advice = [block for block in document.blocks_on("") if "法律意见" in block.text or "legal advice" in block.text]
    assert [(block.language, block.text[:4]) for block in advice] == [("zh", "本年报只"), ("en", "This")]


@pytest.mark.parametrize(
    ("question", "stated"),
    [
        ("Can I rely on the review as legal advice?", "general information only"),
        ("年报可以当作法律意见吗？", "只供一般参考"),
        ("What kind of body is the Kestrel Pilots' Society?", "mutual association"),
    ],
)
def test_it_is_cited_without_a_page(assistant: Assistant, question: str, stated: str) -> None:
    answer = assistant.ask(question)
    assert stated in answer.answer
    assert stated in answer.citations[0].quote
    assert answer.citations[0].page is None


def test_what_a_numbered_page_says_is_cited_by_it(assistant: Assistant) -> None:
    answer = assistant.ask("Who runs the ferries?")
    assert answer.citations[0].page == "2"
    assert "Kestrel Pilots' Society" in answer.citations[0].quote


@pytest.mark.parametrize(
    ("paragraphs", "is_read"),
    [
        (["The review is for general information only and no advice.", "Kestrel House"], True),
        (["本年报只供一般参考，不能当作法律意见。"], True),
        (["Fog Harbour shipping review", "Kestrel Pilots' Society", "2031."], False),
        (["Ferries", "1-2", "Pilots", "3-9"], False),
        ([], False),
    ],
)
def test_sentences_make_a_page_worth_reading(paragraphs: list[str], *, is_read: bool) -> None:
    assert is_running_text(paragraphs) is is_read
