"""A question after a source is looked for by what is claimed, not by the words that ask for a source."""

from pathlib import Path

import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.retrieval.claim import claimed
from gbaqa.retrieval.question import analyse

_PORT = """\
# The port of Holby

<!-- page: 1 en -->

Night boats were used by 41,000 pupils in the year before.[^1]

The statistics department of Holby releases a monthly report with all figures of the port, and a newspaper prints these figures.[^2]

[^1]: Holby Shipping Company, timetable, 2022
[^2]: Town of Holby, rules for departments, 2019
"""


@pytest.mark.parametrize(
    ("asked", "claim"),
    [
        ("Where does the figure of 41,000 schoolchildren on ferries come from?", "41,000 schoolchildren on ferries"),
        ("Ferries carried 41,000 schoolchildren in 2021: which department released that?", "Ferries carried 41,000 schoolchildren in 2021"),
        ("Which newspaper is cited for the sale of the night ferries?", "sale of the night ferries"),
        ("What's the source for the claim that night ferries run 12 times?", "night ferries run 12 times"),
        ("Who says night ferries will double their trips? need it for a citation", "night ferries will double their trips"),
        ("I have to cite the figure of 41,000 schoolchildren on ferries. What newspaper carried it?", "41,000 schoolchildren on ferries"),
        ("The white paper says the ferries are full at night. Whose report is that from?", "the ferries are full at night"),
        ("渡轮2021年载学童四万多人，这个数据是谁公布的？", "渡轮2021年载学童四万多人"),
        ("白皮书说夜班渡轮客量翻番，出处是哪家机构？", "夜班渡轮客量翻番"),
        ("渡轮载客四万多人的数据来源是哪里？", "渡轮载客四万多人"),
        ("夜班 ferry 客量升两成，呢个 figure 嘅 source 系边个部门？", "夜班 ferry 客量升两成"),
    ],
)
def test_the_claim_is_what_is_looked_for(asked: str, claim: str) -> None:
    question = claimed(analyse(asked))
    assert (question.normalized, question.text, question.kind) == (claim, asked, "source")


@pytest.mark.parametrize(
    "asked",
    [
        "What is the source of the chart on night ferries in Holby?",  # found by its source line
        "渡轮客量那张图的数据来源是哪里？",
        "How many schoolchildren did ferries carry, and which department released that number?",  # asks for more
        "渡轮从哪年开始夜航？这话出自哪里？",
        "What is the source?",
        "来源是哪里？",
    ],
)
def test_a_question_that_asks_for_more_or_says_no_claim_is_left_whole(asked: str) -> None:
    question = analyse(asked)
    assert question.kind == "source"
    assert claimed(question) is question


def test_a_question_after_no_source_is_left_whole() -> None:
    question = analyse("The white paper says the ferries are full at night, how full?")
    assert claimed(question) is question


def test_words_after_a_source_do_not_lead_to_what_speaks_of_sources(tmp_path: Path) -> None:
    corpus = tmp_path / "port.md"
    corpus.write_text(_PORT, "utf-8")
    settings = Settings(corpus=corpus, index=tmp_path / "index", _env_file=None)
    build_index(settings)
    answer = Assistant.open(using=settings).ask("The number of children on late ferries, which department's monthly report is that from?")
    assert answer.answer.startswith("Source: Holby Shipping Company, timetable, 2022 (note 1)")
