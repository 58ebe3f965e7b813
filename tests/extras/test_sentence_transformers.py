"""Models of sentence-transformers: a tiny one, made here, saved to disk, and used through the setting."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.errors import SettingsError
from gbaqa.index.embeddings import count_tokens_with, embed_passages, embed_query, open_embeddings
from gbaqa.index.store import build_index

pytestmark = pytest.mark.extra

DIMENSION = 24
QUESTION = "What is the population of Lantern Bay?"
PROMPTS = {"query": "ask: ", "passage": "text: "}

MakeModel = Callable[..., Path]


@pytest.fixture(scope="session")
def make_model(small_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> MakeModel:
    """Saves a BERT with random weights and the small corpus's own words; the same weights every time."""
    pytest.importorskip(
        "sentence_transformers",
        reason="needs the extra: pip install 'gbaqa[sentence-transformers]'",
        exc_type=ImportError,
    )
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertConfig, BertModel, BertTokenizerFast

    text = " ".join(path.read_text("utf-8").lower() for path in sorted(small_corpus.glob("*.md")))
    letters = sorted(set(re.findall(r"\w", text)) | set("abcdefghijklmnopqrstuvwxyz0123456789:.?"))
    words = sorted(set(re.findall(r"[a-z]{2,}", text + " ask text query passage")))
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters), *words]

    def make(name: str = "model", prompts: dict[str, str] | None = None) -> Path:
        folder = tmp_path_factory.mktemp("models")
        bert = folder / "bert"
        bert.mkdir()
        (bert / "vocab.txt").write_text("\n".join(dict.fromkeys(pieces)) + "\n", "utf-8")
        BertTokenizerFast(str(bert / "vocab.txt"), do_lower_case=True).save_pretrained(bert)
        torch.manual_seed(7)
        config = BertConfig(
            vocab_size=len(dict.fromkeys(pieces)),
            hidden_size=DIMENSION,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=48,
            max_position_embeddings=256,
        )
        BertModel(config).save_pretrained(bert)
        modules = [Transformer(str(bert), max_seq_length=128), Pooling(DIMENSION, pooling_mode="mean")]
        saved = folder / name
        SentenceTransformer(modules=modules, prompts=prompts, device="cpu").save(str(saved))
        return saved

    return make


@pytest.fixture(scope="session")
def model(make_model: MakeModel) -> Path:
    """Folder of a model with prompts for questions and passages."""
    return make_model(prompts=PROMPTS)


def reference(folder: Path, text: str) -> np.ndarray:
    """What the library itself makes of a text, of unit length and without any prompt of the model's."""
    from sentence_transformers import SentenceTransformer

    found = SentenceTransformer(str(folder), device="cpu").encode([text], prompt="", normalize_embeddings=True)
    return np.asarray(found)[0]


