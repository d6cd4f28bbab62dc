"""Rows for tests."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from accounts_app.models import User
from sessions_app.models import PracticeSession, SessionRun


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"speaker{n}@example.com")
    password = factory.django.Password("correct horse battery")


class SessionFactory(DjangoModelFactory[PracticeSession]):
    class Meta:
        model = PracticeSession

    owner = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"Talk {n}")


class RunFactory(DjangoModelFactory[SessionRun]):
    """The latest run of its session."""

    class Meta:
        model = SessionRun
        skip_postgeneration_save = True

    session = factory.SubFactory(SessionFactory)
    number = factory.LazyAttribute(lambda run: run.session.runs.count() + 1)
    queue = "default"

    @factory.post_generation
    def as_latest(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        self.session.latest_run = self
        self.session.save(update_fields=["latest_run"])
