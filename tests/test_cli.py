"""The command line, as a person or a script meets it."""

import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gbaqa.answering.answer import Answer, Citation, Twin
from gbaqa.assistant import Assistant
from gbaqa.cli import run
from gbaqa.config import Settings
from gbaqa.index.store import open_index

HEAVY = ("numpy", "faiss", "jieba", "gradio", "bm25s", "onnxruntime", "opencc", "langchain_core", "fastapi")
ASK, STATES = "What is the total investment in Lantern Bridge?", "12.8 billion"


@dataclass(frozen=True)
class Ran:
    """How a command ended."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


@pytest.fixture
def gbaqa(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Runs `gbaqa` with arguments in this process, through its entry point, in an empty working folder."""
    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))

    def command(*arguments: str | Path, stdin: bytes = b"") -> Ran:
        monkeypatch.setattr(sys, "argv", ["gbaqa", *map(str, arguments)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        capsys.readouterr()
        code = 0
        try:
            run()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0 if end.code is None else 1
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return command


@pytest.fixture
def where(settings_copy: Settings) -> list[str]:
    """Options that name a finished index and its corpus, both of the test's own."""
    return ["--corpus", str(settings_copy.corpus), "--index", str(settings_copy.index)]


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Embeddings that cost nothing, for tests of what is done rather than of what is found."""
    monkeypatch.setenv("GBAQA_EMBEDDINGS", "test_store:LetterEmbeddings")


@pytest.fixture
def where_read(small_settings: Settings, small_assistant: object) -> list[str]:
    """Options that name the session's index and corpus, for commands that only read."""
    return ["--corpus", str(small_settings.corpus), "--index", str(small_settings.index)]


def assert_one_line(ran: Ran, *says: str) -> None:
    """An error as people should meet it: one line on standard error, nothing else, and an exit code."""
    assert ran.code != 0
    assert ran.out == ""
    assert ran.err.startswith("gbaqa: ")
    assert ran.err.count("\n") == 1
    assert ran.err.endswith("\n")
    assert "Traceback" not in ran.err
    for part in says:
        assert part in ran.err


# --- index


@pytest.mark.usefixtures("cheap")
def test_index_says_what_it_did_and_then_that_nothing_changed(gbaqa: Command, corpus_copy: Path, tmp_path: Path) -> None:
    place = ["--corpus", corpus_copy, "--index", tmp_path / "index"]
    first = gbaqa("index", *place)
    assert first.code == 0
    assert "lantern-bay, tide-survey" in first.out
    size = re.search(r"(\d+) chunks, (\d+) statements", " ".join(first.out.split()))
    assert size is not None
    assert f"{size[2]} embedded, 0 reused" in " ".join(first.out.split())
    again = gbaqa("index", *place)
    assert again.code == 0
    assert "up to date" in again.out
    assert size[0] in " ".join(again.out.split())


@pytest.mark.usefixtures("cheap")
def test_index_rebuild_embeds_everything_again(gbaqa: Command, where: list[str]) -> None:
    ran = gbaqa("index", *where, "--rebuild")
    assert ran.code == 0
    assert ", 0 reused" in " ".join(ran.out.split())


def test_index_after_an_edit_embeds_only_what_changed(gbaqa: Command, where: list[str], settings_copy: Settings) -> None:
    path = settings_copy.corpus / "lantern-bay.md"
    path.write_text(path.read_text("utf-8").replace("35 minutes", "36 minutes"), "utf-8")
    assert " 1 embedded, " in " ".join(gbaqa("index", *where).out.split())


@pytest.mark.usefixtures("cheap")
def test_standard_error_stays_empty_where_nobody_watches(gbaqa: Command, where: list[str]) -> None:
    """Progress is for terminals."""
    assert gbaqa("index", *where, "--rebuild").err == ""
    assert gbaqa("ask", ASK, *where).err == ""


# --- ask

ANSWER = {
    "question": str,
    "language": str,
    "status": str,
    "answer": str,
    "mode": str,
    "confidence": float,
    "citations": list,
    "passages": list,
    "elapsed_ms": float,
}
CITATION = {
    "mark": int,
    "document": str,
    "page": str | None,
    "page_certain": bool,
    "sheet": int | None,
    "language": str,
    "section": list,
    "quote": str,
    "footnotes": list,
    "twin": dict | None,
}
TWIN = {"page": str | None, "language": str, "quote": str, "footnotes": list, "agrees": bool}
FOOTNOTE = {"number": int, "text": str, "url": str | None}
PASSAGE = {"page": str | None, "language": str, "score": float, "text": str}


def assert_shape(value: dict[str, Any], shape: dict[str, Any]) -> None:
    for name, kind in shape.items():
        assert name in value
        assert isinstance(value[name], kind), name


def stands_in(quote: str, source: str) -> bool:
    """Whether a quote is verbatim text of the source, in one piece or cut in two by a page break."""
    pieces = ((quote[:cut], quote[cut:]) for cut in range(1, len(quote) + 1))
    return any(first in source and rest in source[source.index(first) + len(first) :] for first, rest in pieces)


def assert_contract(answer: dict[str, Any], corpus: Path) -> None:
    """Contract 1 of the design."""
    assert_shape(answer, ANSWER)
    assert answer["status"] in ("answered", "refused")
    assert answer["language"] in ("en", "zh-Hans", "zh-Hant")
    assert answer["mode"] in ("extractive", "generative")
    assert 0 <= answer["confidence"] <= 1
    source = re.sub(r"<sup>\d+</sup>|\[\^\d+\]|\s|\*", "", "".join(path.read_text("utf-8") for path in corpus.glob("*.md")))
    for citation in answer["citations"]:
        assert_shape(citation, CITATION)
        assert stands_in(re.sub(r"\s|\*", "", citation["quote"].split(" | ")[0]), source)  # cells of a row are joined by " | "
        for note in citation["footnotes"]:
            assert_shape(note, FOOTNOTE)
        if citation["twin"]:
            assert_shape(citation["twin"], TWIN)
            assert citation["twin"]["language"] != citation["language"]
    for passage in answer["passages"]:
        assert_shape(passage, PASSAGE)
    assert len(answer["passages"]) == 10
    scores = [passage["score"] for passage in answer["passages"]]
    assert all(isinstance(score, float) for score in scores)
    marks = [int(mark) for mark in re.findall(r"\[(\d+)\]", answer["answer"])]
    assert sorted(set(marks)) == [citation["mark"] for citation in answer["citations"]]
    if answer["status"] == "answered":
        assert answer["citations"]
        assert len(re.findall(r"[A-Za-z]+", answer["answer"])) <= 120
        assert len(re.findall(r"[\u4e00-\u9fff]", answer["answer"])) <= 250


@pytest.mark.parametrize(
    ("question", "language", "states", "page", "twin", "notes"),
    [
        ("What is the population of Lantern Bay?", "en", "4.12 million", "2", "1", [1]),
        ("How many people live in Lantern Bay?", "en", "4.12 million", "2", "1", [1]),
        ("灯塔湾的人口有多少？", "zh-Hans", "412万", "1", "2", [1]),
        ("燈塔灣有幾多人口？", "zh-Hant", "412萬", "1", "2", [1]),
        ("How many passengers do the ferries of Port Maren carry a day?", "en", "94,000", "6", "5", [4]),
    ],
)
def test_ask_json_keeps_to_the_contract(
    gbaqa: Command,
    where_read: list[str],
    small_corpus: Path,
    question: str,
    language: str,
    states: str,
    page: str,
    twin: str,
    notes: list[int],
) -> None:
    ran = gbaqa("ask", "--json", question, *where_read)
    assert (ran.code, ran.err) == (0, "")
    answer = json.loads(ran.out)
    assert_contract(answer, small_corpus)
    assert answer["question"] == question
    assert answer["language"] == language
    assert answer["status"] == "answered"
    assert states in answer["answer"]
    first = answer["citations"][0]
    assert (first["page"], first["twin"] and first["twin"]["page"]) == (page, twin)
    assert [note["number"] for note in first["footnotes"]] == notes


def test_a_refusal_keeps_to_the_contract_too_and_ends_well(gbaqa: Command, where_read: list[str], small_corpus: Path) -> None:
    ran = gbaqa("ask", "--json", "What was the population of Yunhe in 1950?", *where_read)
    answer = json.loads(ran.out)
    assert_contract(answer, small_corpus)
    assert ran.code == 0
    assert answer["status"] == "refused"
    assert answer["citations"] == []


def test_ask_prints_the_answer_its_page_quote_and_note(gbaqa: Command, where_read: list[str]) -> None:
    ran = gbaqa("ask", "What is the population of Lantern Bay?", *where_read)
    assert ran.code == 0
    printed = " ".join(ran.out.split())
    for part in (
        "4.12 million",
        "[1]",
        "p. 2",
        "note 1",
        "Lantern Bay Statistics Office",
        "https://stats.lantern.example/en/population_2031.html",
        "p. 1",
    ):
        assert part in printed


def test_an_inferred_page_is_said_to_be_about_there(gbaqa: Command, where_read: list[str]) -> None:
    assert "about p. 14" in gbaqa("ask", "What loan do founders on Gannet get?", *where_read).out


def test_a_digests_page_and_words_are_told_as_everywhere(gbaqa: Command, where_read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    twin = Twin(page="15", language="zh", quote="码头很长。")
    cited = Citation(mark=1, document="d", is_digest=True, page="14", language="en", quote="The quay is long.", twin=twin)
    answer = Answer(question="q", language="en", status="answered", answer="Long.[1]", confidence=1, citations=[cited])
    monkeypatch.setattr(Assistant, "ask", lambda *_: answer)
    said = gbaqa("ask", "How long is the quay?", *where_read).out
    assert "[1] Digest of p. 14" in said
    assert "    The quay is long." in said
    assert "    Digest of p. 15: 码头很长。" in said


@pytest.mark.parametrize("typed", [f"{ASK}\n", ASK.replace(" in ", "\r\n in ") + "\r\n", f"\ufeff{ASK}"])
def test_ask_reads_a_question_from_standard_input(gbaqa: Command, where_read: list[str], typed: str) -> None:
    ran = gbaqa("ask", "-", *where_read, stdin=typed.encode())
    assert ran.code == 0
    assert STATES in ran.out


def test_standard_input_that_is_not_utf8_is_answered_or_one_clear_line(gbaqa: Command, where_read: list[str]) -> None:
    ran = gbaqa("ask", "-", *where_read, stdin=b"\xff\xfe " + ASK.encode())
    if ran.code:
        assert_one_line(ran)
    else:
        assert STATES in ran.out


@pytest.mark.parametrize("flag", [[], ["--json"]])
def test_a_question_with_broken_characters_is_still_printed(gbaqa: Command, where_read: list[str], flag: list[str]) -> None:
    """What a shell hands over as bytes that are no UTF-8 reaches Python as lone surrogates."""
    ran = gbaqa("ask", *flag, ASK + "\udcff", *where_read)
    assert ran.code == 0
    assert STATES in ran.out


def test_ask_builds_an_index_that_is_missing_and_updates_one_that_is_stale(
    gbaqa: Command, where: list[str], settings_copy: Settings
) -> None:
    path = settings_copy.corpus / "lantern-bay.md"
    path.write_text(path.read_text("utf-8").replace("RMB12.8 billion", "RMB12.9 billion"), "utf-8")
    assert "12.9 billion" in gbaqa("ask", ASK, *where).out
    shutil.rmtree(settings_copy.index)
    assert "12.9 billion" in gbaqa("ask", ASK, *where).out


def test_the_environment_names_corpus_and_index(
    gbaqa: Command, small_settings: Settings, small_assistant: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GBAQA_CORPUS", str(small_settings.corpus))
    monkeypatch.setenv("GBAQA_INDEX", str(small_settings.index))
    assert STATES in gbaqa("ask", ASK).out


def test_an_option_goes_before_the_environment(gbaqa: Command, where_read: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GBAQA_CORPUS", "nowhere")
    monkeypatch.setenv("GBAQA_INDEX", "nowhere")
    assert STATES in gbaqa("ask", ASK, *where_read).out


def test_the_installed_command_answers_in_a_process_of_its_own(where_read: list[str], tmp_path: Path) -> None:
    command = [Path(sys.executable).with_name("gbaqa"), "ask", "--json", "-", *where_read]
    done = subprocess.run(command, input="燈塔大橋有幾長？".encode(), capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    answer = json.loads(done.stdout.decode("utf-8"))
    assert answer["question"] == "燈塔大橋有幾長？"
    assert answer["language"] == "zh-Hant"


@pytest.mark.parametrize(
    "arguments", [["ask", "灯塔湾的人口有多少？"], ["ask", "--json", "灯塔湾的人口有多少？"], ["search", "灯塔湾"], ["ask", ""]]
)
def test_a_console_that_cannot_show_chinese_is_no_reason_to_fail(
    where_read: list[str], arguments: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Windows still hands out cp1252 where output is redirected."""
    monkeypatch.chdir(tmp_path)
    written, complained = io.BytesIO(), io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="cp1252", write_through=True))
    monkeypatch.setattr(sys, "stderr", io.TextIOWrapper(complained, encoding="cp1252", write_through=True))
    monkeypatch.setattr(sys, "argv", ["gbaqa", *arguments, *where_read])
    with pytest.raises(SystemExit) as end:
        run()
    sys.stdout.flush()
    assert (end.value.code or 0) == (2 if arguments[1] == "" else 0)
    assert written.getvalue() or complained.getvalue()


def test_a_reader_that_leaves_early_is_no_error(where_read: list[str], tmp_path: Path) -> None:
    command = [sys.executable, "-c", "from gbaqa.cli import run; run()", "search", "--json", "-k", "100", "Lantern Bay", *where_read]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=tmp_path)
    assert child.stdout is not None
    assert child.stderr is not None
    child.stdout.close()
    complaint = child.stderr.read()
    child.stderr.close()
    child.wait()
    assert complaint == b""


# --- search and inspect


def test_search_prints_the_first_passages_with_page_and_section(gbaqa: Command, where_read: list[str]) -> None:
    ran = gbaqa("search", "ferries of Port Maren", "-k", "3", *where_read)
    assert ran.code == 0
    assert [line[0] for line in ran.out.splitlines() if re.match(r"\d  ", line)] == ["1", "2", "3"]
    assert "p. 6" in ran.out.splitlines()[0]
    assert "Transport" in ran.out.splitlines()[0]


def test_search_json_is_a_list_of_passages(gbaqa: Command, where_read: list[str]) -> None:
    found = json.loads(gbaqa("search", "ferries of Port Maren", "-k", "4", "--json", *where_read).out)
    assert len(found) == 4
    for passage in found:
        assert_shape(passage, PASSAGE)
    assert found[0]["page"] == "6"
    assert found[0]["document"] == "lantern-bay"


def test_inspect_counts_pages_and_names_marks_without_a_note(gbaqa: Command, small_corpus: Path) -> None:
    ran = gbaqa("inspect", "--corpus", small_corpus)
    assert ran.code == 0
    assert "lantern-bay" in ran.out
    assert "tide-survey" in ran.out
    assert "7 printed pages" in ran.out
    assert "p. 4 (en): mark 3" in ran.out  # printed in Chinese only


@pytest.mark.parametrize(("page", "shows"), [("4", "846 square kilometers"), ("14", "free of interest"), ("15", "240")])
def test_inspect_page_prints_the_blocks_and_notes_of_whichever_document_has_it(
    gbaqa: Command, small_corpus: Path, page: str, shows: str
) -> None:
    ran = gbaqa("inspect", "--corpus", small_corpus, "--page", page)
    assert (ran.code, ran.err) == (0, "")
    assert f"p. {page}" in ran.out
    assert shows in ran.out


def test_inspect_page_prints_the_page_of_every_document_that_has_it(gbaqa: Command, corpus_copy: Path) -> None:
    (corpus_copy / "third.md").write_text("# Third\n\n<!-- page: 4 en -->\n\nThe mill of Ashby stands on page four.\n", "utf-8")
    ran = gbaqa("inspect", "--corpus", corpus_copy, "--page", "4")
    assert ran.code == 0
    assert "846 square kilometers" in ran.out
    assert "mill of Ashby" in ran.out


def test_inspect_page_that_nobody_has_is_one_clear_line(gbaqa: Command, small_corpus: Path) -> None:
    assert_one_line(gbaqa("inspect", "--corpus", small_corpus, "--page", "99"), "99")


def test_inspect_page_of_a_document_without_pages_says_so(gbaqa: Command, tmp_path: Path) -> None:
    (tmp_path / "plain.md").write_text("# Plain\n\nThe mill of Ashby grinds.\n", "utf-8")
    assert_one_line(gbaqa("inspect", "--corpus", tmp_path / "plain.md", "--page", "3"), "plain", "3")


HOSTILE = """\
# Gate [/red] of Elm

<!-- page: [/red] -->

## Locks [bold]of[/] the gate [/]

The gate of Elm [/bold] has 12 locks[^1].

[^1]: Elm Bureau [/], <https://elm.example/a[/b]/c>
"""


@pytest.mark.parametrize(
    "command", [["ask", "How many locks has the gate of Elm?"], ["search", "locks"], ["inspect"], ["inspect", "--page", "[/red]"]]
)
def test_square_brackets_in_a_document_are_text(gbaqa: Command, tmp_path: Path, command: list[str]) -> None:
    """The console's own markup must not be read out of a page label, a heading, a sentence or an address."""
    (tmp_path / "elm.md").write_text(HOSTILE, "utf-8")
    place = ["--corpus", tmp_path / "elm.md"] + (["--index", tmp_path / "index"] if command[0] != "inspect" else [])
    ran = gbaqa(*command, *place)
    assert ran.code == 0
    assert "[/" in ran.out


# --- eval

GOLD: list[dict[str, Any]] = [
    {
        "id": "z-09",
        "lang": "en",
        "type": "numeric",
        "question": ASK,
        "facts": [[STATES]],
        "evidence": [{"page": 6}],
        "footnotes": [5],
    },
    {
        "id": "潮-1",
        "lang": "zh-Hant",
        "type": "numeric",
        "question": "珊瑚基金批出幾多個項目？",
        "facts": [["86"]],
        "evidence": [{"page": "11"}],
    },
    {
        "id": "m-dialogue",
        "turns": [
            {"lang": "en", "type": "numeric", "question": "How many people live in Lantern Bay?", "facts": [["4.12 million"]]},
            {"lang": "en", "type": "numeric", "question": "How many passengers do the ferries carry?", "facts": [["94,000"]]},
        ],
    },
    {"id": "a-01", "lang": "en", "type": "unanswerable", "question": "What was the population of Yunhe in 1950?", "facts": []},
    {"id": "one-turn", "turns": [{"lang": "en", "type": "numeric", "question": ASK, "facts": [[STATES]]}]},
]


def write_gold(path: Path, lines: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return path


def read_lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_eval_writes_predictions_in_the_order_of_the_questions(
    gbaqa: Command, where_read: list[str], small_corpus: Path, tmp_path: Path
) -> None:
    """Contract 2 of the design."""
    out = tmp_path / "new" / "folder" / "predictions.jsonl"
    ran = gbaqa("eval", write_gold(tmp_path / "gold.jsonl", GOLD[:4]), *where_read, "--predictions", out)
    assert ran.code == 0
    lines = read_lines(out)
    assert [line["id"] for line in lines] == [line["id"] for line in GOLD[:4]]
    for gold, line in zip(GOLD, lines, strict=False):
        if "turns" in gold:
            assert set(line) == {"id", "turns"}
            assert [turn["question"] for turn in line["turns"]] == [turn["question"] for turn in gold["turns"]]
            answers = line["turns"]
        else:
            assert line["question"] == gold["question"]
            answers = [line]
        for answer in answers:
            assert_contract(answer, small_corpus)
    assert STATES in lines[0]["answer"]
    assert lines[3]["status"] == "refused"


def test_eval_writes_a_dialogue_of_one_turn_as_a_dialogue(gbaqa: Command, where_read: list[str], tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    assert gbaqa("eval", write_gold(tmp_path / "gold.jsonl", [GOLD[4]]), *where_read, "--predictions", out).code == 0
    assert set(read_lines(out)[0]) == {"id", "turns"}
    assert len(read_lines(out)[0]["turns"]) == 1


def test_eval_prints_the_measures_by_language_and_kind(
    gbaqa: Command, where_read: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    ran = gbaqa("eval", write_gold(tmp_path / "gold.jsonl", GOLD[:4]), *where_read)
    assert ran.code == 0
    for part in ("all", "lang=en", "lang=zh-Hant", "type=numeric", "type=unanswerable", "fact recall", "refusal right"):
        assert part in ran.out


def test_eval_replaces_older_predictions(gbaqa: Command, where_read: list[str], tmp_path: Path) -> None:
    out = tmp_path / "predictions.jsonl"
    out.write_text("old\n" * 1000, "utf-8")
    assert gbaqa("eval", write_gold(tmp_path / "gold.jsonl", GOLD[:1]), *where_read, "--predictions", out).code == 0
    assert [line["id"] for line in read_lines(out)] == ["z-09"]
    assert sorted(path.name for path in tmp_path.iterdir() if "predictions" in path.name) == ["predictions.jsonl"]


def test_eval_writes_a_report_into_its_folder(gbaqa: Command, where_read: list[str], tmp_path: Path) -> None:
    ran = gbaqa("eval", write_gold(tmp_path / "gold.jsonl", GOLD[:4]), *where_read, "--report", tmp_path / "report")
    assert ran.code == 0
    written = [path for path in (tmp_path / "report").rglob("*") if path.is_file()]
    assert written
    assert any("z-09" in path.read_text("utf-8") or "numeric" in path.read_text("utf-8") for path in written)


# --- help


@pytest.mark.parametrize("arguments", [["--help"], ["ask", "-h"], ["serve", "--help"], ["version"]])
def test_help_and_version_import_nothing_heavy(arguments: list[str], tmp_path: Path) -> None:
    script = (
        "import sys\nfrom gbaqa.cli import run\ntry:\n    run()\nexcept SystemExit as end:\n    code = end.code\n"
        f"print('HEAVY', code, sorted(set({HEAVY!r}) & set(sys.modules)))\n"
    )
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines()[-1] == "HEAVY 0 []"
    assert len(done.stdout.splitlines()) > 1


def test_help_names_every_command(gbaqa: Command) -> None:
    ran = gbaqa("--help")
    assert ran.code == 0
    for command in ("index", "ask", "search", "inspect", "eval", "serve", "version"):
        assert command in ran.out


# --- What people get wrong: the corpus

READING = [["index"], ["ask", ASK], ["search", "bridge"], ["inspect"], ["eval", "gold.jsonl"]]


def place(command: list[str], corpus: Path, index: Path) -> list[str]:
    return [*command, "--corpus", str(corpus)] + (["--index", str(index)] if command[0] != "inspect" else [])


@pytest.mark.parametrize("command", READING, ids=[command[0] for command in READING])
def test_a_missing_corpus_is_one_clear_line_in_every_command(gbaqa: Command, tmp_path: Path, command: list[str]) -> None:
    write_gold(Path("gold.jsonl"), GOLD[:1])
    assert_one_line(gbaqa(*place(command, Path("nowhere"), tmp_path / "index")), "nowhere", "--corpus")
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("command", READING, ids=[command[0] for command in READING])
def test_an_empty_corpus_is_one_clear_line_in_every_command(gbaqa: Command, tmp_path: Path, command: list[str]) -> None:
    write_gold(Path("gold.jsonl"), GOLD[:1])
    Path("empty").mkdir()
    assert_one_line(gbaqa(*place(command, Path("empty"), tmp_path / "index")), "empty", "no documents")
    assert not (tmp_path / "index").exists()


MAP = "start_line\tpage\tlanguage\tconfidence\n"


def _write(name: str, content: bytes) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)

    return write


def _folder(name: str) -> Callable[[Path], None]:
    return lambda folder: (folder / name).mkdir(parents=True)


def _two_of_one_name(folder: Path) -> None:
    _write("again/mill.md", b"# Mill\n\nThe mill grinds.\n")(folder)


BAD_FILES: dict[str, tuple[Callable[[Path], None], list[str]]] = {
    "gbk": (_write("gbk.md", "灯塔湾的人口".encode("gbk")), ["gbk.md", "UTF-8"]),
    "utf-16": (_write("wide.md", "The mill of Ashby".encode("utf-16")), ["wide.md", "UTF-8"]),
    "binary": (_write("binary.txt", b"MZ\x00\x01\x02\x00"), ["binary.txt"]),
    "no text": (_write("blank.md", b" \n\n\t\n"), ["blank.md"]),
    "only a heading": (_write("heading.md", b"# Heading\n"), ["heading.md"]),
    "two of one name": (_two_of_one_name, ["mill"]),
    "map not utf-8": (_write("mill.pages.tsv", b"\xff\xfe"), ["mill.pages.tsv", "UTF-8"]),
    "map empty": (_write("mill.pages.tsv", b""), ["mill.pages.tsv", "start_line"]),
    "map without rows": (_write("mill.pages.tsv", MAP.encode()), ["mill.pages.tsv"]),
    "map with commas": (_write("mill.pages.tsv", b"start_line,page,language,confidence\n1,1,en,certain\n"), ["mill.pages.tsv", "tab"]),
    "map of another text": (_write("mill.pages.tsv", f"{MAP}1\t1\ten\tcertain\n99\t2\ten\tcertain\n".encode()), ["mill.pages.tsv", "99"]),
    "map out of order": (_write("mill.pages.tsv", f"{MAP}3\t1\ten\tcertain\n1\t2\ten\tcertain\n".encode()), ["mill.pages.tsv", "line 3"]),
    "map with a word for a number": (_write("mill.pages.tsv", f"{MAP}one\t1\ten\tcertain\n".encode()), ["mill.pages.tsv", "line 2", "one"]),
    "map with a negative line": (_write("mill.pages.tsv", f"{MAP}-3\t1\ten\tcertain\n".encode()), ["mill.pages.tsv", "line 2"]),
    "map with another language": (_write("mill.pages.tsv", f"{MAP}1\t1\tfr\tcertain\n".encode()), ["mill.pages.tsv", "line 2", "fr"]),
    "map with a short row": (_write("mill.pages.tsv", f"{MAP}1\t1\ten\tcertain\n3\t2\n".encode()), ["mill.pages.tsv", "line 3"]),
    "map with a page twice": (
        _write("mill.pages.tsv", f"{MAP}1\t1\ten\tcertain\n3\t1\ten\tcertain\n".encode()),
        ["mill.pages.tsv", "twice"],
    ),
    "map with an endless field": (_write("mill.pages.tsv", f"{MAP}1\t{'x' * 140_000}\ten\tcertain\n".encode()), ["mill.pages.tsv"]),
    "map is a folder": (_folder("mill.pages.tsv"), ["mill.pages.tsv"]),
    "document.toml is a folder": (_folder("digest/document.toml"), ["document.toml"]),
    "document.toml is not TOML": (_write("digest/document.toml", b"id = \n"), ["document.toml"]),
    "document.toml lacks a title": (_write("digest/document.toml", b'id = "digest"\n'), ["document.toml", "title"]),
    "document.toml misspells": (_write("digest/document.toml", b'id = "d"\ntitel = {en = "D"}\n'), ["document.toml"]),
    "document.toml alone": (_write("digest/document.toml", b'id = "d"\ntitle = {en = "D"}\n'), ["digest"]),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.parametrize("command", [["index"], ["inspect"]], ids=["index", "inspect"])
def test_a_file_that_cannot_be_used_is_one_clear_line_that_names_it(gbaqa: Command, tmp_path: Path, command: list[str], name: str) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "mill.md").write_text("# Mill\n\nThe mill of Ashby grinds.\n\nIt is old.\n", "utf-8")
    spoil, says = BAD_FILES[name]
    spoil(corpus)
    ran = gbaqa(*place(command, corpus, tmp_path / "index"))
    assert_one_line(ran, *says)
    assert len(ran.err) < 600
    assert not (tmp_path / "index").exists()


@pytest.mark.parametrize("corpus", ["x" * 5000, "a/" * 2000, "mill.docx", "mill"])
def test_a_corpus_that_can_be_no_document_is_one_clear_line(gbaqa: Command, corpus: str) -> None:
    for name in ("mill.docx", "mill"):
        Path(name).write_text("The mill of Ashby grinds.", "utf-8")
    assert_one_line(gbaqa("inspect", "--corpus", corpus))


# --- The index


@pytest.mark.usefixtures("cheap")
def test_an_index_that_is_a_file_is_one_clear_line(gbaqa: Command, corpus_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "index").write_text("somebody's file", "utf-8")
    assert_one_line(gbaqa("ask", ASK, "--corpus", corpus_copy, "--index", tmp_path / "index"), str(tmp_path / "index"))
    assert (tmp_path / "index").read_text("utf-8") == "somebody's file"


def test_a_folder_of_somebody_elses_is_not_taken_for_an_index(gbaqa: Command, corpus_copy: Path, tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    notes = "Notes on the current in the strait:\nstrong in spring.\n"
    (tmp_path / "index" / "current").write_text(notes, "utf-8")
    ran = gbaqa("ask", ASK, "--corpus", corpus_copy, "--index", tmp_path / "index")
    assert_one_line(ran, str(tmp_path / "index"))
    assert (tmp_path / "index" / "current").read_text("utf-8") == notes


def test_a_damaged_index_is_one_clear_line_and_rebuild_repairs_it(gbaqa: Command, where: list[str], settings_copy: Settings) -> None:
    for vectors in settings_copy.index.rglob("*.faiss"):
        vectors.write_bytes(vectors.read_bytes()[:100])
    assert_one_line(gbaqa("ask", ASK, *where), "damaged", "--rebuild")
    assert gbaqa("index", *where, "--rebuild").code == 0
    assert STATES in gbaqa("ask", ASK, *where).out


def test_an_index_of_another_model_is_built_anew_and_not_mixed(
    gbaqa: Command, where: list[str], settings_copy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GBAQA_EMBEDDINGS", "test_store:LetterEmbeddings")
    assert gbaqa("index", *where).code == 0
    index = open_index(settings_copy.model_copy(update={"embeddings": "test_store:LetterEmbeddings"}))
    assert index.vectors.d == index.manifest.dimension == 512


# --- The question


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize("question", ["", " ", "\n\t", "？！…", "...", "\u200b"])
def test_an_empty_question_is_one_clear_line(gbaqa: Command, where_read: list[str], command: str, question: str) -> None:
    assert_one_line(gbaqa(command, question, *where_read), "empty", "空")


@pytest.mark.parametrize("command", ["ask", "search"])
@pytest.mark.parametrize("char", ["x", "灯", "mill "])
def test_a_question_of_20000_characters_is_one_clear_line(gbaqa: Command, where_read: list[str], command: str, char: str) -> None:
    ran = gbaqa(command, (char * 20_000)[:20_000], *where_read)
    assert_one_line(ran, "2000")
    assert len(ran.err) < 400


@pytest.mark.parametrize("typed", [b"", b"\n\n", b"x" * 20_000])
def test_a_bad_question_from_standard_input_is_one_clear_line(gbaqa: Command, where_read: list[str], typed: bytes) -> None:
    assert_one_line(gbaqa("ask", "-", *where_read, stdin=typed))


def test_no_question_at_all_shows_how_to_ask(gbaqa: Command) -> None:
    ran = gbaqa("ask")
    assert ran.code == 2
    assert "question" in ran.err
    assert "Traceback" not in ran.err


# --- Gold and predictions


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "gold.jsonl"),
        (b"", "no gold questions"),
        (b"not JSON\n", "line 1"),
        (b'{"id": "a", "question": "Which?"}\n{"id": \n', "line 2"),
        (b'{"id": "a", "turns": []}\n', "turns"),
        (b"\xff\xfe\n", "gold.jsonl"),
    ],
)
def test_a_bad_gold_file_is_one_clear_line(gbaqa: Command, where_read: list[str], content: bytes | None, says: str) -> None:
    if content is not None:
        Path("gold.jsonl").write_bytes(content)
    assert_one_line(gbaqa("eval", "gold.jsonl", *where_read, "--predictions", "out.jsonl"), says)
    assert not Path("out.jsonl").exists()


def test_a_gold_file_that_is_a_folder_is_one_clear_line(gbaqa: Command, where_read: list[str]) -> None:
    Path("gold").mkdir()
    assert_one_line(gbaqa("eval", "gold", *where_read), "gold")


def test_an_empty_question_in_a_gold_file_is_named(gbaqa: Command, where_read: list[str], tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold.jsonl", [GOLD[0], {"id": "hollow", "question": " "}])
    assert_one_line(gbaqa("eval", gold, *where_read), "hollow")


@pytest.mark.parametrize("place_of_predictions", ["file/out.jsonl", "folder", "/proc/gbaqa/out.jsonl", "x" * 300 + ".jsonl"])
def test_predictions_that_cannot_be_written_are_one_clear_line_and_leave_nothing(
    gbaqa: Command, where_read: list[str], tmp_path: Path, place_of_predictions: str
) -> None:
    gold = write_gold(tmp_path / "gold.jsonl", GOLD[:1])
    Path("file").write_text("somebody's file", "utf-8")
    Path("folder").mkdir()
    assert_one_line(gbaqa("eval", gold, *where_read, "--predictions", place_of_predictions), place_of_predictions)
    assert sorted(os.listdir()) == ["file", "folder"]
    assert os.listdir("folder") == []


# --- Settings


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("GBAQA_CHUNK_TOKENS", "many"),
        ("GBAQA_CHUNK_TOKENS", "5"),
        ("GBAQA_CHUNK_TOKENS", ""),
        ("GBAQA_PORT", "99999"),
        ("GBAQA_EMBEDDINGS", "nanoe6"),
        ("GBAQA_EMBEDDINGS", "no_such_module:Thing"),
    ],
)
def test_a_wrong_setting_is_one_clear_line_that_names_it(
    gbaqa: Command, corpus_copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert_one_line(gbaqa("index", "--corpus", corpus_copy, "--index", tmp_path / "index"), name)


@pytest.mark.parametrize("content", [b"GBAQA_CHUNK_TOKENS=many\n", b"\xff\xfe=1\n"])
def test_a_settings_file_that_cannot_be_used_is_one_clear_line(gbaqa: Command, corpus_copy: Path, tmp_path: Path, content: bytes) -> None:
    Path(".env").write_bytes(content)
    assert_one_line(gbaqa("index", "--corpus", corpus_copy, "--index", tmp_path / "index"))
