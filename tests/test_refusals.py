"""Refusals: what is missing is named, what stands nearest is quoted with its page, and nothing is cited."""

from pathlib import Path

import pytest

from gbaqa.answering.answer import Answer
from gbaqa.answering.answerability import Judgement
from gbaqa.answering.answerability_features import AnswerabilityFeatures
from gbaqa.answering.asked_names import asks_for_names, states_further_name
from gbaqa.answering.excerpts import clipped, excerpt
from gbaqa.answering.extractive import ExtractiveAnswerer, said_with_care
from gbaqa.answering.premise import contradicts, ranks_otherwise
from gbaqa.answering.refusal import Refusals
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.retrieval.finding import find_evidence
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker

_OBSERVATORY = """\
# 云台天文台 Cloud Terrace Observatory

<!-- page: 31 zh -->

## 望远镜

云台天文台的主望远镜口径为2.4米，每晚可观测900颗恒星。

天文台里面的信息亭由深圳的一家公司设计。

茶室的客人在2031年增长了8%。

<!-- page: 32 en -->

## Telescopes

The main telescope of the Cloud Terrace Observatory has an aperture of 2.4 metres and observes 900 stars a night.

It was built by three workshops.

The information kiosk in the observatory was designed by a company from Shenzhen.

Guests of the tea room grew by 8% in 2031.
"""


def open_assistant(folder: Path, *, digest: bool = False) -> Assistant:
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "observatory.md").write_text(_OBSERVATORY, "utf-8")
    if digest:
        (corpus / "document.toml").write_text('id = "observatory"\nkind = "digest"\n[title]\nen = "Observatory"\nzh = "天文台"\n', "utf-8")
    settings = Settings(corpus=corpus, index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(tmp_path_factory.mktemp("observatory"))


def refusal(assistant: Assistant, asked: str, *missing: str) -> Answer:
    """The refusal of a question, whatever the judge would say of it."""
    question = analyse(asked)
    hits = assistant.retriever.search(question, 10)
    evidence = EvidenceRanker(assistant.index).rank(question, hits)
    return Refusals(assistant.index).refuse(question, hits, evidence, Judgement(0.8, True, missing))


_ASKED = "How heavy is the main telescope of the observatory?"


def test_the_nearest_statement_is_quoted_with_its_page_and_not_cited(assistant: Assistant) -> None:
    answer = refusal(assistant, _ASKED)
    nearest = "The main telescope of the Cloud Terrace Observatory has an aperture of 2.4 metres and observes 900 stars a night."
    assert answer.answer == f"The paper does not say. Nearest to it, p. 32 gives: “{nearest}”"
    assert answer.status == "refused"
    assert answer.citations == []
    assert nearest in answer.passages[0].text


def test_what_is_missing_is_named(assistant: Assistant) -> None:
    answer = refusal(assistant, _ASKED, "Foshan", "2019", "weight")
    assert answer.answer.startswith("The paper does not say. On this it gives nothing for Foshan, 2019, weight. Nearest to it,")


def test_a_refusal_in_chinese_names_places_in_chinese(assistant: Assistant) -> None:
    answer = refusal(assistant, "主望远镜有多重？", "Foshan", "2019")
    assert answer.answer.startswith("文中没有说明这一点。在这方面没有关于佛山、2019年的内容。相近的内容见第31页：“云台天文台的主望远镜口径")


def test_a_refusal_in_traditional_characters_is_in_hong_kong_terms(assistant: Assistant) -> None:
    answer = refusal(assistant, "天文台入面嘅信息亭幾時建成？", "Zhuhai")
    assert "沒有關於珠海的內容" in answer.answer
    assert "相近的內容見第31頁：「" in answer.answer
    assert "裏面的" in answer.answer


def test_a_sentence_that_needs_the_one_before_it_is_not_quoted(assistant: Assistant) -> None:
    assert "It was built" not in refusal(assistant, "How many workshops built it, and when?").answer


def test_what_has_nothing_to_do_with_the_question_is_not_quoted(assistant: Assistant) -> None:
    assert refusal(assistant, "Who won the chess championship?").answer == "The paper does not say."


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            "Why did guests of the tea room fall in 2031?",
            "It says otherwise: p. 32 gives “Guests of the tea room grew by 8%",
        ),
        ("天文台茶室的客人2031年为什么下跌？", "文中的说法并非如此，见第31页：“茶室的客人在2031年增长了8%"),
        ("Why did guests of the tea room fall in 2035?", "Nearest to it, p. 32 gives: “Guests of the tea room grew by 8%"),
        ("Why did guests of the tea room grow in 2031?", "Nearest to it, p. 32 gives: “Guests of the tea room grew by 8%"),
    ],
)
def test_what_denies_the_premise_is_quoted(assistant: Assistant, asked: str, said: str) -> None:
    assert said in refusal(assistant, asked).answer


