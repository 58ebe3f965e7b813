"""Which statements make up an answer: the best one, what completes it, whole lists, and never more than a short answer."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from gbaqa.answering.completion import FEATURES, Candidate, Completer
from gbaqa.answering.follow_up import FollowUpAnswerer
from gbaqa.answering.selection import Selector
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.language.script import count_words
from gbaqa.retrieval.evidence import Evidence
from gbaqa.retrieval.kinds import Kind
from gbaqa.retrieval.question import Question, analyse
from gbaqa.retrieval.ranker import EvidenceRanker

# Long sentences that have little in common: any of them may complete an answer about the others.
DUTIES_EN = (
    "In spring the dredgers of basin 3 lift 921 tonnes of silt from the eastern channel, and their crews carry it over the sand bar to "
    "the fields behind the old sea wall, where farmers mix it with reed ash before they plant barley. "
    "In summer the divers of basin 7 scrape mussels off 64 mooring chains, sort them by size into willow baskets and sell them from "
    "a painted cart beside the customs shed, so that the rope makers and the tea sellers never go hungry at noon. "
    "In autumn the sail menders of basin 11 unroll 350 metres of canvas along the quay, patch every tear with waxed thread and hang "
    "the finished pieces from the crane, because a dry wind from the hills drives the damp out of the cloth. "
    "In winter the ice watch of basin 14 saws 28 narrow lanes through the frozen mouth of the river, marks them with lanterns on "
    "poles and guides the mail steamer to its berth, while the school children clap and count the loud cracks."
)
DUTIES_ZH = (
    "春天，3号港池的挖泥船从东航道清出921吨淤泥，船员把它运过沙洲，送到旧海堤后面的田里，农民拌上芦苇灰，"
    "再种下一行行耐盐的大麦，等待雨季到来，并在田埂边立起木牌记下日期，好让来年接手的人知道从哪里开始。"
    "夏天，7号港池的潜水员从64条锚链上刮下贻贝，按大小装进柳条筐，推着彩色小车在海关棚屋旁叫卖，"
    "搓绳工人和茶摊老板中午就不会挨饿，孩子们也能分到一小碗热汤和半块烤饼，吃完便去灯塔下面看潜水衣晾干。"
    "秋天，11号港池的补帆匠沿码头铺开350米帆布，用蜡线缝好每道裂口，把成品挂上起重机，借山上吹来的干风赶走布里的潮气，"
    "傍晚再叠好收进阁楼，锁上铁门才各自回家休息吃晚饭，顺路替邻居捎去剩下的碎布头。"
    "冬天，14号港池的守冰人在封冻的河口锯出28条窄道，插上挂灯笼的竹竿，引导邮轮靠岸，学童在岸上拍手数着冰裂的响声，"
    "老人则捧着姜茶讲起当年的大雪和迷路的驯鹿，直到深夜才有人想起炉上还煮着一锅豆子。"
)


HARBOUR = f"""\
# 港口手册 Handbook of the harbour

<!-- page: 1 zh -->

## 领航员

港务处培训领航员。自2028年以来，它培训了46名领航员[^1]。每期课程为九周。

## 基金

港口基金有两项目标：

先修复旧码头，再向年轻的领航员贷款。

基金于2029年设立。

## 缆绳

缆绳厂生产三种缆绳：

- 麻绳
- 丝绳
- 钢缆

## 四季

{DUTIES_ZH}

[^1]: 港务处

<!-- page: 2 en -->

## Pilots

The harbour office trains pilots. It has taught 46 pilots since 2028[^1]. Each course lasts nine weeks.

Source: Harbour office

## Fund

The harbour fund has two aims:

Old quays are repaired first, and young pilots get loans.

The fund was set up in 2029.

## Ropes

The rope works makes three kinds of rope:

- hemp rope
- silk rope
- wire rope

## Seasons

{DUTIES_EN}

## Boats

- ▶ Tugs are red. They pull the ferries. Their engines run on barley oil.
- ▶ Barges are blue. They carry silt. Their crews live on board.

