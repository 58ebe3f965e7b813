"""Retrieval as its users see it: Assistant.search and the LangChain retriever."""

import asyncio
import json
import math
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import QuestionError
from gbaqa.index.store import build_index

# Each passage is in one language only, one of them in Traditional Chinese.
ELMSEA = """\
# 榆海手册 Elmsea handbook

<!-- page: 21 zh -->

## 渔港

榆海的渔港停泊着43艘电动渔船，由北风合作社经营[^1]。

[^1]: 榆海渔业局

<!-- page: 22 zh -->

## 檔案館

檔案館收藏了一千二百份舊地圖，逢星期二休館。

<!-- page: 23 en -->

## Observatory

The observatory on Mount Tern has a mirror of 2.4 m and was opened by the astronomer Ida Quill in 1987[^2].

[^2]: Tern Observatory, *Visitor guide*, https://tern.example/guide

<!-- page: 24 en -->

## Bakeries

Bakeries in Elmsea must sell rye bread for less than 3 crowns a loaf.

<!-- page: 25 en -->

## Trams

The tram line R7 runs every 12 minutes between the Rope Market and the salt works.

<!-- page: 26 zh -->

## 学校

榆海共有17所小学，学生可以免费乘坐渡船上学。
"""


@pytest.fixture(scope="module")
def elmsea(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """An assistant that has read the Elmsea handbook."""
    folder = tmp_path_factory.mktemp("elmsea")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "elmsea.md").write_text(ELMSEA, "utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index", _env_file=None)
    build_index(settings)
    return Assistant.open(using=settings)


@pytest.mark.parametrize(
    ("question", "page", "how"),
    [
        ("渔港有多少艘电动渔船？", "21", "Simplified finds Simplified"),
        ("漁港有幾多艘電動漁船？", "21", "Traditional finds Simplified"),
        ("檔案館逢邊日休息？", "22", "Traditional finds Traditional"),
        ("档案馆哪天休馆？", "22", "Simplified finds Traditional"),
        ("榆海嘅小學生返學搭船使唔使錢？", "26", "Cantonese finds Simplified"),
        ("When was the observatory opened, and by whom?", "23", "English finds English"),
        ("Ida Quill", "23", "a name alone"),
        ("R7", "25", "a line number alone"),
        ("rope markets", "25", "another form of the word"),
        ("TRAM LINE r7", "25", "another case"),
        ("observatory 在哪一年开放？", "23", "both languages in one question"),
        ("Ｒ７ tram", "25", "full-width letters"),
        ("the ob\u00adserv\u200batory's mirror", "23", "invisible characters inside words"),
    ],
)
def test_the_passage_that_answers_comes_first(elmsea: Assistant, question: str, page: str, how: str) -> None:
    assert elmsea.search(question)[0].chunk.pages == (page,), how


@pytest.mark.parametrize(
    ("question", "page", "how"),
    [
        ("How many electric fishing boats are in the port of Elmsea?", "21", "English finds Chinese"),
        ("Who runs the fishing harbour?", "21", "English finds Chinese"),
        ("How many primary schools are there?", "26", "English finds Chinese"),
        ("天文台的镜面有多大？", "23", "Chinese finds English"),
        ("黑麥麵包最多賣幾錢？", "24", "Traditional finds English"),
        ("电车多久一班？", "25", "Chinese finds English"),
    ],
)
def test_of_the_passages_in_the_other_language_the_one_that_answers_comes_first(
    elmsea: Assistant, question: str, page: str, how: str
) -> None:
    asked_in = "en" if question.isascii() else "zh"
    others = [hit.chunk for hit in elmsea.search(question) if hit.chunk.language != asked_in]
    assert others[0].pages == (page,), how


