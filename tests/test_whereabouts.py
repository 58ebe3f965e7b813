"""Questions after a place in the document: told from others by their words, answered from its headings and pages."""

import re
from pathlib import Path

import pytest

from gbaqa.answering.contents import MOST_DOCUMENTS
from gbaqa.assistant import Assistant, Turn
from gbaqa.config import Settings
from gbaqa.index.store import build_index
from gbaqa.retrieval.lookups import Lookup, lookup_of
from gbaqa.retrieval.outline import Outline
from gbaqa.retrieval.question import analyse

TREES = "oak elm ash yew fir pine alder birch maple willow cedar larch hazel rowan".split()


def lookup(text: str) -> Lookup | None:
    return lookup_of(analyse(text))


def subjects(text: str) -> list[str]:
    found = lookup(text)
    assert found is not None, f"{text} was taken for no question after a place"
    return [subject.normalized for subject in found.subjects]


@pytest.mark.parametrize(
    ("question", "wanted", "subject"),
    [
        ("Which page talks about the Coral Fund?", "place", "the Coral Fund"),
        ("On what page can I find wind power?", "place", "wind power"),
        ("Where in the report can I read about ferries?", "place", "ferries"),
        ("Which section deals with kite making?", "place", "kite making"),
        ("纸鸢制造在第几页？", "place", "纸鸢制造"),
        ("想搵返講風力發電嗰版，第幾頁？", "place", "风力发电"),
        ("公共交通喺邊頁？", "place", "公共交通"),
        ("請問珊瑚卡的內容在哪一頁？我想翻回去看。", "place", "珊瑚卡"),
        ("纸鸢数量那幅图，中文版在哪一页，英文版又在哪一页？", "place", "纸鸢数量"),
        ("我想看渡轮的内容，该翻到第几页到第几页？", "place", "渡轮"),
        ("Which chapter covers tidal energy, and from which page to which?", "chapter", "tidal energy"),
        ("Page reference wanted, for each language version: the number of ferries.", "place", "the number of ferries"),
        ("Where does the chapter on tidal energy begin?", "chapter", "tidal energy"),
        ("where does the ferries section stop", "place", "ferries"),
        ("哪一章讲海洋物流？", "chapter", "海洋物流"),
        ("ferry 嗰章由第几页去到第几页?", "chapter", "ferry"),
        ("人口那一章有多少页？", "chapter", "人口"),
        ("Looking for the tidal energy chapter - please give me its title plus first and last page.", "chapter", "the tidal energy"),
        ('I want to find the page about the "coral card" again. Which page is it?', "place", 'the "coral card"'),
        ("What page is the chart of start-ups on, in the Chinese and English versions?", "place", "start-ups"),
    ],
)
def test_a_place_is_asked_for(question: str, wanted: str, subject: str) -> None:
    found = lookup(question)
    assert found is not None
    assert (found.wanted, [one.normalized for one in found.subjects]) == (wanted, [subject])


@pytest.mark.parametrize(
    ("question", "is_drawn"),
    [
        ("What page is the chart of start-ups on?", True),
        ("On which page is the table of fares?", True),
        ("纸鸢数量那幅图在第几页？", True),
        ("Which page talks about the Coral Fund?", False),
        ("图书馆在第几页？", False),
    ],
)
def test_whether_a_chart_or_a_table_is_looked_for(question: str, is_drawn: bool) -> None:
    found = lookup(question)
    assert found is not None
    assert found.is_drawn is is_drawn


@pytest.mark.parametrize(
    ("question", "wanted", "page"),
    [
        ("What is on page 49?", "page", "49"),
        ("What does page 12 say?", "page", "12"),
        ("第97页讲什么？", "page", "97"),
        ("第四十九頁有咩內容？", "page", "49"),
        ("What does the chapter that begins on page 80 deal with, and where does it stop?", "chapter", "80"),
        ("There's a chapter starting at p. 80. Tell me its subject and its last page.", "chapter", "80"),
        ("How many pages does it have?", "pages", ""),
        ("呢份報告有幾多頁？", "pages", ""),
        ("How many chapters does the report have?", "chapters", ""),
        ("what are the chapters", "chapters", ""),
        ("报告有哪些章节？", "chapters", ""),
    ],
)
def test_a_page_or_the_whole_is_asked_about(question: str, wanted: str, page: str) -> None:
    found = lookup(question)
    assert found is not None
    assert (found.wanted, found.page, found.sought) == (wanted, page, None)


