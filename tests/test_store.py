"""The index on disk: incremental, atomic, and honest about what it cannot read."""

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import SearchIndexError
from gbaqa.index.elsewhere import everyday_topics
from gbaqa.index.locking import LOCK
from gbaqa.index.store import SearchIndex, build_index, embedded_text, is_current, open_index

SPEC = "test_store:LetterEmbeddings"
ASK = "What is the total investment in Lantern Bridge?"


EVERYDAY = frozenset(everyday_topics())  # embedded beside the statements


class LetterEmbeddings(Embeddings):
    """Counts of characters by code point: real enough to rank, and it remembers what it was asked to embed."""

    dimension = 512
    embedded: list[str] = []  # noqa: RUF012 (of all instances, on purpose)

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        LetterEmbeddings.embedded += [text for text in texts if text not in EVERYDAY]
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        counts = [0.0] * self.dimension
        for char in text:
            counts[ord(char) % self.dimension] += 1
        return counts


class WideLetterEmbeddings(LetterEmbeddings):
    """Another model, with another dimension."""

    dimension = 640


@pytest.fixture
def letters(corpus_copy: Path) -> Settings:
    """Settings for a corpus of the test's own with an embedding model that costs nothing, and no index yet."""
    LetterEmbeddings.embedded.clear()
    return Settings(corpus=corpus_copy, index=corpus_copy.parent / "index", embeddings=SPEC, _env_file=None)


@pytest.fixture
def built(letters: Settings) -> Settings:
    """The same with its index built."""
    build_index(letters)
    LetterEmbeddings.embedded.clear()
    return letters


def generation(settings: Settings) -> Path:
    """Folder of the index in use."""
    return settings.index / (settings.index / "current").read_text("utf-8").strip()


