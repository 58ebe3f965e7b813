"""The fingerprint of a corpus: it changes with all that is read into documents, and with nothing else."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gbaqa.corpus.load import fingerprint
from gbaqa.errors import CorpusError
from small_documents import write_small_corpus

MANIFEST = 'id = "reef"\n[title]\nen = "Reef law"\nzh = "礁石法"\n'


@pytest.fixture
def corpus(corpus_copy: Path) -> Path:
    """The small corpus and a document in a folder of its own, with a manifest."""
    write(corpus_copy, "reef/document.toml", MANIFEST)
    write(corpus_copy, "reef/01.md", "<!-- page: 1 en -->\n\nNo boat may anchor on the reef.\n")
    return corpus_copy


def write(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _change_a_text(corpus: Path) -> None:
    write(corpus, "lantern-bay.md", (corpus / "lantern-bay.md").read_text("utf-8").replace("26 routes", "27 routes"))


def _change_a_page_map(corpus: Path) -> None:
    write(corpus, "tide-survey.pages.tsv", (corpus / "tide-survey.pages.tsv").read_text("utf-8").replace("guess", "likely"))


def _remove_a_page_map(corpus: Path) -> None:
    (corpus / "tide-survey.pages.tsv").unlink()


def _add_a_page_map(corpus: Path) -> None:
    write(corpus, "lantern-bay.pages.tsv", "start_line\tpage\tlanguage\tconfidence\n1\t1\tboth\tcertain\n")


def _change_a_manifest(corpus: Path) -> None:
    write(corpus, "reef/document.toml", MANIFEST + "year = 2031\n")


def _add_a_text(corpus: Path) -> None:
    write(corpus, "deep/er/mills.txt", "阿什比有十四座磨坊。\n\nAshby has fourteen mills.\n")


def _remove_a_text(corpus: Path) -> None:
    (corpus / "lantern-bay.md").unlink()


def _rename_a_text(corpus: Path) -> None:
    (corpus / "lantern-bay.md").rename(corpus / "bay.md")


def _swap_two_texts(corpus: Path) -> None:
    first, second = ((corpus / name).read_text("utf-8") for name in ("lantern-bay.md", "tide-survey.md"))
    write(corpus, "lantern-bay.md", second)
    write(corpus, "tide-survey.md", first)


@pytest.mark.parametrize(
    "change",
    [
        _change_a_text, _change_a_page_map, _remove_a_page_map, _add_a_page_map, _change_a_manifest,
        _add_a_text, _remove_a_text, _rename_a_text, _swap_two_texts,
    ],
)  # fmt: skip
def test_a_change_of_what_is_read_changes_it(corpus: Path, change: Callable[[Path], None]) -> None:
    before = fingerprint(corpus)
    change(corpus)
    assert fingerprint(corpus) != before


@pytest.mark.parametrize(
    "name",
    ["README.md", "reef/readme.md", "LICENSE.md", ".draft.md", ".obsidian/notes.md", "__MACOSX/._bay.md", ".git/x.pages.tsv", "photo.png"],
)
def test_what_is_not_read_does_not_change_it(corpus: Path, name: str) -> None:
    before = fingerprint(corpus)
    write(corpus, name, "somebody's notes\n")
    assert fingerprint(corpus) == before


def test_it_does_not_depend_on_where_the_corpus_lies_or_when_it_was_written(tmp_path: Path) -> None:
    assert fingerprint(write_small_corpus(tmp_path / "one")) == fingerprint(write_small_corpus(tmp_path / ".other" / "place"))


def test_of_one_file_its_page_map_counts_and_its_neighbours_do_not(corpus: Path) -> None:
    def found() -> str:
        return fingerprint(corpus / "tide-survey.md")

    before = found()
    _change_a_text(corpus)
    _change_a_manifest(corpus)
    assert found() == before != fingerprint(corpus)
    _change_a_page_map(corpus)
    after_map = found()
    _remove_a_page_map(corpus)
    assert len({before, after_map, found()}) == 3


@pytest.mark.parametrize("name", ["nowhere", "nowhere.md", "x" * 5000])
def test_a_corpus_that_is_not_there_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(CorpusError, match="no such corpus") as error:
        fingerprint(tmp_path / name)
    assert "--corpus" in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("name", ["lantern-bay.pages.tsv", "new/document.toml"])
def test_a_file_that_cannot_be_read_is_refused(corpus: Path, name: str) -> None:
    (corpus / name).mkdir(parents=True)
    with pytest.raises(CorpusError, match="cannot be read"):
        fingerprint(corpus)
