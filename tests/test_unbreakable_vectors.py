"""Many vectors: lists instead of exact search, read from disk, and kept whole."""

from functools import partial
from pathlib import Path

import faiss
import numpy as np
import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index import store
from gbaqa.index.vectors import all_vectors, make_vector_index, nearest, read_vector_index

COUNT, DIMENSION = 6000, 32
QUESTIONS = (
    "How many people live in Lantern Bay?",
    "云禾的风力发电量占全湾多少？",
    "雲禾嘅三大支柱產業係咩？",
    "Which city has the largest area?",
    "On which page is the foreword?",
    "Who won the chess tournament?",
)


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    """Unit vectors in clusters, as statements are."""
    chance = np.random.default_rng(7)
    centres = chance.standard_normal((60, DIMENSION))
    made = centres[chance.integers(0, 60, COUNT)] + 0.6 * chance.standard_normal((COUNT, DIMENSION))
    return (made / np.linalg.norm(made, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module", params=["exact", "lists"])
def index(request: pytest.FixtureRequest, vectors: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> faiss.Index:
    path: Path = tmp_path_factory.mktemp("vectors") / "vectors.faiss"
    faiss.write_index(make_vector_index(vectors, COUNT if request.param == "exact" else 100), str(path))
    return read_vector_index(path)


def test_the_nearest_are_found(index: faiss.Index, vectors: np.ndarray) -> None:
    recalls = []
    for row in range(0, COUNT, 200):
        truth = np.argsort(-(vectors @ vectors[row]))[:10]
        rows, similarities = nearest(index, vectors[row], 512)
        assert list(similarities) == sorted(similarities, reverse=True)
        assert rows[0] == row
        assert np.allclose(vectors[rows] @ vectors[row], similarities, atol=1e-5)
        recalls.append(len(set(truth) & set(rows.tolist())) / 10)
    assert np.mean(recalls) > 0.9


def test_more_than_there_is_gives_what_there_is(index: faiss.Index, vectors: np.ndarray) -> None:
    rows, similarities = nearest(index, vectors[0], COUNT + 100)
    assert 0 < len(rows) == len(similarities) <= COUNT
    assert min(rows) >= 0


def test_vectors_come_back_whole_and_in_order(index: faiss.Index, vectors: np.ndarray) -> None:
    assert np.array_equal(all_vectors(index), vectors)


def test_a_file_that_is_gone_is_still_searched(vectors: np.ndarray, tmp_path: Path) -> None:
    """A build removes the generation that a server has open."""
    path = tmp_path / "vectors.faiss"
    faiss.write_index(make_vector_index(vectors, 100), str(path))
    opened = read_vector_index(path)
    path.unlink()
    assert nearest(opened, vectors[5], 3)[0][0] == 5


def test_answers_do_not_depend_on_where_an_index_lies(
    small_assistant: Assistant, small_settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A large index is searched by lists and read in place: built small here, it must answer as one in memory does."""
    monkeypatch.setattr(store, "make_vector_index", partial(make_vector_index, exact_up_to=10))
    monkeypatch.setattr(store, "EXACT_UP_TO", 10)
    settings = small_settings.model_copy(update={"index": tmp_path / "index"})
    store.build_index(settings)
    large = Assistant.open(using=settings)
    assert isinstance(large.index.vectors, faiss.IndexIVF)
    for question in QUESTIONS:
        answer, other = (one.ask(question).model_dump(exclude={"elapsed_ms"}) for one in (small_assistant, large))
        assert other == answer
    assert any(small_assistant.ask(question).status == "answered" for question in QUESTIONS)
