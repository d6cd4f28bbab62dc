from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings

from accounts_app.models import User
from ai.config import Models
from metrics_app.models import Call
from sessions_app import actions, codec
from sessions_app.admin import PracticeSessionAdmin
from sessions_app.model_access import Snapshot
from sessions_app.models import (
    PracticeSession,
    RunMetrics,
    RunStage,
    RunState,
    SessionRun,
    StageState,
)
from sessions_app.stages.context import Plan
from tests.factories import RunFactory, SessionFactory, UserFactory
from tests.sessions_app.finished import finished_run as executed_run
from tests.sessions_app.second_reading import SECOND, configure

pytestmark = pytest.mark.django_db

TALKS = "admin:sessions_app_practicesession_changelist"
TALK = "admin:sessions_app_practicesession_change"
RUNS = "admin:sessions_app_sessionrun_changelist"
RUN = "admin:sessions_app_sessionrun_change"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    return client


def finished_run(**fields: Any) -> SessionRun:
    """Took 12.3 seconds and found 345 words."""
    run = RunFactory.create(
        state=RunState.COMPLETED,
        mode="rule_based",
        started_at=NOON,
        finished_at=NOON + timedelta(seconds=12.3),
        **fields,
    )
    RunMetrics.objects.create(run=run, word_count=345, metrics={}, scores={})
    PracticeSession.objects.filter(pk=run.session_id).update(current_run=run)
    return run


def call(run: SessionRun, **fields: Any) -> Call:
    known: dict[str, Any] = {
        "record_id": uuid4(),
        "run_kind": "session",
        "run_id": run.pk,
        "purpose": "coaching",
        "model": "small",
        "outcome": "ok",
        "started_at": NOON,
    }
    return Call.objects.create(**{**known, **fields})


def recording_of(talk: PracticeSession) -> str:
    return default_storage.save(f"sessions/{talk.pk}/recording", ContentFile(b"sound"))


