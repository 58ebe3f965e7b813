"""Answers worded by a model, from the first item of the stream to the last, through the Assistant and through LangChain."""

import asyncio
import subprocess
import sys
from itertools import pairwise
from typing import Any

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.runnables import RunnableLambda

from conftest import Worded, marks_match
from gbaqa.answering.answer import Answer
from gbaqa.answering.phrases import OTHERWISE
from gbaqa.assistant import Assistant, Turn
from gbaqa.generation.gathering import Gatherer
from gbaqa.generation.material import Asked
from gbaqa.generation.queries import parts_of
from gbaqa.retrieval.question import analyse

QUESTION = "How many passengers do the ferries of Port Maren carry a day, and how long does the crossing to Yunhe take?"
FERRIES = "The ferries of Port Maren carry 94,000 passengers a day on 26 routes[1]."
CROSSING = "The crossing from Port Maren to Yunhe takes 35 minutes[2]."
WRONG = "The ferries of Port Maren carry 95,000 passengers a day[1]."


async def items_of(assistant: Assistant, question: str) -> list[Answer]:
    return [item async for item in assistant.astream(question)]


def test_what_the_model_writes_and_the_document_supports_is_the_answer(worded: Worded) -> None:
    assistant, _ = worded(f"{FERRIES} {CROSSING}")
    answer = assistant.ask(QUESTION)
    assert (answer.mode, answer.status, answer.notice) == ("generative", "answered", None)
    said = (
        "The ferries of Port Maren carry 94,000 passengers a day on 26 routes.[1] "
        "The crossing from Port Maren to Yunhe takes 35 minutes.[2]"
    )
    assert answer.answer == said
    assert [citation.page for citation in answer.citations] == ["6", "6"]
    assert answer.citations[0].footnotes[0].text == "Port Maren Maritime Authority"
    assert answer.citations[0].twin is not None
    assert answer.citations[0].twin.page == "5"
    assert answer.generation is not None
    assert (answer.generation.written, answer.generation.kept, answer.generation.calls) == (2, 2, 1)
    assert answer.generation.cost is not None


def test_an_answer_that_names_a_source_besides_stays_as_it_is(worded: Worded, small_assistant: Assistant) -> None:
    asked = "How many passengers do the ferries of Port Maren carry a day, and which source is that from?"
    extractive = small_assistant.ask(asked)
    assert "Port Maren Maritime Authority" in extractive.answer
    assert "94,000" in extractive.answer
    assistant, _ = worded(FERRIES)
    answer = assistant.ask(asked)
    assert (answer.answer, answer.citations, answer.mode) == (extractive.answer, extractive.citations, "extractive")


@pytest.mark.parametrize("piece", [1, 9, 1000])
def test_a_stream_shows_the_passages_first_and_never_takes_anything_back(worded: Worded, piece: int) -> None:
    assistant, _ = worded(f"{WRONG} {FERRIES} The moon is far. {CROSSING}", WRONG, piece=piece)
    items = asyncio.run(items_of(assistant, QUESTION))
    assert items[0].answer == ""
    assert items[0].passages
    for before, after in pairwise(items):
        assert after.answer.startswith(before.answer)
        assert after.citations[: len(before.citations)] == before.citations
    assert all(marks_match(item) for item in items)
    assert all("95,000" not in item.answer and "moon" not in item.answer for item in items)
    assert len({item.answer for item in items}) >= 3


def test_a_sentence_that_fails_is_rewritten_once(worded: Worded) -> None:
    assistant, model = worded(WRONG, f"{FERRIES} {CROSSING}")
    answer = assistant.ask(QUESTION)
    assert "94,000" in answer.answer
    assert answer.mode == "generative"
    assert len(model.prompts) == 2
    assert "95,000" in model.prompts[1]
    assert "figure" in model.prompts[1]
    assistant, model = worded(WRONG)
    assert assistant.ask(QUESTION).mode == "extractive"
    assert len(model.prompts) == 2


def test_too_little_left_is_the_extractive_answer_and_says_so(worded: Worded, small_assistant: Assistant) -> None:
    assistant, _ = worded("The moon is made of cheese[1].")
    answer, extractive = assistant.ask(QUESTION), small_assistant.ask(QUESTION)
    assert (answer.answer, answer.citations, answer.mode) == (extractive.answer, extractive.citations, "extractive")
    assert answer.notice == "What the language model wrote is not supported by the paper, so this answer is in the paper's own words."


