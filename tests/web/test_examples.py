"""Example questions: made from the documents, shown only if they are answered."""

from gbaqa.answering.city_board import CityBoard
from gbaqa.assistant import Assistant
from gbaqa.web.examples import Examples, examples_html


def found(assistant: Assistant) -> Examples:
    examples = Examples(assistant, CityBoard.from_index(assistant.index))
    examples.find()
    return examples


def test_every_example_is_answered_and_speaks_of_the_documents(small_assistant: Assistant) -> None:
    examples = found(small_assistant)
    for script in ("en", "zh-Hans", "zh-Hant"):
        questions = examples.of(script)  # type: ignore[arg-type]
        assert questions
        for written, question in questions:
            answer = small_assistant.ask(question)
            assert answer.status == "answered"
            assert answer.language == written


def test_until_they_are_found_there_are_none(small_assistant: Assistant) -> None:
    assert Examples(small_assistant, CityBoard()).of("en") == []
    assert examples_html([], "en") == ""


def test_an_example_is_escaped() -> None:
    html = examples_html([("en", '"><img>')], "en")
    assert "<img" not in html
    assert html.count("data-do") == 1
