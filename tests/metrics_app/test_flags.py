from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts_app.models import User
from metrics_app.flags import is_active
from metrics_app.models import FeatureFlag

pytestmark = pytest.mark.django_db

NAME = "parallel_ai_processing"


@pytest.mark.parametrize("default", [True, False])
def test_a_flag_nobody_stored_answers_the_default(default: bool) -> None:
    assert is_active(NAME, AnonymousUser(), default) is default
    assert not FeatureFlag.objects.exists()


@pytest.mark.parametrize("default", [True, False])
@pytest.mark.parametrize("everyone", [True, False])
def test_a_stored_flag_answers_for_itself(everyone: bool, default: bool) -> None:
    FeatureFlag.objects.create(name=NAME, everyone=everyone)
    assert is_active(NAME, AnonymousUser(), default) is everyone


def test_a_stored_flag_answers_for_its_users_only() -> None:
    one, other = (User.objects.create_user(f"{name}@example.org") for name in ("one", "other"))
    FeatureFlag(name=NAME).save()
    FeatureFlag.get(NAME).users.add(one)
    assert is_active(NAME, one, default=True)
    assert not is_active(NAME, other, default=True)
