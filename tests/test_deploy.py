"""What is said about running gbaqa agrees with what there is to set."""

import re
from pathlib import Path

import pytest

from gbaqa.config import Settings

_ROOT = Path(__file__).parents[1]
_SETTINGS = {f"GBAQA_{name.upper()}" for name in Settings.model_fields}
_NAMING = [
    "Dockerfile",
    "compose.yaml",
    "deploy/gbaqa.service",
    "deploy/nginx.conf",
    "deploy/Caddyfile",
    "docs/deploy.md",
    "docs/widget.md",
]


def names_in(text: str) -> set[str]:
    return set(re.findall(r"\bGBAQA_[A-Z_]+[A-Z]", text))


@pytest.mark.parametrize("path", _NAMING)
def test_only_settings_that_exist_are_named(path: str) -> None:
    assert names_in((_ROOT / path).read_text("utf-8")) - _SETTINGS == set()


def test_every_setting_is_explained() -> None:
    pages = [_ROOT / "README.md", *(_ROOT / "docs").glob("*.md")]
    assert _SETTINGS - names_in("".join(page.read_text("utf-8") for page in pages)) == set()


def test_the_image_is_built_from_files_that_are_sent_to_the_builder() -> None:
    sent = {line.removeprefix("!") for line in (_ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")}
    copied = re.findall(r"^COPY (?!--from)(.+) \S+$", (_ROOT / "Dockerfile").read_text("utf-8"), re.MULTILINE)
    assert {name for names in copied for name in names.split()} == sent
    assert [name for name in sent if not (_ROOT / name).exists()] == []
