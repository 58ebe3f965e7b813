"""The shape of the code: each package imports only from those above it, and modules stay small."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "gbaqa"
# As docs/architecture.md has them; the last ones stand side by side.
ROWS = ("language", "corpus", "index", "bilingual", "retrieval", "answering", "generation", "assistant", "publishing")
SIDE_BY_SIDE = ("cli", "web", "evaluation")
ASIDE = ("config", "errors")
ENTRY = ("__init__", "cli")  # start the others
MODULES = sorted(SOURCE.rglob("*.py"))


def row_of(path: Path) -> str:
    relative = path.relative_to(SOURCE)
    return relative.parts[0] if len(relative.parts) > 1 else relative.stem


def imported(path: Path) -> set[str]:
    """The packages and modules right below gbaqa that a module imports from, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        assert not (isinstance(node, ast.ImportFrom) and node.level), f"{path}: relative import"
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "gbaqa" else [str(node.module)]
        found |= {name.split(".")[1] for name in names if name.startswith("gbaqa.")}
    return found - {"__version__"}


def allowed(row: str) -> set[str]:
    """What a row may import from: itself, the rows above it, and what stands aside."""
    if row in ASIDE:
        return set(ASIDE)
    above = ROWS if row in SIDE_BY_SIDE else ROWS[: ROWS.index(row)]
    return {row, *above, *ASIDE}


def test_every_module_has_its_row() -> None:
    assert {row_of(path) for path in MODULES} == {*ROWS, *SIDE_BY_SIDE, *ASIDE, "__init__"}


@pytest.mark.parametrize("path", [path for path in MODULES if row_of(path) not in ENTRY], ids=lambda path: str(path.relative_to(SOURCE)))
def test_a_module_imports_only_from_the_rows_above_its_own(path: Path) -> None:
    assert imported(path) - allowed(row_of(path)) == set()


def test_no_module_is_long() -> None:
    assert [str(path.relative_to(SOURCE)) for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400] == []


def test_the_page_on_architecture_names_every_row() -> None:
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    drawing = page.split("```")[1]
    places = [drawing.index(f"\n{row} ") for row in ROWS]
    assert places == sorted(places)
    assert " · ".join(SIDE_BY_SIDE) in drawing
