"""Follow-ups: what a question asks in its conversation, and the answers to a conversation from start to end."""

import asyncio
import re
from pathlib import Path

import pytest

from gbaqa.answering.answer import Answer
from gbaqa.assistant import Assistant, Turn
from gbaqa.config import Settings
from gbaqa.errors import QuestionError
from gbaqa.index.store import build_index
from gbaqa.retrieval.conversation import TURNS_REMEMBERED, Contextual, in_context
from gbaqa.retrieval.requests import request_in, split_language
from gbaqa.retrieval.slots import slots_of, with_periods, with_places

_GDP = "What was Shenzhen's GDP in 2022?"


def understood(question: str, *history: str) -> str:
    """The whole question that a follow-up asks."""
    context = in_context(question, history)
    assert context.question is not None
    assert context.completed, f"{question} was taken to stand alone"
    return context.question.text


def stands_alone(question: str, *history: str) -> bool:
    context = in_context(question, history)
    return not context.completed and context.request is None


def test_a_key_figure_of_the_whole_region_stands_alone() -> None:
    assert stands_alone("大灣區人口呢？", "深圳2022年GDP係幾多？")


@pytest.mark.parametrize(
    ("history", "question", "whole"),
    [
        ([_GDP], "and Guangzhou?", "What was Guangzhou's GDP in 2022?"),
        ([_GDP], "What about Foshan", "What was Foshan's GDP in 2022?"),
        ([_GDP], "Zhuhai?", "What was Zhuhai's GDP in 2022?"),
        ([_GDP], "and in 2021?", "What was Shenzhen's GDP in 2021?"),
        ([_GDP], "the year before?", "What was Shenzhen's GDP in 2021?"),
        ([_GDP], "no, I meant 2020", "What was Shenzhen's GDP in 2020?"),
        ([_GDP], "sorry, I meant Macau in 2021", "What was Macau's GDP in 2021?"),
        ([_GDP], "and the population?", "population, Shenzhen 2022?"),
        ([_GDP], "and people?", "population, Shenzhen 2022?"),
        ([_GDP, "and Guangzhou?"], "GDP per head", "per-capita GDP, Guangzhou 2022?"),
        (["Dongguan's exports in Q1 2023?"], "and Q2?", "Dongguan's exports in Q2 2023?"),
        (["佛山2022年人口有多少？"], "中山呢？", "中山2022年人口有多少？"),
        ([f"Hi! {_GDP} Thanks a lot!"], "Thanks! And Guangzhou?", "What was Guangzhou's GDP in 2022?"),
        (["請問佛山2022年人口有幾多？"], "唔該！咁中山呢？", "中山2022年人口有多少？"),
        ([_GDP], "And by the way, what about Foshan?", "What was Foshan's GDP in 2022?"),
        ([_GDP], "btw, and Foshan?", "What was Foshan's GDP in 2022?"),
        ([_GDP], "by the way, what is the population?", "population, Shenzhen 2022?"),
        (["佛山2022年人口有多少？"], "順便問下，中山呢？", "中山2022年人口有多少？"),
        (["How many piers does the GBA have?"], "And Zhuhai?", "How many piers does Zhuhai have?"),
        (["大湾区有几个码头？"], "那珠海呢？", "珠海有几个码头？"),
        (["How many piers does Zhuhai have?"], "and in the whole Bay Area?", "How many piers does the Greater Bay Area have?"),
        (["珠海和佛山有几个码头？"], "咁成個大灣區呢？", "大湾区有几个码头？"),
        (["佛山2022年人口有多少？"], "2021年呢", "佛山2021年人口有多少？"),
        (["佛山2022年人口有多少？"], "那人均GDP呢？", "佛山2022年人均GDP"),
        (["佛山2022年人口有多少？"], "不是，我是说江门", "江门2022年人口有多少？"),
        (["佛山2023年一季度出口有多少？"], "二季度呢", "佛山2023年二季度出口有多少？"),
        (["佛山2023年一季度GDP多少？"], "人均呢", "佛山人均GDP"),
        (["佛山2022年人口有多少？"], "and Huizhou?", "惠州2022年人口有多少？"),
        ([_GDP], "珠海呢？", "What was Zhuhai's GDP in 2022?"),
        ([_GDP], "compare with Foshan", "What was Shenzhen and Foshan's GDP in 2022?"),
        ([_GDP, "and Foshan?"], "which of the two is higher?", "What was Foshan and Shenzhen's GDP in 2022?"),
        (["佛山2022年人口有多少？"], "跟东莞比呢", "佛山、东莞2022年人口有多少？"),
        (["How many banks take part in Wealth Connect?"], "from Macau?", "How many banks take part in Wealth Connect? – Macau"),
        ([_GDP], "growth?", f"{_GDP} – growth"),
        ([_GDP, "and Foshan?"], "which is bigger?", "What was Foshan and Shenzhen's GDP in 2022?"),
        (["How many piers does Foshan have?", "and Zhuhai?"], "which has more?", "How many piers does Zhuhai and Foshan have?"),
        (["佛山有多少个码头？", "珠海呢？"], "哪个更多？", "珠海、佛山有多少个码头？"),
        (["Which city has the largest GDP?"], "and the second?", "Which city has the second largest GDP?"),
        (["Which city has the largest GDP?"], "the next one?", "Which city has the second largest GDP?"),
        (["Which city has the largest GDP?", "the next one?"], "and the next?", "Which city has the third largest GDP?"),
        (["Which city has the largest GDP?"], "and the lowest?", "Which city has the smallest GDP?"),
        (["Which city has the smallest GDP?"], "and the biggest one?", "Which city has the largest GDP?"),
        (["Which pier had the most passengers?"], "and the fewest?", "Which pier had the fewest passengers?"),
        (["Which city has the largest GDP?"], "what about population?", "Which city has the highest population?"),
        (["Which city has the largest GDP?", "the second?"], "and area?", "Which city has the second highest land area?"),
        (["Which three cities have the largest GDP?"], "and the fourth?", "Which cities have the fourth largest GDP?"),
        (["Which three cities have the largest GDP?"], "and the next?", "Which cities have the fourth largest GDP?"),
        (["Which two cities have the largest GDP?"], "and population?", "Which two cities have the highest population?"),
        (["Which city has the largest GDP?"], "where does Foshan rank?", "where does Foshan rank by GDP?"),
        (["哪个城市人口最多？"], "最少呢？", "哪个城市人口最少？"),
        (["哪个城市人口最多？"], "第二呢", "哪个城市人口第二多？"),
        (["哪个城市人口最多？", "第二呢"], "下一个呢？", "哪个城市人口第三多？"),
        (["哪个城市人口最多？"], "倒数第二呢？", "哪个城市人口第二少？"),
        (["哪三个城市人口最多？"], "第四呢？", "哪一个城市人口第四多？"),
        (["边个城市人口最多？"], "GDP呢？", "GDP最高的一个城市是哪个？"),
        (["哪个城市GDP最高？"], "佛山排第几？", "按GDP，佛山排第几"),
        (["When did the lantern museum open?"], "why so late?", "When did the lantern museum open? – why so late"),
        (["When did the lantern museum open?"], "how much did it cost", "When did the lantern museum open? – how much did it cost"),
        (["灯塔博物馆哪年开放？"], "票价呢？", "灯塔博物馆哪年开放？ – 票价"),
        (["灯塔博物馆哪年开放？"], "它有多少藏品", "灯塔博物馆哪年开放？ – 它有多少藏品"),
        (["How high are rents in Luohu?"], "and what is its vacancy rate for offices?", "what is Luohu's vacancy rate for offices"),
    ],
)
def test_a_follow_up_is_completed(history: list[str], question: str, whole: str) -> None:
    assert understood(question, *history) == whole


