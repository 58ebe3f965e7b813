"""Probabilities by weights of named features."""

from pathlib import Path

import pytest

from gbaqa.answering.logistic import Logistic, probability


def test_weights_are_read_with_their_bias_and_weigh_features_by_name(tmp_path: Path) -> None:
    (tmp_path / "weights.json").write_text('{"far": 2.0, "bias": -1.0, "near": -0.5}', "utf-8")
    weights = Logistic.read(tmp_path / "weights.json")
    assert weights == Logistic({"far": 2.0, "near": -0.5}, -1.0)
    assert weights.logit({"near": 1.0, "far": 1.5, "weighed by nobody": 9.0}) == 1.5
    with pytest.raises(KeyError):
        weights.logit({"near": 1.0})  # a weight of nothing that is known would go unnoticed otherwise


def test_a_logit_is_a_probability() -> None:
    assert probability(0.0) == 0.5
    assert probability(3.0) == pytest.approx(0.9526, abs=1e-4)
    assert probability(3.0) + probability(-3.0) == pytest.approx(1.0)
