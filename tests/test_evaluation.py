"""Groups, calibration, baselines, misses, tables, the report, and an evaluation as a whole."""

import json
import random
import shutil
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console, RenderableType
from typer.testing import CliRunner

from gbaqa.answering.answer import Answer, Citation, Passage, Twin
from gbaqa.cli import app
from gbaqa.config import Settings
from gbaqa.errors import EvaluationError
from gbaqa.evaluation.baseline import Baseline, Change, baseline_of, compare, read_baseline, save_baseline
from gbaqa.evaluation.calibration import calibrate
from gbaqa.evaluation.gold import GoldItem, GoldTurn
from gbaqa.evaluation.groups import Group, group
from gbaqa.evaluation.measures import MEASURES, measure
from gbaqa.evaluation.misses import Cause, find_misses
from gbaqa.evaluation.report import report_page
from gbaqa.evaluation.results import Evaluation
from gbaqa.evaluation.run import Files, prepare, run_task
from gbaqa.evaluation.scored import Scored, answer_item
from gbaqa.evaluation.tables import WIDTH, calibration_line, change_table, group_table, overall_table, verdict_line

_CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def answer(text: str = "Ashby has 14 mills.", page: str | None = "3", **given: Any) -> Answer:
    """An answer that cites one page, which is that of its only passage too."""
    cited = Citation(mark=1, document="elmsea", page=page, language="en", quote=text, twin=Twin(page="4", language="zh", quote="磨坊"))
    whole = Answer(
        question="?",
        language="en",
        status="answered",
        answer=text,
        confidence=0.5,
        citations=[cited],
        passages=[Passage(page=page, language="en", score=0, text=f"Passage: {text}")],
        elapsed_ms=12.5,
    )
    return whole.model_copy(update=given)


def refusal(**given: Any) -> Answer:
    return answer("The paper does not say.", status="refused", citations=[], **given)


def scored(name: str, given: Answer, chapter: str = "", **gold: Any) -> Scored:
    turn = GoldTurn.model_validate(
        {"question": "How many mills?", "lang": "en", "type": "numeric", "facts": [["14"]], "evidence": [{"page": "3"}], **gold}
    )
    return Scored(GoldItem(id=name, chapter=chapter, turns=[turn]), 0, turn, given, measure(turn, given))


def dialogue(name: str, *answers: Answer, **gold: Any) -> list[Scored]:
    rows = [scored(name, given, **gold) for given in answers]
    item = GoldItem(id=name, turns=[row.gold for row in rows], is_dialogue=True)
    return [Scored(item, number, row.gold, row.answer, row.measures) for number, row in enumerate(rows)]


def evaluation(rows: list[Scored], changes: list[Change] | None = None) -> Evaluation:
    groups = group(rows)
    return Evaluation(rows, groups, calibrate(groups["all"].rows), ["elmsea"], changes)


def printed(table: RenderableType, width: int = WIDTH) -> str:
    out = StringIO()
    Console(file=out, width=width).print(table)
    return out.getvalue()


# --- Groups


def test_groups_are_by_turn_language_kind_and_chapter() -> None:
    rows = [
        scored("mills-1", answer(), "trade"),
        scored("mills-2", answer("15"), lang="zh", type="list"),
        scored("mills-3", refusal(), "trade", type="unanswerable", facts=[]),
    ]
    groups = group(rows)
    kinds = ["type=list", "type=numeric", "type=unanswerable"]
    assert list(groups) == ["all", "lang=en", "lang=zh", *kinds, "chapter=mills", "chapter=trade"]
    assert [len(found.rows) for found in groups.values()] == [3, 2, 1, 1, 1, 1, 1, 2]
    assert groups["all"].mean("fact_recall") == 0.5
    assert groups["all"].mean("refusal_right") == 1.0
    assert groups["lang=zh"].mean("fact_recall") == 0.0
    assert groups["type=unanswerable"].mean("fact_recall") is None


def test_strict_bilingual_questions_and_first_turns_stay_out_of_all() -> None:
    rows = [
        scored("mills-1", answer("15"), strict_bilingual=True),
        *dialogue("talk-1", answer("14"), answer("15"), answer("16")),
        *dialogue("talk-2", answer("14")),
    ]
    groups = group(rows)
    assert [row.id for row in groups["all"].rows] == ["talk-1.2", "talk-1.3"]
    assert [row.id for row in groups["turn=later"].rows] == ["talk-1.2", "talk-1.3"]
    assert [row.id for row in groups["turn=first"].rows] == ["talk-1.1", "talk-2.1"]
    assert [row.id for row in groups["strict_bilingual"].rows] == ["mills-1"]
    assert len(groups["chapter=dialogues"].rows) == 4
    assert groups["turn=later"].mean("fact_recall") == 0.0
    assert groups["turn=first"].mean("fact_recall") == 1.0