@pytest.mark.parametrize(
    "question",
    [
        "How many pages of evidence did the court read?",
        "how many pages did the harbour plan have?",
        "Which page of the website lists the members?",
        "公司網頁喺邊度？",
        "Which section of society benefits most?",
        "Which chapter of the Harbour Act protects divers?",
        "What does the energy chapter say about turbines?",
        "On page 3, what is the population of Yunhe?",
        "第3页上云禾的人口是多少？",
        "这条例是cap几多章？",
        "Which part of the bay has the most people?",
        "Which chapter is the longest?",
        "which page?",
        "第几页？",
    ],
)
def test_other_questions_ask_for_no_place(question: str) -> None:
    assert lookup(question) is None


def test_places_named_side_by_side_are_looked_for_each_by_itself() -> None:
    assert subjects("深圳和广州分别在第几页？") == ["深圳", "广州"]
    assert subjects("Which page compares Shenzhen with Guangzhou?") == ["compares Shenzhen with Guangzhou"]


def test_chapters_lie_below_the_title_and_know_their_counterpart(small_assistant: Assistant) -> None:
    outline = Outline(small_assistant.index).of("lantern-bay")
    english = [chapter for chapter in outline.chapters if chapter.language == "en"]
    assert [chapter.heading for chapter in english] == [
        "Foreword",
        "Yunhe: city of kites",
        "Port Maren: capital of ferries",
        "Final remarks",
    ]
    assert [chapter.other.heading if chapter.other else None for chapter in english] == [
        "序言",
        "云禾：纸鸢之城",
        "马伦港：渡轮之都",
        "结论",
    ]
    assert [chapter.pages for chapter in english] == [["2"], ["4"], ["6"], ["7"]]


@pytest.mark.parametrize(
    ("question", "said", "first_page"),
    [
        ("Which page talks about the Coral Fund?", "p13 to about p14 (English), p11 to about p12 (Chinese)", "13"),
        ("Which page mentions the crossing to Yunhe?", "p6 (English), p5 (Chinese), under “Transport”", "6"),
        ("哪一页讲灯塔大桥？", "中文第5页，英文第6页", "5"),
        ("潮汐能喺邊頁？", "「潮汐能」（英文：「Tidal energy」）：第15頁", "15"),
        ("Which chapter covers wind power?", "“Yunhe: city of kites” (Chinese: “云禾：纸鸢之城”): p4 (English), p3 (Chinese)", "4"),
        ("Which chapter comes after the foreword?", "“Yunhe: city of kites”", "4"),
        ("Which chapter begins on page 6?", "“Port Maren: capital of ferries”", "6"),
        ("What is on page 6?", "- “Transport”: The ferries of Port Maren carry 94,000 passengers", "6"),
        ("What is on page 5?", "- “Transport”: The ferries of Port Maren carry 94,000 passengers", "5"),  # a Chinese page, told in English
        ("第4页讲什么？", "- “经济概览”：2031年，云禾的地区生产总值增长6.2%", "4"),
        ("How many pages does it have?", "Lantern Bay outlook: The pages run from p1 to p7", "1"),
        ("What are the chapters?", "Lantern Bay outlook: It has four chapters:\n- Foreword: p2 (English), p1 (Chinese)[1]", "2"),
    ],
)
def test_places_are_told_with_their_pages(small_assistant: Assistant, question: str, said: str, first_page: str) -> None:
    answer = small_assistant.ask(question)
    assert answer.status == "answered"
    assert said in answer.answer
    assert answer.citations[0].page == first_page
    assert [int(mark) for mark in dict.fromkeys(re.findall(r"\[(\d+)\]", answer.answer))] == [one.mark for one in answer.citations]
    assert answer.passages[0].page in {citation.page for citation in answer.citations}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("What's on page 99?", "There is no text of p99 here."),
        ("第99頁講咩？", "這裏沒有第99頁的內容。"),
        ("Which page mentions volcanoes?", "The paper does not speak of it on any page."),
        ("哪一章讲火山？", "文中没有任何一页谈到这一点。"),
        ("Which chapter comes after the chapter on tidal energy?", "There is no such chapter."),
    ],
)
def test_what_is_nowhere_is_refused(small_assistant: Assistant, question: str, said: str) -> None:
    answer = small_assistant.ask(question)
    assert (answer.status, answer.answer, answer.citations) == ("refused", said, [])


