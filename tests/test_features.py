"""What a statement shows as an answer to a question: each feature on statements that have it and that lack it."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from gbaqa.answering.citations import passages
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.retrieval.evidence import Evidence, rerank
from gbaqa.retrieval.expected import expected_types, stated_types
from gbaqa.retrieval.features import FEATURES, all_beside_number, beside_number, is_address, traits_of
from gbaqa.retrieval.focus import focus_terms
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.scoring import Scorer

KITE_FAIRS = """\
# 纸鸢展览 Kite fairs of three towns

<!-- page: 1 zh -->

## 展览

2029年，珠海的纸鸢展览迎来1,250名参观者[^1]。佛山在2031年举办了灯笼展览。展览在黄昏结束，点亮300盏灯。

纸鸢展览是纸鸟的集市。由于灯油昂贵，它每年只开放九天。门票为85港元。2031年第一季度的销售额上升了12%。

## 江门

工匠将在2035年前种植四十棵桑树。

[^1]: 纸鸢行会

<!-- page: 2 en -->

## Fairs

In 2029, the kite fair of Zhuhai welcomed 1,250 visitors[^1]. Foshan held a lantern fair in 2031. \
The fairs end at dusk, when the lamps are lit.

The kite fair is a market of paper birds. It is open on nine days a year because lamp oil is expensive. A ticket costs HK$85. \
In the first quarter of 2031, sales rose by 12%.

The stalls sell:

- silk, bamboo, glue, paper and twine
- lanterns

| Town | Stalls |
| --- | --- |
| Zhuhai | 31 |
| Foshan | 17 |

Source: Guild of Kites, https://kites.example/stalls

## Jiangmen

The craftsmen will plant forty mulberry trees by 2035.