def test_all_is_there_even_when_no_question_belongs_to_it() -> None:
    assert group(dialogue("talk-1", answer()))["all"].rows == []


def test_an_interval_holds_the_mean_narrows_with_questions_and_is_the_same_every_time() -> None:
    few, many = (Group("all", [scored(f"m-{n}", answer("14" if n % 4 else "15")) for n in range(count)]) for count in (8, 200))
    low, high = few.interval("fact_recall") or (1, 0)
    assert low < 0.75 < high
    assert few.interval("fact_recall") == (low, high)
    narrow = many.interval("fact_recall") or (1, 0)
    assert narrow[0] < 0.75 < narrow[1]
    assert narrow[1] - narrow[0] < (high - low) / 2
    assert few.interval("refusal_right") is None


def test_the_interval_of_a_share_is_about_as_wide_as_theory_says() -> None:
    """Normal approximation: 1.96 standard errors either side."""
    half = Group("all", [scored(f"m-{n}", answer("14" if n % 2 else "15")) for n in range(400)])
    low, high = half.interval("fact_recall") or (0, 0)
    assert high - low == pytest.approx(2 * 1.96 * (0.25 / 400) ** 0.5, rel=0.1)


def test_latency_is_by_rank() -> None:
    found = Group("all", [scored(f"m-{n}", answer(elapsed_ms=float(n))) for n in random.Random(1).sample(range(100), 100)])
    assert (found.latency(0.5), found.latency(0.95), found.latency(1.0)) == (50, 95, 99)
    assert Group("all", []).latency(0.5) == 0


# --- Calibration


def test_calibration_is_the_gap_between_confidence_and_share_right() -> None:
    rows = [scored(f"m-{n}", answer("14" if n < 3 else "15", confidence=0.95)) for n in range(4)]
    rows += [scored(f"n-{n}", answer("14", confidence=0.25)) for n in range(4)]
    found = calibrate(rows)
    assert [(tenth.low, tenth.answers, tenth.confidence, tenth.right) for tenth in found.bins] == [
        (0.2, 4, pytest.approx(0.25), 1.0),
        (0.9, 4, pytest.approx(0.95), 0.75),
    ]
    assert found.error == pytest.approx((0.75 + 0.2) / 2)
    assert (found.confident, found.confident_right) == (4, 0.75)


def test_a_confident_right_refusal_is_right_and_a_false_one_is_not() -> None:
    rows = [
        scored("m-1", refusal(confidence=1.0), type="unanswerable", facts=[]),
        scored("m-2", refusal(confidence=0.9)),
        scored("m-3", answer("14", page="9", confidence=0.9)),
    ]
    found = calibrate(rows)
    assert (found.confident, found.confident_right) == (3, pytest.approx(1 / 3))


def test_without_answers_nothing_is_confident() -> None:
    found = calibrate([])
    assert (found.answers, found.error, found.confident_right) == (0, 0.0, None)
    assert "No answer" in calibration_line(found)


# --- Baselines


def rows_of(right: int, wrong: int, prefix: str = "m", **gold: Any) -> list[Scored]:
    return [scored(f"{prefix}-{n}", answer("14" if n < right else "15"), **gold) for n in range(right + wrong)]


def changes_between(before: list[Scored], now: list[Scored]) -> dict[tuple[str, str], Change]:
    baseline = baseline_of(group(before), [row.item for row in before], ["elmsea"])
    return {(change.group, change.measure.name): change for change in compare(baseline, group(now))}


@pytest.mark.parametrize(
    ("before", "now", "verdict"),
    [(300, 300, "same"), (300, 297, "same"), (300, 295, "worse"), (300, 303, "same"), (300, 305, "better"), (300, 0, "worse")],
)
def test_a_mean_is_worse_beyond_the_tolerance(before: int, now: int, verdict: str) -> None:
    change = changes_between(rows_of(before, 400 - before), rows_of(now, 400 - now))["all", "fact_recall"]
    assert change.tolerance == 0.01
    assert change.verdict == verdict


