"""Questions that name the chapter where the answer stands are answered from it, though another says much the same."""

from pathlib import Path

import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.retrieval.named_chapter import named_chapter
from gbaqa.retrieval.question import analyse

_HARBOUR = """\
# 前言

<!-- page: 1 zh -->

霍尔比港的船员希望港口的夜班渡轮先增加。

# 渡轮与港口

<!-- page: 2 zh -->

港口的夜班渡轮每晚开12班，船员由霍尔比港航运公司雇用。

# 学校与教师

<!-- page: 3 zh -->

教师可以免费乘坐夜班渡轮，学校为此支付18万元。

# 结语

<!-- page: 4 zh -->

港口今后要先改造的是候船室，夜班渡轮其次。

# Foreword

<!-- page: 5 en -->

The crews of Port Holby want more night ferries from the port first of all.

# Ferries and the port

<!-- page: 6 en -->

The port's night ferries leave 12 times a night, and their crews are employed by the Holby Shipping Company.

# Schools and teachers

<!-- page: 7 en -->

Teachers ride the night ferries free of charge, for which the schools pay 180,000 crowns.

# Conclusion

<!-- page: 8 en -->

What the port should rebuild first is the waiting room; night ferries come second.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("harbour")
    path: Path = folder / "harbour.md"
    path.write_text(_HARBOUR, "utf-8")
    settings = Settings(corpus=path, index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("According to the foreword, what should the port do first about night ferries?", "5"),
        ("What should the port do first about night ferries, according to the closing chapter?", "8"),
        ("What does the schools chapter say of the night ferries?", "7"),
        ("What does the chapter on teachers say of the port's night ferries?", "7"),
        ("前言里说港口的夜班渡轮要先做什么？", "1"),
        ("结语里说港口的夜班渡轮要先做什么？", "4"),
        ("結語話港口同夜班渡輪要先做乜？", "4"),
        ("学校那章怎么说港口的夜班渡轮？", "3"),
    ],
)
def test_the_chapter_that_is_named_comes_first(assistant: Assistant, question: str, page: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].page == page
    assert answer.passages[0].page == page


@pytest.mark.parametrize(
    ("question", "end", "words"),
    [
        ("In the talent chapter, who hands out visas?", "", "talent"),
        ("人才那章讲了几种签证？", "", "人才"),
        ("Who signed the two forewords in 2023?", "first", ""),
        ("what does the wrap-up chapter say on carbon trading", "last", ""),
    ],
)
def test_chapters_are_named_by_words_or_by_their_place(question: str, end: str, words: str) -> None:
    named = named_chapter(analyse(question))
    assert named is not None
    assert (named.end, named.words) == (end, words)
    assert "chapter" not in named.question.normalized
    assert named.question.text == question


@pytest.mark.parametrize(
    "question",
    [
        "How many trains run on the Hong Kong section of the railway?",
        "What does every chapter begin with?",
        "What conclusion of the court did the ministry publish in 2022?",
        "公司章程规定了什么？",
        "按时间序列看，哪年人口最多？",
        "The conclusion?",
        "When did the final section of the railway open?",
        "What conclusions did the survey reach?",
        "调查得出什么结论？",
        "Since the introduction of the levy, how many ferries were sold?",
    ],
)
def test_other_questions_name_no_chapter(question: str) -> None:
    assert named_chapter(analyse(question)) is None


def test_a_chapter_that_no_heading_tells_is_no_chapter(assistant: Assistant) -> None:
    answer = assistant.ask("What does the fisheries chapter say of who employs the crews of the night ferries?")
    assert "Holby Shipping Company" in answer.answer
    assert answer.citations[0].page == "6"
