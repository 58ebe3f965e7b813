"""Make the projection of tokens that tuning starts from: the principal components of what the model says of a document's tokens.

usage: python evals/token_basis.py CORPUS INDEX [--start TUNED.npz] --write FILE.npz

All parts of a tuning start from the same one, or their projections could not be averaged. Needs the extra sentence-transformers,
for torch.
"""

import argparse
from pathlib import Path

import numpy as np
import torch
from e5_torch import E5, TOKEN_WIDTH
from tuned_values import read

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.index.e5.weights import WeightFile
from gbaqa.index.store import embedded_text

STATEMENTS, TOKENS = 600, 96  # picked evenly from the document; read of each


def main() -> None:
    """Read, embed, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("index", type=Path)
    parser.add_argument("--start", type=Path, metavar="FILE", help="the tuned values to begin with; the model as it comes without")
    parser.add_argument("--write", type=Path, required=True, metavar="FILE")
    options = parser.parse_args()
    model = E5(WeightFile())
    if options.start:
        read(model, options.start)
    rows = Assistant.open(using=Settings(corpus=options.corpus, index=options.index)).index.statements
    texts = [embedded_text(*rows[row]) for row in np.linspace(0, len(rows) - 1, STATEMENTS).astype(int)]
    with torch.no_grad():
        parts = [model.states([model.tokens(text, is_query=False, limit=TOKENS)])[0][0, 1:-1] for text in texts]
    states = torch.cat(parts)
    centre = states.mean(0)
    components = torch.linalg.svd(states - centre, full_matrices=False).Vh[:TOKEN_WIDTH]
    np.savez_compressed(options.write, projection=components.T.numpy(), centre=centre.numpy())


if __name__ == "__main__":
    main()