@pytest.mark.parametrize(("lost", "all_questions", "of_a_kind"), [(1, "same", "same"), (2, "worse", "same"), (3, "worse", "worse")])
def test_one_question_may_be_lost_and_two_of_a_kind(lost: int, all_questions: str, of_a_kind: str) -> None:
    found = changes_between(rows_of(10, 0), rows_of(10 - lost, lost))
    assert found["all", "fact_recall"].verdict == all_questions
    assert found["type=numeric", "fact_recall"].verdict == of_a_kind
    assert found["lang=en", "fact_recall"].verdict == of_a_kind


def test_later_turns_are_compared_as_strictly_as_all_questions() -> None:
    before = [row for n in range(10) for row in dialogue(f"talk-{n}", answer(), answer("14"))]
    now = [row for n in range(10) for row in dialogue(f"talk-{n}", answer(), answer("15" if n < 2 else "14"))]
    assert changes_between(before, now)["turn=later", "fact_recall"].verdict == "worse"


def test_fewer_false_refusals_are_better_and_more_are_worse() -> None:
    none = rows_of(100, 0)
    some = rows_of(90, 0) + [scored(f"r-{n}", refusal()) for n in range(10)]
    assert changes_between(none, some)["all", "false_refusal"].verdict == "worse"
    assert changes_between(some, none)["all", "false_refusal"].verdict == "better"


def test_times_and_lengths_are_never_compared_nor_chapters() -> None:
    slow = [scored(f"m-{n}", answer("14 " + "word " * 90, elapsed_ms=90_000)) for n in range(20)]
    found = changes_between(rows_of(20, 0), slow)
    assert {change.verdict for change in found.values()} == {"same"}
    assert not {"latency_ms", "answer_chars"} & {name for _, name in found}
    assert not [name for name, _ in found if name.startswith("chapter=")]


def test_a_measure_that_applies_to_no_answer_any_more_is_worse() -> None:
    found = changes_between(rows_of(20, 0), [scored(f"m-{n}", refusal()) for n in range(20)])
    change = found["all", "language_right"]
    assert (change.now, change.difference, change.verdict) == (None, None, "worse")
    assert change.shown_difference == "–"


def test_a_baseline_is_read_as_it_was_saved_and_the_same_answers_are_the_same(tmp_path: Path) -> None:
    rows = rows_of(5, 2) + dialogue("talk-1", answer(), answer("15"))
    items = list({row.item.id: row.item for row in rows}.values())
    saved = baseline_of(group(rows), items, ["elmsea"])
    save_baseline(tmp_path / "new" / "baseline.json", saved)
    found = read_baseline(tmp_path / "new" / "baseline.json", items[::-1])
    assert found == saved
    assert {change.verdict for change in compare(found, group(rows))} == {"same"}
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["baseline.json"]


def test_a_baseline_of_other_questions_is_refused(tmp_path: Path) -> None:
    rows = rows_of(5, 2)
    save_baseline(tmp_path / "baseline.json", baseline_of(group(rows), [row.item for row in rows], ["elmsea"]))
    with pytest.raises(EvaluationError, match=r"baseline\.json: a baseline of other gold questions \(7 lines then, 6 now\)"):
        read_baseline(tmp_path / "baseline.json", [row.item for row in rows[1:]])


