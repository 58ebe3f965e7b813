"""An answer that is stopped ends, and no other does."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import pytest

from gbaqa.web.stopping import Stoppable


def run(main: Coroutine[Any, Any, list[str]]) -> list[str]:
    return asyncio.run(asyncio.wait_for(main, timeout=10))


async def endless(ended: list[str]) -> AsyncIterator[str]:
    try:
        yield "begun"
        await asyncio.sleep(3600)
        yield "never"
    finally:
        ended.append("ended")


async def two() -> AsyncIterator[str]:
    yield "one"
    yield "two"


def test_what_is_not_stopped_comes_whole() -> None:
    async def main() -> list[str]:
        return [step async for step in Stoppable().until_stopped("page", two(), lambda: "stopped")]

    assert run(main()) == ["one", "two"]


def test_what_is_stopped_says_so_and_lets_go_of_what_it_held() -> None:
    async def main() -> list[str]:
        stoppable, steps = Stoppable(), []
        async for step in stoppable.until_stopped("page", endless(steps), lambda: "stopped"):
            steps.append(step)
            stoppable.stop("page")
        return steps

    assert run(main()) == ["begun", "ended", "stopped"]


def test_only_the_page_that_asks_is_stopped_and_its_next_answer_is_not() -> None:
    async def main() -> list[str]:
        stoppable, ended = Stoppable(), list[str]()
        other = stoppable.until_stopped("other", two(), lambda: "stopped")
        first = await anext(other)
        async for _ in stoppable.until_stopped("page", endless(ended), lambda: "stopped"):
            stoppable.stop("page")
        stoppable.stop("page")  # once more, late
        stoppable.stop("unheard of")
        following = [step async for step in stoppable.until_stopped("page", two(), lambda: "stopped")]
        return [first, *[step async for step in other], *following]

    assert run(main()) == ["one", "two", "one", "two"]


def test_who_leaves_ends_the_answer() -> None:
    async def main() -> list[str]:
        ended: list[str] = []
        begun = Stoppable().until_stopped("page", endless(ended), lambda: "stopped")
        await anext(begun)
        await begun.aclose()
        await asyncio.sleep(0)
        return ended

    assert run(main()) == ["ended"]


def test_a_bug_in_the_steps_is_not_swallowed() -> None:
    async def failing() -> AsyncIterator[str]:
        yield "one"
        raise ValueError("a bug")

    async def main() -> list[str]:
        return [step async for step in Stoppable().until_stopped("page", failing(), lambda: "stopped")]

    with pytest.raises(ValueError, match="a bug"):
        run(main())
