"""Questions that ask for a figure and for who counted it: the figure, and the source line of its table beside it."""

import pytest

from gbaqa.answering.city_board import CityBoard
from gbaqa.assistant import Assistant
from gbaqa.retrieval.question import analyse


@pytest.mark.parametrize(
    ("question", "source"),
    [
        ("What is Yunhe's population in the key figures, and which bureau reported it?", "Yunhe Statistics Bureau"),
        ("云禾的人口是多少，是哪个部门统计的？", "云禾市统计局"),
    ],
)
def test_the_source_line_is_said_and_cited_beside_the_figure(small_assistant: Assistant, question: str, source: str) -> None:
    answer = small_assistant.ask(question)
    assert "1.68" in answer.answer or "168" in answer.answer
    assert source in answer.answer
    last = answer.citations[-1]
    assert source in last.quote
    assert f"[{last.mark}]" in answer.answer


def test_who_counted_a_city_is_no_question_after_all_cities(small_assistant: Assistant) -> None:
    board = CityBoard.from_index(small_assistant.index)
    assert board.answer(analyse("深圳的GDP是多少，哪个部门统计的？")) is None


@pytest.mark.parametrize(
    "question",
    [
        "Whose newsletter has the number of night ferries?",
        "夜班渡轮的数，边间 institute 讲㗎",
        "白皮書引嗰份文件叫咩名？",
        "那个 ferry survey 是跟哪家公司 joint publish 的？",
        "那份渡轮调查，partner 是哪家公司一起发布的？",
        "Which platform's data is used in the chart of night ferries?",
        "Only ninety ferries run at night. Which report is that figure from?",
        "The claim that night ferries doubled: which department released that?",
        "Night ferries are said to be full: which pollsters' reports is that claim based on?",
        "Which firm did the harbour office publish that survey jointly with?",
        "How many ferries run at night? Which body put out that number?",
        "Which website did the report get it from that ferries run at night?",
        "Who wrote the report in which night ferries were proposed?",
        "Whose statistic is it that gives the number of night ferries?",
        "Ferries by night and by day. Where is each of those two numbers cited from?",
    ],
)
def test_these_ask_for_a_source(question: str) -> None:
    assert analyse(question).kind == "source"


@pytest.mark.parametrize(
    "question",
    [
        "港交所與誰聯合發布指數？",
        "Which company runs the ferries?",
        "哪间公司经营渡轮？",
        "Which clean energy sources does Huizhou have?",
        "What are the main sources of income of the harbour?",
        "Explain why ferries matter, and quote figures if possible.",
        "Which report did the harbour office publish in 2021?",
        "Which industries are those companies from?",
        "Which platforms are used for ferry tickets?",
        "渡轮的数据卡在哪里？",
    ],
)
def test_these_ask_for_a_fact(question: str) -> None:
    assert analyse(question).kind != "source"