def test_a_digest_is_called_one(tmp_path: Path) -> None:
    digest = open_assistant(tmp_path, digest=True)
    assert "Nearest to it, our digest of p. 32 gives: “The main telescope" in refusal(digest, _ASKED).answer
    assert "相近的内容见我们的第31页摘要：“云台" in refusal(digest, "主望远镜有多重？").answer


def test_without_evidence_a_refusal_is_short(assistant: Assistant) -> None:
    question = analyse(_ASKED)
    answer = Refusals(assistant.index).refuse(question, [], [], Judgement(1.0, True, ()))
    assert answer.answer == "The paper does not say."
    assert answer.passages == []


@pytest.mark.parametrize(
    ("text", "longest", "shown"),
    [
        ("Short.", 20, "Short."),
        ("The ferry, which is old, has left the harbour.", 30, "The ferry, which is old…"),
        ("A, then a very long clause without any end", 30, "A, then a very long clause…"),
        ("渡轮很旧，已经离开港口，不再回来", 13, "渡轮很旧，已经离开港口…"),
        ("总投资达到人民币3,739.96亿元左右", 13, "总投资达到人民币…"),
    ],
)
def test_a_long_quote_is_cut_at_a_clause_and_never_within_a_figure(text: str, longest: int, shown: str) -> None:
    assert clipped(text, longest) == shown


def test_of_a_long_quote_the_clauses_with_the_words_asked_for_are_shown() -> None:
    text = "The tower was built in 2028, painted twice, and opened in spring; the ferry below it takes 178 cars a day, and 300 bicycles."
    cars = analyse("How many cars does the ferry take?").meanings
    assert excerpt(text, 60, cars) == "…the ferry below it takes 178 cars a day, and 300 bicycles."
    assert excerpt(text, 60, analyse("When was the tower built?").meanings).startswith("The tower was built in 2028")
    assert excerpt(text, 200, cars) == text


def test_what_is_counted_beside_its_number_speaks_for_an_answer(assistant: Assistant) -> None:
    features = AnswerabilityFeatures(assistant.index, EvidenceRanker(assistant.index))

    def counted(question: str) -> float:
        asked = analyse(question)
        hits, evidence = find_evidence(assistant.retriever, EvidenceRanker(assistant.index), asked, 10)
        return features.of(asked, hits, evidence)["counted_here"]

    assert counted("How many stars does the telescope observe a night?") == 1
    assert counted("主望远镜每晚可观测多少颗恒星？") == 1
    assert counted("How many kiosks does the observatory have?") == 0  # no number beside them
    assert counted("How many stars did the telescope of Elmsea observe?") == 0  # not all that is asked for stands here


