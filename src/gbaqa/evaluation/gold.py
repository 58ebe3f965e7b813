"""Gold questions: what is asked, which facts an answer must state, and where they stand."""

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
        facts: each inner list is one required fact in its alternative forms, any of which suffices.
        footnotes: numbers of the notes attached to the facts.
        strict_bilingual: the ideal answer reports that the two languages differ; counted apart.
    """

    model_config = ConfigDict(extra="ignore")

    question: str
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

    model_config = ConfigDict(extra="allow")

    id: str
    chapter: str = ""
    turns: list[GoldTurn] = Field(min_length=1)
    is_dialogue: bool = False


def read_gold(path: Path) -> list[GoldItem]:
    """Read a gold file, one JSON object a line.

    Raises:
        EvaluationError: it cannot be read, or a line is not a gold question.
    """
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise EvaluationError(f"{path}: cannot be read ({error}); give a file of gold questions, one JSON object a line.") from error
    items = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            items.append(_read_line(path, number, line))
    if not items:
        raise EvaluationError(f"{path}: no gold questions in it; give one JSON object a line.")
    ids = [item.id for item in items]
    if twice := next((i for i in ids if ids.count(i) > 1), None):
        raise EvaluationError(f"{path}: the id {twice} stands twice; give each question its own.")
    return items


def _read_line(path: Path, number: int, line: str) -> GoldItem:
    try:
        if '"turns"' in line:
            return GoldItem.model_validate_json(line).model_copy(update={"is_dialogue": True})
        turn = GoldTurn.model_validate_json(line)
        head = _Head.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        raise EvaluationError(f"{path}, line {number}: {'.'.join(map(str, first['loc'])) or 'line'}: {first['msg']}.") from error
    return GoldItem(id=head.id, chapter=head.chapter, turns=[turn])


class _Head(BaseModel):
    model_config = ConfigDict(extra="ignore")

    id: str
    chapter: str = ""