def snapshot(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder with its time and content."""
    return {
        str(file.relative_to(folder)): (file.stat().st_mtime_ns, file.read_bytes()) for file in sorted(folder.rglob("*")) if file.is_file()
    }


def entries(folder: Path) -> list[str]:
    """What lies in a folder, sorted by name."""
    return sorted(path.name for path in folder.iterdir())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def vectors_by_text(index: SearchIndex) -> dict[str, list[float]]:
    vectors = index.vectors.reconstruct_n(0, index.vectors.ntotal)
    return {embedded_text(chunk, statement): vectors[row].tolist() for row, (chunk, statement) in enumerate(index.statements)}


def one_line(error: pytest.ExceptionInfo[Any]) -> str:
    """The message, which people see on one line."""
    message = str(error.value)
    assert message
    assert "\n" not in message
    return message


# --- What is embedded, and when


def test_the_first_build_embeds_every_statement_once(letters: Settings) -> None:
    report = build_index(letters)
    index = open_index(letters)
    assert not report.unchanged
    assert sorted(LetterEmbeddings.embedded) == sorted({embedded_text(chunk, statement) for chunk, statement in index.statements})
    assert report.embedded == len(LetterEmbeddings.embedded)
    assert report.embedded + report.reused == report.manifest.statements == index.vectors.ntotal == len(index.statements)
    assert report.manifest.chunks == len(index.chunks)
    assert set(report.manifest.corpus) == {"lantern-bay", "tide-survey"}


def test_an_unchanged_corpus_writes_and_embeds_nothing(built: Settings) -> None:
    before = snapshot(built.index)
    report = build_index(built)
    assert report.unchanged
    assert (report.embedded, report.reused) == (0, report.manifest.statements)
    assert LetterEmbeddings.embedded == []
    assert snapshot(built.index) == before


def test_a_file_written_again_with_the_same_text_is_no_change(built: Settings) -> None:
    path = built.corpus / "lantern-bay.md"
    path.write_bytes(path.read_bytes())
    assert build_index(built).unchanged


def test_only_the_changed_statement_is_embedded_again(built: Settings) -> None:
    edit(built.corpus / "lantern-bay.md", "58% of the wind power", "61% of the wind power")
    report = build_index(built)
    assert [text for text in LetterEmbeddings.embedded if "61% of the wind power" in text] == LetterEmbeddings.embedded
    assert report.embedded == len(LetterEmbeddings.embedded) == 1
    assert report.reused == report.manifest.statements - 1
    texts = [statement.text for _, statement in open_index(built).statements]
    assert any("61% of the wind power" in text for text in texts)
    assert not any("58% of the wind power" in text for text in texts)


def test_a_new_document_is_embedded_and_the_others_are_not(built: Settings) -> None:
    (built.corpus / "harbour.md").write_text(
        "# Harbour notes\n\nThe harbour of Elmsea has 14 cranes.\n\nIts pier is 900 m long.\n", "utf-8"
    )
    report = build_index(built)
    assert report.embedded == 2
    assert all("Harbour notes" in text for text in LetterEmbeddings.embedded)
    assert set(open_index(built).documents) == {"harbour", "lantern-bay", "tide-survey"}


def test_a_removed_document_leaves_the_index_and_nothing_is_embedded(built: Settings) -> None:
    (built.corpus / "tide-survey.md").unlink()
    (built.corpus / "tide-survey.pages.tsv").unlink()
    report = build_index(built)
    assert report.embedded == 0
    index = open_index(built)
    assert set(index.documents) == {"lantern-bay"}
    assert {chunk.document for chunk in index.chunks} == {"lantern-bay"}


def test_a_corrected_page_map_moves_the_pages_and_embeds_nothing(built: Settings) -> None:
    edit(built.corpus / "tide-survey.pages.tsv", "\t15\t", "\t16\t")
    report = build_index(built)
    assert not report.unchanged
    assert LetterEmbeddings.embedded == []
    assert [page.label for page in open_index(built).documents["tide-survey"].pages][-1] == "16"


def test_a_document_that_only_moves_in_the_order_keeps_its_vectors(built: Settings) -> None:
    before = vectors_by_text(open_index(built))
    (built.corpus / "a-first.md").write_text("# First\n\nThe quay of Aldersund opened in 2029.\n", "utf-8")
    build_index(built)
    after = vectors_by_text(open_index(built))
    assert {text: after[text] for text in before} == before


def test_an_update_gives_the_same_index_as_a_build_from_nothing(built: Settings, tmp_path: Path) -> None:
    edit(built.corpus / "tide-survey.md", "240 MW", "260 MW")
    (built.corpus / "zephyr.md").write_text("# Zephyr\n\n西风镇有9座磨坊。\n\nZephyr has nine mills.\n", "utf-8")
    build_index(built)
    anew = built.model_copy(update={"index": tmp_path / "anew"})
    build_index(anew)
    updated, fresh = open_index(built), open_index(anew)
    assert updated.chunks == fresh.chunks
    assert vectors_by_text(updated) == vectors_by_text(fresh)
    assert updated.manifest.similarity_spread == fresh.manifest.similarity_spread


def test_rebuild_embeds_everything_anew(built: Settings) -> None:
    report = build_index(built, rebuild=True)
    assert not report.unchanged
    assert report.embedded == len(set(LetterEmbeddings.embedded)) == len(LetterEmbeddings.embedded) > 0


def test_other_chunk_sizes_reuse_the_vectors_of_the_statements_that_stay(built: Settings) -> None:
    smaller = built.model_copy(update={"chunk_tokens": 64})
    report = build_index(smaller)
    assert report.reused > report.embedded
    assert len(open_index(smaller).chunks) > 0


def test_progress_counts_up_to_all_that_is_embedded(letters: Settings) -> None:
    steps: list[tuple[int, int]] = []
    report = build_index(letters, lambda done, total: steps.append((done, total)))
    done = [step[0] for step in steps]
    assert done == sorted(done)
    assert done[-1] == report.embedded
    assert {step[1] for step in steps} == {report.embedded}


def test_an_older_generation_is_removed_once_the_new_one_is_in_use(built: Settings) -> None:
    before = generation(built)
    build_index(built, rebuild=True)
    assert not before.exists()
    assert entries(built.index) == sorted(["current", generation(built).name])


def test_an_open_index_keeps_answering_while_it_is_replaced(settings_copy: Settings) -> None:
    assistant = Assistant.open(using=settings_copy)
    first = assistant.ask(ASK)
    shutil.rmtree(settings_copy.index)
    again = assistant.ask(ASK)
    assert again.model_copy(update={"elapsed_ms": 0.0}) == first.model_copy(update={"elapsed_ms": 0.0})
    assert again.citations[0].page == "6"


def test_builds_at_the_same_time_leave_a_usable_index(built: Settings) -> None:
    failures: list[BaseException] = []

    def build() -> None:
        try:
            build_index(built, rebuild=True)
        except BaseException as error:  # whatever it was, the test shows it
            failures.append(error)

    threads = [threading.Thread(target=build) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(open_index(built).statements) > 0


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("的。\n", "only stop words"),
        ("The and of.\n", "only stop words"),
        ("—\n", "only punctuation"),
        ("| a |\n", "a table of one cell without words"),
        ("123\n", "only a number"),
    ],
)
def test_a_corpus_with_hardly_any_words_can_be_indexed_and_asked(letters: Settings, text: str, why: str) -> None:
    shutil.rmtree(letters.corpus)
    letters.corpus.mkdir()
    (letters.corpus / "short.md").write_text(text, "utf-8")
    build_index(letters)
    answer = Assistant.open(using=letters).ask("What is the population of Yunhe?")
    assert answer.status in ("answered", "refused"), why


# --- Whether an index is up to date


def _edit_a_statement(settings: Settings) -> None:
    edit(settings.corpus / "lantern-bay.md", "26 routes", "27 routes")


def _add_a_document(settings: Settings) -> None:
    (settings.corpus / "more.md").write_text("# More\n\nThe mill of Ashby grinds.\n", "utf-8")


def _edit_the_page_map(settings: Settings) -> None:
    edit(settings.corpus / "tide-survey.pages.tsv", "guess", "certain")


def _remove_the_index(settings: Settings) -> None:
    shutil.rmtree(settings.index)


@pytest.mark.parametrize("change", [_edit_a_statement, _add_a_document, _edit_the_page_map, _remove_the_index])
def test_an_index_is_no_longer_current_after_a_change(built: Settings, change: Callable[[Settings], None]) -> None:
    assert is_current(built)
    change(built)
    assert not is_current(built)


@pytest.mark.parametrize("update", [{"embeddings": "test_store:WideLetterEmbeddings"}, {"chunk_tokens": 200}])
def test_an_index_of_other_settings_is_not_current_and_is_not_opened(built: Settings, update: dict[str, Any]) -> None:
    other = built.model_copy(update=update)
    assert not is_current(other)
    with pytest.raises(SearchIndexError) as error:
        open_index(other)
    message = one_line(error)
    assert str(next(iter(update.values()))) in message  # what the settings ask for
    assert str(getattr(built, next(iter(update)))) in message  # what the index was built with
    assert "gbaqa index" in message


def test_another_model_embeds_everything_and_its_vectors_replace_the_old(built: Settings) -> None:
    other = built.model_copy(update={"embeddings": "test_store:WideLetterEmbeddings"})
    report = build_index(other)
    assert report.reused == report.manifest.statements - len(set(LetterEmbeddings.embedded))
    assert open_index(other).vectors.d == report.manifest.dimension == 640
    with pytest.raises(SearchIndexError):
        open_index(built)


# --- Killed, or out of space

DRIVER = r"""
import itertools, json, os, re, resource, shutil, signal, sys
from gbaqa.config import Settings
from gbaqa.errors import GbaqaError
from gbaqa.index.store import build_index, open_index

settings = Settings(**json.loads(sys.argv[1]), _env_file=None)
folder = settings.index
CHANGES = {"os.mkdir", "os.rename", "os.remove", "shutil.rmtree"}

def say(**what):
    os.write(1, json.dumps(what).encode() + b"\n")

def changes_files(event, arguments):
    return event in CHANGES or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR))