@pytest.mark.parametrize(
    ("history", "question"),
    [
        ([_GDP], "How many universities are there in Macau?"),
        ([_GDP], "What is Qianhai, and what does it do for young founders?"),
        ([_GDP], "And when was the Green Finance Alliance founded?"),
        ([_GDP], "Those nurses sent abroad on the exchange programme: how long did they stay in hospitals there?"),
        ([_GDP], "Something else: how long is the bridge?"),
        ([_GDP], "OK, new topic. Ferries?"),
        ([_GDP], "Which cities have a population over ten million?"),
        ([_GDP], "What is this 'Harbour 4.0' plan about?"),
        (["佛山2022年人口有多少？"], "换个话题，渡轮有几条航线？"),
        (["佛山2022年人口有多少？"], "澳门那四所实验室设在哪些大学？"),
        (["佛山2022年人口有多少？"], "另外想问一下，大桥全长多少"),
        (["佛山2022年人口有多少？"], "香港有多少家初创企业？"),
        ([], "and Guangzhou?"),
    ],
)
def test_a_question_with_a_subject_of_its_own_stands_alone(history: list[str], question: str) -> None:
    assert stands_alone(question, *history)


@pytest.mark.parametrize(
    "question",
    ["What is Hetao?", "what's the Greater Bay Area", "Where is Qianhai?", "河套係咩？", "什么是前海？", "横琴是做什么的？", "前海喺邊？"],
)
def test_what_a_place_is_stands_alone(question: str) -> None:
    assert stands_alone(question, _GDP)


