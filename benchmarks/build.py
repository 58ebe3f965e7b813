"""How long an index takes to build, against embedding its statements alone and against a plain LangChain pipeline.

usage: python benchmarks/build.py [--files N] [--corpus CORPUS] [--dask N]

- embedding alone (floor): the statements of the index under their headings, and the everyday topics that each index holds,
  in the same batches on the same threads
- build: from files to an index that can be asked, in a folder of its own
- unchanged: the same once more
- a line added: one file has a new sentence; what has not changed is not embedded again
- LangChain: the same files in windows of 1000 characters overlapping by 200, the same embeddings, its in-memory store
- on processes: the floor's texts embedded by so many processes of Dask, their start included (only with --dask)

--files takes only the first N Markdown files of a corpus that is one document of many files, which is quicker.
"""

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from langchain_core.documents import Document
from langchain_core.vectorstores import InMemoryVectorStore
from machine import machine
from rich.console import Console
from rich.table import Table

from gbaqa.config import Settings, settings
from gbaqa.index.elsewhere import everyday_topics
from gbaqa.index.embeddings import embed_passages, open_embeddings
from gbaqa.index.spread import embed_spread
from gbaqa.index.store import build_index, embedded_text, open_index

WINDOW, OVERLAP = 1000, 200


def main() -> None:
    """Build, time, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=0)
    parser.add_argument("--corpus", type=Path, default=settings().corpus)
    parser.add_argument("--dask", type=int, default=0, help="also embed on so many processes of Dask")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="gbaqa-build-") as folder:
        corpus = copied(options.corpus, Path(folder) / "corpus", options.files)
        chosen = Settings(corpus=corpus, index=Path(folder) / "index", _env_file=None)
        embeddings = open_embeddings(chosen.embeddings)
        embeddings.embed_query("warm up")
        build, built = timed(lambda: build_index(chosen))
        unchanged, _ = timed(lambda: build_index(chosen))
        texts = [embedded_text(chunk, statement) for chunk, statement in open_index(chosen).statements]
        new = list(dict.fromkeys([*texts, *everyday_topics()]))
        floor, _ = timed(lambda: embed_passages(embeddings, new))
        spread, _ = timed(lambda: embed_spread(chosen.model_copy(update={"dask": str(options.dask)}), new)) if options.dask else (0.0, None)
        edited = sorted(corpus.rglob("*.md"))[-1]
        edited.write_text(edited.read_text("utf-8") + "\n\nThe mill of Ashby grinds 12 tonnes of barley a year.\n", "utf-8")
        update, updated = timed(lambda: build_index(chosen))
        windows = [Document(part) for file in sorted(corpus.rglob("*.md")) for part in cut(file.read_text("utf-8"))]
        peer, _ = timed(lambda: InMemoryVectorStore(embeddings).add_documents(windows))
    table = Table("step", title=f"{built.manifest.statements} statements, {len(windows)} windows; {machine()}", title_justify="left")
    for column in ("seconds", "× floor", "embedded"):
        table.add_column(column, justify="right")
    table.add_row("embedding alone (floor)", f"{floor:.1f}", "1.00", str(len(new)))
    table.add_row("build", f"{build:.1f}", f"{build / floor:.2f}", str(built.embedded))
    table.add_row("unchanged", f"{unchanged:.2f}", f"{unchanged / floor:.3f}", "0")
    table.add_row("a line added", f"{update:.1f}", f"{update / floor:.2f}", str(updated.embedded))
    if options.dask:
        table.add_row(f"on {options.dask} processes", f"{spread:.1f}", f"{spread / floor:.2f}", str(len(new)))
    table.add_row("LangChain, windows", f"{peer:.1f}", f"{peer / floor:.2f}", str(len(windows)))
    Console(width=120).print(table)


def copied(corpus: Path, to: Path, files: int) -> Path:
    """A copy of a corpus; where only so many files are wanted, without its other Markdown."""
    shutil.copytree(corpus, to) if corpus.is_dir() else shutil.copy(corpus, to.with_suffix(corpus.suffix))
    if files:
        documents = [file for file in sorted(to.rglob("*.md")) if file.name.lower() != "readme.md"]
        for file in documents[files:]:
            file.unlink()
    return to if corpus.is_dir() else to.with_suffix(corpus.suffix)


def cut(text: str) -> list[str]:
    """Windows of a text."""
    return [text[start : start + WINDOW] for start in range(0, max(1, len(text) - OVERLAP), WINDOW - OVERLAP)]


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds that work took, and what it gave."""
    started = time.perf_counter()
    result = work()
    return time.perf_counter() - started, result


if __name__ == "__main__":
    main()
