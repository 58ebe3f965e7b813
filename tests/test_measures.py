"""Gold questions, and measures of answers against them, by themselves and next to the project's independent scorer."""

import json
import random
import subprocess
import sys
from collections.abc import Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from gbaqa.answering.answer import Answer, Citation, Footnote, Passage, Twin
from gbaqa.config import Settings
from gbaqa.errors import EvaluationError
from gbaqa.evaluation.gold import GoldTurn, fingerprint, read_gold
from gbaqa.evaluation.groups import group
from gbaqa.evaluation.measures import MEASURES, measure, within_budget
from gbaqa.evaluation.run import Files, prepare, run_task
from gbaqa.evaluation.scored import Scored


def cited(
    page: str | None, quote: str = "", notes: tuple[int, ...] = (), twin: str | None = None, twin_notes: tuple[int, ...] = ()
) -> Citation:
    return Citation(
        mark=1,
        document="elmsea",
        page=page,
        language="en",
        quote=quote,
        footnotes=[Footnote(number=number, text="Elmsea Bureau", language="en") for number in notes],
        twin=Twin(page=twin, language="zh", quote="", footnotes=[Footnote(number=n, text="榆海局", language="zh") for n in twin_notes])
        if twin
        else None,
    )


def answered(text: str, citations: list[Citation] | None = None, ranked: list[str | None] | None = None, **more: Any) -> Answer:
    return Answer(
        question="?",
        language="en",
        status="answered",
        answer=text,
        confidence=0.5,
        citations=citations or [],
        passages=[Passage(page=page, language="en", score=0, text="") for page in ranked or []],
        elapsed_ms=12.5,
    ).model_copy(update=more)


def refused(text: str = "The paper does not say.", **more: Any) -> Answer:
    return answered(text, status="refused", **more)


def gold(**given: Any) -> GoldTurn:
    return GoldTurn.model_validate({"question": "How many mills has Ashby?", "lang": "en", "type": "numeric", **given})


# --- Facts


@pytest.mark.parametrize(
    ("text", "forms", "stated"),
    [
        ("Ashby has 14 mills.", ["14"], True),
        ("Ashby has 140 mills.", ["14"], False),
        ("Ashby has 314 mills.", ["14"], False),
        ("Ashby has 14.5 mills.", ["14"], False),
        ("Ashby has 3.14 mills.", ["14"], False),
        ("It has 14. Others have none.", ["14"], True),
        ("It has 14, others none.", ["14"], True),
        ("Ashby has 1,400 mills.", ["1400"], True),
        ("Ashby has 1400 mills.", ["1,400"], True),
        ("Ashby has 1，400 mills.", ["1400"], True),
        ("Ashby has １４ mills.", ["14"], True),
        ("Ashby has 14[2] mills.", ["14 mills"], True),
        ("It grew by 14%[1][2].", ["14%"], True),
        ("It grew by 14[^3]%.", ["14%"], True),
        ("mills: 14\n15 barns", ["1415"], False),
        ("mills: 14 15", ["1415"], False),
        ("14 mills", ["fourteen", "14"], True),
        ("fifteen mills", ["fourteen", "14"], False),
        ("磨坊有十四座", ["十四"], True),
        ("燈塔灣有磨坊", ["灯塔湾"], True),
        ("灯塔湾有磨坊", ["燈塔灣"], True),
        ("“Rope  Market”", ["rope market"], True),
        ("ropemarket", ["Rope Market"], True),
        ("**14** mills", ["14 mills"], True),
        ("《手册》", ["手册"], True),
        ("RMB777.5 billion", ["777.5 billion"], True),
        ("RMB777.5 billion", ["77.5 billion"], False),
        ("a<sup>2</sup> b", ["ab"], False),
        ("<b>14</b> mills", ["14 mills"], True),
        ("", ["14"], False),
        ("Ashby", [""], False),
        ("Ashby", [], False),
        ("C++ (and more)", ["c++ (and"], True),
    ],
)
def test_a_fact_is_stated_in_any_of_its_forms_and_never_as_part_of_a_longer_number(text: str, forms: list[str], stated: bool) -> None:
    assert measure(gold(facts=[forms]), answered(text))["fact_recall"] == float(stated)


