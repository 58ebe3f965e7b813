"""Sentences held against their evidence: what the document says passes, and nothing that says otherwise."""

from dataclasses import replace

import pytest

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.generation.binding import begins_anew, bound_clauses, goes_round, is_about_same, is_cut_short, joins_nouns
from gbaqa.generation.evidence import number_evidence
from gbaqa.generation.figures import figures_fail
from gbaqa.generation.ground import Ground
from gbaqa.generation.leads import without_leads
from gbaqa.generation.listing import distributed, without_own_numbers
from gbaqa.generation.material import Asked, Material, Sentence, Verdict
from gbaqa.generation.verification import Verifier
from gbaqa.index.embeddings import open_embeddings
from gbaqa.retrieval.question import analyse

FERRIES = "How many passengers do the ferries of Port Maren carry a day, and how long does the crossing take?"
BRIDGE = "How long is Lantern Bridge, when will it open and what does it cost?"
YUNHE = "How did Yunhe's GDP grow in 2031 and what share of the wind power does it generate?"
INDUSTRIES = "What are the three pillar industries of Yunhe?"
FUND = "珊瑚基金2030年批出多少个项目，资助总额是多少，申请人有什么要求？"


@pytest.fixture(scope="module")
def verifier(small_assistant: Assistant) -> Verifier:
    return Verifier(small_assistant.index, small_assistant._ranker, open_embeddings("tuned-e5"))


def material_of(assistant: Assistant, asked: str) -> Material:
    """The best evidence for a question, whatever the extractive answer would say."""
    question = analyse(asked)
    hits = assistant.retriever.search(question, 40)
    evidence = assistant._ranker.rank(question, hits)
    numbered = number_evidence(assistant.index, (), evidence, (), question, 1200)
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


@pytest.mark.parametrize(
    ("question", "text"),
    [
        # words that only lead in, which no statement has
        (FERRIES, "According to the document, the crossing from Port Maren to Yunhe takes 35 minutes."),
        (FERRIES, "The paper says that the crossing from Port Maren to Yunhe takes 35 minutes."),
        (FERRIES, "The ferries of Port Maren carry 94,000 passengers a day; meanwhile, the crossing from Port Maren takes 35 minutes."),
        (FUND, "根据文件，2030年，珊瑚基金批出86个项目。"),
        (FUND, "此外，2030年，珊瑚基金批出86个项目，资助总额为人民币4.3亿元。"),
    ],
)
def test_what_code_can_prove_passes(small_assistant: Assistant, verifier: Verifier, question: str, text: str) -> None:
    assert verify(small_assistant, verifier, question, text).failure is None


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (FERRIES, "According to the Harbour Office, the crossing from Port Maren to Yunhe takes 35 minutes."),
        (FERRIES, "According to the document, the crossing from Port Maren to Yunhe takes 36 minutes."),
        (FERRIES, "The ferries of Port Maren carry 94,000 passengers a day because the crossing to Yunhe takes 35 minutes."),
        (FUND, "珊瑚基金批出86个项目，因此资助总额为人民币4.3亿元。"),
        (INDUSTRIES, "The pillar industries of Yunhe are four: kite making, wind power and marine logistics."),
        (INDUSTRIES, "The pillar industries of Yunhe are: (1) kite making; (2) wind power; (4) marine logistics."),
    ],
)
def test_what_looks_like_it_and_is_not_fails(small_assistant: Assistant, verifier: Verifier, question: str, text: str) -> None:
    assert verify(small_assistant, verifier, question, text).failure is not None


def test_a_phrase_that_repeats_a_word_is_no_going_round() -> None:
    ground = Ground((0,), ("Value added grew by 6.3% YoY.",), ())
    assert not goes_round("Value added grew by 6.3% year on year.", ground)
    assert goes_round("Value added grew grew by 6.3%.", ground)


PORT = Ground((0,), ("The harbour authority opened a second basin, and dredged the northern channel.",), ())
SCHOOL = Ground((1,), ("The maritime academy trained nurses, and rented two training ships.",), ())