@pytest.mark.parametrize("question", ["What's Foshan's?", "what is it in Foshan?", "what about Foshan?", "佛山呢？", "佛山是多少？"])
def test_what_a_place_has_is_what_was_asked_before(question: str) -> None:
    assert understood(question, _GDP) == "What was Foshan's GDP in 2022?"


@pytest.mark.parametrize(
    "question", ["By the way, who wrote this paper?", "Thanks! btw which bank keeps the piers?", "順便問下，邊個寫呢份報告？"]
)
def test_an_aside_that_asks_by_itself_stands_alone(question: str) -> None:
    assert stands_alone(question, _GDP)


def test_a_new_subject_does_not_drag_the_old_one_along() -> None:
    context = in_context("and people?", [_GDP, "Let's leave that. Hong Kong: how much land?"])
    assert context.question is not None
    assert "Shenzhen" not in context.question.text
    assert context.question.places == {"Hong Kong"}
    assert context.question.years == frozenset()


def test_three_turns_build_on_each_other() -> None:
    history = ["GDP of Shenzhen in Q1 2023?", "and Guangzhou?", "人均呢"]
    context = in_context("source?", history)
    assert context.request == "source"
    assert context.understood_as == "per-capita GDP, Guangzhou?"


def test_a_detail_keeps_the_place_of_its_subject_and_its_own_way_of_asking() -> None:
    context = in_context("how much did it cost?", ["Which museums opened in Zhuhai?"])
    assert context.detail is not None
    assert context.detail.places == {"Zhuhai"}
    assert context.detail.wants_number


def test_a_detail_that_does_not_ask_is_asked_like_the_question_before() -> None:
    context = in_context("visitors from abroad?", ["How many residents does Zhuhai have?"])
    assert context.detail is not None
    assert context.detail.wants_number


@pytest.mark.parametrize(
    ("text", "request_", "about"),
    [
        ("source?", "source", ()),
        ("Says who?", "source", ()),
        ("where does that figure come from?", "source", ()),
        ("出处？", "source", ()),
        ("哪来的数", "source", ()),
        ("还有更多吗", "more", ()),
        ("哪个注释?", "source", ()),
        ("这个数是谁统计的？", "source", ()),
        ("source for the exports?", "source", ("export",)),
        ("Where are the projects from?", None, ()),
        ("which page?", "page", ()),
        ("page?", "page", ()),
        ("第几页", "page", ()),
        ("在哪一页？", "page", ()),
        ("more", "more", ()),
        ("What else?", "more", ()),
        ("还有呢？", "more", ()),
        ("why?", "why", ()),
        ("为什么", "why", ()),
        ("say that again", "repeat", ()),
        ("真的吗？", "repeat", ()),
        ("哪个更高？", "both", ()),
        ("Thanks!", "thanks", ()),
        ("你好", "greeting", ()),
        ("How many piers are there?", None, ()),
    ],
)
def test_requests_about_the_last_answer_are_told_by_their_words(text: str, request_: str | None, about: tuple[str, ...]) -> None:
    assert request_in(text) == (request_, about)


def test_thanks_before_a_question_do_not_hide_it() -> None:
    assert understood("thanks! what about Foshan", _GDP) == "What was Foshan's GDP in 2022?"


@pytest.mark.parametrize(
    ("text", "rest", "script"),
    [
        ("in English please", "", "en"),
        ("用英文", "", "en"),
        ("用中文再说一次", "再说一次", "zh-Hans"),
        ("繁体", "", "zh-Hant"),
        ("How long is the bridge? Answer in Chinese, please.", "How long is the bridge", "zh-Hans"),
        ("How many English schools are there?", "How many English schools are there?", None),
    ],
)
def test_a_wish_for_a_language_is_taken_out_of_the_question(text: str, rest: str, script: str | None) -> None:
    assert split_language(text) == (rest, script)


@pytest.mark.parametrize(
    ("history", "question", "script"),
    [
        (["佛山有多少人？"], "source?", "en"),
        (["佛山有多少人？"], "GDP?", "zh-Hans"),
        (["佛山有多少人？"], "2021?", "zh-Hans"),
        (["佛山有幾多人？"], "人均呢", "zh-Hant"),
        (["佛山有幾多人？"], "那里有什么产业", "zh-Hans"),
        (["How big is Foshan?"], "人均呢", "zh-Hans"),
        (["佛山有多少人？"], "in English please", "en"),
        (["How big is Foshan?"], "用中文", "zh-Hans"),
        (["How big is Foshan?"], "講中文", "zh-Hant"),
        (["佛山有多少人？", "in English please"], "GDP?", "en"),
    ],
)
def test_the_answers_script_is_the_follow_ups_or_else_the_conversations(history: list[str], question: str, script: str) -> None:
    assert in_context(question, history).script == script


