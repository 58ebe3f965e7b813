"""How much is done at once: a few questions are worked on, some wait, and the rest are told when to come again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import anyio

from gbaqa.web.api.problems import RequestError

_LONGEST_WAIT = 30  # seconds
_COME_AGAIN = 2  # seconds: what a full queue takes at worst, at a tenth of a second a question


class Capacity:
    """Places for work on questions. Answering takes a processor, so more at once would only make each slower."""

    def __init__(self, at_once: int, may_wait: int) -> None:
        self._places = anyio.Semaphore(at_once)
        self._at_once = at_once
        self._may_wait = may_wait

    @property
    def waiting(self) -> int:
        """How many wait for a place."""
        return self._places.statistics().tasks_waiting

    @property
    def busy(self) -> int:
        """How many places are taken."""
        return self._at_once - self._places.value

    @property
    def is_full(self) -> bool:
        """Whether nobody else may even wait."""
        return self._places.value == 0 and self.waiting >= self._may_wait

    def check(self) -> None:
        """See that one may at least wait.

        Raises:
            RequestError: too many wait already.
        """
        if self.is_full:
            raise _overload(f"{self.waiting} questions are waiting already")

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place, when it is one's turn.

        Raises:
            RequestError: too many wait already, or the turn did not come in time.
        """
        self.check()
        with anyio.move_on_after(_LONGEST_WAIT) as wait:
            await self._places.acquire()
        if wait.cancelled_caught:
            raise _overload(f"there was no turn within {_LONGEST_WAIT} seconds")
        try:
            yield
        finally:
            self._places.release()

    async def held(self) -> AsyncIterator[None]:
        """A dependency of FastAPI: a place from before a response begins until it has ended."""
        async with self.place():
            yield


def _overload(reason: str) -> RequestError:
    return RequestError("overload", f"The server is busy: {reason}; ask again in {_COME_AGAIN} seconds.", {"Retry-After": str(_COME_AGAIN)})
