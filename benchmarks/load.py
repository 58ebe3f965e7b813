"""Many users at once: questions a second, waiting times, errors, and the server's memory while it goes on.

usage: python benchmarks/load.py [--users 16,64] [--seconds 10] [--corpus CORPUS] [--index INDEX] [GOLD.jsonl …]

Starts a server of its own (without a rate limit, since all users are one address), lets each user ask one gold question
after another at POST /api/ask, and counts. 503 with Retry-After is what a full queue answers: it is counted by itself, and
the user comes again after that time; without Retry-After it is an error.
The floor is the same machine embedding the same questions, on as many threads as it
has cores, and nothing else. For the long run: --users 64 --seconds 600. Memory is looked at ten times in a run: what grows
at first and then stays is no leak.
"""

import argparse
import itertools
import json
import os
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from machine import machine, resident_mb
from rich.console import Console
from rich.table import Table

from gbaqa.config import settings
from gbaqa.evaluation.gold import read_gold
from gbaqa.index.embeddings import open_embeddings

PATIENCE = 120  # seconds until the server must listen
SAMPLES = 10  # of memory in a run


@dataclass
class Told:
    """What the users saw."""

    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Serve, ask, count, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", nargs="*", type=Path, default=[Path(__file__).parents[1] / "evals" / "gold" / "places.jsonl"])
    parser.add_argument("--users", default="16,64")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--corpus", type=Path, default=settings().corpus)
    parser.add_argument("--index", type=Path, default=settings().index)
    options = parser.parse_args()
    questions = [item.turns[0].question for path in options.gold for item in read_gold(path)]
    floor = embedded_a_second(questions, options.seconds / 2)
    table = Table("users", title=f"{options.seconds:.0f} s each; {machine()}", title_justify="left")
    memories = Table("users", *(f"{share / SAMPLES:.0%}" for share in range(SAMPLES + 1)), title="Memory in MB", title_justify="left")
    for column in ("answers/s", "× floor", "p50 ms", "p95 ms", "p99 ms", "503", "errors", "MB at most"):
        table.add_column(column, justify="right")
    table.add_row("embedding alone (floor)", f"{floor:.1f}", "1.00")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("gbaqa")), "serve", "--port", str(port)]
    where = ["--corpus", str(options.corpus), "--index", str(options.index)]
    server = subprocess.Popen(
        command + where, env={**os.environ, "GBAQA_RATE_LIMIT": "0"}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for(f"{address}/readyz")
        ask_for(address, questions, 2, 3.0)
        for users in map(int, options.users.split(",")):
            with ThreadPoolExecutor(1) as beside:
                sampled = beside.submit(sample_memory, server.pid, options.seconds)
                told = ask_for(address, questions, users, options.seconds)
                memories.add_row(str(users), *(f"{size:.0f}" for size in sampled.result()))
            table.add_row(*row(users, told, options.seconds, floor), f"{resident_mb(server.pid, 'VmHWM'):.0f}")
    finally:
        server.terminate()
        server.wait(30)
    Console(width=140).print(table, memories)


def sample_memory(pid: int, seconds: float) -> list[float]:
    """The memory of a process in megabytes, now and after each tenth of a time."""
    sizes = [resident_mb(pid)]
    for _ in range(SAMPLES):
        time.sleep(seconds / SAMPLES)
        sizes.append(resident_mb(pid))
    return sizes


def row(users: int, told: Told, seconds: float, floor: float) -> list[str]:
    """The figures of a run."""
    answers = told.statuses["200"] / seconds
    times = [f"{value:.0f}" for value in np.percentile(told.milliseconds or [0.0], [50, 95, 99])]
    wrong = sum(count for status, count in told.statuses.items() if status not in ("200", "503"))
    return [str(users), f"{answers:.1f}", f"{answers / floor:.2f}", *times, str(told.statuses["503"]), str(wrong)]


def embedded_a_second(questions: list[str], seconds: float) -> float:
    """Questions that all cores embed in a second."""
    embeddings, deadline = open_embeddings("tuned-e5"), time.monotonic() + seconds
    rounds = itertools.cycle(questions)

    def embed(_: int) -> int:
        count = 0
        while time.monotonic() < deadline:
            embeddings.embed_query(next(rounds))
            count += 1
        return count

    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return sum(threads.map(embed, range(os.cpu_count() or 1))) / seconds


def ask_for(address: str, questions: list[str], users: int, seconds: float) -> Told:
    """Let so many users ask for so long."""
    told, deadline = Told(), time.monotonic() + seconds
    orders = [questions[user % len(questions) :] + questions for user in range(users)]
    threads = [threading.Thread(target=one_user, args=(address, order, deadline, told)) for order in orders]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return told


def one_user(address: str, questions: list[str], deadline: float, told: Told) -> None:
    """Ask one question after another until it is late."""
    for question in itertools.cycle(questions):
        if time.monotonic() >= deadline:
            return
        body = json.dumps({"question": question}).encode()
        request = urllib.request.Request(f"{address}/api/ask", body, {"Content-Type": "application/json"})
        started = time.perf_counter()
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                response.read()
                told.statuses[str(response.status)] += 1
                told.milliseconds.append((time.perf_counter() - started) * 1000)
        except urllib.error.HTTPError as error:
            wait = error.headers.get("Retry-After")
            told.statuses[str(error.code) if wait or error.code != 503 else "503 without Retry-After"] += 1
            time.sleep(float(wait or 1))
        except OSError as error:
            told.statuses[type(error).__name__] += 1


def wait_for(address: str) -> None:
    """Wait until an address answers."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.3)
        else:
            return


if __name__ == "__main__":
    main()