def run(*arguments: str | Path, model: Path, cwd: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """The command line with GBAQA_EMBEDDINGS naming the model, and no network to ask."""
    environment = {**os.environ, "GBAQA_EMBEDDINGS": f"sentence-transformers:{model}", "HF_HUB_OFFLINE": "1", **settings}
    command = [sys.executable, "-c", "from gbaqa.cli import run; run()", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_an_index_is_built_and_asked_through_the_setting(model: Path, corpus_copy: Path) -> None:
    folder = corpus_copy.parent
    built = run("index", "--corpus", corpus_copy, "--index", folder / "index", model=model, cwd=folder)
    assert built.returncode == 0, built.stderr
    assert "Indexed lantern-bay, tide-survey" in built.stdout
    asked = run("ask", "--json", QUESTION, "--corpus", corpus_copy, "--index", folder / "index", model=model, cwd=folder)
    assert asked.returncode == 0, asked.stderr
    answer: dict[str, Any] = json.loads(asked.stdout)
    assert answer["status"] in ("answered", "refused")  # a model of random weights ranks at random
    assert "2" in [passage["page"] for passage in answer["passages"]]
    for citation in answer["citations"]:
        assert citation["page"]
        assert citation["quote"]


def test_the_index_remembers_the_model_and_its_dimension(model: Path, small_corpus: Path, tmp_path: Path) -> None:
    settings = Settings(corpus=small_corpus, index=tmp_path / "index", embeddings=f"sentence-transformers:{model}", _env_file=None)
    report = build_index(settings)
    assert report.manifest.dimension == DIMENSION
    assert report.manifest.embeddings == f"sentence-transformers:{model}"
    assert build_index(settings).unchanged
    assistant = Assistant.open(using=settings)
    vectors = assistant.index.vectors.reconstruct_n(0, assistant.index.vectors.ntotal)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert len(assistant.search(QUESTION)) == 10


def test_questions_and_passages_get_the_prompts_of_the_model(model: Path) -> None:
    embeddings = open_embeddings(f"sentence-transformers:{model}", "cpu")
    query, passage = embed_query(embeddings, QUESTION), embed_passages(embeddings, [QUESTION])[0]
    np.testing.assert_allclose(query, reference(model, PROMPTS["query"] + QUESTION), atol=1e-5)
    np.testing.assert_allclose(passage, reference(model, PROMPTS["passage"] + QUESTION), atol=1e-5)
    assert not np.allclose(query, passage, atol=1e-3)
    assert not np.allclose(query, reference(model, QUESTION), atol=1e-3)


@pytest.mark.parametrize(
    ("name", "prompts", "query", "passage"),
    [
        ("plain", None, "", ""),
        ("named", {"query": "ask: ", "document": "text: "}, "ask: ", "text: "),
        ("only-query", {"query": "ask: "}, "ask: ", ""),
        ("tiny-e5-small", None, "query: ", "passage: "),
        ("e5", None, "query: ", "passage: "),
        ("tiny-e5-with-own", {"query": "ask: ", "passage": "text: "}, "ask: ", "text: "),
        ("tiny-e5-instruct", None, "", ""),
        ("stage5", None, "", ""),
        ("e50", None, "", ""),
    ],
)
def test_the_prefix_of_a_model_is_its_own_or_that_of_its_family(
    make_model: MakeModel, name: str, prompts: dict[str, str] | None, query: str, passage: str
) -> None:
    folder = make_model(name, prompts)
    embeddings = open_embeddings(f"sentence-transformers:{folder}", "cpu")
    np.testing.assert_allclose(embed_query(embeddings, QUESTION), reference(folder, query + QUESTION), atol=1e-5)
    np.testing.assert_allclose(embed_passages(embeddings, [QUESTION])[0], reference(folder, passage + QUESTION), atol=1e-5)


def test_a_folder_above_the_model_does_not_say_what_family_it_is_of(make_model: MakeModel, tmp_path: Path) -> None:
    folder = tmp_path / "e5" / "plain"
    folder.parent.mkdir()
    make_model("plain").rename(folder)
    embeddings = open_embeddings(f"sentence-transformers:{folder}", "cpu")
    np.testing.assert_allclose(embed_query(embeddings, QUESTION), reference(folder, QUESTION), atol=1e-5)


def test_batches_in_several_threads_give_the_vectors_of_each_text_alone(model: Path) -> None:
    embeddings = open_embeddings(f"sentence-transformers:{model}", "cpu")
    texts = [f"Ferry {n} of Port Maren carries {n * 31} passengers{' a day' * (n % 5)}." for n in range(50)]
    together = embed_passages(embeddings, texts)
    for n in (0, 15, 16, 31, 32, 49):
        np.testing.assert_allclose(together[n], embed_passages(embeddings, [texts[n]])[0], atol=1e-5)


def test_tokens_are_those_of_the_model(model: Path) -> None:
    count = count_tokens_with(open_embeddings(f"sentence-transformers:{model}", "cpu"))
    assert count("lantern bay") == 2
    assert count("灯塔湾") == 3
    assert count("") == 0


def test_no_texts_give_no_vectors(model: Path) -> None:
    assert open_embeddings(f"sentence-transformers:{model}", "cpu").embed_documents([]) == []


def _missing(folder: Path) -> Path:
    return folder / "not-there"


def _empty(folder: Path) -> Path:
    (folder / "empty").mkdir()
    return folder / "empty"


def _broken_configuration(folder: Path) -> Path:
    broken = folder / "broken"
    broken.mkdir()
    (broken / "modules.json").write_text("not JSON\n", "utf-8")
    (broken / "config.json").write_text("{\n", "utf-8")
    return broken


def _a_file(folder: Path) -> Path:
    (folder / "file").write_text("a file", "utf-8")
    return folder / "file"


def _a_name_nobody_has(folder: Path) -> Path:
    return Path("nobody-has-this/name")


@pytest.mark.parametrize("broken", [_missing, _empty, _broken_configuration, _a_file, _a_name_nobody_has])
def test_a_model_that_cannot_be_loaded_is_one_clear_line(model: Path, corpus_copy: Path, broken: Callable[[Path], Path]) -> None:
    folder = broken(corpus_copy.parent)
    failed = run("index", "--corpus", corpus_copy, "--index", corpus_copy.parent / "index", model=folder, cwd=corpus_copy.parent)
    assert failed.returncode == 2
    assert "Traceback" not in failed.stderr
    own = [line for line in failed.stderr.splitlines() if line.startswith("gbaqa: ")]  # the libraries may warn on lines of their own
    assert len(own) == 1
    assert failed.stderr.rstrip().endswith(own[0])
    assert "GBAQA_EMBEDDINGS" in own[0]
    assert folder.name in own[0]


@pytest.mark.parametrize("device", ["warp9", "cuda:99"])
def test_a_device_that_is_not_there_is_one_clear_line(model: Path, device: str) -> None:
    with pytest.raises(SettingsError) as error:
        open_embeddings(f"sentence-transformers:{model}", device)
    assert device in str(error.value)
    assert "\n" not in str(error.value)
