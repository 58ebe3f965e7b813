"""The text of an answer: the document's words stand as printed, ours are typeset, a model's Markdown stays harmless."""

import re
from html import unescape

import pytest

from gbaqa.answering.answer import Answer
from gbaqa.web.prose import answer_html


def answer(text: str, **fields: object) -> Answer:
    return Answer.model_validate({"question": "q", "language": "en", "status": "answered", "answer": text, "confidence": 1} | fields)


def generative(text: str) -> Answer:
    return answer(text, mode="generative")


def shown(html: str) -> str:
    """What a reader sees, without the marks."""
    return unescape(re.sub(r"<[^>]+>", "", re.sub(r"<sup.*?</sup>", "", html.replace("<br>", "\n"))))


@pytest.mark.parametrize("mode", ["extractive", "generative"])
def test_marks_link_to_their_cards(mode: str) -> None:
    html = answer_html(answer("Fast.[1][2]", mode=mode), {1: "turn-3-source-1", 2: "turn-3-source-2"})
    assert '<sup class="mark"><a href="#turn-3-source-1" aria-label="Source 1">1</a></sup>' in html
    assert html.count("<a ") == 2


def test_marks_of_an_answer_that_is_being_written_lead_nowhere_yet() -> None:
    assert '<sup class="mark" aria-label="Source 2">2</sup>' in answer_html(answer("Fast.[2]"), {})


def test_a_number_in_square_brackets_that_no_card_belongs_to_is_text() -> None:
    assert shown(answer_html(answer("Rule [12] applies.[1]"), {1: "c"})) == "Rule [12] applies."


@pytest.mark.parametrize(
    "text",
    [
        "*Kites* and **boats**, 3 * 4 * 5",
        "file_name_here and _quay_",
        "the `code` of ``two``",
        "# Not a heading",
        "6. Scheme for ferries",
        "12) Scheme for boats",
        "+ plus, * star",
        "> 40 ships",
        "| a | b |",
        "Setext\n===",
        "---",
        "~~~ tilde ~~~",
        "    indented",
        "<b>bold</b> & <i>",
        "a < b &amp; c &copy; d",
        "[quay](https://quay.example/) and [9]: https://quay.example/",
        "<https://quay.example/>",
        "back\\slash \\* and C:\\_x",
        "![x](https://tracker.example/pixel.png)",
        "1. 一次性补贴*最高*30万元",
    ],
)
def test_what_looks_like_markdown_in_a_document_is_shown_as_printed(text: str) -> None:
    html = answer_html(answer(f"{text}[1]"), {1: "c"})
    assert shown(html).split() == text.split()
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br", "sup", "a"}
    in_a_list = answer_html(answer(f"- {text}[1]\n- last[1]"), {1: "c"})
    assert "".join(text.split()) in "".join(shown(in_a_list).split())


def test_the_lists_and_paragraphs_of_an_answer_are_typeset() -> None:
    html = answer_html(answer("Three trades:[1]\n- *kites*[2]\n- 2. boats[3]\n\nThe Chinese text differs.[1]"), {1: "a", 2: "b", 3: "c"})
    assert html.count("<p>") == 2
    assert re.findall(r"<li>([^<]*)", html) == ["*kites*", "2. boats"]
    assert html.index("</ul>") < html.index("differs")


def test_one_line_alone_is_no_list_once_the_answer_is_whole() -> None:
    one = answer("- Shenzhen, GDP: 5[1]")
    assert answer_html(one, {1: "c"}).startswith("<p>Shenzhen, GDP: 5<sup")
    assert answer_html(one, {}).startswith("<ul><li>Shenzhen")


def test_a_model_may_write_markdown() -> None:
    html = answer_html(generative("- **one**[1]\n- two\n\n| City | GDP |\n| --- | --- |\n| A | 5 |"), {1: "c"})
    assert '<li><strong>one</strong><sup class="mark"><a href="#c"' in html
    assert "<td>5</td>" in html
    assert 'href="https://a.example/" target="_blank" rel="noopener noreferrer"' in answer_html(generative("[a](https://a.example/)"), {})


@pytest.mark.parametrize("mode", ["extractive", "generative"])
@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<b onmouseover=alert(1)>x</b>",
        "![x](https://tracker.example/pixel.png)",
        "[x](javascript:alert(1))",
        "[x](data:text/html,x)",
        "<javascript:alert(1)>",
    ],
)
def test_an_answer_adds_no_element_of_its_own(text: str, mode: str) -> None:
    html = answer_html(answer(text, mode=mode), {})
    assert not any(tag in html for tag in ("<script", "<b ", "<img", 'href="javascript', 'href="data'))