def test_slots_leave_the_words_for_anything_else() -> None:
    assert slots_of("Foshan in Q1 2023").rest == ()
    assert slots_of("the robots of Foshan in 2022").rest == ("robot",)
    assert slots_of("data that may be moved").periods == ()


def test_places_and_periods_are_exchanged_in_both_languages() -> None:
    assert with_places("珠海和中山的机器人", ("Foshan",)) == "佛山的机器人"
    assert with_places("GDP of Shenzhen, Macau and Zhuhai in 2022", ("Foshan",)) == "GDP of Foshan in 2022"
    assert with_places("How big is the harbour?", ("Macau",)) == "Macau: How big is the harbour?"
    assert with_periods("by the end of May 2023?", ("May 2022",)) == "by May 2022?"
    assert with_periods("渡轮有几条航线", ("2021",)) == "2021年渡轮有几条航线"


def test_only_the_last_turns_matter() -> None:
    far = [_GDP, *["Something else: how long is the bridge?"] * TURNS_REMEMBERED]
    assert "Shenzhen" not in understood("and in 2021?", *far)
    endless: Contextual = in_context("and Foshan?", [_GDP] * 500)
    assert endless.understood_as == "What was Foshan's GDP in 2022?"


def test_an_empty_follow_up_is_an_error() -> None:
    with pytest.raises(QuestionError):
        in_context("?!", [_GDP])


def test_characters_that_no_text_has_do_no_harm() -> None:
    assert understood("and \udcff Foshan\x00?", f"{_GDP}\udc80") == "What was Foshan's GDP in 2022?"


# From start to end, about places that do not exist: what is asked in full is answered from the small corpus.


def talk(assistant: Assistant, *questions: str) -> list[Answer]:
    """The answers of a conversation."""
    turns: list[Turn] = []
    for question in questions:
        turns.append(Turn(question, assistant.ask(question, turns)))
    return [turn.answer for turn in turns]


def test_a_source_is_the_note_behind_the_last_answer(small_assistant: Assistant) -> None:
    first, source = talk(small_assistant, "How many passengers do the ferries of Port Maren carry a day?", "source?")
    assert "94,000" in first.answer
    named = re.search(r"Port Maren Maritime Authority \(note 4\)\[1\]\[(\d)\]", source.answer)
    assert named is not None
    assert source.citations[0].quote == first.citations[0].quote
    assert [note.number for note in source.citations[int(named[1]) - 1].footnotes] == [4]
    assert source.question == "source?"
    assert source.understood_as == "How many passengers do the ferries of Port Maren carry a day?"
    assert first.understood_as is None


def test_a_source_is_named_in_the_askers_language(small_assistant: Assistant) -> None:
    source = talk(small_assistant, "How many passengers do the ferries of Port Maren carry a day?", "出处？")[-1]
    assert source.language == "zh-Hans"
    assert "马伦港海事局（注4）" in source.answer


def test_a_note_that_only_the_other_language_has_is_found(small_assistant: Assistant) -> None:
    source = talk(small_assistant, "What share of the bay's wind power does Yunhe generate?", "who says so?")[-1]
    assert "风能年鉴" in source.answer


def test_a_page_is_given_in_both_languages(small_assistant: Assistant) -> None:
    first, page, chinese = talk(small_assistant, "灯塔大桥全长多少公里？", "which page?", "用繁體")
    assert "11.3" in first.answer
    marks = "".join(f"[{citation.mark}]" for citation in first.citations)  # all that was said stands on these pages
    assert page.answer == f"p6 (English), p5 (Chinese){marks}"
    assert {citation.page for citation in page.citations} == {"6"}
    assert chinese.answer == f"中文第5頁，英文第6頁{marks}"


def test_a_page_that_is_not_certain_says_so(small_assistant: Assistant) -> None:
    page = talk(small_assistant, "Up to what amount do founders on Gannet get a loan?", "page?")[-1]
    assert "about p14" in page.answer


def test_the_last_answer_is_said_again_in_another_language(small_assistant: Assistant) -> None:
    first, english, traditional = talk(small_assistant, "灯塔大桥的总投资是多少？", "in English please", "繁體")
    assert "128亿元" in first.answer
    assert english.language == "en"
    assert "RMB12.8 billion" in english.answer
    assert english.citations[0].page == "6"
    assert traditional.language == "zh-Hant"
    assert "總投資為128億元" in traditional.answer


