from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts_app.models import User
from metrics_app.experiments.doubts import Doubt, doubts_about
from metrics_app.models import FeatureFlag
from metrics_app.windows import Window
from tests.metrics_app.experiments.variants import FLAG
from tests.metrics_app.switches import switch

pytestmark = pytest.mark.django_db

BEFORE = timezone.now() - timedelta(days=30)


def flag(**fields: object) -> FeatureFlag:
    """As it was a month ago."""
    made = switch(FLAG, None, **({"percent": "50.0"} | fields))
    untouched(BEFORE)
    return made


def untouched(modified: datetime) -> None:
    FeatureFlag.objects.filter(name=FLAG).update(created=BEFORE, modified=modified)


def doubts(name: str = FLAG) -> tuple[Doubt, ...]:
    return doubts_about(name, Window.last(60))


def test_a_percentage_that_nobody_touched_leaves_no_doubt() -> None:
    flag()
    assert doubts() == ()


@pytest.mark.parametrize("everyone", [True, False])
def test_for_everyone_the_same_draws_nobody(everyone: bool) -> None:
    flag()
    FeatureFlag.objects.filter(name=FLAG).update(everyone=everyone)
    assert doubts() == (Doubt.NOT_DRAWN,)


def test_without_a_percentage_or_a_row_nobody_is_drawn() -> None:
    flag(percent=None)
    assert doubts() == (Doubt.NOT_DRAWN,)
    FeatureFlag.objects.filter(name=FLAG).delete()
    assert doubts() == (Doubt.NOT_DRAWN,)


@pytest.mark.parametrize("rank", ["superusers", "staff", "authenticated"])
def test_a_rank_is_not_chance(rank: str) -> None:
    flag(**{rank: True})
    assert doubts() == (Doubt.LISTED,)


def test_listed_users_are_not_chance() -> None:
    flag().users.add(User.objects.create_user("one@example.org"))
    assert doubts() == (Doubt.LISTED,)


def test_listed_groups_are_not_chance() -> None:
    flag().groups.add(Group.objects.create(name="Testers"))
    assert doubts() == (Doubt.LISTED,)


def test_lists_of_a_flag_that_is_on_for_everyone_choose_nobody() -> None:
    flag(staff=True)
    FeatureFlag.objects.filter(name=FLAG).update(everyone=True)
    assert doubts() == (Doubt.NOT_DRAWN,)


@pytest.mark.parametrize(("minutes", "told"), [(30, True), (90, False)])
def test_a_change_within_the_window_is_told(minutes: int, told: bool) -> None:
    flag()
    untouched(timezone.now() - timedelta(minutes=minutes))
    assert (Doubt.CHANGED in doubts()) is told


@pytest.mark.parametrize(("minutes", "told"), [(30, True), (90, False)])
def test_a_change_in_the_history_is_told_though_there_was_a_later_one(
    minutes: int, told: bool
) -> None:
    chief = User.objects.create_superuser("chief@example.org")
    LogEntry.objects.log_actions(chief.pk, [flag()], CHANGE, single_object=True)
    LogEntry.objects.update(action_time=timezone.now() - timedelta(minutes=minutes))
    assert (Doubt.CHANGED in doubts()) is told


def test_the_history_of_another_flag_is_none_of_this_one() -> None:
    flag()
    chief = User.objects.create_superuser("chief@example.org")
    LogEntry.objects.log_actions(
        chief.pk, [switch("answer_cache", True)], CHANGE, single_object=True
    )
    assert doubts() == ()


def test_a_new_row_is_not_a_changed_one() -> None:
    FeatureFlag.objects.filter(name=FLAG).delete()
    FeatureFlag(name=FLAG, percent=50).save()
    assert doubts() == ()


def test_a_mode_that_people_choose_is_not_chance() -> None:
    assert Doubt.BY_HAND in doubts("parallel_ai_processing")
