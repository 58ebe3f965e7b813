"""Answers that are no longer waited for.

Gradio can cancel an event, but ends whichever one of its kind the page runs when the word arrives: the next question, on a busy
server, whose page then waits for an end that never comes. Here the server stops the very answer, which ends as any other does.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from typing import TypeVar

T = TypeVar("T")


class Stoppable:
    """The answers on their way, one a page, each of which can be stopped. All of it happens in one event loop."""

    def __init__(self) -> None:
        self._running: dict[str, asyncio.Task[None]] = {}

    def stop(self, page: str) -> None:
        """Stop what is on its way to a page; nothing may be any more."""
        if task := self._running.get(page):
            task.cancel()

    async def until_stopped(self, page: str, steps: AsyncIterator[T], stopped: Callable[[], T]) -> AsyncGenerator[T]:
        """The steps of an answer, or those until it is stopped and what `stopped` makes as the last one."""
        ready: asyncio.Queue[tuple[T] | None] = asyncio.Queue()

        async def take() -> None:
            try:
                async for step in steps:
                    ready.put_nowait((step,))
            finally:
                ready.put_nowait(None)

        task = self._running[page] = asyncio.create_task(take())
        try:
            while (step := await ready.get()) is not None:
                yield step[0]
            await asyncio.wait({task})
            if task.cancelled():
                yield stopped()
            else:
                task.result()  # raises what the steps have raised
        finally:
            task.cancel()  # the page is gone
            if self._running.get(page) is task:
                del self._running[page]
