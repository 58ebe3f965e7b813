"""Doubt: what the vectors of question and statement say about whether there is an answer."""

from dataclasses import fields, replace

import numpy as np
import pytest

from gbaqa.answering.answerability import AnswerabilityJudge
from gbaqa.answering.doubt import MOST, Doubt
from gbaqa.assistant import Assistant
from gbaqa.retrieval.finding import find_evidence
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker

PAIRS = [  # of one statement: what it gives, and what it does not
    ("How many passengers do Port Maren's ferries carry a day?", "How much does a ticket for Port Maren's ferries cost?"),
    ("How long will Lantern Bridge be?", "Which company is building Lantern Bridge?"),
    ("灯塔大桥的总投资是多少？", "灯塔大桥由哪几家银行贷款？"),
    ("云禾的风力发电量占全湾多少？", "云禾的风电场雇了多少人？"),
]


@pytest.fixture(scope="module")
def doubt() -> Doubt:
    return Doubt.read()


def test_the_shipped_weights_fit_each_other_and_the_embeddings(doubt: Doubt) -> None:
    networks, projected, dimension = doubt.question.shape
    assert dimension == 384
    assert doubt.statement.shape == doubt.question.shape
    assert doubt.hidden.shape == (networks, doubt.output.shape[1], 2 * projected)
    assert all(np.isfinite(getattr(doubt, field.name)).all() for field in fields(doubt))


def test_it_is_the_mean_over_networks_and_over_the_versions_of_a_statement(doubt: Doubt) -> None:
    chance = np.random.default_rng(7)
    doubt = replace(doubt, bias=doubt.bias - 50)  # far below the limit
    asked, one, other = (chance.normal(size=384).astype(np.float32) / 20 for _ in range(3))
    alone = [doubt(asked, np.stack([version, version])) for version in (one, other)]
    assert doubt(asked, np.stack([one, other])) == pytest.approx(np.mean(alone), abs=1e-4)
    single = [
        Doubt(**{field.name: getattr(doubt, field.name)[at : at + 1] for field in fields(doubt)})(asked, one[None])
        for at in range(len(doubt.bias))
    ]
    assert alone[0] == pytest.approx(np.mean(single), abs=1e-4)


def test_it_has_a_limit(doubt: Doubt) -> None:
    louder = replace(doubt, bias=doubt.bias + 100)
    assert louder(np.zeros(384, dtype=np.float32), np.zeros((2, 384), dtype=np.float32)) == MOST


@pytest.mark.parametrize(
    "question",
    [
        "馬倫港渡輪每日運送幾多乘客？",
        "How many passengers do Port Maren's ferries carry a day?",
        "灯塔大桥全长多少？",
        "What is the total investment in Lantern Bridge?",
        "云禾的三大支柱产业是什么？",
        "How many people live in Lantern Bay?",
    ],
)
def test_what_is_plainly_given_is_answered(small_assistant: Assistant, question: str) -> None:
    assert small_assistant.ask(question).status == "answered"


def test_what_the_document_does_not_give_is_doubted_more_than_what_it_gives(small_assistant: Assistant) -> None:
    # The same statement is nearest to both questions of a pair.
    ranker = EvidenceRanker(small_assistant.index)
    judge = AnswerabilityJudge(small_assistant.index, ranker)

    def doubted(text: str) -> float:
        question = analyse(text)
        hits, evidence = find_evidence(small_assistant.retriever, ranker, question, 10)
        return judge.judge(question, hits, evidence).unanswerable

    for given, not_given in PAIRS:
        assert doubted(not_given) > doubted(given), not_given


def test_embeddings_that_it_was_not_learned_with_are_judged_without_it(small_assistant: Assistant) -> None:
    index = small_assistant.index
    other = replace(index, manifest=index.manifest.model_copy(update={"embeddings": "sentence-transformers:other"}))
    question = analyse(PAIRS[0][1])
    ranker = EvidenceRanker(index)
    hits, evidence = find_evidence(small_assistant.retriever, ranker, question, 10)
    with_it, without = (AnswerabilityJudge(one, ranker).judge(question, hits, evidence).unanswerable for one in (index, other))
    unasked = [replace(hit, asked=None) for hit in hits]
    assert with_it != without
    assert AnswerabilityJudge(index, ranker).judge(question, unasked, evidence).unanswerable != with_it
