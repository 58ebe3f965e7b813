"""Exports over HTTP and from the command line: the right kind of file, its name, and one line where there is nothing to export."""

import io
import json
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.cli import run
from gbaqa.config import Settings
from gbaqa.web.api import exports
from gbaqa.web.api.capacity import Capacity
from gbaqa.web.api.metrics import Metrics
from gbaqa.web.api.problems import install_problems
from gbaqa.web.api.service import Service

_QUESTION = "How many passengers did the Heron Straits ferries carry in 2031?"
_TRADITIONAL = "白鷺海峽渡輪在2031年的載客量是多少？"


@pytest.fixture(scope="module")
def client(ferries: Assistant) -> Iterator[TestClient]:
    app = FastAPI()
    install_problems(app)
    capacity = Capacity(2, 8)
    app.include_router(exports.router(Service(ferries, capacity, Metrics(ferries, capacity))))
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def answered(ferries: Assistant) -> list[dict[str, Any]]:
    return [ferries.ask(question).model_dump(mode="json") for question in (_QUESTION, _TRADITIONAL)]


@pytest.mark.parametrize(
    ("path", "how", "media_type", "name"),
    [
        ("citations", "footnote", "text/plain; charset=utf-8", "gbaqa-citations.txt"),
        ("citations", "apa", "text/plain; charset=utf-8", "gbaqa-citations.txt"),
        ("citations", "bibtex", "application/x-bibtex; charset=utf-8", "gbaqa-citations.bib"),
        ("citations", "ris", "application/x-research-info-systems; charset=utf-8", "gbaqa-citations.ris"),
        ("citations", "csl-json", "application/vnd.citationstyles.csl+json; charset=utf-8", "gbaqa-citations.json"),
        ("conversation", "markdown", "text/markdown; charset=utf-8", "gbaqa-conversation.md"),
        ("conversation", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "gbaqa-conversation.docx"),
        ("facts", "csv", "text/csv; charset=utf-8", "gbaqa-facts.csv"),
        ("facts", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "gbaqa-facts.xlsx"),
    ],
)
def test_an_export_is_a_file_of_its_kind(
    client: TestClient, answered: list[dict[str, Any]], path: str, how: str, media_type: str, name: str
) -> None:
    response = client.post(f"/api/{path}/export", json={"answers": answered, "format": how})
    assert response.status_code == 200
    assert response.headers["content-type"] == media_type
    assert response.headers["content-disposition"] == f'attachment; filename="{name}"'
    if how in ("docx", "xlsx"):
        assert zipfile.ZipFile(io.BytesIO(response.content)).testzip() is None
    else:
        assert response.content.decode().strip()


def test_one_citation_is_exported_in_the_language_of_its_page(client: TestClient, answered: list[dict[str, Any]]) -> None:
    english, chinese = (client.post("/api/citations/export", json={"citations": [one["citations"][0]]}).text for one in answered)
    assert english.startswith("1. ")
    assert "(n.d.), 3 (note 1: Heron Straits Harbour Office, https://harbour.heron.example/passengers?year=2031&lang=en)." in english
    assert "[R]. 4（注1：白鹭海峡港务处，https://harbour.heron.example/passengers?year=2031&lang=zh）." in chinese


def test_the_language_asked_for_goes_before_the_answers(client: TestClient, answered: list[dict[str, Any]]) -> None:
    response = client.post("/api/facts/export", json={"answers": answered, "language": "zh-Hant"})
    assert response.text.lstrip("\ufeff").startswith("數值,單位")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("citations", {}),
        ("citations", {"answers": [], "citations": []}),
        ("facts", {"answers": []}),
        ("conversation", {"answers": []}),
        ("citations", {"citations": [{"mark": 1}]}),
        ("citations", {"citations": "all"}),
    ],
)
def test_nothing_to_export_is_told_as_a_problem(client: TestClient, path: str, body: dict[str, Any]) -> None:
    response = client.post(f"/api/{path}/export", json=body)
    assert response.status_code == 422
    assert response.headers["content-type"] == "application/problem+json"
    assert "\n" not in response.json()["detail"]


@pytest.mark.parametrize("path", ["citations", "conversation", "facts"])
def test_works_without_end_are_refused(client: TestClient, answered: list[dict[str, Any]], path: str) -> None:
    one = answered[0] | {"citations": [answered[0]["citations"][0] | {"document": f"d{number}"} for number in range(51)]}
    response = client.post(f"/api/{path}/export", json={"answers": [one]})
    assert (response.status_code, "more than 50 documents" in response.json()["detail"]) == (422, True)