def test_fact_recall_is_the_share_of_facts_and_all_facts_wants_every_one() -> None:
    three = gold(facts=[["14"], ["Ashby"], ["rye", "wheat"]])
    assert measure(three, answered("Ashby has 14 mills for rye."))["all_facts"] == 1.0
    found = measure(three, answered("Ashby has 15 mills for wheat."))
    assert found["fact_recall"] == pytest.approx(2 / 3)
    assert found["all_facts"] == 0.0


def test_a_refusal_states_no_facts_and_cites_no_pages() -> None:
    found = measure(gold(facts=[["14"]], evidence=[{"page": "3"}], footnotes=[2]), refused("Not 14.", citations=[cited("3", notes=(2,))]))
    assert found["false_refusal"] == 1.0
    assert [found[name] for name in ("fact_recall", "all_facts", "page_recall", "page_precision", "first_page", "footnote_recall")] == [
        0.0
    ] * 6
    assert not {"language_right", "numbers_grounded", "answer_chars"} & set(found)


def test_a_question_without_facts_is_not_measured_by_facts() -> None:
    assert not {"fact_recall", "all_facts"} & set(measure(gold(), answered("Fourteen.")))


# --- How much of an answer counts


@pytest.mark.parametrize(
    ("text", "kind", "counted"),
    [
        ("word " * 150, "explain", 150),
        ("word " * 151, "explain", 150),
        ("word " * 400, "numeric", 150),
        ("word " * 400, "definition", 150),
        ("word " * 400, "list", 400),
        ("word " * 400, "table", 400),
        ("word " * 400, "comparison", 400),
        ("word " * 500, "list", 480),
    ],
)
def test_english_prose_counts_up_to_120_words_and_a_quarter_and_lists_up_to_2400_characters(text: str, kind: str, counted: int) -> None:
    assert len(within_budget(text, kind).split()) == counted


@pytest.mark.parametrize(("length", "counted"), [(312, 312), (313, 312), (1000, 312)])
def test_chinese_prose_counts_up_to_250_characters_and_a_quarter(length: int, counted: int) -> None:
    assert len(within_budget("磨" * length, "explain")) == counted


def test_a_fact_beyond_the_budget_does_not_count() -> None:
    late = answered("word " * 160 + "14 mills")
    assert measure(gold(facts=[["14 mills"]]), late)["fact_recall"] == 0.0
    assert measure(gold(facts=[["14 mills"]], type="list"), late)["fact_recall"] == 1.0


# --- Pages, notes, ranks


@pytest.mark.parametrize(
    ("citations", "recall", "precision", "first"),
    [
        ([cited("3")], 1.0, 1.0, 1.0),
        ([cited("4")], 1.0, 1.0, 1.0),
        ([cited("9")], 0.0, 0.0, 0.0),
        ([cited("9"), cited("3")], 1.0, 0.5, 0.0),
        ([cited("3"), cited("9")], 1.0, 0.5, 1.0),
        ([cited("9", twin="4")], 1.0, 0.0, 0.0),
        ([cited("3", twin="9")], 1.0, 1.0, 1.0),
        ([cited(None)], 0.0, 0.0, 0.0),
        ([cited("33")], 0.0, 0.0, 0.0),
        ([cited("3"), cited("3"), cited("9"), cited("10")], 1.0, 0.5, 1.0),
        ([], 0.0, 0.0, 0.0),
    ],
)
def test_citations_are_measured_by_their_pages(citations: list[Citation], recall: float, precision: float, first: float) -> None:
    found = measure(gold(evidence=[{"page": 3}, {"page": "4"}]), answered("Fourteen.", citations))
    assert (found["page_recall"], found["page_precision"], found["first_page"]) == (recall, precision, first)


def test_evidence_outside_the_numbered_pages_is_not_measured_by_pages() -> None:
    found = measure(gold(evidence=[{"page": None, "lines": [1, 2]}]), answered("Fourteen.", [cited("3")], ["3"]))
    assert not {"page_recall", "page_precision", "first_page", "hit@1", "mrr@10"} & set(found)


@pytest.mark.parametrize(
    ("citations", "recall"),
    [
        ([cited("3", notes=(7,))], 0.5),
        ([cited("3", notes=(7, 8))], 1.0),
        ([cited("3", notes=(7,)), cited("4", notes=(8,))], 1.0),
        ([cited("3", notes=(7,), twin="4", twin_notes=(8,))], 1.0),
        ([cited("3", notes=(9,))], 0.0),
        ([], 0.0),
    ],
)
def test_footnotes_are_measured_over_citations_and_their_twins(citations: list[Citation], recall: float) -> None:
    assert measure(gold(footnotes=[7, 8]), answered("Fourteen.", citations))["footnote_recall"] == recall


