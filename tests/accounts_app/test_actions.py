from __future__ import annotations

import pytest

from accounts_app.actions import change_choices
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_choices_are_stored_for_this_person_alone() -> None:
    user, other = UserFactory.create(), UserFactory.create()
    change_choices(user=user, language="de", mail_when_done=True, media_retention_days=30)
    user.refresh_from_db()
    other.refresh_from_db()
    assert (user.language, user.mail_when_done, user.media_retention_days) == ("de", True, 30)
    assert (other.language, other.mail_when_done, other.media_retention_days) == ("", False, None)