def state():
    try:
        index = open_index(settings)
    except GbaqaError as error:
        return f"{type(error).__name__}: {error}"
    texts = " ".join(statement.text for _, statement in index.statements)
    return {"26": "old", "27": "new", "28": "newest"}[re.search(r"(\d+) routes", texts)[1]]

def listing():
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))

def before_change(number, strike):
    # From here on this process calls `strike` before its nth change of files; removals in a row count as one.
    seen, last = 0, ""
    def watch(event, arguments):
        nonlocal seen, last
        if changes_files(event, arguments) and not event == last == "os.remove":
            seen, last = seen + 1, event
            if seen == number:
                say(step=number, before=event)
                strike()
    sys.addaudithook(watch)

def in_child(work, number=0, strike=None):
    # Each build in a process of its own, which can be killed or limited. Returns whether the strike came.
    shutil.rmtree(folder)
    shutil.copytree(backup, folder)
    return fork(work, number, strike)

def fork(work, number=0, strike=None):
    pid = os.fork()
    if pid == 0:
        struck = []
        if strike:
            before_change(number, lambda: (struck.append(1), strike()))
        try:
            work()
        except GbaqaError as error:
            say(error=f"{type(error).__name__}: {error}")
        except BaseException as error:
            say(crash=f"{type(error).__name__}: {error}")
        os._exit(bool(struck))
    return os.waitpid(pid, 0)[1] != 0

