"""Make one tuning of the embedding model of several: the mean of their values.

usage: python evals/average_tunings.py FILE.npz FILE.npz … [--write [FILE.npz]]

Models that were tuned from the same weights on different questions may be averaged (model soups, Wortsman et al. 2022): the
mean ranks as well as a model tuned on all of them. The parts stay of use, since each knows nothing of the others' questions:
what is learned behind the embeddings is learned from similarities as they are for questions, and documents, that are new.
"""

import argparse
from pathlib import Path

import numpy as np
from rich.console import Console

from gbaqa.index.tuned_e5 import TUNED


def main() -> None:
    """Read, average, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tunings", nargs="+", type=Path)
    parser.add_argument("--write", nargs="?", type=Path, const=TUNED, metavar="FILE", help="keep the mean, in FILE or in the package")
    options = parser.parse_args()
    read = [dict(np.load(path)) for path in options.tunings]
    if not all(np.array_equal(tuning[name], read[0][name]) for tuning in read for name in ("starts", "sizes", "original")):
        parser.error("the files were not tuned from the same weights")
    mean = np.mean([tuning["values"] for tuning in read], axis=0).astype("<f4")
    far = np.mean([np.abs(tuning["values"] - mean).mean() for tuning in read])
    Console().print(f"{len(read)} tunings, on average {far:.4f} from their mean")
    if options.write:
        np.savez_compressed(options.write, **{**read[0], "values": mean})


if __name__ == "__main__":
    main()