@pytest.mark.parametrize("content", [None, b"", b"not JSON", b"[]", b'{"format": 2}', b"\xff\xfe", b'{"format": 1, "means": {"all": 3}}'])
def test_a_baseline_that_cannot_be_used_is_one_clear_line(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "baseline.json"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(EvaluationError) as error:
        read_baseline(path, [])
    assert str(path) in str(error.value)
    assert "--save-baseline" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_measure_that_is_not_known_any_more_is_left_out() -> None:
    old = Baseline(gold="", questions=1, corpus=[], means={"all": {"beauty": 0.9, "fact_recall": 1.0}})
    assert [change.measure.name for change in compare(old, group(rows_of(1, 0)))] == ["fact_recall"]


# --- Misses


@pytest.mark.parametrize(
    ("row", "cause"),
    [
        (scored("m", answer("14", page="3")), None),
        (scored("m", answer("14", page="9"), evidence=[{"page": "4"}]), None),  # the twin is of page 4
        (scored("m", answer("14", page="9")), Cause.NOT_CITED),
        (scored("m", answer("15", page="9")), Cause.NOT_FOUND),
        (scored("m", answer("15", page="3")), Cause.NOT_CHOSEN),
        (scored("m", refusal()), Cause.REFUSED),
        (scored("m", answer("14"), type="unanswerable", facts=[]), Cause.NOT_REFUSED),
        (scored("m", refusal(), type="unanswerable", facts=[]), None),
        (scored("m", answer("14"), facts=[], evidence=[]), None),
    ],
)
def test_a_miss_has_one_cause(row: Scored, cause: Cause | None) -> None:
    assert list(find_misses([row])) == ([] if cause is None else [cause])


def test_a_miss_tells_which_facts_are_there() -> None:
    row = scored("m", answer("14 mills"), facts=[["20"], ["fourteen", "14"]])
    assert find_misses([row])[Cause.NOT_CHOSEN][0].stated == [False, True]


# --- Tables


LONG = [
    *(scored(f"m-{n}", answer("14 mills", confidence=0.95), "an-uncommonly-long-chapter", footnotes=[1]) for n in range(1000)),
    *(scored(f"u-{n}", refusal(), lang="zh-Hant", type="unanswerable", facts=[]) for n in range(1000)),
]


def test_tables_fit_into_100_columns_and_cut_no_figure() -> None:
    groups = group(LONG)
    baseline = Baseline(gold="", questions=1, corpus=[], means={"lang=zh-Hant": {"refusal_right": 0.0}, "all": {"right": 0.5}})
    tables = [overall_table(groups["all"]), group_table(groups), change_table(compare(baseline, groups))]
    for line in "".join(map(printed, tables)).splitlines():
        assert len(line) <= WIDTH
    for table in tables:
        assert printed(table).replace(" ", "").count("…") <= 1  # the long name of the chapter
    assert "2000" in printed(tables[1])


def test_the_tables_have_a_row_for_each_measure_and_group() -> None:
    groups = group(LONG)
    overall = printed(overall_table(groups["all"]))
    assert all(known.title in overall and known.says in overall for known in MEASURES)
    by_group = printed(group_table(groups))
    for name in ("all", "lang=zh-Hant", "type=unanswerable", "chapter=u"):
        assert f" {name} " in f" {by_group.replace(chr(10), ' ')}"


def test_a_group_named_like_markup_is_printed_as_it_is() -> None:
    assert "type=[red]x[/]" in printed(group_table(group([scored("m", answer(), type="[red]x[/]")])))


def test_the_comparison_shows_all_questions_and_of_groups_what_differs() -> None:
    found = list(changes_between(rows_of(20, 0), rows_of(20, 0, lang="en")).values())
    assert "lang=en" not in printed(change_table(found))
    assert verdict_line(found) == f"Against the baseline, 0 of {len(found)} means are worse and 0 better."
    lost = list(changes_between(rows_of(20, 0), rows_of(10, 10)).values())
    assert "lang=en" in printed(change_table(lost))
    assert "-0.500" in printed(change_table(lost))
    assert "worse" in printed(change_table(lost))


# --- The report

HOSTILE = (
    "<script>document.title = 'broken'</script>&amp;\"'<img src='https://elsewhere.example/x.png' onerror='document.title=1'>{{ 7 * 7 }}"
)
HOSTILE += "w" * 200


@pytest.fixture
def hostile_page() -> str:
    """A report about questions, kinds, facts, answers and passages that hold markup."""
    rows = [
        scored("m-1" + HOSTILE, answer(HOSTILE, page=HOSTILE), HOSTILE, question=HOSTILE, answer=HOSTILE, type=HOSTILE, lang=HOSTILE),
        scored("m-2", answer("15"), facts=[[HOSTILE]], evidence=[{"page": HOSTILE}]),
        scored("m-3", refusal(confidence=1.0)),
        scored("m-4", answer("14")),
    ]
    changes = [Change(HOSTILE, MEASURES[0], 0.5, 0.1, 0.01)]
    return report_page(evaluation(rows, changes))


def test_what_questions_and_answers_say_stays_text(hostile_page: str) -> None:
    assert "<script" not in hostile_page
    assert "<img" not in hostile_page
    assert hostile_page.count("&lt;script&gt;") > 8
    assert "{{ 7 * 7 }}" in hostile_page


def test_the_report_shows_misses_with_their_evidence() -> None:
    rows = [
        scored("m-1", answer("15 mills", page="9"), question="How many mills has Ashby?", answer="Fourteen.", facts=[["14", "fourteen"]]),
        scored("m-2", answer("14 mills"), question="A question answered rightly?"),
    ]
    page = report_page(evaluation(rows))
    wanted = ("How many mills has Ashby?", "Fourteen.", "14 / fourteen", "15 mills", "Passage: 15 mills", Cause.NOT_FOUND, "m-1")
    for text in wanted:
        assert text in page
    assert "A question answered rightly?" not in page
    assert "Baseline" not in page


def test_the_report_of_nothing_but_right_answers_has_no_misses() -> None:
    assert "None." in report_page(evaluation([scored("m-1", answer())]))


@pytest.mark.parametrize(
    "rows",
    [
        dialogue("talk-1", answer()),
        [scored("m-1", refusal(elapsed_ms=0.0, confidence=0.0, passages=[]), type="unanswerable", facts=[], evidence=[])],
        [scored("m-1", answer("", elapsed_ms=1e7, confidence=1.0, citations=[], page=None), facts=[], evidence=[])],
    ],
)
def test_the_report_and_tables_bear_the_smallest_evaluations(rows: list[Scored]) -> None:
    found = evaluation(rows)
    assert "</html>" in report_page(found)
    printed(overall_table(found.groups["all"]))
    printed(group_table(found.groups))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.mark.browser
@pytest.mark.skipif(_CHROMIUM is None, reason="needs Chromium")
@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_report_is_one_quiet_page_that_fits_the_screen(
    chromium: Any, hostile_page: str, tmp_path: Path, width: int, scheme: Any
) -> None:
    path = tmp_path / "report.html"
    path.write_text(hostile_page, "utf-8")
    page = chromium.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(found => { found.open = true })")
    assert asked == [path.as_uri()]
    assert said == []
    assert page.title() == "gbaqa: how good the answers are"
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("svg").count() == 4
    light = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, part) => sum + +part, 0) > 382")
    assert light == (scheme == "light")
    for plot in page.locator("svg").all():
        box = plot.bounding_box()
        inside = plot.evaluate("svg => { const b = svg.getBBox(), v = svg.viewBox.baseVal; return b.y + b.height <= v.height + 2 }")
        assert box is not None
        assert inside
    page.close()


