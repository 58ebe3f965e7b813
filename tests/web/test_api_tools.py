"""/mcp as the official client uses it, over a real connection, with today's protocol and the older handshake."""

import asyncio
from typing import Any

import pytest
from mcp.client.client import Client

MODES = pytest.mark.parametrize("mode", ["auto", "legacy"])


def call(chat: str, mode: str, name: str, **arguments: Any) -> Any:
    """The result of one call of a tool."""

    async def calling() -> Any:
        async with Client(f"{chat}/mcp", mode=mode) as client:
            return await client.call_tool(name, arguments)

    return asyncio.run(calling())


@MODES
def test_the_tools_are_listed_with_what_a_model_has_to_know(chat: str, mode: str) -> None:
    async def listing() -> Any:
        async with Client(f"{chat}/mcp", mode=mode) as client:
            return (await client.list_tools()).tools, client.instructions

    tools, instructions = asyncio.run(listing())
    assert {tool.name for tool in tools} == {"ask", "search", "get_page", "city_indicators"}
    assert "Heron Straits ferry report" in instructions
    for tool in tools:
        assert len(tool.description) > 100
        assert tool.annotations.read_only_hint
        assert tool.output_schema
        assert all(of.get("description") for of in tool.input_schema["properties"].values())


@MODES
def test_ask_answers_with_citations(chat: str, mode: str) -> None:
    result = call(chat, mode, "ask", question="What does a single crossing cost?")
    assert not result.is_error
    answer = result.structured_content
    assert "14 crowns" in answer["answer"]
    assert answer["citations"][0]["twin"]["agrees"] is False
    assert answer["nearest"] == []


def test_ask_takes_a_conversation(chat: str) -> None:
    answer = call(chat, "auto", "ask", question="Which source says so?", history=["What does a single crossing cost?"]).structured_content
    assert "Heron Straits Harbour Office" in answer["answer"]


@MODES
def test_search_finds_passages(chat: str, mode: str) -> None:
    passages = call(chat, mode, "search", query="hydrogen", k=2).structured_content["passages"]
    assert len(passages) == 2
    assert "hydrogen" in passages[0]["text"]


@MODES
def test_get_page_reads_a_page(chat: str, mode: str) -> None:
    page = call(chat, mode, "get_page", page="4").structured_content
    assert page["languages"] == ["zh"]
    assert any("26艘" in block["text"] for block in page["blocks"])


@MODES
def test_city_indicators_are_empty_where_there_are_none(chat: str, mode: str) -> None:
    assert call(chat, mode, "city_indicators").structured_content == {"years": [], "figures": []}


@pytest.mark.parametrize(
    ("name", "arguments", "said"),
    [
        ("ask", {"question": ""}, "The question is empty"),
        ("search", {"query": "?"}, "The question is empty"),
        ("get_page", {"page": "77"}, "no page '77' (there are 3, 4)"),
    ],
)
def test_a_mistake_is_told_to_the_model(chat: str, name: str, arguments: dict[str, Any], said: str) -> None:
    result = call(chat, "auto", name, **arguments)
    assert result.is_error
    assert said in result.content[0].text