def test_pages_are_no_figures_of_the_answer(small_assistant: Assistant) -> None:
    answer = small_assistant.ask("Which page talks about the Coral Fund?")
    assert re.findall(r"(?<![\w.\[])\d", answer.answer) == []


def test_a_place_asked_for_in_a_conversation_hangs_on_nothing_said(small_assistant: Assistant) -> None:
    question = "How many people live in Lantern Bay?"
    turn = Turn(question, small_assistant.ask(question))
    for asked in ("What are the chapters?", "What is on page 6?", "Which page talks about the Coral Fund?"):
        assert small_assistant.ask(asked, [turn]).answer == small_assistant.ask(asked).answer
    assert small_assistant.ask("which page?", [turn]).answer.startswith("p2 (English), p1 (Chinese)[1]")


def test_of_many_documents_places_are_told_of_the_first_and_sought_in_those_that_speak_of_it(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for number, tree in enumerate(TREES):
        grove = f"## The {tree} grove\n\nThe {tree} of Old Hill is {number + 3} metres tall.\n"
        paths = f"## Paths\n\nPath {number} leads past every {tree} of the hill.\n"
        text = f"# Report {number:02}\n\n<!-- page: 1 en -->\n\n{grove}\n<!-- page: 2 en -->\n\n{paths}"
        (corpus / f"report-{number:02}.md").write_text(text, "utf-8")
    settings = Settings(corpus=corpus, index=tmp_path / "index", _env_file=None)
    build_index(settings)
    assistant = Assistant.open(using=settings)
    for question in ("What is on page 2?", "How many pages does it have?", "What are the chapters?"):
        answer = assistant.ask(question).answer
        assert len(re.findall(r"Report \d\d", answer)) == MOST_DOCUMENTS
        assert answer.endswith("(There are more documents than these.)")
    answer = assistant.ask(f"On which page is the {TREES[-1]} grove?")
    assert "p1" in answer.answer
    assert [citation.document for citation in answer.citations] == [f"report-{len(TREES) - 1:02}"]


_DRAWN = """\
# Ferries

<!-- page: 1 en -->

The fares of night ferries are read from a table of night ferry fares that hangs in every port.

# Islands

<!-- page: 2 en -->

The islanders farm and fish.

| Night ferry to | Fare (crowns) |
| --- | --- |
| Gannet | 4 |
| Petrel | 6 |

## Setting up a common market of the islands

<!-- page: 3 en -->

Traders of all islands would sell under one roof.
"""


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("drawn")
    (folder / "islands.md").write_text(_DRAWN, "utf-8")
    settings = Settings(corpus=folder / "islands.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


def test_a_table_is_found_where_it_stands_rather_than_where_it_is_spoken_of(drawn: Assistant) -> None:
    assert drawn.ask("Which page has the table of night ferry fares?").citations[0].page == "2"
    assert drawn.ask("Which page speaks of night ferry fares in every port?").citations[0].page == "1"


def test_a_chapter_is_told_with_the_section_inside_it_that_nearly_says_the_subject(drawn: Assistant) -> None:
    answer = drawn.ask("Which chapter is about creating a common market for all the islands, and where does it begin?")
    assert "“Islands”" in answer.answer
    assert "p3" in answer.answer