@pytest.mark.parametrize(
    ("ranked", "hit1", "hit5", "mrr"),
    [
        (["3", "9"], 1.0, 1.0, 1.0),
        (["9", "3"], 0.0, 1.0, 0.5),
        (["9", "9", "9", "9", "9", "3"], 0.0, 0.0, 1 / 6),
        (["9"] * 10 + ["3"], 0.0, 0.0, 0.0),
        ([None, "3"], 0.0, 1.0, 0.5),
        (["9"], 0.0, 0.0, 0.0),
    ],
)
def test_ranks_are_measured_by_the_first_right_page(ranked: list[str | None], hit1: float, hit5: float, mrr: float) -> None:
    found = measure(gold(evidence=[{"page": "3"}]), answered("Fourteen.", ranked=ranked))
    assert (found["hit@1"], found["hit@5"], found["mrr@10"]) == (hit1, hit5, mrr)


def test_the_ranking_counts_for_a_refused_question_too() -> None:
    assert measure(gold(evidence=[{"page": "3"}]), answered("No.", ranked=["3"], status="refused"))["hit@1"] == 1.0


# --- Refusals, language, numbers


@pytest.mark.parametrize(
    ("facts", "answer", "right"),
    [
        ([], refused(), 1.0),
        ([], answered("Fourteen mills."), 0.0),
        ([["closed"], ["2029"]], answered("They closed in 2029."), 1.0),
        ([["closed"], ["2029"]], answered("They closed."), 0.0),
        ([["closed"]], refused(), 1.0),
    ],
)
def test_an_unanswerable_question_is_rightly_refused_or_corrected(facts: list[list[str]], answer: Answer, right: float) -> None:
    found = measure(gold(type="unanswerable", facts=facts), answer)
    assert found == {"right": right, "refusal_right": right, "latency_ms": 12.5}


@pytest.mark.parametrize(
    ("lang", "text", "right"),
    [
        ("en", "Ashby has 14 mills.", 1.0),
        ("en", "阿什比有14座磨坊。", 0.0),
        ("zh", "阿什比有14座磨坊。", 1.0),
        ("zh-Hant", "阿什比有14座磨坊。", 1.0),
        ("zh", "Ashby has 14 mills.", 0.0),
        ("en", "14", 1.0),
        ("zh", "14", 0.0),
        ("mixed", "阿什比 has 14 mills.", None),
    ],
)
def test_an_answer_is_in_the_language_of_the_question(lang: str, text: str, right: float | None) -> None:
    assert measure(gold(lang=lang), answered(text)).get("language_right") == right


@pytest.mark.parametrize(
    ("text", "quote", "grounded"),
    [
        ("Ashby has 14 mills.", "There are 14 mills.", 1.0),
        ("Ashby has 14 mills.", "There are 15 mills.", 0.0),
        ("14 of 20 mills", "14 mills", 0.5),
        ("1,400 mills", "1400 mills", 1.0),
        ("Ashby has mills.", "", 1.0),
        ("14 mills [1][2]", "14", 1.0),
        ("１４ mills", "14", 1.0),
        ("Ashby3 has mills", "", 1.0),
        ("Since 2031", "", 1.0),
    ],
)
def test_numbers_are_grounded_in_the_quotes_or_the_question(text: str, quote: str, grounded: float) -> None:
    found = measure(gold(question="How many mills since 2031?"), answered(text, [cited("3", quote)]))
    assert found["numbers_grounded"] == grounded


# --- Right as a whole


@pytest.mark.parametrize(
    ("given", "answer", "right"),
    [
        ({"facts": [["14"]], "evidence": [{"page": "3"}]}, answered("14 mills", [cited("3")]), 1.0),
        ({"facts": [["14"]], "evidence": [{"page": "3"}]}, answered("14 mills", [cited("9", twin="3")]), 1.0),
        ({"facts": [["14"]], "evidence": [{"page": "3"}]}, answered("14 mills", [cited("9")]), 0.0),
        ({"facts": [["14"], ["20"]], "evidence": [{"page": "3"}]}, answered("14 mills", [cited("3")]), 0.0),
        ({"facts": [["14"]], "evidence": [{"page": "3"}]}, refused("14 mills", citations=[cited("3")]), 0.0),
        ({"facts": [["14"]]}, answered("14 mills"), 1.0),
        ({"evidence": [{"page": "3"}]}, answered("mills", [cited("3")]), 1.0),
        ({}, answered("mills"), None),
        ({"type": "unanswerable"}, refused(), 1.0),
        ({"type": "unanswerable"}, answered("14"), 0.0),
    ],
)
def test_an_answer_is_right_with_all_facts_and_a_right_page(given: dict[str, Any], answer: Answer, right: float | None) -> None:
    assert measure(gold(**given), answer).get("right") == right