# --- An evaluation as a whole

GOLD = [
    {
        "id": "bay-1",
        "lang": "en",
        "type": "numeric",
        "question": "What is the total investment in Lantern Bridge?",
        "facts": [["12.8 billion"]],
        "evidence": [{"page": "6"}],
    },
    {
        "id": "bay-2",
        "lang": "zh",
        "type": "numeric",
        "question": "云禾的人口是多少？",
        "facts": [["168万"]],
        "evidence": [{"page": "3"}],
    },
    {"id": "bay-3", "lang": "en", "type": "unanswerable", "question": "What was the population of Yunhe in 1950?"},
]


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """A folder of gold questions about the small corpus."""
    folder = tmp_path / "gold"
    folder.mkdir()
    (folder / "bay.jsonl").write_text("".join(json.dumps(line) + "\n" for line in GOLD), "utf-8")
    return folder


def console() -> Console:
    return Console(file=StringIO(), width=80)


def text(console: Console) -> str:
    found: str = console.file.getvalue()  # type: ignore[attr-defined]
    return found


@pytest.mark.usefixtures("small_assistant")
def test_an_evaluation_writes_all_it_is_asked_for_and_then_compares(gold: Path, tmp_path: Path, small_settings: Settings) -> None:
    files = Files(tmp_path / "predictions.jsonl", tmp_path / "report", None, tmp_path / "baseline.json")
    first, second = console(), console()
    assert not run_task(prepare([gold], files), small_settings, first).has_regressed
    assert len((tmp_path / "predictions.jsonl").read_text("utf-8").splitlines()) == len(GOLD)
    assert "</html>" in (tmp_path / "report" / "report.html").read_text("utf-8")
    assert Baseline.model_validate_json((tmp_path / "baseline.json").read_text()).questions == len(GOLD)
    again = run_task(prepare([gold], Files(baseline=tmp_path / "baseline.json")), small_settings, second)
    assert again.changes
    assert {change.verdict for change in again.changes} == {"same"}
    assert "Against the baseline, 0 of " in text(second)
    assert max(map(len, text(second).splitlines())) > 80  # nothing is cut to the width of a pipe


