from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

LINES = [
    {"text": "Um, it was, you know, hard.", "filler_spans": [[0, 2, "um"], [12, 20, "you know"]]},
    {"text": "I like it, uh, here now.", "filler_spans": [[19, 23, "here"], [11, 13, "uh"]]},
    {"text": "UH we left", "filler_spans": []},
]


@pytest.fixture
def labelled(tmp_path: Path) -> Path:
    path = tmp_path / "texts.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in LINES), encoding="utf-8")
    return path


def printed(*arguments: str) -> str:
    out = StringIO()
    call_command("evaluate_fillers", *arguments, stdout=out)
    return out.getvalue()


def as_json(*arguments: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(printed(*arguments, "--json"))
    return result


def test_json_has_the_whole_and_each_word(labelled: Path) -> None:
    result = as_json(str(labelled))
    assert result["overall"] == {
        "precision": 0.75,
        "recall": 1.0,
        "f1": pytest.approx(6 / 7),
        "true_positives": 3,
        "false_positives": 1,
        "false_negatives": 0,
    }
    assert set(result["words"]) == {"um", "uh", "you know"}
    assert result["words"]["uh"]["precision"] == 0.5


def test_the_table_says_the_same(labelled: Path) -> None:
    lines = printed(str(labelled)).splitlines()
    assert lines[0].split() == ["word", "precision", "recall", "F1", "right", "wrong", "missed"]
    assert lines[-1].split() == ["overall", "0.7500", "1.0000", "0.8571", "3", "1", "0"]


def test_words_limit_what_counts(labelled: Path) -> None:
    assert set(as_json(str(labelled), "--words", "um", "you know")["words"]) == {"um", "you know"}
    assert set(as_json(str(labelled), "--words", "um,you know")["words"]) == {"um", "you know"}


def test_stripping_is_possible(labelled: Path) -> None:
    assert as_json(str(labelled), "--strip")["overall"]["true_positives"] == 3


def test_rates_without_a_count_are_null(labelled: Path) -> None:
    overall = as_json(str(labelled), "--words", "er")["overall"]
    assert overall["precision"] is overall["recall"] is overall["f1"] is None
    assert "–" in printed(str(labelled), "--words", "er")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b'{"text": "a", "filler_spans": []}\nnonsense', "Line 2"),
        (b"\xff\xfe\x00", "not UTF-8"),
        (b"\n\n", "holds no labelled text"),
    ],
)
def test_a_bad_file_is_explained(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "bad.jsonl"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=message):
        printed(str(path))


def test_a_missing_file_is_explained(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Cannot read"):
        printed(str(tmp_path / "none.jsonl"))


def test_a_language_without_a_pack_is_explained(labelled: Path) -> None:
    with pytest.raises(CommandError, match="no language pack"):
        printed(str(labelled), "--language", "xx")
