from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:  # pytest reads this file before Django's apps are ready
    from accounts_app.models import User


@pytest.fixture
def owner(db: None, django_user_model: type[User]) -> User:
    return django_user_model.objects.create_user("owner@example.com")


@pytest.fixture
def browser(owner: User) -> Client:
    client = Client()
    client.force_login(owner)
    return client