def age():
    for path in [*folder.rglob("*"), folder]:
        os.utime(path, (path.stat().st_atime - 2 * 86400, path.stat().st_mtime - 2 * 86400))

build_index(settings)
backup = folder.with_name("backup")
shutil.copytree(folder, backup)
document = settings.corpus / "lantern-bay.md"
text = document.read_text("utf-8")
whole = listing()
limit = max(path.stat().st_size for path in folder.rglob("*")) - 1

def kill():
    for number in itertools.count(1):
        document.write_text(text.replace("26 routes", "27 routes"), "utf-8")
        if not in_child(lambda: build_index(settings), number, lambda: os.kill(os.getpid(), signal.SIGKILL)):
            break
        say(after_kill=state())
        age()
        document.write_text(text.replace("26 routes", "28 routes"), "utf-8")
        fork(lambda: build_index(settings))
        say(after_next_build=state())
        say(left=sorted(path.name for path in folder.iterdir() if path.name != (folder / "current").read_text("utf-8").strip()))

def fill():
    document.write_text(text.replace("26 routes", "27 routes"), "utf-8")
    for most in (limit, limit // 2):
        say(step=0, before=f"more than {most} bytes in a file")
        in_child(lambda: (resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)), build_index(settings)))
        say(state=state(), added=sorted(set(listing()) - set(whole)))
    for number in itertools.count(1):
        if not in_child(lambda: build_index(settings), number, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))):
            break
        say(state=state(), added=sorted(set(listing()) - set(whole)))

