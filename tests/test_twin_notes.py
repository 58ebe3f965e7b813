"""Notes of the two languages that name different sources: listed, and told by an answer after the source."""

from pathlib import Path

import pytest

from gbaqa.assistant import Assistant, Turn
from gbaqa.bilingual.disagreements import Disagreements
from gbaqa.bilingual.notes import differing_note, note_disagreements
from gbaqa.config import Settings
from gbaqa.corpus.document import Document
from gbaqa.index.store import build_index
from gbaqa.web.discrepancies import DiscrepanciesPage

LANTERN = """\
# 灯笼湾 Lantern Bay

<!-- page: 1 zh -->

## 养蚝

灯笼湾的蚝排共有412个，是十年前的两倍。[^1]

养蚝行动方案要求每年清洗蚝排两次。[^2]

蚝壳回收站去年收到860吨蚝壳。[^3]

浅滩的水质连续三年达到甲级。[^4]

旅行社协会有36名会员。[^5]

去年有7,400名游客登上灯塔。[^6]

渔港学院招收了180名学员。[^7]

渡轮公司有9艘船。[^8]

[^1]: 灯笼湾统计局
[^2]: 灯笼湾市政府
[^3]: 《灯笼湾晚报》，2031年
[^4]: 海洋研究所《水质年报》，2030年
[^5]: 旅行社协会
[^6]: 灯笼湾统计局
[^7]: 灯笼湾大学
[^8]: 《灯笼湾晚报》，2031年

<!-- page: 2 en -->

## Oysters

Lantern Bay has 412 oyster rafts, twice as many as ten years ago.[^1]

The plan of action for oysters has every raft cleaned twice a year.[^2]

The recycling yard took in 860 tonnes of oyster shells last year.[^3]

The water over the shallows was of grade A for the third year in a row.[^4]

The association of travel agents has 36 members.[^5]

7,400 visitors climbed the lighthouse last year.[^6]

The college of the fishing harbour took in 180 pupils.[^7]

The ferry company runs nine boats.[^8]

[^1]: Lantern Bay Statistics Bureau
[^2]: Lantern Bay Statistics Bureau
[^3]: Lantern Bay Evening News, 2031
[^4]: Marine Research Institute, Water Quality Annual, 2032
[^5]: Association of Travel Agents
[^6]: Bureau of Statistics of Lantern Bay
[^7]: University of Lantern Bay
[^8]: Lantern Bay Evening News, 2031
"""


@pytest.fixture(scope="module")
def lantern(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("lantern")
    (folder / "lantern.md").write_text(LANTERN, "utf-8")
    settings = Settings(corpus=folder / "lantern.md", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.fixture(scope="module")
def document(lantern: Assistant) -> Document:
    return next(iter(lantern.index.documents.values()))


def test_notes_that_name_another_body_or_year_are_listed_with_their_pages(lantern: Assistant) -> None:
    found = Disagreements(lantern.index).all()
    assert [(one.kind, one.zh and one.zh.value, one.en and one.en.value) for one in found] == [
        ("name", "灯笼湾市政府", "Lantern Bay Statistics Bureau"),
        ("date", "海洋研究所《水质年报》，2030年", "Marine Research Institute, Water Quality Annual, 2032"),
    ]
    assert all(one.zh and one.en and (one.zh.page, one.en.page) == ("1", "2") for one in found)


def test_the_page_of_differences_shows_them(lantern: Assistant) -> None:
    page = DiscrepanciesPage(lantern.index).html("en")
    assert "<mark>Lantern Bay Statistics Bureau</mark>" in page
    assert "<mark>灯笼湾市政府</mark>" in page


def test_notes_that_name_the_same_have_no_differing_note(document: Document) -> None:
    differing = {(note.number, note.language): differing_note(document, note) is not None for note in document.notes}
    assert {number for (number, _), differs in differing.items() if differs} == {2, 4}
    assert differing[2, "zh"]
    assert differing[2, "en"]


def test_where_each_language_numbers_its_own_notes_none_are_compared(document: Document, lantern: Assistant, tmp_path: Path) -> None:
    # The English notes in another order: numbers mean nothing, so half of them "differ".
    text = LANTERN.replace("[^1]: Lantern Bay Statistics Bureau", "[^1]: Harbour Customs").replace(
        "[^3]: Lantern Bay Evening News, 2031", "[^3]: Oyster Growers Association, 2019"
    )
    (tmp_path / "own.md").write_text(text, "utf-8")
    settings = Settings(corpus=tmp_path / "own.md", index=tmp_path / "index", _env_file=None)
    build_index(settings)
    other = next(iter(Assistant.open(using=settings).index.documents.values()))
    assert list(note_disagreements(other)) == []
    assert list(note_disagreements(document))


@pytest.mark.parametrize(
    ("question", "said", "not_said"),
    [
        ("养蚝行动方案的资料来源是什么？", ("不同", "灯笼湾市政府（注2）", "Lantern Bay Statistics Bureau（英文版注2）"), ()),
        ("What is the source for the oyster plan of action?", ("different", "Lantern Bay Statistics Bureau (note 2)", "灯笼湾市政府"), ()),
        ("灯笼湾蚝排数目的资料来源是什么？", ("灯笼湾统计局（注1）",), ("不同", "Lantern")),
    ],
)
def test_an_answer_after_the_source_names_both_only_where_they_differ(
    lantern: Assistant, question: str, said: tuple[str, ...], not_said: tuple[str, ...]
) -> None:
    answer = lantern.ask(question)
    assert all(words in answer.answer for words in said), answer.answer
    assert not any(words in answer.answer for words in not_said), answer.answer
    noted = {citation.language for citation in answer.citations if citation.quote[0].isdigit()}
    assert noted == ({"zh", "en"} if len(said) > 1 else {"zh"})


def test_a_follow_up_after_the_source_names_both(lantern: Assistant) -> None:
    first = lantern.ask("How often are rafts cleaned?")
    answer = lantern.ask("source?", [Turn(first.question, first)])
    assert answer.answer.startswith("The two languages name different sources: ")
    assert "灯笼湾市政府 (note 2 of the Chinese text)" in answer.answer
