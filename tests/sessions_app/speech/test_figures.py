from __future__ import annotations

from sessions_app.speech.evaluation import Evaluation, Tally
from sessions_app.speech.figures import as_json, overall_line, table

PARTS = [
    Evaluation(Tally(3, 1, 0), {"um": Tally(2, 0, 0), "uh": Tally(1, 1, 0)}),
    Evaluation(Tally(1, 0, 1), {"uh": Tally(1, 0, 1)}),
]


def test_json_sums_the_parts_and_gives_every_rate_its_interval() -> None:
    shown = as_json(PARTS)
    assert list(shown) == ["overall", "words"]
    overall = dict(shown["overall"])
    around = overall.pop("interval_95")
    assert overall == {
        "precision": 0.8,
        "recall": 0.8,
        "f1": 0.8,
        "true_positives": 4,
        "false_positives": 1,
        "false_negatives": 1,
    }
    assert isinstance(around, dict)
    assert set(around) == {"precision", "recall", "f1"}
    assert list(shown["words"]) == ["uh", "um"]


def test_the_table_begins_with_what_was_found_most_often() -> None:
    lines = list(table(PARTS))
    assert lines[0].split() == ["word", "precision", "recall", "F1", "right", "wrong", "missed"]
    assert [line.split()[0] for line in lines[1:]] == ["uh", "um", "overall"]
    assert lines[-1].split()[-3:] == ["4", "1", "1"]
    assert "0.8000 (0.500–1.000)" in lines[-1] or "0.8000 (0.750–1.000)" in lines[-1]


def test_a_rate_without_a_value_is_a_dash() -> None:
    assert "–" in overall_line("none", [Evaluation()]).split()