def test_a_format_that_is_none_is_told(client: TestClient, answered: list[dict[str, Any]]) -> None:
    response = client.post("/api/citations/export", json={"answers": answered, "format": "mla"})
    assert response.status_code == 422
    assert "body.format" in response.json()["detail"]


def test_a_conversation_without_citations_is_still_a_conversation(client: TestClient) -> None:
    refused = {"question": "Why?", "language": "en", "status": "refused", "answer": "It does not say.", "confidence": 0.9}
    response = client.post("/api/conversation/export", json={"answers": [refused]})
    assert response.status_code == 200
    assert "## References" not in response.text
    assert "nothing is cited" in client.post("/api/citations/export", json={"answers": [refused]}).json()["detail"]


# From the command line


@pytest.fixture
def export(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ferry_settings: Settings, ferries: Assistant) -> Any:
    """Runs `gbaqa export` in this process; gives its exit code, what it wrote, and its message."""

    def command(*arguments: str | Path, stdin: bytes = b"") -> tuple[int, str, str]:
        paths = ("--corpus", str(ferry_settings.corpus), "--index", str(ferry_settings.index))
        monkeypatch.setattr(sys, "argv", ["gbaqa", "export", *map(str, arguments), *paths])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = 0
        try:
            run()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
        return code, *capsys.readouterr()

    return command


def test_questions_are_asked_as_a_conversation_and_exported(export: Any) -> None:
    code, out, _ = export(_QUESTION, "source?", "--format", "markdown")
    assert code == 0
    assert out.count("\n## ") == 3
    assert "[^2]: " in out


def test_saved_answers_are_exported(export: Any, answered: list[dict[str, Any]], tmp_path: Path) -> None:
    saved = tmp_path / "answers.jsonl"
    saved.write_text("\n".join(json.dumps(one) for one in answered), "utf-8")
    code, out, _ = export("--answers", saved, "--format", "csl-json")
    assert (code, json.loads(out)[0]["note"]) == (0, "p. 3, p. 4.")
    printed = json.dumps(answered[0], indent=2).encode()
    target = tmp_path / "out" / "facts.xlsx"
    code, out, _ = export("--answers", "-", "--format", "xlsx", "--output", target, stdin=printed)
    assert (code, out) == (0, f"Wrote {target}.\n")
    assert zipfile.is_zipfile(target)


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        ((), b"", "Give questions, or a file of answers with --answers; one of the two."),
        (("why?", "--answers", "-"), b"{}", "Give questions, or a file of answers with --answers; one of the two."),
        (("--answers", "-"), b"", "standard input: holds no answer; save what"),
        (("--answers", "-"), b"\n{]", "standard input, line 2: not JSON"),
        (("--answers", "-"), b'{"question": 3}', "standard input, line 1: no Answer (question: Input should be a valid string)"),
        (("--answers", "-"), b"\xff", "standard input: not UTF-8 at byte 0"),
        (("--answers", "no-such.json"), b"", "no-such.json: cannot be read (No such file or directory)"),
    ],
)
def test_what_cannot_be_exported_is_told_in_one_line(export: Any, arguments: tuple[str, ...], stdin: bytes, message: str) -> None:
    code, out, err = export(*arguments, stdin=stdin)
    assert (code, out) == (2, "")
    assert err.startswith(f"gbaqa: {message}")
    assert err.count("\n") == 1


@pytest.mark.parametrize("path", ["citations", "conversation", "facts"])
def test_more_text_than_anybody_has_to_export_is_refused(client: TestClient, answered: list[dict[str, Any]], path: str) -> None:
    long = {**answered[0], "answer": "9 ferries. " * 30_000}
    response = client.post(f"/api/{path}/export", json={"answers": [long]})
    assert response.status_code == 422
    assert "export them in parts" in response.json()["detail"]


def test_a_quote_longer_than_any_statement_has_no_table_of_figures(client: TestClient, answered: list[dict[str, Any]]) -> None:
    citation = {**answered[0]["citations"][0], "quote": "9 ferries and " * 200}
    assert client.post("/api/citations/export", json={"citations": [citation]}).status_code == 200
    response = client.post("/api/facts/export", json={"citations": [citation]})
    assert response.status_code == 422
    assert "2500 characters" in response.json()["detail"]
