"""Make one tuning of the embedding model of several: the mean of their values.

usage: python evals/average_tunings.py FILE.npz FILE.npz … [--write [FILE.npz]]

Models that were tuned from the same weights on different questions may be averaged (model soups, Wortsman et al. 2022): the
mean ranks as well as a model tuned on all of them. The parts stay of use, since each knows nothing of the others' questions:
what is learned behind the embeddings is learned from similarities as they are for questions, and documents, that are new.
"""

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.console import Console

from gbaqa.index.e5.projection import NAMES
from gbaqa.index.e5.tuning import TUNED


def main() -> None:
    """Read, average, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tunings", nargs="+", type=Path)
    parser.add_argument("--write", nargs="?", type=Path, const=TUNED, metavar="FILE", help="keep the mean, in FILE or in the package")
    options = parser.parse_args()
    read = [dict(np.load(path)) for path in options.tunings]
    if not all(np.array_equal(tuning[name], read[0][name]) for tuning in read for name in ("starts", "sizes", "original")):
        parser.error("the files were not tuned from the same weights")
    if len({"gains" in tuning for tuning in read}) > 1:
        parser.error("some of the files have gains of scales, some have none")
    if len({frozenset(NAMES) & set(tuning) for tuning in read}) > 1:
        parser.error("some of the files have a projection of tokens, some have none")
    mean = np.mean([tuning["values"] for tuning in read], axis=0).astype("<f4")
    far = np.mean([np.abs(tuning["values"] - mean).mean() for tuning in read])
    Console().print(f"{len(read)} tunings, on average {far:.4f} from their mean")
    if options.write:
        np.savez_compressed(options.write, **{**read[0], "values": mean, **mean_gains(read), **mean_of_tokens(read)})


def mean_gains(tunings: Sequence[Mapping[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """The mean of the gains of scales, each file's in steps of its own; none where they have none."""
    if "gains" not in tunings[0]:
        return {}
    mean = np.mean([tuning["gains"].astype(np.float32) * tuning["gain_step"] for tuning in tunings], axis=0)
    step = np.abs(mean).max() / np.iinfo(np.int8).max
    return {"gains": np.round(mean / step).astype(np.int8), "gain_step": np.float32(step)}


def mean_of_tokens(tunings: Sequence[Mapping[str, NDArray[Any]]]) -> dict[str, NDArray[Any]]:
    """The mean of what makes vectors of tokens; none where they have none."""
    names = [name for name in NAMES if name in tunings[0]]
    return {name: np.mean([tuning[name].astype(np.float32) for tuning in tunings], axis=0).astype(np.float16) for name in names}


if __name__ == "__main__":
    main()
