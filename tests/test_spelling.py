"""Slips of the keyboard, mended by the words of the document."""

from collections.abc import Callable

import pytest
from langchain_core.embeddings import Embeddings

from gbaqa.assistant import Assistant, Turn
from gbaqa.retrieval.question import LONGEST_QUESTION
from gbaqa.retrieval.spelling import Spelling, _beside

HARBOUR = """\
# Yunhe

<!-- page: 3 en -->

## Kites

The harbour of Yunhe lends 41 kites to its fishing crews every spring.

Inhabitants of the islands mend them in Quillhaven.

## Lamps

The lighthouse burns barley oil, which the board buys from farmers.
"""


@pytest.fixture(scope="module")
def harbour(assistant_of: Callable[[str, str], Assistant]) -> Assistant:
    return assistant_of("slips", HARBOUR)


@pytest.fixture(scope="module")
def spelling(harbour: Assistant) -> Spelling:
    return Spelling(harbour.index.terms, harbour.retriever.embeddings)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("harbuor", "harbour"),  # swapped
        ("harbor", "harbor"),  # a word itself
        ("lighthose", "lighthouse"),  # left out
        ("lightthouse", "lighthouse"),  # added
        ("lighthpuse", "lighthouse"),  # beside the key
        ("inhabitatns?", "inhabitants?"),
        ("Quilhaven", "Quillhaven"),  # a name that only the document has
        ("gaungzhou", "guangzhou"),  # a place, in no document
        ("hong kongs gdp", "hong kong's gdp"),
        ("shenzhens", "shenzhen's"),
    ],
)
def test_a_slip_is_mended(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.corrected(f"what of {typed}") == f"what of {meant}"


@pytest.mark.parametrize(
    "text",
    [
        "When did the sailors overtake the ferries?",
        "KITES and QUILHVN",  # an abbreviation
        "mail quilhaven@example.org",
        "Wuthering heights of harbourless lighthouses",
        "Xylophonists",  # unknown, and near to nothing
        "风筝有多少只？",
        "kite2031x",
    ],
)
def test_what_is_no_slip_stays(spelling: Spelling, text: str) -> None:
    assert spelling.corrected(text) == text


def test_a_question_that_is_too_long_is_not_looked_at(spelling: Spelling) -> None:
    text = "harbuor " * (LONGEST_QUESTION // 8 + 1)
    assert spelling.corrected(text) == text


def test_embeddings_that_count_no_tokens_mend_nothing(harbour: Assistant) -> None:
    class Plain(Embeddings):
        def embed_documents(self, texts: list[str]) -> list[list[float]]:
            return [[0.0] for _ in texts]

        def embed_query(self, text: str) -> list[float]:
            return [0.0]

    assert Spelling(harbour.index.terms, Plain()).corrected("harbuor") == "harbuor"


def test_keys_lie_beside_each_other_both_ways() -> None:
    letters = "abcdefghijklmnopqrstuvwxyz"
    assert all((one in _beside(other)) == (other in _beside(one)) for one in letters for other in letters)
    assert _beside("g") >= set("ftyhbv")


def test_the_answer_says_how_the_question_was_read(harbour: Assistant) -> None:
    answer = harbour.ask("How many kites does the harbuor lend?")
    assert (answer.question, answer.understood_as) == ("How many kites does the harbuor lend?", "How many kites does the harbour lend?")
    assert "41 kites" in answer.answer
    assert harbour.ask("How many kites does the harbour lend?").understood_as is None


def test_a_slip_in_an_earlier_question_does_not_follow_it(harbour: Assistant) -> None:
    first = harbour.ask("What does the lighthuose burn?")
    follow_up = harbour.ask("And who sells it?", [Turn("What does the lighthuose burn?", first)])
    assert "lighthuose" not in (follow_up.understood_as or "")
    assert "lighthouse" in (follow_up.understood_as or "")
