"""Write which Chinese form of a concept each English form is said by: the nearest one, by the bundled embedding model.

usage: python evals/renderings.py

A concept's forms mean much the same, and no more: 一带一路 stands first where "maritime silk road" is 海上丝绸之路. The first forms
of both languages are each other's. The file gbaqa/language/renderings.tsv has the other English forms that another Chinese form
than the first is nearer to, by MARGIN at least; not where another question would be read in it, after a key figure or of another kind.
Questions of both languages are said in Chinese by it (gbaqa/language/one_language.py). Two minutes on one core.
"""

import re
from pathlib import Path

import numpy as np
from rich.console import Console

import gbaqa.language
from gbaqa.config import settings
from gbaqa.index.embeddings import open_embeddings
from gbaqa.language.indicators import Indicator, asked_indicators
from gbaqa.language.thesaurus import entries
from gbaqa.retrieval.kinds import Kind, kind_of

MARGIN = 0.02  # in cosine; what is nearer by less is as good either way
LOOKED_UP = re.compile(r"[A-Za-z]+(?:[ '’-]+[A-Za-z]+){0,3}")  # of at most four words


def read_as(text: str) -> tuple[list[Indicator], Kind]:
    """What a question that has these words may be read as."""
    return asked_indicators(text), kind_of(text)


def main() -> None:
    """Embed all forms, compare, write."""
    embeddings = open_embeddings(settings().embeddings)
    concepts = list(entries())
    forms = sorted({form for _, english, chinese in concepts for form in (*english, *chinese)})
    place = {form: at for at, form in enumerate(forms)}
    vectors = np.array(embeddings.embed_documents(forms), dtype=np.float32)
    heads = {english[0].lower() for _, english, _ in concepts}
    nearest: dict[str, tuple[float, str]] = {}
    for _, english, chinese in concepts:
        others = [form for form in english[1:] if form.lower() not in heads and LOOKED_UP.fullmatch(form)]
        similarities = vectors[[place[form] for form in others]] @ vectors[[place[form] for form in chinese]].T
        for form, row in zip(map(str.lower, others), similarities, strict=True):
            best = int(row.argmax())
            if row[best] - row[0] >= MARGIN and read_as(chinese[best]) == read_as(chinese[0]):
                nearest[form] = max((float(row[best]), chinese[best]), nearest.get(form, (0.0, "")))
    target = Path(gbaqa.language.__file__).with_name("renderings.tsv")
    target.write_text("".join(f"{form}\t{chinese}\n" for form, (_, chinese) in sorted(nearest.items())), "utf-8")
    Console().print(f"{len(nearest)} of {len(forms)} forms are said otherwise than by their concept's first")


if __name__ == "__main__":
    main()
