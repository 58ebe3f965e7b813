"""Doubt by tokens: what each token of a question finds in the best statements."""

from dataclasses import fields, replace

import numpy as np
import pytest

from gbaqa.answering.answerability import AnswerabilityJudge
from gbaqa.answering.token_doubt import CANDIDATES, MOST_STATED, Candidate, TokenDoubt, candidates_of
from gbaqa.assistant import Assistant
from gbaqa.index.token_vectors import AskedTokens, Numbers, in_eight_bits
from gbaqa.retrieval.evidence import EvidenceRanker
from gbaqa.retrieval.finding import find_evidence
from gbaqa.retrieval.question import analyse

WIDTH = 96


@pytest.fixture(scope="module")
def doubt() -> TokenDoubt:
    return TokenDoubt.read_from()


@pytest.fixture
def chance() -> np.random.Generator:
    return np.random.default_rng(11)


def unit(chance: np.random.Generator, tokens: int) -> np.ndarray:
    vectors = chance.normal(size=(tokens, WIDTH)).astype(np.float32)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True))


def asked_of(chance: np.random.Generator, tokens: int = 6) -> AskedTokens:
    return AskedTokens(unit(chance, tokens), np.full(tokens, 1 / tokens, dtype=np.float32))


def stated_of(chance: np.random.Generator, tokens: int = 9) -> Numbers:
    return in_eight_bits(unit(chance, tokens))


def test_the_shipped_weights_fit_each_other_and_the_embeddings(doubt: TokenDoubt) -> None:
    networks, projected, width = doubt.projection.shape
    units = doubt.output.shape[1]
    assert width == WIDTH
    assert doubt.read.shape == (networks, units, 2 * projected + 2)
    assert doubt.pooled.shape == (networks, units, 2 * units)
    assert doubt.bias.shape == doubt.none.shape == doubt.score_weight.shape == doubt.sharpness.shape == (networks,)
    assert all(np.isfinite(getattr(doubt, field.name)).all() for field in fields(doubt))


def test_it_is_the_mean_over_networks(doubt: TokenDoubt, chance: np.random.Generator) -> None:
    asked, candidates = asked_of(chance), [Candidate(3.0, (stated_of(chance), stated_of(chance)))]
    single = [
        TokenDoubt(**{field.name: getattr(doubt, field.name)[at : at + 1] for field in fields(doubt)})(asked, candidates)
        for at in range(len(doubt.bias))
    ]
    assert doubt(asked, candidates) == pytest.approx(np.mean(single), abs=1e-4)


def test_a_statement_speaks_by_the_mean_of_its_languages(doubt: TokenDoubt, chance: np.random.Generator) -> None:
    one_network = TokenDoubt(**{field.name: getattr(doubt, field.name)[:1] for field in fields(doubt)})
    asked, own, twin = asked_of(chance), stated_of(chance), stated_of(chance, 14)
    alone = [one_network(asked, [Candidate(1.0, (version,))]) for version in (own, twin)]
    assert one_network(asked, [Candidate(1.0, (own, twin))]) == pytest.approx(np.mean(alone), abs=1e-4)


def test_a_better_score_and_a_further_statement_leave_less_doubt(doubt: TokenDoubt, chance: np.random.Generator) -> None:
    asked, versions = asked_of(chance), (stated_of(chance),)
    doubts = [doubt(asked, [Candidate(score, versions)]) for score in (-2.0, 1.0, 6.0)]
    assert doubts == sorted(doubts, reverse=True)
    assert doubt(asked, [Candidate(1.0, versions), Candidate(0.5, (stated_of(chance),))]) < doubts[1]


def test_only_so_many_statements_and_tokens_are_read(doubt: TokenDoubt, chance: np.random.Generator) -> None:
    asked = asked_of(chance)
    candidates = [Candidate(2.0, (stated_of(chance, MOST_STATED + 5),)) for _ in range(CANDIDATES + 2)]
    shorter = [Candidate(each.score, tuple(version[:MOST_STATED] for version in each.versions)) for each in candidates[:CANDIDATES]]
    assert doubt(asked, candidates) == doubt(asked, shorter)


@pytest.mark.parametrize(
    ("given", "not_given"),
    [
        ("How many passengers do Port Maren's ferries carry a day?", "How much does a ticket for Port Maren's ferries cost?"),
        ("How long will Lantern Bridge be?", "Which company is building Lantern Bridge?"),
        ("灯塔大桥的总投资是多少？", "灯塔大桥由哪几家银行贷款？"),
        ("云禾的风力发电量占全湾多少？", "云禾的风电场雇了多少人？"),
    ],
)
def test_what_the_document_does_not_give_is_doubted_more_than_what_it_gives(
    small_assistant: Assistant, doubt: TokenDoubt, given: str, not_given: str
) -> None:
    ranker = EvidenceRanker(small_assistant.index)

    def doubted(text: str) -> float:
        evidence = find_evidence(small_assistant.retriever, ranker, analyse(text), 10)[1]
        assert evidence[0].asked is not None
        return doubt(evidence[0].asked, candidates_of(evidence, small_assistant.index))

    assert doubted(not_given) > doubted(given)


def test_nothing_is_doubted_where_there_are_no_vectors_of_tokens(small_assistant: Assistant) -> None:
    index = replace(small_assistant.index, tokens=None)
    ranker = EvidenceRanker(index)
    question = analyse("Which company is building Lantern Bridge?")
    hits, evidence = find_evidence(small_assistant.retriever, ranker, question, 10)
    assert candidates_of(evidence, index) == []
    assert AnswerabilityJudge(index, ranker).features(question, hits, evidence)["token_doubt"] == 0.0
