"""Files that people ask for, replaced at once: nobody meets half of one."""

import os
from contextlib import suppress
from pathlib import Path

from gbaqa.errors import ExportError


def write_atomically(path: Path, content: bytes) -> None:
    """Write a file; folders on the way are made.

    Raises:
        ExportError: it cannot be written there.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.unfinished")
    try:
        if path.is_dir():
            raise IsADirectoryError(0, "it is a folder")
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        os.replace(unfinished, path)
    except OSError as error:
        with suppress(OSError):
            unfinished.unlink()
        raise ExportError(f"{path}: the export cannot be written ({error.strerror}); choose another place with --output.") from error
