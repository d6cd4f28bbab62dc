from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from metrics_app.models import ApiToken
from metrics_app.tokens import user_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_prints_a_token_and_nothing_else() -> None:
    staff = UserFactory.create(is_staff=True)
    out = StringIO()
    call_command("create_api_token", staff.email.upper(), "--name", "grafana", stdout=out)
    assert user_of(out.getvalue().removesuffix("\n")) == staff
    assert ApiToken.objects.get().name == "grafana"


def test_makes_none_that_would_open_nothing() -> None:
    speaker, gone = UserFactory.create(), UserFactory.create(is_staff=True, is_active=False)
    for email in (speaker.email, gone.email, "nobody@example.com"):
        with pytest.raises(CommandError, match=email):
            call_command("create_api_token", email)
    assert not ApiToken.objects.exists()
