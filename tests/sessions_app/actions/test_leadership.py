from __future__ import annotations

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from sessions_app import actions
from sessions_app.models import SchedulerLease

pytestmark = pytest.mark.django_db


def test_one_leads_until_it_resigns() -> None:
    first, second = uuid.uuid4(), uuid.uuid4()
    assert actions.lead(token=first, seconds=20)
    assert actions.lead(token=first, seconds=20)
    assert not actions.lead(token=second, seconds=20)
    actions.resign(token=second)
    assert not actions.lead(token=second, seconds=20)
    actions.resign(token=first)
    assert actions.lead(token=second, seconds=20)


def test_a_dead_leader_is_followed_when_its_lease_ends() -> None:
    assert actions.lead(token=uuid.uuid4(), seconds=20)
    SchedulerLease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert actions.lead(token=uuid.uuid4(), seconds=20)
