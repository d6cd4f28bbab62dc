from __future__ import annotations

from pathlib import Path

import pytest

from sessions_app.speech import filler_model
from sessions_app.speech.filler_model import FillerModel, dump_model, load_model, sigmoid


def test_known_features_add_up_and_unknown_ones_say_nothing() -> None:
    model = FillerModel(printed={}, bare={"a": 1.0, "b": -3.0})
    assert model.probability(["a", "b", "c"], punctuated=False) == pytest.approx(sigmoid(-2))
    assert model.probability(["c"], punctuated=False) == 0.5


def test_text_with_marks_is_read_by_both_sets() -> None:
    model = FillerModel(printed={"a": 1.0}, bare={"a": -2.0})
    mean = (sigmoid(1) + sigmoid(-2)) / 2
    assert model.probability(iter(["a"]), punctuated=True) == pytest.approx(mean)
    assert model.probability(["a"], punctuated=False) == pytest.approx(sigmoid(-2))


def test_extreme_scores_stay_probabilities() -> None:
    assert 0 <= sigmoid(-1e9) < 1e-9
    assert 1 - 1e-9 < sigmoid(1e9) <= 1


def test_a_stored_model_is_read_back_without_its_smallest_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(filler_model, "_FOLDER", tmp_path)
    seen = frozenset(("ab", "cd"))
    model = FillerModel({"so|r=é": 1.256, "tiny": 0.004}, {"b": -2.0}, seen)
    (tmp_path / "zz.fillers.json").write_text(dump_model(model, "made up"), encoding="utf-8")
    assert load_model("zz") == FillerModel({"so|r=é": 1.26}, {"b": -2.0}, seen)


def test_a_language_nobody_trained_has_no_model() -> None:
    assert load_model("qq") is None
