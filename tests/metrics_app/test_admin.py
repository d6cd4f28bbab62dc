from __future__ import annotations

import uuid
from datetime import UTC, date, datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from accounts_app.models import User
from metrics_app.models import EVERYBODY, Call, CorrectionEvent, FeatureFlag, KeptAnswer, Spending
from tests.metrics_app.records import a_correction

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


def test_changing_a_flag_is_kept_in_its_history(staff: Client) -> None:
    flag = FeatureFlag.objects.create(name="content_review", everyone=True)
    url = reverse("admin:metrics_app_featureflag_change", args=[flag.pk])
    form = {"name": flag.name, "everyone": "false", "users": "", "note": "", "percent": ""}
    assert staff.post(url, form).status_code == 302
    flag.refresh_from_db()
    assert flag.everyone is False
    assert "Everyone" in LogEntry.objects.get().get_change_message()


def test_the_flag_form_offers_only_what_the_flag_honours(staff: Client) -> None:
    page = staff.get(reverse("admin:metrics_app_featureflag_add")).content.decode()
    assert 'name="percent"' in page
    for ignored in ("testing", "rollout", "languages"):
        assert f'name="{ignored}"' not in page


def test_flags_are_switched_off_from_the_list(staff: Client) -> None:
    flag = FeatureFlag.objects.create(name="content_review")
    url = reverse("admin:metrics_app_featureflag_changelist")
    assert flag.name in staff.get(url).content.decode()
    staff.post(url, {"action": "disable_for_all", "_selected_action": [flag.pk]})
    flag.refresh_from_db()
    assert flag.everyone is False


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
