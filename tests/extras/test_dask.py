"""Embedding on processes of Dask: the same vectors, a killed worker's batches done by another, failures in one line."""

import os
import signal
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gbaqa.config import Settings
from gbaqa.errors import SettingsError
from gbaqa.index import spread
from gbaqa.index.spread import embed_spread
from gbaqa.index.store import build_index, open_index
from test_store import SPEC, one_line, vectors_by_text

pytestmark = pytest.mark.extra


@pytest.fixture(scope="module", autouse=True)
def _extra() -> None:
    pytest.importorskip("distributed", reason="needs the extra: pip install 'gbaqa[dask]'")


@pytest.fixture
def over_processes(corpus_copy: Path) -> Settings:
    """Settings for a corpus of the test's own, embedded by two processes."""
    return Settings(corpus=corpus_copy, index=corpus_copy.parent / "index", embeddings=SPEC, dask="2", _env_file=None)


def test_vectors_are_those_of_one_process_and_progress_is_told(over_processes: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "_BATCH", 8)
    told: list[tuple[int, int]] = []
    report = build_index(over_processes, lambda done, total: told.append((done, total)))
    assert report.embedded == told[-1][0] == told[-1][1] > 16
    alone = over_processes.model_copy(update={"dask": "", "index": over_processes.index.parent / "alone"})
    build_index(alone)
    assert vectors_by_text(open_index(over_processes)) == vectors_by_text(open_index(alone))


def test_a_worker_that_is_killed_costs_nothing(over_processes: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "_embed", dying_once(tmp_path / "died"))
    texts = [f"Mill {number} grinds." for number in range(3 * spread._BATCH)]
    vectors = embed_spread(over_processes, texts).vectors
    assert (tmp_path / "died").exists()
    monkeypatch.undo()
    assert np.array_equal(vectors, spread._embed(texts, SPEC, "", tokens=False).vectors)


def test_tokens_travel_with_their_texts(over_processes: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "_BATCH", 2)
    texts = [f"Mill {number} grinds." + " And grinds." * number for number in range(5)]
    tuned = over_processes.model_copy(update={"embeddings": "tuned-e5"})
    there, here = embed_spread(tuned, texts), spread._embed(texts, "tuned-e5", "", tokens=True)
    assert [one.tolist() for one in there.tokens] == [one.tolist() for one in here.tokens]
    assert embed_spread(tuned, texts, tokens=False).tokens == []


def dying_once(mark: Path) -> Callable[..., object]:
    """What a worker does, but the first one to begin is killed."""
    embed = spread._embed

    def dying(batch: list[str], spec: str, device: str, *, tokens: bool) -> object:
        try:
            mark.touch(exist_ok=False)
        except FileExistsError:
            return embed(batch, spec, device, tokens=tokens)
        os.kill(os.getpid(), signal.SIGKILL)
        return None

    return dying


def test_a_model_that_workers_cannot_load_is_one_line(over_processes: Settings) -> None:
    with pytest.raises(SettingsError) as error:
        embed_spread(over_processes.model_copy(update={"embeddings": "no_such_module:Model"}), ["a text"])
    assert "no_such_module" in one_line(error)


def test_a_scheduler_that_does_not_answer_is_one_line(over_processes: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spread, "_PATIENCE", 0.5)
    with pytest.raises(SettingsError) as error:
        embed_spread(over_processes.model_copy(update={"dask": "tcp://127.0.0.1:9"}), ["a text"])
    assert "tcp://127.0.0.1:9" in one_line(error)
