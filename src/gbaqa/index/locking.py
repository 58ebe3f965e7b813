"""One builder at a time: who else wants to build the same index waits, and is told so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from gbaqa.errors import SearchIndexError

LOCK = ".lock"  # in the index folder; it is there only while a build runs, or after one was killed

OnWait = Callable[[], None]


@contextmanager
def only_builder(index: Path, on_wait: OnWait | None = None) -> Iterator[None]:
    """Hold the lock of an index folder, which is made where it is missing; an empty one is not left behind.

    The operating system drops the lock of a process that dies, so a killed build never keeps the next one waiting.

    Args:
        index: the folder.
        on_wait: called once where another process or thread is building it, before waiting for its end.

    Raises:
        SearchIndexError: the folder cannot be written.
    """
    lock = FileLock(index / LOCK, thread_local=False)
    try:
        index.mkdir(parents=True, exist_ok=True)
        _acquire(lock, on_wait)
    except OSError as error:
        _leave_no_trace(index)
        reason = error.strerror or type(error).__name__
        raise SearchIndexError(
            f"{index}: the index cannot be written ({reason}); free space or choose another folder with --index."
        ) from error
    try:
        yield
    finally:
        with suppress(OSError):  # removed while it is held: whoever waits for it notices, and makes a new one
            (index / LOCK).unlink()
        lock.release()
        _leave_no_trace(index)


def _acquire(lock: FileLock, on_wait: OnWait | None) -> None:
    try:
        lock.acquire(blocking=False)
    except Timeout:
        if on_wait:
            on_wait()
        lock.acquire(poll_interval=0.2)


def _leave_no_trace(index: Path) -> None:
    """Remove the folder where there is nothing in it: no index came of this build, and none was there before."""
    with suppress(OSError):
        index.rmdir()
