from __future__ import annotations

import json
from pathlib import Path

import pytest

from sessions_app.speech.filler_model import sigmoid
from sessions_app.speech.labelled import LabelledText
from sessions_app.speech.training import RIDGE, Sample, fit, main, samples, train
from tests.sessions_app.speech.said import english

FILLED = LabelledText(text="It was, like, hard.", filler_spans=((8, 12, "like"),), conv="a")
PLAIN = LabelledText(text="I like it.", filler_spans=(), conv="b")


def test_samples_are_the_places_the_model_judges() -> None:
    assert [sample.filler for sample in samples([FILLED, PLAIN], english(), strip=True)] == [
        True,
        False,
    ]


def test_what_the_pack_rules_out_is_no_sample() -> None:
    text = LabelledText(text="I'd like it very well.", filler_spans=())
    assert samples([text], english(), strip=False) == []


def test_fitting_tells_the_classes_apart_and_is_pulled_to_zero() -> None:
    data = [Sample(["both", "yes"], True)] * 50 + [Sample(["both", "no"], False)] * 50
    weights = fit(data)
    assert sigmoid(weights["both"] + weights["yes"]) > 0.9
    assert sigmoid(weights["both"] + weights["no"]) < 0.1
    assert weights["both"] == pytest.approx(0, abs=0.01)


def test_fitting_ends_where_the_slope_is_zero() -> None:
    """One feature, 3 of 4 true: 4·sigmoid(w) − 3 + ridge·w = 0."""
    weights = fit([Sample(["a"], True)] * 3 + [Sample(["a"], False)])
    assert 4 * sigmoid(weights["a"]) - 3 + RIDGE * weights["a"] == pytest.approx(0, abs=1e-6)


def test_rare_features_and_no_features_give_no_weights() -> None:
    assert fit([Sample(["once"], True)]) == {}
    assert fit([]) == {}


def test_a_trained_model_knows_its_texts() -> None:
    model = train([FILLED, PLAIN] * 10, english())
    yes, no = samples([FILLED, PLAIN], english(), strip=False)
    assert model.probability(yes.features, punctuated=True) > 0.9
    assert model.probability(no.features, punctuated=True) < 0.1


def test_the_command_writes_weights_and_their_source(tmp_path: Path) -> None:
    source, target = tmp_path / "texts.jsonl", tmp_path / "out.json"
    source.write_text("\n".join(text.model_dump_json() for text in [FILLED, PLAIN] * 3))
    main([str(source), "--output", str(target), "--source", "made up"])
    stored = json.loads(target.read_text())
    assert stored["source"] == "made up"
    assert stored["printed"]
    assert stored["bare"]


SAMPLE = Path(__file__).with_name("made_up_turns.jsonl")


def trained(tmp_path: Path, name: str, source: Path = SAMPLE) -> bytes:
    main([str(source), "--output", str(tmp_path / name), "--source", "made up"])
    return (tmp_path / name).read_bytes()


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    first = trained(tmp_path, "a.json")
    assert trained(tmp_path, "b.json") == first
    assert len(first) > 1_000


def test_fingerprints_are_stored_and_no_turn(tmp_path: Path) -> None:
    stored = trained(tmp_path, "a.json").decode()
    assert len(json.loads(stored)["seen"]) > 10
    assert all(json.loads(line)["text"] not in stored for line in SAMPLE.read_text().splitlines())


def test_the_command_refuses_a_language_without_a_pack(tmp_path: Path) -> None:
    with pytest.raises(SystemExit):
        main([str(tmp_path / "x"), "--language", "qq", "--output", str(tmp_path / "y")])
