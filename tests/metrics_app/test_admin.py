from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from metrics_app.models import (
    EVERYBODY,
    Call,
    CorrectionEvent,
    HourlyCalls,
    HourlyRuns,
    KeptAnswer,
    Run,
    Spending,
    StageTiming,
)
from metrics_app.record import StageTime, record_run
from tests.metrics_app.records import a_correction, an_end

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(User.objects.create_superuser("staff@example.org"))
    return client


@pytest.fixture
def call() -> Call:
    return Call.objects.create(
        record_id=uuid.uuid4(),
        run_kind="session",
        purpose="coaching",
        model="small",
        outcome="answered",
        detail="after a pause",
        audio_ms=61_234,
        started_at=datetime(2026, 1, 1, tzinfo=UTC),
    )


def test_calls_are_listed_and_shown_but_not_changed(staff: Client, call: Call) -> None:
    listing = staff.get(reverse("admin:metrics_app_call_changelist"))
    assert "answered" in listing.content.decode()
    page = reverse("admin:metrics_app_call_change", args=[call.pk])
    shown = staff.get(page).content.decode()
    assert "after a pause" in shown
    assert "61234" in shown
    assert staff.post(page, {"outcome": "forged"}).status_code == 403
    assert staff.get(reverse("admin:metrics_app_call_add")).status_code == 403
    assert staff.post(reverse("admin:metrics_app_call_delete", args=[call.pk])).status_code == 403


def test_kept_answers_are_shown_without_what_they_say(staff: Client) -> None:
    kept = KeptAnswer.objects.create(
        owner_id=7,
        key="f" * 64,
        answer="spoken in private",
        expires_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    for page in (
        reverse("admin:metrics_app_keptanswer_changelist"),
        reverse("admin:metrics_app_keptanswer_change", args=[kept.pk]),
    ):
        shown = staff.get(page).content.decode()
        assert kept.key in shown
        assert "spoken in private" not in shown
    delete = reverse("admin:metrics_app_keptanswer_delete", args=[kept.pk])
    assert staff.post(delete, {"post": "yes"}).status_code == 403


def test_spending_is_shown_but_not_changed(staff: Client) -> None:
    row = Spending.objects.create(day=date(2026, 1, 1), owner_id=EVERYBODY, usd="1.25")
    listing = staff.get(reverse("admin:metrics_app_spending_changelist")).content.decode()
    assert "all together" in listing
    assert "1.25" in listing
    page = reverse("admin:metrics_app_spending_change", args=[row.pk])
    assert staff.get(page).status_code == 200
    assert staff.post(page, {"usd": "0"}).status_code == 403


def test_corrections_are_counted_where_staff_can_see_it(staff: Client) -> None:
    a_correction(source="ai")
    listing = staff.get(reverse("admin:metrics_app_correctionevent_changelist")).content.decode()
    assert "not_a_filler" in listing
    row = CorrectionEvent.objects.get()
    page = reverse("admin:metrics_app_correctionevent_change", args=[row.pk])
    assert staff.post(page, {"source": "rule"}).status_code == 403


def test_ended_runs_are_shown_with_their_stages_but_not_changed(staff: Client) -> None:
    record_run(an_end(problem="silent", stages=[StageTime("transcription", "failed", 4711)]))
    row = Run.objects.get()
    listing = staff.get(reverse("admin:metrics_app_run_changelist")).content.decode()
    assert "silent" in listing
    page = reverse("admin:metrics_app_run_change", args=[row.pk])
    shown = staff.get(page).content.decode()
    assert "transcription" in shown
    assert "4711" in shown
    assert "parallel_ai_processing" in shown
    assert staff.post(page, {"outcome": "completed"}).status_code == 403
    assert staff.get(reverse("admin:metrics_app_run_add")).status_code == 403
    assert staff.post(reverse("admin:metrics_app_run_delete", args=[row.pk])).status_code == 403


def test_times_of_stages_are_listed(staff: Client) -> None:
    record_run(an_end(stages=[StageTime("transcription", "done", 4711)]))
    listing = staff.get(reverse("admin:metrics_app_stagetiming_changelist")).content.decode()
    assert "4711" in listing
    page = reverse("admin:metrics_app_stagetiming_change", args=[StageTiming.objects.get().pk])
    assert staff.get(page).status_code == 200
    assert staff.post(page, {"duration_ms": "1"}).status_code == 403


def test_sums_of_hours_are_listed_but_not_changed(staff: Client) -> None:
    hour = datetime(2026, 1, 1, 7, tzinfo=UTC)
    of_runs = HourlyRuns.objects.create(
        hour=hour, kind="session", queue="default", outcome="completed",
        runs=4711, degraded=0, checked=3, regenerated=1, total_ms=9,
    )  # fmt: skip
    of_calls = HourlyCalls.objects.create(
        hour=hour, run_kind="session", purpose="coaching", model="small", outcome="ok",
        cache_hit=False, calls=4711, could_hit=0, unpriced=0, tokens_in=9, tokens_cached=0,
        tokens_out=9, audio_ms=0, cost_usd="1.25", latency_ms=9,
    )  # fmt: skip
    for name, row in (("hourlyruns", of_runs), ("hourlycalls", of_calls)):
        listing = staff.get(reverse(f"admin:metrics_app_{name}_changelist"))
        assert "4711" in listing.content.decode()
        page = reverse(f"admin:metrics_app_{name}_change", args=[row.pk])
        assert staff.get(page).status_code == 200
        assert staff.post(page, {"hour": ""}).status_code == 403
