"""Twins: sentences and runs of sentences that say the same, in the order of the text or out of it."""

import itertools
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from gbaqa.config import Settings
from gbaqa.index.beads import SHAPES, best_beads
from gbaqa.index.store import SearchIndex, build_index, open_index

MARSH = """\
# 芦苇沼泽 The Reed Marsh

<!-- page: 1 zh -->

## 鸟类

沼泽里记录到214种鸟类，其中31种在此筑巢。每年十月，约九千只大雁从北方飞来过冬。观鸟者可以从三座木塔上看到它们，木塔全年开放。

## 水闸

老水闸建于1894年，由花岗岩砌成。它在2029年的洪水中被冲毁。

## 芦苇

村民每年冬天收割芦苇，用来铺屋顶。

芦苇博物馆每周三闭馆。

<!-- page: 2 en -->

## Birds

In the marsh 214 species of birds have been recorded. Of these, 31 nest here.
Every October some nine thousand geese arrive from the north to spend the winter.
Bird watchers can see them from three wooden towers. The towers are open all year round.

## The sluice

The old sluice dates from 1894 and was built of granite. It was swept away by the flood of 2029.

## Reed

Each winter the villagers cut the reed and thatch their roofs with it.

A ferry crosses the lake twice a day.
"""


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], SearchIndex]:
    """Builds and opens the index of a text."""
    folder: Path = tmp_path_factory.mktemp("aligned")

    def build(name: str, text: str) -> SearchIndex:
        corpus = folder / f"{name}.md"
        corpus.write_text(text, "utf-8")
        settings = Settings(corpus=corpus, index=folder / name, _env_file=None)
        build_index(settings)
        return open_index(settings)

    return build


@pytest.fixture(scope="module")
def marsh(indexed: Callable[[str, str], SearchIndex]) -> SearchIndex:
    return indexed("marsh", MARSH)


def row_of(index: SearchIndex, start: str) -> int:
    return next(row for row, (_, statement) in enumerate(index.statements) if statement.text.startswith(start))


def twin_of(index: SearchIndex, start: str) -> str:
    twin = int(index.alignment.twin[row_of(index, start)])
    return "" if twin < 0 else index.statements[twin][1].text


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("In the marsh 214", "沼泽里记录到214种"),
        ("Of these, 31", "沼泽里记录到214种"),
        ("Every October", "每年十月"),
        ("Bird watchers", "观鸟者"),
        ("The towers are open", "观鸟者"),
        ("The old sluice", "老水闸"),
        ("It was swept", "它在2029年"),
        ("Each winter", "村民每年"),
    ],
)
def test_several_sentences_may_stand_for_one(marsh: SearchIndex, english: str, chinese: str) -> None:
    assert twin_of(marsh, english).startswith(chinese)


def test_the_one_that_stands_for_several_has_one_of_them_as_its_twin(marsh: SearchIndex) -> None:
    assert twin_of(marsh, "沼泽里记录到").startswith(("In the marsh", "Of these"))


def test_what_only_one_language_says_has_no_twin_in_what_says_something_else(marsh: SearchIndex) -> None:
    assert not twin_of(marsh, "A ferry").startswith(("村民", "老水闸", "它在"))


def test_twins_of_paragraphs_in_another_order_are_found(indexed: Callable[[str, str], SearchIndex]) -> None:
    zh, _, en = MARSH.partition("<!-- page: 2 en -->")
    birds, sluice, reed = (part for part in en.split("## ")[1:])
    index = indexed("moved", f"{zh}<!-- page: 2 en -->\n\n## {sluice}## {birds}## {reed}")
    assert twin_of(index, "The old sluice").startswith("老水闸")
    assert twin_of(index, "Every October").startswith("每年十月")


def test_a_document_in_one_language_has_no_twins(indexed: Callable[[str, str], SearchIndex]) -> None:
    index = indexed("alone", MARSH.partition("<!-- page: 2 en -->")[0])
    assert (index.alignment.twin < 0).all()


def test_a_twin_is_in_the_other_language_and_scores(marsh: SearchIndex) -> None:
    for row, twin in enumerate(marsh.alignment.twin):
        if twin >= 0:
            assert marsh.statements[row][0].language != marsh.statements[int(twin)][0].language
            assert marsh.alignment.score[row] > 0


@pytest.mark.parametrize("seed", range(6))
def test_the_beads_found_have_the_highest_sum_there_is(seed: int) -> None:
    random = np.random.default_rng(seed)
    height, width = 5, 6
    gains = {shape: random.normal(-0.5, 1, (height, width)).astype(np.float32) for shape in SHAPES}
    for (left, right), matrix in gains.items():
        matrix[: left - 1] = -np.inf
        matrix[:, : right - 1] = -np.inf
    beads = best_beads(height, width, lambda shape, start, stop: gains[shape][start:stop])
    assert sum(bead.gain for bead in beads) == pytest.approx(_best_sum(gains, height, width), abs=1e-4)
    rows = [row for bead in beads for row in bead.left]
    columns = [column for bead in beads for column in bead.right]
    assert rows == sorted(set(rows))
    assert columns == sorted(set(columns))


def _best_sum(gains: dict[tuple[int, int], np.ndarray], height: int, width: int) -> float:
    best = np.zeros((height + 1, width + 1))
    for row, column in itertools.product(range(height + 1), range(width + 1)):
        before = [best[row - 1, column] if row else 0, best[row, column - 1] if column else 0]
        for (left, right), matrix in gains.items():
            if row >= left and column >= right:
                before.append(best[row - left, column - right] + matrix[row - 1, column - 1])
        best[row, column] = max(before)
    return float(best[height, width])
