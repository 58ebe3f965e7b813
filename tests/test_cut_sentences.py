"""Sentences that columns, pages and the titles of charts cut in two."""

import pytest

from gbaqa.corpus.markdown import assemble
from gbaqa.corpus.pagemap import page_markers
from gbaqa.corpus.pieces import read_pieces


def texts_of_extracted(text: str) -> list[str]:
    """The blocks of a text that was taken from a layout, whose lines may end anywhere."""
    blocks, _ = assemble(read_pieces(text, page_markers(text.splitlines())))
    return [block.text for block in blocks]


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        (
            "Kites must be tried on the shore for a season. The harbour of Yunhe lends them to crews which are in urgent",
            "need, and takes them back in spring.",
        ),
        ("风筝须先在岸边试放一季。云禾港先把风筝借给最急需的渔船队，连同绳索一并", "交给船员使用。到了春天再收回。"),
    ],
)
def test_a_sentence_goes_on_behind_the_title_of_a_chart(first: str, rest: str) -> None:
    language = "en" if first.isascii() else "zh"
    title, other = ("Kites for boats", "Boats") if first.isascii() else ("风筝与渔船", "渔船")
    after = "Boats are old." if first.isascii() else "渔船很旧。"
    text = f"<!-- page: 1 {language} -->\n## Kites\n\n{first}\n\n### {title}\n\n{rest}\n\n## {other}\n\n{after}\n"
    assert texts_of_extracted(text) == [f"{first}{' ' if first.isascii() else ''}{rest}", after]


@pytest.mark.parametrize(
    ("language", "first", "second"),
    [
        ("en", "Kites must be tried on the shore for a season. The harbour of Yunhe lends them.", "need is great."),
        ("en", "Kites must be tried on the shore for a season. The harbour lends them to crews", "Boats are older than kites."),
        ("en", "The harbour of Yunhe lends kites to crews which are in urgent", "need of them."),  # may be a title itself
        ("zh", "风筝须先在岸边试放一季。云禾港先把风筝借给最急需的渔船队。", "渔船很旧。"),
    ],
)
def test_a_heading_parts_what_does_not_go_on(language: str, first: str, second: str) -> None:
    assert texts_of_extracted(f"<!-- page: 1 {language} -->\n## A\n\n{first}\n\n### B\n\n{second}\n") == [first, second]


def test_chinese_under_a_heading_with_more_under_it_is_its_own() -> None:
    first, second, third = "风筝须先在岸边试放一季。云禾港先把风筝借给最急需的渔船队", "渔船由船队自行维护。", "每年春天检查一次。"
    assert texts_of_extracted(f"<!-- page: 1 zh -->\n## 甲\n\n{first}\n\n### 乙\n\n{second}\n\n{third}\n") == [first, second, third]


def test_a_cut_may_come_soon_after_a_whole_sentence() -> None:
    first, rest = "Wind power matters to every harbour. Since 2031, New", "Yunhe has built forty masts."
    assert texts_of_extracted(f"<!-- page: 1 en -->\n{first}\n\n{rest}\n") == [f"{first} {rest}"]


LONG = "the founding of a school for kite makers in Yunhe, with teachers from all four cities of the bay and a workshop at each harbour"


def test_the_last_item_of_a_list_without_stops_ends_as_the_others_do() -> None:
    items, paragraph = ["more boats for Yunhe", LONG], "The Harbour Board agreed in 2031."
    text = "\n".join(f"- {item}" for item in items)
    assert texts_of_extracted(f"<!-- page: 1 en -->\n{text}\n\n{paragraph}\n") == [*items, paragraph]


def test_an_item_that_is_unlike_the_others_goes_on() -> None:
    text = f"- More boats for Yunhe.\n- {LONG}\n\nThe Harbour Board agreed in 2031.\n"
    assert texts_of_extracted(f"<!-- page: 1 en -->\n{text}") == ["More boats for Yunhe.", f"{LONG} The Harbour Board agreed in 2031."]