[^1]: Guild of Kites
"""


@pytest.fixture(scope="module")
def fairs(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant that has read about the fairs."""
    folder = tmp_path_factory.mktemp("fairs")
    (folder / "fairs.md").write_text(KITE_FAIRS, "utf-8")
    settings = Settings(corpus=folder / "fairs.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


def evidence(fairs: Assistant, question: str) -> list[Evidence]:
    asked = analyse(question)
    return EvidenceRanker(fairs.index).rank(asked, fairs.retriever.search(asked, 40))


def statement(found: list[Evidence], words: str) -> Evidence:
    (one,) = [candidate for candidate in found if words in candidate.statement.text]
    return one


def value(fairs: Assistant, question: str, words: str, feature: str) -> float:
    """A feature of the statement with these words, for a question."""
    return statement(evidence(fairs, question), words).feature(feature)


VISITORS, LANTERNS, DUSK = "1,250 visitors", "Foshan held", "end at dusk"
MARKET, OPEN, TICKET, SALES = "paper birds", "nine days", "HK$85", "sales rose"
STALLS, SILK, ROW, TREES = "stalls sell", "silk, bamboo", "Zhuhai | 31", "mulberry"

# feature: question, a statement that has it, one that lacks it
EXAMPLES = [
    ("place_match", "What did Zhuhai hold?", VISITORS, LANTERNS),
    ("place_match", "What will be planted in Jiangmen?", TREES, VISITORS),  # its heading names the place
    ("place_conflict", "What did Foshan hold?", VISITORS, LANTERNS),
    ("place_conflict", "What did Foshan hold?", TREES, DUSK),  # where no place is named, none is wrong
    ("place_unnamed", "What did Foshan hold?", DUSK, VISITORS),
    ("year_match", "What happened in 2031?", LANTERNS, VISITORS),
    ("year_conflict", "What happened in 2031?", VISITORS, DUSK),
    ("part_match", "What happened in Q1 2031?", SALES, LANTERNS),
    ("part_conflict", "What happened in Q1 2031?", LANTERNS, SALES),
    ("part_conflict", "What happened in Q1 2031?", LANTERNS, DUSK),
    ("quantity_match", "Who counted 1250 visitors?", VISITORS, LANTERNS),
    ("quantity_match", "Which figure rose by 12 per cent?", SALES, VISITORS),
    ("number_wanted", "How many visitors came?", VISITORS, DUSK),
    ("number_missing", "How many visitors came?", DUSK, VISITORS),
    ("percent_wanted", "By what percentage did sales rise?", SALES, VISITORS),
    ("money_wanted", "How much money is a ticket?", TICKET, VISITORS),
    ("date_wanted", "When was the lantern fair?", LANTERNS, DUSK),
    ("focus_share", "How many visitors came to Zhuhai?", VISITORS, DUSK),
    ("focus_beside_number", "How many visitors came to Zhuhai?", VISITORS, SALES),
    ("reason_wanted", "Why is the fair open so briefly?", OPEN, VISITORS),
    ("definition_wanted", "What is the kite fair?", MARKET, VISITORS),
    ("aim_wanted", "What will the craftsmen do?", TREES, VISITORS),
    ("items_wanted", "Which goods are sold?", SILK, MARKET),
    ("item_wanted", "Which goods are sold?", SILK, STALLS),
    ("is_item", "Where is silk sold?", SILK, STALLS),
    ("is_row", "How many stalls has Zhuhai?", ROW, VISITORS),
    ("row_and_number", "How many stalls has Zhuhai?", ROW, VISITORS),
    ("note_wanted", "Who is the source for the visitors?", VISITORS, LANTERNS),
    ("source_wanted", "Who is the source for the stalls?", "Source: Guild", ROW),
    ("is_source_line", "Who is the source for the stalls?", "Source: Guild", ROW),
    ("is_fragment", "What do the stalls sell?", STALLS, SILK),
    ("refers_back", "When is the fair open?", OPEN, MARKET),
    ("first_in_chunk", "What will the craftsmen do?", TREES, DUSK),
    ("name_coverage", "Did Foshan join?", LANTERNS, DUSK),
    ("heading_coverage", "What about Jiangmen?", TREES, DUSK),
    ("rare_coverage", "Where are the mulberry trees?", TREES, DUSK),
]


@pytest.mark.parametrize(("feature", "question", "has", "lacks"), EXAMPLES, ids=[f"{example[0]}: {example[1]}" for example in EXAMPLES])
def test_a_statement_has_the_feature_and_another_lacks_it(fairs: Assistant, feature: str, question: str, has: str, lacks: str) -> None:
    found = evidence(fairs, question)
    assert statement(found, has).feature(feature) > 0
    assert statement(found, lacks).feature(feature) == 0


@pytest.mark.parametrize(
    ("feature", "question", "words"),
    [
        ("number_wanted", "Who came to Zhuhai?", VISITORS),
        ("number_missing", "Who came to Zhuhai?", DUSK),
        ("percent_wanted", "Who came to Zhuhai?", SALES),
        ("money_wanted", "Who came to Zhuhai?", TICKET),
        ("date_wanted", "Who held the lantern fair?", LANTERNS),
        ("reason_wanted", "On how many days is the fair open?", OPEN),
        ("items_wanted", "Why is silk sold?", SILK),
        ("item_wanted", "Why is silk sold?", SILK),
        ("note_wanted", "How many visitors came?", VISITORS),
        ("year_match", "Who came to Zhuhai?", VISITORS),
        ("year_conflict", "Who came to Zhuhai?", VISITORS),
        ("place_match", "Who held a fair?", VISITORS),
        ("place_conflict", "Who held a fair?", VISITORS),
        ("place_unnamed", "Who held a fair?", DUSK),
        ("quantity_match", "Who came in 2029?", VISITORS),  # a year is no quantity
    ],
)
def test_what_is_not_asked_for_is_no_feature(fairs: Assistant, feature: str, question: str, words: str) -> None:
    assert value(fairs, question, words, feature) == 0


def test_a_source_line_is_evidence_only_where_a_source_is_asked_for(fairs: Assistant) -> None:
    def lines(question: str) -> list[Evidence]:
        return [found for found in evidence(fairs, question) if found.statement.text.startswith("Source:")]

    assert len(lines("Who is the source for the stalls?")) == 1
    assert lines("How many stalls has Zhuhai?") == []


# --- coverage


def test_coverage_counts_the_statement_then_its_headings_then_the_sentence_before(fairs: Assistant) -> None:
    found = statement(evidence(fairs, "Are the birds of the three towns open because lamp oil is expensive?"), OPEN)
    assert 0 < found.feature("coverage") < found.feature("coverage_with_context") < found.feature("coverage_with_before") <= 1
    assert found.coverage_with_context == found.feature("coverage_with_context")


def test_the_first_sentence_of_a_passage_has_none_before_it(fairs: Assistant) -> None:
    """What stands under another heading does not count for it."""
    found = statement(evidence(fairs, "Do craftsmen sell lanterns from Foshan?"), TREES)
    assert found.feature("coverage_with_before") == found.feature("coverage_with_context")


def test_coverage_is_by_meaning_in_either_language(fairs: Assistant) -> None:
    assert value(fairs, "Are salaries paid?", DUSK, "coverage") == 0
    assert value(fairs, "2031年第一季度销售额上升了多少？", "销售额", "coverage") > 0.7
    assert value(fairs, "How much did turnover climb in the first quarter of 2031?", SALES, "coverage") > 0.7


def test_a_rare_word_weighs_more_than_a_common_one(fairs: Assistant) -> None:
    question = "Does a fair need mulberry?"
    assert value(fairs, question, TREES, "coverage") > value(fairs, question, MARKET, "coverage") > 0


# --- neighbours and languages


def test_similarities_are_of_the_statement_its_twin_and_its_neighbours(fairs: Assistant) -> None:
    found = evidence(fairs, "What is the kite fair, a market of paper birds?")
    best, after = statement(found, MARKET), statement(found, OPEN)
    assert best.feature("similarity") == max(one.feature("similarity") for one in found) == 0
    assert after.feature("before_similarity") == best.feature("similarity")
    assert best.feature("after_similarity") == after.feature("similarity")
    for one in found:
        assert one.feature("twin_similarity") >= one.feature("similarity")
        assert one.feature("section_similarity") >= one.feature("similarity")
        assert one.feature("chunk_score") <= 0


def test_statements_are_in_the_language_of_the_question_where_they_have_a_twin(fairs: Assistant) -> None:
    index = fairs.index
    for question, language in (("How many visitors came to Zhuhai?", "en"), ("珠海有多少参观者？", "zh"), ("珠海有幾多參觀者？", "zh")):
        for found in evidence(fairs, question):
            costs = 1.0 if index.is_translated[found.chunk.id] else 0.3
            assert found.feature("other_language") == costs * (found.chunk.language != language)
            assert found.chunk.language == language or index.alignment.twin[found.row] < 0 or "300盏" in found.statement.text


def test_a_figure_that_only_the_other_language_gives_stays_evidence(fairs: Assistant) -> None:
    question = "How many lamps are lit when the fairs end?"
    rows = {found.statement.text: found.row for found in evidence(fairs, question)}
    (lamps,) = [row for text, row in rows.items() if "300盏" in text]
    (dusk,) = [row for text, row in rows.items() if DUSK in text]
    assert fairs.index.alignment.twin[lamps] == dusk
    assert value(fairs, question, "300盏", "other_language") == 1


# --- the ranking as a whole


@pytest.mark.parametrize(
    "question",
    [
        "How many visitors came to Zhuhai?",
        "珠海有多少参观者？",
        "Who is the source for the stalls?",
        "2031",
        "Whales?",
        "Sales in Q1 2031?",
    ],
)
def test_every_statement_is_ranked_once_best_first_with_all_features(fairs: Assistant, question: str) -> None:
    found = evidence(fairs, question)
    assert len({one.row for one in found}) == len(found) > 0
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    for one in found:
        assert len(one.features) == len(FEATURES)
        assert fairs.index.statements[one.row] == (one.chunk, one.statement)
        shares = [one.feature(name) for name in FEATURES if name.endswith(("coverage", "_share", "_match", "_wanted"))]
        assert all(0 <= share <= 1 for share in shares)


def test_without_hidden_units_the_score_is_the_weighted_sum_of_the_features(fairs: Assistant) -> None:
    asked = analyse("What did Foshan hold?")
    hits = fairs.retriever.search(asked, 40)
    weights = np.array([1.0 if name == "place_match" else -2.0 if name == "place_conflict" else 0.0 for name in FEATURES])
    found = EvidenceRanker(fairs.index, Scorer.linear_only(weights)).rank(asked, hits)
    assert [one.score for one in found] == [one.feature("place_match") - 2 * one.feature("place_conflict") for one in found]
    assert "Foshan" in found[0].statement.text
    assert VISITORS not in found[0].statement.text


def test_a_hidden_unit_adds_what_features_are_worth_together() -> None:
    values = dict.fromkeys(FEATURES, 0.0) | {"date_wanted": 1.0, "year_match": 2.0}
    features = np.array(list(values.values()))
    both = np.array([[0.5 if name in ("date_wanted", "year_match") else 0.0 for name in FEATURES]])
    scorer = Scorer(np.zeros(len(FEATURES)), both, np.array([-1.0]), np.array([3.0]))
    assert scorer(features) == pytest.approx(3 * math.tanh(0.5 * 3 - 1))


def test_no_hits_give_no_evidence(fairs: Assistant) -> None:
    assert EvidenceRanker(fairs.index).rank(analyse("Whales?"), []) == []


def test_passages_are_ranked_by_their_best_statement(fairs: Assistant) -> None:
    asked = analyse("What will the craftsmen plant?")
    hits = fairs.retriever.search(asked, 40)
    found = EvidenceRanker(fairs.index).rank(asked, hits)
    assert rerank(hits, found, 2)[0].chunk == found[0].chunk
    assert len(rerank(hits, found, 2)) == 2
    assert rerank(hits, [], 3) == hits[:3]
    assert {hit.best for hit in rerank(hits, [], 3)} == {None}


def test_a_passage_is_of_the_page_of_the_statement_that_ranks_first(tmp_path: Path) -> None:
    overleaf = """# 磨坊 Mills

<!-- page: 4 en -->

## Mills

The old mill of Tollbeck grinds rye and stands on the eastern bank. It was bought by a society of

<!-- page: 6 en -->

bakers in 2031. Its wheel was mended by four carpenters from Ulm.
"""
    (tmp_path / "mills.md").write_text(overleaf, "utf-8")
    settings = Settings(corpus=tmp_path / "mills.md", index=tmp_path / "index", _env_file=None)
    build_index(settings)
    mills = Assistant.open(using=settings)
    asked = analyse("Who mended the wheel of the old mill of Tollbeck?")
    hits = mills.retriever.search(asked, 40)
    first = rerank(hits, EvidenceRanker(mills.index).rank(asked, hits), 1)[0]
    assert {statement.page for statement in first.chunk.statements} == {"4", "6"}
    for place, page in ((0, "4"), (len(first.chunk.statements) - 1, "6")):
        assert passages(mills.index, [replace(first, best=place)])[0].page == page
    assert passages(mills.index, [first])[0].page == first.chunk.statements[first.best or 0].page


# --- traits of a text


@pytest.mark.parametrize(
    ("text", "chinese", "trait"),
    [
        ("It closes at dusk.", False, "refers_back"),
        ("In addition, lanterns are sold.", False, "refers_back"),
        ("其门票很贵。", True, "refers_back"),
        ("此外，展览出售灯笼。", True, "refers_back"),
        ("Sales rose by 12%.", False, "has_percent"),
        ("销售额上升12个百分点。", True, "has_percent"),
        ("A kite costs 40 yuan.", False, "has_money"),
        ("门票为85港元。", True, "has_money"),
        ("It opened in May.", False, "has_date"),
        ("展览在五月或7月开幕。", True, "has_date"),
        ("The stalls sell:", False, "is_fragment"),
        ("摊位出售：", True, "is_fragment"),
        ("https://kites.example/stalls/a-long-address?of=2031", False, "is_fragment"),
        ("Source: Guild of Kites", False, "is_source_line"),
        ("数据来源：纸鸢行会", True, "is_source_line"),
        ("由于灯油昂贵，展览很短。", True, "gives_reason"),
        ("纸鸢是指纸鸟。", True, "defines"),
        ("工匠计划种树。", True, "aims"),
    ],
)
def test_a_text_has_the_trait(text: str, chinese: bool, trait: str) -> None:
    assert getattr(traits_of(text, chinese), trait) is True


@pytest.mark.parametrize(
    ("text", "chinese", "trait"),
    [
        ("Itinerant traders sell kites.", False, "refers_back"),
        ("Sales rose by 12 crowns.", False, "has_percent"),
        ("展览有12名工匠。", True, "has_money"),
        ("The stalls sell: kites.", False, "is_fragment"),
        ("The guild (see https://kites.example) sells paper birds and silk.", False, "is_fragment"),
        ("The sources of the river are far away.", False, "is_source_line"),
    ],
)
def test_a_text_lacks_the_trait(text: str, chinese: bool, trait: str) -> None:
    assert getattr(traits_of(text, chinese), trait) is False


def test_lengths_are_comparable_between_the_languages() -> None:
    english = traits_of("The kite fair of the town is a large market of paper birds.", chinese=False).length
    chinese = traits_of("镇上的纸鸢展览是一个很大的纸鸟集市。", chinese=True).length
    assert english == pytest.approx(chinese, abs=0.15)
    assert traits_of("风", chinese=True).length < chinese


@pytest.mark.parametrize(
    ("focus", "text", "beside"),
    [
        (("visitor",), "The fair had 1,250 visitors.", True),
        (("visitor",), "Visitors, of whom most came by boat over the strait and stayed for a night, spent 85 crowns.", False),
        (("visitor",), "The fair had visitors.", False),
        (("参观者",), "展览有1250名参观者。", True),
        (("参观者",), "参观者来自湾区各地的许多大小城镇和偏远的渔村，在展览上总共停留了大约9天。", False),
        (("参观者",), "The fair had 1,250 of them.\n参观者很多。", False),
        ((), "12", False),
    ],
)
def test_a_number_stands_beside_a_word_or_not(focus: tuple[str, ...], text: str, beside: bool) -> None:
    assert beside_number(focus, text) is beside


@pytest.mark.parametrize(
    ("focus", "text", "beside"),
    [
        (("heron", "nest"), "In 2031 the marsh had 40 heron nests.", True),
        (("heron", "nest"), "Heron nests counted along the northern shore by the wardens of the marsh: 40", True),
        (("鹭", "巢"), "看守人在北岸数到的鹭巢：40个", True),
        (("heron", "nest"), "The 40 herons came late to their old places in the reeds behind the dyke, and left the nest early.", False),
        (("heron", "nest"), "Heron nests: none were found in the spring", False),
    ],
)
def test_a_number_stands_beside_all_of_some_words_or_behind_a_label_with_them(focus: tuple[str, ...], text: str, beside: bool) -> None:
    assert all_beside_number(focus, text) is beside


@pytest.mark.parametrize(
    ("question", "thing"),
    [
        ("How many banks take part in the scheme?", ("bank",)),
        ("How many herons are there?", ("heron",)),
        ("How many used boats were sold?", ("use", "boat")),
        ("每天开几架车？", ("车",)),
        ("一共有多少人才？", ("人才",)),
    ],
)
def test_the_thing_counted_ends_at_the_verb(question: str, thing: tuple[str, ...]) -> None:
    assert focus_terms(question) == thing


def test_an_address_is_a_text_that_is_mostly_one() -> None:
    assert is_address("https://kites.example/stalls/2031")
    assert not is_address("See the guild's page, www.kites.example, for the list of its stalls.")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("What did the bridge cost to build?", {"money"}),
        ("ferry ticket price to the island?", {"money"}),
        ("Which points does it make for patients (waits, costs, doctors)?", set()),
        ("What did the Budget speech put first?", set()),
        ("How did the toll revenue develop, and what is the yearly revenue?", {"money"}),
        ("Which office says that ferries make up 40% of toll revenue?", set()),
        ("How much did the tolls paid by lorries go up?", {"number"}),
        ("How much did lorries pay?", {"number", "money"}),
        ("邊幾間公司搬咗入去？", set()),
        ("有几间公司搬了进去？", {"number"}),
    ],
)
def test_the_type_of_answer_is_what_is_asked_not_what_is_mentioned(question: str, expected: set[str]) -> None:
    assert expected_types(analyse(question).normalized) == expected


@pytest.mark.parametrize(
    ("text", "stated"),
    [
        ("Hotspots were added in September 2031.", False),
        ("自2031年9月起增设热点", False),
        ("The first of its kind", False),
        ("Seventy hotspots were added in 2031.", True),
        ("增设70个热点", True),
    ],
)
def test_a_date_or_a_rank_is_no_number_of_anything(text: str, stated: bool) -> None:
    assert ("number" in stated_types(text)) is stated
