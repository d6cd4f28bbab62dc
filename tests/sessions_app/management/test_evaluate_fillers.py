from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from sessions_app.management.commands import evaluate_fillers
from sessions_app.speech.filler_model import FillerModel
from sessions_app.speech.fingerprints import fingerprints
from sessions_app.speech.labelled import LabelledText

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
    assert set(result) == {"overall", "words"}
    assert set(result["overall"].pop("interval_95")) == {"precision", "recall", "f1"}
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
    rates = [cell for cell in lines[-1].split() if not cell.startswith("(")]
    assert rates == ["overall", "0.7500", "1.0000", "0.8571", "3", "1", "0"]


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


def written(path: Path, *lines: dict[str, Any]) -> str:
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return str(path)


@pytest.fixture
def conversations(tmp_path: Path) -> str:
    like = {"text": "It was, like, hard.", "filler_spans": [[8, 12, "like"]]}
    plain = {"text": "I like it.", "filler_spans": []}
    lines = [{**line, "conv": conv} for conv in "abc" for line in (like, plain)]
    return written(tmp_path / "conversations.jsonl", *lines)


def test_held_out_figures_say_so_and_stand_beside_word_lists(conversations: str) -> None:
    result = as_json(conversations, "--held-out")
    assert "each of 3 conversations under weights of the other 2" in result["held_out"]
    assert result["overall"]["true_positives"] == 3
    baselines = result["baselines"]
    assert set(baselines) == {"every_word", "usual_words", "words_after_marks"}
    assert baselines["every_word"]["overall"]["false_positives"] == 3
    assert baselines["usual_words"]["words"]["like"]["recall"] == 0


def test_the_held_out_table_has_a_line_for_each_word_list(conversations: str) -> None:
    lines = printed(conversations, "--held-out").splitlines()
    assert lines[0].startswith("Held out: each of 3")
    assert [line.split()[0] for line in lines[-4:]] == ["overall", "every", "sounds,", "word,"]


def test_held_out_without_conversations_is_explained(labelled: Path, conversations: str) -> None:
    with pytest.raises(CommandError, match="name their conversation"):
        printed(str(labelled), "--held-out")
    with pytest.raises(CommandError, match="cannot be combined"):
        printed(conversations, "--held-out", "--with-ai")


def test_a_file_the_weights_were_trained_on_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = LabelledText(
        text="Nobody ever said this very sentence into any telephone.", filler_spans=(), conv="c7"
    )
    path = written(tmp_path / "seen.jsonl", text.model_dump())
    out, err = StringIO(), StringIO()
    call_command("evaluate_fillers", path, "--json", stdout=out, stderr=err)
    assert err.getvalue() == ""
    model = FillerModel({}, {}, fingerprints([text]))
    monkeypatch.setattr(evaluate_fillers, "load_model", lambda language: model)
    call_command("evaluate_fillers", path, "--json", stdout=StringIO(), stderr=err)
    assert "trained on conversations of this file (c7)" in err.getvalue()
    assert set(json.loads(out.getvalue())) == {"overall", "words"}


def test_the_order_of_keys_and_further_keys_do_not_matter(tmp_path: Path) -> None:
    line = {"id": 7, "filler_spans": [[0, 2, "um"]], "extra": {"a": []}, "text": "Um\u00a0yes."}
    path = written(tmp_path / "odd.jsonl", line)
    assert as_json(path)["overall"]["true_positives"] == 1


@pytest.mark.parametrize(
    "text",
    ["um", "Um.", "\tum\u2003yes", "um,yes", "(Um)", "yes…um…no", "“um”"],
)
@pytest.mark.parametrize("arguments", [(), ("--strip",)], ids=["printed", "stripped"])
def test_a_sound_is_found_at_its_very_characters(
    tmp_path: Path, text: str, arguments: tuple[str, ...]
) -> None:
    at = text.lower().index("um")
    path = written(tmp_path / "one.jsonl", {"text": text, "filler_spans": [[at, at + 2, "um"]]})
    overall = as_json(path, *arguments)["overall"]
    assert (overall["precision"], overall["recall"]) == (1.0, 1.0)


@pytest.mark.parametrize("mark", ["'", "’", ""])
def test_contractions_are_read_however_they_are_written(tmp_path: Path, mark: str) -> None:
    text = f"They didn{mark}t like it and you{mark}d like it less."
    path = written(tmp_path / "one.jsonl", {"text": text, "filler_spans": []})
    assert as_json(path)["words"] == {}
