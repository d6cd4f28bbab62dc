"""That the command sees what it is to see. How long each file takes is for the command itself."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests import media_files
from tests.hostile.__main__ import files, judged, line, summary
from tests.hostile.corpus import MAKERS, _mutated
from tests.hostile.trial import MOST_MB, MOST_SECONDS, Trial, try_file

REFUSED = Trial("not_media", "", 0.5, 0.2, 50, ())
TAKEN = replace(REFUSED, problem="")


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("page.webm", "not_media"),
        ("bomb-zip.webm", "not_media"),
        ("bomb-codec-of-450-mb.mkv", "damaged"),
        ("bomb-4-hours.flac", "too_long"),
        ("lie-65535-channels.wav", "format_not_accepted"),
        ("link.wav", "not_media"),
        ("pipe.wav", "not_media"),
    ],
)
def test_a_hostile_file_is_refused_with_a_reason_and_leaves_nothing(
    name: str, problem: str, tmp_path: Path
) -> None:
    MAKERS[name](tmp_path / name)
    trial = try_file(tmp_path / name)
    assert (trial.problem, trial.broke, trial.left) == (problem, "", ())
    assert trial.memory_mb <= MOST_MB


def test_an_honest_one_is_read(tmp_path: Path) -> None:
    trial = try_file(media_files.write(tmp_path / "talk.wav", media_files.talk()))
    assert trial.outcome == "read"
    assert trial.cpu_seconds > 0


def test_what_breaks_the_reader_is_told_from_what_is_refused(tmp_path: Path) -> None:
    trial = try_file(tmp_path / ("x" * 300))
    assert trial.outcome.startswith("BROKE: OSError")
    assert not trial.kept_its_limits


@pytest.mark.parametrize(
    ("trial", "kept"),
    [
        (REFUSED, True),
        (TAKEN, True),
        (replace(REFUSED, seconds=MOST_SECONDS + 0.1), False),
        (replace(TAKEN, seconds=MOST_SECONDS + 0.1), True),
        (replace(REFUSED, memory_mb=MOST_MB + 1), False),
        (replace(TAKEN, memory_mb=MOST_MB + 1), False),
        (replace(REFUSED, left=("audio.flac",)), False),
        (replace(TAKEN, broke="exit code 1"), False),
    ],
)
def test_what_is_over_the_limits_is_marked(trial: Trial, kept: bool) -> None:
    assert trial.kept_its_limits == kept
    assert ("**over**" in line("a", 1, trial)) != kept
    assert summary([trial]).endswith(f"{0 if kept else 1} over the limits.")


def test_the_code_at_the_end_says_whether_all_went_well(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.hostile.trial.MOST_SECONDS", 60.0)
    assert judged(tmp_path) == 1
    MAKERS["page.webm"](tmp_path / "page.webm")
    MAKERS["pipe.wav"](tmp_path / "pipe.wav")
    assert judged(tmp_path) == 0
    assert "2 files: 2 refused" in capsys.readouterr().out


def test_links_and_what_is_in_folders_are_tried_as_well(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.wav").touch()
    (tmp_path / "link").symlink_to("in")
    assert [path.name for path in files(tmp_path)] == ["a.wav", "link"]


def test_a_name_cannot_draw_into_the_table() -> None:
    assert line("a|\x1b[2J\u009bü", 1, TAKEN).startswith(r"| a\|\x1b[2J\x9b\xfc | 1 |")


def test_mutants_are_the_same_each_time_and_unlike_each_other() -> None:
    assert _mutated(bytes(1000), 1) == _mutated(bytes(1000), 1) != _mutated(bytes(1000), 2)
