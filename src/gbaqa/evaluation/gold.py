"""Gold questions: what is asked, which facts an answer must state, and where they stand."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gbaqa.errors import EvaluationError


class Evidence(BaseModel):
    """A place that states the facts; `page` is a printed label, None outside the numbered pages."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)

    page: str | None = None


class GoldTurn(BaseModel):
    """A question with its facts.

    Attributes:
        answer: an ideal answer, for people to read.
        facts: each inner list is one required fact in its alternative forms, any of which suffices.
        footnotes: numbers of the notes attached to the facts.
        strict_bilingual: the ideal answer reports that the two languages differ; counted apart.
    """

    model_config = ConfigDict(extra="ignore")

    question: str
    answer: str = ""
    lang: str = "en"
    type: str = "explain"
    facts: list[list[str]] = []
    evidence: list[Evidence] = []
    footnotes: list[int] = []
    strict_bilingual: bool = False

    @property
    def answerable(self) -> bool:
        """Whether the document answers it."""
        return self.type != "unanswerable"

    @property
    def pages(self) -> set[str]:
        """Printed pages that state the facts."""
        return {place.page for place in self.evidence if place.page is not None}


class GoldItem(BaseModel):
    """A line of a gold file: a question, or a dialogue of several."""

    model_config = ConfigDict(extra="ignore")

    id: str
    chapter: str = ""
    turns: list[GoldTurn] = Field(min_length=1)
    is_dialogue: bool = False


def read_gold(*paths: Path) -> list[GoldItem]:
    """Read gold files, one JSON object a line; a folder stands for its *.jsonl files.

    Raises:
        EvaluationError: a file cannot be read, a line is not a gold question, or an id stands twice.
    """
    items: list[GoldItem] = []
    seen: dict[str, Path] = {}
    for path in _files(paths):
        for item in _read_file(path):
            if item.id in seen:
                where = "" if seen[item.id] == path else f" (also in {seen[item.id]})"
                raise EvaluationError(f"{path}: the id {item.id} stands twice{where}; give each question its own.")
            seen[item.id] = path
            items.append(item)
    return items


def fingerprint(items: Iterable[GoldItem]) -> str:
    """A digest of what is asked and wanted, whatever the order; 16 hexadecimal digits."""
    lines = sorted(item.model_dump_json(exclude={"turns": {"__all__": {"answer"}}}) for item in items)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()[:16]


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        found = sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
        if not found:
            raise EvaluationError(f"{path}: no gold file (*.jsonl) in this folder; give a file of gold questions or a folder of them.")
        files += found
    return files


def _read_file(path: Path) -> list[GoldItem]:
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read ({error}); give a file of gold questions, one JSON object a line.") from error
    items = [_read_line(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not items:
        raise EvaluationError(f"{path}: no gold questions in it; give one JSON object a line.")
    return items


def _read_line(path: Path, number: int, line: str) -> GoldItem:
    try:
        data = json.loads(line)
        if isinstance(data, dict) and "turns" in data:
            return GoldItem.model_validate(data | {"is_dialogue": True})
        turn = GoldTurn.model_validate(data)
        return GoldItem.model_validate({"id": data.get("id"), "chapter": data.get("chapter", ""), "turns": [turn]})
    except json.JSONDecodeError as error:
        raise EvaluationError(f"{path}, line {number}: not JSON ({error.msg} at column {error.colno}).") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise EvaluationError(f"{path}, line {number}: {'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}.") from error
