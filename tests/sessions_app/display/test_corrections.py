from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sessions_app import queries
from sessions_app.display.corrections import CorrectionRow, Effect, corrections_card
from sessions_app.models import Correction, SessionRun, Transcript
from sessions_app.speech import corrections
from sessions_app.speech.corrections import CorrectionKind
from tests.sessions_app.finished import finished_run

pytestmark = pytest.mark.django_db


@pytest.fixture
def run() -> SessionRun:
    return finished_run()


def made(run: SessionRun, start: int, transcript: Transcript | None = None, **more: Any) -> int:
    """A row about one word, as an earlier report may have left it."""
    assert run.transcript is not None
    values = {"kind": "word", "start_ms": start * 500, "end_ms": start * 500 + 400} | more
    row = Correction.objects.create(
        session=run.session,
        transcript=transcript or run.transcript,
        start_word=start,
        end_word=start + 1,
        said="a",
        text="b",
        **values,
    )
    return row.pk


def rows(run: SessionRun, *applied: int) -> list[CorrectionRow]:
    report = queries.report(run)
    assert report is not None
    standing = tuple(
        corrections.Correction(number, CorrectionKind.WORD, 1, 2, 400, 900, "a", "b")
        for number in applied
    )
    return list(corrections_card(run.session, run, replace(report, corrections=standing)).rows)


def other_words(run: SessionRun) -> Transcript:
    return Transcript.objects.create(session=run.session, language="en", words=[["a", 0, 1, 1, 0]])


def test_what_is_applied_has_its_time_in_this_report_and_the_newest_comes_first(
    run: SessionRun,
) -> None:
    first, second = made(run, 1), made(run, 2)
    shown = rows(run, first, second)
    assert [row.number for row in shown] == [second, first]
    assert {(row.effect, row.clock, row.why) for row in shown} == {(Effect.APPLIED, "0:00.4", "")}


def test_what_a_later_one_took_the_place_of_says_so(run: SessionRun) -> None:
    first, second = made(run, 1), made(run, 1)
    later, earlier = rows(run, second)
    assert (later.effect, earlier.effect) == (Effect.APPLIED, Effect.REPLACED)
    assert earlier.number == first
    assert "later correction" in earlier.why


def test_words_of_an_earlier_transcript_are_lost_unless_they_were_corrected_again(
    run: SessionRun,
) -> None:
    earlier = other_words(run)
    made(run, 1, earlier)
    (row,) = rows(run)
    assert row.effect is Effect.LOST
    assert row.clock == ""
    again = made(run, 1)
    assert [row.effect for row in rows(run, again)] == [Effect.APPLIED, Effect.REPLACED]


def test_without_times_words_of_two_transcripts_are_never_taken_for_the_same(
    run: SessionRun,
) -> None:
    made(run, 1, other_words(run), start_ms=None, end_ms=None)
    again = made(run, 1)
    assert [row.effect for row in rows(run, again)] == [Effect.APPLIED, Effect.LOST]


def test_two_corrections_of_one_old_transcript_are_compared_by_their_words(
    run: SessionRun,
) -> None:
    old = other_words(run)
    for start in (1, 1, 2):
        made(run, start, old, start_ms=None, end_ms=None)
    assert [row.effect for row in rows(run)] == [Effect.LOST, Effect.LOST, Effect.REPLACED]
