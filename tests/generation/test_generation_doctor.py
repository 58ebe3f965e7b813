"""`gbaqa doctor` and the modes of `gbaqa ask`, as a person meets them."""

import json
import os
import subprocess
import sys

import pytest

from conftest import ScriptedModel
from gbaqa.assistant import Assistant
from gbaqa.cli import doctor
from gbaqa.config import Settings

KEY = "sk-verysecret-0123456789"


def gbaqa(settings: Settings, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from gbaqa.cli import run; run()", *arguments]
    places = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    return subprocess.run(
        [*command, *places], env={**os.environ, **environment}, cwd=settings.corpus, capture_output=True, text=True, check=False
    )


def test_it_says_what_is_configured_and_indexed(small_settings: Settings, small_assistant: Assistant) -> None:
    ran = gbaqa(small_settings, "doctor")
    assert ran.returncode == 0, ran.stderr
    assert "up to date" in ran.stdout
    assert "lantern-bay" in ran.stdout
    assert "none is set" in ran.stdout
    assert "All is in order" in ran.stdout


def test_it_says_what_is_amiss_and_no_key(small_settings: Settings, small_assistant: Assistant) -> None:
    address = f"http://user:{KEY}@127.0.0.1:9/v1"
    ran = gbaqa(small_settings, "doctor", "--json", GBAQA_LLM="openai:m", GBAQA_LLM_BASE_URL=address, OPENAI_API_KEY=KEY)
    assert ran.returncode == 1
    assert KEY not in ran.stdout + ran.stderr
    findings = json.loads(ran.stdout)
    assert [found["ok"] for found in findings if found["about"] == "Language model"] == [None, False]
    assert "http://127.0.0.1:9, key in OPENAI_API_KEY" in ran.stdout
    assert "cannot be reached" in ran.stdout
    assert "start its server" in ran.stdout


@pytest.mark.parametrize(
    ("reply", "is_well", "says"),
    [
        ("ready", True, "it answers"),
        ("", False, "GBAQA_LLM_ANSWER_TOKENS"),
        (TimeoutError(), False, "GBAQA_LLM_TIMEOUT"),
        (type("NotFound", (Exception,), {"status_code": 404})(), False, "GBAQA_LLM=openai:m"),
        (type("Refused", (Exception,), {"status_code": 401})(), False, "OPENAI_API_KEY"),
        (type("Limited", (Exception,), {"status_code": 429})(), False, "try again later"),
    ],
)
def test_it_says_what_to_do_about_a_model(
    small_settings: Settings, monkeypatch: pytest.MonkeyPatch, reply: str | Exception, is_well: bool, says: str
) -> None:
    monkeypatch.setattr("gbaqa.generation.model.open_model", lambda settings: ScriptedModel(replies=[reply], prompts=[]))
    found = list(doctor._model(small_settings.model_copy(update={"llm": "openai:m", "llm_base_url": "http://127.0.0.1:9/v1"})))
    assert found[-1].is_well == is_well
    assert says in found[-1].says


def test_an_index_that_does_not_fit_is_amiss(settings_copy: Settings) -> None:
    (settings_copy.corpus / "lantern-bay.md").write_text("# Another text\n\nIt says little.\n", "utf-8")
    ran = gbaqa(settings_copy, "doctor")
    assert ran.returncode == 1
    assert "gbaqa index" in ran.stdout


def test_the_model_is_asked_only_where_it_is_wanted(small_settings: Settings, small_assistant: Assistant) -> None:
    question = "How many passengers do the ferries of Port Maren carry a day?"
    unset = gbaqa(small_settings, "ask", question, "--mode", "generative")
    assert unset.returncode == 2
    assert "GBAQA_LLM" in unset.stderr
    model = {"GBAQA_LLM": "openai:m", "GBAQA_LLM_BASE_URL": "http://127.0.0.1:9/v1", "GBAQA_LLM_RETRIES": "0"}
    without = gbaqa(small_settings, "ask", question, "--mode", "extractive", **model)
    assert "94,000" in without.stdout
    assert "language model" not in without.stdout
    failed = gbaqa(small_settings, "ask", question, **model)
    assert "94,000" in failed.stdout
    assert "The language model cannot be reached" in failed.stdout
