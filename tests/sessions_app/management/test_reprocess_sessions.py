from __future__ import annotations

import uuid
from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from sessions_app.models import PracticeSession, RunState, SessionRun
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.finished import finished_run
from tests.sessions_app.second_reading import SECOND, configure

pytestmark = pytest.mark.django_db


def reprocess(*arguments: str) -> str:
    out = StringIO()
    call_command("reprocess_sessions", *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def finished(mode: str = "rule_based", **fields: object) -> PracticeSession:
    run = RunFactory.create(
        state=RunState.COMPLETED, mode=mode, session=SessionFactory.create(**fields)
    )
    run.session.current_run = run
    run.session.save()
    return run.session


def restarted() -> set[PracticeSession]:
    return set(PracticeSession.objects.filter(latest_run__state=RunState.QUEUED))


def test_without_filters_all_are_started() -> None:
    talks = {finished(), finished()}
    assert "Started: 2." in reprocess()
    assert restarted() == talks
    assert {talk.latest_run.queue for talk in restarted() if talk.latest_run} == {"bulk"}


def test_a_dry_run_lists_and_starts_nothing() -> None:
    talk = finished()
    out = reprocess("--dry-run")
    assert f"{talk.pk}" in out
    assert "Would be started: 1." in out
    assert not restarted()


def test_by_id() -> None:
    wanted, _ = finished(), finished()
    reprocess("--ids", str(wanted.pk))
    assert restarted() == {wanted}


def test_by_owner() -> None:
    wanted, _ = finished(owner=UserFactory.create(email="ana@example.com")), finished()
    reprocess("--owner", "Ana@example.com")
    assert restarted() == {wanted}


def test_by_state() -> None:
    finished()
    failed = RunFactory.create(state=RunState.FAILED).session
    reprocess("--state", "failed")
    assert restarted() == {failed}


def test_by_mode() -> None:
    wanted, _ = finished(mode="sequential"), finished()
    reprocess("--mode", "sequential")
    assert restarted() == {wanted}


def test_since_a_day_includes_that_day() -> None:
    old, new = finished(), finished()
    PracticeSession.objects.filter(pk=old.pk).update(created_at=datetime(2026, 1, 1, tzinfo=UTC))
    PracticeSession.objects.filter(pk=new.pk).update(created_at=datetime(2026, 1, 2, tzinfo=UTC))
    reprocess("--since", "2026-01-02")
    assert restarted() == {new}


def test_filters_narrow_each_other() -> None:
    finished(mode="sequential")
    with pytest.raises(CommandError):
        reprocess("--mode", "sequential", "--ids", str(uuid.uuid4()))
    assert not restarted()


def test_a_limit_takes_the_oldest() -> None:
    oldest, _ = finished(), finished()
    reprocess("--limit", "1")
    assert restarted() == {oldest}


def test_from_a_stage() -> None:
    talk = finished()
    reprocess("--from-stage", "refinement")
    assert talk.runs.latest("number").from_stage == "refinement"


def test_the_mode_of_new_runs_is_another_matter_than_that_of_old_ones() -> None:
    wanted, _ = finished(mode="parallel"), finished(mode="rule_based")
    reprocess("--mode", "parallel", "--run-mode", "sequential")
    assert restarted() == {wanted}
    assert wanted.runs.latest("number").wanted_mode == "sequential"


def test_coaching_only_keeps_what_was_said_about_the_words(settings: Settings) -> None:
    configure(settings)
    talk = finished_run(own={"refinement": lambda context, check: SECOND}).session
    reprocess("--coaching-only")
    again = talk.runs.latest("number")
    assert (again.coaching_only, again.from_stage) == (True, "refinement")


def test_coaching_only_is_done_in_one_way() -> None:
    with pytest.raises(CommandError, match="drop --run-mode"):
        reprocess("--coaching-only", "--run-mode", "sequential")


def test_ends_with_an_error_when_some_could_not_be_started() -> None:
    talk = finished()
    live, undecided = RunFactory.create().session, SessionFactory.create()
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match=r"Could not be started: 2\.") as stopped:
        call_command("reprocess_sessions", stdout=out, stderr=err)
    assert stopped.value.returncode == 1
    assert "Started: 1." in out.getvalue()
    assert f"session {live.pk}: is being processed already" in err.getvalue()
    assert f"session {undecided.pk}: its owner" in err.getvalue()
    assert talk.runs.count() == 2


def test_a_removed_recording_is_told_and_the_others_are_started() -> None:
    removed, kept = finished(media_filename="a.wav"), finished()
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError, match=r"Could not be started: 1\."):
        call_command("reprocess_sessions", stdout=out, stderr=err)
    assert f"session {removed.pk}: its recording was removed" in err.getvalue()
    assert restarted() == {kept}


def test_nothing_to_take_over_from_is_told() -> None:
    RunFactory.create(state=RunState.FAILED)
    with pytest.raises(CommandError):
        reprocess("--from-stage", "refinement")
    assert SessionRun.objects.count() == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("--owner", "nobody@example.com"),
        ("--since", "yesterday"),
        ("--state", "done"),
        ("--mode", "fast"),
        ("--from-stage", "lunch"),
        ("--from-stage", "embeddings"),
        ("--run-mode", "fast"),
        ("--coaching-only", "--from-stage=rules"),
        ("--ids", "17"),
        ("--limit", "-1"),
    ],
)
def test_what_makes_no_sense_is_refused(arguments: tuple[str, str]) -> None:
    finished()
    with pytest.raises(CommandError):
        reprocess(*arguments)
    assert not restarted()