@pytest.mark.parametrize(
    ("text", "about_same"),
    [
        ("The harbour authority dredged the northern channel.", [True]),
        ("The academy dredged the northern channel.", [False]),  # the other statement's subject
        ("Later dredged the northern channel.", [True]),  # a word that neither has says nothing of another subject
    ],
)
def test_a_clause_is_about_what_its_statement_is_about(text: str, about_same: list[bool]) -> None:
    assert [is_about_same(clause, PORT, SCHOOL) for clause in bound_clauses(text)] == about_same


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("The academy trained nurses, and dredged the northern channel.", False),  # the rest of the other statement
        ("The academy trained nurses, and the authority dredged the northern channel.", True),
        ("The academy trained nurses; dredged was the northern channel.", True),  # a stop parts them
    ],
)
def test_a_clause_on_another_statement_says_what_that_is_about(text: str, anew: bool) -> None:
    *_, last = bound_clauses(text)
    assert begins_anew(last, PORT) is anew


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("珊瑚期货交易所设立数据中心。", False),
        ("珊瑚期货交易中心设立数据中心。", True),  # two words of the evidence make a name that it does not have
        ("资助总额为4.3亿元人币。", True),  # a broken word
        ("大澳珊瑚期货交易所设立数据中心。", False),  # a place before a name is no name
    ],
)
def test_nouns_are_not_joined_to_new_names(text: str, joins: bool) -> None:
    ground = Ground((0,), ("大澳的珊瑚期货交易所设立数据中心，资助总额为人民币4.3亿元。",), ())
    assert joins_nouns(text, ground) is joins


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("海事处和渡轮公司。", True),  # and what they do?
        ("海事处和渡轮公司加开夜航。", True),  # the copy stops before its last word
        ("海事处和渡轮公司加开夜航班次。", False),
        ("夜航", False),  # too short to tell a copy from a word
        ("The maritime academy", False),
    ],
)
def test_a_copy_that_ends_in_the_middle_of_a_clause_is_no_sentence(text: str, cut: bool) -> None:
    assert is_cut_short(text, Ground((0,), ("2031年，海事处和渡轮公司加开夜航班次。",), ())) is cut


def test_what_ranks_far_behind_is_beside_the_question(small_assistant: Assistant, verifier: Verifier) -> None:
    text = "The total investment in the bridge is RMB12.8 billion."
    assert verify(small_assistant, verifier, BRIDGE, text).failure is None
    material = material_of(small_assistant, BRIDGE)
    far = replace(material, numbered=tuple(replace(item, is_near=False) for item in material.numbered))
    assert verifier.verify(Sentence(text, ()), far, "en").failure == "beside"
    near = [item for item in material.numbered if item.is_near]
    assert 0 < len(near) < len(material.numbered)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Four areas: wind; tide; kites; rails.", " areas: wind; tide; kites; rails."),
        ("Three areas: wind, tide and kites.", " areas: wind, tide and kites."),
        ("Four areas: wind, tide and kites.", "Four areas: wind, tide and kites."),
        ("三方面：风、潮汐、风筝。", "方面：风、潮汐、风筝。"),
        ("(1) wind; (2) tide.", "wind; ;tide."),
        ("(1) wind; (3) tide.", "(1) wind; (3) tide."),
        ("It costs 3.5 billion (2).", "It costs 3.5 billion (2)."),
    ],
)
def test_a_list_may_count_itself_rightly(text: str, rest: str) -> None:
    assert without_own_numbers(text) == rest


ROW = "新能源、智能家电、集成电路产业增加值分别增长38.3%、17.9%、9.4%。"


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        ("新能源增长38.3%，智能家电增长17.9%，集成电路增长9.4%。", False),
        ("新能源增长38.3%，智能家电增长9.4%，集成电路增长17.9%。", True),
        ("集成电路增长38.3%。", True),
        (ROW, False),
    ],
)
def test_a_figure_told_respectively_belongs_to_what_has_its_place(text: str, fails: bool) -> None:
    assert (figures_fail(text, Ground((0,), (ROW,), ()), "") is not None) == fails


@pytest.mark.parametrize(
    ("quote", "clauses"),
    [
        ("A, B and C grew 3%, 5% and 7% respectively.", ["A grew 3%", "B grew 5%", "C grew 7%"]),
        ("Wind and tide, kites, and ferries had 3%, 5% and 7% respectively.", ["Wind and tide had 3%", "kites had 5%", "ferries had 7%"]),
        ("A and B grew 3%, 5% and 7% respectively.", []),  # not of one number: nothing is known
        ("In 2022, A and B grew 3% and 5% respectively.", []),  # three before the verb, one of them no thing
        ("A grew 3%.", []),
    ],
)
def test_respectively_is_read_by_counting(quote: str, clauses: list[str]) -> None:
    assert list(distributed(quote)[1:]) == clauses


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("According to the document, it opened.", "it opened."),
        ("According to the Harbour Office, it opened.", "According to the Harbour Office, it opened."),
        ("It opened; meanwhile, it grew.", "It opened; it grew."),
        ("總體而言，它開通了；同時，它很長。", "它開通了；它很長。"),
        ("In addition,", "In addition,"),
    ],
)
def test_leads_are_left_out(text: str, rest: str) -> None:
    assert without_leads(text) == rest