@pytest.mark.parametrize(("confidence", "counted"), [(0.0, False), (0.899, False), (0.9, True), (1.0, True)])
def test_only_confident_answers_count_as_confident(confidence: float, counted: bool) -> None:
    found = measure(gold(facts=[["14"]]), answered("15", confidence=confidence))
    assert found.get("right_when_confident") == (0.0 if counted else None)


def test_measures_are_listed_once_and_in_one_order() -> None:
    whole = gold(facts=[["14"]], evidence=[{"page": "3"}], footnotes=[7])
    found = measure(whole, answered("14 mills", [cited("3")], ["3"], confidence=0.95)) | measure(gold(type="unanswerable"), refused())
    names = [known.name for known in MEASURES]
    assert sorted(found) == sorted(names)
    assert len({known.heading for known in MEASURES}) == len(names)


# --- Gold files


def test_a_gold_file_is_read_in_order_with_blank_lines_left_out(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    lines = [{"id": "b", "question": "One?"}, {"id": "a", "turns": [{"question": "Two?"}, {"question": "Three?"}]}]
    path.write_text("\n" + "\n\n".join(json.dumps(line) for line in lines) + "\n\n", "utf-8")
    assert [(item.id, [turn.question for turn in item.turns]) for item in read_gold(path)] == [("b", ["One?"]), ("a", ["Two?", "Three?"])]


@pytest.mark.parametrize("char", ["\u2028", "\u2029", "\x85"])
def test_a_line_ends_only_where_the_file_breaks_it(tmp_path: Path, char: str) -> None:
    """Questions pasted from elsewhere hold other line separators, which JSON may leave as they are."""
    path = tmp_path / "gold.jsonl"
    question = f"How many{char}mills?"
    path.write_text(json.dumps({"id": "q", "question": question}, ensure_ascii=False) + "\n", "utf-8")
    assert read_gold(path)[0].turns[0].question == question


def test_a_gold_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + b'{"id": "q", "question": "How many mills?"}\r\n')
    assert read_gold(path)[0].id == "q"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no gold questions"),
        (b"\n \n", "no gold questions"),
        (b"not JSON\n", "line 1"),
        (b'{"id": "a", "question": "?"}\n{"id": \n', "line 2"),
        (b"[]\n", "line 1"),
        (b"null\n", "line 1"),
        (b'"turns"\n', "line 1"),
        (b'{"question": "Which?"}\n', "id"),
        (b'{"id": "a"}\n', "question"),
        (b'{"id": 5, "question": "Which?"}\n', "id"),
        (b'{"id": "a", "question": null}\n', "question"),
        (b'{"id": "a", "question": ["?"]}\n', "question"),
        (b'{"id": "a", "question": "Which?", "facts": "14"}\n', "facts"),
        (b'{"id": "a", "question": "Which?", "facts": ["14"]}\n', "facts"),
        (b'{"id": "a", "question": "Which?", "footnotes": ["seven"]}\n', "footnotes"),
        (b'{"id": "a", "turns": []}\n', "turns"),
        (b'{"id": "a", "turns": {}}\n', "turns"),
        (b'{"id": "a", "turns": [{"lang": "en"}]}\n', "question"),
        (b'{"turns": [{"question": "Which?"}]}\n', "id"),
        (b'{"id": "a", "question": "One?"}\n{"id": "a", "question": "Two?"}\n', "a"),
        (b"\xff\xfe\x00\n", "gold"),
        (b"\x00\x00", "line 1"),
    ],
)
def test_a_gold_file_that_cannot_be_used_is_one_clear_line(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_bytes(content)
    with pytest.raises(EvaluationError) as error:
        read_gold(path)
    message = str(error.value)
    assert str(path) in message
    assert says in message.replace(str(path), "")
    assert "\n" not in message


def test_several_files_are_read_in_the_order_given_and_a_folder_by_name(tmp_path: Path) -> None:
    folder = tmp_path / "gold"
    folder.mkdir()
    for place in (folder / "mills.jsonl", folder / "barns.jsonl", folder / "notes.txt", tmp_path / "ashby.jsonl"):
        place.write_text(json.dumps({"id": place.stem, "question": "How many?"}) + "\n", "utf-8")
    assert [item.id for item in read_gold(tmp_path / "ashby.jsonl", folder)] == ["ashby", "barns", "mills"]


def test_an_id_in_two_files_is_one_clear_line_that_names_both(tmp_path: Path) -> None:
    for name in ("mills.jsonl", "barns.jsonl"):
        (tmp_path / name).write_text(json.dumps({"id": "ashby-1", "question": "How many?"}) + "\n", "utf-8")
    with pytest.raises(EvaluationError) as error:
        read_gold(tmp_path)
    for part in ("ashby-1", "mills.jsonl", "barns.jsonl"):
        assert part in str(error.value)


def test_a_file_given_twice_is_an_error_too(tmp_path: Path) -> None:
    (tmp_path / "mills.jsonl").write_text(json.dumps({"id": "ashby-1", "question": "How many?"}) + "\n", "utf-8")
    with pytest.raises(EvaluationError, match="ashby-1 stands twice"):
        read_gold(tmp_path, tmp_path / "mills.jsonl")


def test_a_folder_without_gold_files_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match="no gold file"):
        read_gold(tmp_path)


