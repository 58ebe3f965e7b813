"""document.toml: what a citation needs to know of a document that is written in several files."""

import tomllib
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gbaqa.corpus.document import Metadata
from gbaqa.errors import CorpusError

MANIFEST_NAME = "document.toml"


class Original(BaseModel):
    """The document that a digest stands in for, and how to know its text when a reader drops it into the corpus.

    Attributes:
        id: the id it is cited by.
        phrases: all of these stand near the beginning of its text.
        page_map: file with the page map of its text, beside the manifest.
    """

    model_config = ConfigDict(extra="forbid")

    id: str
    phrases: list[str] = Field(min_length=1)
    page_map: str | None = None


class Manifest(BaseModel):
    """The content of document.toml. Titles, subtitles and publishers are by language (zh, en)."""

    model_config = ConfigDict(extra="forbid")

    id: str
    kind: Literal["original", "digest"] = "original"
    title: dict[str, str]
    subtitle: dict[str, str] = {}
    publishers: dict[str, list[str]] = {}
    year: int | None = None
    original: Original | None = None

    def metadata(self) -> Metadata:
        """What citations show of this document."""
        stands_for = self.original.id if self.original else None
        return Metadata(self.title, self.subtitle, self.publishers, self.year, self.kind, stands_for)

    def original_metadata(self) -> Metadata:
        """What citations show of the original: the same publication, cited as itself."""
        return Metadata(self.title, self.subtitle, self.publishers, self.year)


def read_manifest(path: Path) -> Manifest:
    """Read a document.toml.

    Raises:
        CorpusError: it is not TOML, or a field is missing, misspelt or of the wrong type.
    """
    try:
        return Manifest.model_validate(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read ({error.strerror}); check the file and its permissions.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CorpusError(f"{path}: not valid TOML ({error}); correct the file.") from error
    except ValidationError as error:
        first = error.errors()[0]
        raise CorpusError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}; correct the file.") from error
