"""Files of tuned values of the embedding model: gbaqa/index/e5/tuning.py reads them into its weights, this into PyTorch."""

import zlib
from pathlib import Path

import numpy as np
import torch
from e5_torch import E5

from gbaqa.index.e5.projection import NAMES
from gbaqa.index.e5.weights import Span


def write(model: E5, target: Path) -> None:
    """Keep the tuned values: where each tensor lies, its values, a checksum of the originals, and the gains of scales in 8 bits."""
    tuned, scaled = ([(span, parts[key]) for span, key in _in_order(model) if key in parts] for parts in (model.tuned, model.gains))
    spans = [span for span, _ in tuned]
    values = np.concatenate([tensor.detach().numpy() for _, tensor in tuned]).astype("<f4")
    gains = np.concatenate([tensor.detach().numpy().ravel() for _, tensor in scaled])
    step = max(float(np.abs(gains).max()), 1e-6) / np.iinfo(np.int8).max
    np.savez_compressed(
        target,
        starts=np.array([span.start for span in spans]),
        sizes=np.array([span.size for span in spans]),
        values=values,
        original=zlib.crc32(b"".join(model.file.original(span) for span in spans)),
        gain_starts=np.array([span.start for span, _ in scaled]),
        gain_counts=np.array([tensor.numel() for _, tensor in scaled]),
        gains=np.round(gains / step).astype(np.int8),
        gain_step=np.float32(step),
        **{name: tensor.detach().numpy().astype(np.float16) for name, tensor in _of_tokens(model).items() if model.compares_tokens},
    )


def read(model: E5, source: Path) -> None:
    """Put the tuned values of a file into the model."""
    by_start = {span.start: name for span, name in _in_order(model)}
    with np.load(source) as stored:
        values = np.split(stored["values"], np.cumsum(stored["sizes"] // 4)[:-1])
        gains = np.split(stored["gains"] * stored["gain_step"], np.cumsum(stored["gain_counts"])[:-1])
        of_tokens = {name: stored[name].astype(np.float32) for name in _of_tokens(model) if name in stored}
        places = [*zip(stored["starts"].tolist(), values, strict=True), *zip(stored["gain_starts"].tolist(), gains, strict=True)]
    with torch.no_grad():
        for start, numbers in places:
            name = by_start[start]
            parameter = model.tuned[name] if name in model.tuned else model.gains[name]
            parameter.copy_(torch.from_numpy(numbers.astype(np.float32)).view(parameter.shape))
        for name, values in of_tokens.items():
            _of_tokens(model)[name].copy_(torch.from_numpy(values))
    model.compares_tokens |= bool(of_tokens)


def read_basis(model: E5, source: Path) -> None:
    """Put the projection of tokens of a file (evals/token_basis.py), and its centre, into the model."""
    with np.load(source) as stored, torch.no_grad():
        model.projection.copy_(torch.from_numpy(stored["projection"]))
        model.centre.copy_(torch.from_numpy(stored["centre"]))
    model.compares_tokens = True


def _of_tokens(model: E5) -> dict[str, torch.nn.Parameter]:
    """What makes vectors of tokens, by its name in the file."""
    return dict(zip(NAMES, (model.projection, model.centre, model.weight), strict=True))


def _in_order(model: E5) -> list[tuple[Span, str]]:
    """Where each tensor lies, and its name in the model, in the file's order."""
    return sorted((span, name.replace(".", "_")) for name, span in model.file.spans.items())