## Lamps

The lamp of the north pier burns all night.

## Piers

The lamp of the north pier burns all night. The pier is 400 m long.

[^1]: Harbour office
"""


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant that has read the handbook."""
    return reader(tmp_path_factory.mktemp("harbour"), HARBOUR)


def reader(folder: Path, text: str) -> Assistant:
    (folder / "harbour.md").write_text(text, "utf-8")
    settings = Settings(corpus=folder / "harbour.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


def ranked(assistant: Assistant, question: Question, best: str | None = None) -> list[Evidence]:
    """The evidence for a question, with the statement that has these words as the best."""
    found = EvidenceRanker(assistant.index).rank(question, assistant.retriever.search(question, 40))
    return found if best is None else with_best(found, next(one for one in found if best in one.statement.text))


def with_best(found: list[Evidence], best: Evidence) -> list[Evidence]:
    """The evidence with that statement in front."""
    return [replace(best, score=found[0].score + 1), *(one for one in found if one.row != best.row)]


def candidates(assistant: Assistant, question: Question, evidence: list[Evidence]) -> list[Candidate]:
    return Completer(assistant.index, EvidenceRanker(assistant.index)).candidates(question, evidence)


def selector(assistant: Assistant) -> Selector:
    return Selector(assistant.index, EvidenceRanker(assistant.index))


def chosen(assistant: Assistant, question: Question, best: str) -> list[str]:
    """The texts of an answer."""
    return texts(assistant, selector(assistant).choose(question, ranked(assistant, question, best)))


def texts(assistant: Assistant, rows: Sequence[int]) -> list[str]:
    return [assistant.index.statements[row][1].text for row in rows]


def row_of(assistant: Assistant, words: str) -> int:
    return next(row for row, (_, statement) in enumerate(assistant.index.statements) if words in statement.text)


QUESTIONS = [
    "How many pilots has the harbour office taught, and how long is a course?",
    "港务处培训了多少名领航员？",
    "港務處培訓了幾多名領航員？",
    "What are the aims of the harbour fund?",
    "Which kinds of rope are made?",
    "Why is silt carried to the fields?",
    "挖泥船清出多少吨淤泥？",
    "harbour fund 基金什么时候设立？",
    "Which boats are larger than others?",
]


# Answered by several long sentences together.
LONG = [
    "What is done in basin 3, in basin 7 and in basin 11, and by whom?",
    "What do the crews do in spring, summer, autumn and winter?",
    "3号、7号和11号港池各做什么，由谁做？",
    "春夏秋冬四季，港池的工人分别做什么？",
    "春夏秋冬四季，港池嘅工人分別做啲乜？",
]


# --- candidates


@pytest.mark.parametrize("question", QUESTIONS)
def test_candidates_are_other_statements_in_the_language_of_the_best(harbour: Assistant, question: str) -> None:
    asked = analyse(question)
    evidence = ranked(harbour, asked)
    for best in evidence[:5]:
        found = [harbour.index.statements[one.row][0] for one in candidates(harbour, asked, with_best(evidence, best))]
        assert {chunk.language for chunk in found} == {best.chunk.language}
        assert best.row not in found


@pytest.mark.parametrize("question", QUESTIONS)
def test_candidates_come_once_the_most_probable_first(harbour: Assistant, question: str) -> None:
    asked = analyse(question)
    found = candidates(harbour, asked, ranked(harbour, asked))
    assert len({one.row for one in found}) == len(found) > 0
    probabilities = [one.probability for one in found]
    assert probabilities == sorted(probabilities, reverse=True)
    assert all(0 < probability < 1 for probability in probabilities)
    assert {len(one.features) for one in found} == {len(FEATURES)}


def test_what_stands_around_the_best_statement_is_a_candidate_whatever_its_rank(harbour: Assistant) -> None:
    asked = analyse("How many pilots has the harbour office taught?")
    found = candidates(harbour, asked, ranked(harbour, asked, "46 pilots")[:1])
    assert sorted(texts(harbour, [one.row for one in found])) == [
        "Each course lasts nine weeks.",
        "Source: Harbour office",
        "The harbour office trains pilots.",
    ]


def test_a_statement_alone_in_a_document_has_no_candidates(tmp_path: Path) -> None:
    assistant = reader(tmp_path, "# Elm\n\nThe gate of Elm has twelve locks.\n")
    asked = analyse("How many locks has the gate?")
    assert candidates(assistant, asked, ranked(assistant, asked)) == []
    assert chosen(assistant, asked, "gate") == ["The gate of Elm has twelve locks."]


@pytest.mark.parametrize(
    ("name", "question", "best", "has", "lacks"),
    [
        ("next", "What does the office do?", "trains pilots", "46 pilots", "nine weeks"),
        ("previous", "What does the office do?", "46 pilots", "trains pilots", "nine weeks"),
        ("next_refers_back", "What does the office do?", "trains pilots", "46 pilots", "nine weeks"),
        ("best_ends_open", "What are the aims?", "two aims", "Old quays", "was set up"),
        ("same_block", "What does the office do?", "46 pilots", "nine weeks", "Source:"),
        ("same_section", "What does the office do?", "46 pilots", "nine weeks", "was set up"),
        ("gain", "How many pilots are taught, and on which quays?", "46 pilots", "Old quays", "nine weeks"),
        ("gain_of_parts", "How many pilots are taught, and which quays are repaired?", "46 pilots", "Old quays", "nine weeks"),
        ("names_year", "When was the fund set up, in 2029?", "46 pilots", "in 2029", "nine weeks"),
        ("number_wanted", "How many metres long is the pier?", "46 pilots", "400 m long", "trains pilots"),
        ("is_fragment", "What does the office do?", "46 pilots", "Source:", "trains pilots"),
    ],
)
def test_a_candidate_has_the_feature_and_another_lacks_it(
    harbour: Assistant, name: str, question: str, best: str, has: str, lacks: str
) -> None:
    asked = analyse(question)
    found = candidates(harbour, asked, ranked(harbour, asked, best))

    def value(words: str) -> float:
        (candidate,) = [one for one in found if words in texts(harbour, [one.row])[0]]
        return candidate.features[FEATURES.index(name)]

    assert value(has) > 0
    assert value(lacks) == 0


# --- answers


@pytest.mark.parametrize("kind", ["explanation", "fact", "figure"])
@pytest.mark.parametrize(
    ("question", "lead", "what_follows"),
    [
        ("What are the aims of the harbour fund?", "two aims", "Old quays are repaired first, and young pilots get loans."),
        ("港口基金的目标是什么？", "两项目标", "先修复旧码头，再向年轻的领航员贷款。"),
    ],
)
def test_what_a_lead_in_leads_to_is_wanted(harbour: Assistant, kind: Kind, question: str, lead: str, what_follows: str) -> None:
    asked = replace(analyse(question), kind=kind)
    assert what_follows in chosen(harbour, asked, lead)
    assert texts(harbour, [candidates(harbour, asked, ranked(harbour, asked, lead))[0].row]) == [what_follows]


@pytest.mark.parametrize(
    ("question", "best"),
    [("How many pilots were taught since 2028, and how long is a course?", "46 pilots"), ("领航员的课程有多长，培训了多少名？", "九周")],
)
def test_the_best_statement_comes_first_and_the_others_in_reading_order(harbour: Assistant, question: str, best: str) -> None:
    asked = analyse(question)
    rows = selector(harbour).choose(asked, ranked(harbour, asked, best))
    assert best in texts(harbour, rows)[0]
    assert len(rows) > 1
    assert rows[1:] == sorted(rows[1:])


@pytest.mark.parametrize(
    ("question", "best"),
    [("What does the harbour office do?", "46 pilots"), ("When was the fund set up?", "was set up"), ("港口基金何时设立？", "设立")],
)
def test_source_lines_complete_nothing_and_lead_ins_only_with_their_lists(harbour: Assistant, question: str, best: str) -> None:
    asked = replace(analyse(question), kind="fact")
    rows = selector(harbour).choose(asked, ranked(harbour, asked, best))[1:]
    assert [text for text in texts(harbour, rows) if text.startswith("Source")] == []
    for row, text in zip(rows, texts(harbour, rows), strict=True):
        if text.endswith((":", "：")):
            assert row + 1 in rows


def test_what_has_been_said_is_not_said_again(harbour: Assistant) -> None:
    asked = analyse("How long is the north pier, and when does its lamp burn?")
    evidence = ranked(harbour, asked)
    lamps = [one for one in evidence if one.statement.text.startswith("The lamp")]
    assert len(lamps) == 2
    for first in lamps:
        said = texts(harbour, selector(harbour).choose(asked, with_best(evidence, first)))
        assert said.count(first.statement.text) == 1


# --- lists


ROPES = ["The rope works makes three kinds of rope:", "hemp rope", "silk rope", "wire rope"]


@pytest.mark.parametrize("kind", ["explanation", "fact", "figure"])
def test_a_lead_in_to_a_list_comes_with_its_items_whatever_is_asked(harbour: Assistant, kind: Kind) -> None:
    assert chosen(harbour, replace(analyse("What does the rope works make?"), kind=kind), ROPES[0])[:4] == ROPES


@pytest.mark.parametrize("best", ROPES)
def test_a_list_is_given_whole_with_its_lead_in(harbour: Assistant, best: str) -> None:
    listed = chosen(harbour, replace(analyse("Which ropes are made?"), kind="list"), best)
    assert listed[: len(ROPES)] == ROPES


def test_a_list_is_followed_by_what_is_likely_to_be_asked_for_too(harbour: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    question = replace(analyse("Which ropes are made?"), kind="list")
    likely, other = row_of(harbour, "46 pilots"), row_of(harbour, "Barges are blue")
    found = [Candidate(likely, 0.041, ()), Candidate(row_of(harbour, "silk rope"), 0.04, ()), Candidate(other, 0.039, ())]
    monkeypatch.setattr(Completer, "candidates", lambda *_: found)
    taken_up = harbour.index.statements[likely - 1][1].text  # "It has taught 46 pilots" is said of the office
    assert taken_up == "The harbour office trains pilots."
    assert chosen(harbour, question, "hemp rope") == [*ROPES, taken_up, harbour.index.statements[likely][1].text]


def test_a_chinese_list_is_given_whole(harbour: Assistant) -> None:
    assert chosen(harbour, analyse("缆绳厂生产哪些缆绳？"), "丝绳") == ["缆绳厂生产三种缆绳：", "麻绳", "丝绳", "钢缆"]


def test_bullets_with_paragraphs_behind_them_are_no_list(harbour: Assistant) -> None:
    assert selector(harbour)._lists.list_around(row_of(harbour, "Barges are blue")) == []


def test_running_text_is_no_list(harbour: Assistant) -> None:
    assert selector(harbour)._lists.list_around(row_of(harbour, "46 pilots")) == []


def test_a_list_of_very_many_items_is_cut(tmp_path: Path) -> None:
    items = "".join(f"- knot of kind {n}, tied with {n + 3} turns of tarred hemp\n" for n in range(60))
    assistant = reader(tmp_path, f"# Knots\n\n## Kinds\n\nSailors know these knots:\n\n{items}")
    said = chosen(assistant, replace(analyse("Which knots do sailors know?"), kind="list"), "these knots")
    assert said[0] == "Sailors know these knots:"
    assert 10 < len(said) <= 25
    assert said[1:] == [f"knot of kind {n}, tied with {n + 3} turns of tarred hemp" for n in range(len(said) - 1)]


# --- how long an answer is


def prose(assistant: Assistant, question: str) -> tuple[int, int]:
    """Chinese characters and English words of an answer without its marks."""
    answer = assistant.ask(question)
    return count_words(re.sub(r"\[\d+\]", "", answer.answer))


@pytest.mark.parametrize("kind", ["figure", "fact", "explanation"])
@pytest.mark.parametrize("question", [*QUESTIONS, *LONG])
def test_what_is_chosen_is_a_short_answer(harbour: Assistant, kind: Kind, question: str) -> None:
    asked = replace(analyse(question), kind=kind)
    evidence = ranked(harbour, asked)
    for first in evidence[:8]:
        rows = selector(harbour).choose(asked, with_best(evidence, first))
        han, latin = count_words(" ".join(texts(harbour, rows)))
        words, characters = (160, 330) if selector(harbour)._lists.introduced_by(first.row) else (120, 250)  # a list needs more
        assert latin / words + han / characters <= 1


@pytest.mark.parametrize("question", LONG)
def test_an_answer_of_long_sentences_says_more_than_one_and_stays_short(harbour: Assistant, question: str) -> None:
    """Two of the long ones fit, three do not."""
    asked = replace(analyse(question), kind="explanation")
    basin = "号港池" if asked.language == "zh" else "of basin"
    assert [basin in text for text in chosen(harbour, asked, basin)].count(True) == 2
    han, latin = prose(harbour, question)
    assert (han <= 250, latin <= 120) == (True, True)


def test_rows_said_under_a_long_heading_still_make_a_short_answer(tmp_path: Path) -> None:
    """An answer says a row under its heading, which counts too."""
    heading = "Mooring fees of the harbour by month and by length of ship in crowns for all ships that stay longer than one night"
    months = {"April": "tugs", "May": "barges", "June": "ferries", "July": "dredgers", "August": "yachts", "October": "whalers"}
    rows = "".join(f"| {month} | {ship} pay {len(ship) * 13} |\n" for month, ship in months.items())
    assistant = reader(tmp_path, f"# Harbour\n\n## {heading}\n\n| Month | Fee |\n| --- | --- |\n{rows}\nShips pay at the gate.\n")
    asked = analyse("How much do tugs, barges, ferries, dredgers, yachts and whalers pay, and in which month?")
    hits = assistant.retriever.search(asked, 10)
    answerer = FollowUpAnswerer(assistant.index, EvidenceRanker(assistant.index))
    answer = answerer.more(asked, hits, ranked(assistant, asked))
    assert answer is not None
    assert len(answer.citations) > 1
    assert count_words(re.sub(r"\[\d+\]", "", answer.answer))[1] <= 120


def test_a_long_sentence_is_followed_by_nothing(tmp_path: Path) -> None:
    long = "The pilots of the harbour " + "and of the isle and of the bay " * 13 + "meet at the old gate in May."
    assistant = reader(tmp_path, f"# Harbour\n\n## Pilots\n\nThey drink tea. {long} They sing songs. They go home at dawn.\n")
    asked = replace(analyse("Where do the pilots of the harbour meet?"), kind="fact")
    assert chosen(assistant, asked, "meet at the old gate") == [long]


def test_a_table_too_long_to_be_told_whole_is_told_by_its_best_rows(assistant_of: Callable[[str, str], Assistant]) -> None:
    trades = "bakers brewers coopers curers dyers fishers glaziers grocers joiners masons millers potters tanners smiths weavers".split()
    rows = [
        f"| Regulations on the further training of {trade} and on the examination of their apprentices in all towns of the islands, first"
        f" reading | {2031 + number} |"
        for number, trade in enumerate(trades)
    ]
    table = ["# Laws of the islands", "", "<!-- page: 3 en -->", "", "| Law | Passed |", "| --- | --- |", *rows]
    answer = assistant_of("laws", "\n".join(table)).ask("List the years in which the regulations on smiths and on weavers were passed.")
    assert "2044" in answer.answer
    assert "2045" in answer.answer
    assert "2031" not in answer.answer
