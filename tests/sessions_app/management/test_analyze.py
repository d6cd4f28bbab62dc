from __future__ import annotations

import errno
import json
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.core.management import CommandError, call_command
from pytest_django import Settings

from sessions_app.media.sandbox import DecoderFailed
from sessions_app.messages import problem_text
from sessions_app.stages.problems import Problem
from tests.sessions_app.recognition.speech import TALK, TEXT
from tests.sessions_app.stages.spoken_talks import KNOWN
from tests.simulator import Simulator

WORDS = (
    "Good morning. Um, I want to talk about, uh, our harbour. It is old and it is deep. "
    "So, you know, ships come from everywhere, and they bring what the city needs."
)
SUBTITLES = """1
00:00:01,000 --> 00:00:04,000
Good morning, um, everybody.

2
00:01:02,000 --> 00:01:05,500
Ships, uh, come from everywhere.
"""
TALK_OF_TWO = "Ana: Good morning, um, Ben.\nBen: Good morning, uh, and, uh, welcome.\n"


def analyze(*arguments: object) -> str:
    out = StringIO()
    call_command("analyze", *map(str, arguments), stdout=out)
    return out.getvalue()


def as_json(*arguments: object) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(analyze("--json", *arguments))
    return document


def file(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_transcript_alone_becomes_a_report(tmp_path: Path) -> None:
    report = as_json(file(tmp_path, "harbour.txt", WORDS))
    assert report["title"] == "harbour"
    assert report["mode"] == "rule_based"
    assert len(report["words"]) == len(WORDS.split())
    fillers = [f["label"] for f in report["findings"] if f["kind"] == "filler"]
    assert {"um", "uh"} <= set(fillers)
    assert report["metrics"]["wpm"] is None
    assert {timing["stage"] for timing in report["timings"]} >= {"rules", "scoring"}


def test_subtitles_alone_have_times(tmp_path: Path) -> None:
    report = as_json(file(tmp_path, "harbour.srt", SUBTITLES))
    assert report["words"][0]["start_ms"] == 1000
    assert report["timing"] == "cues"


def test_coaching_has_its_figures_filled_in(tmp_path: Path) -> None:
    path = file(tmp_path, "harbour.txt", WORDS)
    assert "{" not in json.dumps(as_json(path)["coaching"]["summary"])
    assert "{" not in analyze(path)


def test_the_text_says_where_each_filler_is(tmp_path: Path) -> None:
    text = analyze(file(tmp_path, "harbour.srt", SUBTITLES))
    assert "Rules only, without AI" in text
    assert "1:02  Filler: “uh”" in text


def test_only_the_words_of_the_named_speaker_count(tmp_path: Path) -> None:
    report = as_json(file(tmp_path, "two.txt", TALK_OF_TWO), "--speaker", "Ben")
    spoken = [word["text"] for word in report["words"]]
    assert spoken == ["Good", "morning,", "uh,", "and,", "uh,", "welcome."]


def test_several_speakers_are_listed_to_choose_from(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Several people speak: Ana, Ben\."):
        analyze(file(tmp_path, "two.txt", TALK_OF_TWO))


def test_a_name_nobody_has_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"called Eve.*Ana, Ben\."):
        analyze(file(tmp_path, "two.txt", TALK_OF_TWO), "--speaker", "Eve")


def test_a_name_is_needless_where_one_person_speaks(tmp_path: Path) -> None:
    assert as_json(file(tmp_path, "harbour.txt", WORDS), "--speaker", "Ana")["words"]


def test_a_problem_is_told_as_on_the_page(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as stopped:
        analyze(file(tmp_path, "talk.wav", ""))
    assert problem_text(Problem.EMPTY_FILE) in str(stopped.value)


def test_a_transcript_without_words_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as stopped:
        analyze(file(tmp_path, "empty.txt", " \n"))
    assert problem_text(Problem.TRANSCRIPT_EMPTY) in str(stopped.value)


@pytest.mark.parametrize("missing", ["gone.wav", "gone.txt", "."])
def test_what_is_no_file_is_told(tmp_path: Path, missing: str) -> None:
    with pytest.raises(CommandError):
        analyze(tmp_path / missing)


def test_a_transcript_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"gone\.txt"):
        analyze(file(tmp_path, "talk.wav", "x"), "--transcript", tmp_path / "gone.txt")


def test_a_name_no_disk_takes_is_told(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="File name too long"):
        analyze(tmp_path / ("x" * 300 + ".wav"))


def test_a_file_of_somebody_else_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = file(tmp_path, "talk.wav", "x")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("sessions_app.stages.media.open_plain_file", refuse)
    with pytest.raises(CommandError, match=r"talk\.wav: Permission denied\."):
        analyze(path)


@pytest.mark.parametrize(
    ("complaint", "told"),
    [("Traceback …\nImportError: no av\n", "ImportError: no av"), ("", "no reason given")],
)
def test_a_broken_decoder_is_told_in_a_sentence(
    complaint: str, told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise DecoderFailed(complaint)

    monkeypatch.setattr("sessions_app.stages.media.decode", fail)
    with pytest.raises(CommandError) as stopped:
        analyze(file(tmp_path, "talk.wav", "x"))
    assert "not to blame" in str(stopped.value)
    assert str(stopped.value).endswith(f"({told})")


def test_a_problem_ends_the_process_with_code_1(tmp_path: Path) -> None:
    path = file(tmp_path, "talk.wav", "")
    ended = subprocess.run(
        [sys.executable, "manage.py", "analyze", str(path)],
        cwd=project.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 1
    assert ended.stdout == ""
    assert "The file is empty" in ended.stderr


def test_the_configured_model_writes_and_reads_the_words(
    start_simulator: Callable[..., Simulator], settings: Settings
) -> None:
    server = start_simulator("--talk", KNOWN)
    settings.OPENAI_BASE_URL = server.url
    report = as_json(TALK)
    assert (report["mode"], report["source"]) == ("parallel", "api")
    assert [word["text"] for word in report["words"]] == TEXT.split()
    assert report["engine"] == "gpt-transcribe at 127.0.0.1"
    assert report["steps_down"] == []
    assert {entry.purpose for entry in server.log()} >= {"transcription", "verdicts", "coaching"}


def test_without_the_model_nothing_is_sent(
    tmp_path: Path, simulator: Simulator, settings: Settings
) -> None:
    settings.OPENAI_BASE_URL = simulator.url
    report = as_json(file(tmp_path, "harbour.txt", WORDS), "--no-model")
    assert report["mode"] == "rule_based"
    assert simulator.log() == []


def test_a_model_that_fails_leaves_a_report_that_says_so(
    tmp_path: Path, simulator: Simulator, settings: Settings
) -> None:
    simulator.set_faults({"quota": 1.0})
    settings.OPENAI_BASE_URL = simulator.url
    report = as_json(file(tmp_path, "harbour.txt", WORDS))
    assert report["mode"] == "rule_based"
    assert report["steps_down"][-1]["reason"] == "quota_exhausted"


def test_a_recording_that_no_model_hears_is_drafted(
    simulator: Simulator, settings: Settings
) -> None:
    simulator.set_faults({"quota": 1.0})
    settings.OPENAI_BASE_URL = simulator.url
    report = as_json(TALK)
    assert report["source"] == "draft"
    assert report["steps_down"][0]["left"] == "api"
    assert report["steps_down"][0]["entered"] == "draft"
