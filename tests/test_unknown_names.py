"""What is asked about a name that no document has is refused, and the refusal says the name."""

from collections.abc import Callable

import pytest

from gbaqa.answering.unknown_names import unknown_name
from gbaqa.assistant import Assistant
from gbaqa.retrieval.finding import find_evidence
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker

HARBOUR = """\
# 港口 The harbour

<!-- page: 2 zh -->

## 领航计划

领航培训计划由港务处于2028年推出，为新领航员提供九周课程，并把绳结铺与码头连接起来。每年运往集市的箱子装着海藻、海盐和绳结，都从北面的码头启航。

<!-- page: 3 en -->

## Pilot Training Scheme

The harbour office launched the Pilot Training Scheme in 2028. It gives nine weeks of courses and connects knot shops with the quay.
Every year crates with kelp, sea salt and knots leave for the fair from the northern quay.
"""


@pytest.fixture(scope="module")
def assistant(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("harbour", HARBOUR)


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("What is the Lantern Training Scheme?", "Lantern Training Scheme"),
        ("how does Knot Swap work", "Knot Swap"),
        ("what is pier crates", "pier crates"),  # what means as much is there, but not side by side
        ("When did the Kelp Academy of Sails open?", "Kelp Academy of Sails"),
        ("What is the Pilot Training Scheme?", None),
        ("What is Pilot Training?", None),
        ("Kelp Academy?", "Kelp Academy"),
        ("Pilot Training?", None),
        ("Explain Pilot Training", None),
        ("For how many weeks are pilots taught, asks Kelp Academy in a letter about courses at the harbour?", None),
        ("what is the lantern training scheme", "lantern training scheme"),
        ("teaching of pilots?", None),
    ],
)
def test_a_name_is_unknown_where_no_document_has_a_word_of_it(assistant: Assistant, question: str, name: str | None) -> None:
    ranker, asked = EvidenceRanker(assistant.index), analyse(question)
    _, evidence = find_evidence(assistant.retriever, ranker, asked, 10)
    assert unknown_name(asked, evidence[0], ranker) == name


def test_a_refusal_says_which_name_nothing_is_told_of(assistant: Assistant) -> None:
    answer = assistant.ask("What is the Lantern Training Scheme?")
    assert answer.status == "refused"
    assert "Lantern Training Scheme" in answer.answer
    assert assistant.ask("What is the Pilot Training Scheme?").status == "answered"


def test_what_another_language_says_may_have_another_name(assistant_of: Callable[[str, str], Assistant]) -> None:
    chinese = assistant_of("chinese-harbour", HARBOUR.split("<!-- page: 3 en -->", maxsplit=1)[0])
    assert "Pilot Training Scheme" not in chinese.ask("What is the Pilot Training Scheme?").answer
