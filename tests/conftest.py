"""What the tests share: a corpus of two small documents, and an assistant that has read it.

Session fixtures are for reading. A test that changes files takes `corpus_copy` or `settings_copy`.
"""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from gbaqa.assistant import Assistant
from gbaqa.config import Settings
from gbaqa.corpus.document import Document
from gbaqa.corpus.load import load_corpus
from gbaqa.index.store import build_index
from small_documents import write_small_corpus

for _name in [name for name in os.environ if name.startswith("GBAQA_")]:
    del os.environ[_name]  # a developer's own settings must not change what the tests see


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--none-skipped", action="store_true", help="fail where a test is skipped: what it needs should be there")


def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if session.config.getoption("--none-skipped") and reporter is not None and (skipped := reporter.stats.get("skipped")):
        reporter.write_line(f"\n{len(skipped)} skipped, and --none-skipped is set: {skipped[0].longrepr[2]}", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder with the two small documents (for reading)."""
    return write_small_corpus(tmp_path_factory.mktemp("small") / "corpus")


@pytest.fixture(scope="session")
def small_settings(small_corpus: Path) -> Settings:
    """Settings for the small corpus, with an index folder beside it that `small_assistant` builds (for reading)."""
    return Settings(corpus=small_corpus, index=small_corpus.parent / "index", _env_file=None)


@pytest.fixture(scope="session")
def small_assistant(small_settings: Settings) -> Assistant:
    """An Assistant that has read the small corpus; built once."""
    build_index(small_settings)
    return Assistant.open(using=small_settings)


@pytest.fixture
def document_of(tmp_path: Path) -> Callable[[str], Document]:
    """Reads a text as the only document of a corpus."""

    def read(text: str) -> Document:
        path = tmp_path / "document.md"
        path.write_text(text, "utf-8")
        return load_corpus(path)[0]

    return read


@pytest.fixture(scope="session")
def assistant_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Assistant]:
    """Makes an assistant that has read a text as its only document, which has that name."""

    def read(name: str, text: str) -> Assistant:
        folder = tmp_path_factory.mktemp(name)
        (folder / f"{name}.md").write_text(text, "utf-8")
        settings = Settings(corpus=folder / f"{name}.md", index=folder / "index", _env_file=None)
        build_index(settings)
        return Assistant.open(using=settings)

    return read


@pytest.fixture
def corpus_copy(tmp_path: Path) -> Path:
    """The small corpus in a folder of the test's own."""
    return write_small_corpus(tmp_path / "corpus")


@pytest.fixture
def settings_copy(corpus_copy: Path, small_settings: Settings, small_assistant: Assistant) -> Settings:
    """Corpus and finished index in a folder of the test's own."""
    index = corpus_copy.parent / "index"
    shutil.copytree(small_settings.index, index)
    return small_settings.model_copy(update={"corpus": corpus_copy, "index": index})


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the white paper; the test is skipped where it is absent."""
    folder = Path(__file__).parents[1].parent / "shared"
    if not (folder / "corpus" / "gba-white-paper.md").exists():
        pytest.skip("needs the white paper in ../shared, which is not here")
    return folder