say(part="killed")
kill()
say(part="full")
fill()
"""


Records = list[dict[str, Any]]


@pytest.fixture(scope="module")
def struck_builds(tmp_path_factory: pytest.TempPathFactory, small_corpus: Path) -> dict[str, Records]:
    """What DRIVER says became of an index whose update was struck before each of its changes of files in turn."""
    folder = tmp_path_factory.mktemp("struck")
    shutil.copytree(small_corpus, folder / "corpus")
    settings = {"corpus": str(folder / "corpus"), "index": str(folder / "index"), "embeddings": SPEC}
    path = os.pathsep.join([str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", DRIVER, json.dumps(settings)]
    done = subprocess.run(command, env=environment, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parts: dict[str, Records] = {}
    steps: Records = []
    for said in map(json.loads, done.stdout.splitlines()):
        if "part" in said:
            steps = parts.setdefault(said["part"], [])
            continue
        if "step" in said:
            steps.append({})
        steps[-1].update(said)
    return parts


@pytest.fixture(scope="module")
def killed_builds(struck_builds: dict[str, Records]) -> Records:
    """Of updates that were killed (SIGKILL)."""
    found = struck_builds["killed"]
    assert len(found) > 12
    assert {"os.mkdir", "os.rename", "open", "os.remove"} <= {record["before"] for record in found}
    return found


@pytest.fixture(scope="module")
def full_disk(struck_builds: dict[str, Records]) -> Records:
    """Of updates that could write no more bytes from then on."""
    found = struck_builds["full"]
    assert len(found) > 12
    assert sum("error" in record or "crash" in record for record in found) > 8
    return found


def test_a_build_killed_before_any_change_of_a_file_leaves_a_whole_index(killed_builds: Records) -> None:
    states = [record["after_kill"] for record in killed_builds]
    assert set(states) <= {"old", "new"}
    assert states == sorted(states, reverse=True)  # the old one up to a moment, the new one from then on
    assert states[0] == "old"


def test_the_build_after_a_killed_one_succeeds(killed_builds: Records) -> None:
    assert {record["after_next_build"] for record in killed_builds} == {"newest"}
    assert not [record for record in killed_builds if "error" in record or "crash" in record]


def test_what_killed_builds_leave_behind_is_cleared_by_a_build_two_days_later(killed_builds: Records) -> None:
    assert [(record["step"], record["before"], record["left"]) for record in killed_builds if record["left"] != ["current"]] == []


def test_a_build_killed_while_it_embeds_has_not_touched_the_index(settings_copy: Settings) -> None:
    before = snapshot(settings_copy.index)
    (settings_copy.corpus / "long.md").write_text(
        "# Long\n\n" + "".join(f"Mill {n} of Ashby grinds {n * 7} tonnes.\n\n" for n in range(400)), "utf-8"
    )
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom gbaqa.config import Settings\nfrom gbaqa.index.store import build_index\n"
        "settings = Settings(corpus=Path(sys.argv[1]), index=Path(sys.argv[2]), _env_file=None)\n"
        "build_index(settings, lambda done, total: print(done, total, flush=True))\n"
    )
    child = subprocess.Popen([sys.executable, "-c", script, settings_copy.corpus, settings_copy.index], stdout=subprocess.PIPE, text=True)
    assert child.stdout is not None
    done, total = map(int, child.stdout.readline().split())
    child.kill()
    child.communicate()
    assert done < total
    after = snapshot(settings_copy.index)
    assert {name: after[name] for name in after if name != LOCK} == before  # nobody holds the lock that is left
    assert Assistant.open(using=settings_copy).ask(ASK).citations[0].page == "6"


def test_a_disk_that_fills_up_is_one_clear_line(full_disk: Records) -> None:
    assert [record for record in full_disk if "crash" in record] == []
    errors = [record["error"] for record in full_disk if "error" in record]
    assert [error for error in errors if not error.startswith("SearchIndexError: ") or "\n" in error or "index" not in error] == []


def test_a_build_that_could_not_write_all_its_bytes_is_not_put_in_use(full_disk: Records) -> None:
    assert [record for record in full_disk if record["state"] not in ("old", "new")] == []
    assert [record for record in full_disk if record["step"] == 0 and record["state"] != "old"] == []


def test_a_disk_that_fills_up_leaves_nothing_of_the_new_index_behind(full_disk: Records) -> None:
    failed = [record for record in full_disk if "error" in record or "crash" in record]
    assert [(record["step"], record["before"], record["added"]) for record in failed if record["state"] == "old" and record["added"]] == []


# --- Where it cannot be written


def _below_a_file(folder: Path) -> Path:
    (folder / "file").write_text("a file of somebody's", "utf-8")
    return folder / "file" / "index"


def _a_file(folder: Path) -> Path:
    (folder / "index").write_text("a file of somebody's", "utf-8")
    return folder / "index"


def _of_the_kernel(folder: Path) -> Path:
    return Path("/proc/gbaqa-index")


def _a_folder_called_current(folder: Path) -> Path:
    (folder / "index" / "current").mkdir(parents=True)
    (folder / "index" / "current" / "notes.txt").write_text("somebody's notes", "utf-8")
    return folder / "index"


def _read_only(folder: Path) -> Path:
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    (folder / "index").mkdir(mode=0o500)
    return folder / "index"


@pytest.mark.parametrize("place", [_below_a_file, _a_file, _of_the_kernel, _a_folder_called_current, _read_only])
def test_a_place_that_cannot_be_written_is_one_clear_line_and_stays_as_it_was(
    letters: Settings, tmp_path: Path, place: Callable[[Path], Path]
) -> None:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    index = place(folder)
    before = snapshot(folder)
    with pytest.raises(SearchIndexError) as error:
        build_index(letters.model_copy(update={"index": index}))
    assert str(index) in one_line(error)
    assert snapshot(folder) == before


# --- What cannot be read


def _missing(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _half(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _one_byte_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _noise(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 4)


def _zeros(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def _a_pickle(path: Path) -> None:
    path.write_bytes(b"\x80\x04\x95\x13\x00\x00\x00\x00\x00\x00\x00\x8c\x05posix\x8c\x05abort\x93)R.")


def _an_empty_list(path: Path) -> None:
    path.write_bytes(b"[]")


def _an_empty_object(path: Path) -> None:
    path.write_bytes(b"{}")


def _null(path: Path) -> None:
    path.write_bytes(b"null")


def _a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "damage", [_missing, _empty, _half, _one_byte_short, _noise, _zeros, _a_pickle, _an_empty_list, _an_empty_object, _null, _a_folder]
)
def test_damage_to_any_file_is_one_clear_line_and_rebuild_repairs_it(built: Settings, damage: Callable[[Path], None]) -> None:
    files = [file.relative_to(generation(built)) for file in generation(built).rglob("*") if file.is_file()]
    whole = built.index.with_name("whole")
    built.index.rename(whole)
    wrong: dict[str, str] = {}
    for file in files:
        shutil.rmtree(built.index, ignore_errors=True)
        shutil.copytree(whole, built.index)
        damage(generation(built) / file)
        try:
            open_index(built)
            wrong[str(file)] = "opened"
        except SearchIndexError as error:
            if (
                "\n" in str(error)
                or str(built.index) not in str(error)
                or ("--rebuild" not in str(error) and "gbaqa index" not in str(error))
            ):
                wrong[str(file)] = f"unclear: {error}"
        except Exception as error:  # whatever it was, the test shows it
            wrong[str(file)] = f"{type(error).__name__}: {error}"
    assert wrong == {}
    build_index(built, rebuild=True)
    assert len(open_index(built).statements) > 0


@pytest.mark.parametrize("damage", [_empty, _half])
def test_an_update_over_a_damaged_index_embeds_anew_what_it_cannot_reuse(built: Settings, damage: Callable[[Path], None]) -> None:
    files = [file.relative_to(generation(built)) for file in generation(built).rglob("*") if file.is_file()]
    whole = built.index.with_name("whole")
    built.index.rename(whole)
    edit(built.corpus / "lantern-bay.md", "26 routes", "27 routes")
    for file in files:
        shutil.rmtree(built.index, ignore_errors=True)
        shutil.copytree(whole, built.index)
        damage(generation(built) / file)
        build_index(built)
        assert "27 routes" in " ".join(statement.text for _, statement in open_index(built).statements), file


def test_files_of_another_generation_are_noticed(built: Settings, tmp_path: Path) -> None:
    """Each file by itself is whole, but they do not belong together."""
    other = built.model_copy(update={"corpus": tmp_path / "other", "index": tmp_path / "other-index"})
    other.corpus.mkdir()
    (other.corpus / "elm.md").write_text("# Elm\n\nThe gate of Elm has 12 locks.\n\nElm lies on the Ash.\n", "utf-8")
    build_index(other)
    files = [
        file.relative_to(generation(built)) for file in generation(built).rglob("*") if file.is_file() and file.name != "manifest.json"
    ]
    wrong: dict[str, str] = {}
    for file in files:
        if (generation(built) / file).read_bytes() == (generation(other) / file).read_bytes():
            continue
        mixed = built.model_copy(update={"index": tmp_path / "mixed"})
        shutil.rmtree(mixed.index, ignore_errors=True)
        shutil.copytree(built.index, mixed.index)
        shutil.copy(generation(other) / file, generation(mixed) / file)
        try:
            open_index(mixed)
            wrong[str(file)] = "opened"
        except SearchIndexError:
            pass
        except Exception as error:  # whatever it was, the test shows it
            wrong[str(file)] = f"{type(error).__name__}: {error}"
    assert wrong == {}


@pytest.mark.parametrize("version", [0, 999, -1, None, "1", 1.5, [], {}])
def test_another_format_is_named_and_built_over(built: Settings, version: Any) -> None:
    old = generation(built)
    manifest = json.loads((old / "manifest.json").read_text("utf-8"))
    (old / "manifest.json").write_text(json.dumps({**manifest, "format_version": version}), "utf-8")
    with pytest.raises(SearchIndexError) as error:
        open_index(built)
    assert "gbaqa index" in one_line(error)
    assert not is_current(built)
    build_index(built)
    assert is_current(built)
    assert len(open_index(built).statements) > 0


def test_an_index_of_another_format_does_not_stay_beside_the_one_that_replaced_it(built: Settings) -> None:
    old = generation(built)
    manifest = json.loads((old / "manifest.json").read_text("utf-8"))
    (old / "manifest.json").write_text(json.dumps({**manifest, "format_version": 0}), "utf-8")
    build_index(built)
    assert entries(built.index) == sorted(["current", generation(built).name])


@pytest.mark.parametrize("field", ["dimension", "chunks", "statements"])
def test_a_manifest_that_does_not_fit_its_index_is_noticed(built: Settings, field: str) -> None:
    path = generation(built) / "manifest.json"
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, field: manifest[field] + 1}), "utf-8")
    with pytest.raises(SearchIndexError) as error:
        open_index(built)
    assert "--rebuild" in one_line(error)


POINTERS = [
    "",
    "\n",
    ".",
    "..",
    "../outside",
    "../../outside",
    "/",
    "/etc",
    "a/b",
    "./x",
    "a\0b",
    "x" * 300,
    "\udcff",
    "current",
    "missing",
]


@pytest.mark.parametrize("pointer", POINTERS, ids=[ascii(pointer[:12]) for pointer in POINTERS])
def test_a_pointer_that_names_no_generation_is_one_clear_line(built: Settings, pointer: str) -> None:
    shutil.copytree(generation(built), built.index.parent / "outside")
    (built.index / "current").write_bytes(pointer.encode("utf-8", "surrogateescape"))
    with pytest.raises(SearchIndexError) as error:
        open_index(built)
    assert "gbaqa index" in one_line(error)


OUTWARD = ["..", "../", "../.", "../../index/.."]


@pytest.fixture
def index_outside(built: Settings) -> Settings:
    """A whole index lies in the folder around the index folder too, beside the corpus."""
    shutil.copytree(generation(built), built.index.parent, dirs_exist_ok=True)
    return built


@pytest.mark.parametrize("pointer", OUTWARD)
def test_a_pointer_out_of_the_index_folder_is_not_followed(index_outside: Settings, pointer: str) -> None:
    (index_outside.index / "current").write_text(pointer, "utf-8")
    with pytest.raises(SearchIndexError):
        open_index(index_outside)


@pytest.mark.parametrize("pointer", OUTWARD)
def test_a_build_over_a_pointer_out_of_the_index_folder_removes_nothing_outside(index_outside: Settings, pointer: str) -> None:
    (index_outside.index / "current").write_text(pointer, "utf-8")
    before = snapshot(index_outside.corpus)
    build_index(index_outside, rebuild=True)
    assert (index_outside.index.parent / "manifest.json").exists()
    assert snapshot(index_outside.corpus) == before
    assert len(open_index(index_outside).statements) > 0


def test_a_file_called_current_that_is_not_ours_is_not_overwritten(letters: Settings) -> None:
    """Somebody points --index at a folder of their own."""
    letters.index.mkdir()
    (letters.index / "current").write_text("Notes on the current in the strait:\nstrong in spring.\n", "utf-8")
    before = snapshot(letters.index)
    with pytest.raises(SearchIndexError) as error:
        build_index(letters)
    assert "--index" in one_line(error) or "--rebuild" in one_line(error)
    assert snapshot(letters.index) == before


def test_files_of_somebody_else_in_the_index_folder_stay(letters: Settings) -> None:
    letters.index.mkdir()
    (letters.index / "notes.txt").write_text("somebody's notes", "utf-8")
    (letters.index / "2031-budget").mkdir()
    (letters.index / "2031-budget" / "sheet.csv").write_text("1,2", "utf-8")
    before = snapshot(letters.index)
    build_index(letters)
    build_index(letters, rebuild=True)
    after = snapshot(letters.index)
    assert {name: after.get(name) for name in before} == before


def test_no_index_yet_says_how_to_build_one(letters: Settings) -> None:
    with pytest.raises(SearchIndexError) as error:
        open_index(letters)
    message = one_line(error)
    assert str(letters.index) in message
    assert "gbaqa index" in message
    assert not letters.index.exists()  # looking for it does not make it


# --- What is on disk


def test_nothing_in_an_index_is_pickled(built: Settings) -> None:
    files = [file for file in generation(built).rglob("*") if file.is_file()]
    assert {file.suffix for file in files} <= {".json", ".jsonl", ".npy", ".faiss"}
    arrays = [file for file in files if file.suffix == ".npy"]
    assert arrays
    for file in arrays:
        assert np.load(file, allow_pickle=False).dtype.hasobject is False
    for file in files:
        if file.suffix == ".json":
            json.loads(file.read_text("utf-8"))


def test_an_array_with_a_pickle_in_it_is_refused_unread(built: Settings, tmp_path: Path) -> None:
    """Opening an index from somebody else must not run their code."""
    witness = tmp_path / "ran"
    for file in sorted(generation(built).rglob("*.npy")):
        whole = file.read_bytes()
        np.save(file, np.array([_Touches(witness)], dtype=object), allow_pickle=True)
        with pytest.raises(SearchIndexError):
            open_index(built)
        file.write_bytes(whole)
    assert not witness.exists()


class _Touches:
    """Unpickled, it leaves a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Any, tuple[str, str]]:
        return open, (str(self.path), "w")


def test_an_index_can_be_moved(built: Settings) -> None:
    moved = built.model_copy(update={"index": built.index.with_name("moved")})
    built.index.rename(moved.index)
    assert is_current(moved)
    assert len(open_index(moved).statements) > 0


def test_what_is_read_back_is_what_was_written(built: Settings) -> None:
    index = open_index(built)
    build_index(built, rebuild=True)
    reopened = open_index(built)
    assert reopened.documents == index.documents
    assert reopened.chunks == index.chunks
    for chunk in index.chunks:
        first = index.first_statement[chunk.id]
        assert [statement for _, statement in index.statements[first : first + len(chunk.statements)]] == list(chunk.statements)
    assert index.columns.owner.tolist() == [chunk.id for chunk in index.chunks for _ in chunk.statements]
