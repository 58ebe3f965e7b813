"""Anything at all as document, question, request or citation: it is read, or refused in one line, and never breaks anything.

`HYPOTHESIS_MAX_EXAMPLES` (a number) asks for more examples than a usual run has time for.
"""

import contextlib
import csv
import io
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gbaqa.answering.answer import Answer, Citation, Footnote, Twin
from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.corpus.load import fingerprint, load_corpus
from gbaqa.corpus.markdown import read_markdown
from gbaqa.corpus.pagemap import page_markers
from gbaqa.errors import CorpusError, QuestionError
from gbaqa.language.dates import dates
from gbaqa.language.quantities import quantities
from gbaqa.language.script import clean, script_of_question, written_chinese
from gbaqa.language.segment import sentence_spans
from gbaqa.language.words import search_terms
from gbaqa.publishing.citations import export_citations
from gbaqa.publishing.conversation import export_conversation
from gbaqa.publishing.sheets import export_facts
from gbaqa.retrieval.question import LONGEST_QUESTION, analyse
from gbaqa.web.server import create_app

EXAMPLES = int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "40"))
few = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize="HYPOTHESIS_MAX_EXAMPLES" not in os.environ,  # the same examples in each usual run
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.generate, Phase.shrink],
)

TRAPS = [
    "\u202e", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u0000", "\ufffe", "\U000e0041", "\u0301" * 30, "ﷺ", "㍿", "⑴", "½", "²", "٣", "９",
    "\u2028", "\u0085", "\x1b[31m", "\x7f", "İ", "ß", "ſ", "𠮷", "龍", "𝟙", "👩‍👩‍👧", "\r", "\t", "\x0b", "\x1c",
]  # fmt: skip
MARKUP = [
    "# ", "## ", "- ", "| a | b |\n| --- | --- |\n", "[^1]", "[^1]: ", "<sup>1</sup>", "1 ", "<!-- page: 3 zh -->\n", "<table><tr><td>", "</table>",
    "**", "_", "`", "```\n", "![x](y)", "[a](javascript:alert(1))", "<https://a.example/>", "\t", "\\_", "&amp;", "&#x202e;", "12亿元", "3.5%", "2031年",
    "Source: ", "数据来源：", "GDP", "深圳", "Hong Kong", "> ", "---\n", "=1+1", "<script>", "{{7*7}}", "%s", "{0}", "../", "\n\n", "。", ". ",
]  # fmt: skip
pieces = st.one_of(
    st.sampled_from(TRAPS), st.sampled_from(MARKUP), st.text(max_size=12), st.sampled_from(["中文", "words and words", "7", " ", "\n"])
)
texts = st.lists(pieces, max_size=40).map("".join)
written = texts.map(lambda text: text.encode("utf-8", "replace").decode())  # what a file can hold
QUESTIONS = [
    "How many routes does Port Maren have",
    "云禾的人口是多少",
    "雲禾有幾多人",
    "and Yunhe?",
    "source?",
    "compare",
    "page 6",
    "第六頁講乜",
]
questions = st.one_of(texts, st.tuples(st.sampled_from(QUESTIONS), pieces, pieces).map("".join))


# --- Documents


@few
@given(written)
def test_any_text_is_read_as_a_document(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "")
    blocks, notes = read_markdown(text, page_markers(text.split("\n")))
    for block in blocks:
        assert block.text
        assert block.pages
        assert all(0 <= mark.offset <= len(block.text) for mark in block.marks)
        assert [offset for offset, _ in block.pages] == sorted(offset for offset, _ in block.pages)
    assert all(isinstance(note.number, int) for note in notes)


@few
@given(st.binary(max_size=2000) | written.map(str.encode), st.sampled_from(["a.md", "a.txt", "a.pdf"]))
def test_any_bytes_are_a_document_or_an_error_in_one_line(tmp_path_factory: pytest.TempPathFactory, data: bytes, name: str) -> None:
    folder = tmp_path_factory.mktemp("bytes")
    (folder / name).write_bytes(b"%PDF-1.7\n" + data if name.endswith("pdf") else data)
    assert len(fingerprint(folder)) == 64
    with contextlib.suppress(CorpusError) if one_line(lambda: load_corpus(folder / name)) else contextlib.nullcontext():
        load_corpus(folder / name)


@few
@given(written, st.text(st.characters(codec="utf-8"), max_size=60))
def test_any_page_map_fits_or_is_refused_in_one_line(tmp_path_factory: pytest.TempPathFactory, text: str, rows: str) -> None:
    folder = tmp_path_factory.mktemp("map")
    (folder / "a.md").write_bytes(("# A\n\nThe mill of Ashby grinds.\n" + text.replace("\x00", "")).encode())
    (folder / "a.pages.tsv").write_bytes(f"start_line\tpage\tlanguage\tconfidence\n{rows}".encode())
    one_line(lambda: load_corpus(folder / "a.md"))


