"""Vectors in Milvus: Milvus Lite as a folder and as a server, whose protocol a cluster speaks too."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import SearchIndexError
from gbaqa.index import milvus
from gbaqa.index.store import SearchIndex, build_index, open_index
from test_store import LetterEmbeddings, edit, generation, one_line, vectors_by_text

pytestmark = pytest.mark.extra

SPEC = "test_store:LetterEmbeddings"
QUESTIONS = [
    "What is the population of Lantern Bay?",
    "What is the total investment in Lantern Bridge?",
    "马伦港渡轮每天运送多少名乘客？",
]


@pytest.fixture(scope="module", autouse=True)
def _extra() -> None:
    pytest.importorskip("langchain_milvus", reason="needs the extra: pip install 'gbaqa[milvus]'")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a Milvus server in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    data = tmp_path_factory.mktemp("milvus")
    command = [str(Path(sys.executable).with_name("milvus-lite")), "server", "--data-dir", str(data), "--host", "127.0.0.1", "--port"]
    process = subprocess.Popen([*command, str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_listening(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


def wait_until_listening(port: int) -> None:
    """Wait for a server; a busy machine takes its time to start one."""
    deadline = time.monotonic() + 60
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            assert time.monotonic() < deadline, "Milvus did not start"
            time.sleep(0.1)
        else:
            return


@pytest.fixture(params=["folder", "server"])
def chosen(request: pytest.FixtureRequest, corpus_copy: Path) -> Settings:
    """Settings for a corpus of the test's own with vectors in Milvus, and no index yet."""
    LetterEmbeddings.embedded.clear()
    uri = request.getfixturevalue("server") if request.param == "server" else ""
    index = corpus_copy.parent / "index"
    return Settings(corpus=corpus_copy, index=index, embeddings=SPEC, vector_store="milvus", milvus_uri=uri, _env_file=None)


def in_faiss(settings: Settings) -> Settings:
    """The same corpus with its vectors in FAISS."""
    return settings.model_copy(update={"vector_store": "faiss", "index": settings.index.parent / "faiss"})


def entities(settings: Settings) -> int:
    """How many texts the collection of the index in use holds."""
    collection = milvus.Collection(settings, milvus.collection_of(generation(settings)))
    counted = collection._store.client.query(collection.name, filter="", output_fields=["count(*)"], consistency_level="Strong")
    return int(counted[0]["count(*)"])


def texts(index: SearchIndex) -> int:
    return len(vectors_by_text(index))


def test_vectors_and_answers_are_those_of_faiss(chosen: Settings) -> None:
    build_index(chosen)
    build_index(in_faiss(chosen))
    own, other = open_index(chosen), open_index(in_faiss(chosen))
    assert isinstance(own.vectors, milvus.MilvusVectors)
    assert vectors_by_text(own) == vectors_by_text(other)
    assert entities(chosen) == texts(own)
    query = other.vectors.reconstruct(3)[None]
    (similarities, rows), (exact, truth) = own.vectors.search(query, 5), other.vectors.search(query, 5)
    assert np.allclose(similarities, exact, atol=1e-5)
    assert np.allclose([own.vectors.reconstruct(int(row)) @ query[0] for row in rows[0]], exact, atol=1e-5)
    assert set(truth[0][exact[0] > exact[0][-1] + 1e-5]) <= set(rows[0])
    for question in QUESTIONS:
        assert Assistant.open(using=chosen).ask(question).answer == Assistant.open(using=in_faiss(chosen)).ask(question).answer


def test_only_what_is_new_is_added_and_what_is_gone_goes_a_build_later(chosen: Settings) -> None:
    build_index(chosen)
    before, name = entities(chosen), milvus.collection_of(generation(chosen))
    reader = open_index(chosen)
    LetterEmbeddings.embedded.clear()
    edit(chosen.corpus / "lantern-bay.md", "370,000 more", "371,000 more")
    report = build_index(chosen)
    assert report.embedded == len(LetterEmbeddings.embedded) == 1
    assert milvus.collection_of(generation(chosen)) == name
    assert entities(chosen) == before + 1  # the old text stays for whoever reads the old index
    assert texts(reader) == before
    edit(chosen.corpus / "lantern-bay.md", "371,000 more", "372,000 more")
    build_index(chosen)
    assert entities(chosen) == before + 1  # one more, and the first one gone
    assert texts(open_index(chosen)) == before


def test_a_move_from_faiss_embeds_nothing_anew(chosen: Settings) -> None:
    faiss = chosen.model_copy(update={"vector_store": "faiss"})
    build_index(faiss)
    LetterEmbeddings.embedded.clear()
    with pytest.raises(SearchIndexError) as error:
        open_index(chosen)
    assert "vectors in faiss" in one_line(error)
    report = build_index(chosen)
    assert (LetterEmbeddings.embedded, report.reused) == ([], report.manifest.statements)
    build_index(faiss)
    assert LetterEmbeddings.embedded == []  # nor back


def test_a_rebuild_embeds_everything_and_keeps_the_collection(chosen: Settings) -> None:
    report = build_index(chosen)
    before, name = entities(chosen), milvus.collection_of(generation(chosen))
    LetterEmbeddings.embedded.clear()
    assert build_index(chosen, rebuild=True).embedded == report.embedded
    assert (entities(chosen), milvus.collection_of(generation(chosen))) == (before, name)


def test_a_collection_that_was_dropped_is_told_and_made_again(chosen: Settings) -> None:
    build_index(chosen)
    collection = milvus.Collection(chosen, milvus.collection_of(generation(chosen)))
    collection._store.client.drop_collection(collection.name)
    with pytest.raises(SearchIndexError) as error:
        open_index(chosen)
    assert "gbaqa index --rebuild" in one_line(error)
    build_index(chosen, rebuild=True)
    assert texts(open_index(chosen)) == entities(chosen)


def test_a_collection_that_was_emptied_is_told(chosen: Settings) -> None:
    build_index(chosen)
    vectors = open_index(chosen).vectors
    vector = vectors.reconstruct_n(0, 1)
    collection = milvus.Collection(chosen, milvus.collection_of(generation(chosen)))
    collection.remove([key.tobytes().hex() for key in np.load(generation(chosen) / milvus.KEYS)])
    with pytest.raises(SearchIndexError) as error:
        vectors.search(vector, 5)
    assert "gbaqa index --rebuild" in one_line(error)


def test_a_server_that_does_not_answer_is_one_line_before_anything_is_embedded(corpus_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(milvus, "_SECONDS", 1.0)
    LetterEmbeddings.embedded.clear()
    where = {"index": corpus_copy.parent / "index", "milvus_uri": "http://127.0.0.1:9", "vector_store": "milvus"}
    with pytest.raises(SearchIndexError) as error:
        build_index(Settings(corpus=corpus_copy, embeddings=SPEC, _env_file=None, **where))
    assert "http://127.0.0.1:9" in one_line(error)
    assert "GBAQA_MILVUS_URI" in one_line(error)
    assert LetterEmbeddings.embedded == []


def test_the_command_line_asks_milvus_by_settings_alone(corpus_copy: Path, server: str) -> None:
    where = {"GBAQA_CORPUS": str(corpus_copy), "GBAQA_INDEX": str(corpus_copy.parent / "index")}
    environment = {**os.environ, **where, "GBAQA_VECTOR_STORE": "milvus", "GBAQA_MILVUS_URI": server}
    gbaqa = str(Path(sys.executable).with_name("gbaqa"))
    for command in (["index"], ["ask", QUESTIONS[0]]):
        done = subprocess.run([gbaqa, *command], env=environment, check=False, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
    assert "4.12 million" in done.stdout
