"""Fuzz what reads documents, questions and requests, guided by the code that an input reaches.

usage: python benchmarks/fuzz.py [document,question,request] [--seconds N]

Needs atheris (`pip install atheris`), which is for Linux and installs nothing else. Inputs begin as pieces of the repository's
own documents and gold questions. A target fails where anything but a refusal in one line is raised (CorpusError, QuestionError,
a response below 500), or an input takes more than SLOWEST seconds; the input is then kept in the folder of the working
directory that the line names. tests/test_fuzz.py tries random examples in each run of the tests; this goes on for as long
as one likes.
"""

import argparse
import json
import multiprocessing
import os
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.table import Table

HERE = Path(__file__).resolve().parents[1]
TARGETS = ("document", "question", "request")
SLOWEST = 10  # seconds for one input, under instrumentation
LONGEST = {"document": 4_000, "question": 400, "request": 1_000}  # bytes
FOUND = Path("fuzz-findings")


def main() -> None:
    """A process for each target, one after the other, then a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="?", default=",".join(TARGETS))
    parser.add_argument("--seconds", type=int, default=120)
    options = parser.parse_args()
    table = Table("target", title=f"{options.seconds} s each")
    for column in ("inputs", "places in the code reached", "findings"):
        table.add_column(column, justify="right")
    failed = False
    for target in options.targets.split(","):
        with tempfile.TemporaryDirectory(prefix="gbaqa-fuzz-") as folder:
            log = Path(folder) / "log"
            process = multiprocessing.get_context("spawn").Process(target=fuzz, args=(target, options.seconds, Path(folder), log))
            process.start()
            process.join()
            told = log.read_text("utf-8", "replace")
        counts = re.findall(r"#(\d+)\s.*?cov: (\d+)", told)
        done, reached = counts[-1] if counts else ("0", "0")
        findings = [line for line in told.splitlines() if "Uncaught Python exception" in line or "ERROR: libFuzzer" in line]
        failed = failed or bool(findings) or process.exitcode != 0
        table.add_row(target, f"{int(done):,}", f"{int(reached):,}", str(len(findings)))
        if findings:
            print(told[-4000:])
    Console().print(table)
    sys.exit(failed)


def fuzz(target: str, seconds: int, folder: Path, log: Path) -> None:
    """Fuzz one target; what the fuzzer says goes into a file."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    import atheris

    with atheris.instrument_imports(include=["gbaqa"]):
        once = {"document": document, "question": question, "request": request}[target](folder)
    inputs = folder / "inputs"
    inputs.mkdir()
    for number, seed in enumerate(seeds(target)):
        (inputs / f"{number:04}").write_bytes(seed)
    FOUND.mkdir(exist_ok=True)
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST[target]}", f"-timeout={SLOWEST}", "-rss_limit_mb=4096"]
    atheris.Setup(
        [sys.argv[0], str(inputs), *limits, f"-artifact_prefix={FOUND}/{target}-"], lambda data: once(data.decode("utf-8", "replace"))
    )
    atheris.Fuzz()


def seeds(target: str) -> list[bytes]:
    """Pieces of the repository's documents, or its gold questions."""
    if target == "document":
        files = sorted((HERE / "evals" / "other").glob("*/corpus/*.md")) + sorted((HERE / "corpus").rglob("*.md"))
        texts = [file.read_text("utf-8") for file in files]
        return [text[start : start + 1_000].encode() for text in texts for start in range(0, len(text), len(text) // 12 + 1)]
    lines = (HERE / "evals" / "gold" / "places.jsonl").read_text("utf-8").splitlines()
    asked = [json.loads(line)["question"] for line in lines]
    return [(json.dumps({"question": one}, ensure_ascii=False) if target == "request" else one).encode() for one in asked]


def document(folder: Path) -> Callable[[str], None]:
    """Read a text as a document and cut it into chunks."""
    from gbaqa.corpus.load import load_corpus
    from gbaqa.errors import CorpusError
    from gbaqa.index.chunk import chunk_documents

    path = folder / "fuzzed.md"

    def once(text: str) -> None:
        path.write_text(text, "utf-8")
        with suppress(CorpusError):  # a refusal in one line
            chunk_documents(load_corpus(path), lambda part: len(part) // 4 + 1, 160)

    return once


def question(_: Path) -> Callable[[str], None]:
    """Analyse a question, alone and after another."""
    from gbaqa.errors import QuestionError
    from gbaqa.retrieval.conversation import in_context
    from gbaqa.retrieval.question import analyse

    def once(text: str) -> None:
        with suppress(QuestionError):  # a refusal in one line
            analyse(text)
            in_context(text, ["How many people live in Shenzhen?"])

    return once


def request(folder: Path) -> Callable[[str], None]:
    """Send a body to each route that takes one."""
    from fastapi.testclient import TestClient

    from gbaqa.assistant import Assistant
    from gbaqa.config import Settings
    from gbaqa.index.store import build_index
    from gbaqa.web.server import create_app

    chosen = Settings(corpus=HERE / "tests" / "web" / "heron-straits.md", index=folder / "index", rate_limit=0, _env_file=None)
    build_index(chosen)
    client = TestClient(create_app(Assistant.open(using=chosen), chosen), raise_server_exceptions=True)
    routes = ("/api/ask", "/api/citations/export", "/api/conversation/export", "/api/facts/export", "/v1/chat/completions")

    def once(text: str) -> None:
        for route in routes:
            response = client.post(route, content=text.encode(), headers={"content-type": "application/json"})
            if response.status_code >= 500:
                raise AssertionError(f"{route}: {response.status_code}")

    return once


if __name__ == "__main__":
    main()