@pytest.mark.parametrize(
    ("question", "page"),
    [
        ("How many electric fishing boats are in the port of Elmsea?", "21"),
        ("How many primary schools are there?", "26"),
        ("电车多久一班？", "25"),
    ],
)
def test_a_passage_that_only_the_other_language_has_is_found_among_those_of_the_questions_own(
    elmsea: Assistant, question: str, page: str
) -> None:
    assert elmsea.search(question)[0].chunk.pages == (page,)


def test_traditional_and_simplified_rank_alike(small_assistant: Assistant) -> None:
    simplified = small_assistant.search("珊瑚基金在2030年批出多少个项目？")
    traditional = small_assistant.search("珊瑚基金在2030年批出多少個項目？")
    assert [hit.chunk.id for hit in simplified] == [hit.chunk.id for hit in traditional]
    assert [hit.score for hit in simplified] == pytest.approx([hit.score for hit in traditional])


@pytest.mark.parametrize(
    ("question", "pages"),
    [
        ("How many passengers do the ferries carry a day?", {"5", "6"}),
        ("渡轮每天运送多少名乘客？", {"5", "6"}),
        ("What is the capacity of the tidal power stations?", {"15"}),
        ("How old may applicants to the Coral Fund be?", {"11", "12", "13", "14"}),
        ("What loan do founders on Gannet get?", {"14"}),
    ],
)
def test_both_languages_of_a_passage_are_among_the_first_hits(small_assistant: Assistant, question: str, pages: set[str]) -> None:
    first = small_assistant.search(question)[0].chunk
    assert set(first.pages) <= pages
    assert first.language == ("en" if question.isascii() else "zh")


@pytest.mark.parametrize("k", [1, 2, 5, 10])
def test_k_hits_are_returned_best_first(small_assistant: Assistant, k: int) -> None:
    hits = small_assistant.search("Lantern Bridge", k)
    assert len(hits) == k
    assert len({hit.chunk.id for hit in hits}) == k
    assert all(math.isfinite(hit.score) for hit in hits)


def test_passages_show_each_page_once_before_any_page_again(small_assistant: Assistant) -> None:
    question = "How many passengers do the ferries carry a day?"
    shown, ranked = small_assistant.passages(question, 10), small_assistant.search(question, 10)
    assert {passage.text for passage in shown} == {hit.chunk.text for hit in ranked}
    assert shown[0].text == ranked[0].chunk.text
    pages = [passage.page for passage in shown]
    of_one_page = len(set(pages))
    assert of_one_page < len(pages)
    assert len(set(pages[:of_one_page])) == of_one_page
    by_rank = {hit.chunk.text: rank for rank, hit in enumerate(ranked)}
    for part in (shown[:of_one_page], shown[of_one_page:]):
        assert [by_rank[passage.text] for passage in part] == sorted(by_rank[passage.text] for passage in part)


def test_passages_without_pages_stay_in_their_order(tmp_path: Path) -> None:
    corpus = tmp_path / "unpaged.md"
    corpus.write_text("\n\n".join(f"## Mill {name}\n\nMill {name} grinds {name} oats." for name in ("Ash", "Birch", "Cedar")), "utf-8")
    using = Settings(corpus=corpus, index=tmp_path / "index", _env_file=None)
    build_index(using)
    unpaged = Assistant.open(using=using)
    ranked = [hit.chunk.text for hit in unpaged.search("Who grinds cedar oats?", 3)]
    assert [passage.text for passage in unpaged.passages("Who grinds cedar oats?", 3)] == ranked


def test_more_hits_than_chunks_gives_every_chunk_once(elmsea: Assistant) -> None:
    hits = elmsea.search("Elmsea", 1000)
    assert sorted(hit.chunk.id for hit in hits) == [chunk.id for chunk in elmsea.index.chunks]


def test_fewer_hits_are_the_first_of_more(small_assistant: Assistant) -> None:
    few, many = small_assistant.search("wind power of Yunhe", 3), small_assistant.search("wind power of Yunhe", 10)
    assert [hit.chunk.id for hit in few] == [hit.chunk.id for hit in many][:3]


