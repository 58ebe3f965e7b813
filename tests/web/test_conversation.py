"""Turns: marks of different answers stay apart, refusals and problems explain themselves."""

import re
from html import unescape

import pytest

from gbaqa.answering.answer import Answer, Citation, Footnote, Twin
from gbaqa.assistant import Turn
from gbaqa.web.chat_texts import CHAT_TEXTS
from gbaqa.web.conversation import past_html, pending_html, problem_html, turn_html
from gbaqa.web.plain import plain_text
from gbaqa.web.texts import TEXTS, browser_script


def answer(text: str, **fields: object) -> Answer:
    return Answer.model_validate({"question": "q", "language": "en", "status": "answered", "answer": text, "confidence": 1} | fields)


def test_turns_are_numbered_so_that_marks_of_different_answers_do_not_meet() -> None:
    cited = answer("Yes.[1]", citations=[Citation(mark=1, document="d", page="3", language="en", quote="Yes.")])
    html = past_html([Turn("first", cited), Turn("second", cited)])
    for number in (1, 2):
        assert f'id="turn-{number}-source-1"' in html
        assert f'href="#turn-{number}-source-1"' in html


def test_a_question_is_shown_as_text_and_shortened() -> None:
    html = turn_html("<i>" + "x" * 1000, answer("Yes."), 1)
    assert "<h2>&lt;i&gt;xxx" in html
    assert "x…</h2>" in html


def test_a_refusal_says_what_to_try() -> None:
    html = turn_html("q", answer("文中沒有說明這一點。", language="zh-Hant", status="refused"), 1)
    assert TEXTS["zh-Hant"].refused_hint in html
    assert 'lang="zh-Hant"' in html


def test_how_a_follow_up_was_understood_is_shown_and_escaped() -> None:
    html = turn_html("and Gannet?", answer("Yes.", understood_as="How big is <b>Gannet</b>?"), 2)
    assert '<p class="hint understood">Understood as: How big is &lt;b&gt;Gannet&lt;/b&gt;?</p>' in html
    assert "hint understood" not in turn_html("How big is Gannet?", answer("Yes."), 1)


def test_a_question_that_is_looked_up_says_so_in_its_language() -> None:
    assert TEXTS["zh-Hans"].pending in pending_html("船队有多少艘船？", 1)


def test_only_the_newest_answer_can_be_asked_again_and_only_rated_ones_have_thumbs() -> None:
    assert 'data-do="submit"' in turn_html("q", answer("Yes."), 1, newest=True)
    assert 'data-do="submit"' not in past_html([Turn("q", answer("Yes."))])
    assert "data-rating" in past_html([Turn("q", answer("Yes."))], rated=True)
    assert "data-rating" not in past_html([Turn("q", answer("Yes."))])


def test_who_worded_an_answer_is_said_and_why_a_model_did_not() -> None:
    assert CHAT_TEXTS["en"].worded in turn_html("q", answer("Yes.", mode="generative"), 1)
    extractive = turn_html("q", answer("Yes.", notice="The model <b>slept</b>."), 1)
    assert CHAT_TEXTS["en"].worded not in extractive
    assert '<p class="hint">The model &lt;b&gt;slept&lt;/b&gt;.</p>' in extractive


def test_an_answer_that_grows_has_no_buttons() -> None:
    assert "<button" not in turn_html("q", answer("Yes."), 1, complete=False)


def test_what_is_copied_has_the_sources_with_their_pages_and_notes() -> None:
    note = Footnote(number=7, text="Harbour Office", url="https://harbour.example/", language="en")
    source = Citation(mark=1, document="d", title="Quays", page="3", language="en", quote="Long.", footnotes=[note])
    text = plain_text(answer("Yes.[1]", citations=[source]))
    assert text == "Yes.[1]\n\n[1] Quays, p. 3: “Long.” (Note 7: Harbour Office, https://harbour.example/)"
    digest = source.model_copy(update={"is_digest": True, "footnotes": []})
    assert plain_text(answer("Yes.[1]", citations=[digest])).endswith("[1] Quays, Digest of p. 3: Long.")
    chinese = plain_text(answer("是。[1]", language="zh-Hans", citations=[source]))
    assert chinese.endswith("[1] Quays，第3页：“Long.”（注7：Harbour Office，https://harbour.example/）")


def test_what_is_copied_names_the_page_in_the_other_language() -> None:
    twin = Twin(page="4", language="zh", quote="长。")
    source = Citation(mark=1, document="d", title="Quays", page="3", language="en", quote="Long.", twin=twin)
    assert plain_text(answer("Yes.[1]", citations=[source])).endswith("p. 3: “Long.” (In Chinese · p. 4)")
    digest = source.model_copy(update={"is_digest": True})
    assert plain_text(answer("是。[1]", language="zh-Hant", citations=[digest])).endswith("第3頁摘要：Long.（中文版：第4頁摘要）")


def test_a_turn_carries_its_answer_for_exports_escaped() -> None:
    html = turn_html('"><script>', answer('"><script>alert(1)</script>'), 1)
    assert "<script" not in html
    value = re.search(r'<data class="turn-data" hidden value="([^"]*)">', html)
    assert value
    assert Answer.model_validate_json(unescape(value[1])).answer == '"><script>alert(1)</script>'


def test_a_problem_is_announced_and_escaped() -> None:
    html = problem_html("", "too <long>", 1)
    assert '<p role="alert">too &lt;long&gt;</p>' in html
    assert "<h2>" not in html


@pytest.mark.parametrize(
    ("header", "script"),
    [
        ("", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("zh-HK,zh;q=0.9", "zh-Hant"),
        ("zh-TW", "zh-Hant"),
        ("zh-Hant-MO", "zh-Hant"),
        ("zh-Hans-HK", "zh-Hans"),
        ("fr-FR,fr;q=0.9,zh-TW;q=0.7,en;q=0.5", "zh-Hant"),
        ("en;q=0.3, zh;q=0.8", "zh-Hans"),
        ("zh;q=0, en", "en"),
        ("zh;q=much, en;q=0.1", "en"),
        ("*", "en"),
    ],
)
def test_the_page_takes_the_browsers_language(header: str, script: str) -> None:
    assert browser_script(header) == script


def test_every_text_has_its_fields_in_each_script() -> None:
    for words in TEXTS.values():
        assert words.page.format(page="13").count("13") == 1
        assert words.source.format(mark=2)
        assert words.version["zh"] != words.version["en"]