def test_what_is_said_again_after_its_source_is_the_answer(small_assistant: Assistant) -> None:
    chinese = talk(small_assistant, "How much is invested in Lantern Bridge?", "source?", "用中文再说一次")[-1]
    assert "128亿元" in chinese.answer


def test_a_detail_is_found_beside_the_last_answer(small_assistant: Assistant) -> None:
    answers = talk(small_assistant, "When will Lantern Bridge open?", "how long is it?", "and the investment?")
    assert "11.3 km" in answers[1].answer
    assert "12.8 billion" in answers[2].answer
    assert answers[2].understood_as == "When will Lantern Bridge open? – the investment"


def test_what_the_paper_does_not_say_of_a_subject_is_refused(small_assistant: Assistant) -> None:
    refused = talk(small_assistant, "When will Lantern Bridge open?", "and the toll for lorries in 1987?")[-1]
    assert refused.status == "refused"


def test_more_does_not_repeat_what_was_said(small_assistant: Assistant) -> None:
    first, more = talk(small_assistant, "How many projects did the Coral Fund approve in 2030?", "what else?")
    assert more.status == "answered"
    assert not {c.quote for c in first.citations} & {c.quote for c in more.citations}


def test_a_reason_is_not_made_up(small_assistant: Assistant) -> None:
    why = talk(small_assistant, "How long is Lantern Bridge?", "why?")[-1]
    assert why.status == "refused"
    assert why.answer == "The paper gives no reason there."


def test_requests_without_an_answer_before_them_are_refused_politely(small_assistant: Assistant) -> None:
    for answer in talk(small_assistant, "source?", "第几页", "in English please"):
        assert answer.status == "refused"
        assert not answer.citations


def test_after_a_refusal_there_is_no_source(small_assistant: Assistant) -> None:
    refused, source = talk(small_assistant, "How many trams ran in Stonebridge in 1987?", "source?")
    assert refused.status == "refused"
    assert source.status == "refused"


def test_thanks_are_answered_and_forgotten(small_assistant: Assistant) -> None:
    answers = talk(small_assistant, "hello", "How long is Lantern Bridge?", "thanks!", "which page?")
    assert answers[0].citations == []
    assert answers[2].answer == "You're welcome."
    assert "p6 (English)" in answers[3].answer


def test_an_item_of_a_list_can_be_meant_by_its_place(small_assistant: Assistant) -> None:
    first, second = talk(small_assistant, "List the three pillar industries of Yunhe", "the second one")
    assert "wind power" in first.answer
    assert "wind power" in second.answer


def test_a_streamed_follow_up_says_how_it_was_understood(small_assistant: Assistant) -> None:
    question = "When will Lantern Bridge open?"
    history = [Turn(question, small_assistant.ask(question))]

    async def stream() -> set[str | None]:
        return {part.understood_as async for part in small_assistant.astream("how long is it?", history)}

    assert asyncio.run(stream()) == {f"{question} – how long is it"}


def test_what_is_too_long_to_be_asked_is_not_remembered(small_assistant: Assistant) -> None:
    """A caller who keeps no answers sends the earlier questions with each new one, of whatever length."""
    endless = "\N{ROCKET}" * 100_000
    asked = "How many people live in Lantern Bay?"
    answer = small_assistant.converse([endless, asked])
    assert answer.answer == small_assistant.ask(asked).answer
    assert small_assistant.converse([asked, endless, "source?"]).answer == small_assistant.converse([asked, "source?"]).answer
    assert all(len(question) < 3000 for kept in small_assistant._kept for question in kept)


_ONE_FOR_THREE = """\
# 渡轮

<!-- page: 1 zh -->

夜班渡轮2031年3月开航，每晚12班，全程19分钟，周末另加4班。

学校的风筝由工匠扎成。

# Ferries

<!-- page: 2 en -->

Night ferries began in March 2031. There are 12 of them each night. A crossing takes 19 minutes. At weekends 4 more are added.

The kites of the school are made by craftsmen.
"""


def test_a_sentence_that_is_several_in_the_other_language_is_told_by_all_of_them(tmp_path: Path) -> None:
    (tmp_path / "ferries.md").write_text(_ONE_FOR_THREE, "utf-8")
    settings = Settings(corpus=tmp_path / "ferries.md", index=tmp_path / "index", _env_file=None)
    build_index(settings)
    english = talk(Assistant.open(using=settings), "夜班渡轮哪年开航？", "in English please")[-1]
    assert all(figure in english.answer for figure in ("March 2031", "12", "19 minutes", "4 more"))