@pytest.mark.usefixtures("small_assistant")
def test_after_a_regression_the_baseline_stays(gold: Path, tmp_path: Path, small_settings: Settings) -> None:
    path, out = tmp_path / "baseline.json", console()
    run_task(prepare([gold], Files(save_baseline=path)), small_settings, console())
    raised = json.loads(path.read_text())
    raised["means"]["all"]["mrr@10"] = 2.0
    path.write_text(json.dumps(raised))
    found = run_task(prepare([gold], Files(baseline=path, save_baseline=path)), small_settings, out)
    assert found.has_regressed
    assert "not saved" in text(out)
    assert json.loads(path.read_text()) == raised


@pytest.mark.usefixtures("small_assistant")
def test_another_corpus_than_the_baselines_is_mentioned(gold: Path, tmp_path: Path, small_settings: Settings) -> None:
    path, out = tmp_path / "baseline.json", console()
    run_task(prepare([gold], Files(save_baseline=path)), small_settings, console())
    path.write_text(path.read_text().replace("tide-survey", "reed-survey"))
    run_task(prepare([gold], Files(baseline=path)), small_settings, out)
    assert "reed-survey then" in text(out)


@pytest.mark.parametrize("what", ["predictions", "report", "baseline"])
@pytest.mark.parametrize("place", ["file/out", "x" * 300])
def test_what_cannot_be_written_is_noticed_before_a_question_is_answered(gold: Path, tmp_path: Path, what: str, place: str) -> None:
    (tmp_path / "file").write_text("somebody's file")
    name = "save_baseline" if what == "baseline" else what
    with pytest.raises(EvaluationError, match=f"the {what} cannot be written") as error:
        prepare([gold], Files(**{name: tmp_path / place}))
    assert "\n" not in str(error.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "gold"]


def test_a_folder_is_no_place_for_a_file(gold: Path, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="folder"):
        prepare([gold], Files(predictions=tmp_path))


def test_what_can_be_written_leaves_nothing_before_it_is_and_spares_what_is_there(gold: Path, tmp_path: Path) -> None:
    (tmp_path / "out.jsonl").write_text("older answers")
    prepare([gold], Files(predictions=tmp_path / "out.jsonl", save_baseline=tmp_path / "baseline.json"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["gold", "out.jsonl"]
    assert (tmp_path / "out.jsonl").read_text() == "older answers"


def test_a_baseline_of_other_questions_is_noticed_before_a_question_is_answered(gold: Path, tmp_path: Path) -> None:
    rows = rows_of(1, 0)
    save_baseline(tmp_path / "baseline.json", baseline_of(group(rows), [rows[0].item], []))
    with pytest.raises(EvaluationError, match="other gold questions"):
        prepare([gold], Files(baseline=tmp_path / "baseline.json"))


def test_an_answer_is_given_with_the_turns_before_it() -> None:
    heard: list[list[str]] = []

    class Listener:
        def ask(self, question: str, history: list[Any]) -> Answer:
            heard.append([turn.question for turn in history])
            return answer(question=question)

    turns = [GoldTurn(question=question) for question in ("One?", "Two?", "Three?")]
    rows = answer_item(Listener(), GoldItem(id="talk", turns=turns, is_dialogue=True))  # type: ignore[arg-type]
    assert heard == [[], ["One?"], ["One?", "Two?"]]
    assert [row.id for row in rows] == ["talk.1", "talk.2", "talk.3"]


@pytest.mark.usefixtures("small_assistant")
def test_the_command_ends_with_3_after_a_regression_and_only_then(gold: Path, tmp_path: Path, small_settings: Settings) -> None:
    path = tmp_path / "baseline.json"
    where = ["--corpus", str(small_settings.corpus), "--index", str(small_settings.index)]
    command = ["eval", str(gold), str(gold / ".." / "more.jsonl"), *where]
    (tmp_path / "more.jsonl").write_text(json.dumps(GOLD[0] | {"id": "more-1"}) + "\n", "utf-8")
    runner = CliRunner()
    assert runner.invoke(app, [*command, "--save-baseline", str(path)]).exit_code == 0
    assert runner.invoke(app, [*command, "--baseline", str(path)]).exit_code == 0
    raised = json.loads(path.read_text())
    raised["means"]["all"]["mrr@10"] = 2.0
    path.write_text(json.dumps(raised))
    worse = runner.invoke(app, [*command, "--baseline", str(path)])
    assert worse.exit_code == 3
    assert "Against the baseline, 1 of " in worse.output
