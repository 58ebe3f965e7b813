"""What the routes of the API share."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import anyio

from gbaqa.assistant import Assistant
from gbaqa.web.api.capacity import Capacity
from gbaqa.web.api.metrics import Metrics

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Service:
    """An open assistant with the places to ask it and the counts of what it did."""

    assistant: Assistant
    capacity: Capacity
    metrics: Metrics

    async def work(self, do: Callable[[], T]) -> T:
        """Do something that takes a processor, beside the event loop and when there is a place for it.

        Raises:
            RequestError: the server is busy.
        """
        async with self.capacity.place():
            return await self.in_thread(do)

    async def in_thread(self, do: Callable[[], T]) -> T:
        """The same for a request that holds a place already."""
        return await anyio.to_thread.run_sync(do)