def one_line(work: Callable[[], object]) -> bool:
    """Whether the work is refused; then in one line."""
    try:
        work()
    except CorpusError as error:
        assert "\n" not in str(error)
        return True
    return False


# --- Questions


@few
@given(questions)
def test_any_question_is_analysed_or_refused_in_one_line(text: str) -> None:
    try:
        question = analyse(text)
    except QuestionError as error:
        assert "\n" not in str(error)
        return
    assert question.normalized == question.normalized.strip()
    assert "\u202e" not in question.normalized
    assert question.script in ("en", "zh-Hans", "zh-Hant")
    assert question.parts >= 1


@few
@given(texts)
def test_any_text_is_cut_and_measured_within_its_bounds(text: str) -> None:
    for found in quantities(text):
        assert found.text in text or found.text in clean(text)
    for start, end in sentence_spans(text):
        assert 0 <= start < end <= len(text)
    dates(text)
    search_terms(text)
    assert clean(clean(text)) == clean(text)
    written_chinese(text)
    script_of_question(text)


@few
@given(st.lists(questions, min_size=1, max_size=4))
def test_any_conversation_is_answered_or_refused(small_assistant: Assistant, asked: list[str]) -> None:
    try:
        answer = small_assistant.converse(asked)
    except QuestionError as error:
        assert "\n" not in str(error)
        return
    marks = {int(mark) for mark in re.findall(r"\[(\d+)\]", answer.answer)} if answer.status == "answered" else set()
    assert {citation.mark for citation in answer.citations} <= marks or answer.status == "refused"
    for citation in answer.citations:
        document = small_assistant.index.documents[citation.document]
        notes = [" ".join(filter(None, [str(note.number), note.text, note.url])) for note in document.notes]
        assert any(citation.quote in block.text for block in document.blocks) or citation.quote in notes
    Answer.model_validate_json(answer.model_dump_json())


# --- Requests


@pytest.fixture(scope="module")
def client(small_assistant: Assistant) -> Iterator[TestClient]:
    with TestClient(create_app(small_assistant, Settings(rate_limit=0, _env_file=None)), raise_server_exceptions=True) as client:
        yield client


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@few
@given(
    st.fixed_dictionaries(
        {}, optional={"question": questions | json_values, "history": st.lists(texts, max_size=12) | json_values, "x": json_values}
    )
)
def test_any_body_is_answered_or_refused_as_the_callers_mistake(client: TestClient, body: object) -> None:
    response = client.post("/api/ask", content=json.dumps(body).encode(), headers={"content-type": "application/json"})
    assert response.status_code in (200, 400, 422)
    response.json()


@few
@given(st.binary(max_size=300))
def test_any_bytes_are_no_server_error(client: TestClient, body: bytes) -> None:
    for path in (
        "/api/ask",
        "/api/ask/stream",
        "/v1/chat/completions",
        "/mcp",
        "/api/citations/export",
        "/api/conversation/export",
        "/api/facts/export",
    ):
        response = client.post(
            path, content=body, headers={"content-type": "application/json", "accept": "application/json, text/event-stream"}
        )
        assert 400 <= response.status_code < 500, (path, response.text)


@few
@given(texts, texts)
def test_any_address_is_no_server_error_and_gives_nothing_from_outside(client: TestClient, name: str, query: str) -> None:
    from urllib.parse import quote

    for path in ("/pages/{}/{}", "/pages/lantern-bay/{}", "/api/pages/{}", "/{}", "/cities.{}"):
        filled = path.format(*[quote(name.encode("utf-8", "replace"), safe="")] * path.count("{}"))
        response = client.get(
            filled,
            params={
                "q": query.encode("utf-8", "replace"),
                "document": name.encode("utf-8", "replace"),
                "sort": query.encode("utf-8", "replace"),
            },
        )
        assert response.status_code < 500, (filled, response.text)


@pytest.mark.parametrize("path", ["..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd", "....//etc/passwd", "%00", "C:%5cwindows"])
@pytest.mark.parametrize(
    "below", ["/pages/lantern-bay/", "/pages/", "/api/pages/", "/gradio_api/file=", "/gradio_api/file/", "/static/", "/assets/", "/svelte/"]
)
def test_no_path_leads_out(client: TestClient, below: str, path: str) -> None:
    response = client.get(below + path)
    assert "root:" not in response.text
    assert response.status_code in (400, 403, 404)


# --- Exports