def test_a_hit_has_a_similarity_for_each_statement(small_assistant: Assistant) -> None:
    for hit in small_assistant.search("population"):
        assert len(hit.similarities) == len(hit.chunk.statements)
        assert all(-1.001 <= similarity <= 1.001 for similarity in hit.similarities)


@pytest.mark.parametrize("query", ["", " ", "\n", "？！", "...", "\u200b", "\0"])
def test_an_empty_query_is_an_error_with_one_line(small_assistant: Assistant, query: str) -> None:
    with pytest.raises(QuestionError) as error:
        small_assistant.search(query)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "query",
    [
        "the of and",
        "的了吗",
        "zzqx vlorp",
        "9999999999",
        "😀 ferry",
        "a",
        "ferry " * 300,
        "[^1] <sup>2</sup> | --- |",
        "$(rm -rf /) '; --",
        "\udcff ferry",
    ],
)
def test_any_other_query_gets_ranked_hits(small_assistant: Assistant, query: str) -> None:
    hits = small_assistant.search(query)
    assert len(hits) == 10
    assert all(math.isfinite(hit.score) for hit in hits)


def test_threads_share_a_retriever(small_assistant: Assistant) -> None:
    queries = ["ferries of Port Maren", "珊瑚基金", "風力發電", "Gannet loan", "Lantern Bridge"] * 4
    alone = [[hit.chunk.id for hit in small_assistant.search(query)] for query in queries]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda query: [hit.chunk.id for hit in small_assistant.search(query)], queries))
    assert together == alone


# --- As LangChain knows retrievers


def test_the_langchain_retriever_returns_documents_with_what_a_citation_needs(small_assistant: Assistant, small_corpus: Path) -> None:
    retriever = small_assistant.as_retriever(k=4)
    assert isinstance(retriever, BaseRetriever)
    found = retriever.invoke("How long is Lantern Bridge?")
    assert len(found) == 4
    assert all(isinstance(document, Document) for document in found)
    first = found[0]
    assert "11.3 km" in first.page_content
    assert first.metadata["document"] == "lantern-bay"
    assert first.metadata["pages"] == ["6"]
    assert first.metadata["language"] == "en"
    assert first.metadata["notes"] == [4, 5]
    assert first.metadata["section"][-1] == "Transport"
    assert isinstance(first.metadata["score"], float)
    start, end = first.metadata["span"]
    assert "11.3 km long" in (small_corpus / first.metadata["source"]).read_text("utf-8")[start:end]


def test_the_langchain_retriever_ranks_as_the_assistant_does(small_assistant: Assistant) -> None:
    for question in ("How many people live in Lantern Bay?", "珊瑚基金批出幾多個項目？", "Which cities make up Lantern Bay?", "Gannet"):
        hits = small_assistant.search(question, 5)
        found = small_assistant.as_retriever(k=5).invoke(question)
        assert [document.page_content for document in found] == [hit.chunk.text for hit in hits]


def test_the_metadata_are_plain_data(small_assistant: Assistant) -> None:
    """LangChain's stores and tracers serialise them."""
    for document in small_assistant.as_retriever().invoke("渡轮"):
        assert json.loads(json.dumps(document.metadata, ensure_ascii=False)) == document.metadata


def test_the_langchain_retriever_works_in_batches_and_asynchronously(small_assistant: Assistant) -> None:
    retriever = small_assistant.as_retriever(k=2)
    questions = ["ferries of Port Maren", "风力发电"]
    alone = [retriever.invoke(question) for question in questions]
    assert retriever.batch(questions) == alone
    assert asyncio.run(retriever.ainvoke(questions[0])) == alone[0]


def test_the_langchain_retriever_refuses_an_empty_query_as_the_assistant_does(small_assistant: Assistant) -> None:
    with pytest.raises(QuestionError):
        small_assistant.as_retriever().invoke("  ")
