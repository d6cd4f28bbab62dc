from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from accounts_app.models import User
from metrics_app.models import FeatureFlag
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db

NAME = "content_review"
LIST = "admin:metrics_app_featureflag_changelist"
FORM = {"everyone": "true", "users": "", "note": "", "percent": ""}


@pytest.fixture
def chief() -> User:
    return User.objects.create_superuser("staff@example.org")


@pytest.fixture
def staff(client: Client, chief: User) -> Client:
    client.force_login(chief)
    return client


def address(flag: FeatureFlag, page: str = "change") -> str:
    return reverse(f"admin:metrics_app_featureflag_{page}", args=[flag.pk])


def history() -> list[str]:
    return [entry.get_change_message() for entry in LogEntry.objects.order_by("pk")]


def test_a_change_is_kept_in_its_history_from_what_to_what(staff: Client) -> None:
    flag = switch(NAME, True)
    form = FORM | {"everyone": "unknown", "percent": "20.0"}
    assert staff.post(address(flag), form).status_code == 302
    flag.refresh_from_db()
    assert (flag.everyone, str(flag.percent)) == (None, "20.0")
    assert history() == ["Changed Everyone: yes → – and Percent: – → 20.0."]
    assert "Percent: – → 20.0" in staff.get(address(flag, "history")).content.decode()


def test_users_and_groups_are_in_the_history_too(staff: Client, chief: User) -> None:
    flag = switch(NAME, True)
    group = Group.objects.create(name="Testers")
    staff.post(address(flag), FORM | {"users": str(chief.pk), "groups": [group.pk]})
    assert history() == [f"Changed Users: – → {chief.pk} and Groups: – → Testers."]


def test_saving_without_a_change_is_no_change(staff: Client) -> None:
    flag = switch(NAME, True)
    assert staff.post(address(flag), FORM).status_code == 302
    assert history() == []
    assert FeatureFlag.objects.get(pk=flag.pk).modified == flag.modified


@pytest.mark.parametrize(("action", "to"), [("switch_on", True), ("switch_off", False)])
def test_flags_are_switched_from_the_list_with_a_history(
    staff: Client, action: str, to: bool
) -> None:
    flag = switch(NAME, not to)
    staff.post(reverse(LIST), {"action": action, "_selected_action": [flag.pk]})
    flag.refresh_from_db()
    assert flag.everyone is to
    assert history() == [f"Changed Everyone: {'no → yes' if to else 'yes → no'}."]


def test_a_flag_that_is_on_is_not_switched_on(staff: Client) -> None:
    there, off = switch(NAME, True), switch("answer_cache", False)
    chosen = {"action": "switch_on", "_selected_action": [there.pk, off.pk]}
    staff.post(reverse(LIST), chosen)
    assert history() == ["Changed Everyone: no → yes."]
    assert FeatureFlag.objects.get(pk=there.pk).modified == there.modified


def test_a_flag_left_to_chance_is_switched_from_the_list_too(staff: Client) -> None:
    flag = switch(NAME, None, percent="50.0")
    staff.post(reverse(LIST), {"action": "switch_off", "_selected_action": [flag.pk]})
    assert history() == ["Changed Everyone: – → no."]


def test_the_form_offers_only_what_the_flag_honours(staff: Client) -> None:
    page = staff.get(address(switch(NAME, True))).content.decode()
    assert 'name="percent"' in page
    for ignored in ("name", "testing", "rollout", "languages"):
        assert f'name="{ignored}"' not in page


def test_the_list_says_what_each_flag_is_for(staff: Client) -> None:
    page = staff.get(reverse(LIST)).content.decode()
    assert "A model reviews what was said" in page


@pytest.mark.parametrize(("model", "told"), [("", True), ("brave-new", False)])
def test_an_experiment_without_a_model_is_told(
    staff: Client, settings: Settings, model: str, told: bool
) -> None:
    settings.AI_MODEL_EXPERIMENTAL = model
    for page in (reverse(LIST), address(FeatureFlag.objects.get(name="experimental_model"))):
        shown = staff.get(page).content.decode()
        assert ("does nothing while AI_MODEL_EXPERIMENTAL is empty" in shown) is told


def test_flags_come_with_the_code_and_go_with_it(staff: Client) -> None:
    known, forgotten = switch(NAME, True), switch("of_old", True)
    assert staff.get(reverse("admin:metrics_app_featureflag_add")).status_code == 403
    assert staff.get(address(known, "delete")).status_code == 403
    assert "Nothing asks this flag any more" in staff.get(reverse(LIST)).content.decode()
    assert staff.post(address(forgotten, "delete"), {"post": "yes"}).status_code == 302
    assert not FeatureFlag.objects.filter(name="of_old").exists()