notes = st.builds(
    Footnote,
    number=st.integers(0, 10**6),
    text=texts,
    url=st.none() | texts | st.sampled_from(["javascript:alert(1)", "https://a.example/x?y=1"]),
    language=st.sampled_from(["en", "zh"]),
)
twins = st.builds(
    Twin,
    page=st.none() | texts,
    language=st.sampled_from(["en", "zh"]),
    quote=texts,
    footnotes=st.lists(notes, max_size=2),
    agrees=st.booleans(),
    disagreement=st.none() | texts,
)
citations = st.builds(
    Citation, mark=st.integers(1, 3), document=texts | st.just("lantern-bay"), title=texts, page=st.none() | texts, sheet=st.none() | st.integers(1, 99), language=st.sampled_from(["en", "zh"]),
    section=st.lists(texts, max_size=2), quote=texts, footnotes=st.lists(notes, max_size=2), twin=st.none() | twins, is_digest=st.booleans(),
)  # fmt: skip
SCRIPTS = st.sampled_from(["en", "zh-Hans", "zh-Hant"])


@few
@given(st.lists(citations, max_size=3), SCRIPTS)
def test_any_citations_are_exported_and_read_back(small_assistant: Assistant, cited: list[Citation], script: str) -> None:
    documents = small_assistant.index.documents
    for style in ("footnotes", "apa", "gbt7714", "chicago", "bibtex", "ris", "csl-json"):
        exported = export_citations(cited, documents, style, script, sources=True)
        text = exported.content.decode()
        if style == "csl-json":
            assert all(item.get("URL", "http").startswith("http") for item in json.loads(text))
        if style == "ris":
            assert all(not line or re.match(r"[A-Z][A-Z\d]  - ", line) for line in text.split("\n"))


@few
@given(st.lists(citations, max_size=3), SCRIPTS)
def test_no_cell_of_any_table_is_a_formula(small_assistant: Assistant, cited: list[Citation], script: str) -> None:
    exported = export_facts(cited, small_assistant.index.documents, "csv", script)
    for row in csv.reader(io.StringIO(exported.content.decode("utf-8-sig"), newline="")):
        assert not [cell for cell in row if re.match(r"\s*[=+\-@＝＋－＠]", cell) and not re.fullmatch(r"-?\d+(\.\d+)?(e[+-]?\d+)?", cell)]
    export_facts(cited, small_assistant.index.documents, "xlsx", script)


@few
@given(questions, texts, st.lists(citations, max_size=3), SCRIPTS, st.sampled_from(["extractive", "generative"]))
def test_any_conversation_is_exported(
    small_assistant: Assistant, asked: str, text: str, cited: list[Citation], script: str, mode: str
) -> None:
    answer = Answer(question=asked, language=script, status="answered", answer=text, mode=mode, confidence=0.5, citations=cited)
    for how in ("markdown", "docx"):
        assert export_conversation([answer], small_assistant.index.documents, how, script).content


# --- Much of one thing


LARGE = 1_000_000
ONE_CHARACTER = [
    "a",
    "A",
    "中",
    "1",
    " ",
    "\t",
    "\n",
    "|",
    "#",
    "[",
    "*",
    "_",
    "<",
    "-",
    ".",
    "。",
    "\u202e",
    "\u0301",
    "1,",
    "a ",
    "A.",
    "[^1]",
    "<td>",
    "http://",
    "| a |\n",
]


def taken(work: Callable[[], object]) -> float:
    started = time.process_time()
    with contextlib.suppress(CorpusError, QuestionError):
        work()
    return time.process_time() - started


@pytest.mark.slow
@pytest.mark.parametrize("piece", ONE_CHARACTER, ids=ascii)
def test_a_megabyte_of_one_thing_takes_time_in_proportion(tmp_path: Path, piece: str) -> None:
    """Twice as much may take three times as long, or be over in no time beside what a usual text of that size takes."""

    def read(size: int) -> float:
        path = tmp_path / "large.md"
        path.write_text("# Mill\n\nThe mill grinds.\n\n" + (piece * (size // len(piece))), "utf-8")
        return taken(lambda: load_corpus(path))

    small, half, whole = read(LARGE // 20), read(LARGE // 4), read(LARGE // 2)
    assert half < 10 * max(small, 0.05)
    assert whole < 3.2 * max(half, 0.1)


@pytest.mark.slow
@pytest.mark.parametrize("piece", ONE_CHARACTER, ids=ascii)
def test_a_question_as_long_as_one_may_be_takes_no_longer_than_many_questions(small_assistant: Assistant, piece: str) -> None:
    usual = min(taken(lambda number=number: small_assistant.ask(f"What is the GDP of Yunhe in {number}?")) for number in range(2030, 2033))
    long = taken(lambda: small_assistant.ask(("what is " + piece * (LONGEST_QUESTION // len(piece)))[: LONGEST_QUESTION - 1]))
    assert long < 60 * usual
