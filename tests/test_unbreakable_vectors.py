"""Many vectors: lists instead of exact search, read from disk, and kept whole."""

from pathlib import Path

import faiss
import numpy as np
import pytest

from gbaqa.index.vectors import all_vectors, make_vector_index, nearest, read_vector_index

COUNT, DIMENSION = 6000, 32


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