def test_what_the_model_leaves_out_is_added_in_the_documents_words(worded: Worded, small_assistant: Assistant) -> None:
    question = "What are the three pillar industries of Yunhe?"
    assistant, _ = worded("Wind power[3].")
    answer = assistant.ask(question)
    for industry in ("kite making", "wind power", "marine logistics"):
        assert industry in answer.answer.lower()
    assert answer.generation is not None
    assert answer.generation.added > 0
    assert marks_match(answer)


def test_a_repeated_sentence_is_said_once_and_a_circle_ends(worded: Worded) -> None:
    assistant, _ = worded(f"{FERRIES} " * 50)
    answer = assistant.ask(QUESTION)
    assert answer.answer.count("94,000") == 1
    assert answer.generation is not None
    assert answer.generation.written < 10


def test_a_refusal_of_the_document_is_not_put_to_the_model(worded: Worded, small_assistant: Assistant) -> None:
    question = "What was the GDP of Yunhe in 1999?"
    assert small_assistant.ask(question).status == "refused"
    assistant, model = worded("The GDP of Yunhe was RMB291.5 billion in 1999[1].")
    answer = assistant.ask(question)
    assert (answer.status, answer.generation, model.prompts) == ("refused", None, [])


@pytest.mark.parametrize("follow_up", ["And in 1999?", "What was it in 1999?"])
def test_a_follow_up_that_the_document_does_not_answer_is_not_put_to_the_model(
    worded: Worded, small_assistant: Assistant, follow_up: str
) -> None:
    first = "What was the GDP of Yunhe in 2031?"
    turns = [Turn(first, small_assistant.ask(first))]
    assert small_assistant.ask(follow_up, turns).status == "refused"
    assistant, model = worded("The GDP of Yunhe was RMB291.5 billion in 1999[1].")
    assert assistant.ask(follow_up, turns).status == "refused"
    assert model.prompts == []


@pytest.mark.parametrize(
    "question",
    [
        "Which chapter speaks of ferries?",
        "On which page does it speak of the Coral Fund?",
        "珊瑚基金在哪一页？",
        "Why did Yunhe's GDP fall in 2031?",  # it rose
    ],
)
def test_what_code_says_beyond_the_statements_is_not_put_to_the_model(worded: Worded, small_assistant: Assistant, question: str) -> None:
    assistant, model = worded("The ferries of Port Maren carry 94,000 passengers a day on 26 routes[1].")
    extractive, answer = small_assistant.ask(question), assistant.ask(question)
    assert (answer.answer, answer.citations) == (extractive.answer, extractive.citations)
    assert model.prompts == []


def test_a_correction_of_what_a_question_takes_for_granted_is_not_put_to_the_model(small_assistant: Assistant) -> None:
    found = small_assistant.ask(QUESTION)
    corrected = found.model_copy(update={"answer": f"{OTHERWISE['en']} {found.answer}"})
    gatherer = Gatherer(small_assistant.index, small_assistant.retriever, small_assistant._ranker, 1200)
    for base, is_asked in ((found, True), (corrected, False)):
        material = gatherer.retrieve(gatherer.condense(Asked(QUESTION, (), base)))
        assert (material.question is not None) == is_asked


def test_each_part_of_a_question_is_answered_though_the_model_answers_one(worded: Worded) -> None:
    assistant, _ = worded(FERRIES)
    answer = assistant.ask(QUESTION)
    assert "94,000" in answer.answer
    assert "35 minutes" in answer.answer
    assert answer.generation is not None
    assert answer.generation.added >= 1
    assert marks_match(answer)


def test_a_part_that_the_document_does_not_answer_stays_unanswered(worded: Worded) -> None:
    assistant, _ = worded(f"{FERRIES} The ferries of Port Maren employ 3,400 sailors[1].")
    answer = assistant.ask("How many passengers do the ferries of Port Maren carry a day, and how many sailors do they employ?")
    assert "3,400" not in answer.answer
    assert "94,000" in answer.answer


@pytest.mark.parametrize("request_", ["thanks", "Where does that come from?", "Which page?", "In Chinese, please", "Tell me more"])
def test_what_is_asked_about_the_last_answer_is_not_put_to_the_model(worded: Worded, small_assistant: Assistant, request_: str) -> None:
    turns = [Turn(QUESTION, small_assistant.ask(QUESTION))]
    assistant, model = worded("Whatever.")
    assert assistant.ask(request_, turns).answer == small_assistant.ask(request_, turns).answer
    assert model.prompts == []


