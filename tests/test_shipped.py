"""What is shipped fits together: learned weights and the features they weigh, the baseline and its gold questions."""

import json
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from gbaqa.answering import completion
from gbaqa.answering.answerability import LACKS
from gbaqa.answering.answerability_features import SPEAKS_FOR_AN_ANSWER, AnswerabilityFeatures
from gbaqa.assistant import Assistant
from gbaqa.evaluation.baseline import read_baseline
from gbaqa.evaluation.gold import read_gold
from gbaqa.retrieval import features
from gbaqa.retrieval.question import analyse
from gbaqa.retrieval.ranker import EvidenceRanker
from gbaqa.retrieval.scoring import Scorer

EVALS = Path(__file__).parents[1] / "evals"


def weights(package: str, name: str) -> dict[str, float]:
    stored: dict[str, float] = json.loads(files(package).joinpath(name).read_text("utf-8"))
    return stored


NETWORKS = {
    "ranker.json": ("gbaqa.retrieval", features.FEATURES, {"coverage", "rare_coverage", "name_coverage"}),
    "completion.json": ("gbaqa.answering", completion.FEATURES, set[str]()),
}


@pytest.mark.parametrize("part", ["linear", "hidden"])
@pytest.mark.parametrize("name", NETWORKS)
def test_a_network_weighs_known_features_and_all_but_those_that_say_what_others_say(name: str, part: str) -> None:
    """A feature without a weight would count for nothing, and nobody would notice."""
    package, known, left_out = NETWORKS[name]
    stored = json.loads(files(package).joinpath(name).read_text("utf-8"))
    parts = [stored["linear"]] if part == "linear" else [unit["weights"] for unit in stored["hidden"]]
    assert parts
    assert set(known) - left_out == set().union(*parts)
    scorer = Scorer.read(package, name, known)
    assert all(np.isfinite(weights).all() for weights in (scorer.linear, scorer.hidden, scorer.bias, scorer.output))
    assert np.abs(scorer.output).min() > 0


def test_the_judge_has_a_weight_for_each_of_its_features(small_assistant: Assistant) -> None:
    asked = analyse("How many passengers do the ferries of Port Maren carry a day?")
    ranker = EvidenceRanker(small_assistant.index)
    hits = small_assistant.retriever.search(asked, 40)
    known = AnswerabilityFeatures(small_assistant.index, ranker).of(asked, hits, ranker.rank(asked, hits))
    stored = weights("gbaqa.answering", "answerability.json")
    assert sorted(stored) == sorted([*known, "bias"])
    assert set(known) >= SPEAKS_FOR_AN_ANSWER | set(LACKS)


def test_what_speaks_for_an_answer_never_makes_a_refusal_likelier() -> None:
    stored = weights("gbaqa.answering", "answerability.json")
    assert [name for name in SPEAKS_FOR_AN_ANSWER if stored[name] > 0] == []


def test_the_baseline_is_of_the_gold_questions() -> None:
    items = [item for path in sorted((EVALS / "gold").glob("*.jsonl")) for item in read_gold(path)]
    baseline = read_baseline(EVALS / "baseline.json", items)
    assert baseline.questions == len(items)
    assert baseline.means["all"]


@pytest.mark.parametrize("name", ["reworded.jsonl", "translated.jsonl"])
def test_a_question_asked_again_is_answered_by_what_answers_the_first(name: str) -> None:
    lines = {path.name: [json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in (EVALS / "gold").glob("*.jsonl")}
    first = {line["id"]: line for of_file in lines.values() for line in of_file}
    for again in lines[name]:
        asked = first[again["notes"].removeprefix("asks what ").removesuffix(" asks")]
        same = ("chapter", "type", "answer", "facts", "evidence", "footnotes", "strict_bilingual")
        assert {key: again[key] for key in same} == {key: asked[key] for key in same}, again["id"]
        assert again["question"] != asked["question"]
