"""Builds that meet each other, are killed at any moment, or happen under a reader: somebody always has a whole index."""

import json
import os
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import SearchIndexError
from gbaqa.index import generations
from gbaqa.index.locking import LOCK, only_builder
from gbaqa.index.store import build_index, is_current, open_index
from gbaqa.web.live import LiveAssistant, PerIndex
from gbaqa.web.server import create_app

ASK = "What is the total investment in Lantern Bridge?"
BUILD = (
    "import json, sys\nfrom gbaqa.config import Settings\nfrom gbaqa.index.store import build_index\n"
    "report = build_index(Settings(**json.loads(sys.argv[1]), _env_file=None), rebuild='rebuild' in sys.argv,\n"
    "                     on_wait=lambda: print('waiting', flush=True))\n"
    "print('unchanged' if report.unchanged else 'built', flush=True)\n"
)
SOON = 60.0  # seconds, on a machine that is busy with other things


def change(settings: Settings, old: str, new: str) -> None:
    path = settings.corpus / "lantern-bay.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def eventually(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + SOON
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def builder(settings: Settings, *arguments: str) -> subprocess.Popen[str]:
    paths = json.dumps({"corpus": str(settings.corpus), "index": str(settings.index)})
    command = [sys.executable, "-c", BUILD, paths, *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


# --- Two builders


def test_a_second_builder_waits_says_so_and_finds_the_work_done(settings_copy: Settings) -> None:
    change(settings_copy, "26 routes", "27 routes")
    second = None
    try:
        with only_builder(settings_copy.index):
            second = builder(settings_copy)
            assert second.stdout is not None
            assert second.stdout.readline() == "waiting\n"
            threading.Thread(target=build_index, args=(settings_copy,)).start()  # waits as well, in this process
        out, err = second.communicate(timeout=SOON)
    finally:
        if second is not None:
            second.kill()
    assert out in ("built\n", "unchanged\n"), err
    eventually(lambda: not (settings_copy.index / LOCK).exists())
    assert is_current(settings_copy)


def test_builders_in_processes_do_not_work_twice(settings_copy: Settings) -> None:
    change(settings_copy, "26 routes", "28 routes")
    builders = [builder(settings_copy) for _ in range(2)]
    said = [one.communicate(timeout=SOON)[0].splitlines()[-1] for one in builders]
    assert sorted(said) == ["built", "unchanged"]


def test_the_lock_of_a_builder_that_was_killed_holds_nobody_up(settings_copy: Settings) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom gbaqa.index.locking import only_builder\n"
        "with only_builder(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(600)\n"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(settings_copy.index)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.communicate()
    assert (settings_copy.index / LOCK).exists()
    waited = []
    with only_builder(settings_copy.index, lambda: waited.append(1)):
        pass
    assert not waited
    assert not (settings_copy.index / LOCK).exists()


def test_a_build_that_fails_leaves_no_folder_behind(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), only_builder(tmp_path / "a" / "index"):
        raise RuntimeError
    assert not (tmp_path / "a" / "index").exists()


# --- Killed at any moment


@pytest.mark.parametrize("seed", range(4))
def test_a_build_killed_at_a_random_moment_leaves_a_whole_index(settings_copy: Settings, seed: int) -> None:
    """benchmarks/kill.py does this as often as one likes."""
    change(settings_copy, "26 routes", "27 routes")
    child = builder(settings_copy, "rebuild")
    try:
        child.wait(random.Random(seed).uniform(0.5, 4.0))
    except subprocess.TimeoutExpired:
        child.kill()
    child.communicate()
    texts = " ".join(statement.text for _, statement in open_index(settings_copy).statements)
    assert ("26 routes" in texts) != ("27 routes" in texts)
    assert build_index(settings_copy).manifest.statements > 0
    assert "27 routes" in " ".join(statement.text for _, statement in open_index(settings_copy).statements)


# --- Replaced while it is read


def test_an_index_replaced_while_it_is_opened_is_opened_all_the_same(settings_copy: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader has read the pointer, the builder removes what it pointed at."""
    change(settings_copy, "26 routes", "27 routes")
    asked = []

    def slow(index: Path) -> Path:
        folder = generations.current_generation(index)
        asked.append(folder)
        if len(asked) == 1:
            build_index(settings_copy)
            assert not folder.exists()
        return folder

    monkeypatch.setattr(
        "gbaqa.index.store.current_generation", lambda index: slow(index) if not asked else generations.current_generation(index)
    )
    assert "27 routes" in " ".join(statement.text for _, statement in open_index(settings_copy).statements)


def test_a_damaged_index_is_not_tried_for_ever(settings_copy: Settings) -> None:
    (generations.current_generation(settings_copy.index) / "chunks.jsonl").write_text("[", "utf-8")
    with pytest.raises(SearchIndexError, match="--rebuild"):
        open_index(settings_copy)


@pytest.fixture
def live(settings_copy: Settings, monkeypatch: pytest.MonkeyPatch) -> LiveAssistant:
    monkeypatch.setattr("gbaqa.web.live._LOOK_EVERY", 0.0)
    return LiveAssistant(settings_copy)


def test_a_server_answers_from_a_new_index_without_a_failed_request(live: LiveAssistant, settings_copy: Settings) -> None:
    statuses: list[int] = []
    stop = threading.Event()
    pages = ("/cities", "/discrepancies", "/pages/lantern-bay/6", "/widget.js", "/api/pages/6", "/api/cities", "/metrics", "/readyz", "/")

    with TestClient(create_app(live, settings_copy.model_copy(update={"rate_limit": 0}))) as client:

        def ask(path: str) -> int:
            return (
                client.post("/api/ask", json={"question": ASK, "history": ["How many routes are there?"]}).status_code
                if not path
                else client.get(path).status_code
            )

        def keep_asking() -> None:
            while not stop.is_set():
                statuses.extend(ask(path) for path in ("", *pages))

        thread = threading.Thread(target=keep_asking)
        thread.start()
        try:
            for old, new in (("12.8 billion", "13.9 billion"), ("13.9 billion", "14.7 billion")):
                change(settings_copy, old, new)
                build_index(settings_copy)
                eventually(lambda new=new: new in client.post("/api/ask", json={"question": ASK}).json()["answer"])
                assert new in client.get("/api/pages/6").text
                assert new in client.get("/pages/lantern-bay/6").text
        finally:
            stop.set()
            thread.join()
    assert len(statuses) > len(pages)
    assert set(statuses) <= {200, 404}  # no city has a figure here: 404 is what the board says of that
    assert statuses.count(404) <= statuses.count(200) / 5


def test_a_conversation_goes_on_over_a_change_of_the_index(live: LiveAssistant, settings_copy: Settings) -> None:
    first, before = live.index, live.turns([ASK])
    change(settings_copy, "The total investment in Lantern Bridge is RMB12.8 billion", "Lantern Bridge costs RMB13.9 billion in all")
    build_index(settings_copy)
    eventually(lambda: live.index is not first)
    for question in ("source?", "which page?", "in Chinese?", "why?", "tell me more", "and Port Maren?"):
        assert live.ask(question, before).status in ("answered", "refused")


def test_an_index_that_cannot_be_opened_is_told_and_the_old_one_stays(
    live: LiveAssistant, settings_copy: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    assistant, whole = live.index, settings_copy.index.with_name("whole")
    shutil.copytree(settings_copy.index, whole)
    change(settings_copy, "26 routes", "27 routes")
    build_index(settings_copy)
    (generations.current_generation(settings_copy.index) / "chunks.jsonl").write_text("[", "utf-8")
    eventually(lambda: live.index is assistant and "is not used" in caplog.text)
    shutil.rmtree(settings_copy.index)
    assert live.ask(ASK).status == "answered"
    assert live.index is assistant


def test_an_index_that_becomes_whole_is_taken_up_after_all(
    live: LiveAssistant, settings_copy: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """As where it is copied into place, `current` before the last file."""
    first = live.index
    change(settings_copy, "26 routes", "27 routes")
    build_index(settings_copy)
    chunks = generations.current_generation(settings_copy.index) / "chunks.jsonl"
    whole = chunks.read_bytes()
    chunks.write_bytes(whole[:100])
    eventually(lambda: live.index is first and "is not used" in caplog.text)
    chunks.write_bytes(whole)
    eventually(lambda: live.index is not first)
    assert caplog.text.count("is not used") == 1


def test_whatever_opening_raises_the_next_look_tries_again(
    live: LiveAssistant, settings_copy: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, opened = live.index, Assistant.open
    failures = [MemoryError("no memory"), RuntimeError("a thread cannot start")]

    def open_or_fail(*arguments: object, **named: object) -> Assistant:
        if failures:
            raise failures.pop()
        return opened(*arguments, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(Assistant, "open", open_or_fail)
    change(settings_copy, "26 routes", "27 routes")
    build_index(settings_copy)
    eventually(lambda: live.index is not first)
    assert "MemoryError" in caplog.text


def test_an_index_that_opens_slowly_does_not_take_the_place_of_a_newer_one(
    live: LiveAssistant, settings_copy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, begun, may_end = Assistant.open, threading.Event(), threading.Event()

    def open_slowly(*arguments: object, **named: object) -> Assistant:
        assistant = opened(*arguments, **named)  # type: ignore[arg-type]
        begun.set()
        may_end.wait(SOON)
        return assistant

    monkeypatch.setattr(Assistant, "open", open_slowly)
    change(settings_copy, "26 routes", "27 routes")
    build_index(settings_copy)
    eventually(lambda: live.index is not None and begun.is_set())
    change(settings_copy, "27 routes", "28 routes")
    newest = build_index(settings_copy).manifest.built_at
    live.index  # noqa: B018 - a look at the index, while the one before is still being opened
    may_end.set()
    eventually(lambda: live.index.manifest.built_at == newest)
    time.sleep(0.3)
    assert live.index.manifest.built_at == newest


def test_what_is_made_of_an_index_is_made_once_for_each(live: LiveAssistant, settings_copy: Settings) -> None:
    made: list[float] = []
    of_index = PerIndex(live, lambda index: made.append(index.manifest.built_at) or len(made))
    assert (of_index(), of_index()) == (1, 1)
    change(settings_copy, "26 routes", "27 routes")
    build_index(settings_copy)
    eventually(lambda: of_index() == 2)
    assert of_index() == 2
    assert made[0] < made[1]


def test_clocks_that_jump_do_not_stop_the_look_at_the_index(
    live: LiveAssistant, settings_copy: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "time", lambda: 0.0)
    first = live.index
    change(settings_copy, "26 routes", "27 routes")
    build_index(settings_copy)
    eventually(lambda: live.index is not first)
    assert Assistant.open(using=settings_copy).ask(ASK).status == "answered"


def test_a_read_only_index_is_answered_from(settings_copy: Settings) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    for path in [*settings_copy.index.rglob("*"), settings_copy.index]:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert build_index(settings_copy).unchanged
        assert Assistant.open(using=settings_copy).ask(ASK).status == "answered"
        change(settings_copy, "26 routes", "27 routes")
        with pytest.raises(SearchIndexError, match="cannot be written"):
            build_index(settings_copy)
    finally:
        for path in [settings_copy.index, *settings_copy.index.rglob("*")]:
            path.chmod(0o700)
