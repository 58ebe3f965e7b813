"""Thumbs: kept only where somebody wants them, checked, listed and deleted."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from gbaqa.cli import app as command
from gbaqa.config import Settings
from gbaqa.errors import FeedbackError
from gbaqa.web import feedback
from gbaqa.web.api.problems import install_problems
from gbaqa.web.ratings import Ratings


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "feedback.sqlite"


@pytest.fixture
def client(file: Path) -> Iterator[TestClient]:
    app = FastAPI()
    app.include_router(feedback.router(Ratings(file)))
    with TestClient(app) as client:
        yield client


def test_none_is_kept_unless_a_file_is_named() -> None:
    assert Settings(_env_file=None).feedback is None


def test_a_thumb_with_its_reason_is_kept(client: TestClient, file: Path) -> None:
    body = {"rating": "down", "question": "How far?", "answer": "Far.[1]", "reason": "source", "remark": "p. 4 says near"}
    assert client.post("/api/feedback", json=body).status_code == 204
    (rating,) = Ratings(file).all()
    assert (rating.thumb, rating.reason, rating.remark, rating.question) == ("down", "source", "p. 4 says near", "How far?")


@pytest.mark.parametrize(
    "change",
    [
        {"rating": "sideways"},
        {"reason": "because"},
        {"question": ""},
        {"question": "x" * 3000},
        {"remark": "x" * 2000},
        {"answer": "x" * 30_000},
    ],
)
def test_what_is_no_rating_is_refused(client: TestClient, file: Path, change: dict[str, str]) -> None:
    assert client.post("/api/feedback", json={"rating": "up", "question": "q", "answer": "a"} | change).status_code == 422
    assert Ratings(file).all() == []


def test_ratings_are_deleted_one_by_one_or_all(file: Path) -> None:
    ratings = Ratings(file)
    for question in "abc":
        ratings.add("up", question, "yes")
    assert ratings.delete([2, 9]) == 1
    assert [rating.question for rating in ratings.all()] == ["a", "c"]
    assert ratings.delete() == 2
    assert b"yes" not in file.read_bytes()


def test_a_file_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    broken = tmp_path / "no.sqlite"
    broken.write_bytes(b"this is no database, whatever it is called" * 100)
    with pytest.raises(FeedbackError, match="GBAQA_FEEDBACK"):
        Ratings(broken).all()
    with pytest.raises(FeedbackError, match="GBAQA_FEEDBACK"):
        Ratings(tmp_path / "absent" / "no.sqlite").add("up", "q", "a")


def test_a_reader_is_not_told_of_the_servers_files(tmp_path: Path) -> None:
    app = FastAPI()
    install_problems(app)
    app.include_router(feedback.router(Ratings(tmp_path / "absent" / "no.sqlite")))
    with TestClient(app) as client:
        response = client.post("/api/feedback", json={"rating": "up", "question": "q", "answer": "a"})
    assert response.status_code == 500
    assert "sqlite" not in response.text


def run(*arguments: str) -> str:
    result = CliRunner().invoke(command, ["feedback", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_command_line_lists_and_deletes(file: Path) -> None:
    Ratings(file).add("down", "=1+1", "no", "wrong", "really")
    assert json.loads(run("list", "--file", str(file), "--format", "json"))[0]["remark"] == "really"
    assert "'=1+1" in run("list", "--file", str(file), "--format", "csv")
    assert "really" in run("list", "--file", str(file))
    assert "1 deleted" in run("delete", "1", "--file", str(file))
    assert json.loads(run("list", "--file", str(file), "--format", "json")) == []


def test_the_command_line_says_what_is_missing(file: Path) -> None:
    with pytest.raises(FeedbackError, match="--all"):
        CliRunner().invoke(command, ["feedback", "delete", "--file", str(file)], catch_exceptions=False)
    with pytest.raises(FeedbackError, match="GBAQA_FEEDBACK"):
        CliRunner().invoke(command, ["feedback", "list"], catch_exceptions=False)