def test_an_answer_of_hardly_any_confidence_is_a_refusal_but_for_a_follow_up(assistant: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    question = "Who pays for the concerts at the observatory?"
    answerer = ExtractiveAnswerer(assistant.index, EvidenceRanker(assistant.index))
    asked = analyse(question)
    hits, evidence = find_evidence(assistant.retriever, EvidenceRanker(assistant.index), asked, 10)
    monkeypatch.setattr(answerer.judge, "judge", lambda *_: Judgement(0.4, lacks=True))
    monkeypatch.setattr(answerer._confidence, "of", lambda *_: 0.2)
    refused = answerer.answer(asked, hits, evidence)
    assert (refused.status, refused.confidence, refused.citations) == ("refused", 0.8, [])
    assert answerer.answer(asked, hits, evidence, completed=True).status == "answered"
    monkeypatch.setattr(answerer._confidence, "of", lambda *_: 0.3)
    assert answerer.answer(asked, hits, evidence).status == "answered"


def test_the_assistant_refuses_so(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("How many passengers did the ferries of Port Maren carry in 1987?")
    assert answer.status == "refused"
    assert "1987" in answer.answer
    assert "Nearest to it, p. 6 gives: “The ferries of Port Maren carry 94,000 passengers a day on 26 routes." in answer.answer


# --- What a question asks for or takes for granted --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("what are the four lighthouses called", True), ("Which companies built the pier?", True), ("码头是哪几家公司建的", True),
        ("嗰四座燈塔叫咩名", True), ("how many lighthouses are there", False), ("燈塔有幾高", False),
    ],
)  # fmt: skip
def test_names_are_asked_for(asked: str, expected: bool) -> None:
    assert asks_for_names(analyse(asked).normalized) is expected


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("Which companies built the pier?", "The pier was built by three companies.", False),
        ("Which companies built the pier?", "The pier was built by Alder Works and Kite & Sons.", True),
        ("Which firms work with the Harbour Institute?", "The Harbour Institute works with two firms.", False),
        ("码头是哪几家公司建的", "码头由三家公司建成。", False),
        ("码头是哪几家公司建的", "码头由桤木建筑公司建成。", True),
    ],
)  # fmt: skip
def test_a_further_name_is_one_that_the_question_does_not_say(asked: str, text: str, expected: bool) -> None:
    assert states_further_name(analyse(asked), text) is expected


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("Why did Alder slip to second place?", "Alder is the largest port of the coast.", True),
        ("Why is Alder the slowest grower?", "Alder grew fastest of all ports and ranks first.", True),
        ("桤港为什么垫底", "桤港增速居首。", True),
        ("Which port ranks second?", "Birch ranks second.", False),
        ("What are the reasons behind the growth?", "Alder ranks first.", False),
        ("Which best practices are named?", "The smallest firms pay least.", False),
        ("第一产业占比多少", "桤港增速最低。", False),
        ("Why is Alder the largest port?", "Alder is the largest port of the coast.", False),
        ("How large is Alder?", "Alder is the largest port of the coast.", False),
        ("Of the ten largest ports, which one grew least?", "Alder ranks at the very bottom among the top 10 ports.", False),
        ("Where is fifth-generation mobile used?", "Alder is the second largest port.", False),
        ("第五代流动通讯用在哪里？", "桤港是第二大港。", False),
        ("What made Alder the fastest of the ten ports?", "Alder came at the very bottom among the top 10 ports.", True),
    ],
)  # fmt: skip
def test_a_rank_taken_for_granted_is_held_against_the_ranks_told(asked: str, text: str, expected: bool) -> None:
    assert ranks_otherwise(analyse(asked).normalized, text) is expected


@pytest.mark.parametrize(
    ("asked", "text", "expected"),
    [
        ("Why does the port refuse to admit kites?", "The port allows kites since 2024.", True),
        ("Why did the port abandon its measures?", "Of the 76 measures 40 are completed.", True),
        ("What happened in May 2024?", "The council refused to pay for the plan.", False),
        ("How much refuse is collected?", "Boats may land here.", False),
        ("When was the line completed?", "The old line was cancelled.", False),
        ("Why did the market sell less fish in 2031?", "Sales of fish grew by 4%.", True),
        ("Why does the yard build fewer boats?", "Boats built: up by 3%.", True),
        ("Who sold more than 300 boats?", "Sales fell by 3%.", False),
        ("Who exported more than RMB300 billion?", "Exports fell by 3%.", False),
        ("點解魚市場賣少咗魚？", "鱼的销量增长4%。", True),
        ("鱼市场卖多少鱼？", "鱼的销量下降4%。", False),
    ],
)  # fmt: skip
def test_the_opposite_of_what_is_taken_for_granted_contradicts_it(asked: str, text: str, expected: bool) -> None:
    assert contradicts(analyse(asked).normalized, text) is expected


def test_what_is_hardly_certain_says_so_first() -> None:
    assert said_with_care("The mirror is 2.4 metres wide.[1]", 0.5, "en") == "The mirror is 2.4 metres wide.[1]"
    assert said_with_care("The mirror is 2.4 metres wide.[1]", 0.3, "en").startswith("The paper may not answer this directly.")
    assert said_with_care("- 2.4米[1]", 0.3, "zh-Hans").endswith("\n- 2.4米[1]")
