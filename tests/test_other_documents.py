"""The invented documents in evals/other: read to the last note, in step in both languages, and agreed with by their gold questions."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from gbaqa.corpus.document import Block, Document
from gbaqa.corpus.load import load_corpus
from gbaqa.evaluation.gold import GoldItem, read_gold
from gbaqa.evaluation.measures.facts import states

OTHER = Path(__file__).parents[1] / "evals" / "other"
# A name, and its pages with their twins: Chinese, English.
TWINS = {
    "amber": [(str(page), str(page + 1)) for page in range(1, 20, 2)],
    "cloudlock": [("1", "2"), ("3", "4"), ("5", "6"), ("7", "8"), ("9", "10"), ("11", "12"), ("13", "14")],
    "ferrovia": [(str(page), str(page + 1)) for page in range(4, 27, 2)],
    "harrow": [(str(page), str(page + 1)) for page in range(4, 23, 2)],
    "juniper": [(str(page), str(page + 1)) for page in range(4, 23, 2)],
    "lanyu": [(str(page), str(page + 1)) for page in range(1, 16, 2)],
    "meridian": [(str(page), str(page + 1)) for page in range(4, 23, 2)],
    "saltmarsh": [
        *((str(page), str(page + 1)) for page in range(1, 8, 2)),
        ("9", "11"),
        ("10", "12"),
        *((str(page), str(page + 1)) for page in range(13, 22, 2)),
    ],
    "stonecrop": [(str(page), str(page + 1)) for page in range(4, 23, 2)],
    "tidewell": [("1", "2"), ("3", "4"), ("5", "7"), ("6", "8"), ("9", "10"), ("11", "12"), ("13", "14")],
    "verdant": [("1", "2"), ("3", "4"), ("5", "7"), ("6", "8"), *((str(page), str(page + 1)) for page in range(9, 18, 2))],
    "wexcombe": [(str(page), str(page + 1)) for page in range(4, 23, 2)],
}
NAMES = sorted(TWINS)
NOTES = {
    "amber": 28,
    "cloudlock": 21,
    "ferrovia": 50,
    "harrow": 33,
    "juniper": 34,
    "lanyu": 21,
    "meridian": 30,
    "saltmarsh": 41,
    "stonecrop": 29,
    "tidewell": 21,
    "verdant": 45,
    "wexcombe": 29,
}
SHAPES: dict[str, Callable[[Block], object]] = {
    "tables": lambda block: (block.kind, len(block.header)) if block.kind == "row" else None,
    "figures and sources": lambda block: block.kind if block.kind in ("figure", "source") else None,
    "headings": lambda block: len(block.section),
}


@pytest.fixture(scope="module", params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def document(name: str) -> Document:
    (document,) = load_corpus(OTHER / name / "corpus")
    return document


@pytest.fixture(scope="module")
def gold(name: str) -> list[GoldItem]:
    return read_gold(OTHER / name / "gold.jsonl")


def test_every_folder_is_tested() -> None:
    assert sorted(path.name for path in OTHER.iterdir() if path.is_dir()) == NAMES


def test_its_pages_are_known_and_each_in_its_language(name: str, document: Document) -> None:
    languages = {label: language for pair in TWINS[name] for label, language in zip(pair, ("zh", "en"), strict=True)}
    assert {page.label: page.languages for page in document.pages} == {label: (language,) for label, language in languages.items()}
    assert [page.label for page in document.pages] == sorted(languages, key=int)
    assert all(page.certain for page in document.pages)
    assert all(block.language == languages[label] for label in languages for block in document.blocks_on(label))


def test_every_mark_leads_to_a_note_that_names_a_source(name: str, document: Document) -> None:
    assert document.marks_without_note() == []
    assert Counter((note.language, note.number) for note in document.notes) == Counter(
        (language, number) for language in ("zh", "en") for number in range(1, NOTES[name] + 1)
    )
    assert all(note.url or len(note.text) > 10 for note in document.notes)


@pytest.mark.parametrize("shape", SHAPES)
def test_twin_pages_have_the_same_shape(name: str, document: Document, shape: str) -> None:
    for zh, en in TWINS[name]:
        shapes = [[found for block in document.blocks_on(label) if (found := SHAPES[shape](block)) is not None] for label in (zh, en)]
        assert Counter(map(str, shapes[0])).keys() == Counter(map(str, shapes[1])).keys(), (zh, en)
        if shape != "headings":
            assert shapes[0] == shapes[1], (zh, en)


def test_twin_pages_have_the_same_marks(name: str, document: Document) -> None:
    for pair in TWINS[name]:
        zh, en = ([mark.number for block in document.blocks_on(label) for mark in block.marks] for label in pair)
        assert sorted(set(zh)) == sorted(set(en)), pair


def test_gold_questions_are_of_all_kinds_and_languages(gold: list[GoldItem]) -> None:
    assert len(gold) in (90, 100, 120)
    turns = [item.turns[0] for item in gold]
    languages = Counter(turn.lang for turn in turns)
    assert min(languages[language] for language in ("en", "zh", "zh-Hant", "mixed")) >= 9
    assert set(languages) == {"en", "zh", "zh-Hant", "mixed"}
    assert {turn.type for turn in turns} >= {
        "numeric", "table", "list", "source", "comparison", "definition", "explain", "unanswerable",
    }  # fmt: skip
    assert sum(not turn.answerable for turn in turns) in (20, 22, 24)


def test_the_gold_pages_and_notes_state_the_facts(document: Document, gold: list[GoldItem]) -> None:
    numbers = {note.number for note in document.notes}
    for item in gold:
        (turn,) = item.turns
        if not turn.answerable:
            assert turn.pages == set(), item.id
            continue
        if turn.type == "page":
            continue  # no page states its own label
        pages = "\n".join(page_text(document, label) for label in turn.pages)
        assert [fact for fact in turn.facts if not states(pages, fact)] == [], item.id
        assert set(turn.footnotes) <= numbers, item.id
        assert not any(states(turn.question, fact) for fact in turn.facts), f"{item.id}: the question gives its answer away"


def page_text(document: Document, label: str) -> str:
    blocks = "\n".join(f"{block.text}\n" for block in document.blocks_on(label))
    return blocks + "\n".join(note.text for note in document.notes if note.page == label)