def test_the_fingerprint_tells_other_questions_but_not_another_order_or_wording_of_the_ideal_answer(tmp_path: Path) -> None:
    def of(*lines: dict[str, Any]) -> str:
        path = tmp_path / "gold.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
        return fingerprint(read_gold(path))

    one, two = {"id": "a", "question": "One?", "answer": "It is."}, {"id": "b", "question": "Two?", "facts": [["14"]]}
    assert of(one, two) == of(two, one | {"answer": "It is so."})
    assert of(one, two) != of(one)
    assert of(one, two) != of(one, two | {"facts": [["15"]]})


# --- Next to the independent scorer


def score(shared: Path, gold_file: Path, predictions: Path) -> dict[str, dict[str, float]]:
    """What ../shared/evals/score.py makes of predictions, by group."""
    command = [sys.executable, shared / "evals" / "score.py", gold_file, predictions, "--json", "--by", "lang,type,chapter"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, dict[str, float]] = json.loads(done.stdout)
    for name in ("latency_p50_ms", "latency_p95_ms"):
        found["all"].pop(name, None)
    return found


def own(rows: Sequence[Scored]) -> dict[str, dict[str, float]]:
    """The same figures by our own measures; the scorer does not know whether an answer is right as a whole."""
    names = [known.name for known in MEASURES if not known.name.startswith("right")]
    return {
        name: {measured: mean for measured in names if (mean := found.mean(measured)) is not None} for name, found in group(rows).items()
    }


def assert_same(ours: dict[str, dict[str, float]], theirs: dict[str, dict[str, float]]) -> None:
    assert set(ours) == set(theirs)
    for name, figures in theirs.items():
        assert ours[name] == pytest.approx(figures, abs=1.01e-4), name


