"""Kill builds of an index at random moments, and see that the old or the new index is whole each time.

usage: python benchmarks/kill.py [--times N] [--seed S]

Each round changes a figure of a small document, starts a build in a process of its own (a fork, so Unix only) and sends it
SIGKILL at a random moment between the start of its work and a little after its end. Then the index is opened and its
statements are read; a round fails where it does not open, or holds both figures or neither. At the end the next build must
succeed.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from gbaqa.config import Settings
from gbaqa.errors import GbaqaError
from gbaqa.index.store import build_index, open_index

TEXT = "# Mill report 磨坊报告\n\nThe mill of Ashby grinds {figure} tonnes a year.\n\n阿什比的磨坊每年磨{figure}吨。\n\n" + "".join(
    f"## Part {n}\n\nMill {n} of Ashby stands {n * 7} m above the river.\n\n" for n in range(60)
)


def main() -> None:
    """Kill, look, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="gbaqa-kill-") as folder:
        settings = Settings(corpus=Path(folder) / "corpus", index=Path(folder) / "index", _env_file=None)
        settings.corpus.mkdir()
        found, seconds = rounds(settings, options.times, chance)
        (settings.corpus / "mill.md").write_text(TEXT.format(figure=1), "utf-8")
        build_index(settings)
        after = figures(settings)
    table = Table("after SIGKILL", title=f"{options.times} builds killed within {seconds:.2f} s of work (seed {options.seed})")
    table.add_column("times", justify="right")
    for state, times in found.most_common():
        table.add_row(state, str(times))
    console = Console()
    console.print(table)
    console.print(f"The build after the last one holds figure {after}.")
    sys.exit(any(state not in ("the old index", "the new index") for state in found))


def rounds(settings: Settings, times: int, chance: random.Random) -> tuple[Counter[str], float]:
    """What was there after each kill, and how long an undisturbed build works."""
    (settings.corpus / "mill.md").write_text(TEXT.format(figure=1000), "utf-8")
    build_index(settings)
    (settings.corpus / "mill.md").write_text(TEXT.format(figure=1001), "utf-8")
    started = time.perf_counter()
    os.waitpid(start(settings), 0)
    seconds = time.perf_counter() - started
    found: Counter[str] = Counter()
    before = 1001
    for new in track(range(1002, 1002 + times), "Killing", transient=True):
        (settings.corpus / "mill.md").write_text(TEXT.format(figure=new), "utf-8")
        child = start(settings)
        time.sleep(chance.uniform(0, seconds * 1.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        state = figures(settings)
        found["the old index" if state == str(before) else "the new index" if state == str(new) else state] += 1
        before = new if state == str(new) else before
        if chance.random() < 0.1:  # now and then somebody clears up by hand
            shutil.rmtree(settings.index)
            build_index(settings)
            before = new
    return found, seconds


def start(settings: Settings) -> int:
    """The id of a process that builds: a copy of this one, which has its libraries read already."""
    child = os.fork()
    if child == 0:
        try:
            build_index(settings)
        finally:
            os._exit(0)
    return child


def figures(settings: Settings) -> str:
    """The one figure that the index gives in both languages; else what is wrong with it."""
    try:
        index = open_index(settings)
    except GbaqaError as error:
        return str(error)
    grinds = {statement.text for _, statement in index.statements if "grinds" in statement.text or "每年磨" in statement.text}
    numbers = {"".join(char for char in text if char.isdigit()) for text in grinds}
    return next(iter(numbers)) if len(grinds) == 2 and len(numbers) == 1 else f"figures {sorted(numbers)}"


if __name__ == "__main__":
    main()
