from __future__ import annotations

from datetime import UTC, datetime

from pytest_django import Settings

from sessions_app.display.status import run_status
from sessions_app.display.waiting import waiting_text
from sessions_app.models import RunStage, RunState, SessionRun

SINCE = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
TRANSCRIBED = RunStage(stage="transcription", state="done")


def waiting() -> SessionRun:
    return SessionRun(
        number=1,
        state=RunState.WAITING_FOR_MODEL,
        waiting_reason="connection",
        waiting_since=SINCE,
        next_try_at=SINCE.replace(second=45),
    )


def test_says_what_is_away_since_when_and_when_it_tries_again() -> None:
    text = waiting_text(waiting(), [TRANSCRIBED])
    assert "could not be reached" in text
    assert "since 10:00:00 UTC" in text
    assert "Next try at 10:00:45 UTC" in text


def test_does_not_say_that_the_waiting_is_over() -> None:
    run = waiting()
    run.waiting_reason = "unavailable"
    assert waiting_text(run, [TRANSCRIBED]).startswith("The AI server is away. Next try")


def test_says_how_it_goes_on_without_it() -> None:
    finished = waiting_text(waiting(), [TRANSCRIBED])
    assert "After 15 minutes, at 10:15:00 UTC, the report will be finished without AI" in finished
    assert "a rough draft will be made instead" in waiting_text(waiting(), [])


def test_a_short_patience_is_told_in_seconds(settings: Settings) -> None:
    settings.MODEL_WAIT_SECONDS = 20
    assert "After 20 seconds, at 10:00:20 UTC" in waiting_text(waiting(), [])


def test_the_live_status_shows_it_and_notices_the_next_try() -> None:
    run = waiting()
    before = run_status(run, [TRANSCRIBED])
    assert before.headline == "Waiting for the AI server"
    assert "could not be reached" in before.detail
    run.next_try_at = SINCE.replace(minute=1)
    assert run_status(run, [TRANSCRIBED]).version != before.version


def test_who_has_cancelled_is_not_told_of_the_next_try() -> None:
    run = waiting()
    run.cancel_requested = True
    assert "Next try" not in run_status(run, []).detail
