"""What frames a question is not asked: greetings, thanks, who wants to know, which paper says so; capitals alone say nothing."""

from collections.abc import Callable

import pytest

from gbaqa.assistant import Assistant
from gbaqa.language.framing import spoken_softly, without_emphasis, without_frame
from gbaqa.retrieval.conversation import in_context
from gbaqa.retrieval.question import analyse


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Hi there, could you please tell me: how many kites fly? Thanks a lot!", "how many kites fly?"),
        ("Hello! Please, how many kites fly?", "how many kites fly?"),
        ("Could you tell me when the harbour opened", "when the harbour opened"),
        ("A client wants to know which kites are silk.", "which kites are silk."),
        ("My client would like to know this for a slide deck. How many kites fly?", "How many kites fly?"),
        ("I'm trying to find out why kites fly", "why kites fly"),
        ("I'd like to understand what makes kites fly.", "what makes kites fly."),
        ("Which kites are silk? Asking on behalf of a customer.", "Which kites are silk?"),
        ("According to the white paper, how many kites fly?", "how many kites fly?"),
        ("In this report, which kites are silk?", "which kites are silk?"),
        ("Quick question: how many kites fly", "how many kites fly"),
        ("Do you know how many kites fly? thx", "how many kites fly?"),
        ("你好，请问有多少只风筝？谢谢！", "有多少只风筝？"),
        ("根据白皮书，有多少只风筝？", "有多少只风筝？"),
        ("我老板想知道：有多少只风筝？", "有多少只风筝？"),
        ("能不能告诉我，有多少只风筝", "有多少只风筝"),
        ("麻烦问一下有多少只风筝？唔该晒", "有多少只风筝？"),
        ("請解釋一下何謂風箏稅。", "何謂風箏稅。"),
        ("可否解释一下风筝税是什么？", "风筝税是什么？"),
        ("请给个数：风筝总共几只？", "风筝总共几只？"),
    ],
)
def test_a_frame_is_taken_off(text: str, asked: str) -> None:
    assert without_frame(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "How many kites fly?",
        "High-tech kites: how many?",
        "Hiring: how many sailors?",
        "If the gate opens, what follows?",
        "Which client wants to know the tides?",
        "According to the harbour chapter, how many kites fly?",
        "Tell me about kites",
        "Could you tell me about kites?",
        "Hi!",
        "Thanks a lot!",
        "你好",
        "谢谢你",
        "根据地在哪里？",
        "请问",
    ],
)
def test_what_is_asked_stays(text: str) -> None:
    assert without_frame(text) == text


def test_one_in_capitals_alone_is_read_in_small_letters() -> None:
    assert spoken_softly("HOW MANY KITES FLY IN YUNHE?") == "how many kites fly in yunhe?"
    assert spoken_softly("GDP of Yunhe in the year 2031") == "GDP of Yunhe in the year 2031"
    assert spoken_softly("GDP 2031") == "GDP 2031"


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Hi, could you tell me: 風箏有多少隻？", "zh-Hant"),
        ("請問有多少只？謝謝", "zh-Hant"),
        ("你好，how many kites are there?", "en"),
        ("请问有多少只风筝", "zh-Hans"),
    ],
)
def test_the_language_is_that_of_what_is_asked(text: str, script: str) -> None:
    assert analyse(text).script == in_context(text).script == script


KITES = """\
# Yunhe

<!-- page: 3 en -->

## Kites

The harbour of Yunhe lends 41 kites to its fishing crews every spring.

The lighthouse burns barley oil.
"""


@pytest.mark.parametrize(
    "frame", ["{}", "Hi there, could you please tell me: {} Many thanks!", "My editor wants to know {}", "According to the report, {}"]
)
def test_a_framed_question_gets_the_same_answer(assistant_of: Callable[[str, str], Assistant], frame: str) -> None:
    asked = "how many kites does the harbour lend to crews?"
    assistant = assistant_of("kites", KITES)
    framed, plain = assistant.ask(frame.format(asked)), assistant.ask(asked)
    assert framed.question == frame.format(asked)
    assert (framed.answer, framed.confidence, framed.understood_as) == (plain.answer, plain.confidence, None)
    assert "41 kites" in framed.answer


@pytest.mark.parametrize(
    ("asked", "plain"),
    [
        ("What exactly is Core Climate?", "What is Core Climate?"),
        ("What on earth is Core Climate?", "What is Core Climate?"),
        ("Where on earth the kites are made", "Where on earth the kites are made"),
        ("How much money does it cost, exactly?", "How much money does it cost?"),
        ("香港到底有多少家初创企业", "香港有多少家初创企业"),
        ("其实，香港有多少家初创企业", "香港有多少家初创企业"),
        ("该条例及其实施细则何时生效", "该条例及其实施细则何时生效"),
        ("楼价跌到底部了吗", "楼价跌到底部了吗"),
        ("把改革进行到底的城市", "把改革进行到底的城市"),
        ("Really?", "Really?"),
    ],
)
def test_words_of_emphasis_ask_for_nothing_more(asked: str, plain: str) -> None:
    assert without_emphasis(asked) == plain


def test_emphasis_hides_no_frame() -> None:
    assert analyse("Actually, could you tell me how many kites fly?").normalized == "how many kites fly?"