def test_a_refusal_of_the_model_is_weighed_against_the_evidence(worded: Worded) -> None:
    assistant, _ = worded("NOT STATED")
    answer = assistant.ask(QUESTION)
    assert answer.status == "answered"
    assert "94,000" in answer.answer
    assert answer.generation is not None
    assert answer.generation.fallback == "declined"


def test_traditional_characters_are_answered_in_traditional(worded: Worded) -> None:
    assistant, _ = worded("马伦港渡轮每天运送9.4万名乘客[1]。")
    answer = assistant.ask("馬倫港渡輪每日運送幾多乘客？")
    assert answer.answer.startswith("馬倫港渡輪每天運送9.4萬名乘客。[1]")


def test_a_conversation_is_condensed_before_the_model_is_asked(worded: Worded, small_assistant: Assistant) -> None:
    assistant, model = worded("The land area of Yunhe is 846 square kilometers[1].")
    first = "What is the population of Yunhe?"
    answer = assistant.ask("And its land area?", [Turn(first, small_assistant.ask(first))])
    assert answer.understood_as is not None
    assert "846" in answer.answer
    assert not model.prompts or "Yunhe" in model.prompts[0].splitlines()[-1]


def test_the_prompt_holds_numbered_evidence_within_its_budget(worded: Worded) -> None:
    assistant, model = worded("NOT STATED")
    assistant.ask(QUESTION)
    lines = [line for line in model.prompts[0].splitlines() if line.startswith("[")]
    assert [line.partition("]")[0] for line in lines] == [f"[{number}" for number in range(1, len(lines) + 1)]
    assert 2 <= len(lines) <= 12


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (QUESTION, 2),
        ("2030年珊瑚基金批出多少个项目，资助总额是多少？", 2),
        ("What is the population of Yunhe?", 0),
    ],
)
def test_each_part_of_a_question_is_looked_up(question: str, parts: int) -> None:
    assert len(parts_of(analyse(question))) == parts


class Recorder(BaseCallbackHandler):
    """Notes the names of runs as they start."""

    def __init__(self) -> None:
        self.started: list[str] = []

    def on_chain_start(self, serialized: Any, inputs: Any, **kwargs: Any) -> None:
        self.started.append(kwargs.get("name") or "")

    def on_chat_model_start(self, serialized: Any, messages: Any, **kwargs: Any) -> None:
        self.started.append("model")


def test_the_runnable_is_one_that_langchain_users_know(worded: Worded) -> None:
    assistant, _ = worded(f"{FERRIES} {CROSSING}")
    recorder = Recorder()
    runnable = assistant.as_runnable()
    answer = runnable.invoke(QUESTION, config={"callbacks": [recorder], "tags": ["mine"]})
    assert answer.mode == "generative"
    assert [name for name in recorder.started if name in ("condense", "retrieve", "write", "model")] == [
        "condense",
        "retrieve",
        "write",
        "model",
    ]
    streamed = list(runnable.stream(QUESTION))
    assert len(streamed) >= 3
    assert streamed[-1].answer == answer.answer
    length = (runnable | RunnableLambda(lambda found: len(found.citations))).invoke(QUESTION)
    assert length == len(answer.citations)
    assert [found.answer for found in runnable.batch([QUESTION, QUESTION])] == [answer.answer] * 2

    async def use() -> tuple[list[Answer], list[str]]:
        items = [item async for item in runnable.astream(QUESTION)]
        names = [
            event["name"] async for event in runnable.astream_events(QUESTION, version="v2") if event["event"] == "on_chat_model_stream"
        ]
        return items, names

    items, names = asyncio.run(use())
    assert items[-1].answer == answer.answer
    assert names


def test_the_retriever_is_a_part_for_other_chains(worded: Worded) -> None:
    assistant, _ = worded("")
    documents = assistant.as_retriever(3).invoke("ferries of Port Maren")
    assert len(documents) == 3
    assert any("6" in document.metadata["pages"] for document in documents)


def test_without_a_model_nothing_of_it_is_imported() -> None:
    code = (
        "import sys, gbaqa.assistant, gbaqa.cli\n"
        "print([name for name in sys.modules if name.startswith(('gbaqa.generation', 'langchain.', 'openai', 'pybreaker'))])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
