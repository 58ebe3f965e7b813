"""Who signs a foreword, and as what: a name and the title under it, said in both languages."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant
from gbaqa.corpus.bylines import is_said_in_both_languages
from gbaqa.corpus.document import Document

FOREWORDS = """\
# 序言

## Foreword

<!-- page: 1 zh -->

温晓 Wen Xiao

雾港议会主席、渡轮委员会召集人
Chairman, Fog Harbour Council
Convener, Ferry Board

雾港的渡轮每天开四十班，服务三个岛屿的居民。

<!-- page: 2 en -->

The ferries of Fog Harbour sail forty times a day and serve the people of three islands.

<!-- page: 3 zh -->

### 罗宁 Luo Ning

红隼引航会会长
President of the Kestrel Pilots' Society

引航会有会员九十人，其中三十人在冬季值班。

<!-- page: 4 en -->

The Society has ninety members, thirty of whom are on duty in winter.
"""

WEN = "温晓 Wen Xiao 雾港议会主席、渡轮委员会召集人 Chairman, Fog Harbour Council Convener, Ferry Board"
LUO = "罗宁 Luo Ning 红隼引航会会长 President of the Kestrel Pilots' Society"


def test_a_name_and_the_title_under_it_are_one_statement_in_each_language(document_of: Callable[[str], Document]) -> None:
    document = document_of(FOREWORDS)
    signed = [(block.language, block.section[-1], block.text) for block in document.blocks if block.text in (WEN, LUO)]
    assert signed == [("zh", "序言", WEN), ("en", "Foreword", WEN), ("zh", "罗宁", LUO), ("en", "Luo Ning", LUO)]
    assert [block.text for block in document.blocks_on("1")][-1] == "雾港的渡轮每天开四十班，服务三个岛屿的居民。"


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("forewords", FOREWORDS)


@pytest.mark.parametrize(
    ("question", "signed"),
    [
        ("Who is Wen Xiao?", WEN),
        ("温晓是什么职务？", WEN),
        ("Who is the president of the Kestrel Pilots' Society?", LUO),
        ("邊個係紅隼引航會會長？", LUO),
    ],
)
def test_it_tells_who_somebody_is(assistant: Assistant, question: str, signed: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.citations[0].quote == signed


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("雾港议会主席 Chairman, Fog Harbour Council", True),
        ("雾港议会主席 Wen Xiao", False),
        ("雾港议会于2031年通过 Fog Harbour Ferry Act。", False),
        ("雾港议会于2031年通过的 Fog Harbour Ferry Act 规定了票价", False),
        ("The Chairman of Fog Harbour Council signed", False),
    ],
)
def test_a_sentence_with_names_in_it_is_no_title(text: str, *, is_one: bool) -> None:
    assert is_said_in_both_languages(text) is is_one
