"""/v1 as the `openai` package reads it, over a real connection."""

from collections.abc import Iterator

import openai
import pytest

ASKED = [{"role": "user", "content": "How many passengers did the ferries carry in 2031?"}]


@pytest.fixture(scope="module")
def client(chat: str) -> Iterator[openai.OpenAI]:
    with openai.OpenAI(base_url=f"{chat}/v1", api_key="none", max_retries=0) as client:
        yield client


def test_the_model_is_listed(client: openai.OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["gbaqa"]
    assert client.models.retrieve("gbaqa").owned_by == "gbaqa"


def test_an_answer_comes_with_its_sources(client: openai.OpenAI) -> None:
    completion = client.chat.completions.create(model="gbaqa", messages=ASKED)
    text = completion.choices[0].message.content
    assert "8.4 million" in text
    assert "**Sources**" in text
    assert "- [1] p. 3 " in text
    assert "Note 1 Heron Straits Harbour Office <https://harbour.heron.example/passengers?year=2031&lang=en>" in text
    assert completion.model_extra["citations"][0]["page"] == "3"
    assert completion.model_extra["gbaqa"]["status"] == "answered"
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens
    assert 0 < completion.usage.prompt_tokens < completion.usage.completion_tokens


def test_the_users_earlier_messages_are_the_conversation(client: openai.OpenAI) -> None:
    messages = [
        {"role": "system", "content": "Answer as a pirate."},
        *ASKED,
        {"role": "assistant", "content": "Arr."},
        {"role": "user", "content": [{"type": "text", "text": "Which source says so?"}]},
    ]
    text = client.chat.completions.create(model="gbaqa", messages=messages).choices[0].message.content
    assert "Heron Straits Harbour Office" in text
    assert "Arr" not in text


def test_a_stream_says_the_same_piece_by_piece(client: openai.OpenAI) -> None:
    question = [{"role": "user", "content": "How many ships are there, and what does a crossing cost?"}]
    whole = client.chat.completions.create(model="gbaqa", messages=question)
    chunks = list(client.chat.completions.create(model="gbaqa", messages=question, stream=True, stream_options={"include_usage": True}))
    pieces = [chunk.choices[0].delta.content for chunk in chunks if chunk.choices and chunk.choices[0].delta.content]
    assert len(pieces) > 1
    assert "".join(pieces) == whole.choices[0].message.content
    assert len({chunk.id for chunk in chunks}) == 1
    [finished] = [chunk for chunk in chunks if chunk.choices and chunk.choices[0].finish_reason == "stop"]
    assert finished.model_extra["citations"] == whole.model_extra["citations"]
    assert chunks[-1].usage == whole.usage


def test_a_stream_tells_no_usage_unless_it_is_wanted(client: openai.OpenAI) -> None:
    assert all(chunk.usage is None for chunk in client.chat.completions.create(model="gbaqa", messages=ASKED, stream=True))


def test_the_source_list_speaks_the_answers_script(client: openai.OpenAI) -> None:
    question = [{"role": "user", "content": "單程票價是多少？"}]
    text = client.chat.completions.create(model="gbaqa", messages=question).choices[0].message.content
    assert "**出處**" in text
    assert "第4頁" in text
    assert text.count("英文版第3頁作「14」") == 1  # the fare differs, and the answer has said so


@pytest.mark.parametrize("stream", [False, True])
def test_what_cannot_be_asked_is_an_error_of_the_package(client: openai.OpenAI, stream: bool) -> None:
    with pytest.raises(openai.BadRequestError, match="The question is empty"):
        client.chat.completions.create(model="gbaqa", messages=[{"role": "user", "content": " "}], stream=stream)
    with pytest.raises(openai.NotFoundError, match="no model 'gpt'"):
        client.chat.completions.create(model="gpt", messages=ASKED, stream=stream)
    with pytest.raises(openai.BadRequestError, match="not the user's"):
        client.chat.completions.create(model="gbaqa", messages=[*ASKED, {"role": "assistant", "content": "x"}], stream=stream)
    with pytest.raises(openai.UnprocessableEntityError, match=r"body\.messages"):
        client.chat.completions.create(model="gbaqa", messages=[], stream=stream)
