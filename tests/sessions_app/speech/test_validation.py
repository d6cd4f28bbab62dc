from __future__ import annotations

from pathlib import Path

import pytest

from sessions_app.speech.evaluation import Tally
from sessions_app.speech.labelled import LabelledText
from sessions_app.speech.validation import cross_validate, interval, main, pooled
from tests.sessions_app.speech.said import english

TEXTS = [
    LabelledText(text=text, filler_spans=spans, conv=conv)
    for conv in "abcd"
    for text, spans in (
        ("It was, like, hard, um.", ((8, 12, "like"), (20, 22, "um"))),
        ("I like it.", ()),
    )
]


def test_each_conversation_is_scored_once_by_a_model_of_the_others() -> None:
    scored = cross_validate(TEXTS, english(), strip=False, number=2)
    assert sorted(scored) == ["a", "b", "c", "d"]
    assert pooled(scored).overall == Tally(true_positives=8)


def test_nothing_is_learned_from_the_conversation_itself() -> None:
    alone = [text for text in TEXTS if text.conv == "a"]
    scored = cross_validate(alone, english(), strip=False, number=1)
    assert pooled(scored).words["like"] == Tally(false_negatives=1)


def test_an_interval_holds_the_pooled_figure_and_is_the_same_every_time() -> None:
    tallies = [Tally(true_positives=n, false_positives=10 - n) for n in range(1, 10)]
    low, high = interval(tallies, "precision", resamples=300)
    assert low is not None
    assert high is not None
    assert 0.25 < low < 0.5 < high < 0.75
    assert interval(tallies, "precision", resamples=300) == (low, high)


def test_without_a_count_there_is_no_interval() -> None:
    assert interval([Tally(), Tally()], "recall", resamples=10) == (None, None)


def test_the_command_prints_both_modes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(text.model_dump_json() for text in TEXTS))
    main([str(path)])
    printed = capsys.readouterr().out.splitlines()
    assert printed[0] == "as printed"
    assert "stripped" in printed
    assert printed[1].split()[:3] == ["overall", "precision", "1.0000"]
