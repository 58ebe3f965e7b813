"""A question that is written the same in both scripts is answered in the reader's."""

import asyncio

import pytest
from fastapi.testclient import TestClient

from gbaqa.answering.answer import Answer, Citation, Table, TableCell, TableRow, Twin
from gbaqa.answering.city_board import CityBoard
from gbaqa.assistant import Assistant
from gbaqa.web.api.capacity import Capacity
from gbaqa.web.dialogue import Dialogue
from gbaqa.web.examples import Examples
from gbaqa.web.readers_script import in_readers_script
from gbaqa.web.server import create_app
from gbaqa.web.texts import TEXTS

_NEUTRAL = "香港人口"
_TWIN = Twin(page="3", language="en", quote="12", agrees=False, disagreement="英文版没有这样说。")
_SOURCE = Citation(mark=1, document="d", page="4", language="zh", quote="独角兽企业：12家", twin=_TWIN)
_ANSWER = Answer(
    question=_NEUTRAL,
    language="zh-Hans",
    status="answered",
    answer="香港的独角兽企业：12家[1]",
    confidence=1,
    citations=[_SOURCE],
    table=Table(columns=["总数", "面积"], rows=[TableRow(name="广州", cells=[TableCell(text="12家", mark=1, value=12), None])]),
)


def test_our_words_are_converted_and_the_documents_are_not() -> None:
    answer = in_readers_script(_ANSWER, [_NEUTRAL], "zh-Hant")
    assert (answer.language, answer.answer) == ("zh-Hant", "香港的獨角獸企業：12家[1]")
    assert answer.citations[0].quote == _SOURCE.quote
    assert answer.citations[0].twin
    assert answer.citations[0].twin.disagreement == "英文版沒有這樣説。"
    assert answer.table
    assert (answer.table.columns, answer.table.rows[0].name, answer.table.rows[0].cells[1]) == (["總數", "面積"], "廣州", None)


@pytest.mark.parametrize(
    ("questions", "reader"), [(["香港的总人口"], "zh-Hant"), (["广州呢", _NEUTRAL], "zh-Hant"), ([_NEUTRAL], "zh-Hans"), ([_NEUTRAL], None)]
)
def test_simplified_questions_and_readers_keep_their_script(questions: list[str], reader: str | None) -> None:
    assert in_readers_script(_ANSWER, questions, reader) is _ANSWER  # type: ignore[arg-type]


def test_the_chat_and_the_api_answer_in_the_readers_script(ferries: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stream(question: object, history: object = ()) -> object:
        yield _ANSWER

    monkeypatch.setattr(ferries, "astream", stream)
    monkeypatch.setattr(ferries, "aconverse", stream)
    monkeypatch.setattr(ferries, "converse", lambda questions: _ANSWER)

    async def shown() -> list[str]:
        return [
            step.newest async for step in Dialogue(ferries, Examples(ferries, CityBoard()), Capacity(1, 1)).ask(_NEUTRAL, "zh-Hant", [])
        ]

    pending, *_, whole = asyncio.run(shown())
    assert TEXTS["zh-Hant"].pending in pending
    assert "獨角獸企業" in whole
    with TestClient(create_app(ferries)) as client:
        body = {"question": _NEUTRAL, "language": "zh-Hant"}
        assert client.post("/api/ask", json=body).json()["language"] == "zh-Hant"
        assert client.post("/api/ask", json={"question": _NEUTRAL}).json()["language"] == "zh-Hans"
        assert "獨角獸企業" in client.post("/api/ask/stream", json=body).text
