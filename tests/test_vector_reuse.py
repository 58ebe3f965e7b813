"""Vectors outlive a change of the index format, and are taken only from a whole index of the same model."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import faiss
import numpy as np
import pytest

from gbaqa.config import Settings
from gbaqa.errors import SearchIndexError
from gbaqa.index import store
from gbaqa.index.generations import checksums
from gbaqa.index.store import build_index, is_current, open_index
from test_store import LetterEmbeddings, generation, vectors_by_text

SPEC = "test_store:LetterEmbeddings"


@pytest.fixture
def built(corpus_copy: Path) -> Settings:
    """A corpus and its index, of a model that costs nothing and remembers what it embedded."""
    settings = Settings(corpus=corpus_copy, index=corpus_copy.parent / "index", embeddings=SPEC, _env_file=None)
    build_index(settings)
    LetterEmbeddings.embedded.clear()
    return settings


@pytest.fixture
def older(built: Settings) -> Settings:
    """The same, as if an older gbaqa had built it: of another format, with a manifest of its own fields."""
    manifest = json.loads((generation(built) / "manifest.json").read_text("utf-8"))
    kept = {name: manifest[name] for name in ("embeddings", "files")}
    write_manifest(built, {"format_version": store.FORMAT_VERSION - 1, "made_by": "an older gbaqa", **kept})
    return built


def write_manifest(settings: Settings, content: object) -> None:
    (generation(settings) / "manifest.json").write_text(json.dumps(content), "utf-8")


def sign(settings: Settings) -> None:
    """Have the manifest fit the files as they are, as a program does that writes an index of its own."""
    manifest = json.loads((generation(settings) / "manifest.json").read_text("utf-8"))
    write_manifest(settings, manifest | {"files": checksums(generation(settings))})


def test_an_index_of_another_format_gives_all_its_vectors(older: Settings) -> None:
    keys = np.load(generation(older) / "vector_keys.npy")
    vectors = faiss.read_index(str(generation(older) / "vectors.faiss"))
    report = build_index(older)
    assert LetterEmbeddings.embedded == []
    assert (report.unchanged, report.embedded, report.reused) == (False, 0, report.manifest.statements)
    assert is_current(older)
    assert np.array_equal(np.load(generation(older) / "vector_keys.npy"), keys)
    assert np.array_equal(open_index(older).vectors.reconstruct_n(0, vectors.ntotal), vectors.reconstruct_n(0, vectors.ntotal))


def test_of_another_format_too_only_what_changed_is_embedded(older: Settings) -> None:
    path = older.corpus / "lantern-bay.md"
    path.write_text(path.read_text("utf-8").replace("26 routes", "27 routes"), "utf-8")
    report = build_index(older)
    assert report.embedded == len(LetterEmbeddings.embedded) == 1
    assert "27 routes" in LetterEmbeddings.embedded[0]


def test_other_files_of_another_format_do_not_matter(older: Settings) -> None:
    """What else it holds may be written differently, or may not be there."""
    for name in ("chunks.jsonl", "documents.json"):
        (generation(older) / name).unlink()
    (generation(older) / "terms.json").write_text("[[1], {}]", "utf-8")
    shutil.rmtree(generation(older) / "bm25")
    sign(older)
    with pytest.raises(SearchIndexError):
        open_index(older)
    assert build_index(older).embedded == 0
    assert len(open_index(older).statements) > 0


def test_rebuild_takes_no_vector_from_another_format(older: Settings) -> None:
    assert build_index(older, rebuild=True).reused == 0


def test_an_index_of_another_model_gives_no_vector(older: Settings) -> None:
    manifest = json.loads((generation(older) / "manifest.json").read_text("utf-8"))
    write_manifest(older, manifest | {"embeddings": "test_store:WideLetterEmbeddings"})
    assert build_index(older).reused == 0


def _lose_the_keys(folder: Path) -> None:
    (folder / "vector_keys.npy").unlink()


def _lose_the_vectors(folder: Path) -> None:
    (folder / "vectors.faiss").unlink()


def _empty_the_keys(folder: Path) -> None:
    (folder / "vector_keys.npy").write_bytes(b"")


def _pickle_the_keys(folder: Path) -> None:
    np.save(folder / "vector_keys.npy", np.array([{}], dtype=object), allow_pickle=True)


def _drop_a_key(folder: Path) -> None:
    np.save(folder / "vector_keys.npy", np.load(folder / "vector_keys.npy")[:-1])


def _write_noise_over_the_vectors(folder: Path) -> None:
    (folder / "vectors.faiss").write_bytes(bytes(range(256)) * 4)


DAMAGES = [_lose_the_keys, _lose_the_vectors, _empty_the_keys, _pickle_the_keys, _drop_a_key, _write_noise_over_the_vectors]


@pytest.mark.parametrize("signed", [False, True], ids=["damaged", "written so"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_an_older_index_without_usable_vectors_is_built_over(older: Settings, damage: Callable[[Path], None], signed: bool) -> None:
    damage(generation(older))
    if signed:
        sign(older)
    report = build_index(older)
    assert report.embedded == len(set(LetterEmbeddings.embedded))
    assert report.reused == report.manifest.statements - report.embedded
    assert is_current(older)


def test_a_vector_that_is_not_as_it_was_written_is_not_taken(built: Settings) -> None:
    """A file may be whole and still not be ours: checksums tell."""
    right = vectors_by_text(open_index(built))
    path = str(generation(built) / "vectors.faiss")
    vectors = faiss.read_index(path)
    wrong = faiss.IndexFlatIP(vectors.d)
    wrong.add(-vectors.reconstruct_n(0, vectors.ntotal))
    faiss.write_index(wrong, path)
    build_index(built.model_copy(update={"chunk_tokens": 64}))
    found = vectors_by_text(open_index(built.model_copy(update={"chunk_tokens": 64})))
    assert all(found[text] == right[text] for text in found if text in right)


@pytest.mark.parametrize("manifest", [[], {}, None, "index", {"embeddings": SPEC}, {"files": {}}, {"embeddings": [], "files": []}])
def test_a_manifest_of_another_shape_is_built_over(built: Settings, manifest: object) -> None:
    write_manifest(built, manifest)
    report = build_index(built)
    assert report.embedded == len(set(LetterEmbeddings.embedded)) > 0
    assert is_current(built)


def test_the_file_of_keys_has_one_for_each_row(built: Settings) -> None:
    index = open_index(built)
    keys = np.load(generation(built) / "vector_keys.npy", allow_pickle=False)
    assert keys.shape == (index.vectors.ntotal, 16)
    texts = [store.embedded_text(chunk, statement) for chunk, statement in index.statements]
    assert len({key.tobytes() for key in keys}) == len(set(texts))
