"""Whatever a person uploads, its run ends, and the page says a sentence about it.

Nothing is faked here: the real stages on real files, up to what the page shows.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files import File

from sessions_app import pipeline, queries
from sessions_app.demo import account
from sessions_app.messages import caveat_text, problem_text
from sessions_app.models import RunState, SessionRun
from sessions_app.stages.outputs import Caveat
from sessions_app.stages.problems import Problem
from tests import media_files
from tests.factories import RunFactory

pytestmark = pytest.mark.django_db(transaction=True)

DEMO = Path(account.__file__).with_name("talk.webm")
HOUR = 60 * 60
RUSSIAN = "Добрый день. Сегодня я расскажу о прогулках. Они, ну, полезны всем нам. "


def process(recording: Path | None, text: str = "", **fields: str) -> SessionRun:
    run = RunFactory.create(
        session__transcript_text=text, session__transcript_format="txt" if text else "", **fields
    )
    if recording is not None:
        with recording.open("rb") as file:
            run.session.media.save("recording", File(file))
    pipeline.execute(run.pk)
    return SessionRun.objects.select_related("session").get(pk=run.pk)


def wrong(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7 this is a document, not a recording" * 100)
    return path


def empty(path: Path) -> Path:
    path.write_bytes(b"")
    return path


def silent(path: Path) -> Path:
    return media_files.write(path.with_suffix(".wav"), media_files.silence(3))


def short(path: Path) -> Path:
    return media_files.write(path.with_suffix(".wav"), media_files.voice(0.4))


def humming(path: Path) -> Path:
    return media_files.write(path.with_suffix(".wav"), media_files.tone(4))


def mute_video(path: Path) -> Path:
    return media_files.write(path.with_suffix(".mp4"), None, video=True)


def disguised_playlist(path: Path) -> Path:
    secret = media_files.write(path.with_name("secret.wav"), media_files.voice(3))
    return media_files.playlist(path.with_suffix(".mp3"), secret)


def beyond_an_hour(path: Path) -> Path:
    return media_files.constant_flac(path.with_suffix(".flac"), HOUR + 30)


def cut_to_nothing(path: Path) -> Path:
    whole = media_files.write(path.with_suffix(".mp4"), media_files.talk())
    return media_files.truncate(whole, 0.3)


@pytest.mark.parametrize(
    ("make", "problem"),
    [
        (wrong, Problem.NOT_MEDIA),
        (empty, Problem.EMPTY_FILE),
        (silent, Problem.SILENT),
        (short, Problem.TOO_SHORT),
        (humming, Problem.NO_SPEECH),
        (mute_video, Problem.NO_AUDIO),
        (disguised_playlist, Problem.NOT_MEDIA),
        (beyond_an_hour, Problem.TOO_LONG),
        (cut_to_nothing, Problem.DAMAGED),
    ],
)
def test_what_cannot_be_a_talk_fails_with_a_sentence(
    tmp_path: Path, make: Callable[[Path], Path], problem: Problem
) -> None:
    run = process(make(tmp_path / "upload"))
    assert (run.state, run.problem) == (RunState.FAILED, problem)
    assert problem_text(run.problem) != problem_text("unheard of")
    assert queries.report(run) is None


def test_a_second_of_speech_is_a_talk(tmp_path: Path) -> None:
    sound = media_files.voice(1.2)
    recording = media_files.write(tmp_path / "second.wav", sound)
    run = process(recording, "Hello there.")
    report = queries.report(run)
    assert run.state == RunState.COMPLETED
    assert report is not None
    assert report.metrics is not None
    assert report.metrics.word_count == 2
    assert report.scores is not None
    assert report.scores.overall is None


def test_a_truncated_recording_is_read_as_far_as_it_goes_and_says_so(tmp_path: Path) -> None:
    recording = tmp_path / "truncated.webm"
    recording.write_bytes(DEMO.read_bytes())
    words = DEMO.with_suffix(".txt").read_text().split()
    run = process(media_files.truncate(recording, 0.5), " ".join(words[:100]))
    report = queries.report(run)
    assert run.state == RunState.COMPLETED
    assert report is not None
    assert report.media is not None
    assert report.media.duration_ms < 50_000
    assert Caveat.TRUNCATED in report.caveats
    assert "ends" in caveat_text(Caveat.TRUNCATED)


def test_a_foreign_script_is_spread_over_the_speech_and_says_so(tmp_path: Path) -> None:
    recording = media_files.write(tmp_path / "talk.wav", media_files.talk(6))
    run = process(recording, RUSSIAN)
    report = queries.report(run)
    assert run.state == RunState.COMPLETED
    assert report is not None
    assert report.words[0].text == "Добрый"
    assert report.words[-1].end_ms is not None
    assert Caveat.TIMES_APPROXIMATE in report.caveats


def test_an_hour_is_a_talk(tmp_path: Path) -> None:
    recording = media_files.write_repeated(
        tmp_path / "hour.flac", media_files.talk(50, rate=16_000), 39, rate=16_000
    )
    run = process(recording, RUSSIAN * 500)
    report = queries.report(run)
    assert run.state == RunState.COMPLETED, run.problem
    assert report is not None
    assert report.media is not None
    assert report.media.duration_ms > 58 * 60_000
    assert len(report.words) == 12 * 500
    assert report.metrics is not None
    assert report.metrics.wpm is not None


def test_a_text_that_is_not_what_was_said_is_refused_or_marked(tmp_path: Path) -> None:
    recording = media_files.write(tmp_path / "talk.wav", media_files.talk())
    run = process(recording, "one two three four five six seven eight nine ten " * 60)
    assert (run.state, run.problem) == (RunState.FAILED, Problem.TRANSCRIPT_MISMATCH)