def invented(turn: GoldTurn, dice: random.Random) -> Answer:
    """An answer that gets some of a gold question right and some wrong, in all the ways that the measures tell apart."""
    facts = [dice.choice(forms) for forms in turn.facts if forms and dice.random() < 0.7]
    filler = dice.choice(
        [
            "",
            "It says so. ",
            "据此可知，",
            "１２，３４５ and 6,789.01 ",
            "燈塔灣的資料顯示：",
            "word " * 140,
            "字" * 300,
            "<b>bold</b> ",
            "- 7\n- 8\n",
        ]
    )
    separator = dice.choice([" ", "、", "[1][2] ", "\n- ", " 3 ", "[^4]\n", ", "])
    pages = [place.page for place in turn.evidence] + ["7", "41", None, "1"]
    notes = [*turn.footnotes, 3, 77]

    def citation(mark: int) -> Citation:
        found = cited(
            dice.choice(pages),
            " ".join(dice.sample(facts, len(facts) // 2)) + " 6789.01",
            tuple(dice.sample(notes, dice.randint(0, len(notes)))),
            dice.choice([page for page in pages if page] + [None]),
            tuple(dice.sample(notes, dice.randint(0, 1))),
        )
        return found.model_copy(update={"mark": mark})

    return Answer(
        question=turn.question,
        language="en",
        status=dice.choice(["answered"] * 4 + ["refused"]),
        answer=dice.choice([filler + separator.join(facts)] * 9 + [""]),
        confidence=0.5,
        citations=[citation(mark) for mark in range(1, dice.randint(1, 5))],
        passages=[Passage(page=dice.choice(pages), language="en", score=0, text="") for _ in range(dice.choice([0, 1, 5, 10, 12]))],
        elapsed_ms=dice.uniform(1, 900),
    )


@pytest.mark.shared
@pytest.mark.parametrize("name", ["sample.jsonl", "dialogues.jsonl"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_our_measures_and_the_independent_scorer_agree_on_the_same_predictions(shared: Path, tmp_path: Path, name: str, seed: int) -> None:
    gold_file = shared / "evals" / name
    dice = random.Random(seed)
    predictions = tmp_path / "predictions.jsonl"
    rows: list[Scored] = []
    lines = []
    for item in read_gold(gold_file):
        answers = [invented(turn, dice) for turn in item.turns]
        rows += [
            Scored(item, n, turn, answer, measure(turn, answer)) for n, (turn, answer) in enumerate(zip(item.turns, answers, strict=True))
        ]
        dumped = [answer.model_dump(mode="json") for answer in answers]
        lines.append({"id": item.id, "turns": dumped} if item.is_dialogue else {"id": item.id, **dumped[0]})
    predictions.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    theirs = score(shared, gold_file, predictions)
    assert theirs["all"]["fact_recall"] not in (0, 1)
    assert_same(own(rows), theirs)


SMALL_GOLD: list[dict[str, Any]] = [
    {
        "id": "s-01",
        "lang": "en",
        "type": "numeric",
        "question": "How many people live in Lantern Bay?",
        "facts": [["4.12 million"]],
        "evidence": [{"page": "1"}, {"page": "2"}],
        "footnotes": [1],
    },
    {
        "id": "s-02",
        "lang": "zh-Hant",
        "type": "numeric",
        "question": "珊瑚基金批出幾多個項目？",
        "facts": [["86"]],
        "evidence": [{"page": 11}, {"page": 13}],
        "footnotes": [1, 2],
    },
    {
        "id": "s-03",
        "lang": "en",
        "type": "unanswerable",
        "question": "What was the population of Yunhe in 1950?",
        "facts": [],
        "evidence": [],
        "footnotes": [],
    },
    {
        "id": "s-04",
        "lang": "mixed",
        "type": "list",
        "question": "云禾 has which pillar industries?",
        "facts": [["kite", "纸鸢"], ["wind", "风力"]],
        "evidence": [{"page": "3"}, {"page": "4"}],
        "footnotes": [],
    },
    {
        "id": "s-05",
        "lang": "zh",
        "type": "table",
        "question": "云禾的面积是多少？",
        "facts": [["846"]],
        "evidence": [{"page": "3"}],
        "footnotes": [],
        "strict_bilingual": True,
    },
    {
        "id": "d-01",
        "turns": [
            {
                "lang": "en",
                "type": "numeric",
                "question": "How long is Lantern Bridge?",
                "facts": [["11.3 km"]],
                "evidence": [{"page": "6"}],
                "footnotes": [5],
            },
            {
                "lang": "en",
                "type": "numeric",
                "question": "And what does it cost?",
                "facts": [["12.8 billion"]],
                "evidence": [{"page": "6"}],
                "footnotes": [],
            },
        ],
    },
    {
        "id": "d-02",
        "turns": [
            {
                "lang": "en",
                "type": "source",
                "question": "Who is the source for the wind power of Yunhe?",
                "facts": [["风能年鉴"]],
                "evidence": [{"page": "3"}],
                "footnotes": [3],
            },
        ],
    },
]


@pytest.mark.shared
def test_an_evaluation_and_the_independent_scorer_agree(
    shared: Path, small_settings: Settings, small_assistant: object, tmp_path: Path
) -> None:
    """Through the whole pipeline: gold file in, predictions out."""
    gold_file, predictions = tmp_path / "gold.jsonl", tmp_path / "predictions.jsonl"
    gold_file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in SMALL_GOLD), "utf-8")
    task = prepare([gold_file], Files(predictions=predictions))
    evaluation = run_task(task, small_settings, Console(file=StringIO()))
    assert_same(own(evaluation.scored), score(shared, gold_file, predictions))