def page(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def act(client: Client, action: str, *talks: PracticeSession, **more: str) -> str:
    form = {"action": action, "_selected_action": [str(talk.pk) for talk in talks], **more}
    return client.post(reverse(TALKS), form, follow=True).content.decode()


class TestList:
    def test_shows_owner_state_mode_time_and_words(self, staff: Client) -> None:
        run = finished_run()
        listing = page(staff, TALKS)
        for shown in (run.session.title, str(run.session.owner), "Completed", "12.3 s", "345"):
            assert shown in listing

    def test_what_is_unknown_is_not_shown_as_a_figure(self, staff: Client) -> None:
        SessionFactory.create()
        listing = page(staff, TALKS)
        assert "Waiting for the owner to name a speaker" in listing
        assert listing.count("not available") == 4

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"latest_run__state__exact": "completed"}, True),
            ({"latest_run__state__exact": "failed"}, False),
            ({"mode": "rule_based"}, True),
            ({"mode": "parallel"}, False),
            ({"language": "en"}, True),
            ({"language": "de"}, False),
            ({"kind": "pitch"}, True),
            ({"kind": "interview"}, False),
            ({"q": "harbour"}, True),
            ({"q": "ana@example"}, True),
            ({"q": "mountain"}, False),
        ],
    )
    def test_filters_and_search(self, staff: Client, query: dict[str, str], found: bool) -> None:
        owner = UserFactory.create(email="ana@example.com")
        finished_run(session=SessionFactory.create(title="The harbour", kind="pitch", owner=owner))
        assert ("The harbour" in page(staff, TALKS, **query)) is found

    def test_cost_is_that_of_the_report_and_sortable(self, staff: Client) -> None:
        cheap, dear, unknown = finished_run(), finished_run(), finished_run()
        call(cheap, cost_usd=Decimal("0.01"))
        for _ in range(2):
            call(dear, cost_usd=Decimal("0.2"))
        call(dear, cost_usd=None)
        call(unknown, cost_usd=None)
        assert "0.4000 and unknown" in page(staff, TALKS)
        column = PracticeSessionAdmin.list_display.index("cost") + 1
        listing = page(staff, TALKS, o=str(column))
        assert listing.index(cheap.session.title) < listing.index(dear.session.title)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ({"degraded": "yes"}, True),
            ({"degraded": "no"}, False),
            ({"regenerated": "no"}, True),
            ({"regenerated": "yes"}, False),
            ({"regenerated": "unknown"}, False),
        ],
    )
    def test_filters_by_what_the_hybrid_did(
        self, staff: Client, query: dict[str, str], found: bool
    ) -> None:
        step = {"left": "parallel", "entered": "sequential", "reason": "limit", "detail": ""}
        finished_run(session__title="Harbour", coaching_regenerated=False, steps_down=[step])
        finished_run(session__title="Other", coaching_regenerated=None)
        assert ("Harbour" in page(staff, TALKS, **query)) is found

    @pytest.mark.parametrize("name", [TALKS, RUNS])
    def test_fifty_rows_take_as_many_queries_as_one(
        self, staff: Client, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        finished_run()
        page(staff, name)
        with django_assert_max_num_queries(8) as few:
            page(staff, name)
        for _ in range(49):
            finished_run()
        with django_assert_max_num_queries(len(few)):
            page(staff, name)

    def test_members_are_kept_out(self, client: Client) -> None:
        client.force_login(UserFactory.create())
        assert client.get(reverse(TALKS)).status_code == 302


class TestTalk:
    def test_shows_its_runs_but_nothing_of_what_was_said(self, staff: Client) -> None:
        run = finished_run(
            session=SessionFactory.create(transcript_text="My secret plan", prompt="Sell")
        )
        text = page(staff, TALK, run.session_id)
        assert reverse(RUN, args=[run.pk]) in text
        assert "My secret plan" not in text

    def test_shows_what_was_set_right_but_not_which_words(self, staff: Client) -> None:
        run = executed_run()
        own: dict[str, Any] = {"session": run.session, "author": run.session.owner}
        actions.correct(kind="word", start_word=1, end_word=2, text="secret", **own)
        shown = staff.get(reverse(TALK, args=[run.session_id])).content.decode()
        assert "Another word" in shown
        assert "secret" not in shown
        assert "hello" not in shown

    def test_is_not_edited(self, staff: Client) -> None:
        talk = SessionFactory.create()
        assert staff.post(reverse(TALK, args=[talk.pk]), {"title": "New"}).status_code == 403
        add = reverse("admin:sessions_app_practicesession_add")
        assert staff.get(add).status_code == 403

    @pytest.mark.django_db(transaction=True)
    def test_is_deleted_with_its_files(self, staff: Client) -> None:
        run = finished_run()
        name = recording_of(run.session)
        url = reverse("admin:sessions_app_practicesession_delete", args=[run.session_id])
        assert run.session.title in staff.get(url).content.decode()
        assert staff.post(url, {"post": "yes"}).status_code == 302
        assert not PracticeSession.objects.exists()
        assert not default_storage.exists(name)

    @pytest.mark.django_db(transaction=True)
    def test_ticked_talks_are_deleted_with_their_files(self, staff: Client) -> None:
        talks = SessionFactory.create_batch(2)
        names = [
            default_storage.save(f"sessions/{t.pk}/recording", ContentFile(b"x")) for t in talks
        ]
        act(staff, "delete_selected", *talks, post="yes")
        assert not PracticeSession.objects.exists()
        assert not any(default_storage.exists(name) for name in names)


class TestRun:
    def test_shows_stages_on_a_timeline(self, staff: Client) -> None:
        run = finished_run()
        RunStage.objects.create(
            run=run,
            stage="media",
            state=StageState.DONE,
            started_at=NOON + timedelta(seconds=1.5),
            duration_ms=2_500,
        )
        text = page(staff, RUN, run.pk)
        assert "media" in text
        assert "1.5 s" in text
        assert "2.5 s" in text

    def test_a_stage_that_goes_on_has_no_duration(self, staff: Client) -> None:
        run = RunFactory.create(state=RunState.PROCESSING, started_at=NOON)
        RunStage.objects.create(run=run, stage="media", state="running", started_at=NOON)
        assert "not available" in page(staff, RUN, run.pk)

    def test_shows_the_calls_it_made_and_no_others(self, staff: Client) -> None:
        run = finished_run()
        for run_id, purpose in ((run.pk, "coaching"), (finished_run().pk, "elsewhere")):
            Call.objects.create(
                record_id=uuid4(),
                run_kind="session",
                run_id=run_id,
                purpose=purpose,
                model="small",
                outcome="ok",
                tokens_in=1200,
                started_at=NOON,
            )
        text = page(staff, RUN, run.pk)
        assert "coaching" in text
        assert "elsewhere" not in text
        assert "<td>not available</td>" in text  # the cost nobody knows

    def test_tells_prompt_version_detail_first_token_and_the_cost_together(
        self, staff: Client
    ) -> None:
        run = finished_run()
        call(run, cost_usd=Decimal("0.25"), prompt_version="v7", first_token_ms=640)
        call(run, outcome="rate_limited", detail="429 tokens")
        call(run, cache_hit=True, cost_usd=0)
        text = page(staff, RUN, run.pk)
        for told in (
            "v7",
            "429 tokens",
            "0.6 s",
            "Kept answers used again: 1",
            "0.2500 US dollars",
        ):
            assert told in text

    def test_steps_down_are_told_with_what_the_operator_can_do(self, staff: Client) -> None:
        step = {
            "left": "sequential",
            "entered": "rule_based",
            "reason": "rejected",
            "detail": "401",
        }
        text = page(staff, RUN, finished_run(steps_down=[step]).pk)
        assert "the report was finished by rules alone" in text
        assert "Check key, address" in text
        assert "[401]" in text

    def test_the_flags_it_began_with_are_told(self, staff: Client) -> None:
        snapshot = codec.dump(Snapshot(Plan(windowed=False), Models("a", "b", "c", "d")))
        text = page(staff, RUN, finished_run(snapshot=snapshot).pk)
        told = "parallel_ai_processing: on, windowed_analysis: off, content_review: on"
        assert told in text

    def test_the_decision_on_coaching_is_told_with_both_counts(self, staff: Client) -> None:
        run = finished_run(
            coaching_regenerated=True,
            regeneration_grounds="beyond",
            fillers_by_rule=15,
            fillers_by_ai=7,
            fillers_difference=8 / 15,
        )
        assert "rules counted 15 fillers and the AI reader 7 (53 %)" in page(staff, RUN, run.pk)

    def test_says_when_no_model_was_called(self, staff: Client) -> None:
        assert "No model was called." in page(staff, RUN, finished_run().pk)

    def test_links_to_the_pages_of_its_queue(self, staff: Client) -> None:
        text = page(staff, RUN, RunFactory.create(queue="drafts").pk)
        link = reverse("django_rq:jobs", args=[2])
        assert link in text
        assert "drafts" in staff.get(link).content.decode()

    def test_a_queue_that_is_gone_from_the_settings_is_named(self, staff: Client) -> None:
        assert "bygone" in page(staff, RUN, RunFactory.create(queue="bygone").pk)

    def test_is_not_edited(self, staff: Client) -> None:
        run = finished_run()
        url = reverse(RUN, args=[run.pk])
        assert staff.post(url, {"state": "queued"}).status_code == 403


def reread_run() -> SessionRun:
    """One that went through the stages, with a reading by the model."""
    return executed_run(own={"refinement": lambda context, check: SECOND})


class TestActions:
    def test_reprocess_starts_a_run_beside_the_visible_report(self, staff: Client) -> None:
        run = finished_run()
        assert "Reprocessing started." in act(staff, "reprocess", run.session)
        talk = PracticeSession.objects.get()
        assert talk.current_run == run
        assert talk.latest_run is not None
        assert talk.latest_run.state == RunState.QUEUED
        assert LogEntry.objects.get().object_id == str(talk.pk)

    def test_reprocess_says_that_a_recording_was_removed(self, staff: Client) -> None:
        removed = finished_run(session__media_filename="talk.wav").session
        text = act(staff, "reprocess", removed, finished_run().session)
        assert "its recording was removed" in text
        assert "1 talk: Reprocessing started." in text

    def test_reprocess_leaves_a_live_run_alone_and_says_so(self, staff: Client) -> None:
        run = RunFactory.create()
        text = act(staff, "reprocess", run.session, finished_run().session)
        assert "it is being processed already" in text
        assert "1 talk: Reprocessing started." in text
        assert run.session.runs.count() == 1

    def test_a_talk_without_a_named_speaker_is_not_started(self, staff: Client) -> None:
        assert "whose words count" in act(staff, "reprocess", SessionFactory.create())
        assert not SessionRun.objects.exists()

    def test_reprocess_sequentially_allows_no_higher_rung(self, staff: Client) -> None:
        run = finished_run()
        act(staff, "reprocess_sequentially", run.session)
        assert run.session.runs.latest("number").wanted_mode == "sequential"

    def test_reprocess_coaching_takes_over_what_came_before(
        self, staff: Client, settings: Settings
    ) -> None:
        configure(settings)
        run = reread_run()
        act(staff, "reprocess_coaching", run.session)
        again = run.session.runs.latest("number")
        assert (again.from_stage, again.coaching_only) == ("refinement", True)
        assert again.stages.get(stage="rules").state == StageState.REUSED

    def test_reprocess_coaching_needs_a_model(self, staff: Client) -> None:
        run = reread_run()
        text = act(staff, "reprocess_coaching", run.session)
        assert "no model is configured that could write new coaching" in text

    def test_reprocess_coaching_needs_a_report(self, staff: Client) -> None:
        text = act(staff, "reprocess_coaching", RunFactory.create(state=RunState.FAILED).session)
        assert "it has no report yet" in text

    def test_cancel_ends_a_waiting_run(self, staff: Client) -> None:
        run = RunFactory.create()
        act(staff, "cancel", run.session)
        run.refresh_from_db()
        assert run.state == RunState.CANCELLED

    def test_cancel_has_nothing_to_do_for_a_finished_run(self, staff: Client) -> None:
        assert "nothing is going on" in act(staff, "cancel", finished_run().session)

    def test_release_lets_a_run_out_of_quarantine(self, staff: Client) -> None:
        run = RunFactory.create(state=RunState.QUARANTINED, deaths=3)
        act(staff, "release", run.session)
        run.refresh_from_db()
        assert (run.state, run.deaths) == (RunState.QUEUED, 0)

    def test_release_needs_a_quarantine(self, staff: Client) -> None:
        assert "it is not in quarantine" in act(staff, "release", finished_run().session)

    def test_those_who_may_only_look_have_no_actions(self, client: Client) -> None:
        looker = UserFactory.create(is_staff=True)
        looker.user_permissions.set(Permission.objects.filter(codename="view_practicesession"))
        client.force_login(looker)
        run = finished_run()
        assert 'name="action"' not in page(client, TALKS)
        act(client, "reprocess", run.session)
        assert run.session.runs.count() == 1


def test_the_pages_carry_the_name_of_the_product(staff: Client) -> None:
    html = staff.get(reverse("admin:index")).content.decode()
    assert "Django administration" not in html
    assert "Speech Coach</a>" in html


def test_a_message_about_a_talk_quotes_its_title(staff: Client) -> None:
    talk = SessionFactory.create(title="My pitch")
    given = {"action": "cancel", "_selected_action": [str(talk.pk)]}
    html = staff.post(reverse(TALKS), given, follow=True).content.decode()
    assert "“My pitch”: nothing is going on." in html
