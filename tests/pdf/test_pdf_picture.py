"""Pictures of pages with the quote marked: where the marker is, on the command line and on the web."""

import io
from pathlib import Path

import pytest
from PIL import Image
from small_pdfs import HEIGHT, filler, footer, lines, marked, write_pdf
from typer.testing import CliRunner

from gbaqa.assistant import Assistant
from gbaqa.cli import app
from gbaqa.config import Settings
from gbaqa.corpus.load import load_corpus
from gbaqa.corpus.pdf.picture import page_picture
from gbaqa.errors import CorpusError
from gbaqa.index.store import build_index

QUOTE = "A crossing costs 14 crowns, and boats are free."


def page(number: int) -> object:
    def draw(canvas: object) -> None:
        lines(canvas, filler(f"sea {number}"))  # type: ignore[arg-type]
        marked(canvas, ["A crossing costs 14 crowns", "1", ", and boats are"], y=500)  # type: ignore[arg-type]
        marked(canvas, ["free. Kites fly."], y=487)  # type: ignore[arg-type]
        footer(canvas, str(number))  # type: ignore[arg-type]

    return draw


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("picture")
    write_pdf(folder / "corpus" / "ferry.pdf", [page(n) for n in (11, 12, 13)])  # type: ignore[misc]
    (folder / "corpus" / "text.md").write_text("<!-- page: 1 en -->\n\nFerries sail.\n", "utf-8")
    return folder / "corpus"


def marked_rows(png: bytes, scale: float) -> set[int]:
    """Heights, in points from the bottom, at which the marker's yellow is."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    yellow = [index for index, (red, _, blue) in enumerate(picture.get_flattened_data()) if red > 240 and blue < 150]
    return {round(HEIGHT - index // picture.width / scale) for index in yellow}


def test_a_quote_is_marked_where_it_stands_over_lines_and_marks(corpus: Path) -> None:
    document = next(one for one in load_corpus(corpus) if one.id == "ferry")
    rows = marked_rows(page_picture(document, "12", [QUOTE], 1.0), 1.0)
    assert {500, 490} <= rows
    assert rows <= set(range(480, 515))
    assert marked_rows(page_picture(document, "12", [], 1.0), 1.0) == set()
    assert marked_rows(page_picture(document, "12", ["words that are nowhere on it at all"], 1.0), 1.0) == set()


def test_what_cannot_be_drawn_says_why(corpus: Path, tmp_path: Path) -> None:
    ferry, text = load_corpus(corpus)[::-1] if load_corpus(corpus)[0].id == "text" else load_corpus(corpus)
    with pytest.raises(CorpusError, match="no page 99"):
        page_picture(ferry, "99")
    with pytest.raises(CorpusError, match="read from text"):
        page_picture(text, "1")
    moved = write_pdf(tmp_path / "moved.pdf", [page(1)])  # type: ignore[list-item]
    (document,) = load_corpus(moved)
    moved.write_bytes(moved.read_bytes() + b"\n")
    with pytest.raises(CorpusError, match="gone or changed"):
        page_picture(document, document.pages[0].label)


@pytest.fixture(scope="module")
def settings(corpus: Path) -> Settings:
    chosen = Settings(corpus=corpus, index=corpus.parent / "index", _env_file=None)
    build_index(chosen)
    return chosen


def test_the_command_writes_a_picture(settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "p12.png"
    options = ["--corpus", str(settings.corpus), "--index", str(settings.index)]
    result = CliRunner().invoke(app, ["page", "12", "--quote", QUOTE, "--out", str(out), *options])
    assert result.exit_code == 0, result.output
    assert marked_rows(out.read_bytes(), 2.0)
    assert [path.name for path in tmp_path.iterdir()] == ["p12.png"]
    missing = CliRunner().invoke(app, ["page", "77", *options])
    assert isinstance(missing.exception, CorpusError)


def test_an_answer_cites_document_page_and_sheet_and_its_picture_is_served(settings: Settings) -> None:
    from fastapi import FastAPI
    from fastapi.testclient import TestClient

    from gbaqa.web import page_image
    from gbaqa.web.api.problems import install_problems

    assistant = Assistant.open(using=settings)
    answer = assistant.ask("How much does a crossing cost?")
    cited = answer.citations[0]
    assert (cited.document, cited.page_certain) == ("ferry", True)
    assert cited.sheet == int(cited.page or 0) - 10
    app = FastAPI()
    install_problems(app)
    app.include_router(page_image.router(assistant))
    client = TestClient(app)
    reply = client.get(f"/pages/ferry/{cited.page}.png", params={"q": cited.quote})
    assert reply.headers["content-type"] == "image/png"
    assert marked_rows(reply.content, 2.0)
    assert client.get("/pages/ferry/99.png").status_code == 404
    assert client.get("/pages/text/1.png").status_code == 404
